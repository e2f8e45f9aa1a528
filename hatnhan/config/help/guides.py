"""The guides: Markdown files that come with the program, one a reader, the same headings in both languages.

A heading carries its anchor, the same in both: `## Quên mật khẩu {#forgotten}`. Emphasis (`*Đảng viên*`) marks the name
of a menu, a button or a field as it stands on the screen. Links between guides are links between files
(`[…](office.md#import)`), so that they hold wherever the files are read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from hatnhan.kernel.vietnamese import plain

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("vi", "en")
SIGNING_IN = "signing-in"
FOR_ALL = "first-time"
GUIDES = (SIGNING_IN, FOR_ALL, "member", "secretary", "office", "higher", "administrator", "records", "rules")
"""Every guide, in the order of the page; the first is read before signing in."""
ICONS = {
    SIGNING_IN: "log-in", FOR_ALL: "book-open", "member": "user", "secretary": "users", "office": "briefcase",
    "higher": "landmark", "administrator": "settings", "records": "eye", "rules": "scale",
}  # fmt: skip
OF_ROLE = {
    "member": "member", "cell_secretary": "secretary", "cell_deputy": "secretary", "office": "office",
    "inspector": "higher", "provincial": "higher", "administrator": "administrator",
}  # fmt: skip

_ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}$")
_LINK = re.compile(r"^([a-z-]+)\.md(?:#([a-z0-9-]+))?$")


class NoGuide(LookupError):
    """No guide has this name."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, until the next. The first of a guide has no anchor: its title and lead."""

    anchor: str
    title: str
    paragraphs: tuple[str, ...]

    @cached_property
    def key(self) -> str:
        """All of it as a search key."""
        return f" {plain(' '.join((self.title, *self.paragraphs)))}"


@dataclass(frozen=True)
class Guide:
    """One guide in one language."""

    code: str
    sections: tuple[Section, ...]
    html: Markup

    @property
    def title(self) -> str:
        return self.sections[0].title

    @property
    def lead(self) -> str:
        return self.sections[0].paragraphs[0]

    @property
    def icon(self) -> str:
        return ICONS[self.code]


def language() -> str:
    """The language of the reader in which there are guides."""
    return "en" if (get_language() or "").startswith("en") else "vi"


def guide(code: str, spoken: str = "") -> Guide:
    """A guide in the reader's language, or in the one named. Raises `NoGuide`."""
    if code not in GUIDES:
        raise NoGuide(code)
    return _read(code, spoken or language())


def every(spoken: str = "") -> list[Guide]:
    return [guide(code, spoken) for code in GUIDES]


def own_first(roles: Sequence[str]) -> tuple[list[Guide], list[Guide]]:
    """The guides of these roles, the member's after those of an office, last what everybody needs; and the others."""
    wanted = {OF_ROLE[role] for role in roles}
    last = {"member": 1, FOR_ALL: 2}
    own = sorted((one for one in every() if one.code in {*wanted, FOR_ALL}), key=lambda one: last.get(one.code, 0))
    return own, [one for one in every() if one not in own]


def address(code: str, anchor: str = "") -> str:
    """Where a guide is read, or a section of it."""
    return reverse("help.guide", kwargs={"guide": code}) + (f"#{anchor}" if anchor else "")


def parsed(code: str, spoken: str) -> list[Token]:
    """A guide's file as tokens, anchors taken out of its headings."""
    tokens = _markdown().parse((FOLDER / spoken / f"{code}.md").read_text(encoding="utf-8"))
    for opening, inside in pairwise(tokens):
        found = _ANCHOR.search(inside.content) if opening.type == "heading_open" else None
        if found and inside.children:
            opening.attrSet("id", found[1])
            last = inside.children[-1]
            last.content = _ANCHOR.sub("", last.content)
            inside.content = _ANCHOR.sub("", inside.content)
    return tokens


@lru_cache(maxsize=32)
def _read(code: str, spoken: str) -> Guide:
    tokens = parsed(code, spoken)
    sections = tuple(_sections(tokens))
    # The title and the lead stand in the page's head.
    start = next(at for at, token in enumerate(tokens) if token.type == "paragraph_close") + 1
    html = _markdown().renderer.render(tokens[start:], _markdown().options, {"title": sections[0].title})
    return Guide(code, sections, Markup(html))  # noqa: S704 - from a file of the program, with HTML switched off


def _sections(tokens: list[Token]) -> Iterator[Section]:
    anchor, title, paragraphs = "", "", list[str]()
    for before, token in pairwise(tokens):
        if token.type != "inline":
            continue
        text = "".join(_words(token))
        if before.type == "heading_open":
            if title:
                yield Section(anchor, title, tuple(paragraphs))
            anchor, title, paragraphs = str(before.attrGet("id") or ""), text, []
        else:
            paragraphs.append(text)
    yield Section(anchor, title, tuple(paragraphs))


def _words(inline: Token) -> Iterator[str]:
    for child in inline.children or ():
        yield " " if child.type in {"softbreak", "hardbreak"} else child.content


def _link_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    found = _LINK.match(str(tokens[at].attrGet("href")))
    if found:
        tokens[at].attrSet("href", address(found[1], found[2] or ""))
    return self.renderToken(tokens, at, options, env)


def _table_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    label = escape(env.get("title", ""))
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="table">\n'


def _table_close(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    for name, rule in (("link_open", _link_open), ("table_open", _table_open), ("table_close", _table_close)):
        made.add_render_rule(name, rule)
    return made
