"""Collecting: a month of a cell at one stroke, several months of a member, and taking a payment back.

Nothing is deleted and no receipt's number is given twice. A mistake is reversed in the book that is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import after, months
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Person

from .. import roster, rules
from ..choices import CHANNELS
from ..models import MonthBook, Payment, StatementLine
from ..permissions import COLLECT
from ..places import collector_of, require_at
from ..roster import Line

FIELDS = (
    "person_id", "unit_id", "month", "amount", "paid_on", "booked", "channel", "receipt_year", "receipt", "reference",
    "collected_by", "recorded_at", "recorded_in",
)  # fmt: skip
MOST_MONTHS = 60


@dataclass(frozen=True)
class Paid:
    """What a member (id) paid for the month, in VND."""

    person: int
    amount: int


@action("dues.save_month", of=Payment, counted=False)
def save_month(
    *, actor: Actor, unit: Unit, month: date, paid: Sequence[Paid], paid_on: date, channel: str = "cash",
    reference: str = "", reason: str = "",
) -> int:  # fmt: skip
    """Record what members of a cell paid for a month, each with a receipt. Returns how many. All or nothing: refuses a
    month that cannot be, somebody who does not pay there that month, and a second payment of a month, by name. Six
    statements, whatever the size of the cell."""
    lines = roster.of_unit(unit, month, actor.on)
    require_at(actor, COLLECT, unit, lines[0].path if lines else "")
    if not paid:
        refuse("none", _("Chưa chọn đồng chí nào đã đóng."))
    book = rulebook.at(month)
    known = {line.person: line for line in lines}
    if reasons := [*_month_blockers(actor, unit, month), *_channel_blockers(channel)]:
        raise Refused(reasons)
    reasons = [reason for one in paid for reason in _blockers(one, known, month, paid_on, actor.on)]
    if len({one.person for one in paid}) < len(paid):
        reasons.append(Reason("double", _("Một đồng chí có hai dòng trong danh sách gửi lên.")))
    if reasons:
        raise Refused(list(dict.fromkeys(reasons)))
    closed, last, name = lines[0].closed, lines[0].receipt, lines[0].unit_name
    _insert(
        actor, unit.pk, ((one.person, month, one.amount) for one in paid), paid_on, rules.first_open(closed, paid_on),
        channel, nfc(reference.strip()), last,
    )  # fmt: skip
    act().tell(
        gettext_noop("Thu đảng phí tháng %(month)s của %(count)s đồng chí, %(unit)s."), units=[unit],
        month=rules.month_name(month), count=len(paid), unit=name, rule=book["dues.base_month"].reference,
    )  # fmt: skip
    return len(paid)


def _month_blockers(actor: Actor, unit: Unit | int, month: date) -> list[Reason]:
    """As the rule has it; what a committee has set for months ahead is asked only of those."""
    ahead = (month.year, month.month) > (actor.on.year, actor.on.month)
    book = rulebook.at(month, unit) if ahead else rulebook.at(month)
    return rules.month_blockers(month, actor.on, book)


def _channel_blockers(channel: str) -> list[Reason]:
    if channel in CHANNELS:
        return []
    return [Reason("channel", _("Hãy chọn cách đóng trong danh sách."), field="channel")]


def _blockers(one: Paid, known: dict[int, Line], month: date, paid_on: date, on: date) -> list[Reason]:
    book, line = rulebook.at(month), known.get(one.person)
    if line is None or line.facts.where != "here":
        name = line.name if line else Person.objects.filter(pk=one.person).values_list("name", flat=True).first()
        return [rules.not_here(_("Đồng chí %(name)s") % {"name": name or one.person}, month, book)]
    if line.payment is not None and line.paid_on is not None:
        return [rules.twice(_("Đồng chí %(name)s") % {"name": line.name}, month, line.number, line.paid_on, book)]
    return rules.payment_blockers(one.amount, paid_on, on, line.name, one.person)


def _insert(
    actor: Actor, unit: int, rows: Iterable[tuple[int, date, int]], paid_on: date, booked: date, channel: str,
    reference: str, last: int,
) -> None:  # fmt: skip
    """(person, month, amount) as payments with receipts that follow the last number; the database refuses what somebody
    else has recorded in the meantime."""
    running, year = act(), actor.on.year
    try:
        bulk.insert(
            Payment, FIELDS,
            (
                (person, unit, month, amount, paid_on, booked, channel, year, last + number, reference, actor.label,
                 running.at, running.id)
                for number, (person, month, amount) in enumerate(rows, 1)
            ),
        )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("Vừa có người khác ghi thu ở chi bộ này. Hãy xem lại rồi lưu lần nữa."), "meanwhile") from error


@action("dues.pay", of=Payment)
def pay(
    *, actor: Actor, person: Person, first: date, last: date, amount: int, paid_on: date, channel: str = "cash",
    reference: str = "", reason: str = "",
) -> int:  # fmt: skip
    """Record what one member paid for the months from `first` to `last` (first days, both counted), `amount` VND each:
    in advance, or late. Returns how many months. Refuses what `save_month` refuses."""
    span = list(months(first, after(last))) if first <= last else []
    if not 0 < len(span) <= MOST_MONTHS:
        refuse("months", _("Tháng cuối phải từ tháng đầu trở đi, nhiều nhất %(n)s tháng.") % {"n": MOST_MONTHS},
               field="last")  # fmt: skip
    found = [(month, roster.of_people([person.pk], month, actor.on).get(person.pk)) for month in span]
    units = {line.unit: line for _month, line in found if line}
    if len(units) > 1:
        refuse("cells", _("Trong các tháng này đồng chí sinh hoạt ở hai nơi; hãy ghi từng nơi riêng."), field="last")
    reasons = _channel_blockers(channel)
    reasons += [reason for month in span for reason in _month_blockers(actor, next(iter(units), 0), month)]
    for month, line in found if not reasons else ():
        known = {person.pk: line} if line else {}
        reasons += _blockers(Paid(person.pk, amount), known, month, paid_on, actor.on)
    for line in units.values():
        require_at(actor, COLLECT, line.unit, line.path)
    if not units:
        collector_of(actor, person, actor.on)
    if reasons:
        raise Refused(list(dict.fromkeys(reasons)))
    here = next(iter(units.values()))
    _insert(
        actor, here.unit, ((person.pk, month, amount) for month in span), paid_on,
        rules.first_open(here.closed, paid_on), channel, nfc(reference.strip()), here.receipt,
    )  # fmt: skip
    act().tell(
        gettext_noop("Thu đảng phí tháng %(months)s của đồng chí %(name)s, %(unit)s."), about=[person],
        units=[Unit.objects.get(pk=here.unit)], months=rules.in_words(span), name=person.name, unit=here.unit_name,
    )  # fmt: skip
    return len(span)


@action("dues.reverse", of=Payment)
def reverse(*, actor: Actor, payment: Payment, reason: str) -> Payment:
    """Take a payment back: a row against it stands in the book that is open, and the month may be paid anew. The
    receipt stays with its number. Refuses a second time, and without a reason."""
    actor.require(COLLECT, at=payment.unit_id)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do hủy phiếu thu."), field="reason")
    if payment.reverses_id is not None:
        refuse("reversal", _("Dòng này là dòng hủy, không hủy được nữa."))
    if not Payment.objects.filter(pk=payment.pk, reversed_in=None).update(reversed_in=act().id):
        refuse("reversed", _("Phiếu thu này đã được hủy."))
    StatementLine.objects.filter(payment=payment).update(payment=None)
    closed = MonthBook.objects.filter(unit=payment.unit_id, voided_at=None).aggregate(last=Max("month"))["last"]
    row = Payment.objects.create(
        person_id=payment.person_id, unit_id=payment.unit_id, month=payment.month, amount=-payment.amount,
        paid_on=actor.on, booked=rules.first_open(closed, actor.on), channel=payment.channel,
        receipt_year=actor.on.year, receipt=None, reference=payment.reference, collected_by=actor.label,
        reverses=payment, recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip
    act().tell(
        gettext_noop("Hủy phiếu thu đảng phí số %(receipt)s/%(year)s, tháng %(month)s của đồng chí %(name)s."),
        about=[payment.person], units=[payment.unit], receipt=payment.receipt, year=payment.receipt_year,
        month=rules.month_name(payment.month), name=payment.person.name,
    )  # fmt: skip
    return row
