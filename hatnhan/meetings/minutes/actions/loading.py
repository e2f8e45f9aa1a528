"""Many meetings of former months at once, as a cell's or a commune's book has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.meetings.calendars import fixed_days
from hatnhan.meetings.choices import REGULAR
from hatnhan.meetings.minutes import queries, rules
from hatnhan.meetings.minutes.rules import Called, Sheet
from hatnhan.meetings.models import Attendance, Meeting, MeetingDay, Motion, Task
from hatnhan.meetings.permissions import RECORD
from hatnhan.units.queries import name_of

from .rows import columns_of, motions_of, task_of

BATCH = 500


@dataclass(frozen=True)
class Held:
    """A meeting of a unit as the book has it. The first `done` of its tasks are done, on the day they were due; with
    `adopted` its minutes are."""

    unit: int
    sheet: Sheet
    done: int = 0
    adopted: bool = True


@action("meetings.load")
def load(*, actor: Actor, unit: Unit, held: Sequence[Held], reason: str = "") -> int:
    """Load meetings of the units at and below `unit`; all of them or none. Returns how many. Refuses what recording one
    refuses, with the number of the meeting in the list."""
    actor.require(RECORD, at=unit)
    if not held:
        refuse("none", _("Không có buổi sinh hoạt nào để nạp."))
    rolls = _rolls(actor, unit, held)
    meetings = [
        Meeting(
            unit_id=one.unit, recorded_at=act().at, recorded_in=act().id, tasks=len(one.sheet.tasks),
            tasks_done=min(one.done, len(one.sheet.tasks)), state="adopted" if one.adopted else "recorded",
            adopted_on=one.sheet.held_on if one.adopted else None, on_day=on_day, **columns_of(one.sheet, roll),
        )
        for one, roll, on_day in zip(held, rolls, _on_days(actor, held), strict=True)
    ]  # fmt: skip
    Meeting.objects.bulk_create(meetings, batch_size=BATCH)
    together = list(zip(meetings, held, rolls, strict=True))
    bulk.insert(
        Attendance, ("meeting_id", "person_id", "mark", "due", "votes"),
        ((row.pk, one.line.person, one.mark, one.due, one.votes) for row, _held, roll in together for one in roll),
    )  # fmt: skip
    Motion.objects.bulk_create(
        (one for row, given, roll in together
         for one in motions_of(row, given.sheet, roll, rulebook.at(given.sheet.held_on))), batch_size=BATCH,
    )  # fmt: skip
    Task.objects.bulk_create((one for row, given, _roll in together for one in _tasks(row, given)), batch_size=BATCH)
    act().tell(
        gettext_noop("Nạp %(count)s buổi sinh hoạt của %(unit)s và các tổ chức trực thuộc."), units=[unit],
        count=len(meetings), unit=name_of(unit, actor.on),
    )  # fmt: skip
    return len(meetings)


def _on_days(actor: Actor, held: Sequence[Held]) -> list[bool | None]:
    """Of each meeting with adopted minutes, whether it was held on its unit's fixed day."""
    if not MeetingDay.objects.unvoided().exists():
        return [None] * len(held)
    return [
        fixed_days.on_fixed_day(one.unit, one.sheet.held_on, actor.on)
        if one.adopted and one.sheet.kind in REGULAR else None
        for one in held
    ]  # fmt: skip


def _rolls(actor: Actor, unit: Unit, held: Sequence[Held]) -> list[list[Called]]:
    """The roll of each meeting, when all of them can be true."""
    below = set(Placement.objects.under(unit, actor.on).values_list("unit_id", flat=True))
    units = {one.unit for one in held}
    lines: dict[date, dict[int, list[rules.Line]]] = {}
    rolls, reasons = [], []
    for number, one in enumerate(held, 1):
        day = one.sheet.held_on
        if day not in lines:
            standing = Placement.objects.on(day).filter(unit__in=units & below, stands=True)
            lines[day] = queries.lines_at(list(standing.values_list("unit_id", flat=True)), day)
        book = rulebook.at(day)
        roll = rules.call(lines[day].get(one.unit, []), one.sheet.marks, book)
        found = rules.blockers(one.sheet, roll, actor.on, book)
        reasons += [Reason(each.code, each.message, each.field, row=number) for each in found]
        rolls.append(roll)
    if reasons:
        raise Refused(reasons)
    return rolls


def _tasks(row: Meeting, given: Held) -> list[Task]:
    tasks = [task_of(row, one) for one in given.sheet.tasks]
    for task in tasks[: given.done]:
        task.state, task.done_on = "done", task.due_on
    return tasks
