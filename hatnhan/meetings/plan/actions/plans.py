"""Planning a meeting, changing the plan, inviting to it, cancelling it."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.days import ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import KINDS, TASKS_ITEM
from hatnhan.meetings.flows import SITTING
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import AgendaItem, Sitting
from hatnhan.meetings.packets.actions.packets import lay_published
from hatnhan.meetings.packets.actions.proposals import lay_answers
from hatnhan.meetings.plan import rules, sittings
from hatnhan.meetings.plan.rules import Plan
from hatnhan.rulebook.spoken import spoke
from hatnhan.units.queries import name_of


@action("meetings.plan")
def plan(*, actor: Actor, unit: Unit, plan: Plan, reason: str = "") -> Sitting:
    """Plan a meeting. By themselves go onto its agenda: the tasks that are not done, the items that were put off, the
    packets of the committees above, answers to proposals. Refuses a day that is past or on which the unit does not
    stand, and the same hour twice."""
    sittings.must_plan(actor, unit)
    _check(actor, unit, plan)
    sitting = Sitting(unit=unit, recorded_at=act().at, recorded_in=act().id)
    _write(sitting, plan, actor)
    sitting.save(force_insert=True)
    _carry_over(sitting)
    lay_published(sitting)
    lay_answers(sitting)
    sitting.refresh_from_db(fields=["version"])
    _tell(gettext_noop("Lên lịch %(kind)s của %(unit)s: %(hour)s ngày %(day)s."), sitting)
    return sitting


@action("meetings.change_plan")
def change_plan(*, actor: Actor, sitting: Sitting, plan: Plan, seen: int | None = None, reason: str = "") -> None:
    """Change day, hour, place or kind, until the meeting begins. Refuses as planning does, and when somebody else
    changed it meanwhile."""
    step(actor, sitting, "change_plan", seen)
    _check(actor, sitting.unit, plan, besides=sitting.pk)
    _write(sitting, plan, actor)
    sitting.save()
    lay_published(sitting)
    sitting.refresh_from_db(fields=["version"])
    _tell(gettext_noop("Đổi lịch %(kind)s của %(unit)s: %(hour)s ngày %(day)s."), sitting)


@action("meetings.invite")
def invite(*, actor: Actor, sitting: Sitting, seen: int | None = None, reason: str = "") -> None:
    """Members, and those who follow the unit from above, are told day, hour and place. Short notice is recorded with
    the rule that it misses, never refused."""
    step(actor, sitting, "invite", seen)
    if sitting.day < actor.on:
        text = _("Ngày họp %(day)s đã qua. Hãy đổi ngày rồi mời.")
        refuse("past", text % {"day": Known.of(sitting.day)})
    sitting.invited_at = act().at
    sitting.save()
    late = rules.lateness(sitting.day, actor.on, rulebook.at(sitting.day, sitting.unit))
    spoken = {"rule": late[0].rule} if late else {}
    if late and late[0].rule:
        spoke(late[0].rule)
    _tell(gettext_noop("Mời họp: %(kind)s của %(unit)s, %(hour)s ngày %(day)s."), sitting, **spoken)


@action("meetings.cancel")
def cancel(*, actor: Actor, sitting: Sitting, reason: str, seen: int | None = None) -> None:
    """The meeting will not be held. Refuses without a reason, and once it has begun."""
    if not nfc(reason):
        refuse("reason", _("Hãy ghi lý do hủy."), field="reason")
    step(actor, sitting, "cancel", seen)
    sitting.save()
    _tell(gettext_noop("Hủy %(kind)s của %(unit)s, %(hour)s ngày %(day)s."), sitting)


def step(actor: Actor, sitting: Sitting, verb: str, seen: int | None) -> None:
    """Hold the row, see that nobody else was quicker, and lead the state along the table. The caller saves."""
    sittings.must_plan(actor, sitting.unit_id)
    rows = Sitting.objects.filter(pk=sitting.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        raise Refused(Reason("stale", stale_words(Sitting.objects.get(pk=sitting.pk))))
    sitting.refresh_from_db()
    found = SITTING.find(sitting.state, verb)
    if found is None:
        text = _("Buổi này đang ở trạng thái “%(state)s” nên không làm bước này được nữa.")
        refuse("state", text % {"state": SITTING.states[sitting.state]})
    sitting.state = found.target
    touch(sitting, actor)


def touch(sitting: Sitting, actor: Actor) -> None:
    """Remember who changed it last, so that two who prepare it together are both told. The caller saves."""
    sitting.changed_at, sitting.changed_by = act().at, actor.label[:120]


def stale_words(row: Sitting) -> str:
    """Who was quicker, and when."""
    if row.changed_at is None:
        return _("Trong lúc đồng chí đang sửa, người khác đã thay đổi buổi này. Hãy xem lại rồi ghi lần nữa.")
    text = _("Trong lúc đồng chí đang sửa, đồng chí %(who)s đã thay đổi buổi này lúc %(at)s. Những gì đồng chí vừa "
             "viết còn nguyên dưới đây; hãy xem lại rồi ghi lần nữa.")  # fmt: skip
    return text % {"who": actor_name(row.changed_by), "at": f"{timezone.localtime(row.changed_at):%H:%M}"}


def _check(actor: Actor, unit: Unit, plan: Plan, besides: int = 0) -> None:
    if reasons := rules.blockers(plan, actor.on, cell=sittings.is_cell(unit, actor.on)):
        raise Refused(reasons)
    try:
        must_stand(unit, plan.day, plan.day + ONE)
    except Refused as refused:
        text = _("Ngày %(day)s tổ chức này không hoạt động; hãy chọn ngày khác.")
        raise Refused(Reason("not_standing", text % {"day": Known.of(plan.day)}, field="day")) from refused
    same = Sitting.objects.filter(sittings.ALIVE, unit=unit, day=plan.day, starts=plan.starts)
    if same.exclude(pk=besides).exists():
        text = _("Đã có một buổi họp ngày %(day)s lúc %(hour)s.")
        refuse("twice", text % {"day": Known.of(plan.day), "hour": f"{plan.starts:%H:%M}"}, field="day")
    named = {one for one in (plan.chair, plan.clerk) if one is not None}
    if named and named - {line.person for line in queries.roll_of(unit, actor.on, plan.kind)}:
        refuse("strangers", _("Chủ trì và thư ký phải là người của tổ chức này."), field="chair")


def _write(sitting: Sitting, plan: Plan, actor: Actor) -> None:
    sitting.kind, sitting.form, sitting.day, sitting.starts = plan.kind, plan.form, plan.day, plan.starts
    sitting.place, sitting.topic = nfc(plan.place)[:120], nfc(plan.topic)[:200]
    sitting.chair_id, sitting.clerk_id = plan.chair, plan.clerk
    touch(sitting, actor)


def _carry_over(sitting: Sitting) -> None:
    items = []
    if queries.open_tasks(sitting.unit_id, sitting.day):
        title = gettext_noop("Kiểm điểm việc đã giao ở các kỳ trước")
        items.append(AgendaItem(sitting=sitting, title=title, subject=TASKS_ITEM, origin="carried"))
    for left in sittings.put_off(sitting.unit_id, sitting.day):
        items.append(
            AgendaItem(
                sitting=sitting, part=left.part, title=left.title, text=left.text, minutes=left.minutes,
                speaker_id=left.speaker_id, rule=left.rule, subject=left.subject, subject_id=left.subject_id,
                origin="carried",
            )
        )  # fmt: skip
    for number, item in enumerate(items, 1):
        item.number = number
    AgendaItem.objects.bulk_create(items)


def _tell(sentence: str, sitting: Sitting, **more: Any) -> None:
    act().tell(
        sentence, about=[sitting], units=[sitting.unit], unit=name_of(sitting.unit_id, sitting.day),
        kind=KINDS[sitting.kind], day=Known.of(sitting.day), hour=f"{sitting.starts:%H:%M}", **more,
    )  # fmt: skip
