"""Cells as HTML. Drawn here and not in a template: a list has hundreds, and a macro costs ten times as much."""

from html import escape

from markupsafe import Markup

from ..ui.text import initials
from .parts import Cell


def drawn(cell: Cell) -> Markup:
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
    return Markup(text)  # noqa: S704 - escaped
