"""Days for a calendar on somebody's own machine, which may lie anywhere: fixed words only."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hatnhan.kernel.days import ONE


def file_of(days: Iterable[tuple[int, date]]) -> bytes:
    """A calendar of whole days, one for each (number, day); the same number is the same entry when read again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hat Nhan//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for number, due in days:
        event = Event()
        event.add("uid", f"duty-{number}@hatnhan")
        event.add("dtstamp", datetime.combine(due, time(), UTC))
        event.add("summary", _("Đến hạn một việc"))
        event.add("dtstart", due)
        event.add("dtend", due + ONE)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
