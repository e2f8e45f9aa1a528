"""Icons of Lucide (ISC licence), drawn into the page so that they take the colour and the size of the text."""

import json
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

SHAPES: dict[str, str] = json.loads(Path(__file__).with_name("icons.json").read_text("utf-8"))


@cache
def icon(name: str, size: int = 20, cls: str = "") -> Markup:
    """The icon as SVG, hidden from screen readers: whatever it says stands beside it in words.

    `size` is in pixels at normal text size and grows with the text. Raises KeyError with the name of an unknown icon;
    `scripts/vendor.py` adds one."""
    side = f"{size / 16:g}rem"
    names = escape(f"icon {cls}".strip())
    return Markup(  # noqa: S704 - the shapes are ours
        f'<svg class="{names}" width="{side}" height="{side}" viewBox="0 0 24 24" aria-hidden="true">'
        f"{SHAPES[name]}</svg>"
    )
