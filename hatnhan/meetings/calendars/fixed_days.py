"""On which day a unit should meet in a month: its own fixed day, else that of the nearest committee above that set one
for everything under it. On a day off another day is proposed; a person decides."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from hatnhan.duties.holidays import calendar_of
from hatnhan.kernel.days import ONE, after, month
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.working_days import Calendar
from hatnhan.meetings.models import MeetingDay
from hatnhan.units.queries import name_of


@dataclass(frozen=True)
class Proposal:
    """The day to meet in a month: `usual` is the fixed day, `day` the one proposed, another where that is a day off.
    `owner` is the unit that fixed it."""

    day: date
    usual: date
    starts: time | None
    place: str
    owner: int
    rule: MeetingDay

    @property
    def moved(self) -> bool:
        return self.day != self.usual


def fixed_day(unit: Unit | int, on: date) -> MeetingDay | None:
    """The fixed day that holds for a unit on a day; the nearest counts. Two queries."""
    path = Placement.objects.path_of(unit, on)
    line = [unit_of(part) for part in segments(path or "")]
    rows = [row for row in MeetingDay.objects.on(on).filter(unit__in=line) if row.below or row.unit_id == line[-1]]
    return max(rows, key=lambda row: line.index(row.unit_id), default=None)


def proposed(unit: Unit | int, first: date, on: date) -> Proposal | None:
    """The day to meet in the month that begins on `first`; None where no day is fixed. `on`: what is known of days
    off."""
    row = fixed_day(unit, first)
    if row is None:
        return None
    usual = first.replace(day=row.first_day)
    day = day_at_work(row, first, calendar_of(first, first, on))
    return Proposal(day, usual, row.starts, row.place, row.unit_id, row)


def on_fixed_day(unit: Unit | int, held_on: date, known_on: date) -> bool | None:
    """Whether a meeting was held on one of the fixed days of its unit, or on the day proposed where these are days off;
    None where no day was fixed. `known_on`: what was known of days off."""
    row = fixed_day(unit, held_on)
    if row is None:
        return None
    if row.first_day <= held_on.day <= row.last_day:
        return True
    first = held_on.replace(day=1)
    return day_at_work(row, first, calendar_of(first, first, known_on)) == held_on


def day_at_work(row: MeetingDay, first: date, calendar: Calendar) -> date:
    """The first of the fixed days that is not a day off; where all are, the first day after them that is not. Saturdays
    and Sundays are days like others: cells meet when people are at home."""
    last = after(month(first)) - ONE
    day = first.replace(day=row.first_day)
    while day in calendar.off and day < last:
        day += ONE
    return day if day not in calendar.off else first.replace(day=row.first_day)


def in_words(row: MeetingDay, on: date) -> str:
    """The fixed day as people say it: mùng 3 hằng tháng, 19:30; ngày 3 đến 5."""
    days = _("mùng %(n)s") % {"n": row.first_day} if row.first_day <= 10 else _("ngày %(n)s") % {"n": row.first_day}
    if row.last_day != row.first_day:
        days = _("ngày %(first)s đến %(last)s") % {"first": row.first_day, "last": row.last_day}
    hour = f"{row.starts:%H:%M}" if row.starts else ""
    return ", ".join(part for part in (days, hour, row.place) if part)


def said(proposal: Proposal | None, unit: int, on: date) -> str:
    """The sentence of a month without a meeting: whose fixed day it is, and that it falls on a day off."""
    if proposal is None:
        return ""
    told = {"day": in_words(proposal.rule, on), "unit": name_of(proposal.owner, on)}
    if proposal.owner == unit:
        words = _("Ngày cố định ở đây là %(day)s.") % told
    else:
        words = _("Ngày cố định của %(unit)s là %(day)s.") % told
    if proposal.moved:
        told = {"usual": written(proposal.usual), "day": written(proposal.day)}
        words += " " + _("Ngày %(usual)s là ngày nghỉ: đề xuất ngày %(day)s, chi bộ quyết định.") % told
    return words
