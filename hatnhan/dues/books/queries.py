"""Questions to the books: who may see one, the months of a year, the units below in a month."""

from dataclasses import dataclass
from datetime import date

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.models import Placement, Unit
from hatnhan.units.queries import names

from ..choices import FIRST_MONTH
from ..models import MonthBook
from ..permissions import VIEW
from ..rules import month_name
from .statements import number_last

STATES = ("open", "closed", "sent", "received", "settled")


def visible(actor: Actor, key: int) -> MonthBook:
    """A book of a unit in the actor's scope. Raises `NotFound` for any other, and for one that was opened again."""
    row = MonthBook.objects.select_related("unit", "upper").filter(pk=key, voided_at=None).first()
    if row is None:
        raise NotFound(VIEW)
    actor.require(VIEW, at=row.unit_id)
    return row


def state_of(book: MonthBook | None) -> str:
    """How far a month is: open, closed, handed up, received above; settled when nothing goes up."""
    if book is None:
        return "open"
    if book.received_on is not None:
        return "received"
    if book.sent_on is not None:
        return "sent"
    return "closed" if book.remitted else "settled"


@dataclass(frozen=True)
class MonthRow:
    """A month of a unit."""

    month: date
    state: str
    book: MonthBook | None

    @property
    def name(self) -> str:
        return month_name(self.month)


def year_of(unit: Unit, year: int, on: date) -> list[MonthRow]:
    """The months of a year up to that of `on`, the latest first."""
    books = {row.month: row for row in MonthBook.objects.filter(unit=unit, voided_at=None, month__year=year)}
    months = [date(year, number, 1) for number in range(12, 0, -1)]
    return [
        MonthRow(month, state_of(books.get(month)), books.get(month))
        for month in months if FIRST_MONTH <= month <= first_of(on)
    ]  # fmt: skip


@dataclass(frozen=True)
class Below:
    """A unit directly below in a month: only sums, no names of members."""

    unit: int
    name: str
    state: str
    book: MonthBook | None

    @property
    def waits(self) -> bool:
        """True when it was handed up and can be acknowledged."""
        return self.state == "sent"


def below(unit: Unit, month: date, on: date) -> list[Below]:
    """The units directly below that stand on `on`, with their books of the month, by name; then books of former months
    that were handed up here and wait."""
    standing = Placement.objects.on(on).filter(parent=unit, stands=True).values_list("unit", flat=True)
    books = {row.unit_id: row for row in MonthBook.objects.filter(unit__in=standing, month=month, voided_at=None)}
    called = names(standing, on)
    rows = [Below(pk, called.get(pk, ""), state_of(books.get(pk)), books.get(pk)) for pk in standing]
    return sorted(rows, key=lambda one: number_last(one.name))


def waiting(unit: Unit, but: date, on: date) -> list[Below]:
    """What was handed up to a unit for months other than `but` and is not acknowledged."""
    rows = MonthBook.objects.filter(upper=unit, voided_at=None, sent_on__isnull=False, received_on=None)
    found = list(rows.exclude(month=but).order_by("month", "unit"))
    called = names({row.unit_id for row in found}, on)
    return [Below(row.unit_id, called.get(row.unit_id, ""), "sent", row) for row in found]
