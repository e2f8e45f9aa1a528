"""Who follows which cells: members of a committee and its bodies, as of a day; and who of them came to a meeting."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.meetings.models import Following, Meeting, Observer
from hatnhan.members.models import Person, Tenure
from hatnhan.units.models import Body


def members_at(committee: Unit | int, on: date) -> list[tuple[int, str]]:
    """(person, name) of everybody who holds an office of the committee, or in one of its bodies, by name."""
    rows = Tenure.objects.on(on).filter(unit=committee).select_related("person").order_by("person__sort_key", "pk")
    return list(dict.fromkeys((row.person_id, row.person.name) for row in rows))


def bodies_at(committee: Unit | int, on: date) -> list[tuple[int, str]]:
    """(identity, name) of the bodies of the committee."""
    return list(Body.objects.on(on).filter(unit=committee).order_by("name").values_list("identity", "name"))


def of_committee(committee: Unit | int, on: date) -> "QuerySet[Following]":
    """What the committee has assigned and that holds on the day."""
    rows = Following.objects.on(on).filter(committee=committee).select_related("person")
    return rows.order_by("person__sort_key", "body", "target_id", "pk")


def following_unit(unit: Unit | int, on: date) -> list[Following]:
    """Who follows a unit, itself or with all that lies below a unit above it."""
    path = Placement.objects.path_of(unit, on)
    line = [unit_of(part) for part in segments(path or "")]
    rows = Following.objects.on(on).filter(target__in=line).select_related("person")
    return sorted(rows, key=lambda row: (-line.index(row.target_id), row.field, row.pk))


def who_names(rows: Iterable[Following], on: date) -> dict[int, str]:
    """What each of the rows calls who follows: a person's or a body's name."""
    listed = list(rows)
    bodies = [row.body for row in listed if row.body is not None]
    called = dict(Body.objects.unvoided().filter(identity__in=bodies).values_list("identity", "name")) if bodies else {}
    return {
        row.pk: row.person.name if row.person is not None else called.get(row.body or 0, "") for row in listed
    }  # fmt: skip


def observers_offered(meeting: Meeting) -> dict[int, str]:
    """Who may be marked as having come: persons who follow the cell on its day, and those of bodies that do."""
    rows = following_unit(meeting.unit_id, meeting.held_on)
    found = {row.person_id: row.person.name for row in rows if row.person is not None and row.person_id is not None}
    bodies = [row.body for row in rows if row.body is not None]
    if bodies:
        held = Tenure.objects.on(meeting.held_on).filter(body__identity__in=bodies).select_related("person")
        found |= {row.person_id: row.person.name for row in held}
    return found


def observers(meeting: Meeting) -> dict[int, str]:
    """Who came of the committees above."""
    rows = Observer.objects.filter(meeting=meeting).select_related("person").order_by("person__sort_key", "pk")
    return {row.person_id: row.person.name for row in rows}


def followed_by(person: Person | int, on: date) -> list[Following]:
    """What a person follows on the day."""
    return list(Following.objects.on(on).filter(person=person).order_by("target_id", "pk"))
