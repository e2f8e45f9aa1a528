"""Questions to meetings: who is on the roll of a day, a unit's meetings, what is still open."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.days import FAR, after, month
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.prepared import Prepared
from hatnhan.kernel.registries import Decided
from hatnhan.meetings.choices import COMMITTEE, COMMITTEE_OFFICES, REGULAR, TASKS_ITEM
from hatnhan.meetings.models import UNVOIDED, AgendaItem, Attendance, Meeting, Motion, Task
from hatnhan.meetings.permissions import VIEW
from hatnhan.members.models import GroupPlace, Participation, Standing, Tenure
from hatnhan.members.queries import members_of

from .rules import Called, Line


def lines_of(unit: Unit | int, on: date, *, grouped: bool = True) -> list[Line]:
    """Everybody whose home the unit is on the day, by name; without their Party groups unless `grouped`."""
    key = unit.pk if isinstance(unit, Unit) else unit
    return lines_at([key], on, grouped=grouped).get(key, [])


def lines_at(units: Iterable[int], on: date, *, grouped: bool = True) -> dict[int, list[Line]]:
    """The rolls of many units on a day, in one query: {unit: lines by name}."""
    found: dict[int, list[Line]] = {}
    for unit, *line in (_GROUPED if grouped else _PLAIN).rows({"on": on}, among=list(units)):
        person, name, full, away, *group = line
        found.setdefault(unit, []).append(Line(person, name, bool(full), away or "", *(one or "" for one in group)))
    return found


def _rolls(at: Any, *, grouped: bool) -> QuerySet[Any, Any]:
    own = {"person": OuterRef("person")}
    asked: dict[str, Any] = {
        "full": Exists(Standing.objects.on(at.on).filter(**own, kind="full")),
        "away": Subquery(Participation.objects.on(at.on).filter(**own).order_by().values("kind")[:1]),
    }
    if grouped:
        asked["placed"] = Subquery(GroupPlace.objects.on(at.on).filter(**own).order_by().values("group__name")[:1])
    rows = members_of(at.among, at.on).select_related(None).annotate(**asked)
    return rows.values_list("unit_id", "person_id", "person__name", *asked)


_PLAIN = Prepared(partial(_rolls, grouped=False), {"on": FAR})
_GROUPED = Prepared(partial(_rolls, grouped=True), {"on": FAR})


def roll_of(unit: Unit | int, on: date, kind: str, *, grouped: bool = True) -> list[Line]:
    """Who is called at a meeting of this kind: the members of the unit, or for a committee's meeting those who hold its
    offices on the day, wherever their home is."""
    if kind != COMMITTEE:
        return lines_of(unit, on, grouped=grouped)
    rows = Tenure.objects.on(on).filter(unit=unit, office__in=COMMITTEE_OFFICES).select_related("person")
    people = {row.person_id: row.person for row in rows}
    full = set(Standing.objects.on(on).filter(person__in=people, kind="full").values_list("person_id", flat=True))
    away = dict(Participation.objects.on(on).filter(person__in=people).values_list("person_id", "kind"))
    ordered = sorted(people.values(), key=lambda one: (one.sort_key, one.pk))
    return [Line(one.pk, one.name, one.pk in full, away.get(one.pk, "")) for one in ordered]


def called(meeting: Meeting) -> list[Called]:
    """The roll as it was recorded; what the day's records said of standing and deviation is read again."""
    known = {line.person: line for line in roll_of(meeting.unit_id, meeting.held_on, meeting.kind)}
    rows = Attendance.objects.filter(meeting=meeting).select_related("person").order_by("person__sort_key", "pk")
    return [
        Called(
            known.get(row.person_id) or Line(row.person_id, row.person.name, row.votes), row.mark, row.due, row.votes
        )
        for row in rows
    ]


def visible(actor: Actor, key: int) -> Meeting:
    """A meeting in the actor's scope. Raises `NotFound` for any other and for one that was taken back."""
    rows = Meeting.objects.filter(UNVOIDED, pk=key).select_related("unit", "chair", "clerk")
    found = actor.scope(VIEW).filter(rows).first() if actor.scope(VIEW) else None
    if found is None:
        raise NotFound(VIEW)
    return found


def of_unit(actor: Actor, unit: Unit | int) -> "QuerySet[Meeting]":
    """The meetings of a unit and of what hangs under it today, ended units with their heirs, within the scope."""
    here = Placement.objects.under(unit, actor.on).values("unit")
    return actor.scope(VIEW).filter(Meeting.objects.filter(UNVOIDED, unit__in=here))


def usual_of(unit: Unit) -> dict[str, Any]:
    """Where, when, by whom the unit's last meeting was held: the next one is usually the same."""
    rows = Meeting.objects.filter(UNVOIDED, unit=unit).order_by("-held_on", "-started")
    last = rows.values("place", "started", "form", "chair", "clerk").first()
    return {name: value if value is not None else "" for name, value in (last or {}).items()}


def others_that_month(meeting: Meeting) -> int:
    """Other regular meetings of the unit in the meeting's month."""
    first = month(meeting.held_on)
    rows = Meeting.objects.filter(UNVOIDED, unit=meeting.unit_id, kind__in=REGULAR)
    return rows.filter(held_on__gte=first, held_on__lt=after(first)).exclude(pk=meeting.pk or 0).count()


def open_tasks(unit: Unit | int, before: date) -> list[Task]:
    """What was given at earlier meetings of the unit, or of units that have gone up in it, and is not done, by the day
    it is due."""
    here = Placement.objects.under(unit, before).values("unit")
    rows = Task.objects.filter(meeting__unit__in=here, meeting__voided_at__isnull=True, meeting__held_on__lt=before)
    return list(rows.exclude(state="done").select_related("meeting__unit", "leader").order_by("due_on", "pk"))


def decided_by(meeting: Meeting) -> list[Decided]:
    """The cases of other modules that the meeting dealt with: those voted on with their result, and items of the
    agenda without a vote."""
    found = {
        (one.subject, one.subject_id or 0): Decided(
            one.subject, one.subject_id or 0, meeting.unit, meeting.held_on, one.carried, one.in_favour, one.base
        )
        for one in Motion.objects.filter(meeting=meeting).exclude(subject="").order_by("number")
    }
    items = AgendaItem.objects.filter(sitting__meeting=meeting).exclude(subject__in=["", TASKS_ITEM]).order_by("number")
    for kind, key in items.values_list("subject", "subject_id"):
        found.setdefault((kind, key or 0), Decided(kind, key or 0, meeting.unit, meeting.held_on))
    return list(found.values())


def regular_days(units: Iterable[int], first: date) -> dict[int, date]:
    """The day on which each unit held its regular meeting in the month."""
    rows = Meeting.objects.filter(UNVOIDED, unit__in=list(units), kind__in=REGULAR)
    rows = rows.filter(held_on__gte=first, held_on__lt=after(first)).order_by("-held_on")
    return dict(rows.values_list("unit_id", "held_on"))
