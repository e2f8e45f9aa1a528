"""Charts drawn by the server as SVG. They stretch to the width they are given while their lines keep their thickness;
the labels of the axes stand beside them as text and follow its size. Every chart has its table (`kit/figures.html`)."""

from collections.abc import Sequence
from itertools import groupby
from math import ceil, floor, log10
from typing import NamedTuple, TypeAlias

from markupsafe import Markup, escape

from .text import Number, num, pct

Values: TypeAlias = Sequence[Number | None]
Series: TypeAlias = tuple[str, Values]
Point: TypeAlias = tuple[float, float]

WIDTH, HEIGHT = 600, 200
_LINES = 4
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Plot(NamedTuple):
    """A drawn line chart and the labels of its horizontal lines from top to bottom."""

    svg: Markup
    ticks: list[str]


class Scale(NamedTuple):
    """The values at the bottom and the top of a chart and the distance of its horizontal lines."""

    low: float
    high: float
    step: float

    @property
    def lines(self) -> int:
        return round((self.high - self.low) / self.step)

    def height(self, value: float) -> float:
        return HEIGHT - (value - self.low) / (self.high - self.low) * HEIGHT


def spark(values: Values, width: int = 84, height: int = 28) -> Markup:
    """A line of the size of a word that shows only the course; places without a value are left out.

    Hidden from screen readers: the figure itself stands beside it."""
    points = [(i, float(v)) for i, v in enumerate(values) if v is not None]
    if len(points) < 2:
        return Markup("")
    low, high = min(v for _, v in points), max(v for _, v in points)
    across, up = (width - 6) / (len(values) - 1), (height - 6) / ((high - low) or 1)
    drawn = [(3 + i * across, height - 3 - (v - low) * up) for i, v in points]
    (first, _), (last, at) = drawn[0], drawn[-1]
    return _svg(
        f'class="spark" width="{width / 16:g}rem" height="{height / 16:g}rem" viewBox="0 0 {width} {height}"',
        f'<path class="area" d="{_path(drawn)}L{last:.1f} {height}L{first:.1f} {height}Z"/>',
        f'<path class="line" d="{_path(drawn)}"/><circle cx="{last:.1f}" cy="{at:.1f}" r="2.5"/>',
    )


def line_plot(labels: Sequence[str], series: Sequence[Series], kind: str = "number") -> Plot:
    """One line per series (label, values), the first with its area. `kind` is `number` or `percent` (shares of one).

    A missing value leaves a gap. Each column tells its values when pointed at."""
    scale = _scale([float(v) for _, values in series for v in values if v is not None], kind)
    columns = [(i + 0.5) * WIDTH / max(len(labels), 1) for i in range(len(labels))]
    heights = [[None if v is None else scale.height(float(v)) for v in values] for _, values in series]
    drawn = [_grid(scale.lines)]
    for order, row in enumerate(heights, start=1):
        drawn += _line(order, list(zip(columns, row, strict=True)))
    for i, label in enumerate(labels):
        told = " · ".join(f"{name} {_written(values[i], kind)}" for name, values in series)
        drawn.append(_column(columns[i], WIDTH / len(labels), [row[i] for row in heights], f"{label}: {told}"))
    digits = 0 if round(scale.step / _one(kind), 6).is_integer() else 1
    ticks = [_written(scale.low + scale.step * i, kind, digits) for i in range(scale.lines, -1, -1)]
    return Plot(_svg(f'class="lines" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"', *drawn), ticks)


def bar(parts: Values, total: Number, kind: str = "") -> Markup:
    """A horizontal bar: its parts side by side, as shares of `total`. `kind` (ok, warn, bad) colours a single part."""
    drawn, at = [], 0.0
    for order, part in enumerate(parts, start=1):
        wide = max(min(100 * float(part or 0) / float(total or 1), 100 - at), 0)
        drawn.append(f'<rect class="c{order}" x="{at:.2f}" width="{wide:.2f}" height="8"/>')
        at += wide
    return _svg(f'class="{escape(f"bar {kind}".strip())}" viewBox="0 0 100 8" preserveAspectRatio="none"', *drawn)


def _svg(attributes: str, *content: str) -> Markup:
    return Markup(f'<svg {attributes} aria-hidden="true">{"".join(content)}</svg>')  # noqa: S704 - numbers, escaped text


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _written(value: Number | None, kind: str, digits: int = 1) -> str:
    if kind == "percent":
        return pct(value, digits)
    return num(value, 0 if value is not None and float(value).is_integer() else digits)


def _one(kind: str) -> float:
    return 0.01 if kind == "percent" else 1.0


def _scale(values: Sequence[float], kind: str) -> Scale:
    """About four lines at 1, 2, 2.5 or 5 times a power of ten; whole numbers get whole lines, and small ones
    never fewer than four, so that one person more does not look like a leap."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    rough = (high - low or abs(high) or 4 * _one(kind)) / 4
    power = 10.0 ** floor(log10(rough))
    step = next(power * nice for nice in _STEPS if power * nice >= rough * 0.999)
    whole = kind != "percent" and all(v.is_integer() for v in values)
    if whole:
        step = float(max(ceil(step), 1))
    bottom = floor(low / step) * step
    top = max(ceil(high / step) * step, bottom + step)
    missing = _LINES - round((top - bottom) / step) if whole and step == 1 else 0
    if missing > 0:
        below = min(missing // 2 * step, max(bottom, 0.0))
        bottom, top = bottom - below, top + missing * step - below
    return Scale(bottom, top, step)


def _grid(lines: int) -> str:
    return "".join(f'<path class="grid" d="M0 {HEIGHT * i / lines:.1f}H{WIDTH}"/>' for i in range(lines + 1))


def _line(order: int, places: Sequence[tuple[float, float | None]]) -> list[str]:
    """The unbroken runs of a series; a run of one place is a point."""
    drawn = []
    for missing, places_of_run in groupby(places, key=lambda place: place[1] is None):
        run = [(x, y) for x, y in places_of_run if y is not None]
        if missing:
            continue
        if order == 1:
            drawn.append(f'<path class="area" d="{_path(run)}L{run[-1][0]:.1f} {HEIGHT}L{run[0][0]:.1f} {HEIGHT}Z"/>')
        drawn.append(f'<path class="line c{order}" d="{_path(run)}{"" if len(run) > 1 else "h0"}"/>')
    return drawn


def _column(x: float, wide: float, heights: Sequence[float | None], told: str) -> str:
    places = [(i, y) for i, y in enumerate(heights, start=1) if y is not None]
    dots = "".join(f'<path class="dot c{i}" d="M{x:.1f} {y:.1f}h0"/>' for i, y in places)
    target = f'<rect x="{x - wide / 2:.1f}" width="{wide:.1f}" height="{HEIGHT}"/>'
    rule = f'<path class="rule" d="M{x:.1f} 0V{HEIGHT}"/>'
    return f'<g class="column">{target}{rule}{dots}<title>{escape(told)}</title></g>'
