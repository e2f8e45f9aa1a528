"""The guides: equal in both languages, and true to the words on the screen."""

import re
from collections import defaultdict
from functools import cache

import pytest
from django.urls import get_resolver
from markdown_it.token import Token

from hatnhan.access.choices import ROLES
from hatnhan.config.help import guides
from hatnhan.config.help.sections import FITTING
from hatnhan.kernel.pages import PAGES
from scripts.catalogues import catalogue_path, load, modules

ONE_FILE = re.compile(r"^([a-z-]+)\.md(?:#([a-z0-9-]+))?$")
PLACE = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]")


@cache
def translations() -> dict[str, set[str]]:
    """Every sentence of every catalogue with its English; what is filled in is written `…`."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        if catalogue_path(module, "en").exists():
            for message in load(catalogue_path(module, "en"), "en"):
                for one, other in zip(forms(message.id), forms(message.string), strict=False):
                    found[one].add(other)
    return found


def forms(text: object) -> list[str]:
    whole = [text] if isinstance(text, str) else list(text)  # type: ignore[call-overload]
    return [PLACE.sub("…", one).replace("%%", "%") for one in whole if one]


def outline(code: str, spoken: str) -> list[tuple[str, str]]:
    """The headings in order: how deep, and the anchor."""
    tokens = guides.parsed(code, spoken)
    return [(token.tag, str(token.attrGet("id") or "")) for token in tokens if token.type == "heading_open"]


def quoted(code: str, spoken: str) -> dict[str, list[str]]:
    """The names of menus, buttons and fields that each section quotes, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    anchor = ""
    for token in guides.parsed(code, spoken):
        if token.type == "heading_open":
            anchor = str(token.attrGet("id") or "")
        for at, child in enumerate(token.children or ()):
            if child.type == "em_open":
                found[anchor].append(said(token.children or [], at))
    return found


def said(children: list[Token], start: int) -> str:
    end = next(at for at in range(start, len(children)) if children[at].type == "em_close")
    return "".join(" " if child.type == "softbreak" else child.content for child in children[start + 1 : end])


@pytest.mark.parametrize("code", guides.GUIDES)
def test_both_languages_have_the_same_headings(code: str) -> None:
    vietnamese, english = outline(code, "vi"), outline(code, "en")
    assert vietnamese == english
    assert vietnamese[0] == ("h1", "")
    anchors = [anchor for tag, anchor in vietnamese[1:]]
    assert all(anchors)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("code", guides.GUIDES)
def test_a_quoted_name_stands_on_the_screen_in_both_languages(code: str) -> None:
    """Each name is a sentence of a catalogue, and the English guide quotes its translation in the same section."""
    known, flaws = translations(), []
    vietnamese, english = quoted(code, "vi"), quoted(code, "en")
    said_in_english = {word for words in known.values() for word in words}
    for anchor, names in vietnamese.items():
        for name in names:
            if name not in known:
                flaws.append(f"#{anchor}: nothing is called “{name}”")
            elif not known[name] & set(english[anchor]):
                flaws.append(f"#{anchor}: “{name}” is {sorted(known[name])} in English, which is not quoted")
    for anchor, names in english.items():
        missing = [name for name in names if name not in said_in_english]
        flaws += [f"#{anchor}: nothing is called “{name}”" for name in missing]
        if len(names) != len(vietnamese[anchor]):
            flaws.append(f"#{anchor}: {len(vietnamese[anchor])} names in Vietnamese, {len(names)} in English")
    assert flaws == []


@pytest.mark.parametrize("spoken", guides.LANGUAGES)
def test_links_between_guides_lead_somewhere(spoken: str) -> None:
    flaws = []
    for code in guides.GUIDES:
        for token in guides.parsed(code, spoken):
            for child in token.children or ():
                if child.type == "link_open":
                    target = str(child.attrGet("href"))
                    if not stands(target, spoken):
                        flaws.append(f"{code}: {target}")
    assert flaws == []


def stands(target: str, spoken: str) -> bool:
    """True when there is such a guide, and such a section in it."""
    found = ONE_FILE.match(target)
    if not found or found[1] not in guides.GUIDES:
        return False
    return not found[2] or found[2] in anchors(found[1], spoken)


def anchors(code: str, spoken: str) -> set[str]:
    return {section.anchor for section in guides.guide(code, spoken).sections}


def test_no_file_is_left_over() -> None:
    for spoken in guides.LANGUAGES:
        assert {path.stem for path in (guides.FOLDER / spoken).iterdir()} == set(guides.GUIDES)


def test_every_page_with_a_fitting_section_finds_it() -> None:
    assert get_resolver().url_patterns
    for start, target in FITTING.items():
        assert any(code.startswith(start) for code in PAGES), start
        code, anchor = target.split("#")
        assert anchor in anchors(code, "vi"), target


def test_every_entry_of_the_menu_is_explained() -> None:
    assert get_resolver().url_patterns
    explained = quoted(guides.FOR_ALL, "vi")["menu"]
    assert [str(page.title) for page in PAGES.values() if page.place and str(page.title) not in explained] == []


def test_every_role_has_its_guide() -> None:
    assert set(guides.OF_ROLE) == set(ROLES)


def test_a_guide_has_a_lead_and_no_markup_of_its_own() -> None:
    for spoken in guides.LANGUAGES:
        for one in guides.every(spoken):
            assert one.lead
            assert "{#" not in one.html
            assert "<script" not in one.html
