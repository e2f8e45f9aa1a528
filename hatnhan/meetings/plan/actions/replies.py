"""What members do before a meeting: answer the invitation, write a comment or a question, take it back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import AgendaItem, Remark, Reply, Sitting
from hatnhan.meetings.permissions import VIEW
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import name_of

LONGEST, MOST = 1000, 20


@action("meetings.answer")
def answer(*, actor: Actor, sitting: Sitting, will: str, reason: str = "") -> Reply:
    """Say whether one will come. Nobody answers for somebody else here, and no reason is asked. Refuses before the
    invitation, and once the meeting is over."""
    person = _called(actor, sitting)
    if will not in ("yes", "no"):
        refuse("will", _("Hãy chọn: dự hoặc không dự được."), field="will")
    reply, _new = Reply.objects.get_or_create(sitting=sitting, person_id=person)
    reply.will, reply.answered_at = will, act().at
    reply.save()
    _tell(gettext_noop("Trả lời giấy mời buổi họp ngày %(day)s của %(unit)s."), sitting)
    return reply


@action("meetings.remark", of=Remark)
def remark(*, actor: Actor, sitting: Sitting, text: str, item: AgendaItem | None = None, reason: str = "") -> Remark:
    """Write a comment or a question before the meeting: the secretary and the deputy read it, nobody above. The log
    does not keep its words."""
    person = _called(actor, sitting)
    text = nfc(text)
    if not text or len(text) > LONGEST:
        refuse("text", _("Hãy viết ý kiến, nhiều nhất %(n)s chữ.") % {"n": LONGEST}, field="text")
    if item is not None and item.sitting_id != sitting.pk:
        refuse("item", _("Mục này không có trong chương trình."), field="item")
    if Remark.objects.filter(sitting=sitting, person=person).count() >= MOST:
        refuse("many", _("Mỗi người gửi nhiều nhất %(n)s ý kiến.") % {"n": MOST}, field="text")
    row = Remark.objects.create(sitting=sitting, item=item, person_id=person, text=text, written_at=act().at)
    _tell(gettext_noop("Gửi ý kiến trước buổi họp ngày %(day)s của %(unit)s."), sitting)
    return row


@action("meetings.withdraw_remark")
def withdraw_remark(*, actor: Actor, remark: Remark, reason: str = "") -> None:
    """Take one's own comment back: it is erased."""
    if remark.person_id != actor.person_id:
        raise Forbidden(VIEW)
    sitting = remark.sitting
    remark.delete()
    _tell(gettext_noop("Rút ý kiến đã gửi trước buổi họp ngày %(day)s của %(unit)s."), sitting)


@action("meetings.forget_remarks")
def forget_remarks(*, actor: Actor, sitting_ids: list[int], reason: str = "") -> int:
    """Erase what members wrote before meetings that are over. Returns how many remarks."""
    if not actor.everything:
        raise Forbidden(VIEW)
    rows = Remark.objects.filter(sitting__in=sitting_ids)
    units = list(Unit.objects.filter(sittings__in=sitting_ids).distinct().order_by("pk"))
    count, _kinds = rows.delete()
    if not count:
        refuse("none", _("Không có ý kiến nào phải xóa."))
    act().tell(gettext_noop("Xóa %(count)s ý kiến gửi trước các buổi đã họp."), units=units, count=count)
    return count


def _called(actor: Actor, sitting: Sitting) -> int:
    """The actor's person, when called at the meeting. Raises `Forbidden` for anybody else."""
    roll = queries.roll_of(sitting.unit_id, actor.on, sitting.kind)
    if actor.person_id is None or actor.person_id not in {line.person for line in roll}:
        raise Forbidden(VIEW)
    sitting.refresh_from_db()
    if sitting.state not in sittings.TOLD or sitting.state == "closed":
        refuse("state", _("Chỉ trả lời và gửi ý kiến từ khi mời đến khi họp xong."))
    return actor.person_id


def _tell(sentence: str, sitting: Sitting) -> None:
    act().tell(
        sentence, about=[sitting], units=[sitting.unit], day=Known.of(sitting.day),
        unit=name_of(sitting.unit_id, sitting.day),
    )  # fmt: skip
