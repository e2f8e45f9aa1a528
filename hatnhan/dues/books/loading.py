"""Many months at once, as former books have them: payments with receipts, closed books of cells and of the committees
above them, and what each has kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.refusal import refuse
from hatnhan.units.queries import name_of

from ..models import FundEntry, MonthBook, Payment
from ..payments.actions import FIELDS
from ..permissions import CLOSE
from ..rules import rounded
from .reckoning import PERCENT, Counts, split_of

BOOK_FIELDS = (
    "id", "unit_id", "month", "upper_id", "collected", "received", "kept", "remitted", "split", "rule", "members",
    "obliged", "paid", "unplaced", "exempt_party_age", "exempt_household", "exempt_social_pension", "exempt_other",
    "closed_on", "closed_by", "sent_on", "channel", "voucher", "received_on", "received_by", "taken_in_id",
    "recorded_at", "recorded_in",
)  # fmt: skip
_NUMBERS = count(1)  # books are told apart by these until they have their keys
FUND_FIELDS = ("unit_id", "day", "amount", "kind", "text", "paper", "book_id", "recorded_at", "recorded_in")


@dataclass(frozen=True)
class Given:
    """What a member (id) paid, in VND."""

    person: int
    amount: int
    paid_on: date
    channel: str = "cash"
    reference: str = ""


@dataclass(frozen=True)
class Former:
    """A cell in a month: what was paid, how many had to. An open month has no book; a `late` one was not handed up."""

    unit: int
    month: date
    paid: tuple[Given, ...]
    counts: Counts = field(default_factory=Counts)
    closed: bool = True
    late: bool = False


@dataclass
class _Book:
    """A book while it is made."""

    pk: int
    unit: int
    month: date
    upper: int | None
    split: Any
    collected: int
    received: int = 0
    counts: Counts = field(default_factory=Counts)
    late: bool = False
    taken_in: int | None = None

    @property
    def kept(self) -> int:
        return rounded((self.collected + self.received) * self.split.value, PERCENT, 1)

    @property
    def remitted(self) -> int:
        return self.collected + self.received - self.kept


@action("dues.load")
def load(
    *, actor: Actor, unit: Unit, former: Sequence[Former], committees: Sequence[int] = (), reason: str = ""
) -> int:
    """Load months of cells at and below a unit, and the books of these committees (ids, the lower ones first) for the
    same months. Returns how many payments. Only where nothing is recorded yet."""
    actor.require(CLOSE, at=unit)
    if Payment.objects.filter(unit__in=[one.unit for one in former]).exists():
        refuse("there", _("Ở đây đã ghi thu đảng phí; chỉ nạp được nơi còn trống."))
    books: list[_Book] = []
    for month in sorted({one.month for one in former}):
        rows = [one for one in former if one.month == month]
        books += _of_month(month, rows, committees, unit)
    pks = bulk.reserve(MonthBook, len(books))
    by_old = {book.pk: pk for book, pk in zip(books, pks, strict=True)}
    _write_books(actor, books, by_old)
    own = {(book.unit, book.month): by_old[book.pk] for book in books}
    written = bulk.insert(Payment, (*FIELDS, "book_id"), _payments(actor, former, own))
    act().tell(
        gettext_noop("Nạp %(count)s phiếu thu và %(books)s sổ đảng phí của %(unit)s và các tổ chức trực thuộc."),
        units=[unit], count=written, books=len(books), unit=name_of(unit, actor.on),
    )  # fmt: skip
    return written


def _of_month(month: date, rows: Sequence[Former], committees: Sequence[int], unit: Unit) -> list[_Book]:
    """The books of a month, the lower ones first; what was acknowledged is taken in by the committee's book."""
    day, book = after(month) - ONE, rulebook.at(month, unit)
    kinds = rulebook.at(day).kinds()
    wanted = [*(one.unit for one in rows), *committees]
    places = {row.unit_id: row for row in Placement.objects.on(day).filter(unit__in=wanted, stands=True)}

    def begun(key: int, collected: int, **given: Any) -> _Book:
        place = places[key]
        line = segments(place.path)
        split = book[f"dues.split.{split_of(kinds.get(place.kind))}"]
        upper = unit_of(line[-2]) if len(line) > 1 else None
        return _Book(next(_NUMBERS), key, month, upper, split, collected, **given)

    made = [
        begun(one.unit, sum(paid.amount for paid in one.paid), counts=one.counts, late=one.late)
        for one in rows if one.closed and one.unit in places
    ]  # fmt: skip
    for key in committees:
        if key not in places or not any(one.upper == key for one in made):
            continue
        below = [one for one in made if one.upper == key and not one.late]
        above = begun(key, 0, received=sum(one.remitted for one in below))
        for one in below:
            one.taken_in = above.pk
        made.append(above)
    return made


def _write_books(actor: Actor, books: Sequence[_Book], pks: dict[int, int]) -> None:
    running = act()

    def columns(one: _Book) -> tuple[Any, ...]:
        closed = after(one.month) - ONE
        come = None if one.late else closed + timedelta(days=3)
        counts = one.counts.columns()
        return (
            pks[one.pk], one.unit, one.month, one.upper, one.collected, one.received, one.kept, one.remitted,
            one.split.value, one.split.reference, *counts.values(), closed, actor.label, None if one.late else closed,
            "" if one.late else "bank", "" if one.late else f"UNC {pks[one.pk]}", come, actor.label if come else "",
            pks.get(one.taken_in or 0), running.at, running.id,
        )  # fmt: skip

    above_first = sorted(books, key=lambda one: pks.get(one.taken_in or 0, 0))
    bulk.insert(MonthBook, BOOK_FIELDS, (columns(one) for one in above_first))
    bulk.insert(
        FundEntry, FUND_FIELDS,
        (
            (one.unit, after(one.month) - ONE, one.kept, "share", f"{one.month.month}/{one.month.year}", "",
             pks[one.pk], running.at, running.id)
            for one in books if one.kept
        ),
    )  # fmt: skip


def _payments(
    actor: Actor, former: Sequence[Former], books: dict[tuple[int, date], int]
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    running, numbers = act(), dict[tuple[int, int], int]()
    for one in sorted(former, key=lambda one: one.month):
        for paid in one.paid:
            key = (one.unit, paid.paid_on.year)
            numbers[key] = numbers.get(key, 0) + 1
            yield (
                paid.person, one.unit, one.month, paid.amount, paid.paid_on, one.month, paid.channel, key[1],
                numbers[key], paid.reference, actor.label, running.at, running.id, books.get((one.unit, one.month)),
            )  # fmt: skip
