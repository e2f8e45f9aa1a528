"""Ticks of the upload pack: papers were put onto the national e-handbook, ahead of a meeting or after it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.ui.text import moment
from hatnhan.meetings.models import Meeting, Posted, Sitting
from hatnhan.meetings.permissions import PLAN, RECORD
from hatnhan.units.queries import name_of

from .postings import posted_for

PARTS = ("ahead", "final")
SAYS = {
    "ahead": gettext_noop("Đã đưa tài liệu trước buổi họp của %(unit)s lên Sổ tay đảng viên, lúc %(at)s."),
    "final": gettext_noop("Đã đưa văn bản sau buổi họp của %(unit)s lên Sổ tay đảng viên, lúc %(at)s."),
}


@action("meetings.post")
def post(
    *, actor: Actor, part: str, at: datetime, meeting: Meeting | None = None, sitting: Sitting | None = None,
    reason: str = "",
) -> Posted:  # fmt: skip
    """Tell that papers were put onto the e-handbook. Refuses a moment to come, papers ahead told for a moment after the
    meeting began, final papers of minutes that are not adopted or from before the meeting's end, and a second tick."""
    unit = _unit(actor, meeting, sitting)
    if part not in PARTS or (part == "final" and meeting is None):
        refuse("part", _("Chọn tài liệu trước buổi họp hoặc văn bản sau buổi họp."))
    if timezone.localtime(at).date() > actor.on:
        raise Refused(Reason("future", _("Thời điểm này chưa tới; đưa lên rồi hãy đánh dấu."), field="at"))
    if meeting is not None:
        _must_fit(meeting, part, at)
    if posted_for(meeting, sitting, part) is not None:
        refuse("twice", _("Việc này đã được đánh dấu rồi."))
    row = Posted.objects.create(
        meeting=meeting, sitting=sitting, part=part, at=at, by=actor.label[:200], recorded_at=act().at,
        recorded_in=act().id,
    )  # fmt: skip
    thing = meeting or sitting
    act().tell(
        SAYS[part], about=[thing] if thing else [], units=[unit], unit=name_of(unit, actor.on), at=moment(at)
    )  # fmt: skip
    return row


@action("meetings.unpost")
def unpost(*, actor: Actor, posted: Posted, reason: str = "") -> None:
    """Take a tick back that was set by mistake."""
    unit = _unit(actor, posted.meeting, posted.sitting)
    if posted.voided_at is not None:
        refuse("none", _("Dấu này đã được bỏ."))
    posted.voided_at, posted.voided_in = act().at, act().id
    posted.save(update_fields=["voided_at", "voided_in"])
    thing = posted.meeting or posted.sitting
    act().tell(
        gettext_noop("Bỏ dấu đã đưa lên Sổ tay đảng viên của %(unit)s."), about=[thing] if thing else [], units=[unit],
        unit=name_of(unit, actor.on),
    )  # fmt: skip


def _unit(actor: Actor, meeting: Meeting | None, sitting: Sitting | None) -> Unit:
    if meeting is not None:
        actor.require(RECORD, at=meeting.unit)
        return meeting.unit
    if sitting is None:
        raise ValueError("a meeting or a sitting")
    actor.require(PLAN, at=sitting.unit)
    return sitting.unit


def _must_fit(meeting: Meeting, part: str, at: datetime) -> None:
    start = timezone.make_aware(datetime.combine(meeting.held_on, meeting.started))
    end = timezone.make_aware(datetime.combine(meeting.held_on, meeting.ended))
    if part == "ahead" and at > start:
        text = _("Buổi họp bắt đầu lúc %(start)s; tài liệu trước buổi họp phải lên trước lúc ấy.")
        raise Refused(Reason("late", text % {"start": moment(start)}, field="at"))
    if part == "final" and meeting.state != "adopted":
        refuse("draft", _("Biên bản chưa được thông qua; chỉ đưa lên văn bản đã thông qua."))
    if part == "final" and at < end:
        text = _("Buổi họp kết thúc lúc %(end)s; văn bản sau buổi họp lên sau lúc ấy.")
        raise Refused(Reason("early", text % {"end": moment(end)}, field="at"))
