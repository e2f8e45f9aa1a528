"""What the books of a unit and all below it come to in a span of months. Every đồng is somewhere: what was on its way
at the beginning and what was collected is kept, has left upwards, or is on its way at the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.queries import names

from ..choices import BY_AGE, DECIDED
from ..models import FundEntry, MonthBook

EXEMPTIONS = tuple(f"exempt_{code}" for code in (BY_AGE, *DECIDED))
SUMS = ("collected", "kept", "members", "obliged", "paid", "unplaced", *EXEMPTIONS)


@dataclass(frozen=True)
class Statement:
    """A unit with all below it from `first` to `last` (first days of months, both counted). `carried` is what was on
    its way when it began, `arrived` what came from units that belong elsewhere now, `left` what went out of the unit
    upwards, `on_the_way` what no book above has taken in at the end. Persons are counted once for each month."""

    unit: int
    first: date
    last: date
    carried: int
    arrived: int
    left: int
    on_the_way: int
    books: int
    sums: dict[str, int]

    @property
    def collected(self) -> int:
        return self.sums["collected"]

    @property
    def kept(self) -> int:
        return self.sums["kept"]

    @property
    def unpaid(self) -> int:
        """Persons and months for which nothing was paid though it was due."""
        return self.sums["obliged"] - self.sums["paid"]

    @property
    def exempt(self) -> int:
        return sum(self.sums[code] for code in EXEMPTIONS)

    @property
    def balanced(self) -> bool:
        """True when every đồng is somewhere."""
        return self.carried + self.collected + self.arrived == self.kept + self.left + self.on_the_way


def statement(unit: Unit | int, first: date, last: date, on: date) -> Statement:
    """The statement of a unit and all below it; which units those are, by the tree of `on`. Four queries."""
    key = unit.pk if isinstance(unit, Unit) else unit
    below = Placement.objects.under(key, on).values("unit")
    books = MonthBook.objects.filter(voided_at=None)
    inside, upper_in = Q(unit__in=below), Q(upper__in=below)
    totals = _sums(books.filter(inside, month__gte=first, month__lte=last))
    left = books.filter(inside, month__gte=first, month__lte=last).filter(~upper_in | Q(upper=None))
    into = books.filter(~inside, taken_in__unit__in=below, taken_in__month__gte=first, taken_in__month__lte=last)
    return Statement(
        key, first, last, _waiting(books.filter(inside, upper_in, month__lt=first), first, strict=True), _total(into),
        _total(left), _waiting(books.filter(inside, upper_in, month__lte=last), last, strict=False),
        totals.pop("books"), totals,
    )  # fmt: skip


def _sums(rows: "QuerySet[MonthBook]") -> dict[str, int]:
    asked: dict[str, Any] = {name: Coalesce(Sum(name), 0) for name in SUMS}
    return dict(rows.aggregate(books=Count("pk"), **asked))


def _total(rows: "QuerySet[MonthBook]") -> int:
    return int(rows.aggregate(n=Coalesce(Sum("remitted"), 0))["n"])


def _waiting(rows: "QuerySet[MonthBook]", month: date, *, strict: bool) -> int:
    """What went up and was in no book above yet: before the month, or at its end."""
    later = Q(taken_in__month__gte=month) if strict else Q(taken_in__month__gt=month)
    return _total(rows.filter(Q(taken_in=None) | later))


@dataclass(frozen=True)
class Line:
    """A unit directly below: what it and all below it collected and kept, and what it handed up itself."""

    unit: int
    name: str
    collected: int
    kept: int
    left: int
    obliged: int
    paid: int
    exempt: int


def by_child(unit: Unit | int, first: date, last: date, on: date) -> list[Line]:
    """The units directly below that have books in the span, by name, by the tree of `on`. Three queries."""
    key = unit.pk if isinstance(unit, Unit) else unit
    placed = dict(Placement.objects.under(key, on).values_list("unit", "path"))
    depth = len(segments(placed.get(key, "")))
    rows = MonthBook.objects.filter(unit__in=list(placed), voided_at=None, month__gte=first, month__lte=last)
    sums: dict[int, Counter[str]] = {}
    asked: dict[str, Any] = {f"n_{name}": Sum(name) for name in (*SUMS, "remitted")}
    summed: Any = rows.order_by().values("unit").annotate(**asked)
    for row in summed:
        parts = segments(placed[row["unit"]])
        if len(parts) <= depth:
            continue
        child = unit_of(parts[depth])
        found = sums.setdefault(child, Counter())
        found.update({name: row[f"n_{name}"] or 0 for name in SUMS})
        if child == row["unit"]:
            found["left"] += row["n_remitted"] or 0
    called = names(sums, on)
    lines = [
        Line(pk, called.get(pk, ""), one["collected"], one["kept"], one["left"], one["obliged"], one["paid"],
             sum(one[code] for code in EXEMPTIONS))
        for pk, one in sums.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda one: number_last(one.name))


def number_last(name: str) -> tuple[str, int]:
    """Order of units by words, with numbers as numbers."""
    words = plain(name)
    digits = "".join(ch for ch in words if ch.isdigit())
    return words.rstrip("0123456789 "), int(digits[:9] or 0)


def balance(unit: Unit | int, before: date | None = None) -> int:
    """What is left of what a unit keeps; with a day, what was left before it."""
    rows = FundEntry.objects.filter(unit=unit)
    if before is not None:
        rows = rows.filter(day__lt=before)
    return int(rows.aggregate(n=Coalesce(Sum("amount"), 0))["n"])


def fund_lines(unit: Unit | int, first: date, end: date) -> Sequence[FundEntry]:
    """The lines of the fund of days in `[first, end)`, the latest first."""
    return list(FundEntry.objects.filter(unit=unit, day__gte=first, day__lt=end).order_by("-day", "-pk"))
