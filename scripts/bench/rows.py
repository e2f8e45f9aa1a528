"""One line of the measurements, and how two things are timed in turn."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Clock = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """What was measured: ours and its base in one unit (`ms`, `KB` …), their ratio, and the limit set for the ratio.

    `ratio` and `limit` None mean that the number is reported only."""

    name: str
    unit: str
    ours: float
    base: float | None = None
    limit: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        return None if self.base is None else self.ours / self.base

    def line(self) -> str:
        """A row of the printed table."""
        base = "" if self.base is None else f"{self.base:,.1f}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        sign = "≥" if self.at_least else "≤"
        limit = "" if self.limit is None else f"{sign} {self.limit:g}"
        return f"| {self.name} | {self.ours:,.1f} {self.unit} | {base} | {ratio} | {limit} |"


def in_turn(ours: Callable[[], None], base: Callable[[], None], times: int = 7) -> tuple[float, float]:
    """Median milliseconds of two things, run A B A B … after one warm-up each."""
    ours()
    base()
    pairs = [(_timed(ours), _timed(base)) for _ in range(times)]
    return median(a for a, _b in pairs), median(b for _a, b in pairs)


def least(
    ours: Callable[[], object],
    base: Callable[[], object],
    times: int = 25,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:
    """The least milliseconds of two things run in turn: for short ones on a machine that others use as well."""
    pairs = [(_timed(ours, clock), _timed(base, clock)) for _ in range(times + 1)][1:]
    return min(a for a, _b in pairs), min(b for _a, b in pairs)


def _timed(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    start = clock()
    work()
    return (clock() - start) * 1000
