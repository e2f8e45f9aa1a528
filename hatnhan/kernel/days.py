"""Days and months. Every period of the system is half-open: `[from, to)`; "still in force" is the day `FAR`."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

FAR = date(9999, 12, 31)
ONE = timedelta(days=1)


def today() -> date:
    """The calendar day in Asia/Ho_Chi_Minh. Read by views, api, jobs and the command line only."""
    return timezone.localdate()


def month(day: date) -> date:
    """First day of the day's month."""
    return day.replace(day=1)


def after(first: date) -> date:
    """First day of the month that follows `first`, itself the first day of a month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months(start: date, end: date) -> Iterator[date]:
    """First days of the months that `[start, end)` touches."""
    at = month(start)
    while at < end:
        yield at
        at = after(at)


def back_years(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February where 29 does not exist."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
