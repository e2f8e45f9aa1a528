"""A month of a committee: how far its cells are, which met on which day, with how many. One level at a time."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.figures import Window, snapshot, table
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day, num, pct
from hatnhan.meetings.minutes import queries
from hatnhan.units.queries import children, name_of

from . import stages
from .choices import STAGE_WORDS

CODES = ("meetings.due", "meetings.present")


@dataclass(frozen=True)
class Row:
    """A unit below: how many of its cells met, how many are late; of a cell the day. Words are written already."""

    name: str
    href: str
    met: str
    colour: str
    late: str
    late_href: str
    attendance: str


@dataclass(frozen=True)
class Count:
    """How many cells are in a stage, and where they are listed."""

    label: str
    text: str
    href: str
    colour: str = ""


@dataclass(frozen=True)
class Board:
    """The month of a unit. `late` is how many cells could be reminded."""

    unit: Unit
    name: str
    first: date
    rows: tuple[Row, ...]
    counts: tuple[Count, ...]
    late: int
    late_after: date
    met: str
    attendance: str
    base: str
    before: str
    next: str

    @property
    def month(self) -> str:
        return f"{self.first.month}/{self.first.year}"


def month_of(actor: Actor, unit: Unit, first: date) -> Board:
    """The month that begins on `first`, until today where it is not over. The caller has asked for the right."""
    month = stages.month_at(unit, first, actor.on)
    with snapshot():
        found = table(CODES, unit, Window(first, month.day + ONE), month.day)
        total, parts = stages.counted(month)
        below = children(unit, month.day)
        days = queries.regular_days([card.id for card in below], first)
    rows = []
    for card in below:
        numbers = parts.get(card.id)
        if numbers is None:
            continue
        cells, met = sum(numbers[code] for code in stages.STAGES), sum(numbers[code] for code in stages.HELD)
        here = found.part(card.id, "meetings.present"), found.part(card.id, "meetings.due")
        single = cells == 1 and card.id in days
        state = next((code for code in stages.STAGES if numbers[code]), "none")
        said = day(days[card.id]) if single else str(STAGE_WORDS[state]) if cells == 1 else f"{num(met)}/{num(cells)}"
        rows.append(
            Row(
                card.name, _address("meetings.list" if cells <= 1 else "meetings.month", card.id, first), said,
                "ok" if met >= cells else "warn" if numbers["late"] else "",
                num(numbers["late"]) if numbers["late"] else "", _address("meetings.cells", card.id, first, late="yes"),
                f"{num(here[0])}/{num(here[1])}, {pct(here[0] / here[1], 0)}" if here[1] else "",
            )
        )  # fmt: skip
    cells, met = sum(total[code] for code in stages.STAGES), sum(total[code] for code in stages.HELD)
    present, due = found.total["meetings.present"], found.total["meetings.due"]
    following = after(first)
    return Board(
        unit, name_of(unit, month.day), first, tuple(rows), tuple(_counts(unit, month, total)), total["late"],
        month.late_after, f"{num(met)}/{num(cells)}", pct(present / due if due else None), f"{num(present)}/{num(due)}",
        _address("meetings.month", unit.pk, first - ONE),
        _address("meetings.month", unit.pk, following) if following <= actor.on else "",
    )  # fmt: skip


def _counts(unit: Unit, month: stages.Month, total: stages.Numbers) -> list[Count]:
    found = [
        Count(str(STAGE_WORDS[code]), num(total[code]), _address("meetings.cells", unit.pk, month.first, stage=code))
        for code in stages.STAGES
    ]
    late = _address("meetings.cells", unit.pk, month.first, late="yes")
    return [*found, Count(_("Chậm"), num(total["late"]), late, "warn" if total["late"] else "")]


def _address(page: str, unit: int, first: date, **more: str) -> str:
    asked = {"unit": unit, **({} if page == "meetings.list" else {"month": f"{first:%Y-%m}"}), **more}
    return f"{reverse(page)}?{urlencode(asked)}"
