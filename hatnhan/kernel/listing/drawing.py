"""Cells as HTML. Drawn here and not in a template: a list has hundreds, and a macro costs ten times as much."""

from collections.abc import Sequence
from html import escape
from typing import Any

from markupsafe import Markup

from ..ui.text import initials
from .parts import Cell, Line

_NUMERIC = '<td class="n">'


def line(key: Any, cells: Sequence[tuple[Cell, bool]], selectable: bool) -> Line:
    """A row of the page from its cells, each with whether its column is numeric."""
    rest = [
        f'<td class="n">{drawn(cell)}</td>' if numeric else f"<td>{drawn(cell)}</td>" for cell, numeric in cells[1:]
    ]
    first = cells[0][0]
    return Line(key, first.text, Markup(drawn(first)), Markup("".join(rest)), selectable)  # noqa: S704 - escaped


def drawn(cell: Cell) -> str:
    """The cell: a link, a badge or plain text; below it what is small, and what only phones show."""
    text = escape(cell.text)
    if cell.href:
        text = f'<a class="name" href="{escape(cell.href)}">{text}</a>'
    elif cell.kind:
        text = f'<span class="badge {escape(cell.kind)}">{text}</span>'
    if cell.small:
        text += f"<small>{escape(cell.small)}</small>"
    if cell.phone:
        text += f'<small class="only-phone">{escape(cell.phone)}</small>'
    if cell.person:
        sign = escape(initials(cell.text))
        text = f'<span class="person"><span class="avatar" aria-hidden="true">{sign}</span><span>{text}</span></span>'
    return text
