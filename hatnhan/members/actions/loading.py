"""Many new members at once: what an import or the demonstration brings in, as one act, through bulk writing.

Whoever calls has checked each newcomer by the rules; the database still refuses overlaps and numbers held twice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from hatnhan.kernel import bulk
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.secrets import digest, seal, tail
from hatnhan.kernel.vietnamese import plain, sort_key
from hatnhan.members import permissions, rules
from hatnhan.members.models import Membership, Participation, Person, PersonNumber, Standing

FIELDS = (
    "other_name", "sex", "birth", "hometown", "residence", "occupation", "education", "theory", "phone", "cv_number",
    "sealed", "decision_date", "ceremony_date", "official_date", "note",
)  # fmt: skip
EMPTY: dict[str, Any] = dict.fromkeys(FIELDS, "") | dict.fromkeys(
    ("birth", "decision_date", "ceremony_date", "official_date")
)


@dataclass(slots=True)
class Newcomer:
    """A checked person who is not in the system yet: home unit, day from which the home counts, standing, what is
    known (`FIELDS`), numbers by kind, a participation other than active, and when probation or membership began."""

    unit_id: int
    on: date
    name: str
    standing: str = "full"
    came: str = "loaded"
    values: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    participation: str = ""

    def dates(self) -> rules.Dates:
        get = self.values.get
        return rules.Dates(get("birth"), get("decision_date"), get("ceremony_date"), get("official_date"))


@action("members.load")
def load(
    *, actor: Actor, unit: Unit, newcomers: Sequence[Newcomer], source: str, reason: str = "",
    progress: Callable[[int], None] = lambda done: None,
) -> range:  # fmt: skip
    """Record newcomers under `unit`, in bulk. `source` names the list they come from. Returns their person ids, in
    order. `progress` is told how many tables' worth of work is done, 0 to 5."""
    actor.require(permissions.IMPORT, at=unit)
    stamped = (act().at, act().id)
    ids = bulk.reserve(Person, len(newcomers))
    people = list(zip(ids, newcomers, strict=True))
    bulk.insert(Person, ("id", "name", "name_key", "sort_key", *FIELDS, "party_base", "party_base_provisional",
                         "version", "recorded_at", "recorded_in"), _persons(people, stamped))  # fmt: skip
    progress(1)
    dated = ("person_id", "valid_from", "valid_to", "recorded_at", "recorded_in")
    bulk.insert(Standing, (*dated, "kind", "decision"), _standings(people, stamped))
    progress(2)
    bulk.insert(
        Membership, (*dated, "unit_id", "kind", "came", "went"),
        ((pk, one.on, FAR, *stamped, one.unit_id, "home", one.came, "") for pk, one in people),
    )  # fmt: skip
    progress(3)
    bulk.insert(PersonNumber, (*dated, "kind", "sealed", "digest", "tail"), _numbers(people, stamped))
    progress(4)
    bulk.insert(
        Participation, (*dated, "kind", "decision"),
        ((pk, one.on, FAR, *stamped, one.participation, "") for pk, one in people if one.participation),
    )  # fmt: skip
    progress(5)
    act().about(Person, ids)
    act().tell(
        gettext_noop("Nhập %(count)s đảng viên từ danh sách %(source)s."), units=[unit], count=len(newcomers),
        source=source,
    )  # fmt: skip
    return ids


def _persons(people: Iterable[tuple[int, Newcomer]], stamped: tuple[Any, int]) -> Iterable[tuple[Any, ...]]:
    for pk, one in people:
        values = EMPTY | one.values
        base, provisional = rules.party_base(one.dates(), ())
        yield (
            pk, one.name, plain(one.name), sort_key(one.name), *(values[name] for name in FIELDS), base, provisional, 0,
            *stamped,
        )  # fmt: skip


def _standings(people: Iterable[tuple[int, Newcomer]], stamped: tuple[Any, int]) -> Iterable[tuple[Any, ...]]:
    for pk, one in people:
        for spell in rules.spells(one.standing, one.dates(), one.on):
            yield pk, spell.start, spell.end, *stamped, spell.kind, ""


def _numbers(people: Iterable[tuple[int, Newcomer]], stamped: tuple[Any, int]) -> Iterable[tuple[Any, ...]]:
    for pk, one in people:
        for kind, digits in one.numbers.items():
            yield pk, one.on, FAR, *stamped, kind, seal(digits), digest(kind, digits), tail(digits)


__all__ = ["FIELDS", "Newcomer", "load"]
