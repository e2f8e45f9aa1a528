"""Questions to transfers: who sees which, what stands in the way, how old and how late they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.duties.kinds import Thing
from hatnhan.duties.models import Duty
from hatnhan.kernel.actor import Actor, NotFound, Scope
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.models import Entry, Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.registries import ask
from hatnhan.members import queries as members
from hatnhan.members.models import Person
from hatnhan.movements.permissions import VIEW
from hatnhan.units.authority import authority
from hatnhan.units.queries import children, line_of, name_of, names
from hatnhan.units.queries import find as find_units

from .choices import ICONS, STEPS
from .flows import LIMITS, START, TRANSFER
from .models import OPEN as OPEN_STATES
from .models import TransferCase, TransferStep
from .rules import LetterFacts

OFFERED = 12
OWN_BAR = "transfer_open"


def visible(actor: Actor, code: str = VIEW) -> "QuerySet[TransferCase]":
    """The cases that the actor may see: those that leave a unit of the scope; from the letter on those that come to
    one; and those in which a unit of the scope has done something. The receiving side sees a letter before the member
    is theirs, and nothing of the time before it."""
    scope = actor.scope(code)
    rows = TransferCase.objects.all()
    if scope.everything:
        return rows
    units = scope.units()
    mine = Q(origin__in=units) | Q(destination__in=units, letter_on__isnull=False) | Q(cell__in=units)
    return rows.filter(mine | Q(pk__in=TransferStep.objects.filter(unit__in=units).values("case")))


def find(actor: Actor, pk: int, code: str = VIEW) -> TransferCase:
    """A case that the actor may see. Raises `NotFound` for any other, `Forbidden` without the right anywhere."""
    if not actor.scope(code):
        actor.require(code)
    related = ("person", "origin", "destination", "cell", "issuer", "paper")
    row = visible(actor, code).filter(pk=pk).select_related(*related).first()
    if row is None:
        raise NotFound(code)
    return row


def releasing(actor: Actor, case: TransferCase) -> bool:
    """Whether the actor reads the case as the releasing side does: with what was done before the letter."""
    return case.origin is not None and actor.can(VIEW, at=case.origin)


def kind_of(unit: Unit, on: date) -> str:
    """The kind of a unit on a day; empty where it does not stand."""
    row = Placement.objects.on(on).filter(unit=unit, stands=True).values_list("kind", flat=True).first()
    return row or ""


def keeper(unit: Unit, on: date) -> Unit:
    """The unit whose committee keeps the dossier and issues letters for a cell: by the regime of the day; where nobody
    in the line has that seat, the unit above."""
    try:
        return Unit.objects.get(pk=authority("dossier_keep", unit, on).unit_id)
    except Refused:
        return Unit.objects.get(pk=(line_of(unit, on) or [unit.pk])[:2][-1])


def place_name(unit: Unit | None, text: str, on: date) -> str:
    """What a side is called, with what stands above a unit."""
    if unit is None:
        return text
    line = line_of(unit, on)
    called = names(line[:2], on)
    above = called.get(line[1], "") if len(line) > 2 else ""
    own = called.get(unit.pk) or name_of(unit, on)
    return f"{own}, {above}" if above else own


@dataclass(frozen=True)
class Address:
    """A unit to which a letter may be addressed: names only, of the whole installation."""

    unit: int
    name: str
    above: str


def addresses(actor: Actor, text: str, without: int = 0) -> list[Address]:
    """Units of the whole installation that a typed name or code may mean: a letter goes beyond the own scope, and
    names of organisations are no secret. Nothing else of them is shown. At least three letters are needed."""
    words = " ".join(text.split())
    if len(words) < 3:
        return []
    found = [card for card in find_units(words, Scope((), actor.on, True), actor.on) if card.id != without]
    above = names({card.parent_id for card in found if card.parent_id}, actor.on)
    return [Address(card.id, card.name, above.get(card.parent_id or 0, "")) for card in found[:OFFERED]]


def letter_facts(actor: Actor, case: TransferCase, on: date, *, despite: bool = False) -> LetterFacts:
    """What is known before a letter of the day is issued."""
    person = case.person
    standing = members.standing(person, on) if person else None
    participation = members.participation(person, on) if person else None
    duty = Duty.objects.filter(kind=START, about=case.pk, state="open").first()
    pending = [one for one in ask("transfer", person, on) if one.code != OWN_BAR] if person else []
    return LetterFacts(
        own=person is not None and actor.person_id == person.pk, despite=despite, book=rulebook.at(on), on=on,
        proof=case.proof, checks=case.checks, probationary=standing is not None and standing.kind == "probationary",
        suspended=participation is not None and participation.kind == "suspended",
        start_by=duty.due if duty else None,
        badge_base=person.party_base if person and standing and standing.kind == "full" else None, pending=pending,
    )  # fmt: skip


def open_case(person: Person, _on: date) -> list[Reason]:
    """Why somebody with an open case is not moved past it: a bar of `members.transfer`."""
    if not TransferCase.objects.filter(person=person, state__in=OPEN_STATES).exists():
        return []
    text = _("Đồng chí %(name)s đang có một việc chuyển sinh hoạt chưa xong; hãy làm tiếp việc đó hoặc hủy nó trước.")
    return [Reason(OWN_BAR, text % {"name": person.name})]


# --- as pages show them ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """What a case waits for: of which duty, until when, by which office, whether it is late."""

    kind: str
    day: date
    late: bool
    duty: int


def dues(cases: Iterable[int], on: date) -> dict[int, list[Due]]:
    """The open duties of many cases, the first due first, in one query."""
    rows = Duty.objects.filter(kind__in=LIMITS, about__in=list(cases), state="open").order_by("due", "pk")
    found: dict[int, list[Due]] = {}
    for row in rows:
        found.setdefault(row.about, []).append(Due(row.kind, row.due, row.due < on, row.pk))
    return found


def overdue(on: date) -> "QuerySet[Duty, Any]":
    """The ids of cases that owe something whose last day has passed, as a subquery."""
    return Duty.objects.filter(kind__in=LIMITS, state="open", due__lt=on).values("about")


def stages(rows: "QuerySet[TransferCase]", on: date) -> list[tuple[str, str, int, int]]:
    """(state, label, how many, how many of them late) of the cases that are not settled, in the order of the flow."""
    late = Count("pk", filter=Q(pk__in=overdue(on)))
    counted = rows.filter(state__in=OPEN_STATES).order_by().values("state").annotate(n=Count("pk"), late=late)
    found = {row["state"]: (row["n"], row["late"]) for row in counted}
    states = [state for state in TRANSFER.open_states if state != "new"]
    return [(state, str(TRANSFER.states[state]), *found.get(state, (0, 0))) for state in states]


@dataclass(frozen=True)
class Told:
    """A step of the story in words."""

    on: date
    title: str
    text: str
    by: str
    icon: str
    kind: str


def story(case: TransferCase, on: date, *, whole: bool) -> list[Told]:
    """The steps, the latest first, each with who did it; without `whole` those that the other side does not read are
    left out. Three queries."""
    rows = case.steps.order_by("-pk")
    found = list(rows if whole else rows.filter(inner=False))
    acts = Entry.objects.filter(pk__in=[row.act for row in found]).values_list("pk", "actor")
    by = {pk: actor_name(label) for pk, label in acts}
    called = names({row.unit_id for row in found if row.unit_id}, on)
    return [
        Told(
            row.on, str(STEPS[row.verb]), " · ".join(filter(None, (row.paper, row.note))),
            ", ".join(filter(None, (by.get(row.act, ""), called.get(row.unit_id or 0, "")))),
            ICONS.get(row.verb, "check"), "main" if row.verb in ("issue", "receive", "confirm_left") else "",
        )
        for row in found
    ]  # fmt: skip


def describe(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """What duties about transfers say, of those cases that the reader may see."""
    rows = visible(actor).filter(pk__in=list(ids)) if actor.scope(VIEW) else TransferCase.objects.none()
    return {row.pk: Thing(row.name, reverse("movements.transfer", args=[row.pk])) for row in rows}


def of_person(person: int) -> "QuerySet[TransferCase]":
    """The cases of a member, the latest first."""
    return TransferCase.objects.filter(person=person).order_by("-pk")


def siblings(unit: Unit, on: date) -> list[Address]:
    """The other cells under the same unit: where most people go."""
    line = line_of(unit, on)
    return (
        [Address(card.id, card.name, "") for card in children(line[1], on) if card.id != unit.pk][:40]
        if line[1:]
        else []
    )
