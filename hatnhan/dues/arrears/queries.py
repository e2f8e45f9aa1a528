"""Who of a cell has not paid in a year: exemptions first, then whether somebody asked why. Only in the own cell, by
name and never by how much; nothing follows by itself."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.models import Unit
from hatnhan.rulebook.rule import Rule

from .. import roster
from ..choices import ANSWERS
from ..models import Asked, Payer
from ..rules import in_words


@dataclass
class Unpaid:
    """A member with the months of the year that were due and are not paid; who was asked why, and what was answered."""

    person: int
    name: str
    months: list[date] = field(default_factory=list)
    asked: Asked | None = None

    @property
    def words(self) -> str:
        return _("chưa đóng tháng %(months)s") % {"months": in_words(self.months)}

    @property
    def answer(self) -> str:
        return str(ANSWERS[self.asked.answer]) if self.asked else ""


class Watch:
    """The year of a cell up to a day: who is exempt and why, who is in no class, who has months that are not paid."""

    def __init__(self, unit: Unit, on: date) -> None:
        self.unit, self.on, self.year = unit, on, on.year
        self.exempt: list[tuple[str, str]] = []
        self.unplaced: list[tuple[int, str]] = []
        found: dict[int, Unpaid] = {}
        for number in range(1, on.month + 1):
            self._read(date(on.year, number, 1), found)
        known = self._known(found)
        watch = rulebook.at(on)["dues.watch_months"].value
        rows = [one for one in found.values() if one.person in known]
        for one in rows:
            one.months = [month for month in one.months if month >= known[one.person]]
        asked = Asked.objects.filter(person__in=found, year=on.year, voided_at=None)
        by_person = {row.person_id: row for row in asked}
        self.unpaid = [one for one in rows if len(one.months) >= watch]
        for one in self.unpaid:
            one.asked = by_person.get(one.person)

    def _read(self, month: date, found: dict[int, Unpaid]) -> None:
        book = rulebook.at(month, self.unit)
        last = month == first_of(self.on)
        for line in roster.of_unit(self.unit, month, self.on):
            due = line.due(book, month)
            if line.facts.where != "here":
                continue
            if last and due.exempt:
                self.exempt.append((line.name, due.words))
            if last and due.amount is None:
                self.unplaced.append((line.person, line.name))
            if line.payment is None and due.obliged and due.amount:
                found.setdefault(line.person, Unpaid(line.person, line.name)).months.append(month)

    def _known(self, found: dict[int, Unpaid]) -> dict[int, date]:
        """From which month on it is known how each of them pays."""
        rows = Payer.objects.unvoided().filter(person__in=found).order_by("-valid_from")
        return dict(rows.values_list("person", "valid_from"))

    @property
    def rule(self) -> Rule:
        """After how many months the rule lets a cell consider more; it is never done by itself."""
        return rulebook.at(self.on)["dues.proposal_months"]

    @property
    def long(self) -> list[Unpaid]:
        """Those of whom a cell may speak: months enough, asked why, and none of the answers excuses by itself."""
        return [
            one for one in self.unpaid
            if len(one.months) >= self.rule.value and one.asked is not None and one.asked.answer != "exempt"
        ]  # fmt: skip
