"""What the book of a month comes to: what came in, what is kept, what goes up, and why it cannot be closed yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min, Q, Sum
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook.rule import Rule
from hatnhan.units.queries import line_of

from .. import roster
from ..choices import BY_AGE, DECIDED
from ..models import MonthBook, Payment
from ..roster import Line
from ..rules import Due, month_name, rounded

PERCENT = 100


@dataclass(frozen=True)
class Counts:
    """Persons of a cell in a month: who belongs, who had to pay, who has, who is exempt and why, who is in no class."""

    members: int = 0
    obliged: int = 0
    paid: int = 0
    unplaced: int = 0
    exempt: tuple[int, int, int, int] = (0, 0, 0, 0)

    def columns(self) -> dict[str, int]:
        """As columns of a book."""
        named = zip((BY_AGE, *DECIDED), self.exempt, strict=True)
        own = {"members": self.members, "obliged": self.obliged, "paid": self.paid, "unplaced": self.unplaced}
        return own | {f"exempt_{code}": number for code, number in named}


@dataclass(frozen=True)
class Reckoning:
    """The book of a unit for a month as it would be closed; whole VND."""

    unit: Unit
    month: date
    upper: int | None
    cell: bool
    collected: int
    received: int
    rule: Rule
    below: tuple[int, ...]
    counts: Counts

    @property
    def total(self) -> int:
        return self.collected + self.received

    @property
    def kept(self) -> int:
        """The share that stays, rounded half up to one VND; the rest goes up, so that nothing is lost."""
        return rounded(self.total * self.rule.value, PERCENT, 1) if self.total > 0 else 0

    @property
    def remitted(self) -> int:
        return self.total - self.kept


def reckon(unit: Unit, month: date, on: date) -> Reckoning:
    """The book of a unit for a month, by the tree and the rule of the month's last day, or of `on` while it runs."""
    day = min(after(month) - ONE, max(on, month))
    placed = Placement.objects.on(day).filter(unit=unit).first()
    kind = rulebook.at(day).kinds().get(placed.kind if placed else "")
    cell = bool(kind and kind.cell)
    own = Payment.objects.filter(unit=unit, book=None, booked__lte=month).aggregate(n=Sum("amount"))["n"] or 0
    arrived = takeable(unit, month)
    return Reckoning(
        unit, month, next(iter(line_of(unit, day)[1:]), None), cell, own, sum(row.remitted for row in arrived),
        split_rule(unit, kind, month), tuple(row.pk for row in arrived), count(unit, month, on) if cell else Counts(),
    )  # fmt: skip


def takeable(unit: Unit, month: date) -> list[MonthBook]:
    """What units below handed up, was acknowledged, and stands in no book yet."""
    rows = MonthBook.objects.filter(upper=unit, voided_at=None, received_on__isnull=False, taken_in=None)
    return list(rows.filter(month__lte=month).order_by("month", "unit"))


def split_rule(unit: Unit, kind: Any, month: date) -> Rule:
    """The rule of the share that a unit of a kind keeps in a month (members.md §6.3)."""
    return rulebook.at(month, unit)[f"dues.split.{split_of(kind)}"]


def split_of(kind: Any) -> str:
    """Which share holds for units of a kind."""
    if kind is None:
        return "upper"
    if "grassroots" in kind.seats:
        return "grassroots"
    if kind.cell:
        return "cell"
    if "section" in kind.seats:
        return "section"
    return "commune" if kind.code == "commune" else "upper"


def count(unit: Unit, month: date, on: date) -> Counts:
    """The persons of a cell in a month."""
    book = rulebook.at(month, unit)
    return counted((line, line.due(book, month)) for line in roster.of_unit(unit, month, on))


def counted(lines: Iterable[tuple[Line, Due]]) -> Counts:
    """Members with what is due, as numbers of persons."""
    here = [(line, due) for line, due in lines if line.facts.where == "here"]
    reasons = [due.exempt for line, due in here if due.exempt and line.payment is None]
    obliged = [line for line, due in here if not due.exempt or line.payment is not None]
    return Counts(
        len(here), len(obliged), sum(line.payment is not None for line in obliged),
        sum(due.amount is None for _line, due in here),
        tuple(reasons.count(code) for code in (BY_AGE, *DECIDED)),  # type: ignore[arg-type]
    )  # fmt: skip


def blockers(one: Reckoning, on: date) -> list[Reason]:
    """Why the month cannot be closed on a day. A share that no administrator has confirmed blocks (members.md §6.3)."""
    found = []
    if one.month > first_of(on):
        text = _("Tháng %(month)s chưa đến nên chưa khóa sổ được.") % {"month": month_name(one.month)}
        found.append(Reason("ahead", text))
    books = MonthBook.objects.filter(unit=one.unit, voided_at=None)
    last = books.aggregate(last=Max("month"))["last"]
    if last is not None and last >= one.month:
        text = _("Sổ đã khóa đến tháng %(month)s.") % {"month": month_name(last)}
        found.append(Reason("closed", text))
    open_rows = Payment.objects.filter(unit=one.unit, book=None, booked__lt=one.month)
    if last is not None:
        open_rows = open_rows.filter(booked__gt=last)
    first = open_rows.aggregate(first=Min("booked"))["first"]
    if first is not None:
        text = _("Tháng %(month)s còn mở; hãy khóa sổ tháng ấy trước.") % {"month": month_name(first)}
        found.append(Reason("earlier", text))
    if one.total < 0:
        text = _("Sổ tháng này âm: số hủy nhiều hơn số thu. Hãy để số hủy sang tháng có thu.")
        found.append(Reason("below_nothing", text))
    if not one.rule.verified:
        text = _("Tỷ lệ trích giữ lại %(n)s%% chưa được xác nhận. Cấp ủy có thẩm quyền đặt tỷ lệ theo văn bản của mình "
                 "ở mục Quy định, rồi khóa sổ.")  # fmt: skip
        sources: dict[str, Any] = {"source": rulebook.sentence(one.rule), "rule": one.rule.reference}
        found.append(Reason("split", text % {"n": one.rule.value}, **sources))
    return found


def late_below(one: Reckoning, day: date) -> int:
    """How many units directly below have not closed the month; what they hand up comes into a later book."""
    rows = Placement.objects.on(day).filter(parent=one.unit, stands=True)
    done = MonthBook.objects.filter(month=one.month, voided_at=None).values("unit")
    return rows.exclude(Q(unit__in=done)).count()
