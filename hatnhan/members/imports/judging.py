"""One row judged by itself: what it says of a person, and by which rules it cannot be taken."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.known import Known
from hatnhan.members import rules
from hatnhan.members.actions.loading import FIELDS, Newcomer
from hatnhan.members.choices import FIELDS as LABELS
from hatnhan.members.recognise import Entry

NUMBERS = {"card_no": "card", "old_card_no": "old_card", "national_id": "national_id"}


@dataclass
class Judgement:
    """A row's person: cleaned values, numbers by kind, standing and participation where the row says them."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    standing: str | None = None
    participation: str | None = None
    offices: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def birth(self) -> str:
        """The birth date as known, or an empty text."""
        known: Known | None = self.values.get("birth")
        return known.iso if known else ""

    def newcomer(self, unit_id: int, on: date) -> Newcomer:
        """The row as somebody who is not here yet. Without a standing in the row, an official date or none at all
        makes a full member, a ceremony within the last year without an official date a probationary one."""
        return Newcomer(
            unit_id=unit_id, on=on, name=self.name, standing=self.standing or self._standing(on), values=self.values,
            numbers=self.numbers, participation=self.participation if self.participation not in (None, "active") else "",
        )  # fmt: skip

    def _standing(self, on: date) -> str:
        ceremony: Known | None = self.values.get("ceremony_date")
        official: Known | None = self.values.get("official_date")
        if official is not None:
            return "probationary" if official.earliest > on else "full"
        recent = ceremony is not None and (on - ceremony.earliest).days <= 366
        return "probationary" if recent else "full"


def judged(entry: Entry, on: date) -> Judgement:
    """Apply the rules of members to one row."""
    given = entry.values
    one = Judgement(name=str(given.get("name") or ""))
    one.problems += [str(problem.message) for problem in entry.problems]
    one.notes += [str(note) for note in getattr(entry, "notes", ())]
    one.values = {name: given[name] for name in FIELDS if given.get(name) not in (None, "")}
    if given.get("ethnicity_religion_sealed"):
        one.values["sealed"] = given["ethnicity_religion_sealed"]
    if not one.name and not entry.problems:
        one.problems.append(_("Thiếu họ và tên."))
    _statuses(one, given, on)
    _dates(one, on)
    _numbers(one, given)
    return one


def _statuses(one: Judgement, given: dict[str, Any], on: date) -> None:
    book = rulebook.at(on)
    if text := given.get("standing"):
        standing = book.standing_by_name(str(text)) or (book.standings().get(str(text)))
        if standing is None or not standing.member:
            one.problems.append(
                _("Cột tình trạng ghi “%(text)s”; chỉ nhận “chính thức” hoặc “dự bị”.") % {"text": text}
            )
        else:
            one.standing = standing.code
    if text := given.get("participation"):
        taking = book.participation_by_name(str(text)) or book.participations().get(str(text))
        if taking is None:
            one.notes.append(_("Chưa rõ tình trạng sinh hoạt “%(text)s” nên chưa ghi.") % {"text": text})
        else:
            one.participation = taking.code
    if text := given.get("office"):
        one.offices = [office.code for office in book.offices_in(str(text))]


def _dates(one: Judgement, on: date) -> None:
    get = one.values.get
    dates = rules.Dates(get("birth"), get("decision_date"), get("ceremony_date"), get("official_date"))
    one.problems += [f"{LABELS[reason.field or 'name']}: {reason.message}" for reason in rules.date_blockers(dates, on)]
    one.notes += [str(reason.message) for reason in rules.date_warnings(dates)]


def _numbers(one: Judgement, given: dict[str, Any]) -> None:
    for column, kind in NUMBERS.items():
        digits = str(given.get(column) or "")
        if not digits:
            continue
        refusals, warnings = rules.number_blockers(kind, digits, one.values.get("sex", ""), one.values.get("birth"))
        one.problems += [str(reason.message) for reason in refusals]
        one.notes += [str(reason.message) for reason in warnings]
        if not refusals:
            one.numbers[kind] = digits
