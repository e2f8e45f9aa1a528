"""Three ways: what the portal or bank says, what receipts say, and what was due; and what does not agree, each with the
act that mends it. Names and amounts of receipts show in the own cell only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.secrets import unseal
from hatnhan.kernel.ui.text import day, num
from hatnhan.units.queries import line_of, names

from .. import roster
from ..choices import CHANNELS
from ..models import LIVE, Payment, StatementLine
from ..permissions import COLLECT, MATCH
from ..rules import month_name
from .actions import key_of

MOST = 200


@dataclass(frozen=True)
class Difference:
    """Something that does not agree. `kind` is no_receipt, no_line, amount or due; `key` is the line's or receipt's."""

    kind: str
    key: int
    title: str
    text: str


class Compared:
    """The lines and receipts of a unit between two days, compared. A commune's office sees numbers and days."""

    def __init__(self, actor: Actor, unit: Unit, first: date, end: date) -> None:
        self.actor, self.unit, self.first, self.end = actor, unit, first, end
        self.named = actor.can(COLLECT, at=unit) and not _has_below(unit, actor.on)
        self.lines = list(_lines(actor, unit, self.named, first, end))
        receipts = Payment.objects.filter(LIVE, unit__in=Placement.objects.under(unit, actor.on).values("unit"))
        self.receipts = receipts.exclude(channel="cash").filter(paid_on__gte=first, paid_on__lt=end)
        self.matched = sum(line.payment_id is not None for line in self.lines)

    @property
    def differences(self) -> list[Difference]:
        """Up to 200 of each kind."""
        return [*self._without_receipt(), *self._without_line(), *self._other_amount(), *self._other_than_due()]

    def _without_receipt(self) -> list[Difference]:
        rows = [line for line in self.lines if line.payment_id is None and not line.set_aside]
        return [
            Difference("no_receipt", line.pk, _("Chưa có phiếu thu: %(n)s") % {"n": line.reference}, _of_line(line))
            for line in rows[:MOST]
        ]

    def _without_line(self) -> list[Difference]:
        covered = {line.channel for line in self.lines}
        numbers = {line.reference for line in self.lines}
        rows = self.receipts.filter(channel__in=covered, statement_line=None).select_related("person")
        found = [row for row in rows[:MOST] if row.reference not in numbers]
        called = names({row.unit_id for row in found}, self.actor.on)
        return [
            Difference("no_line", row.pk, _("Chưa thấy trong sao kê: phiếu thu số %(n)s") % {"n": num(row.receipt)},
                       self._of_receipt(row, called))
            for row in found
        ]  # fmt: skip

    def _other_amount(self) -> list[Difference]:
        found = []
        for line in self.lines:
            if line.payment is None:
                continue
            same = Payment.objects.filter(LIVE, unit=line.payment.unit_id, reference=line.reference)
            paid = sum(same.values_list("amount", flat=True)) if line.payment.amount != line.amount else line.amount
            if paid != line.amount:
                text = _("sao kê %(line)s đồng, phiếu thu %(paid)s đồng") % {
                    "line": num(line.amount), "paid": num(paid),
                }  # fmt: skip
                title = _("Khác số tiền: %(n)s") % {"n": line.reference}
                found.append(Difference("amount", line.payment.pk, title, text if self.named else ""))
        return found[:MOST]

    def _other_than_due(self) -> list[Difference]:
        """Only in the own cell: less was paid than was due."""
        if not self.named:
            return []
        found = []
        for month in sorted({line.payment.month for line in self.lines if line.payment is not None}):
            book = rulebook.at(month, self.unit)
            for line in roster.of_unit(self.unit, month, self.actor.on):
                due = line.due(book, month)
                if line.paid is None or not due.amount or line.paid >= due.amount or line.channel == "cash":
                    continue
                title = _("%(name)s, tháng %(month)s") % {"name": line.name, "month": month_name(month)}
                told = {"paid": num(line.paid), "due": num(due.amount)}
                text = _("đã đóng %(paid)s đồng, mức của tháng %(due)s đồng") % told
                found.append(Difference("due", line.payment or 0, title, text))
        return found[:MOST]

    def _of_receipt(self, row: Payment, called: dict[int, str]) -> str:
        if self.named:
            told = {"name": row.person.name, "sum": num(row.amount), "day": day(row.paid_on), "n": row.reference or "–"}
            return _("%(name)s, %(sum)s đồng, ngày %(day)s, mã %(n)s") % told
        told = {"unit": called.get(row.unit_id, ""), "day": day(row.paid_on), "n": row.reference or "–"}
        return _("%(unit)s, ngày %(day)s, mã %(n)s") % told


def _of_line(line: StatementLine) -> str:
    """What a line says."""
    said = [str(CHANNELS[line.channel]), day(line.day), _("%(n)s đồng") % {"n": num(line.amount)}]
    if line.payer:
        said.append(unseal(line.payer))
    if line.month:
        said.append(_("tháng %(month)s") % {"month": month_name(line.month)})
    return " · ".join(said)


def _has_below(unit: Unit, on: date) -> bool:
    return Placement.objects.on(on).filter(parent=unit, stands=True).exists()


def _lines(actor: Actor, unit: Unit, named: bool, first: date, end: date) -> "QuerySet[Any]":
    """Lines of the unit; in a cell also those brought in above it that bear the name of one of its members."""
    mine = Q(unit=unit) | Q(payment__unit=unit)
    if named:
        people = [line.name for line in roster.of_unit(unit, first, actor.on)]
        above = [pk for pk in line_of(unit, actor.on) if pk != unit.pk]
        mine |= Q(unit__in=above, payment=None, payer_key__in=[key_of(name) for name in people])
    rows = StatementLine.objects.filter(mine, day__gte=first, day__lt=end).select_related("payment")
    return rows.order_by("day", "pk")


def visible(actor: Actor, key: int) -> StatementLine:
    """A line without a receipt that the actor may mend: of a unit where the actor matches, or one brought in above a
    cell in the name of one of its members. Raises `NotFound` for any other."""
    row = StatementLine.objects.select_related("unit").filter(pk=key).first()
    if row is None:
        raise NotFound(MATCH)
    if actor.can(MATCH, at=row.unit_id) or possible(actor, row):
        return row
    raise NotFound(MATCH)


def possible(actor: Actor, line: StatementLine) -> list[tuple[int, str]]:
    """Members (id, name) of the cells where the actor collects who may have paid a line: those of its name first."""
    units = [grant.unit_id for grant in actor.grants if COLLECT in grant.permissions]
    month = line.month or line.day.replace(day=1)
    people = [one for lines in roster.of_units(units, month, actor.on).values() for one in lines]
    same = [one for one in people if line.payer_key and key_of(one.name) == line.payer_key]
    if line.unit_id not in units:
        return [(one.person, one.name) for one in same]
    others = [one for one in people if one not in same]
    return [(one.person, one.name) for one in [*same, *others]]
