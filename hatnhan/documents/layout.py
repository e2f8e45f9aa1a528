"""How a page is laid out on a day: the numbers of the rulebook as one thing that both renderers read."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hatnhan import rulebook


@dataclass(frozen=True)
class Layout:
    """Lengths in millimetres, sizes and distances in points. `margins` are top, bottom, left, right; `line` is the
    distance of two base lines, `before` the space before a paragraph; `page_number` how far it stands from the edge."""

    margins: tuple[int, int, int, int]
    body: int
    line: int
    indent: int
    before: int
    party: int
    head: int
    title: int
    about: int
    about_letter: int
    page_number: int
    end: str

    @classmethod
    def on(cls, day: date) -> "Layout":
        """The layout in force on a paper's day (36-HD/VPTW; from 27/5/2026 05-HD/VPTW)."""
        book = rulebook.at(day)
        sizes = {name: book[f"paper.size.{name}"].value for name in ("body", "party", "head", "title", "about")}
        plain = {name: book[f"paper.{name}"].value for name in ("line", "indent", "before", "page_number", "end")}
        return cls(
            margins=tuple(book["paper.margins"].value), about_letter=book["paper.size.about_letter"].value,
            **sizes, **plain,
        )  # fmt: skip

    def data(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self), "margins": list(self.margins)}
