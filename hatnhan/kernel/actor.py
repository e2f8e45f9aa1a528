"""Who acts, and where: one source of permission with two questions.

`require(code, at=unit)` for one thing, `scope(code)` for many. A scope is a few path ranges in the tree of the actor's
day: whoever has a unit today, or what became of it, sees its rows of any time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from .models import Placement, Unit
from .paths import WIDTH, within

T = TypeVar("T", bound=Model)


class Forbidden(Exception):
    """The thing is within the actor's scope, but the right is missing: 403."""


class NotFound(Exception):
    """The thing lies outside the actor's scope, and for the actor does not exist: 404."""


@dataclass(frozen=True)
class Grant:
    """Permissions at a unit and all below it."""

    permissions: frozenset[str]
    unit_id: int
    path: str


@dataclass(frozen=True)
class Scope:
    """The part of the tree in which the actor has a permission; applied in SQL before any LIMIT."""

    paths: tuple[str, ...]
    on: date
    everything: bool = False

    def __bool__(self) -> bool:
        return self.everything or bool(self.paths)

    @property
    def whole(self) -> bool:
        """True when the scope has whole trees from their tops: nothing has to be left out on any day."""
        return self.everything or (bool(self.paths) and all(len(path) <= WIDTH for path in self.paths))

    def units(self) -> QuerySet[Placement, Any]:
        """Ids of the units in scope, as a subquery."""
        rows = Placement.objects.on(self.on)
        if not self.everything:
            rows = rows.filter(self.ranges("path"))
        return rows.values("unit")

    def ranges(self, field_name: str) -> Q:
        """The scope as conditions on a path column."""
        if self.everything:
            return Q()
        return reduce(or_, (Q(**within(path, field_name)) for path in self.paths), Q(pk__in=[]))

    def filter(self, rows: QuerySet[T], field_name: str = "unit") -> QuerySet[T]:
        """Those of the rows whose unit lies in scope."""
        return rows if self.everything else rows.filter(**{f"{field_name}__in": self.units()})

    def filter_few(self, rows: QuerySet[T], field_name: str = "unit") -> QuerySet[T]:
        """The same where the rows are few and the scope is large: each row's unit is looked up, no list of all units
        is made."""
        if self.everything:
            return rows
        hung = f"{field_name}__placements"
        on_day = {f"{hung}__valid_from__lte": self.on, f"{hung}__valid_to__gt": self.on, f"{hung}__voided_at": None}
        return rows.filter(self.ranges(f"{hung}__path"), **on_day)

    def covers(self, path: str | None) -> bool:
        """True when a path of the actor's day lies in scope."""
        return self.everything or (path is not None and any(path.startswith(top) for top in self.paths))


@dataclass(frozen=True)
class Actor:
    """An account, or the system, on a day. `label` is how the log names it."""

    label: str
    on: date
    account_id: int | None = None
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    everything: bool = False
    request_id: str = ""
    _paths: dict[int, str | None] = field(default_factory=dict, compare=False, repr=False)

    def path_of(self, unit: Unit | int) -> str | None:
        """Where a unit hangs on the actor's day; of a unit that begins later, where it will hang first."""
        pk = unit.pk if isinstance(unit, Unit) else unit
        if pk not in self._paths:
            rows = Placement.objects.unvoided().filter(unit=pk, valid_to__gt=self.on).order_by("valid_from")
            self._paths[pk] = rows.values_list("path", flat=True).first()
        return self._paths[pk]

    def knows(self, rows: Iterable[Placement]) -> None:
        """Take from rows that are loaded already, all unvoided ones of each unit in order of time, where it hangs."""
        for row in rows:
            if row.valid_to > self.on:
                self._paths.setdefault(row.unit_id, row.path)

    @property
    def highest(self) -> int | None:
        """The highest unit at which the actor may do something; None without one."""
        first = min(self.grants, key=lambda grant: (len(grant.path), grant.path), default=None)
        return first.unit_id if first else None

    def scope(self, code: str) -> Scope:
        """Where the actor may do `code`."""
        return Scope(_tops(g.path for g in self.grants if code in g.permissions), self.on, self.everything)

    def reach(self) -> Scope:
        """Where the actor may do anything at all."""
        return Scope(_tops(g.path for g in self.grants), self.on, self.everything)

    def can(self, code: str, at: Unit | int | None = None) -> bool:
        """True when the actor may do `code` at the unit, or without a unit anywhere."""
        if self.everything:
            return True
        scope = self.scope(code)
        return bool(scope) if at is None else bool(scope) and scope.covers(self.path_of(at))

    def require(self, code: str, at: Unit | int | None = None) -> None:
        """Raises `NotFound` outside the actor's reach and `Forbidden` within it when the right is missing."""
        if self.can(code, at):
            return
        if at is not None and not self.reach().covers(self.path_of(at)):
            raise NotFound(code)
        raise Forbidden(code)


def _tops(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that no other of them contains."""
    tops: list[str] = []
    for path in sorted(set(paths)):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    return tuple(tops)


def system(name: str, on: date) -> Actor:
    """The program itself, as `system:cli`, `system:job`, `system:demo`."""
    return Actor(label=f"system:{name}", on=on, everything=True)


def nobody(on: date) -> Actor:
    """A visitor who has not signed in."""
    return Actor(label="", on=on)
