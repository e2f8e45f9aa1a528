"""What happens once in a while, so that every page of the demonstration has something to show: deviations from ordinary
Party life, two records of one person, a split, a cell without a secretary, accounts in every state."""

from datetime import date, timedelta
from random import Random

from hatnhan.access import actions as access
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.members import actions as members
from hatnhan.members.models import Membership, Participation, Person, Standing, Tenure
from hatnhan.units import actions as units
from hatnhan.units.queries import name_of

from .places import Places

SPLIT = date(2026, 8, 15)
DEVIATIONS = (
    ("temporary_out", 150, 210), ("temporary_out", 90, 180), ("exempt_for_time", 60, 240), ("suspended", 40, 90),
    ("in_transit", 9, 60), ("abroad", 200, 500),
)  # fmt: skip


def split_a_cell(actor: Actor, places: Places, on: date) -> None:
    """A village cell that had grown too large became two."""
    cell = places.villages[-20]
    there = _ordinary(cell, SPLIT)
    if on >= SPLIT and len(there) > 12:
        name = f"{name_of(cell, SPLIT)} 2"
        fresh = units.split(
            actor=actor, unit=cell, name=name, people=[one.pk for one in there[:8]], on=SPLIT, decision="31-QĐ/ĐU"
        )
        members.appoint(actor=actor, person=there[0], unit=fresh, office="secretary", on=SPLIT)


def unusual_people(actor: Actor, places: Places, die: Random, on: date) -> None:
    """Some are away, exempt for a time or suspended; two persons have two records each, of which one pair is merged; a
    cell waits for its new secretary."""
    cells = places.villages[:10]
    for cell, (kind, ago, lasting) in zip(cells, DEVIATIONS, strict=False):
        start = on - timedelta(days=ago)
        person = die.choice(_ordinary(cell, on))
        if Membership.objects.on(start).filter(person=person, kind="home").exists():
            until = start + timedelta(days=lasting)
            members.set_participation(actor=actor, person=person, kind=kind, on=start, until=until)
    for index, cell in enumerate(cells[6:8]):
        person, elsewhere = _ordinary(cell, on)[0], places.agencies[index]
        again = members.receive(
            actor=actor, unit=elsewhere, on=on - timedelta(days=70), came="loaded", name=person.name, sex=person.sex,
            birth=Known(str(person.birth.year)) if person.birth else None, phone="0900000100",
        )  # fmt: skip
        if index == 0:
            members.merge_people(actor=actor, kept=person, gone=again, on=on, reason="Một đồng chí có hai hồ sơ")
    leading = (
        Tenure.objects.on(on).filter(unit=places.villages[12], office="secretary").select_related("person").first()
    )
    if leading is not None:
        members.end_tenure(actor=actor, tenure=leading, on=on - timedelta(days=12))


def more_accounts(actor: Actor, places: Places, on: date) -> None:
    """Secretaries whose slips wait to be handed out, one of them locked on suspicion of misuse."""
    leading = Tenure.objects.on(on).filter(unit__in=places.villages[4:14], office="secretary", person__account=None)
    slips = [
        members.open_account(actor=actor, person=row.person, on=on)
        for row in leading.select_related("person").order_by("unit")
    ]
    if len(slips) > 1:
        access.lock(actor=actor, account=slips[-1].account, why="misuse", on=on)


def _ordinary(cell: Unit, on: date) -> list[Person]:
    """Full members who take part and hold no office."""
    full = Standing.objects.on(on).filter(kind="full").values("person")
    busy = Tenure.objects.on(on).values("person")
    away = Participation.objects.on(on).values("person")
    rows = Membership.objects.on(on).filter(unit=cell, kind="home", person__in=full)
    rows = rows.exclude(person__in=busy).exclude(person__in=away).select_related("person")
    return [row.person for row in rows.order_by("pk")]
