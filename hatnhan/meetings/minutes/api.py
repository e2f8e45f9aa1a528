"""Meetings over the API: the list of a unit's, one as its minutes tell it, and every step upon it."""

from datetime import date, time
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel, Field

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Body as Sent
from hatnhan.kernel.api import (
    Clock,
    Day,
    Id,
    Query,
    Text,
    Value,
    described,
    finds,
    listed,
    means,
    offer,
    one_of,
    read,
)  # fmt: skip
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.meetings import actions, permissions
from hatnhan.meetings.choices import FORMS, KINDS, MARKS, MATTERS, METHODS, OUTCOMES, TASK_STATES
from hatnhan.meetings.models import Meeting, Motion, Task

from . import queries
from .rules import LONGEST_TEXT, MotionSheet, Sheet, TaskSheet
from .story import Story
from .tables import MeetingTable

router = Router(tags=["meetings"])

means(permissions.VIEW, _("Xem sinh hoạt chi bộ"))
means(permissions.ROLL, _("Xem điểm danh và biểu quyết"))
means(permissions.RECORD, _("Ghi sinh hoạt chi bộ, thông qua biên bản"), writes=True)
means(permissions.PLAN, _("Chuẩn bị sinh hoạt chi bộ"), writes=True)


def _task(actor: Actor, key: int) -> Task:
    row = Task.objects.filter(pk=key).select_related("meeting__unit").first()
    if row is None:
        raise NotFound(permissions.VIEW)
    queries.visible(actor, row.meeting_id)
    return row


finds(Meeting, queries.visible)
finds(Task, _task)


class Where(Query):
    """Of which unit and those below it."""

    unit: Annotated[Id | None, described(_("Đơn vị; bỏ trống là nơi cao nhất của khóa"))] = None


def _held(request: HttpRequest, query: Where) -> MeetingTable:
    """The meetings of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    return MeetingTable(request, actor, working_unit(request, permissions.VIEW))


listed(
    router, "/meetings", MeetingTable, _held, name="meetings.list", title=_("Sinh hoạt chi bộ"), asks=Where,
    about=_("Sinh hoạt chi bộ của một đơn vị và các đơn vị trực thuộc, buổi mới nhất trước."),
    keys={"meeting": "pk", "unit_id": "unit_id"},
    values={"held_on": Value(str, lambda row, _table: row.held_on.isoformat())},
)  # fmt: skip


# --- one meeting ----------------------------------------------------------------------------------------------------


class MotionOut(BaseModel):
    """What was voted on, in numbers, and the rule by which its majority was told."""

    number: int
    text: str
    method: str
    rule: str
    base: int
    needed: int
    in_favour: int
    against: int
    abstained: int
    reserved: int
    carried: bool


class TaskOut(BaseModel):
    """A task given at the meeting."""

    id: int
    text: str
    leader: int | None
    due_on: date
    state: str
    done_on: date | None


class MeetingOut(BaseModel):
    """A meeting as its minutes tell it. Motions only for whoever may read the roll; nobody's vote is known."""

    id: int
    version: int
    unit: int
    kind: str
    form: str
    held_on: date
    started: time
    ended: time
    place: str
    chair: int | None
    clerk: int | None
    due: int
    present: int
    excused: int
    unexcused: int
    exempt_present: int
    guests: int
    spoke: int
    outcome: str
    outcome_text: str
    state: str
    adopted_on: date | None
    motions: list[MotionOut]
    tasks: list[TaskOut]
    steps: list[str]


_COLUMNS = tuple(
    name for name in MeetingOut.model_fields
    if name not in ("id", "unit", "chair", "clerk", "motions", "tasks", "steps", "outcome_text")
)  # fmt: skip


def meeting_record(request: HttpRequest, meeting: int) -> dict[str, Any]:
    """One meeting, and the steps that this key may take now."""
    actor = actor_of(request)
    one = queries.visible(actor, meeting)
    story = Story(one, actor)
    motions = Motion.objects.filter(meeting=one).order_by("number") if story.sees_roll else []
    return {
        **{name: getattr(one, name) for name in _COLUMNS}, "id": one.pk, "unit": one.unit_id, "chair": one.chair_id,
        "clerk": one.clerk_id, "outcome_text": one.outcome_text,
        "motions": [{name: getattr(row, name) for name in MotionOut.model_fields} for row in motions],
        "tasks": [
            {"id": row.pk, "text": row.text, "leader": row.leader_id, "due_on": row.due_on, "state": row.state,
             "done_on": row.done_on}
            for row in Task.objects.filter(meeting=one).order_by("due_on", "pk")
        ],
        "steps": [code for code, _label in story.verbs],
    }  # fmt: skip


read(
    router, "/meetings/{int:meeting}", meeting_record, MeetingOut, name="meetings.meeting",
    title=_("Một buổi sinh hoạt"), within={"meeting": Id},
)  # fmt: skip


# --- steps ----------------------------------------------------------------------------------------------------------

COUNT = Annotated[int, Field(ge=0, le=100_000)]
MOST_LINES = 60


class Mark(Sent):
    """How one member is on the roll, where that is not as for everybody."""

    person: Id
    mark: one_of(list(MARKS), 10)  # type: ignore[valid-type]


class MotionIn(Sent):
    """A motion in numbers."""

    text: Text(LONGEST_TEXT, least=1)  # type: ignore[valid-type]
    in_favour: COUNT
    against: COUNT = 0
    abstained: COUNT = 0
    reserved: COUNT = 0
    method: one_of(list(METHODS), 10) = "hands"  # type: ignore[valid-type]
    rule: one_of(list(MATTERS), 60) = "vote.ordinary"  # type: ignore[valid-type]


class TaskIn(Sent):
    """A task as it was given."""

    text: Text(LONGEST_TEXT, least=1)  # type: ignore[valid-type]
    due_on: Day
    leader: Id | None = None


class ReportIn(Sent):
    """How a task of an earlier meeting went."""

    task: Id
    state: one_of(list(TASK_STATES), 10)  # type: ignore[valid-type]


class SheetIn(Sent):
    """A meeting as the paper tells it."""

    kind: one_of(list(KINDS), 15)  # type: ignore[valid-type]
    held_on: Day
    started: Clock
    ended: Clock
    form: one_of(list(FORMS), 10) = "in_person"  # type: ignore[valid-type]
    place: Text(120) = ""  # type: ignore[valid-type]
    chair: Id | None = None
    clerk: Id | None = None
    guests: COUNT = 0
    spoke: COUNT = 0
    marks: Annotated[list[Mark], Field(max_length=2000)] = []
    motions: Annotated[list[MotionIn], Field(max_length=MOST_LINES)] = []
    outcome: one_of(list(OUTCOMES), 10) = "none"  # type: ignore[valid-type]
    outcome_text: Text(20_000) = ""  # type: ignore[valid-type]
    tasks: Annotated[list[TaskIn], Field(max_length=MOST_LINES)] = []
    reports: Annotated[list[ReportIn], Field(max_length=MOST_LINES)] = []


def _sheet(_actor: Actor, sent: dict[str, Any]) -> Sheet:
    """What was sent, as the action takes it."""
    given = dict(sent)
    given["marks"] = {one["person"]: one["mark"] for one in given.get("marks", [])}
    given["motions"] = [MotionSheet(**one) for one in given.get("motions", [])]
    given["tasks"] = [TaskSheet(**one) for one in given.get("tasks", [])]
    given["reports"] = {one["task"]: one["state"] for one in given.get("reports", [])}
    return Sheet(**given)


SHEET: dict[str, Any] = {"types": {"sheet": SheetIn}, "reads": {"sheet": _sheet}}

offer(
    router, "/units/{unit}/meetings", actions.record, name="meetings.record", title=_("Ghi buổi sinh hoạt đã họp"),
    labels={"sheet": _("Buổi sinh hoạt như trong sổ")}, **SHEET,
)  # fmt: skip
offer(
    router, "/meetings/{meeting}/change", actions.change, name="meetings.change", title=_("Sửa buổi sinh hoạt"),
    **SHEET,
)  # fmt: skip
offer(
    router, "/meetings/{meeting}/adopt", actions.adopt, name="meetings.adopt", title=_("Thông qua biên bản"),
)  # fmt: skip
offer(
    router, "/meetings/{meeting}/withdraw", actions.withdraw, name="meetings.withdraw",
    title=_("Bỏ buổi sinh hoạt ghi nhầm"), types={"reason": Text(300, least=1)},
)  # fmt: skip
offer(
    router, "/meetings/{meeting}/addenda", actions.add_addendum, name="meetings.add_addendum",
    title=_("Ghi bổ sung vào biên bản"), types={"text": Text(20_000, least=1)},
)  # fmt: skip
offer(
    router, "/tasks/{task}/report", actions.report_task, name="meetings.report_task",
    title=_("Ghi kết quả nhiệm vụ"), types={"state": one_of(list(TASK_STATES), 10)},
)  # fmt: skip
