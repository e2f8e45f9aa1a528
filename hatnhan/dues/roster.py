"""Who pays at a cell in a month, with all that the rules ask, and what was paid: one query, whatever the cell's size.

Dues of a month are paid where somebody belongs at its beginning, or where the month's first membership begins: whoever
moves pays at the cell that issued the letter (38-HD/BTCTW II.4); temporary members pay where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from hatnhan import rulebook
from hatnhan.kernel.days import after
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.secrets import unseal
from hatnhan.members.models import Membership
from hatnhan.members.queries import names_on
from hatnhan.rulebook.book import Book

from .models import MonthBook, Payment
from .rules import Due, Facts, base_day, due


@dataclass(frozen=True)
class Line:
    """A member in a month at the cell where the month is paid. `receipt` is the last number that the cell has given in
    the year asked for, `closed` its last closed month, `path` where the cell hangs."""

    person: int
    name: str
    unit: int
    guest: bool
    facts: Facts
    payment: int | None
    paid: int | None
    paid_on: date | None
    number: int | None
    channel: str
    payer: int | None
    exemption: int | None
    unit_name: str
    path: str
    receipt: int
    closed: date | None

    def due(self, book: Book, month: date) -> Due:
        """What is due; with the book of the month for the cell."""
        return due(self.facts, book, month)


def of_unit(unit: Unit | int, month: date, on: date) -> list[Line]:
    """The members of a cell who pay there for the month, by name. `on` is the day of the act: its year counts
    receipts, its tree places the cell."""
    return _read(Q(unit=unit), month, on)


def of_units(units: Iterable[int], month: date, on: date) -> dict[int, list[Line]]:
    """The members of many cells who pay there for the month."""
    found: dict[int, list[Line]] = {}
    for line in _read(Q(unit__in=list(units)), month, on):
        found.setdefault(line.unit, []).append(line)
    return found


def of_people(people: Iterable[int], month: date, on: date) -> dict[int, Line]:
    """Where each of these people pays for the month; who pays nowhere is left out."""
    return {line.person: line for line in _read(Q(person__in=list(people)), month, on)}


def _held(relation: str, day: date) -> FilteredRelation:
    inside = {
        f"{relation}__voided_at__isnull": True, f"{relation}__valid_from__lte": day, f"{relation}__valid_to__gt": day,
    }  # fmt: skip
    return FilteredRelation(relation, condition=Q(**inside))


def _rows(where: Q, month: date, on: date, book: Book) -> "QuerySet[Any]":
    paying = [code for code, one in book.belongings().items() if one.dues]
    rows = Membership.objects.unvoided().filter(
        where, kind__in=paying, valid_from__lt=after(month), valid_to__gt=month, person__voided_at__isnull=True
    )
    earlier = Membership.objects.unvoided().filter(
        person=OuterRef("person"), kind__in=paying, valid_from__lt=OuterRef("valid_from"), valid_to__gt=month
    )
    live = Q(
        person__dues_payments__month=month, person__dues_payments__reverses__isnull=True,
        person__dues_payments__reversed_in__isnull=True,
    )  # fmt: skip
    numbers = Payment.objects.filter(unit=OuterRef("unit"), receipt_year=on.year, receipt__isnull=False)
    books = MonthBook.objects.filter(unit=OuterRef("unit"), voided_at=None)
    return (
        rows.filter(~Exists(earlier) | Q(valid_from__lte=month))
        .annotate(
            now=_held("person__payers", month),
            before=_held("person__payers", base_day(month, book)),
            spared=_held("person__dues_exemptions", month),
            away=_held("person__participations", month),
            standing=_held("person__standings", month),
            payment=FilteredRelation("person__dues_payments", condition=live),
            unit_name=Subquery(names_on("unit_id", on)),
            path=Subquery(Placement.objects.on(on).filter(unit=OuterRef("unit")).values("path")[:1]),
            last=Subquery(numbers.order_by("-receipt").values("receipt")[:1]),
            closed=Subquery(books.order_by("-month").values("month")[:1]),
        )
        .order_by("person__sort_key", "person_id", "valid_from")
        .values(
            "person_id", "kind", "unit_id", "unit_name", "path", "last", "closed", name=F("person__name"),
            party_base=F("person__party_base"), provisional=F("person__party_base_provisional"),
            payer=F("now__pk"), payer_kind=F("now__kind"), base=F("before__base"), second=F("before__second"),
            own_base=F("now__base"), own_second=F("now__second"), exemption=F("spared__pk"),
            exempt=F("spared__kind"), deviation=F("away__kind"), stands=F("standing__kind"), paid_as=F("payment__pk"),
            paid=F("payment__amount"), paid_on=F("payment__paid_on"), number=F("payment__receipt"),
            channel=F("payment__channel"),
        )
    )  # fmt: skip


def _read(where: Q, month: date, on: date) -> list[Line]:
    book = rulebook.at(month)
    found: dict[tuple[int, int], Line] = {}
    for row in _rows(where, month, on, book):
        line = _line(row, book)
        found.setdefault((line.person, line.unit), line)
    return list(found.values())


def _line(row: dict[str, Any], book: Book) -> Line:
    guest = row["kind"] != "home"
    deviation = book.participations().get(row["deviation"] or "active")
    where = "here" if guest or deviation is None else deviation.dues
    base, second = row["base"] or row["own_base"], row["second"] or row["own_second"]
    facts = Facts(
        kind=row["payer_kind"] or "", base=_amount(base), second=_amount(second), exempt=row["exempt"] or "",
        party_base=row["party_base"], provisional=row["provisional"], full=row["stands"] != "probationary", where=where,
    )  # fmt: skip
    return Line(
        row["person_id"], row["name"], row["unit_id"], guest, facts, row["paid_as"], row["paid"], row["paid_on"],
        row["number"], row["channel"] or "", row["payer"], row["exemption"], row["unit_name"] or "", row["path"] or "",
        row["last"] or 0, row["closed"],
    )  # fmt: skip


def _amount(sealed: str | None) -> int | None:
    return int(unseal(sealed)) if sealed else None
