"""Transfers of the demonstration: a case in every stage, some late, some to and from places outside."""

from datetime import date, timedelta
from typing import Any

from hatnhan.access import actions as access
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.members.models import Membership, Participation, Person, Standing, Tenure
from hatnhan.movements.models import TransferCase
from hatnhan.movements.transfers import actions
from hatnhan.movements.transfers.choices import CHECKS
from hatnhan.movements.transfers.jobs import mark_overdue

from .accounts import known_password
from .places import Places

OUTSIDE = "Đảng ủy phường Bến Trăng, tỉnh Hà Vân"


def move_members(places: Places, on: date) -> None:
    """Each case by its acts, on the days on which they would have been done; and an office at the other side."""
    slip = access.create_account(
        actor=system("demo", on), label="Văn phòng Đảng ủy xã Cầu Vồng", role="office", unit=places.neighbours[0],
        on=on, username="cauvong",
    )  # fmt: skip
    known_password(slip)
    Scene(places, on).tell()


class Scene:
    """Who moves from which cell where, and how far it has come."""

    def __init__(self, places: Places, on: date) -> None:
        self.places, self.on, self.number = places, on, 40
        self.there = places.neighbour_cells[0]
        self.cells = iter(places.villages[4:])

    def at(self, ago: int) -> tuple[Actor, date]:
        """Who acts so many days ago."""
        day = self.on - timedelta(days=ago)
        return system("demo", day), day

    def tell(self) -> None:
        """Everything."""
        self.prepared(12, to=self.there, without=("dues", "dossier"))
        self.prepared(3, outside=OUTSIDE, why="work", without=tuple(CHECKS))
        self.prepared(110, to=self.places.villages[2], without=("self_review",), why="moved")
        self.sealed(self.issued(16, to=self.there))
        self.issued(5, to=self.places.neighbours[1], why="retired")
        self.issued(30, outside=OUTSIDE, why="work")
        self.returned(self.issued(25, to=self.there, why="contract"))
        self.issued(130, to=self.there, why="studied")
        self.received(self.issued(40, to=self.there), self.there)
        self.cancelled(self.issued(60, outside=OUTSIDE, why="work"))
        for cell, ago in ((self.there, 35), (self.places.neighbour_cells[1], 8)):
            self.coming(cell, ago)
        self.noted()
        mark_overdue(self.on)

    def prepared(
        self, ago: int, *, cell: Unit | None = None, to: Unit | None = None, outside: str = "", why: str = "moved",
        without: tuple[str, ...] = (),
    ) -> TransferCase:  # fmt: skip
        """The procedure has begun; some papers were looked at."""
        actor, day = self.at(ago)
        case = actions.prepare_transfer(
            actor=actor, person=self._somebody(cell, day), why=why, moved_on=day - timedelta(days=7), to=to,
            destination_text=outside, proof=f"Quyết định số {self._next()}",
        )  # fmt: skip
        for code in CHECKS:
            if code not in without:
                actions.check_paper(actor=actor, case=case, code=code)
        return case

    def issued(self, ago: int, **where: Any) -> TransferCase:
        """A letter filled by hand."""
        case = self.prepared(ago + 4, **where)
        actor, day = self.at(ago)
        actions.issue_letter(actor=actor, case=case, on=day, number=f"{self._next()}-GT/ĐU", despite=True)
        return case

    def sealed(self, case: TransferCase) -> None:
        """The dossier is under way."""
        actor, day = self.at(10)
        actions.seal_dossier(actor=actor, case=case, on=day)
        actions.hand_over_dossier(actor=actor, case=case, on=day, note="Giao đồng chí mang theo, có phiếu giao nhận")

    def returned(self, case: TransferCase) -> None:
        """Something was missing."""
        actor, day = self.at(6)
        actions.give_back(actor=actor, case=case, on=day, note="Bản kiểm điểm chưa có nhận xét của chi bộ")

    def received(self, case: TransferCase, cell: Unit) -> None:
        """Taken in."""
        actor, day = self.at(20)
        actions.receive_transfer(actor=actor, case=case, cell=cell, on=day)

    def cancelled(self, case: TransferCase) -> None:
        """It did not take place."""
        actor, day = self.at(50)
        actions.cancel_transfer(actor=actor, case=case, on=day, note="Đồng chí ấy không chuyển công tác nữa")

    def coming(self, cell: Unit, ago: int) -> None:
        """From a neighbour to the deep commune."""
        self.issued(ago, cell=cell, to=self.places.commune or self.places.villages[0])

    def noted(self) -> None:
        """A letter from outside."""
        actor, day = self.at(9)
        actions.note_arrival(
            actor=actor, to=self.places.villages[3], name="Lương Thị Mơ", origin_text=OUTSIDE, number="88-GT/ĐU",
            letter_on=day - timedelta(days=5), why="retired", birth=Known("1970-04"), sex="f",
            ceremony_date=Known("1996-09-02"),
        )  # fmt: skip

    def _somebody(self, cell: Unit | None, day: date) -> Person:
        """A full member without an office, of whom nothing unusual is recorded."""
        since = min(day, self.on - timedelta(days=200))
        while True:
            unit = cell or next(self.cells)
            busy = Participation.objects.unvoided().values("person")
            held = Tenure.objects.unvoided().filter(valid_to__gt=since).values("person")
            moving = TransferCase.objects.filter(person__isnull=False).values("person")
            rows = Membership.objects.on(since).filter(
                unit=unit, kind="home", valid_to__gt=self.on + timedelta(days=400)
            )
            rows = rows.filter(person__in=Standing.objects.on(since).filter(kind="full").values("person"))
            rows = rows.exclude(person__in=busy).exclude(person__in=held).exclude(person__in=moving)
            found = rows.filter(person__account__isnull=True).select_related("person").order_by("pk").first()
            if found is not None:
                return found.person
            if cell is not None:
                raise LookupError(f"nobody can move from {cell}")

    def _next(self) -> int:
        self.number += 1
        return self.number
