"""Templates obey the content security policy and say everything through the catalogue."""

import re

import pytest

from tests.architecture.sources import named, templates

FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style[\s>]", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>(?!\s*</script>)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
    "markup taken on trust": re.compile(r"\|\s*safe\b"),
}
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


@pytest.mark.parametrize("flaw", FORBIDDEN)
def test_no_template_has(flaw: str) -> None:
    found = []
    for path in templates():
        if path.suffix in {".html", ".svg", ".xml"}:
            text = COMMENT.sub("", path.read_text(encoding="utf-8"))
            found += [f"{named(path)}: {match.group(0)[:80]}" for match in FORBIDDEN[flaw].finditer(text)]
    assert found == []
