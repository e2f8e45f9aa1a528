"""Who is in the cells that are merged or split, and which posts are to be filled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.members import permissions
from hatnhan.members.models import GroupPlace, Membership, Person, Standing
from hatnhan.members.queries import members_of
from hatnhan.units.models import Group
from hatnhan.units.queries import name_of, names

from .actions import DEPUTIES, SECRETARY, Posts, holders
from .rules import Strength


@dataclass(frozen=True)
class Member:
    """Somebody to choose: the name, with the year of birth."""

    pk: int
    label: str


@dataclass
class Family:
    """The members of one Party group; without an identity those of none."""

    identity: int
    name: str
    members: list[Member] = field(default_factory=list)

    def chosen(self, ticked: Iterable[str]) -> bool:
        """Whether one of them is among the ticked ids."""
        return not {str(one.pk) for one in self.members}.isdisjoint(ticked)


@dataclass(frozen=True)
class Post:
    """The posts of one cell: its fields, who may be chosen, and who holds them now by field."""

    code: str
    name: str
    secretary: str
    deputies: tuple[str, ...]
    choices: list[tuple[str, list[tuple[str, str]]]]
    now: dict[str, str]


def by_group(unit: Unit, on: date) -> list[Family]:
    """The home members of a cell by Party group, by name; those without a group last."""
    groups = {row.identity: row.name for row in Group.objects.on(on).filter(unit=unit).order_by("name")}
    placed = dict(GroupPlace.objects.on(on).filter(group__identity__in=groups).values_list("person", "group__identity"))
    families = {identity: Family(identity, name) for identity, name in groups.items()}
    families[0] = Family(0, _("Chưa xếp tổ đảng") if groups else "")
    for row in members_of([unit], on):
        families[placed.get(row.person_id, 0)].members.append(Member(row.person_id, label_of(row.person)))
    return [family for family in families.values() if family.members]


def label_of(person: Person) -> str:
    """The name, and the year of birth where it is known."""
    return f"{person.name} ({person.birth.year})" if person.birth else person.name


def strength(name: str, ids: Iterable[int], on: date) -> Strength:
    """How strong a cell of these people is."""
    people = set(ids)
    full = Standing.objects.on(on).filter(person__in=people, kind="full").count()
    return Strength(name, len(people), full)


def home_ids(units: Iterable[Unit], on: date) -> list[int]:
    """Persons at home in the units on the day."""
    rows = Membership.objects.on(on).filter(unit__in=list(units), kind="home")
    return list(rows.values_list("person", flat=True))


def may_appoint(actor: Actor, units: Iterable[Unit]) -> bool:
    """Whether the reader may fill posts in all of the cells."""
    return all(actor.can(permissions.APPOINT, at=unit) for unit in units)


def posts_to_fill(actor: Actor, so_far: Mapping[str, Any]) -> list[Post]:
    """The posts that a merge or a split opens; none for those who may not appoint."""
    on = so_far["on"]
    if "cells" in so_far:
        if not may_appoint(actor, so_far["cells"]):
            return []
        return [_post("", "", so_far["cells"], None, so_far["into"], on)]
    unit, going = so_far["unit"], set(so_far["going"])
    if not may_appoint(actor, [unit]):
        return []
    return [
        _post("", so_far["name"], [unit], going, None, on),
        _post("old_", name_of(unit, on), [unit], set(home_ids([unit], on)) - going, unit, on),
    ]


def chosen_posts(post: Post, given: Mapping[str, Any], people: Mapping[int, Person]) -> Posts:
    """What was chosen in the fields of a cell's posts."""
    deputies = (people.get(int(given[name])) for name in post.deputies if given.get(name))
    secretary = people.get(int(given[post.secretary])) if given.get(post.secretary) else None
    return Posts(secretary, tuple(person for person in deputies if person is not None))


def _post(prefix: str, name: str, units: list[Unit], only: set[int] | None, keeps: Unit | None, on: date) -> Post:
    """`only`: who may be chosen (None: everybody); `keeps`: the cell whose officers stay unless they are changed."""
    called = names([unit.pk for unit in units], on)
    families: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in members_of(units, on):
        if only is None or row.person_id in only:
            families[called[row.unit_id]].append((str(row.person_id), label_of(row.person)))
    fields = (f"{prefix}deputy_1", f"{prefix}deputy_2")
    held = holders(keeps, on) if keeps is not None else []
    offered = {pk for some in families.values() for pk, _label in some}
    now = {f"{prefix}secretary": str(row.person_id) for row in held if row.office == SECRETARY}
    deputies = [str(row.person_id) for row in held if row.office in DEPUTIES and str(row.person_id) in offered]
    now |= dict(zip(fields, deputies, strict=False))
    return Post(
        prefix or "main", name, f"{prefix}secretary", fields, list(families.items()),
        {name: pk for name, pk in now.items() if pk in offered},
    )  # fmt: skip
