"""When dossiers must be at the province: counted backwards in working days from the day of award."""

from datetime import date, timedelta

from hatnhan import rulebook
from hatnhan.duties.holidays import calendar_of
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Unit
from hatnhan.kernel.working_days import is_working


def dossier_day(batch: date, unit: Unit | int, on: date) -> tuple[date, bool]:
    """(the last day for dossiers of a batch, whether the calendar does not wholly know the days between): at least so
    many working days before the day of award lie after it. A province may set its own number."""
    n: int = rulebook.at(on, unit)["badge.dossier.working_days"].value
    calendar = calendar_of(batch - timedelta(days=200), batch, on)
    at, left = batch, n
    while left:
        at -= ONE
        left -= is_working(at, calendar)
    return at, bool(calendar.doubts(at, batch))
