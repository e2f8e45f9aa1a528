"""Two years of dues in the deep commune, loaded as from the cells' books; this month the cells still collect."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hatnhan import rulebook
from hatnhan.dues import roster
from hatnhan.dues.books.loading import Former, Given, load
from hatnhan.dues.books.reckoning import counted
from hatnhan.dues.payers.actions import Placed, exempt, load_payers
from hatnhan.dues.roster import Line
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import after, month, months
from hatnhan.kernel.models import Placement
from hatnhan.members.models import Membership, Person
from hatnhan.rulebook.actions import set_local
from hatnhan.rulebook.book import Book

from .places import Places

SPAN = 24
OFTEN, SO_FAR, UNPLACED = 0.97, 0.5, 0.02
SHARES = {"cell": 70, "commune": 90, "grassroots": 90, "upper": 50}
PORTAL = date(2026, 2, 1)


def collect_dues(actor: Actor, places: Places, on: date, seed: int) -> None:
    """Classes of everybody, a few exempt households, two years of books, and a month that is being collected."""
    die, commune = Random(seed), places.commune or places.province
    for code, value in SHARES.items():
        set_local(
            actor=actor, unit=places.province, key=f"dues.split.{code}", value=value, decision="07-QĐ/TU", on=PORTAL
        )
    first = _back(month(on), SPAN)
    here = list(Placement.objects.under(commune, on).values_list("unit_id", flat=True))
    people = Person.objects.filter(
        pk__in=Membership.objects.during(first, after(month(on))).filter(unit__in=here, kind="home").values("person")
    )
    payers = [_class(die, person, first, on) for person in people.order_by("pk") if die.random() > UNPLACED]
    load_payers(actor=actor, unit=commune, payers=payers)
    for one in payers[40 :: max(1, len(payers) // 12)]:
        exempt(
            actor=actor, person=Person.objects.get(pk=one.person), month=PORTAL, paper="Nghị quyết chi bộ",
            kind=die.choice(("household", "household", "social_pension")),
        )  # fmt: skip
    former = [
        one
        for at in months(first, after(month(on)))
        for one in _month(die, here, at, commune.pk, on, places.villages[3].pk)
    ]
    old = [unit.pk for unit in places.old_communes]
    load(actor=actor, unit=commune, former=former, committees=[*old, commune.pk])


def _back(at: date, count: int) -> date:
    years, rest = divmod(at.year * 12 + at.month - 1 - count, 12)
    return date(years, rest + 1, 1)


def _class(die: Random, person: Person, first: date, on: date) -> Placed:
    born = person.birth.earliest.year if person.birth else on.year - 50
    old = on.year - born >= 60
    if old and die.random() < 0.6:
        return Placed(person.pk, "pensioner", first, die.randrange(30, 95) * 100_000)
    if not old and die.random() < 0.45:
        return Placed(person.pk, "insured", first, die.randrange(52, 160) * 100_000)
    return Placed(person.pk, "uninsured_retired" if old else "uninsured", first, 2_000 if old else 4_000)


def _month(
    die: Random, units: list[int], at: date, commune: int, on: date, to_fill: int
) -> list[Former]:  # fmt: skip
    """What the cells of the commune collected in a month; one has this month still before it."""
    book, running = rulebook.at(at, commune), at == month(on)
    found = []
    for unit, lines in sorted(roster.of_units(units, at, min(after(at) - timedelta(days=1), on)).items()):
        if running and (unit == to_fill or die.random() < SO_FAR):
            continue
        paid = tuple(one for line in lines if (one := _paid(die, line, book, at, on)))
        received = {one.person for one in paid}
        told = [(replace(line, payment=1) if line.person in received else line, line.due(book, at)) for line in lines]
        late = not running and after(at) == month(on) and die.random() < 0.1
        found.append(Former(unit, at, paid, counted(told), closed=not running, late=late))
    return found


def _paid(die: Random, line: Line, book: Book, at: date, on: date) -> Given | None:
    due = line.due(book, at)
    if not due.amount or line.facts.where != "here" or die.random() > OFTEN:
        return None
    day = min(at.replace(day=die.randint(3, 26)), on)
    if at < PORTAL or die.random() < 0.5:
        return Given(line.person, due.amount, day)
    return Given(line.person, due.amount, day, "portal", f"DVC{at:%y%m}{line.person:06d}")
