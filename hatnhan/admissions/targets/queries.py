"""Targets of a unit and a year against the admissions of that year, by the day of the ceremony."""

from dataclasses import dataclass
from datetime import date, timedelta

from hatnhan import rulebook
from hatnhan.admissions.choices import NO_SOURCE, TARGETS
from hatnhan.admissions.models import NoSource, Target
from hatnhan.kernel.figures import On, Window, table, value
from hatnhan.kernel.models import Placement, Unit
from hatnhan.units.queries import children

YEARS = 5
FIGURES = {kind: "members.admitted" if kind == "total" else f"admissions.{kind}" for kind in TARGETS}


@dataclass(frozen=True)
class Against:
    """A target and what was reached: the label, the figure behind the number, the target (None: none was set)."""

    kind: str
    label: str
    figure: str
    reached: int
    target: int | None

    @property
    def share(self) -> float | None:
        return self.reached / self.target if self.target else None


def window_of(year: int, on: date) -> Window:
    """The year, up to the day while it runs."""
    end = min(date(year + 1, 1, 1), on + timedelta(days=1)) if year >= on.year else date(year + 1, 1, 1)
    return Window(date(year, 1, 1), max(end, date(year, 1, 2)))


def against(unit: Unit, year: int, on: date) -> list[Against]:
    """Each target of the unit and year, with the admissions of the year so far."""
    rows = Target.objects.filter(unit=unit, year=year, voided_at__isnull=True)
    set_for = dict(rows.values_list("kind", "count"))
    found = table(FIGURES.values(), unit, window_of(year, on)).total
    return [
        Against(kind, str(label), FIGURES[kind], found[FIGURES[kind]], set_for.get(kind))
        for kind, label in TARGETS.items()
    ]


@dataclass(frozen=True)
class Average:
    """Admissions of some whole years, and their average with the divisor named."""

    first: int
    last: int
    total: int

    @property
    def years(self) -> int:
        return self.last - self.first + 1

    @property
    def average(self) -> float:
        return self.total / self.years


def average(unit: Unit, on: date) -> Average:
    """Over the five whole years before the one of the day."""
    first, last = on.year - YEARS, on.year - 1
    window = Window(date(first, 1, 1), date(last + 1, 1, 1))
    return Average(first, last, int(value("members.admitted", unit, window) or 0))


def orientation(unit: Unit, on: date) -> tuple[int, int, int]:
    """(members, least, most): what the orientation of so many per cent a year comes to for the unit's members."""
    low, high = rulebook.at(on)["admission.target.share"].value
    members = int(value("members", unit, On(on)) or 0)
    return members, -(-members * low // 100), members * high // 100


@dataclass(frozen=True)
class Below:
    """A unit below: its target, the admissions of the year, and why it has nobody to admit, if it says so."""

    unit: int
    name: str
    target: int | None
    reached: int
    why: str


def below(unit: Unit, year: int, on: date) -> list[Below]:
    """The units directly below, by name: nobody is ranked."""
    cards = children(unit, on)
    keys = [one.id for one in cards]
    rows = Target.objects.filter(unit__in=keys, year=year, kind="total", voided_at__isnull=True)
    set_for = dict(rows.values_list("unit_id", "count"))
    why = dict(NoSource.objects.on(on).filter(unit__in=keys).values_list("unit_id", "why"))
    reached = table(["members.admitted"], unit, window_of(year, on))
    return [
        Below(
            one.id, one.name, set_for.get(one.id), reached.part(one.id, "members.admitted"),
            str(NO_SOURCE[why[one.id]]) if one.id in why else "",
        )
        for one in cards
    ]  # fmt: skip


def why_of(row: NoSource | None) -> str:
    """Why a cell has nobody to admit, in words."""
    return str(NO_SOURCE.get(row.why, "")) if row is not None else ""


def is_cell(unit: Unit, on: date) -> bool:
    """Members belong to the unit on the day."""
    kind = Placement.objects.on(on).filter(unit=unit).values_list("kind", flat=True).first()
    known = rulebook.at(on).kinds().get(kind or "")
    return bool(known and known.cell)
