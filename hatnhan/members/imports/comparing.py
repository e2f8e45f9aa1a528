"""A list held against what is here, without writing: only here, only there, different, missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members.choices import FIELDS, NUMBER_KINDS
from hatnhan.members.models import Membership, PersonNumber
from hatnhan.members.recognise import Entry
from hatnhan.units.queries import names

from .line import Line
from .plan import plan_rows

NEEDED = ("sex", "birth", "hometown", "ceremony_date", "official_date")
TABS = ("only_here", "only_there", "different", "missing", "unclear")


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody as a comparison names them: of the list (`row`), of the installation (`person_id`), or of both. `said`
    is what differs, what is missing, or what is unclear: (label, here, there)."""

    name: str
    birth: str
    row: int | None = None
    person_id: int | None = None
    unit_id: int | None = None
    unit: str = ""
    said: tuple[tuple[str, str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "row": self.row, "name": self.name, "birth": self.birth, "unit": self.unit,
            "fields": [{"field": label, "here": here, "there": there} for label, here, there in self.said],
        }  # fmt: skip


@dataclass
class Comparison:
    """The four answers, what is unclear, and how many agree."""

    same: int = 0
    only_here: list[Found] = field(default_factory=list)
    only_there: list[Found] = field(default_factory=list)
    different: list[Found] = field(default_factory=list)
    missing: list[Found] = field(default_factory=list)
    unclear: list[Found] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {"same": self.same, **{tab: len(getattr(self, tab)) for tab in TABS}}

    def as_dict(self) -> dict[str, Any]:
        """Counts under `counts`, and the people of each answer."""
        return {"counts": self.counts(), **{tab: [one.as_dict() for one in getattr(self, tab)] for tab in TABS}}


def compare(entries: Iterable[Entry], *, actor: Actor, unit: Unit, on: date, source: str) -> Comparison:
    """Compare a list with the members of `unit` and below on the day."""
    words: list[tuple[tuple[str, str, str], ...]] = []

    plan = plan_rows(
        entries, actor=actor, unit=unit, on=on, source=source, tell=lambda shown: words.append(tuple(shown))
    )
    found = Comparison()
    matched: set[int] = set()
    called = names({line.unit_id for line in plan.lines if line.unit_id is not None}, on)
    for line, said in zip(plan.lines, words, strict=True):
        person_id = line.person_id or line.question.get("person")
        if person_id and line.question.get("kind") != "number_elsewhere":
            matched.add(person_id)
        _sort_in(found, line, said, called)
    _here(found, unit, on, matched)
    return found


def _sort_in(found: Comparison, line: Line, said: tuple[tuple[str, str, str], ...], called: dict[int, str]) -> None:
    unit = called.get(line.unit_id or 0, "")
    if line.outcome == "unchanged":
        found.same += 1
    elif line.outcome == "changed":
        found.different.append(Found(line.name, line.birth, line.row, line.person_id, line.unit_id, unit, said))
    elif line.outcome == "new":
        found.only_there.append(Found(line.name, line.birth, line.row, None, line.unit_id, unit, said))
    else:
        told = tuple(("", "", problem) for problem in line.problems)
        found.unclear.append(Found(line.name, line.birth, line.row, line.person_id, line.unit_id, unit, told))


def _here(found: Comparison, unit: Unit, on: date, matched: set[int]) -> None:
    """Who of the scope is not in the list, and of whom something that every list wants is not known."""
    scope = Placement.objects.under(unit, on).values("unit")
    rows = Membership.objects.on(on).filter(kind="home", unit__in=scope).select_related("person")
    numbers = PersonNumber.objects.on(on).filter(kind="national_id", person__in=rows.values("person"))
    numbered = set(numbers.values_list("person_id", flat=True))
    called = names(set(rows.values_list("unit_id", flat=True)), on)
    for row in rows.order_by("unit_id", "person__sort_key", "person_id").iterator(chunk_size=2000):
        person = row.person
        told = (person.name, _iso(person.birth), None, person.pk, row.unit_id, called.get(row.unit_id, ""))
        if person.pk not in matched:
            found.only_here.append(Found(*told))
        labels = [str(FIELDS[name]) for name in NEEDED if not getattr(person, name)]
        if person.pk not in numbered:
            labels.append(str(NUMBER_KINDS["national_id"]))
        if labels:
            found.missing.append(Found(*told, said=tuple((label, "", "") for label in labels)))


def _iso(known: Known | None) -> str:
    return known.iso if known else ""
