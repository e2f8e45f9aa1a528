"""Temporary transfers of the demonstration: one under way, one extended, one over and not extended, one back."""

from datetime import date, timedelta

from hatnhan.kernel.actor import Actor
from hatnhan.members.models import Membership, Participation, Person, Standing, Tenure
from hatnhan.movements.models import TransferCase
from hatnhan.movements.temporary import actions

from .places import Places


def stay_elsewhere(actor: Actor, places: Places, on: date) -> None:
    """Each by its acts."""
    cells, there = iter(places.villages), places.neighbour_cells[2]
    lasting = {"work": 200, "residence": 250, "study": 500}
    for number, (why, ago) in enumerate((("work", 60), ("study", 100), ("work", 205), ("residence", 90))):
        start = on - timedelta(days=ago)
        person = next((found for cell in cells if (found := _ordinary(cell.pk, start, on)) is not None), None)
        if person is None:
            return
        stay = actions.begin_stay(
            actor=actor, person=person, why=why, on=start,
            last=start + timedelta(days=lasting[why]), number=f"{number + 3}-TT", to=there if number != 1 else None,
            destination_text="" if number != 1 else "Trường Chính trị tỉnh Hà Vân", despite=True,
        )  # fmt: skip
        if number == 1:
            actions.extend_stay(actor=actor, stay=stay, last=start + timedelta(days=600), despite=True)
        if number == 3:
            actions.end_stay(actor=actor, stay=stay, on=on - timedelta(days=3))


def _ordinary(cell: int, since: date, on: date) -> Person | None:
    """A full member of the cell without an office, an account or anything unusual; None where nobody is so."""
    busy = Participation.objects.unvoided().filter(valid_to__gt=since).values("person")
    moving = TransferCase.objects.filter(person__isnull=False).values("person")
    held = Tenure.objects.unvoided().filter(valid_to__gt=since).values("person")
    rows = Membership.objects.on(since).filter(unit=cell, kind="home", valid_to__gt=on + timedelta(days=700))
    rows = rows.filter(
        person__in=Standing.objects.on(since).filter(kind="full").values("person"), person__account__isnull=True
    )
    rows = rows.exclude(person__in=busy).exclude(person__in=moving).exclude(person__in=held)
    found = rows.select_related("person").order_by("pk").first()
    return found.person if found is not None else None
