"""Questions to a sitting that is held: its roll so far, its votes, texts and tasks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.days import FAR
from hatnhan.kernel.prepared import Prepared
from hatnhan.meetings.choices import COMMITTEE
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.rules import Called, Line, MotionSheet, TaskSheet
from hatnhan.meetings.models import Live, LiveMotion, Meeting, RollMark, Sitting
from hatnhan.meetings.permissions import VIEW
from hatnhan.meetings.plan import sittings
from hatnhan.members.models import Membership, Participation, Standing

from .rules import call_so_far


def visible(actor: Actor, key: int) -> Sitting:
    """A sitting in the actor's scope. Raises `NotFound` for any other."""
    rows = Sitting.objects.filter(pk=key, state__in=sittings.TOLD).select_related("unit")
    found = actor.scope(VIEW).filter(rows).first() if actor.scope(VIEW) else None
    return found or sittings.visible(actor, key)


def live_of(sitting: Sitting) -> Live:
    """Where the sitting is."""
    return Live.objects.get(sitting=sitting)


def by_code(actor: Actor, code: str) -> Sitting | None:
    """The open sitting with this code on its door, in the actor's scope."""
    rows = Sitting.objects.filter(state="open", live__code=code.strip()).exclude(live__code="")
    return actor.scope(VIEW).filter(rows).first() if actor.scope(VIEW) else None


def open_now_in(actor: Actor) -> list[Sitting]:
    """Sittings that are being held now where the actor may look, at most a few."""
    scope = actor.scope(VIEW)
    rows = Sitting.objects.filter(state="open").select_related("unit").order_by("-opened_at")
    return list(scope.filter(rows)[:3]) if scope else []


def marks_of(sitting: Sitting) -> dict[int, str]:
    """{person: mark} as far as the secretary has called; what members claimed at the door is not among it."""
    return dict(RollMark.objects.filter(sitting=sitting, claimed=False).values_list("person_id", "mark"))


def online_at(sitting: Sitting) -> frozenset[int]:
    """Who attends from elsewhere."""
    rows = RollMark.objects.filter(sitting=sitting, online=True, claimed=False)
    return frozenset(rows.values_list("person_id", flat=True))


def roll_of(sitting: Sitting) -> list[Called]:
    """The roll so far, by name; whoever is obliged and has no mark has an empty one."""
    lines = queries.roll_of(sitting.unit_id, sitting.day, sitting.kind)
    return call_so_far(lines, marks_of(sitting), rulebook.at(sitting.day))


def roll_by_person(sitting: Sitting) -> dict[int, Called]:
    """{person: line of the roll}."""
    return {one.line.person: one for one in roll_of(sitting)}


def line_of(sitting: Sitting, person: int | None) -> Called | None:
    """One member's own line of the roll, in one query; None for whoever is not of the cell that day."""
    if person is None:
        return None
    if sitting.kind == COMMITTEE:
        return roll_by_person(sitting).get(person)
    return _line(sitting.pk, sitting.unit_id, sitting.day, person)


def line_of_sitting(asked: "Asked", person: int | None) -> Called | None:
    """The same of the sitting in which something is voted on."""
    if asked.kind == COMMITTEE:
        return line_of(Sitting.objects.get(pk=asked.sitting), person)
    return None if person is None else _line(asked.sitting, asked.unit, asked.day, person)


def _line(sitting: int, unit: int, day: date, person: int) -> Called | None:
    rows = _LINE.rows({"on": day, "unit": unit, "person": person, "sitting": sitting})
    if not rows:
        return None
    name, full, deviation, called = rows[0]
    line = Line(person, name, bool(full), deviation or "")
    return call_so_far([line], {person: called} if called else {}, rulebook.at(day))[0]


def _own_line(at: Any) -> QuerySet[Any, Any]:
    away = Participation.objects.on(at.on).filter(person=OuterRef("person")).order_by().values("kind")[:1]
    mark = RollMark.objects.filter(sitting=at.sitting, person=OuterRef("person"), claimed=False).values("mark")[:1]
    return (
        Membership.objects.on(at.on)
        .filter(unit=at.unit, person=at.person, kind="home")
        .order_by()
        .annotate(
            full=Exists(Standing.objects.on(at.on).filter(person=OuterRef("person"), kind="full")),
            away=Subquery(away), mark=Subquery(mark),
        )
        .values_list("person__name", "full", "away", "mark")
    )  # fmt: skip


_LINE = Prepared(_own_line, {"on": FAR, "unit": 0, "person": 0, "sitting": 0})


def texts_of(sitting: Sitting) -> dict[str, str]:
    """{name of the field: text} of the minutes so far."""
    return dict(sitting.texts.values_list("name", "text"))


def motions_of(sitting: Sitting) -> list[MotionSheet]:
    """The votes that were closed, as a sheet tells them."""
    rows = LiveMotion.objects.filter(sitting=sitting, state="closed").select_related("item").order_by("number")
    return [
        MotionSheet(
            one.text, one.in_favour, one.against, one.abstained, one.reservations.count(), one.method, one.rule,
            one.item.subject if one.item and one.item.subject_id else "", one.item.subject_id if one.item else None,
        )
        for one in rows
    ]  # fmt: skip


def tasks_of(sitting: Sitting) -> list[TaskSheet]:
    """The tasks given, in their order."""
    rows = sitting.tasks.order_by("pk").values_list("text", "due_on", "leader", "report_on")
    return [TaskSheet(text, due_on, leader, report_on) for text, due_on, leader, report_on in rows]


def reports_of(sitting: Sitting) -> dict[int, str]:
    """{task of an earlier meeting: state} as told at this one."""
    return dict(sitting.reports.values_list("task_id", "state"))


@dataclass(frozen=True)
class Asked:
    """What is voted on, and in which sitting."""

    method: str
    closed_at: datetime | None
    sitting: int
    sitting_state: str
    kind: str
    day: date
    unit: int


_ASKED = Prepared(
    lambda at: LiveMotion.objects.filter(pk=at.motion).order_by().values_list(
        "method", "closed_at", "sitting_id", "sitting__state", "sitting__kind", "sitting__day", "sitting__unit_id"
    ),
    {"motion": 0},
)  # fmt: skip


def motion_of(key: int) -> Asked:
    """What is voted on. Raises LiveMotion.DoesNotExist."""
    rows = _ASKED.rows({"motion": key})
    if not rows:
        raise LiveMotion.DoesNotExist
    return Asked(*rows[0])


def asked_of(actor: Actor, sitting: int, motion: int) -> LiveMotion:
    """A vote of a sitting in the actor's scope. Raises `NotFound` for any other."""
    rows = LiveMotion.objects.filter(pk=motion, sitting=sitting).select_related("sitting__unit")
    found = actor.scope(VIEW).filter(rows, "sitting__unit").first() if actor.scope(VIEW) else None
    found = found or rows.filter(sitting=sittings.visible(actor, sitting)).first()
    if found is None:
        raise NotFound(VIEW)
    return found


@dataclass(frozen=True)
class Note:
    """What was written down under one item of the agenda."""

    number: int
    title: str
    said: str
    spoke: str


def notes_of(meeting: Meeting) -> list[Note] | None:
    """What was written down while the meeting was held, by item; None when it was not held here. What persons said is
    for those with `meetings.minutes` alone: the caller asks."""
    sitting = Sitting.objects.filter(meeting=meeting).first()
    if sitting is None:
        return None
    texts = texts_of(sitting)
    rows = sitting.agenda.order_by("number").values_list("pk", "number", "title")
    found = [Note(n, title, texts.get(f"said.{pk}", ""), texts.get(f"spoke.{pk}", "")) for pk, n, title in rows]
    return [one for one in found if one.said or one.spoke]
