"""The year's thematic meetings by quarter: what is planned, and what was held."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day
from hatnhan.meetings.choices import THEMATIC
from hatnhan.meetings.models import Meeting, Sitting, Theme
from hatnhan.rulebook import sentence

from .forms import QUARTERS


@dataclass(frozen=True)
class Quarter:
    """A quarter: its themes, the days of its thematic meetings, and what is lacking."""

    label: Any
    themes: tuple[Theme, ...]
    held: str
    planned: str
    lacking: str


def quarters(unit: Unit, year: int) -> list[Quarter]:
    """The four quarters of the year."""
    themes = list(Theme.objects.filter(unit=unit, year=year, voided_at=None).select_related("drafter").order_by("pk"))
    rows = Meeting.objects.filter(unit=unit, kind__in=THEMATIC, voided_at=None, held_on__year=year)
    held = sorted(rows.values_list("held_on", flat=True))
    ahead = Sitting.objects.filter(unit=unit, kind__in=THEMATIC, day__year=year, state__in=("planned", "invited"))
    days = sorted(ahead.values_list("day", flat=True))
    found = []
    for number, label in QUARTERS.items():
        here = [one for one in held if _quarter(one) == number]
        coming = [one for one in days if _quarter(one) == number]
        mine = tuple(one for one in themes if one.quarter == number)
        rule = rulebook.at(date(year, number * 3, 1))["meeting.thematic.per_quarter"]
        lacking = ""
        if len(here) + max(len(coming), len(mine)) < rule.value:
            told = {"n": rule.value, "rule": sentence(rule)}
            lacking = _("Mỗi quý ít nhất %(n)s lần (%(rule)s).") % told
        found.append(Quarter(label, mine, ", ".join(map(day, here)), ", ".join(map(day, coming)), lacking))
    return found


def _quarter(on: date) -> int:
    return (on.month + 2) // 3
