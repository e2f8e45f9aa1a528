"""What is done before a meeting: the committee agrees, small jobs are shared out, people are asked and rung."""

from collections.abc import Collection
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.choices import COMMITTEE, TASK_STATES
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.actions.tasks import report_task
from hatnhan.meetings.models import Chore, Preparation, Reply, Sitting, Task, TaskCall
from hatnhan.meetings.plan import sittings
from hatnhan.members.models import Person
from hatnhan.units.queries import name_of

from .plans import stale_words, touch

LONGEST, LONGEST_LINE, MOST_CHORES = 5000, 200, 30


@action("meetings.prepare", of=Preparation)
def prepare(
    *, actor: Actor, sitting: Sitting, held_on: date, people: Collection[int], text: str, seen: int | None = None,
    reason: str = "",
) -> Preparation:  # fmt: skip
    """Record what the cell committee agreed before the meeting, or the secretary and the deputy where there is none.
    Refuses a day to come or after the meeting, nobody, people who do not lead the unit, and when somebody else was
    quicker."""
    quicker = _hold(actor, sitting)
    if held_on > min(actor.on, sitting.day):
        text_ = _("Ngày chuẩn bị phải đến hết ngày %(day)s.")
        refuse("day", text_ % {"day": Known.of(min(actor.on, sitting.day))}, field="held_on")
    leading = {line.person for line in queries.roll_of(sitting.unit_id, held_on, COMMITTEE)}
    if not people or set(people) - leading:
        refuse("people", _("Hãy chọn những đồng chí đã bàn, trong số người lãnh đạo chi bộ."), field="people")
    text = nfc(text, lines=True)
    if not text or len(text) > LONGEST:
        refuse("text", _("Hãy ghi đã thống nhất những gì, nhiều nhất %(n)s chữ.") % {"n": LONGEST}, field="text")
    row = Preparation.objects.filter(sitting=sitting).first()
    if row is not None and seen is not None and row.version != seen:
        raise Refused(Reason("stale", quicker))
    row = row or Preparation(sitting=sitting)
    row.held_on, row.text, row.version = held_on, text, row.version + 1
    row.save()
    row.people.set(people)
    _tell(gettext_noop("Ghi kết quả chuẩn bị buổi họp ngày %(day)s của %(unit)s."), sitting)
    return row


@action("meetings.add_chore", of=Chore)
def add_chore(
    *, actor: Actor, sitting: Sitting, text: str, due_on: date, who: int | None = None, reason: str = ""
) -> Chore:
    """Give out a small job of preparation. Refuses an empty one, a day after the meeting, somebody of another unit."""
    _hold(actor, sitting)
    text = nfc(text)
    if not text or len(text) > LONGEST_LINE:
        words = _("Hãy ghi việc cần chuẩn bị, nhiều nhất %(n)s chữ.") % {"n": LONGEST_LINE}
        refuse("text", words, field="text")
    if not actor.on <= due_on <= sitting.day:
        words = _("Hạn từ hôm nay %(first)s đến ngày họp %(last)s.")
        told = {"first": Known.of(actor.on), "last": Known.of(sitting.day)}
        refuse("due_on", words % told, field="due_on")
    if who is not None and who not in {line.person for line in queries.lines_of(sitting.unit_id, actor.on)}:
        refuse("stranger", _("Người làm phải là người của tổ chức này."), field="who")
    if Chore.objects.filter(sitting=sitting).count() >= MOST_CHORES:
        refuse("many", _("Nhiều nhất %(n)s việc chuẩn bị.") % {"n": MOST_CHORES}, field="text")
    chore = Chore.objects.create(sitting=sitting, text=text, who_id=who, due_on=due_on)
    _tell(gettext_noop("Thêm việc chuẩn bị cho buổi họp ngày %(day)s của %(unit)s."), sitting)
    return chore


@action("meetings.finish_chore")
def finish_chore(*, actor: Actor, chore: Chore, done: bool, reason: str = "") -> None:
    """A small job is done, or not yet after all."""
    _hold(actor, chore.sitting)
    chore.done_on = actor.on if done else None
    chore.save(update_fields=["done_on"])
    _tell(gettext_noop("Ghi việc chuẩn bị cho buổi họp ngày %(day)s của %(unit)s."), chore.sitting)


@action("meetings.call_about")
def call_about(*, actor: Actor, task: Task, state: str, note: str = "", reason: str = "") -> TaskCall:
    """Somebody was asked how a task goes. A state that is news is reported with it. Refuses a task that is done."""
    sittings.must_plan(actor, task.meeting.unit_id)
    if state not in TASK_STATES:
        refuse("state", _("Hãy chọn: xong, đang làm hoặc vướng."), field="state")
    if task.state == "done":
        refuse("done", _("Nhiệm vụ này đã xong."), field="state")
    note = nfc(note)
    if len(note) > LONGEST_LINE:
        refuse("note", _("Ghi chú dài nhất %(n)s chữ.") % {"n": LONGEST_LINE}, field="note")
    call = TaskCall.objects.create(
        task=task, asked_on=actor.on, state=state, note=note, by=actor.label[:120], recorded_at=act().at
    )
    act().tell(
        gettext_noop("Hỏi về nhiệm vụ giao ngày %(day)s, hạn %(due)s: %(state)s."), about=[task, task.meeting],
        units=[task.meeting.unit], day=Known.of(task.meeting.held_on), due=Known.of(task.due_on),
        state=TASK_STATES[state],
    )  # fmt: skip
    if state != task.state:
        report_task(actor=actor, task=task, state=state, on=actor.on)
    return call


@action("meetings.ring")
def ring(*, actor: Actor, sitting: Sitting, person: Person, will: str = "", reason: str = "") -> Reply:
    """Somebody without a telephone account was told; `will` is what they answered, if anything."""
    _hold(actor, sitting)
    if person.pk not in {line.person for line in queries.roll_of(sitting.unit_id, sitting.day, sitting.kind)}:
        refuse("stranger", _("Đồng chí này không trong danh sách của buổi họp."))
    if will not in ("", "yes", "no"):
        refuse("will", _("Hãy chọn: dự hoặc không dự được."))
    reply, _new = Reply.objects.get_or_create(sitting=sitting, person=person)
    reply.rung_at = act().at
    if will:
        reply.will, reply.answered_at = will, act().at
    reply.save()
    _tell(gettext_noop("Đã báo người không dùng máy về buổi họp ngày %(day)s của %(unit)s."), sitting)
    return reply


def _hold(actor: Actor, sitting: Sitting) -> str:
    """Hold the meeting's row, and see that it is still to come. Returns the words that name who changed it last."""
    sittings.must_plan(actor, sitting.unit_id)
    Sitting.objects.filter(pk=sitting.pk).update(version=F("version") + 1)
    sitting.refresh_from_db()
    if sitting.state not in sittings.EDITABLE:
        refuse("state", _("Buổi này đã họp xong hoặc đã hủy."))
    quicker = stale_words(sitting)
    touch(sitting, actor)
    sitting.save(update_fields=["changed_at", "changed_by"])
    return quicker


def _tell(sentence: str, sitting: Sitting) -> None:
    act().tell(
        sentence, about=[sitting], units=[sitting.unit], day=Known.of(sitting.day),
        unit=name_of(sitting.unit_id, sitting.day),
    )  # fmt: skip
