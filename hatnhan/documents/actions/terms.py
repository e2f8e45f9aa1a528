"""When a term began: numbers of papers run anew from that day."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.documents.models import CommitteeTerm, Paper
from hatnhan.documents.permissions import REGISTER
from hatnhan.kernel.action import act, action, begin, end
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units.queries import name_of


@action("documents.begin_term", of=CommitteeTerm)
def begin_term(*, actor: Actor, unit: Unit, on: date, name: str, basis: str = "", reason: str = "") -> CommitteeTerm:
    """A term begins on the day after the congress closed; the one before it ends. Refuses a day to come, a day that is
    not after the beginning of the last term, and one before papers that were numbered in it."""
    actor.require(REGISTER, at=unit)
    name = nfc(name)
    if not name:
        raise Refused(Reason("name", _("Hãy ghi tên nhiệm kỳ, ví dụ 2025–2030."), field="name"))
    if on > actor.on:
        raise Refused(Reason("future", _("Ngày bắt đầu nhiệm kỳ không thể sau hôm nay."), field="on"))
    last = CommitteeTerm.objects.unvoided().filter(unit=unit).order_by("-valid_from").first()
    if last is not None:
        _must_follow(last, on)
        if last.valid_to > on:
            end(last, on)
    row = begin(CommitteeTerm(unit=unit, name=name[:60], basis=nfc(basis)[:120], valid_from=on))
    act().tell(
        gettext_noop("Nhiệm kỳ %(name)s của %(unit)s bắt đầu ngày %(day)s; số văn bản ghi lại từ 01."), about=[row],
        units=[unit], name=name, unit=name_of(unit, actor.on), day=Known.of(on),
    )  # fmt: skip
    return row


def _must_follow(last: CommitteeTerm, on: date) -> None:
    if on <= last.valid_from:
        text = _("Nhiệm kỳ %(name)s bắt đầu ngày %(day)s; nhiệm kỳ mới phải bắt đầu sau ngày ấy.")
        told = {"name": last.name, "day": Known.of(last.valid_from)}
        raise Refused(Reason("order", text % told, field="on"))
    numbered = (
        Paper.objects.filter(unit=last.unit_id, series__startswith=f"{last.valid_from}:", day__gte=on)
        .order_by("day")
        .last()
    )
    if numbered is not None:
        text = _(
            "Văn bản %(symbol)s ngày %(day)s đã lấy số ở nhiệm kỳ %(name)s; nhiệm kỳ mới phải bắt đầu sau ngày ấy."
        )
        told = {"symbol": numbered.symbol, "day": Known.of(numbered.day), "name": last.name}
        raise Refused(Reason("numbered", text % told, field="on"))
