"""Questions to badges: who falls due between two days, the cases of a batch, what somebody holds."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import attrgetter, or_
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.days import back_years
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members.models import Membership, Person, Standing
from hatnhan.members.queries import may_see, standing

from ..models import Badge, BadgeCase, Postponement, ProvinceSymbol
from ..permissions import VIEW
from .rules import Facts, due_on

BY_DAY = attrgetter("day", "level", "membership")
EARLIEST = timedelta(days=800)
"""More than the two years by which a badge may be given before its day."""


class Due(NamedTuple):
    """Somebody who reaches a level on a day: the row of the home membership with what a list needs."""

    membership: int
    person: int
    unit: int
    level: int
    day: date
    provisional: bool


def reaching(first: date, last: date, levels: Iterable[int], prefix: str = "person__") -> Q:
    """The condition that the Party age reaches one of the levels in `[first, last)`, as ranges of its base. A base of
    29 February may make it one day too wide at the beginning: `level_of` settles it."""
    base = f"{prefix}party_base"
    spans = (
        Q(**{f"{base}__gte": back_years(first, level) - timedelta(days=1), f"{base}__lt": back_years(last, level)})
        for level in levels
    )
    return reduce(or_, spans, Q(pk__in=[]))


def level_of(base: date, first: date, last: date, levels: Iterable[int]) -> tuple[int, date] | None:
    """(level, day) that a base reaches in `[first, last)`; None when it reaches none."""
    for year in range(first.year, last.year + 1):
        level = year - base.year
        if level in levels:
            day = due_on(base, level)
            if first <= day < last:
                return level, day
    return None


def homes(unit: Unit | int, on: date) -> "QuerySet[Membership]":
    """Home memberships at and below a unit on a day: the probationary and the full members."""
    return Membership.objects.on(on).filter(kind="home", unit__in=Placement.objects.under(unit, on).values("unit"))


def eligible(unit: Unit | int, on: date, first: date, last: date) -> list[Due]:
    """Who at and below a unit reaches which level on which day of `[first, last)`, and was not awarded it.

    One pass over the home memberships with a range a level, no member asked alone; probationary members and badges of
    the time are taken out by two more questions. A badge is given at most two years early: older ones need no look."""
    levels = rulebook.at(on)["party_age.marks"].value
    spans = reaching(first, last, levels)
    fields = ("pk", "person_id", "unit_id", "person__party_base", "person__party_base_provisional")
    rows = homes(unit, on).filter(spans).order_by()
    since = first - EARLIEST
    held = set(Badge.objects.unvoided().filter(valid_from__gte=since).values_list("person_id", "level"))
    probation = Standing.objects.on(on).filter(spans, kind="probationary")
    young = set(probation.values_list("person_id", flat=True))
    known = frozenset(levels)
    found = []
    for pk, person, where, base, provisional in rows.values_list(*fields):
        reached = level_of(base, first, last, known)
        if reached is not None and person not in young and (person, reached[0]) not in held:
            found.append(Due(pk, person, where, *reached, provisional))
    return sorted(found, key=BY_DAY)


def cases(actor: Actor) -> "QuerySet[BadgeCase]":
    """The cases in the actor's scope."""
    return actor.scope(VIEW).filter(BadgeCase.objects.all()) if actor.scope(VIEW) else BadgeCase.objects.none()


def visible(actor: Actor, key: int) -> BadgeCase:
    """A case in the actor's scope. Raises `NotFound` for any other."""
    found = cases(actor).filter(pk=key).select_related("person", "unit").first()
    if found is None:
        raise NotFound(VIEW)
    return found


def somebody(actor: Actor, key: int, code: str = VIEW) -> Person:
    """A person about whom the actor may do `code`. Raises `NotFound` for any other."""
    person = Person.objects.filter(pk=key, voided_at__isnull=True).first()
    if person is None or not may_see(actor, code, person):
        raise NotFound(code)
    return person


def badge(actor: Actor, key: int) -> Badge:
    """A badge of somebody whom the actor may see. Raises `NotFound` for any other."""
    found = Badge.objects.unvoided().filter(pk=key).select_related("person", "unit").first()
    if found is None or not may_see(actor, VIEW, found.person):
        raise NotFound(VIEW)
    return found


def held_by(person: Person | int) -> frozenset[int]:
    """The levels that somebody was awarded, lost and returned ones included."""
    return frozenset(Badge.objects.unvoided().filter(person=person).values_list("level", flat=True))


def postponed(people: Iterable[int], on: date) -> dict[int, date]:
    """Until when people must wait, of those who must on a day: the latest of several."""
    rows: Any = Postponement.objects.on(on).filter(person__in=list(people)).order_by()
    return dict(rows.values_list("person").annotate(until=Max("valid_to")))


def facts_of(person: Person, on: date, *, evidence: bool = False, explained: bool = False) -> Facts:
    """What the rules ask about somebody on a day."""
    now = standing(person, on)
    died = now.valid_from if now is not None and now.kind == "deceased" else None
    return Facts(
        base=person.party_base, provisional=person.party_base_provisional,
        full=(now is not None and now.kind == "full") or (died is not None and _was_full(person, died)), died=died,
        held=held_by(person), postponed=postponed([person.pk], on).get(person.pk), evidence=evidence,
        explained=explained,
    )  # fmt: skip


def _was_full(person: Person, died: date) -> bool:
    before = standing(person, died - timedelta(days=1))
    return before is not None and before.kind == "full"


def symbol_of(province: Unit | int, on: date) -> str:
    """The letters before the numbers of a province's badges; empty while nobody has recorded them."""
    found = ProvinceSymbol.objects.on(on).filter(unit=province).values_list("symbol", flat=True).first()
    return found or ""


def next_serial(symbol: str, level: int) -> int:
    """The number after the highest ever given under a symbol, whichever province bore it."""
    highest = Badge.objects.filter(symbol=symbol, level=level).aggregate(highest=Max("serial"))["highest"]
    return (highest or 0) + 1


def decided(actor: Actor, unit: Unit | int, batch: date) -> "QuerySet[BadgeCase]":
    """The cases of a batch at and below a unit that were decided, in the order of their numbers."""
    here = Placement.objects.under(unit, actor.on).values("unit")
    rows = cases(actor).filter(unit__in=here, batch_day=batch, state__in=("decided", "awarded"))
    return rows.order_by("level", "number", "pk")


def in_order(keys: Iterable[int]) -> list[BadgeCase]:
    """Cases with their people, in the order of their keys."""
    found = {case.pk: case for case in BadgeCase.objects.filter(pk__in=list(keys)).select_related("person", "unit")}
    return [found[pk] for pk in keys if pk in found]
