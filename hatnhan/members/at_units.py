"""What members show on the pages of organisations: who holds which office, how many belong there, and the way to the
list. Filled into the slots that the units module names."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement
from hatnhan.units.parts import Parts, by_child
from hatnhan.units.rules import capital
from hatnhan.units.slots import Shown

from . import permissions
from .models import Membership, Tenure

NAMED = 4
LEADING = ("secretary", "standing_deputy_secretary", "deputy_secretary")


def officers(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Shown]:
    """Secretary and deputies of each unit on the day, with links to their records for those who may see them, and the
    way to the list of members."""
    units = list(ids)
    offices = rulebook.at(on).offices()
    rows = Tenure.objects.on(on).filter(unit__in=units, office__in=LEADING).filter(_of_the_committee())
    seen = _covered(actor, permissions.VIEW, units)
    held: dict[int, dict[str, list[Tenure]]] = {}
    for row in rows.select_related("person").order_by("valid_from", "pk"):
        held.setdefault(row.unit_id, {}).setdefault(row.office, []).append(row)
    found = {}
    for pk in units:
        may = pk in seen
        lines = [
            (capital(str(offices[code].label)), row.person.name, _record(row) if may else "")
            for code in LEADING
            if code in offices
            for row in held.get(pk, {}).get(code, [])[:NAMED]
        ]
        found[pk] = Shown(tuple(lines), ((_("Đảng viên"), _list_of(pk), "users"),) if may else ())
    return found


def counts(actor: Actor, ids: Iterable[int], on: date) -> Parts:
    """Home members at and below each unit by its children, for those of the units of which the reader may see figures.
    One grouped query for all units of one depth."""
    units, scope = list(ids), actor.scope(permissions.FIGURES)
    standing = Placement.objects.on(on).filter(unit__in=units, stands=True).values_list("unit_id", "path")
    seen = None if on == actor.on else _covered(actor, permissions.FIGURES, units)
    paths = {pk: path for pk, path in standing if (scope.covers(path) if seen is None else pk in seen)}
    return by_child(on, paths, Q(), Membership.objects.on(on).filter(kind="home"))


def _covered(actor: Actor, code: str, ids: list[int]) -> set[int]:
    """Those of the units at which the actor may do `code`; one query."""
    scope = actor.scope(code)
    if scope.everything or "" in scope.paths:
        return set(ids)
    rows = Placement.objects.unvoided().filter(scope.ranges("path"), unit__in=ids, valid_to__gt=actor.on)
    return set(rows.values_list("unit", flat=True))


def _of_the_committee() -> Q:
    """Offices of the unit itself and of its committee, not of its other bodies."""
    return Q(body__isnull=True) | Q(body__kind="committee")


def _record(row: Tenure) -> str:
    return reverse("members.profile", args=[row.person_id])


def _list_of(pk: int) -> str:
    return f"{reverse('members.list')}?unit={pk}"
