"""Pieces of a page that come out the same for many requests, kept as HTML by all that they depend on."""

from collections.abc import Callable, Hashable
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup, escape

from ..recent import Recent

MOST = 400
_DRAWN: Recent[Markup] = Recent(MOST)


def remembered(key: Hashable | None, draw: Callable[..., Any], *given: Any) -> Markup:
    """What the macro `draw` makes of `given`, drawn once for each `key` and language. The key names the piece and all
    that it depends on; with None it is drawn every time. The pieces used longest ago are forgotten."""
    if key is None:
        return Markup(draw(*given))  # noqa: S704 - a macro escapes
    known = (get_language(), key)
    drawn = _DRAWN.get(known)
    return _DRAWN.keep(known, Markup(draw(*given))) if drawn is None else drawn  # noqa: S704 - a macro escapes


def filled(piece: Markup, place: str, value: Any) -> Markup:
    """The piece with what this request has in its place, escaped unless it is HTML already."""
    return piece.replace(place, escape(value))
