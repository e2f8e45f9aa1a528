"""What a real commune's records have as well: gaps, slips of the pen, people recorded twice, requests to correct."""

from datetime import date, timedelta
from random import Random
from typing import Any

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.members import actions as members
from hatnhan.members.corrections import actions as corrections
from hatnhan.members.models import Correction, Membership, Person, PersonNumber, Standing, Tenure

from .places import Places


class Flaws:
    """A handful of each, spread over the villages; everything goes through the acts of the pages."""

    def __init__(self, actor: Actor, places: Places, die: Random, on: date) -> None:
        self.actor, self.places, self.die, self.on = actor, places, die, on
        cells = [places.villages[3], *places.villages[:3], *places.villages[5:12]]
        officers = Tenure.objects.on(on).values("person")
        rows = Membership.objects.on(on).filter(unit__in=cells, kind="home").exclude(person__in=officers)
        full = rows.filter(
            person__standings__in=Standing.objects.on(on).filter(kind="full"), person__account__isnull=True
        )
        self.rows = list(full.select_related("person", "unit").order_by("pk"))
        die.shuffle(self.rows)

    def tell(self) -> None:
        """The flaws, then the requests."""
        for row in self._next(4):
            self._change(row.person, birth=None)
        for row in self._next(3):
            self._change(row.person, ceremony_date=None, decision_date=None)
        for row in self._with_number(4):
            born = row.person.birth
            if born is not None:
                self._change(row.person, birth=Known(f"{born.year - 10}{born.iso[4:]}"))
        for row in self._next(3):
            self._change(row.person, official_date=_later(row.person.official_date))
        for row in self._next(2):
            self._twice(row)
        for row in self._next(2):
            members.correct_row(actor=self.actor, row=row, valid_to=self.on, reason="Ghi nhầm ngày kết thúc")
        self._left_behind()
        self._requests()

    def _next(self, most: int) -> list[Membership]:
        taken, self.rows = self.rows[:most], self.rows[most:]
        return taken

    def _with_number(self, most: int) -> list[Membership]:
        """Of those left, some whose number and birth are both known."""
        numbered = set(PersonNumber.objects.unvoided().values_list("person_id", flat=True))
        taken = [row for row in self.rows if row.person_id in numbered and row.person.birth is not None][:most]
        self.rows = [row for row in self.rows if row not in taken]
        return taken

    def _change(self, person: Person, **fields: Any) -> None:
        if any(getattr(person, name) != value for name, value in fields.items()):
            members.change(actor=self.actor, person=person, on=self.on, reason="Nhập lại từ sổ cũ", **fields)

    def _twice(self, row: Membership) -> None:
        """The same person once more, in another village."""
        other: Unit = self.places.villages[4]
        one = row.person
        members.receive(
            actor=self.actor, unit=other, on=self.on, name=one.name, came="loaded", sex=one.sex, birth=one.birth,
            ceremony_date=one.ceremony_date, official_date=one.official_date,
        )  # fmt: skip

    def _left_behind(self) -> None:
        """Two who are still listed at a village cell that was merged into another."""
        moved = Membership.objects.on(self.on).filter(
            came="reorganised", kind="home", origin__in=self.places.villages, person__account__isnull=True,
            person__tenures__isnull=True,
        )  # fmt: skip
        for row in moved.select_related("person").order_by("pk")[:2]:
            members.withdraw_row(actor=self.actor, row=row, reason="Ghi nhầm là đã chuyển")

    # --- what members ask for ---

    def _requests(self) -> None:
        """Some in time, one late, one answered; the sign-in of the demonstration's member has two of them."""
        own = Person.objects.filter(account__username="dangvien").first()
        late, answered, fresh = (row.person for row in self._next(3))
        self._ask(late, "residence", "Thôn Bờ Tre", "Gia đình tôi đã chuyển nhà.", 16)
        done = self._ask(answered, "occupation", "Cán bộ nghỉ hưu", "Tôi đã nghỉ hưu.", 12)
        corrections.accept_correction(actor=self.actor, row=done, answer="Đã đối chiếu quyết định nghỉ hưu.")
        self._ask(fresh, "education", "Đại học", "Tôi đã tốt nghiệp.", 0)
        if own is not None:
            waiting = self._ask(own, "hometown", "Xã Đồi Cọ", "Quê tôi ghi nhầm sang xã bên.", 0)
            corrections.acknowledge_correction(actor=self.actor, row=waiting)
            refused = self._ask(own, "phone", "0900000999", "Tôi đổi số.", 6)
            corrections.refuse_correction(
                actor=self.actor, row=refused, answer="Số này gọi không liên lạc được, đồng chí cho số khác."
            )

    def _ask(self, person: Person, field: str, right: str, why: str, days_ago: int) -> Correction:
        member = Actor(label=person.name, on=self.on - timedelta(days=days_ago), person_id=person.pk)
        return corrections.ask_correction(
            actor=member, person=person, field=field, right=right, why=why, evidence="Bản gốc tôi giữ ở nhà"
        )


def _later(day: Known | None) -> Known | None:
    """A month later, the day kept within every month."""
    if day is None or day.precision != "day":
        return day
    first = day.earliest
    month = first.month % 12 + 1
    return Known.of(first.replace(year=first.year + (month == 1), month=month, day=min(first.day, 28)))
