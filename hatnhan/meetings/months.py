"""A month of a committee: which of its cells met, on which day, with how many. One level at a time, by name."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.figures import Window, snapshot, table
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day, num, pct
from hatnhan.units.queries import children, name_of

from . import queries

CODES = ("meetings.met", "meetings.due", "meetings.present", "units.cells")


@dataclass(frozen=True)
class Row:
    """A unit below: how many of its cells met; of a cell the day. Words are written already."""

    name: str
    href: str
    met: str
    colour: str
    attendance: str


@dataclass(frozen=True)
class Board:
    """The month of a unit."""

    unit: Unit
    name: str
    first: date
    rows: tuple[Row, ...]
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
    end = min(after(first), actor.on + ONE)
    with snapshot():
        found = table(CODES, unit, Window(first, end), end - ONE)
        below = children(unit, end - ONE)
        days = queries.regular_days([card.id for card in below], first)
    rows = []
    for card in below:
        cells, met = found.part(card.id, "units.cells"), found.part(card.id, "meetings.met")
        here = found.part(card.id, "meetings.present"), found.part(card.id, "meetings.due")
        single = cells == 1 and card.id in days
        said = day(days[card.id]) if single else _("Chưa họp") if not met else f"{num(met)}/{num(cells)}"
        page = "meetings.list" if cells <= 1 else "meetings.month"
        tail = "" if cells <= 1 else f"&month={first:%Y-%m}"
        rows.append(
            Row(
                card.name, f"{reverse(page)}?unit={card.id}{tail}", said, "ok" if met >= cells and met else "warn",
                f"{num(here[0])}/{num(here[1])}, {pct(here[0] / here[1], 0)}" if here[1] else "",
            )
        )  # fmt: skip
    total = {code: found.total[code] for code in CODES}
    share = total["meetings.present"] / total["meetings.due"] if total["meetings.due"] else None
    again = reverse("meetings.month") + f"?unit={unit.pk}&month="
    following = after(first)
    return Board(
        unit, name_of(unit, end - ONE), first, tuple(rows), f"{num(total['meetings.met'])}/{num(total['units.cells'])}",
        pct(share), f"{num(total['meetings.present'])}/{num(total['meetings.due'])}", f"{again}{first - ONE:%Y-%m}",
        f"{again}{following:%Y-%m}" if following <= actor.on else "",
    )  # fmt: skip
