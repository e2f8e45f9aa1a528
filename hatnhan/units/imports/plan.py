"""What a list of organisations would do, row by row, without writing anything."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from hatnhan.kernel.models import Head, Placement, Unit
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.recognise import Entry

from .naming import written
from .tree import Tree

OUTCOMES = ("new", "changed", "unchanged", "question", "refused")
Above = tuple[str, int]
"""A parent: ("row", index of a line) or ("unit", id)."""


@dataclass(slots=True)
class Line:
    """One data row. `parent` is where it is to hang, None for the top or, of a known unit, where it hangs now;
    `start` is the first day of a new one."""

    row: int
    outcome: str
    name: str
    code: str
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unit_id: int | None = None
    kind: str = ""
    parent: Above | None = None
    names_parent: bool = False
    founded: date | None = None
    start: date | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The form of `--json`; `birth` is empty, so that both kinds of list have one form."""
        return {"row": self.row, "outcome": self.outcome, "name": self.name, "birth": "", "problems": self.problems}

    def refuse(self, text: str) -> None:
        """Take nothing of the row."""
        self.outcome, self.changes = "refused", {}
        self.problems.append(in_row(self.row, text))


@dataclass
class Plan:
    """The effects of a list of organisations on a day; `unit` None means the whole installation. `seen` tells the state
    of the log when it was made, `order` puts parents before their children."""

    unit: Unit | None
    on: date
    source: str
    seen: int
    lines: list[Line] = field(default_factory=list)
    order: list[int] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many rows of each outcome, by the names of `--json`."""
        plural = {"question": "questions"}
        return {plural.get(one, one): sum(line.outcome == one for line in self.lines) for one in OUTCOMES}

    def as_dict(self) -> dict[str, Any]:
        return {**self.counts(), "rows": [line.as_dict() for line in self.lines]}


Words = list[tuple[str, str, str]]
Tell = Callable[[Sequence[tuple[str, str, str]]], None]


def in_row(row: int, what: str) -> str:
    """A sentence on a whole row."""
    return _("Dòng %(row)s: %(what)s") % {"row": row, "what": what}


def log_state(unit: Unit | None, on: date) -> int:
    """A number that grows with every act upon the scope: as long as it stays, nothing there has changed."""
    heads = Head.objects.all()
    if unit is not None:
        heads = heads.filter(chain__in=Placement.objects.under(unit, on).values("unit__chain"))
    return int(heads.aggregate(total=Sum("number"))["total"] or 0)


def first_lines(entries: Iterable[Entry]) -> tuple[list[Line], list[dict[str, Any]]]:
    """A line for every entry, and what the entry says."""
    lines, said = [], []
    for entry in entries:
        given = entry.values
        known = given.get("founded")
        lines.append(
            Line(
                entry.row, "refused", written(given.get("name") or ""), given.get("code") or "",
                [problem.message for problem in entry.problems], [note.message for note in entry.notes],
                founded=known.earliest if known else None,
            )
        )  # fmt: skip
        said.append(given)
    return lines, said


def refuse_repeated(lines: list[Line]) -> None:
    """Two rows with one code: of one organisation the second is refused, of two both, as the list does not tell which
    one is right."""
    seen: dict[str, Line] = {}
    for line in lines:
        first = seen.setdefault(line.code.casefold(), line) if line.code else line
        if first is line:
            continue
        text = _("mã %(code)s đã có ở dòng %(row)s của chính bảng này.")
        line.refuse(text % {"code": line.code, "row": first.row})
        if plain(first.name) != plain(line.name):
            first.refuse(text % {"code": first.code, "row": line.row})


def point_at_parents(lines: list[Line], said: list[dict[str, Any]], tree: Tree) -> None:
    """Point every row at its parent: another row of the list, a unit of the scope, or the scope itself."""
    codes: dict[str, int] = {}
    called: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.code:
            codes.setdefault(line.code.casefold(), number)
        called[plain(line.name)].append(number)
    for number, (line, given) in enumerate(zip(lines, said, strict=True)):
        asked = "" if _is_scope(line, tree) else str(given.get("parent") or "").strip()
        line.names_parent = bool(asked)
        if not asked:
            line.parent = ("unit", tree.unit.pk) if tree.unit is not None else None
            continue
        found = _meant(asked, number, codes, called, tree)
        if len(found) == 1:
            line.parent = found[0]
        elif found:
            line.refuse(_("có nhiều tổ chức tên “%(name)s”; hãy ghi mã của cấp trên.") % {"name": asked})
        else:
            line.refuse(_("không tìm thấy cấp trên “%(name)s” trong bảng và trong phạm vi nhập.") % {"name": asked})


def _is_scope(line: Line, tree: Tree) -> bool:
    """Whether a row is about the unit itself for which the list is: its superior is not asked for."""
    own = tree.cards.get(tree.unit.pk) if tree.unit is not None else None
    if own is None:
        return False
    return (
        line.code.casefold() == own.code.casefold() if line.code and own.code else plain(line.name) == plain(own.name)
    )


def _meant(asked: str, number: int, codes: dict[str, int], called: dict[str, list[int]], tree: Tree) -> list[Above]:
    """What a text in the column of superiors may mean: a code before a name, a row of the list before a unit."""
    code, name = asked.casefold(), plain(asked)
    if code in codes:
        return [("row", codes[code])]
    if code in tree.by_code:
        return [("unit", tree.by_code[code])]
    rows = [other for other in called.get(name, []) if other != number]
    if rows:
        return [("row", row) for row in rows]
    return [("unit", pk) for pk in tree.by_name.get(name, [])]


def in_order(lines: list[Line]) -> list[int]:
    """The rows with parents first; rows that lead back to themselves are refused."""
    done: list[int] = []
    state: dict[int, str] = {}
    for number in range(len(lines)):
        trail: list[int] = []
        at = number
        while at not in state:
            state[at] = "open"
            trail.append(at)
            parent = lines[at].parent
            if parent is None or parent[0] != "row":
                break
            at = parent[1]
        else:
            if state[at] == "open":
                for one in trail[trail.index(at) :]:
                    lines[one].refuse(_("cấp trên của tổ chức dẫn vòng trở lại chính nó."))
        for one in reversed(trail):
            state[one] = "done"
            done.append(one)
    return done
