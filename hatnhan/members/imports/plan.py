"""What a list of members would do, row by row, without writing anything.

Every data row gets one outcome: new, changed, unchanged, question or refused. A person is known by the card number, the
citizen's number, else by name, birth date and cell; in doubt the row becomes a question, never a guess."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Head, Placement, Unit
from hatnhan.members import tiers
from hatnhan.members.recognise import Entry

from .differing import Shown, differences, shown
from .judging import Judgement, in_row, judged, told
from .line import NOTHING, Line
from .matching import Held, Match, People
from .offices import SINGLE, Secretaries
from .places import Cells
from .repeats import Repeats
from .spool import Newcomers

OUTCOMES = ("new", "changed", "unchanged", "question", "refused")
CHUNK = 1000


@dataclass
class Plan:
    """The effects of a whole list on a day. `seen` tells the state of the log in the scope when it was made."""

    unit: Unit
    on: date
    source: str
    seen: int
    newcomers: Newcomers
    lines: list[Line] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    def counts(self) -> dict[str, int]:
        """How many rows of each outcome, by the names of `--json`."""
        plural = {"question": "questions"}
        return {plural.get(outcome, outcome): self.count(outcome) for outcome in OUTCOMES}

    def as_dict(self) -> dict[str, Any]:
        return {**self.counts(), "rows": [line.as_dict() for line in self.lines]}

    def fresh(self) -> list[Line]:
        """The rows with new people, in the order of `newcomers`."""
        return [line for line in self.lines if line.outcome == "new"]


Tell = Callable[[Sequence[tuple[str, str, str]]], None]
Progress = Callable[[int], None]


def log_state(unit: Unit, on: date) -> int:
    """A number that grows with every act upon the scope: as long as it stays, nothing there has changed."""
    chains = Placement.objects.under(unit, on).values("unit__chain")
    total = Head.objects.filter(chain__in=chains).aggregate(total=Sum("number"))["total"]
    return int(total or 0)


def plan_rows(
    entries: Iterable[Entry], *, actor: Actor, unit: Unit, on: date, source: str, tell: Tell | None = None,
    progress: Progress = lambda done: None,
) -> Plan:  # fmt: skip
    """Plan a list for `unit` and below as of the day. Queries grow with the list, never with the installation; rows are
    worked through in batches. `tell` is given the changes of each row in words, in the order of the rows."""
    plan = Plan(unit, on, source, log_state(unit, on), Newcomers(on))
    planner = Planner(actor, plan, tell)
    for batch in _batches(entries):
        planner.take(batch)
        progress(len(plan.lines))
    planner.finish()
    return plan


class Planner:
    """Takes a list batch by batch."""

    def __init__(self, actor: Actor, plan: Plan, tell: Tell | None) -> None:
        self.plan, self.on = plan, plan.on
        self.cells = Cells(actor, plan.unit, plan.on)
        self.book = rulebook.at(plan.on)
        self.seen = tiers.seen_at(actor, plan.unit.pk)
        self.tell = tell
        self.repeats = Repeats()
        self.secretaries = Secretaries(self.cells.cells, plan.on)

    def take(self, entries: list[Entry]) -> None:
        """Plan some rows."""
        rows = [judged(entry, self.on) for entry in entries]
        people = People(self.cells, rows)
        for entry, one in zip(entries, rows, strict=True):
            line = Line(one.row, "refused", one.name, one.birth, one.problems, one.notes or NOTHING)
            place = self.cells.of(entry)
            line.unit_id = place.unit_id
            if place.problem:
                line.problems.append(in_row(one.row, place.problem))
            match = people.match(one, place.unit_id)
            self._decide(line, one, match)
            self._offices(line, one)
            self.repeats.see(line, one, match)
            self.plan.lines.append(line)
            if line.outcome == "new" and line.unit_id is not None:
                self.plan.newcomers.add(one.newcomer(line.unit_id, self.on))
            if self.tell is not None:
                self.tell(self._said(line, one, match.person))

    def finish(self) -> None:
        """Refuse what only the whole list shows to be wrong; newcomers of such rows are left out again."""
        fresh = self.plan.fresh()
        if self.repeats.refuse_conflicts():
            kept = Newcomers(self.on)
            for line, newcomer in zip(fresh, self.plan.newcomers, strict=True):
                if line.outcome == "new":
                    kept.add(newcomer)
            self.plan.newcomers = kept

    def _decide(self, line: Line, one: Judgement, match: Match) -> None:
        if match.problem:
            line.problems.append(match.problem)
            line.question = match.question
        if line.problems:
            return
        if match.doubt:
            line.outcome, line.question = "question", match.question
            line.problems.append(in_row(one.row, match.doubt))
        elif match.person is None and not one.name:
            line.refuse(told(one.row, "name", _("còn trống. Cần ghi họ và tên.")))
        elif match.person is None:
            line.outcome = "new"
            line.changes = {"offices": list(one.offices)} if one.offices else {}
        else:
            self._known(line, one, match, match.person)

    def _offices(self, line: Line, one: Judgement) -> None:
        """A new secretary follows the one before, which the reader should know beforehand."""
        if SINGLE in line.changes.get("offices", ()):
            against, remark = self.secretaries.follows(line.unit_id, line.person_id)
            if against:
                line.refuse(in_row(one.row, against))
            elif remark:
                line.notes = [*line.notes, in_row(one.row, remark)]

    def _known(self, line: Line, one: Judgement, match: Match, held: Held) -> None:
        found = differences(held, match, one, self.on)
        line.person_id, line.version = held.id, held.person.version
        line.problems += found.problems
        line.notes = [*line.notes, *found.notes] or NOTHING
        if found.problems:
            return
        line.changes = found.changes
        if found.doubt:
            line.outcome, line.question, line.changes = "question", found.question, {}
            line.problems.append(in_row(one.row, found.doubt))
        else:
            line.outcome = "changed" if found.changes else "unchanged"

    def _said(self, line: Line, one: Judgement, held: Held | None) -> list[Shown]:
        if line.outcome == "changed":
            return shown(line.changes, held, self.book, self.seen)
        if line.outcome != "new":
            return []
        numbers = {f"number:{number.kind}": number.digits for number in one.numbers}
        cell = self.cells.called.get(line.unit_id or 0, "")
        home = [Shown(_("Chi bộ"), "", cell)] if line.unit_id != self.plan.unit.pk else []
        standing = {"standing": one.newcomer(0, self.on).standing}
        return home + shown({**standing, **one.values, **numbers, **line.changes}, None, self.book, self.seen)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, CHUNK)):
        yield batch
