"""At which cell a member pays, and who may collect there."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.members.models import Membership, Person
from hatnhan.members.queries import places_of

from . import roster
from .permissions import COLLECT
from .roster import Line
from .rules import not_here


def require_at(actor: Actor, code: str, unit: Unit | int, path: str = "") -> None:
    """As `actor.require`, without asking the database where a unit hangs when its path of the day is known."""
    if not (path and actor.scope(code).covers(path)):
        actor.require(code, at=unit)


def collector_of(actor: Actor, person: Person, on: date) -> Unit:
    """The cell at which the actor collects from the person, now or where the person was last. Raises `NotFound` for
    somebody who is not there, `Forbidden` for who may not collect."""
    places = places_of(person, on)
    for row in places:
        if actor.can(COLLECT, at=row.unit_id):
            return row.unit
    actor.require(COLLECT, at=places[0].unit_id if places else 0)
    raise NotFound(COLLECT)


def paying_at(actor: Actor, person: Person, month: date) -> Line:
    """The member in a month at the cell where it is paid, where the actor collects. Refuses a month in which the member
    pays nowhere."""
    line = roster.of_people([person.pk], month, actor.on).get(person.pk)
    if line is None:
        collector_of(actor, person, actor.on)
        raise Refused(not_here(_("Đồng chí %(name)s") % {"name": person.name}, month, rulebook.at(month)))
    require_at(actor, COLLECT, line.unit, line.path)
    return line


def seen_by(actor: Actor, ids: Iterable[int], on: date) -> list[int]:
    """Those of the people whose dues the actor may see: the own, and of those who belong where the actor collects."""
    keys = list(ids)
    if actor.everything:
        return keys
    own = [pk for pk in keys if pk == actor.person_id]
    scope = actor.scope(COLLECT)
    if not scope:
        return own
    rows = scope.filter(Membership.objects.on(on).filter(person__in=keys, kind__in=("home", "temporary")))
    return sorted({*own, *rows.values_list("person", flat=True)})
