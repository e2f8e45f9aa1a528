"""When an obligation falls due. Pure: what it says, a month and the calendar in; days out."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.working_days import Calendar, is_working

FURTHEST = 400  # days that a day off is moved or a lead reaches


@dataclass(frozen=True)
class Due:
    """Where in the year something falls due: on `day` (31: the last) of each of `months`, moved by `shift` off a day
    that is no working day, and then `ahead` working days earlier."""

    months: tuple[int, ...]
    day: int
    shift: str = "none"
    ahead: int = 0


def due_in(rule: Due, month: date, calendar: Calendar) -> date:
    """The last day in time of the obligation of a month (its first day), even if it then lies in an earlier month."""
    named = month.replace(day=min(rule.day, monthrange(month.year, month.month)[1]))
    return back(moved(named, rule.shift, calendar), rule.ahead, calendar)


def moved(day: date, shift: str, calendar: Calendar) -> date:
    """The day itself when people work on it or it is not to be moved, else the working day before or after it."""
    if shift == "none":
        return day
    step = ONE if shift == "after" else -ONE
    for _try in range(FURTHEST):
        if is_working(day, calendar):
            return day
        day += step
    raise ValueError("no working day within a year")


def back(day: date, n: int, calendar: Calendar) -> date:
    """The `n`-th working day before `day`; with 0 the day itself."""
    left = n
    for _try in range(FURTHEST):
        if not left:
            return day
        day -= ONE
        left -= is_working(day, calendar)
    raise ValueError(f"no {n} working days before")


def span(rule: Due, month: date) -> tuple[date, date]:
    """The days `[first, end)` that the obligation of a month is about: since the month after the one before it in the
    year, or in the year before; of a yearly one the year up to it."""
    earlier = [one for one in rule.months if one < month.month]
    last = date(month.year, max(earlier), 1) if earlier else date(month.year - 1, max(rule.months), 1)
    return after(last), after(month)


def opens_on(due: date, opens: int) -> date:
    """The first day on which it stands in the inbox: `opens` calendar days before it is due."""
    return due - timedelta(days=opens)
