"""Giao ban, reviews, study of resolutions: recorded in numbers by group, with a conclusion that becomes tasks."""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.duties import actions as duties
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import TASK_DUTY, TASK_STATES
from hatnhan.meetings.conferences import rules
from hatnhan.meetings.conferences.rules import Sheet
from hatnhan.meetings.models import Conference, ConferenceGroup, ConferenceTask
from hatnhan.meetings.oversight.choices import CONFERENCE_KINDS
from hatnhan.meetings.permissions import CONFER
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import name_of


@action("meetings.confer")
def confer(*, actor: Actor, unit: Unit, sheet: Sheet, reason: str = "") -> Conference:
    """Record a conference that a committee held. Refuses days to come, more who came than were called, tasks for units
    elsewhere, and tasks for nobody."""
    actor.require(CONFER, at=unit)
    if reasons := rules.blockers(sheet, actor.on):
        raise Refused(reasons)
    asked = {task.unit for task in sheet.tasks if task.unit is not None}
    below = Placement.objects.under(unit, actor.on).filter(unit__in=asked, stands=True)
    if asked - set(below.values_list("unit_id", flat=True)):
        refuse("elsewhere", _("Chỉ giao việc cho tổ chức trực thuộc; người ngoài thì ghi chức danh."))
    row = Conference.objects.create(
        unit=unit, kind=sheet.kind, title=nfc(sheet.title), held_on=sheet.held_on, place=nfc(sheet.place),
        conclusion=nfc(sheet.conclusion), recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip
    ConferenceGroup.objects.bulk_create(
        ConferenceGroup(conference=row, label=nfc(one.label), called=one.called, came=one.came) for one in sheet.groups
    )
    ConferenceTask.objects.bulk_create(
        ConferenceTask(conference=row, text=nfc(one.text), unit_id=one.unit, post=nfc(one.post), due_on=one.due_on)
        for one in sheet.tasks
    )
    given = list(row.tasks.exclude(unit=None).select_related("unit"))
    for task in given:
        owe(actor, task)
    act().tell(
        gettext_noop("%(unit)s ghi hội nghị “%(title)s” (%(kind)s) ngày %(day)s: %(came)s/%(called)s người dự, "
                     "%(tasks)s việc được giao."),
        about=[row], units=[unit], unit=name_of(unit, sheet.held_on), title=row.title,
        kind=CONFERENCE_KINDS[row.kind], day=Known.of(row.held_on), came=sum(one.came for one in sheet.groups),
        called=sum(one.called for one in sheet.groups), tasks=len(sheet.tasks),
    )  # fmt: skip
    return row


@action("meetings.withdraw_conference")
def withdraw_conference(
    *, actor: Actor, conference: Conference, reason: str, seen: int | None = None
) -> None:  # fmt: skip
    """Take back a conference that was recorded by mistake. Refuses without a reason, and once a task of it is done."""
    actor.require(CONFER, at=conference.unit)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do bỏ."), field="reason")
    _hold(conference, seen)
    if conference.voided_at is not None:
        refuse("withdrawn", _("Hội nghị này đã bỏ."))
    if ConferenceTask.objects.filter(conference=conference, state="done").exists():
        refuse("done", _("Có việc của hội nghị này đã xong nên không bỏ được."))
    for pk in conference.tasks.values_list("pk", flat=True):
        duties.withdraw(actor=actor, kind=TASK_DUTY, about=pk, on=actor.on)
    conference.voided_at, conference.voided_in = act().at, act().id
    conference.save(update_fields=["voided_at", "voided_in"])
    act().tell(
        gettext_noop("Bỏ hội nghị “%(title)s” ngày %(day)s đã ghi nhầm."), about=[conference], units=[conference.unit],
        title=conference.title, day=Known.of(conference.held_on),
    )  # fmt: skip


@action("meetings.report_conference_task")
def report_conference_task(
    *, actor: Actor, task: ConferenceTask, state: str, on: date, seen: int | None = None, reason: str = ""
) -> None:
    """Tell how a conference's task went: done on the day, stuck, or still going on. Refuses what is no news, a day
    before the conference or to come."""
    conference = task.conference
    actor.require(CONFER, at=conference.unit)
    if state not in TASK_STATES:
        refuse("state", _("Hãy chọn: xong, đang làm hoặc vướng."), field="state")
    if not conference.held_on <= on <= actor.on:
        refuse("on", _("Ngày báo kết quả phải từ ngày hội nghị đến hôm nay."), field="on")
    _hold(conference, seen)
    task.refresh_from_db()
    if task.state == state:
        refuse("same", _("Việc này đã được ghi như vậy."), field="state")
    was, task.state, task.done_on = task.state, state, on if state == "done" else None
    task.save(update_fields=["state", "done_on"])
    if state == "done":
        duties.close(actor=actor, kind=TASK_DUTY, about=task.pk, on=on)
    elif was == "done" and task.unit is not None:
        owe(actor, task)
    act().tell(
        gettext_noop("Việc giao ở hội nghị ngày %(day)s, hạn %(due)s: %(state)s."), about=[conference],
        units=[conference.unit], day=Known.of(conference.held_on), due=Known.of(task.due_on), state=TASK_STATES[state],
    )  # fmt: skip


def owe(actor: Actor, task: ConferenceTask) -> None:
    """The unit owes from now on what the conference gave it to do: the secretary of a cell, elsewhere the office."""
    if task.unit is not None:
        role = "cell_secretary" if sittings.is_cell(task.unit, actor.on) else "office"
        duties.open_duty(
            actor=actor, kind=TASK_DUTY, about=task.pk, on=actor.on, fixed=task.due_on, unit=task.unit, role=role
        )


def _hold(conference: Conference, seen: int | None) -> None:
    rows = Conference.objects.filter(pk=conference.pk)
    if not (rows if seen is None else rows.filter(version=seen)).update(version=F("version") + 1):
        text = _("Trong lúc đồng chí đang xem, người khác đã thay đổi hội nghị này. Hãy xem lại rồi ghi lần nữa.")
        raise Refused(Reason("stale", text))
    conference.refresh_from_db()
