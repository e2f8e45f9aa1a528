"""Statements of the portal and of banks: brought in, matched with receipts, and what does not match mended."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.secrets import digest, seal
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of

from ..choices import CHANNELS
from ..models import LIVE, Payment, StatementLine
from ..payments.actions import pay
from ..permissions import MATCH
from .reading import Brought


def key_of(name: str) -> str:
    """The keyed hash of a name as statements write it, marks or none."""
    return digest("dues.payer", plain(name)) if name else ""


@action("dues.bring_statement", of=StatementLine)
def bring(*, actor: Actor, unit: Unit, channel: str, lines: Sequence[Brought], reason: str = "") -> tuple[int, int]:
    """Bring in the lines of a statement and match them with receipts of the unit and all below it, by their numbers.
    Returns how many are new and how many of all match. A line that is there already stays as it is; one that says
    another amount than before is refused, with its number."""
    actor.require(MATCH, at=unit)
    if channel not in CHANNELS or channel == "cash":
        refuse("channel", _("Hãy chọn cổng dịch vụ công hoặc ngân hàng."), field="channel")
    if not lines:
        refuse("none", _("Tệp không có dòng nào."), field="file")
    first = {one.reference: one for one in lines}
    known = StatementLine.objects.filter(unit=unit, channel=channel, reference__in=list(first))
    amounts = dict(known.values_list("reference", "amount"))
    wrong = [
        Reason("amount", _("Mã %(n)s đã có với số tiền khác.") % {"n": key}, field="file")
        for key, amount in amounts.items() if first[key].amount != amount
    ]  # fmt: skip
    if wrong:
        raise Refused(wrong[:20])
    fresh = [one for key, one in first.items() if key not in amounts]
    StatementLine.objects.bulk_create(
        (
            StatementLine(
                unit=unit, channel=channel, reference=one.reference, day=one.day, amount=one.amount,
                payer=seal(one.payer) if one.payer else "", payer_key=key_of(one.payer), month=one.month,
                recorded_at=act().at, recorded_in=act().id,
            )
            for one in fresh
        ),
        batch_size=1000,
    )  # fmt: skip
    matched = match(unit, channel, actor.on)
    act().tell(
        gettext_noop("Đưa sao kê %(channel)s của %(unit)s: %(count)s dòng mới, khớp %(matched)s phiếu thu."),
        units=[unit], channel=CHANNELS[channel], unit=name_of(unit, actor.on), count=len(fresh), matched=matched,
    )  # fmt: skip
    return len(fresh), matched


def match(unit: Unit, channel: str, on: date) -> int:
    """Inside an action: give each line without a receipt the live one of the unit and all below it that bears its
    number. One that paid several months by one transfer bears the number on each: the first is named."""
    waiting = list(StatementLine.objects.filter(unit=unit, channel=channel, payment=None))
    below = Placement.objects.under(unit, on).values("unit")
    rows = Payment.objects.filter(LIVE, unit__in=below, channel=channel, statement_line=None)
    found: dict[str, Payment] = {}
    for row in rows.filter(reference__in=[one.reference for one in waiting]).order_by("month"):
        found.setdefault(row.reference, row)
    done = [one for one in waiting if one.reference in found]
    for one in done:
        one.payment = found[one.reference]
    StatementLine.objects.bulk_update(done, ["payment"], batch_size=500)
    return len(done)


@action("dues.take_line", of=StatementLine)
def take_line(*, actor: Actor, line: StatementLine, person: Person, month: date, reason: str = "") -> None:
    """A line without a receipt is what a member paid for a month: the receipt is written, with the line's number, day
    and amount. Refuses what collecting refuses, and a line that has its receipt."""
    if not StatementLine.objects.filter(pk=line.pk, payment=None).exists():
        refuse("matched", _("Dòng này đã có phiếu thu."))
    pay(
        actor=actor, person=person, first=month, last=month, amount=line.amount, paid_on=line.day,
        channel=line.channel, reference=line.reference,
    )  # fmt: skip
    row = Payment.objects.get(LIVE, person=person, month=month)
    StatementLine.objects.filter(pk=line.pk).update(payment=row)
    act().tell(
        gettext_noop("Lập phiếu thu từ dòng sao kê %(n)s."), units=[row.unit], n=line.reference,
    )  # fmt: skip


@action("dues.set_aside", of=StatementLine)
def set_line_aside(*, actor: Actor, line: StatementLine, reason: str) -> None:
    """A line is no dues of here, and why."""
    actor.require(MATCH, at=line.unit)
    if not reason.strip():
        refuse("reason", _("Hãy ghi vì sao dòng này không phải đảng phí của đơn vị."), field="reason")
    if not StatementLine.objects.filter(pk=line.pk, payment=None).update(set_aside=nfc(reason.strip())[:200]):
        refuse("matched", _("Dòng này đã có phiếu thu."))
    act().tell(
        gettext_noop("Để riêng dòng sao kê %(n)s: không phải đảng phí của %(unit)s."), units=[line.unit],
        n=line.reference, unit=name_of(line.unit, actor.on),
    )  # fmt: skip
