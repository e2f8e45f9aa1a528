"""Tasks given at an open sitting, and how earlier ones went."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import TASK_STATES
from hatnhan.meetings.live import queries as now
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import LiveReport, LiveTask, Sitting

from .sittings import held


@transaction.atomic
def give_task(
    *, actor: Actor, sitting: Sitting, text: str, due_on: date | None, leader: int | None = None,
    report_on: date | None = None,
) -> LiveTask:  # fmt: skip
    """Give a task. Refuses one without words or without a day, a day before the meeting, a leader from elsewhere."""
    held(actor, sitting)
    if not text.strip():
        refuse("text", _("Hãy ghi nhiệm vụ là gì."), field="text")
    if due_on is None:
        refuse("due_on", _("Hãy ghi hạn xong, như 30/11/2026."), field="due_on")
    if due_on < sitting.day:
        told = {"due": Known.of(due_on), "day": Known.of(sitting.day)}
        refuse("due_on", _("Hạn %(due)s trước ngày sinh hoạt; hạn phải từ ngày %(day)s trở đi.") % told, field="due_on")
    if leader is not None and leader not in now.roll_by_person(sitting):
        refuse("leader", _("Người chủ trì phải là đảng viên của chi bộ."), field="leader")
    return LiveTask.objects.create(
        sitting=sitting, text=nfc(text)[:300], leader_id=leader, due_on=due_on, report_on=report_on
    )


@transaction.atomic
def drop_task(*, actor: Actor, sitting: Sitting, task: int) -> None:
    """Take back a task that was written down by mistake."""
    held(actor, sitting)
    LiveTask.objects.filter(sitting=sitting, pk=task).delete()


@transaction.atomic
def hear_report(*, actor: Actor, sitting: Sitting, task: int, state: str) -> None:
    """How a task of an earlier meeting stands, as it is told now; closing writes it to the task."""
    held(actor, sitting)
    if state not in TASK_STATES:
        refuse("state", _("Hãy chọn: xong, đang làm hoặc vướng."), field="state")
    if task not in {one.pk for one in queries.open_tasks(sitting.unit_id, sitting.day)}:
        raise Refused(_("Nhiệm vụ này không còn chờ báo kết quả."), "task")
    LiveReport.objects.update_or_create(sitting=sitting, task_id=task, defaults={"state": state})
