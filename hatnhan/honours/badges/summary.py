"""What a province or a committee orders and pays for a year: badges by level and batch, gift money, and how far each
half-year came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.rulebook import Rule

from . import queries
from .rules import Window, batch_of, batches, gift


@dataclass(frozen=True)
class LevelLine:
    """One level: how many fall due in each batch, in all, and the gift money of all of them in đồng; None where the
    rulebook has no coefficient."""

    level: int
    by_batch: tuple[int, ...]
    count: int
    each: int | None
    money: int | None


@dataclass(frozen=True)
class Year:
    """A year of award: its batches, the lines with somebody in them, the money that is known, whether some is not, and
    the rules behind it."""

    batches: tuple[Window, ...]
    lines: tuple[LevelLine, ...]
    count: int
    money: int
    lacking: tuple[int, ...]
    rules: tuple[Rule, ...]


def year(actor: Actor, unit: Unit | int, of: int) -> Year:
    """Numbers to order for the batches of a year, with the coefficients and the base salary of each batch's day."""
    book = rulebook.at(actor.on)
    windows = batches(of, book)
    due = queries.eligible(unit, actor.on, windows[0].first, windows[-1].last)
    counted: dict[tuple[int, date], int] = {}
    for one in due:
        batch = batch_of(one.day, book)
        if batch is not None:
            counted[one.level, batch.day] = counted.get((one.level, batch.day), 0) + 1
    lines: list[LevelLine] = []
    rules: dict[str, Rule] = {}
    for level in book["party_age.marks"].value:
        numbers = [counted.get((level, window.day), 0) for window in windows]
        if any(numbers):
            lines.append(_line(level, numbers, windows))
            for window in windows:
                rules |= {rule.reference: rule for rule in gift(level, rulebook.at(window.day)).rules}
    return Year(
        tuple(windows), tuple(lines), sum(line.count for line in lines), sum(line.money or 0 for line in lines),
        tuple(line.level for line in lines if line.money is None), tuple(rules.values()),
    )  # fmt: skip


def _line(level: int, numbers: Sequence[int], windows: Sequence[Window]) -> LevelLine:
    gifts = [gift(level, rulebook.at(window.day)).amount for window in windows]
    known = all(amount is not None for amount, n in zip(gifts, numbers, strict=True) if n)
    money = sum((amount or 0) * n for amount, n in zip(gifts, numbers, strict=True)) if known else None
    return LevelLine(level, tuple(numbers), sum(numbers), gifts[-1], money)


@dataclass(frozen=True)
class Half:
    """A half-year of cases; `days` from declaration to decision on average, rounded, of those decided."""

    first: date
    declared: int
    decided: int
    awarded: int
    posthumous: int
    early: int
    open: int
    days: int


def halves(actor: Actor, unit: Unit | int, of: int) -> list[Half]:
    """The two half-years of a year, each in one query over the cases in scope."""
    here = Placement.objects.under(unit, actor.on).values("unit")
    rows = queries.cases(actor).filter(unit__in=here)
    found = []
    for first, last in ((date(of, 1, 1), date(of, 7, 1)), (date(of, 7, 1), date(of + 1, 1, 1))):
        made = Q(decided_on__gte=first, decided_on__lt=last)
        numbers: dict[str, Any] = rows.order_by().aggregate(
            declared=Count("pk", filter=Q(declared_on__gte=first, declared_on__lt=last)),
            decided=Count("pk", filter=made),
            awarded=Count("pk", filter=Q(awarded_on__gte=first, awarded_on__lt=last)),
            posthumous=Count("pk", filter=made & Q(kind="posthumous")),
            early=Count("pk", filter=made & Q(kind="early")),
            days=Coalesce(Sum("days", filter=made), 0),
            open=Count("pk", filter=Q(declared_on__lt=last) & (Q(decided_on__isnull=True) | Q(decided_on__gte=last))
                       & ~Q(state__in=("refused", "withdrawn"))),
        )  # fmt: skip
        numbers["days"] = round(numbers["days"] / max(1, numbers["decided"]))
        found.append(Half(first, **numbers))
    return found
