"""Two years of an invented commune, month by month: admissions, recognitions, transfers, exemptions, deaths, offices.

Everything after the first load goes through the same actions as the pages."""

from datetime import date, timedelta
from random import Random

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, after, months
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.members import actions as members
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.models import Membership, Participation, Person, Standing, Tenure
from hatnhan.units import actions as units
from hatnhan.units.queries import name_of

from . import names
from .corners import SPLIT, split_a_cell
from .places import SWITCH_208, TWO_TIERS, VILLAGES_MERGED, Places, switch_to_208, two_tiers, villages_merged

START = date(2024, 11, 1)
PAPERWORK = timedelta(days=25)


class Life:
    """The demonstration's history, told once and in order."""

    def __init__(self, actor: Actor, places: Places, die: Random, today: date) -> None:
        self.actor, self.places, self.die, self.today = actor, places, die, today
        self.serial = 0

    def tell(self) -> None:
        """From the first list to today."""
        self.first_list()
        self.offices(START, self.places.cells + self.places.neighbour_cells)
        self.groups()
        turning = {
            TWO_TIERS: self.into_two_tiers, VILLAGES_MERGED: self.merge_villages, SPLIT: self.split_a_cell,
            SWITCH_208: self.into_208,
        }  # fmt: skip
        for month in months(START, self.today):
            self.month(month)
            for day, turn in turning.items():
                if month <= day < after(month) and day <= self.today:
                    turn()
        self.recognitions(self.today)

    # --- the first day ---

    def first_list(self) -> None:
        """About 1,200 members in the deep commune, one cell of 150, and some in the neighbouring communes."""
        newcomers = []
        for cell in self.places.cells + self.places.neighbour_cells:
            sizes = {self.places.large: 150, self.places.agencies[1]: 5}
            size = sizes.get(cell) or self.die.randint(11, 27)
            for number in range(size):
                standing = "probationary" if number > 3 and self.die.random() < 0.04 else "full"
                newcomers.append(self._newcomer(cell, standing))
        load(actor=self.actor, unit=self.places.province, newcomers=newcomers, source="Danh sách ban đầu")
        for row in Membership.objects.on(START).select_related("person").order_by("pk"):
            old = row.person.birth is not None and row.person.birth.years_on(START) >= 74
            if old and self.die.random() < 0.6:
                members.set_participation(actor=self.actor, person=row.person, kind="exempt", on=START)

    def _newcomer(self, cell: Unit, standing: str) -> Newcomer:
        self.serial += 1
        made = names.person(self.die, START, serial=self.serial, young=standing == "probationary", standing=standing)
        return Newcomer(cell.pk, START, made.name, standing, "loaded", made.values, made.numbers)

    def offices(self, on: date, cells: list[Unit]) -> None:
        """A secretary in every cell, a deputy where there are members enough, a committee member in the larger ones."""
        for cell in cells:
            here = self._full(cell, on)
            self.die.shuffle(here)
            wanted = ["secretary", "deputy_secretary", *(["committee_member"] if len(here) >= 9 else [])]
            for office, person in zip(wanted, here, strict=False):
                members.appoint(actor=self.actor, person=person, unit=cell, office=office, on=on)

    def groups(self) -> None:
        """The cell of 150 is divided into seven Party groups."""
        assert self.places.large is not None
        groups = [
            units.add_group(actor=self.actor, unit=self.places.large, name=f"Tổ đảng {n}", on=START)
            for n in range(1, 8)
        ]
        rows = Membership.objects.on(START).filter(unit=self.places.large).select_related("person").order_by("pk")
        for number, row in enumerate(rows):
            members.place_in_group(actor=self.actor, person=row.person, group=groups[number % 7], on=START)

    # --- a month ---

    def month(self, first: date) -> None:
        """What happens in a month; days after today do not happen."""
        cells = self._standing_cells(first)
        for _ in range(self.die.randint(2, 6)):
            self._admit(self.die.choice(cells), self._day(first))
        for _ in range(self.die.randint(1, 3)):
            self._transfer(self.die.choice(cells), self.die.choice(cells), self._day(first))
        if self.die.random() < 0.7:
            self._transfer(self.die.choice(cells), None, self._day(first))
        if self.die.random() < 0.8:
            self._arrive(self.die.choice(cells), self._day(first))
        for _ in range(self.die.choice((0, 1, 1, 2))):
            self._die(self._day(first))
        self.recognitions(first)

    def _day(self, first: date) -> date:
        return first + timedelta(days=self.die.randint(1, 26))

    def _admit(self, cell: Unit, on: date) -> None:
        if on > self.today:
            return
        self.serial += 1
        made = names.person(self.die, on, serial=self.serial, young=True, standing="probationary")
        values = made.values | {
            "decision_date": Known((on - timedelta(days=14)).isoformat()), "ceremony_date": Known(on.isoformat())
        }  # fmt: skip
        members.receive(
            actor=self.actor, unit=cell, on=on, name=made.name, standing="probationary", came="admitted", **values
        )

    def _arrive(self, cell: Unit, on: date) -> None:
        if on <= self.today:
            self.serial += 1
            made = names.person(self.die, on, serial=self.serial)
            members.receive(actor=self.actor, unit=cell, on=on, name=made.name, numbers=made.numbers, **made.values)

    def _transfer(self, cell: Unit, to: Unit | None, on: date) -> None:
        movable = [] if on > self.today or cell == to else self._ordinary(cell, on)
        if len(movable) > 6:
            members.transfer(actor=self.actor, person=self.die.choice(movable), to=to, on=on)

    def _die(self, on: date) -> None:
        oldest = Membership.objects.on(on).filter(
            kind="home", valid_to=FAR, valid_from__lt=on, person__birth__lt="1948"
        )
        keys = list(oldest.order_by("pk").values_list("person_id", flat=True)) if on <= self.today else []
        if keys:
            person = Person.objects.get(pk=self.die.choice(keys))
            if not Tenure.objects.on(on).filter(person=person).exists():
                members.leave(actor=self.actor, person=person, how="deceased", on=on)

    def recognitions(self, before: date) -> None:
        """Whoever has been on probation for twelve months becomes a full member on that very day; recorded once the
        decision has come."""
        rows = Standing.objects.unvoided().filter(kind="probationary", valid_to=FAR).select_related("person")
        for row in rows.order_by("valid_from", "pk"):
            due = row.valid_from.replace(year=row.valid_from.year + 1, day=min(row.valid_from.day, 28))
            if START < due <= min(before, self.today - PAPERWORK):
                members.recognise(actor=self.actor, person=row.person, on=due)

    # --- the turning points ---

    def into_two_tiers(self) -> None:
        """The new commune gets its committee, its bodies and their heads."""
        two_tiers(self.actor, self.places)
        commune = self.places.commune
        assert commune is not None
        leaders = self._full(self.places.agencies[4], TWO_TIERS)[:8]
        for office, person in zip(
            ("secretary", "standing_deputy_secretary", "deputy_secretary"), leaders, strict=False
        ):
            members.appoint(actor=self.actor, person=person, unit=commune, office=office, on=TWO_TIERS)
        for kind, person in zip(
            ("inspection_commission", "party_building_board", "office", "political_centre"), leaders[3:], strict=False
        ):
            body = units.add_body(actor=self.actor, unit=commune, kind=kind, on=TWO_TIERS)
            members.appoint(actor=self.actor, person=person, unit=commune, body=body, office="head", on=TWO_TIERS)
        for cell in self.places.villages:
            name = name_of(cell, TWO_TIERS).removeprefix("Chi bộ ")
            kind = "to_dan_pho" if cell == self.places.large else "thon"
            locality = units.add_locality(
                actor=self.actor, unit=commune, kind=kind, name=name.removeprefix("thôn ").removeprefix("tổ dân phố "),
                on=TWO_TIERS,
            )  # fmt: skip
            units.lead_locality(actor=self.actor, locality=locality, unit=cell, on=TWO_TIERS)

    def merge_villages(self) -> None:
        """Ten villages become five; the merged cells keep their secretary."""
        villages_merged(self.actor, self.places, self.die)

    def split_a_cell(self) -> None:
        """One village cell becomes two."""
        split_a_cell(self.actor, self.places, self.today)

    def into_208(self) -> None:
        """The commune follows Regulation 208."""
        switch_to_208(self.actor, self.places)

    # --- who is where ---

    def _standing_cells(self, on: date) -> list[Unit]:
        gone = set(self.places.villages[14:23:2]) if on >= VILLAGES_MERGED else set()
        return [cell for cell in self.places.cells if cell not in gone]

    def _full(self, cell: Unit, on: date) -> list[Person]:
        full = Standing.objects.on(on).filter(kind="full").values("person")
        away = Participation.objects.on(on).values("person")
        rows = Membership.objects.on(on).filter(unit=cell, kind="home", person__in=full).exclude(person__in=away)
        return [row.person for row in rows.select_related("person").order_by("pk")]

    def _ordinary(self, cell: Unit, on: date) -> list[Person]:
        busy = Tenure.objects.on(on).values("person")
        rows = Membership.objects.on(on).filter(unit=cell, kind="home", valid_to=FAR, valid_from__lt=on)
        return [row.person for row in rows.exclude(person__in=busy).select_related("person").order_by("pk")]
