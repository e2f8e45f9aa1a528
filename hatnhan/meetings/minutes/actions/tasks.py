"""How tasks given at meetings go."""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import refuse
from hatnhan.meetings.choices import TASK_STATES
from hatnhan.meetings.models import Meeting, Task
from hatnhan.meetings.plan import sittings


@action("meetings.report_task")
def report_task(
    *, actor: Actor, task: Task, state: str, on: date, meeting: Meeting | None = None, reason: str = ""
) -> None:
    """Tell how a task went: done on the day, stuck, or still going on; `meeting` is the one at which it was told.
    Refuses a day before the task was given or to come, and what is no news."""
    sittings.must_plan(actor, task.meeting.unit)
    if state not in TASK_STATES:
        refuse("state", _("Hãy chọn: xong, đang làm hoặc vướng."), field="state")
    if not task.meeting.held_on <= on <= actor.on:
        text = _("Ngày báo kết quả phải từ ngày giao %(first)s đến hôm nay %(last)s.")
        refuse("on", text % {"first": Known.of(task.meeting.held_on), "last": Known.of(actor.on)}, field="on")
    now = Task.objects.select_for_update().get(pk=task.pk)
    if now.state == state:
        refuse("same", _("Nhiệm vụ này đã được ghi như vậy."), field="state")
    gained = (state == "done") - (now.state == "done")
    task.state, task.done_on, task.reported_in = state, on if state == "done" else None, meeting
    task.save(update_fields=["state", "done_on", "reported_in"])
    if gained:
        Meeting.objects.filter(pk=task.meeting_id).update(tasks_done=F("tasks_done") + gained)
    act().tell(
        gettext_noop("Nhiệm vụ giao ngày %(day)s, hạn %(due)s: %(state)s."), about=[task, task.meeting],
        units=[task.meeting.unit], day=Known.of(task.meeting.held_on), due=Known.of(task.due_on),
        state=TASK_STATES[state],
    )  # fmt: skip
