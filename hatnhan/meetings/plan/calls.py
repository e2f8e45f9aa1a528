"""The call sheet of open tasks: by person, with the telephone and what was said last."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day
from hatnhan.meetings.choices import TASK_STATES
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.story import Given, given
from hatnhan.meetings.models import Task, TaskCall
from hatnhan.members import permissions as members


@dataclass(frozen=True)
class Asked:
    """A task with what was said of it last."""

    task: Given
    state: str
    last: str


@dataclass(frozen=True)
class Called:
    """Whom to ask, and what about."""

    name: str
    phone: str
    tasks: tuple[Asked, ...]


def sheet(actor: Actor, unit: Unit) -> list[Called]:
    """Everybody who leads a task that is not done, in the order in which the first of them is due; tasks without a
    leader at the end."""
    tasks = queries.open_tasks(unit, actor.on + ONE)
    said: dict[int, TaskCall] = {}
    for row in TaskCall.objects.filter(task__in=tasks).order_by("pk"):
        said[row.task_id] = row
    phones = actor.can(members.CONTACT, at=unit)
    people: dict[int, list[Task]] = {}
    for task in tasks:
        people.setdefault(task.leader_id or 0, []).append(task)
    found = []
    for key, rows in sorted(people.items(), key=lambda pair: pair[0] == 0):
        leader = rows[0].leader if key else None
        asked = tuple(Asked(given(row, actor.on), row.state, _last(said.get(row.pk))) for row in rows)
        name = leader.name if leader else _("Chưa phân công ai")
        found.append(Called(name, leader.phone if leader and phones else "", asked))
    return found


def _last(row: TaskCall | None) -> str:
    if row is None:
        return ""
    told = {"day": day(row.asked_on), "state": str(TASK_STATES[row.state]).lower(), "note": row.note}
    if row.note:
        return _("Hỏi ngày %(day)s: %(state)s, %(note)s") % told
    return _("Hỏi ngày %(day)s: %(state)s") % told
