"""A list held against what is here, without writing: only here, only there, different, missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members.choices import FIELDS, NUMBER_KINDS, PARTICIPATIONS, SEX, STANDINGS
from hatnhan.members.models import Membership, Person, PersonNumber
from hatnhan.members.recognise import Entry

from .plan import Line, plan_rows

NEEDED = ("sex", "birth", "hometown", "ceremony_date", "official_date")


@dataclass(frozen=True)
class Here:
    """Somebody of the installation, as a comparison names them."""

    person_id: int
    name: str
    birth: str
    unit_id: int


@dataclass(frozen=True)
class Different:
    """Somebody in both, with what differs: (label, here, there)."""

    row: int
    person_id: int
    name: str
    birth: str
    unit_id: int | None
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Missing:
    """Somebody here of whom something that every list wants is not known."""

    person_id: int
    name: str
    birth: str
    unit_id: int
    labels: tuple[str, ...]


@dataclass
class Comparison:
    """The four answers, and how many agree."""

    same: int = 0
    only_here: list[Here] = field(default_factory=list)
    only_there: list[Line] = field(default_factory=list)
    different: list[Different] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    unclear: list[Line] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {
            "same": self.same, "only_here": len(self.only_here), "only_there": len(self.only_there),
            "different": len(self.different), "missing": len(self.missing), "unclear": len(self.unclear),
        }  # fmt: skip


def compare(entries: Iterable[Entry], *, actor: Actor, unit: Unit, on: date, source: str) -> Comparison:
    """Compare a list with the members of `unit` and below on the day."""
    plan = plan_rows(entries, actor=actor, unit=unit, on=on, source=source)
    found = Comparison()
    matched: set[int] = set()
    for line in plan.lines:
        person_id = line.person_id or line.question.get("person")
        if line.question.get("kind") != "number_elsewhere" and person_id:
            matched.add(person_id)
        if line.outcome == "unchanged":
            found.same += 1
        elif line.outcome == "changed":
            found.different.append(_different(line))
        elif line.outcome == "new":
            found.only_there.append(line)
        else:
            found.unclear.append(line)
    _here(found, unit, on, matched)
    return found


def _different(line: Line) -> Different:
    person = Person.objects.get(pk=line.person_id)
    fields = tuple(_shown(person, name, value) for name, value in line.changes.items())
    return Different(line.row, person.pk, person.name, _iso(person.birth), line.unit_id, fields)


def _shown(person: Person, name: str, value: Any) -> tuple[str, str, str]:
    """A differing field in words; numbers only as their last three digits."""
    if name.startswith("number:"):
        kind = name.removeprefix("number:")
        held = PersonNumber.objects.unvoided().filter(person=person, kind=kind).first()
        return str(NUMBER_KINDS[kind]), held.tail if held else "", f"…{str(value)[-3:]}"
    if name == "standing":
        return _("Tình trạng"), str(STANDINGS["probationary"]), str(STANDINGS["full"])
    if name == "participation":
        return _("Sinh hoạt"), "", str(PARTICIPATIONS.get(value, value))
    if name == "offices":
        return _("Chức vụ"), "", ", ".join(value)
    if name == "sex":
        return str(FIELDS[name]), str(SEX[person.sex]), str(SEX[value])
    return str(FIELDS[name]), _text(getattr(person, name)), _text(value)


def _here(found: Comparison, unit: Unit, on: date, matched: set[int]) -> None:
    scope = Placement.objects.under(unit, on).values("unit")
    rows = Membership.objects.on(on).filter(kind="home", unit__in=scope).select_related("person")
    numbered = set(
        PersonNumber.objects.unvoided().filter(kind="national_id", person__in=rows.values("person")).values_list(
            "person_id", flat=True
        )
    )
    for row in rows.order_by("unit_id", "person__sort_key", "person_id").iterator(chunk_size=2000):
        person = row.person
        if person.pk not in matched:
            found.only_here.append(Here(person.pk, person.name, _iso(person.birth), row.unit_id))
        labels = [str(FIELDS[name]) for name in NEEDED if not getattr(person, name)]
        if person.pk not in numbered:
            labels.append(str(NUMBER_KINDS["national_id"]))
        if labels:
            found.missing.append(Missing(person.pk, person.name, _iso(person.birth), row.unit_id, tuple(labels)))


def _iso(known: Known | None) -> str:
    return known.iso if known else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)
