"""Pieces of a page that come out the same for many requests, kept as HTML by all that they depend on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup, escape

MOST = 400
_KEPT: OrderedDict[Hashable, Markup] = OrderedDict()
_LOCK = Lock()


def remembered(key: Hashable | None, draw: Callable[..., Any], *given: Any) -> Markup:
    """What the macro `draw` makes of `given`, drawn once for each `key` and language. The key names the piece and all
    that it depends on; with None it is drawn every time. The pieces used longest ago are forgotten."""
    if key is None:
        return Markup(draw(*given))  # noqa: S704 - a macro escapes
    known = (get_language(), key)
    with _LOCK:
        if known in _KEPT:
            _KEPT.move_to_end(known)
            return _KEPT[known]
    drawn = Markup(draw(*given))  # noqa: S704 - a macro escapes
    with _LOCK:
        _KEPT[known] = drawn
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return drawn


def filled(piece: Markup, place: str, value: Any) -> Markup:
    """The piece with what this request has in its place, escaped unless it is HTML already."""
    return piece.replace(place, escape(value))
