"""Counting in working days. Pure: the calendar is given, and says itself where it does not know.

A working day is Monday to Friday without days off, and a weekend day on which people work in exchange. Day 1 is the
next working day after the event (members.md §10.1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .days import ONE

SATURDAY = 5
FURTHEST = 3660  # days: no time limit is longer than ten years


@dataclass(frozen=True)
class Calendar:
    """What is known of days off: `off` and `worked` (weekend days at work) among the `known` years.

    `unsure` are days of which it is not certain whether they are off: they count as work."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known: frozenset[int] = frozenset()
    unsure: frozenset[date] = frozenset()

    def doubts(self, start: date, end: date) -> "Doubts":
        """Which years of `[start, end]` are not wholly known, and which of its days are unsure."""
        years = tuple(year for year in range(start.year, end.year + 1) if year not in self.known)
        return Doubts(years, tuple(sorted(day for day in self.unsure if start < day <= end)))


@dataclass(frozen=True)
class Doubts:
    """Why a count may turn out otherwise."""

    years: tuple[int, ...] = ()
    days: tuple[date, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.years or self.days)


def is_working(day: date, calendar: Calendar) -> bool:
    """Whether people work on the day."""
    return day in calendar.worked or (day.weekday() < SATURDAY and day not in calendar.off)


def add(day: date, n: int, calendar: Calendar) -> date:
    """The `n`-th working day after `day`; with 0 the day itself. Raises ValueError for less, or when a calendar leaves
    no such day."""
    if n < 0:
        raise ValueError("working days are counted forwards")
    at, left = day, n
    for _step in range(FURTHEST):
        if not left:
            return at
        at += ONE
        left -= is_working(at, calendar)
    raise ValueError(f"no {n} working days after {day}")


def between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days lie after `start` up to and with `end`; negative when `end` is earlier."""
    if end < start:
        return -between(end, start, calendar)
    return sum(is_working(day, calendar) for day in _after(start, end))


def spread(first: date, last: date) -> Iterable[date]:
    """Every day from the first to the last, both included."""
    return _after(first - ONE, last)


def _after(start: date, end: date) -> Iterator[date]:
    day = start
    while day < end:
        day += ONE
        yield day
