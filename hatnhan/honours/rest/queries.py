"""Who is entitled to a rest cure: five groups as data of the rulebook, each found by one query; who was not called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.members.models import Membership
from hatnhan.rulebook import Rule

from ..badges.queries import homes
from ..models import Badge, RestCall, RestMark, RestRound, VeteranStatus
from ..permissions import VIEW


@dataclass(frozen=True)
class Entitled:
    """Somebody entitled by a group; `last` the last day on which a round began to which they went, `calls` how often
    they were called."""

    person: int
    name: str
    unit: int
    group: str
    last: date | None
    calls: int


def groups(on: date) -> dict[str, Rule]:
    """The groups of the day by code, in the order of the rule file."""
    return rulebook.at(on).under("rest.group")


def entitled(unit: Unit | int, on: date) -> list[Entitled]:
    """Everybody at and below a unit who belongs to a group, each by the first that entitles; who was never called comes
    first, then who went longest ago."""
    here = homes(unit, on).values("person")
    found: dict[int, str] = {}
    for code, rule in groups(on).items():
        for person in _in_group(code, rule.value, here, on):
            found.setdefault(person, code)
    went, calls = _before(found)
    rows = Membership.objects.on(on).filter(person__in=list(found), kind="home").select_related("person")
    listed = [
        Entitled(
            row.person_id, row.person.name, row.unit_id, found[row.person_id], went.get(row.person_id),
            calls.get(row.person_id, 0),
        )
        for row in rows.order_by("person__sort_key", "person_id")
    ]  # fmt: skip
    return sorted(listed, key=lambda one: (one.calls > 0, one.last or date.min))


def _in_group(code: str, said: Any, here: Any, on: date) -> Iterable[int]:
    if said["by"] == "veteran":
        rows: Any = VeteranStatus.objects.on(on).filter(person__in=here, kind=said["which"])
    elif said["by"] == "badge":
        rows = Badge.objects.on(on).filter(person__in=here, level__gte=said["level"])
    else:
        rows = RestMark.objects.on(on).filter(person__in=here, entitled_by=code)
    return set(rows.values_list("person_id", flat=True))


def _before(people: Iterable[int]) -> tuple[dict[int, date], dict[int, int]]:
    went: dict[int, date] = {}
    calls: dict[int, int] = {}
    rows = RestCall.objects.filter(person__in=list(people)).order_by("round__first")
    for person, state, first in rows.values_list("person_id", "state", "round__first"):
        calls[person] = calls.get(person, 0) + 1
        if state == "went":
            went[person] = first
    return went, calls


def rounds(actor: Actor) -> Any:
    """Rounds of the units in the actor's scope."""
    return actor.scope(VIEW).filter(RestRound.objects.all()) if actor.scope(VIEW) else RestRound.objects.none()


def visible(actor: Actor, key: int) -> RestRound:
    """A round in the actor's scope. Raises `NotFound` for any other."""
    found: RestRound | None = rounds(actor).filter(pk=key).select_related("unit").first()
    if found is None:
        raise NotFound(VIEW)
    return found


def call(actor: Actor, key: int) -> RestCall:
    """A call of a round in the actor's scope."""
    found = RestCall.objects.filter(pk=key).select_related("round__unit", "person").first()
    if found is None:
        raise NotFound(VIEW)
    visible(actor, found.round_id)
    return found
