"""Questions to obligations: which there are on a day, which units owe them, when they fall due, how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.days import after
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import within
from hatnhan.kernel.working_days import Calendar
from hatnhan.rulebook.shapes import Kind
from hatnhan.units.models import RegimeSwitch
from hatnhan.units.queries import line_of

from ..models import Obligation, Term
from .choices import SEATS_OF
from .rules import Due, due_in

OPENS = 20  # calendar days before it is due, of a committee's own
LEAD = 4  # months: none of the rulebook's is due longer before the month that it names


@dataclass(frozen=True)
class Owed:
    """An obligation, of the rulebook or a committee's own (`unit_id`). `rule` is the rule's key and `reference` its
    window; `source` says where it comes from."""

    code: str
    label: str
    seats: tuple[str, ...]
    due: Due
    opens: int
    source: str
    mark: str
    verified: bool
    note: str = ""
    rule: str = ""
    document: str = ""
    reference: str = ""
    unit_id: int | None = None
    row: int = 0
    kinds: tuple[str, ...] = ()

    def by(self, kind: Kind) -> bool:
        """Whether units of a kind owe it. A province stands directly above too, but owes what is a province's."""
        levels = {"province"} if "province" in kind.seats else set(kind.seats)
        return bool(levels & set(self.seats)) and (not self.kinds or kind.code in self.kinds)


@dataclass(frozen=True)
class Falling:
    """An obligation at one time of the year: of the month `period`, due on a day."""

    owed: Owed
    period: date
    due: date
    provisional: bool


NONE = Q(pk__in=[])


def obligations(on: date, own: Q | None = None) -> dict[str, Owed]:
    """All obligations of a day by code: the rulebook's, and of the committees' own those that `own` says."""
    found = {
        f"obligation.{code}": Owed(
            code=f"obligation.{code}", label=str(one.label), seats=one.seats, kinds=one.kinds,
            due=Due(tuple(int(month) for month in one.months), one.day, one.shift, one.ahead), opens=one.opens,
            source=rulebook.sentence(one.rule), mark=one.rule.mark, verified=one.rule.verified, note=str(one.rule.note),
            rule=one.rule.key, document=one.rule.document.number, reference=one.rule.reference,
        )
        for code, one in rulebook.at(on).obligations().items()
    }  # fmt: skip
    if own is not NONE:
        for row in Obligation.objects.on(on).filter(own or Q()).order_by("pk"):
            found[row.code] = _own(row)
    return found


def around(unit: Unit | int, on: date) -> Q:
    """The own obligations of the committees in a unit's line and of those below it."""
    return Q(unit__in=line_of(unit, on)) | Q(unit__in=Placement.objects.under(unit, on).values("unit"))


def _own(row: Obligation) -> Owed:
    return Owed(
        code=row.code, label=row.label, seats=SEATS_OF[row.seat],
        due=Due(tuple(row.months), row.day, row.shift), opens=OPENS, source=row.decision, mark="",
        verified=True, document=row.decision, unit_id=row.unit_id, row=row.pk,
    )  # fmt: skip


def named(codes: Iterable[str], on: date) -> dict[str, str]:
    """What obligations are called, also those that hold no longer; two queries at most."""
    wanted = set(codes)
    found = {code: one.label for code, one in obligations(on, NONE).items() if code in wanted}
    own = [int(code.removeprefix("own.")) for code in wanted - set(found) if code.startswith("own.")]
    if own:
        rows = Obligation.objects.filter(identity__in=own).order_by("pk")
        found |= {row.code: row.label for row in rows}
    return found


def in_month(owed: Owed, month: date, calendar: Calendar) -> list[Falling]:
    """When it falls due within a month (its first day): mostly once, or not at all."""
    found = []
    period = month
    for _step in range(LEAD):
        if period.month in owed.due.months:
            due = due_in(owed.due, period, calendar)
            moves = owed.due.shift != "none" or owed.due.ahead
            if month <= due < after(month):
                found.append(Falling(owed, period, due, bool(moves and calendar.doubts(due, after(period)))))
        period = after(period)
    return found


def label_of(label: str, period: date) -> str:
    """What a term is called in an inbox."""
    told = {"label": label, "month": period.month, "year": period.year}
    return _("%(label)s, tháng %(month)s/%(year)s") % told


# --- who owes it --------------------------------------------------------------------------------------------------


def role_of(kind: Kind) -> str:
    """The office that answers for a unit of a kind."""
    if kind.cell:
        return "cell_secretary"
    return "office" if "grassroots" in kind.seats or "province" not in kind.seats else "provincial"


def owing(owed: Owed, on: date) -> "list[tuple[int, str]]":
    """(unit, role) of everybody who owes an obligation on a day: the standing units of its level, in the regime of
    each, and of a committee's own those at and below it. One query for each switch of regime and one for the rest."""
    switches = [
        (path, row.regime)
        for row in RegimeSwitch.objects.on(on)
        if (path := Placement.objects.path_of(row.unit_id, on)) is not None
    ]
    rows = Placement.objects.on(on).filter(stands=True)
    if owed.unit_id is not None:
        path = Placement.objects.path_of(owed.unit_id, on)
        rows = rows.filter(**within(path, "path")) if path is not None else rows.none()
    book, found = rulebook.at(on), []
    everywhere = book.default_regime.code
    for path, regime in [("", everywhere), *switches]:
        inner = [other for other, _regime in switches if other != path and other.startswith(path)]
        kinds = {code: role_of(kind) for code, kind in book.kinds(regime).items() if owed.by(kind)}
        here = rows.filter(kind__in=kinds)
        here = here.filter(**within(path, "path")) if path else here
        if inner:
            here = here.exclude(reduce(or_, (Q(**within(other, "path")) for other in inner)))
        found += [(pk, kinds[kind]) for pk, kind in here.values_list("unit", "kind")]
    return found


# --- how far they are ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """Of the terms of one obligation that fall due in a month: all, done, overdue."""

    all: int = 0
    done: int = 0
    overdue: int = 0


def terms(unit: Unit | int, on: date, first: date, end: date) -> "QuerySet[Term]":
    """Terms at a unit and below that fall due within `[first, end)` and were not withdrawn."""
    here = Placement.objects.under(unit, on).values("unit")
    rows = Term.objects.filter(unit__in=here, duty__due__gte=first, duty__due__lt=end)
    return rows.exclude(duty__state="withdrawn")


def counts(rows: "QuerySet[Term]", on: date) -> dict[str, Progress]:
    """How far each obligation is, by code; the numbers are lengths of the lists that they open. One query."""
    return _grouped(rows, "code", on)


def by_month(rows: "QuerySet[Term]", on: date) -> dict[int, Progress]:
    """The same for each month of the rows' year, in one query."""
    return _grouped(rows, "duty__due__month", on)


def _grouped(rows: "QuerySet[Term]", by: str, on: date) -> dict[Any, Progress]:
    late = Q(duty__state="open", duty__due__lt=on)
    numbers = {"all": Count("pk"), "done": Count("pk", filter=Q(duty__state="done")),
               "overdue": Count("pk", filter=late)}  # fmt: skip
    grouped: Any = rows.order_by().values(by).annotate(**numbers)
    return {row[by]: Progress(row["all"], row["done"], row["overdue"]) for row in grouped}


def kinds_below(unit: Unit | int, on: date) -> list[Kind]:
    """The kinds of what stands at a unit and below it."""
    held = set(Placement.objects.under(unit, on).filter(stands=True).values_list("kind", flat=True).distinct())
    return [kind for code, kind in rulebook.at(on).kinds().items() if code in held]
