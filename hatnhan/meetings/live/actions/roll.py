"""Calling the roll of an open sitting, by the secretary and by members at the door."""

from django.db import transaction
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.meetings.choices import THERE
from hatnhan.meetings.live import queries as now
from hatnhan.meetings.live import rules
from hatnhan.meetings.models import PhoneVote, RollMark, Sitting

from .sittings import changed, held, must_be_open


@transaction.atomic
def call_roll(*, actor: Actor, sitting: Sitting, person: int, mark: str, online: bool = False) -> None:
    """Mark one member; an empty mark takes the mark away. Refuses a stranger, a mark that the rule does not allow, and
    taking somebody away who has voted in the vote that is open."""
    held(actor, sitting)
    one = now.roll_by_person(sitting).get(person)
    if mark and (reasons := rules.mark_blockers(one, mark)):
        raise Refused(reasons)
    if mark not in THERE and PhoneVote.objects.filter(motion__sitting=sitting, motion__state="open", person=person):
        refuse("voted", _("Đồng chí này đã biểu quyết nội dung đang lấy ý kiến nên chưa đổi điểm danh được."))
    if mark:
        RollMark.objects.update_or_create(
            sitting=sitting, person_id=person, defaults={"mark": mark, "online": online, "claimed": False}
        )
    else:
        RollMark.objects.filter(sitting=sitting, person=person).delete()
    changed(sitting)


@transaction.atomic
def mark_rest(*, actor: Actor, sitting: Sitting, mark: str = "present") -> int:
    """Everybody obliged to attend who has no mark yet is there (or absent). Returns how many."""
    held(actor, sitting)
    rest = [one for one in now.roll_of(sitting) if not one.mark]
    for one in rest[:1]:
        if reasons := rules.mark_blockers(one, mark):
            raise Refused(reasons)
    RollMark.objects.filter(sitting=sitting, person__in=[one.line.person for one in rest]).delete()
    RollMark.objects.bulk_create(RollMark(sitting=sitting, person_id=one.line.person, mark=mark) for one in rest)
    changed(sitting)
    return len(rest)


@transaction.atomic
def confirm(*, actor: Actor, sitting: Sitting) -> int:
    """Everybody who told at the door to be there is there: the secretary has looked. Returns how many."""
    held(actor, sitting)
    count = RollMark.objects.filter(sitting=sitting, claimed=True).update(claimed=False)
    changed(sitting)
    return count


@transaction.atomic
def arrive(*, actor: Actor, sitting: Sitting, code: str, online: bool = False) -> None:
    """A member says to be there, with the code of the door; it counts once the secretary has confirmed it. Saying it
    again changes nothing. Refuses a wrong code and whoever is not of the cell."""
    must_be_open(sitting)
    if not code or code.strip() != now.live_of(sitting).code:
        refuse("code", _("Mã cửa không đúng. Hãy xem lại mã dán ở cửa hoặc hỏi thư ký."), field="code")
    if actor.person_id is None or actor.person_id not in now.roll_by_person(sitting):
        refuse("strangers", _("Đồng chí không thuộc chi bộ này hôm nay; hãy báo thư ký ghi vào khách dự."))
    made = RollMark.objects.get_or_create(
        sitting=sitting, person_id=actor.person_id, defaults={"mark": "present", "online": online, "claimed": True}
    )[1]
    if made:
        changed(sitting)
