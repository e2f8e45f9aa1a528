"""Questions to members as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.prepared import Prepared
from hatnhan.kernel.secrets import digest
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.models import Group, UnitCode, UnitName
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
    """A person whom the actor may see: see `may_see`. Raises `NotFound` for anybody else."""
    person = Person.objects.filter(pk=key, voided_at__isnull=True).first()
    if person is None:
        raise NotFound(code)
    if not actor.scope(code):
        actor.require(code)
    if not may_see(actor, code, person):
        raise NotFound(code)
    return person


def may_see(actor: Actor, code: str, person: Person) -> bool:
    """True when the person has a membership of any kind in the actor's scope, now or to come, or, being a member
    nowhere any more, had the last one there. Where somebody only used to be, the record is no longer seen."""
    rows = Membership.objects.unvoided().filter(person=person)
    scope = actor.scope(code)
    if scope.everything:
        return True
    current = rows.filter(valid_to__gt=actor.on)
    if scope.filter(current).exists():
        return True
    last = rows.order_by("-valid_to", "-valid_from").first()
    return last is not None and last.valid_to <= actor.on and scope.filter(rows.filter(pk=last.pk)).exists()


def kept_of(key: int) -> int | None:
    """The record into which the record of this id was merged, however often; None for one that was not merged away."""
    merged = Person.objects.filter(pk=key).values_list("merged_into", flat=True).first()
    return (kept_of(merged) or merged) if merged is not None else None


def places_of(person: Person, on: date) -> list[Membership]:
    """Where a person is or will be, at home first, then as a guest; of somebody who is nowhere any more, the last one.
    Who may see the person at one of these places may see the record."""
    rows = Membership.objects.unvoided().filter(person=person).select_related("unit")
    current = list(rows.filter(valid_to__gt=on).order_by("kind", "valid_from"))
    return current or list(rows.order_by("-valid_to", "-valid_from")[:1])


def former(actor: Actor, code: str, key: int) -> list[Membership]:
    """The memberships in the actor's scope of somebody who has gone elsewhere since, the latest first."""
    rows = Membership.objects.unvoided().filter(person=key, person__voided_at__isnull=True)
    return list(actor.scope(code).filter(rows).select_related("person").order_by("-valid_from"))


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
    parent_id: int | None
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

    @property
    def wide(self) -> bool:
        """True for a province and above, which may hold tens of thousands of members."""
        kind = rulebook.at(self.tree_day).kinds().get(self.kind)
        return kind is None or kind.level < 2


def placed(prefix: str, day: date) -> dict[str, Any]:
    """Lookups that join a row's unit to its placement of a day."""
    start = f"{prefix}placements__"
    return {f"{start}voided_at__isnull": True, f"{start}valid_from__lte": day, f"{start}valid_to__gt": day}


def _grounds(at: Any) -> "QuerySet[Placement, Any]":
    here = Q(valid_from__lte=at.on, valid_to__gt=at.on)
    now = Q(unit=at.unit, valid_from__lte=at.now, valid_to__gt=at.now)
    rows = Placement.objects.unvoided().filter(now | here & (Q(unit=at.unit) | Q(parent=at.unit, stands=True)))
    rows = rows.annotate(called=Subquery(names_on("unit_id", at.on)), groups=Subquery(_groups(at.on)))
    columns = ("unit_id", "parent_id", "kind", "stands", "path", "valid_from", "valid_to", "called", "groups")
    return rows.values_list(*columns)


_GROUNDS = Prepared(_grounds, {"unit": 0, "on": FAR, "now": FAR})


def ground(actor: Actor, code: str, unit: int, on: date) -> Ground:
    """The unit with its children, as of a day, in one query when the actor may do `code` there. Raises `NotFound` or
    `Forbidden` when not."""
    rows = _GROUNDS.rows({"unit": unit, "on": on, "now": actor.on})
    own = [row for row in rows if row.unit_id == unit]
    current = next((row for row in own if row.valid_from <= actor.on < row.valid_to), None)
    if current is None or not actor.scope(code).covers(current.path):
        actor.require(code, at=unit)
    asked = next((row for row in own if row.valid_from <= on < row.valid_to), None)
    chosen = asked or current
    if chosen is None:
        raise NotFound(code)
    cards = [
        Card(row.unit_id, row.called or "", "", row.kind, row.parent_id, row.path, bool(row.stands))
        for row in rows
        if row.unit_id != unit
    ]
    return Ground(
        unit, chosen.parent_id, chosen.called or "", chosen.kind, chosen.path, on, on if asked else actor.on,
        tuple(sorted(cards, key=natural)), _pairs(chosen.groups or ""),
    )  # fmt: skip


class Lines(Aggregate):
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
    return rows.annotate(lines=Lines(line)).values("lines")


def _pairs(lines: str) -> tuple[tuple[int, str], ...]:
    pairs = [line.partition(":") for line in lines.split("\n") if line]
    return tuple(sorted(((int(key), name) for key, _colon, name in pairs), key=lambda pair: (plain(pair[1]), pair[0])))


def code_on(reference: str, on: date) -> Subquery:
    """A subquery: the code that the unit of an outer row bears on a day."""
    return Subquery(UnitCode.objects.on(on).filter(unit=OuterRef(reference)).values("code")[:1])


def names_on(reference: str, on: date) -> "QuerySet[UnitName, Any]":
    """A subquery: what the unit of an outer row is called on a day; before its founding, its first name."""
    rows = UnitName.objects.unvoided().filter(unit=OuterRef(reference), valid_to__gt=on)
    return rows.order_by("valid_from").values("name")[:1]
