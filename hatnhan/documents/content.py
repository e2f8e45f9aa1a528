"""What an official paper says, as typed blocks: one content, two renderers. Papers are in Vietnamese, whoever reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from .layout import Layout


@dataclass(frozen=True)
class Heading:
    """A heading of a part; `level` 1 stands in capitals ("I-"), 2 in bold ("1.")."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Items:
    """Lines that begin with a dash."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Grid:
    """A table; `widths` are shares of the line, `centred` the columns of numbers and days."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    centred: Sequence[int] = ()


Block: TypeAlias = Heading | Paragraph | Items | Grid


@dataclass(frozen=True)
class Issuer:
    """Who issues the paper, as its head shows it: the superior organisation and the own one."""

    superior: str
    name: str


@dataclass(frozen=True)
class Sign:
    """A place to sign: on whose behalf, as what, and who."""

    office: str
    name: str = ""
    on_behalf: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficialPaper:
    """A paper with everything that its head, body and end show. `title` is empty for an official letter, whose abstract
    stands under the number; `draft` is the mark before it was adopted."""

    kind: str
    layout: Layout
    issuer: Issuer
    place: str
    day: date | None
    number: str
    title: str
    about: str
    blocks: Sequence[Block]
    signatures: Sequence[Sign] = ()
    recipients: Sequence[str] = ()
    addressed: Sequence[str] = ()
    draft: str = ""
    name: str = field(default="")

    @property
    def dated(self) -> str:
        """Place and day as they are printed: "Suối Mơ, ngày 05 tháng 02 năm 2026"."""
        return f"{self.place or '…………'}, {dated(self.day)}"

    def text(self) -> str:
        """The paper as plain text, for search: title, abstract and blocks."""
        return "\n".join([self.title, self.about, *(_text(block) for block in self.blocks)])

    def data(self) -> dict[str, Any]:
        """Everything the layout in Typst shows, as JSON values."""
        return {
            "layout": self.layout.data(), "superior": self.issuer.superior, "issuer": self.issuer.name,
            "number": self.number, "dated": self.dated, "title": self.title, "about": self.about,
            "addressed": list(self.addressed), "draft": self.draft, "blocks": [_data(block) for block in self.blocks],
            "recipients": list(self.recipients),
            "signatures": [{"office": one.office, "name": one.name, "on_behalf": one.on_behalf}
                           for one in self.signatures],
        }  # fmt: skip


def dated(day: date | None) -> str:
    """A day in words: a zero before days below ten and before January and February (meetings.md §4.5); a blank to fill
    by pen without a day."""
    if day is None:
        return "ngày …… tháng …… năm ……"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _data(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"is": "paragraph", "text": block.text, "bold": block.bold, "italic": block.italic}
        case Items():
            return {"is": "items", "lines": list(block.lines)}
        case Grid():
            return {
                "is": "grid", "heads": list(block.heads), "rows": [list(row) for row in block.rows],
                "widths": list(block.widths), "centred": list(block.centred),
            }  # fmt: skip


def _text(block: Block) -> str:
    match block:
        case Heading() | Paragraph():
            return block.text
        case Items():
            return "\n".join(block.lines)
        case Grid():
            return "\n".join(" ".join(row) for row in block.rows)
