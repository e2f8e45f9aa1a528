"""What members show on the pages of organisations: who holds which office, how many belong there and of what age, who
is in which Party group, and the way to the lists. Filled into the slots that the units module names."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.figures import On, table
from hatnhan.kernel.models import Placement
from hatnhan.kernel.ui.text import num, pct
from hatnhan.units.parts import Parts, by_child
from hatnhan.units.rules import capital
from hatnhan.units.slots import Shown, Tiles

from . import permissions
from .models import GroupPlace, Membership, Tenure

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
        found[pk] = Shown(tuple(lines), ((_("Xem danh sách"), _list_of(pk, actor, on), "users"),) if may else ())
    return found


def quality(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Shown]:
    """The way to what is missing in the records of each unit, for those who look after them."""
    label, address = _("Chất lượng dữ liệu"), reverse("members.quality")
    seen = _covered(actor, permissions.QUALITY, list(ids))
    return {pk: Shown((), ((label, f"{address}?unit={pk}", "clipboard-list"),)) for pk in seen}


def tiles(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Tiles]:
    """What a unit below a province is made of: members on probation, women; of a cell also all its members and how old
    they are on average. Those of the units of which the reader may see figures; two queries for each."""
    kinds = rulebook.at(on).kinds()
    found = {}
    for row in Placement.objects.on(on).filter(unit__in=list(ids), stands=True):
        kind = kinds.get(row.kind)
        if kind is None or kind.level <= 1 or not actor.can(permissions.FIGURES, at=row.unit_id):
            continue
        counted = table(["members", "members.probationary", "members.women"], row.unit_id, On(on), by=None).total
        everybody, women = counted["members"], counted["members.women"]
        lines = []
        if everybody:
            said = _("%(n)s người (%(share)s)") % {"n": num(women), "share": pct(women / everybody, 0)}
            lines.append((_("Nữ"), said))
        if everybody and kind.cell:
            lines += _mean_age(row.unit_id, on)
        numbers = [(num(everybody), _("đảng viên"))] if kind.cell else []
        numbers.append((num(counted["members.probationary"]), _("dự bị")))
        found[row.unit_id] = Tiles(tuple(numbers), tuple(lines))
    return found


def _mean_age(unit: int, on: date) -> list[tuple[str, str]]:
    homes = Membership.objects.on(on).filter(kind="home", unit=unit, person__birth__isnull=False)
    ages = [birth.years_on(on) for birth in homes.values_list("person__birth", flat=True) if birth]
    return [(_("Tuổi bình quân"), num(sum(ages) / len(ages), 1))] if ages else []


def groups(actor: Actor, ids: Iterable[int], on: date) -> dict[int, dict[int, tuple[int, str]]]:
    """How many home members of each cell belong to each of its Party groups, under 0 those who belong to none, with
    the address of their list for those who may see it: {cell: {group: (number, address)}}; two queries for all."""
    units = list(ids)
    seen = _covered(actor, permissions.VIEW, units)
    homes = Membership.objects.on(on).filter(kind="home", unit__in=units).order_by()
    placed = GroupPlace.objects.on(on).filter(group__unit__in=units, person__in=homes.values("person")).order_by()
    found: dict[int, dict[int, tuple[int, str]]] = {pk: {} for pk in units}
    rest = dict(homes.values_list("unit").annotate(n=Count("pk")))
    for unit, group, number in placed.values_list("group__unit", "group").annotate(n=Count("pk")):
        found[unit][group] = (number, f"{_list_of(unit, actor, on)}&group={group}" if unit in seen else "")
        rest[unit] = rest.get(unit, 0) - number
    for unit in units:
        found[unit][0] = (rest.get(unit, 0), f"{_list_of(unit, actor, on)}&group=none" if unit in seen else "")
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
    """Those of the units at which the actor may do `code`; one query, none for a unit that was asked before."""
    scope = actor.scope(code)
    if len(ids) == 1:
        return set(ids) if scope.covers(actor.path_of(ids[0])) else set()
    if scope.everything or "" in scope.paths:
        return set(ids)
    rows = Placement.objects.unvoided().filter(scope.ranges("path"), unit__in=ids, valid_to__gt=actor.on)
    return set(rows.values_list("unit", flat=True))


def _of_the_committee() -> Q:
    """Offices of the unit itself and of its committee, not of its other bodies."""
    return Q(body__isnull=True) | Q(body__kind="committee")


def _record(row: Tenure) -> str:
    return reverse("members.profile", args=[row.person_id])


def _list_of(pk: int, actor: Actor, on: date) -> str:
    """The list keeps the day that is looked at."""
    return f"{reverse('members.list')}?unit={pk}{f'&on={on.isoformat()}' if on != actor.on else ''}"
