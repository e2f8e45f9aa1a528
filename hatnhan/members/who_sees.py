"""Who may see a person's record on a day, and why: accounts and what gives them the right, from the cell upwards.

Read from the roles in force on the day, in a handful of queries whatever the size of the installation. The person sees
everybody; staff only those whose roles stand within the reader's own scope, and that there may be others above."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.access.choices import ROLES
from hatnhan.access.models import Account, Grant, StandIn
from hatnhan.kernel.actor import Scope
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.registries import PERMISSIONS, permissions_of
from hatnhan.kernel.ui.text import day as written
from hatnhan.members import permissions, tiers
from hatnhan.members.models import Person, Tenure
from hatnhan.members.queries import places_of
from hatnhan.members.story import capital
from hatnhan.units.queries import names


@dataclass(frozen=True)
class Reader:
    """An account that may see the record: whose it is, why, since when and until when, and which tiers."""

    label: str
    role: str
    why: str
    period: str
    tiers: tuple[str, ...]


@dataclass
class Place:
    """A unit at or above the person's, with those who may see the record because of a role there."""

    unit_id: int
    name: str
    readers: list[Reader] = field(default_factory=list)


@dataclass(frozen=True)
class Seers:
    """The answer: by unit from the cell upwards, and the names of those who look after accounts everywhere. `partial`
    says that units above the reader's scope were left out."""

    places: list[Place]
    administrators: list[str]
    partial: bool


def seers(person: Person, on: date, scope: Scope | None = None) -> Seers:
    """Who may see the person's record on the day; for staff those within the scope."""
    paths = _paths(person, on)
    units = list(dict.fromkeys(unit_of(part) for path in paths for part in reversed(segments(path))))
    seen = [pk for pk in units if scope is None or scope.covers(_upto(paths, pk))]
    roles = [role for role in ROLES if permissions.VIEW in permissions_of(role)]
    rows = Grant.objects.on(on).filter(unit__in=seen, role__in=roles, account__is_active=True)
    held = list(rows.select_related("account").order_by("account__sort_key", "pk"))
    called, why = names(seen, on), _Reasons(held, on)
    places = {pk: Place(pk, called.get(pk, "")) for pk in seen}
    for row in held:
        places[row.unit_id].readers.append(_reader(row, why))
    found = [place for place in places.values() if place.readers]
    return Seers(found, _administrators(on) if scope is None else [], len(seen) < len(units))


def _paths(person: Person, on: date) -> list[str]:
    """Where the person's units hang: those of now and to come; of somebody who has gone, the last one."""
    current = [row.unit_id for row in places_of(person, on)]
    hangs = dict(Placement.objects.on(on).filter(unit__in=current).values_list("unit", "path"))
    homes = [pk for pk in dict.fromkeys(current) if pk in hangs]
    return [hangs[pk] for pk in homes]


def _upto(paths: Iterable[str], unit: int) -> str:
    """The path of a unit at or above one of these."""
    for path in paths:
        parts = segments(path)
        for count, part in enumerate(parts, start=1):
            if unit_of(part) == unit:
                return "".join(parts[:count])
    return ""


class _Reasons:
    """Why each of some roles is held: the office, the one for whom somebody stands in, or that it was given."""

    def __init__(self, rows: list[Grant], on: date) -> None:
        sources = {row.source for row in rows if row.source}
        held = Tenure.objects.unvoided().filter(key__in=sources).select_related("body", "person")
        self.tenures = {row.key: row for row in held}
        standing = StandIn.objects.unvoided().filter(key__in=sources).select_related("principal")
        self.stand_ins = {row.key: row for row in standing}
        self.offices = rulebook.at(on).offices()

    def of(self, row: Grant) -> str:
        """In words."""
        if row.source in self.stand_ins:
            return _("làm thay đồng chí %(name)s") % {"name": self.stand_ins[row.source].principal.label}
        tenure = self.tenures.get(row.source)
        if tenure is None:
            return _("được cấp quyền")
        office = self.offices.get(tenure.office)
        label = capital(office.label if office else tenure.office)
        told: dict[str, Any] = {"office": label, "body": tenure.body.name if tenure.body else ""}
        return _("theo chức vụ %(office)s, %(body)s") % told if tenure.body else _("theo chức vụ %(office)s") % told


def _reader(row: Grant, why: _Reasons) -> Reader:
    held = permissions_of(row.role)
    shown = tuple(str(tier.label) for tier in tiers.TIERS.values() if tier.permission in held)
    told = {"start": written(row.valid_from), "end": written(row.valid_to - ONE) if not row.open else ""}
    period = _("từ ngày %(start)s") if row.open else _("từ ngày %(start)s đến hết ngày %(end)s")
    return Reader(row.account.label, str(ROLES[row.role]), why.of(row), period % told, shown)


def _administrators(on: date) -> list[str]:
    """Who may look after accounts everywhere without seeing records: named, because passwords are keys."""
    if "administrator" in PERMISSIONS.get(permissions.VIEW, ()):
        return []
    granted = Grant.objects.on(on).filter(role="administrator").values("account")
    rows = Account.objects.filter(Q(installation_admin=True) | Q(pk__in=granted), is_active=True)
    return list(rows.order_by("sort_key").values_list("label", flat=True))
