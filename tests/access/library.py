"""The sentences of django-allauth as its source has them: those of the parts in use, in Python and in templates."""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(allauth.__file__).parent
PARTS = ("account", "mfa", "usersessions", "core")
SKIPPED = {"tests", "migrations"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Sentence = tuple[str | None, str, str | None]


@cache
def sentences() -> frozenset[Sentence]:
    """Context, text and plural of each."""
    return frozenset(found for source in _sources() for found in _read(source))


def _sources() -> Iterator[str]:
    for part in PARTS:
        for path in (ROOT / part).rglob("*.py"):
            if not SKIPPED & set(path.parts):
                yield path.read_text(encoding="utf-8")
    yield from (path.read_text(encoding="utf-8") for path in ROOT.glob("*.py"))
    for part in (*PARTS, "allauth"):
        for path in (ROOT / "templates" / part).rglob("*.*"):
            # What stands between the sentences is no Python; without indents the tokens are found all the same.
            lines = templatize(path.read_text(encoding="utf-8")).splitlines()
            yield "\n".join(line.strip() for line in lines) + "\n"


def _read(source: str) -> Iterator[Sentence]:
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        one, many = (text, None) if isinstance(text, str) else (text[0], text[1])
        yield context, one, many
