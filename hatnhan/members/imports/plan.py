"""What a list of members would do, row by row, without writing anything.

Every data row gets one outcome: new, changed, unchanged, question or refused. A person is known by the card number, the
citizen's number, else by name, birth date and cell; in doubt the row becomes a question, never a guess."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.members.actions.loading import Newcomer
from hatnhan.members.recognise import Entry

from .differing import differences
from .judging import Judgement, judged
from .matching import Held, Index
from .places import Cells

OUTCOMES = ("new", "changed", "unchanged", "question", "refused")


@dataclass
class Line:
    """One data row of the sheet: its number, what would happen, and why not.

    `changes` maps fields to their new values; `newcomer` is set for new people, `person_id` for known ones."""

    row: int
    outcome: str
    name: str
    birth: str
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    person_id: int | None = None
    unit_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    newcomer: Newcomer | None = None
    question: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The form of `--json`."""
        return {
            "row": self.row, "outcome": self.outcome, "name": self.name, "birth": self.birth, "problems": self.problems
        }  # fmt: skip


@dataclass
class Plan:
    """The effects of a whole list on a day."""

    unit: Unit
    on: date
    source: str
    lines: list[Line]

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    def counts(self) -> dict[str, int]:
        """How many rows of each outcome, by the names of `--json`."""
        plural = {"question": "questions"}
        return {plural.get(outcome, outcome): self.count(outcome) for outcome in OUTCOMES}

    def as_dict(self) -> dict[str, Any]:
        return {**self.counts(), "rows": [line.as_dict() for line in self.lines]}


def plan_rows(entries: Iterable[Entry], *, actor: Actor, unit: Unit, on: date, source: str) -> Plan:
    """Plan a list for `unit` and below as of the day. Queries grow with the list, never with the installation."""
    rows = list(entries)
    cells = Cells(actor, unit, on)
    index = Index(rows, cells, on)
    lines = [_planned(entry, cells, index, on) for entry in rows]
    _repeated(lines, rows)
    return Plan(unit, on, source, lines)


def _planned(entry: Entry, cells: Cells, index: Index, on: date) -> Line:
    judgement = judged(entry, on)
    line = Line(
        row=entry.row, outcome="refused", name=judgement.name, birth=judgement.birth, problems=judgement.problems,
        notes=judgement.notes,
    )  # fmt: skip
    place = cells.of(entry.values)
    if place.problem:
        line.problems.append(place.problem)
    line.unit_id = place.unit_id
    match = index.match(judgement, place.unit_id)
    if match.problem:
        line.problems.append(match.problem)
        line.question = match.question
    if line.problems:
        return line
    if match.doubt:
        line.outcome, line.question = "question", match.question
        line.problems.append(match.doubt)
    elif match.person is None:
        line.outcome = "new"
        line.newcomer = judgement.newcomer(place.unit_id or 0, on)
        line.changes = {"offices": judgement.offices} if judgement.offices else {}
    else:
        _known(line, judgement, match.person, on)
    return line


def _known(line: Line, judgement: Judgement, held: Held, on: date) -> None:
    found = differences(held, judgement, on)
    line.person_id, line.changes = held.id, found.changes
    if found.doubt:
        line.outcome, line.question = "question", {"kind": "birth"}
        line.problems.append(found.doubt)
    else:
        line.outcome = "changed" if found.changes else "unchanged"


def _repeated(lines: Sequence[Line], rows: Sequence[Entry]) -> None:
    """Two rows of one sheet with one number, or about one person: the second is refused and names the first."""
    seen: dict[Any, int] = {}
    for line, entry in zip(lines, rows, strict=True):
        keys: list[Any] = [(kind, entry.values[kind]) for kind in ("card_no", "national_id") if entry.values.get(kind)]
        if line.person_id is not None:
            keys.append(("person", line.person_id))
        elif line.outcome == "new" and line.birth:
            keys.append((line.name.casefold(), line.birth, line.unit_id))
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None:
            line.outcome, line.newcomer, line.changes = "refused", None, {}
            line.problems.append(repeated_text(first))
        for key in keys:
            seen.setdefault(key, line.row)


def repeated_text(first: int) -> str:
    """The sentence for a row that repeats another."""
    return _("Trùng với dòng %(row)s của chính bảng này.") % {"row": first}
