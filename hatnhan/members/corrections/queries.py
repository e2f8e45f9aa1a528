"""Questions to requests for correction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.duties.holidays import calendar_of
from hatnhan.duties.kinds import Thing
from hatnhan.duties.models import Duty
from hatnhan.duties.rules import days_left
from hatnhan.duties.words import in_words
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.models import Entry
from hatnhan.members.models import Correction, Membership, Person
from hatnhan.members.permissions import VIEW

from .fields import LABELS, shown
from .flows import ANSWER, COLOURS, CORRECTION


@dataclass(frozen=True)
class Told:
    """A request as its pages show it."""

    row: Correction
    label: str
    right: str
    state: str
    colour: str
    due: date | None
    left: str
    late: bool
    by: str
    duty: int | None


def told(rows: Iterable[Correction], on: date) -> list[Told]:
    """Requests with their deadline and who answered, in four queries; in one when there are none."""
    found = list(rows)
    if not found:
        return []
    duties = {one.about: one for one in Duty.objects.filter(kind=ANSWER, about__in=[row.pk for row in found])}
    days = [on, *(one.due for one in duties.values())]
    calendar = calendar_of(min(days), max(days), on)
    acts = Entry.objects.filter(pk__in=[row.answered_in for row in found if row.answered_in])
    by = {entry.pk: actor_name(entry.actor) for entry in acts}
    lines = []
    for row in found:
        duty = duties.get(row.pk)
        waits = row.state in CORRECTION.open_states and duty is not None
        left = days_left(on, duty.due, duty.counted, calendar) if duty is not None else 0
        lines.append(
            Told(
                row, str(LABELS[row.field]), shown(row), str(CORRECTION.states[row.state]), COLOURS.get(row.state, ""),
                duty.due if duty else None, in_words(left, duty.counted) if waits and duty else "",
                waits and left < 0, by.get(row.answered_in or 0, ""), duty.pk if duty else None,
            )
        )  # fmt: skip
    return lines


def of_person(person: Person) -> "QuerySet[Correction]":
    """A person's requests, the latest first."""
    return Correction.objects.filter(person=person).order_by("-pk")


def waiting(person: Person) -> "QuerySet[Correction]":
    """Those that still wait for an answer."""
    return of_person(person).filter(state__in=("asked", "acknowledged"))


def describe(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """What duties about requests say, of those members whom the reader may see."""
    rows = Correction.objects.filter(pk__in=list(ids)).select_related("person")
    current = Membership.objects.unvoided().filter(person__corrections__in=rows)
    seen = set(actor.scope(VIEW).filter(current).values_list("person_id", flat=True)) if actor.scope(VIEW) else set()
    return {
        row.pk: Thing(
            _("%(name)s: %(what)s") % {"name": row.person.name, "what": str(LABELS[row.field]).lower()},
            reverse("members.correction", args=[row.person_id, row.pk]),
        )
        for row in rows
        if row.person_id in seen
    }
