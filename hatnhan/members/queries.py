"""Questions to members as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound, Scope
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import within
from hatnhan.kernel.secrets import digest
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.models import Group, UnitName
from hatnhan.units.queries import Card, natural

from .models import Membership, Participation, Person, PersonNumber, Standing, Tenure
from .rules import Dates


def dates_of(person: Person) -> Dates:
    """The person's dates as the rules want them."""
    return Dates(person.birth, person.decision_date, person.ceremony_date, person.official_date)


def home(person: Person, on: date) -> Membership | None:
    """The home membership of a day."""
    return Membership.objects.on(on).filter(person=person, kind="home").select_related("unit").first()


def last_home(person: Person) -> Membership | None:
    """The latest home membership that is held to be true: where somebody is, or was last."""
    rows = Membership.objects.unvoided().filter(person=person, kind="home").select_related("unit")
    return rows.order_by("-valid_from").first()


def standing(person: Person, on: date) -> Standing | None:
    """The standing of a day."""
    return Standing.objects.on(on).filter(person=person).first()


def participation(person: Person, on: date) -> Participation | None:
    """The deviation from ordinary Party life of a day; None when active."""
    return Participation.objects.on(on).filter(person=person).first()


def visible(actor: Actor, code: str, key: int) -> Person:
    """A person whom the actor may see: one who has, or last had, a home, temporary or residence membership in scope.
    Raises `NotFound` for anybody else."""
    person = Person.objects.filter(pk=key, voided_at__isnull=True).first()
    if person is None:
        raise NotFound(code)
    scope: Scope = actor.scope(code)
    if not scope:
        actor.require(code)
    rows = Membership.objects.unvoided().filter(person=person)
    if scope.everything or scope.filter(rows).exists():
        return person
    raise NotFound(code)


def holders(unit: Unit, on: date) -> QuerySet[Tenure]:
    """Who holds which office at a unit on a day."""
    return Tenure.objects.on(on).filter(unit=unit).select_related("person", "body").order_by("office", "valid_from")


def members_of(units: Iterable[Unit | int], on: date) -> QuerySet[Membership]:
    """Home memberships at units on a day, by name."""
    rows = Membership.objects.on(on).filter(unit__in=list(units), kind="home").select_related("person")
    return rows.order_by("person__sort_key", "person_id")


def by_number(kind: str, digits: str) -> Person | None:
    """Who bears a number now; exact only."""
    row = PersonNumber.objects.unvoided().filter(digest=digest(kind, digits)).select_related("person").first()
    return row.person if row else None


@dataclass(frozen=True)
class Ground:
    """Where a list of members stands: a unit, the day asked for, and the day of the tree in which it is read. The tree
    is that of the day asked for; where the unit did not exist yet, that of the actor's day."""

    unit_id: int
    name: str
    kind: str
    path: str
    on: date
    tree_day: date
    children: tuple[Card, ...]
    groups: tuple[tuple[int, str], ...]

    @property
    def cell(self) -> bool:
        """True for a cell: members stand at it and no unit hangs under it."""
        kind = rulebook.at(self.tree_day).kinds().get(self.kind)
        return bool(kind and kind.cell)

    def inside(self, prefix: str = "unit__") -> dict[str, Any]:
        """Lookups for rows at the unit or below it: one join to the placement of their unit."""
        return placed(prefix, self.tree_day) | within(self.path, f"{prefix}placements__path")


def placed(prefix: str, day: date) -> dict[str, Any]:
    """Lookups that join a row's unit to its placement of a day."""
    start = f"{prefix}placements__"
    return {f"{start}voided_at__isnull": True, f"{start}valid_from__lte": day, f"{start}valid_to__gt": day}


def ground(actor: Actor, code: str, unit: int, on: date) -> Ground:
    """The unit with its children, as of a day, in one query when the actor may do `code` there. Raises `NotFound` or
    `Forbidden` when not."""
    here = Q(valid_from__lte=on, valid_to__gt=on)
    now = Q(unit=unit, valid_from__lte=actor.on, valid_to__gt=actor.on)
    wanted = Placement.objects.unvoided().filter(now | here & (Q(unit=unit) | Q(parent=unit, stands=True)))
    rows = list(wanted.annotate(called=Subquery(names_on("unit_id", on)), groups=Subquery(_groups(on))))
    own = [row for row in rows if row.unit_id == unit]
    current = next((row for row in own if row.holds_on(actor.on)), None)
    if current is None or not actor.scope(code).covers(current.path):
        actor.require(code, at=unit)
    chosen = next((row for row in own if row.holds_on(on)), current)
    if chosen is None:
        raise NotFound(code)
    cards = [
        Card(row.unit_id, row.called or "", "", row.kind, row.parent_id, row.path, row.stands)
        for row in rows
        if row.unit_id != unit
    ]
    day = on if chosen.holds_on(on) else actor.on
    children = tuple(sorted(cards, key=natural))
    groups = [line.partition(":") for line in sorted((chosen.groups or "").split("\n")) if line]
    named = tuple((int(key), name) for name, _colon, key in (("".join(g[2:]), g[1], g[0]) for g in groups))
    return Ground(unit, chosen.called or "", chosen.kind, chosen.path, on, day, children, named)


class _Lines(Aggregate):
    """Texts of many rows as lines of one."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, CHAR(10))"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, CHR(10))", **context
        )


def _groups(on: date) -> "QuerySet[Group, Any]":
    """A subquery: the Party groups of an outer placement's unit, as lines "id:name"."""
    line = Concat(Cast("pk", TextField()), Value(":"), "name", output_field=TextField())
    rows = Group.objects.on(on).filter(unit=OuterRef("unit_id")).order_by().values("unit")
    return rows.annotate(lines=_Lines(line)).values("lines")


def _pairs(lines: str) -> tuple[tuple[int, str], ...]:
    pairs = [line.partition(":") for line in lines.split("\n") if line]
    return tuple(sorted(((int(key), name) for key, _colon, name in pairs), key=lambda pair: (plain(pair[1]), pair[0])))


def names_on(reference: str, on: date) -> "QuerySet[UnitName, Any]":
    """A subquery: what the unit of an outer row is called on a day; before its founding, its first name."""
    rows = UnitName.objects.unvoided().filter(unit=OuterRef(reference), valid_to__gt=on)
    return rows.order_by("valid_from").values("name")[:1]
