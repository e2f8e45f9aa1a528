"""When somebody dies, whether a badge may be awarded after death is looked at once, and owed by the office there."""

from datetime import date

from hatnhan import rulebook
from hatnhan.duties import actions as duties
from hatnhan.duties.queries import competent
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.members.models import Person
from hatnhan.units.queries import line_of

from .. import queries
from ..choices import DEATH_DUTY
from ..rules import after_death

RECENT = 365


def level_after_death(person: Person, died: date) -> int | None:
    """The level for which an award after death can be proposed (06-HD/TW, item 18.2); None when there is none, and when
    Party age is not known."""
    if person.party_base is None:
        return None
    return after_death(person.party_base, died, queries.held_by(person), rulebook.at(died))


def look_after_death(actor: Actor, person: Person, how: str, on: date, unit: Unit) -> None:
    """Inside the act of leaving: who died near a level is not forgotten. Opens a duty of the cell's office; not of a
    death that is recorded more than a year later, from an old list."""
    if how != "deceased" or (actor.on - on).days > RECENT or level_after_death(person, on) is None:
        return
    where, role = competent(line_of(unit, on), on, without=person.account_id)
    duties.open_duty(
        actor=actor, kind=DEATH_DUTY, about=person.pk, deadline="badge_posthumous", on=on,
        unit=Unit.objects.get(pk=where), role=role, person=person.pk,
    )  # fmt: skip
