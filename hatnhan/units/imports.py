"""Lists of organisations on their way in: planned row by row without writing, then applied as one act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.undo import take_back
from hatnhan.kernel.vietnamese import plain

from . import permissions, queries
from .actions import change_kind, found, move, recode, rename
from .recognise import Entry

OUTCOMES = ("new", "changed", "unchanged", "question", "refused")


@dataclass
class Line:
    """One data row: what it would do. `parent` is the key of the parent, a unit id or the row of a new unit."""

    row: int
    outcome: str
    name: str
    code: str
    problems: list[str] = field(default_factory=list)
    unit_id: int | None = None
    kind: str = ""
    parent: Any = None
    founded: date | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The form of `--json`; `birth` stays empty so that both kinds of list have one form."""
        return {
            "row": self.row, "outcome": self.outcome, "name": self.name, "code": self.code, "birth": "",
            "problems": self.problems,
        }  # fmt: skip


@dataclass
class Plan:
    """The effects of a list of organisations on a day; `unit` None means at the top of an empty installation."""

    unit: Unit | None
    on: date
    source: str
    lines: list[Line]

    def counts(self) -> dict[str, int]:
        """How many rows of each outcome, by the names of `--json`."""
        plural = {"question": "questions"}
        return {plural.get(one, one): sum(line.outcome == one for line in self.lines) for one in OUTCOMES}

    def as_dict(self) -> dict[str, Any]:
        return {**self.counts(), "rows": [line.as_dict() for line in self.lines]}


class Tree:
    """The organisations of the scope on the day, and the rows of the list as they are taken in."""

    def __init__(self, actor: Actor, unit: Unit | None, on: date) -> None:
        self.actor, self.unit, self.on = actor, unit, on
        rows = Placement.objects.on(on).filter(stands=True) if unit is None else (
            Placement.objects.under(unit, on).filter(stands=True)
        )  # fmt: skip
        self.cards = {card.id: card for card in queries.cards(rows, on)}
        self.by_code = {card.code.casefold(): card.id for card in self.cards.values() if card.code}
        self.by_name: dict[str, list[int]] = {}
        for card in self.cards.values():
            self.by_name.setdefault(plain(card.name), []).append(card.id)

    def find(self, code: str, name: str, parent: int | None) -> int | None:
        """The unit that a row means: by code, else by name under its parent."""
        if code:
            return self.by_code.get(code.casefold())
        same = [pk for pk in self.by_name.get(plain(name), []) if parent in (None, self.cards[pk].parent_id)]
        return same[0] if len(same) == 1 else None


def plan_rows(entries: Iterable[Entry], *, actor: Actor, unit: Unit | None, on: date, source: str) -> Plan:
    """Plan a list for `unit` and below as of the day, parents before children whatever the order of the rows."""
    if unit is not None:
        actor.require(permissions.IMPORT, at=unit)
    elif not actor.everything and Unit.objects.exists():
        actor.require(permissions.IMPORT, at=None)
    tree = Tree(actor, unit, on)
    rows = list(entries)
    lines = [
        Line(entry.row, "refused", str(entry.values.get("name") or ""), str(entry.values.get("code") or "").strip(),
             [str(problem.message) for problem in entry.problems])
        for entry in rows
    ]  # fmt: skip
    _repeated(lines)
    _parents(lines, rows, tree)
    order = _in_order(lines)
    for number in order:
        _judge(lines[number], rows[number], lines, tree)
    return Plan(unit, on, source, lines)


def _repeated(lines: list[Line]) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        key = line.code.casefold()
        if key and key in seen:
            line.problems.append(_("Mã %(code)s đã có ở dòng %(row)s.") % {"code": line.code, "row": seen[key]})
        elif key:
            seen[key] = line.row


def _parents(lines: list[Line], rows: list[Entry], tree: Tree) -> None:
    """Point every row at its parent: another row of the list, a unit of the tree, or the scope itself."""
    codes = {line.code.casefold(): number for number, line in reversed(list(enumerate(lines))) if line.code}
    called: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        called.setdefault(plain(line.name), []).append(number)
    for number, (line, entry) in enumerate(zip(lines, rows, strict=True)):
        asked = str(entry.values.get("parent") or "").strip()
        if not asked:
            line.parent = ("unit", tree.unit.pk) if tree.unit is not None else None
            continue
        here = [other for other in called.get(plain(asked), []) if other != number]
        known = tree.by_name.get(plain(asked), [])
        if asked.casefold() in codes:
            line.parent = ("row", codes[asked.casefold()])
        elif asked.casefold() in tree.by_code:
            line.parent = ("unit", tree.by_code[asked.casefold()])
        elif len(here) == 1:
            line.parent = ("row", here[0])
        elif len(known) == 1 and not here:
            line.parent = ("unit", known[0])
        elif here or known:
            line.problems.append(_("Có nhiều tổ chức tên “%(name)s”; hãy ghi mã của cấp trên.") % {"name": asked})
        else:
            line.problems.append(_("Không tìm thấy cấp trên “%(name)s”.") % {"name": asked})


def _in_order(lines: list[Line]) -> list[int]:
    """Rows with parents first; rows that lead back to themselves are refused."""
    done: list[int] = []
    state: dict[int, str] = {}

    def visit(number: int) -> None:
        trail = []
        while state.get(number) is None:
            state[number] = "open"
            trail.append(number)
            parent = lines[number].parent
            if not (isinstance(parent, tuple) and parent[0] == "row"):
                break
            number = parent[1]
        else:
            if state[number] == "open":
                for one in trail[trail.index(number) :]:
                    lines[one].problems.append(_("Cấp trên của tổ chức dẫn vòng trở lại chính nó."))
        for one in reversed(trail):
            state[one] = "done"
            done.append(one)

    for number in range(len(lines)):
        visit(number)
    return done


def _judge(line: Line, entry: Entry, lines: list[Line], tree: Tree) -> None:
    parent_line = lines[line.parent[1]] if line.parent and line.parent[0] == "row" else None
    parent_id = line.parent[1] if line.parent and line.parent[0] == "unit" else (parent_line and parent_line.unit_id)
    if parent_line is not None and parent_line.outcome == "refused":
        line.problems.append(_("Cấp trên ở dòng %(row)s không nhập được.") % {"row": parent_line.row})
    founded: Known | None = entry.values.get("founded")
    line.founded = founded.earliest if founded else None
    if founded is not None and founded.earliest > tree.on:
        line.problems.append(_("Ngày thành lập %(day)s ở sau ngày ghi nhận.") % {"day": founded})
    line.unit_id = tree.find(line.code, line.name, parent_id)
    if line.unit_id is None and not line.name:
        line.problems.append(_("Thiếu tên tổ chức."))
    _judge_kind(line, entry, parent_line, parent_id, tree)
    if line.problems:
        return
    if line.unit_id is None:
        line.outcome = "new"
        return
    card = tree.cards[line.unit_id]
    if line.name and line.name != card.name:
        line.changes["name"] = line.name
    if line.kind and entry.values.get("kind") and line.kind != card.kind:
        line.changes["kind"] = line.kind
    if entry.values.get("parent") and (
        (parent_line is not None and parent_line.unit_id is None) or parent_id != card.parent_id
    ):
        line.changes["parent"] = line.parent
    line.outcome = "changed" if line.changes else "unchanged"


def _judge_kind(line: Line, entry: Entry, parent_line: Line | None, parent_id: int | None, tree: Tree) -> None:
    """The kind by its name, with the parent's kind where the name alone does not tell ("chi bộ")."""
    above = parent_line.kind if parent_line else tree.cards[parent_id].kind if parent_id in tree.cards else None
    on = min(line.founded, tree.on) if line.founded else tree.on
    book = rulebook.at(tree.on)
    text = str(entry.values.get("kind") or "").strip()
    if not text and line.unit_id is not None:
        line.kind = tree.cards[line.unit_id].kind
        return
    kind = book.kinds().get(text.lower()) or book.kind_by_name(text or line.name, above)
    if kind is None and on != tree.on:
        kind = rulebook.at(on).kind_by_name(text or line.name, above)
    if kind is not None:
        line.kind = kind.code
        if above and above not in kind.parents and not line.problems:
            label = book.kinds()[above].label if above in book.kinds() else above
            line.problems.append(_("%(kind)s không thể trực thuộc %(parent)s.") % {"kind": kind.label, "parent": label})
    elif not line.problems:
        line.problems.append(_("Không rõ loại hình “%(text)s”.") % {"text": text or line.name})


def apply(plan: Plan, *, actor: Actor, skip_refused: bool = False, reason: str = "") -> int:
    """Write a plan. Without `skip_refused` one refused row stops the whole list with `Refused`. Returns the act's id,
    0 when there was nothing to write."""
    refused = [line for line in plan.lines if line.outcome == "refused"]
    if refused and not skip_refused:
        raise Refused(
            [Reason("row", f"{_('Dòng %(row)s') % {'row': line.row}}: {' '.join(line.problems)}", row=line.row)
             for line in refused]
        )  # fmt: skip
    if not any(line.outcome in ("new", "changed") for line in plan.lines):
        return 0
    return _write(actor=actor, plan=plan, reason=reason)


@action("units.import")
def _write(*, actor: Actor, plan: Plan, reason: str) -> int:
    units: dict[int, Unit] = {}
    for number in _in_order(plan.lines):
        line = plan.lines[number]
        if line.unit_id is not None:
            units[number] = Unit.objects.get(pk=line.unit_id)
        if line.outcome == "new":
            on = _founding_day(
                line, plan.on, units.get(line.parent[1]) if line.parent and line.parent[0] == "row" else None
            )
            parent = _unit(line.parent, units)
            units[number] = found(actor=actor, name=line.name, kind=line.kind, parent=parent, on=on, code=line.code)
        elif line.outcome == "changed":
            _change(actor, line, units, units[number], plan.on)
    counts = plan.counts()
    act().tell(
        gettext_noop("Nhập danh sách tổ chức %(source)s: %(new)s mới, %(changed)s thay đổi."),
        units=[plan.unit] if plan.unit is not None else list(units.values())[:1], source=plan.source,
        new=counts["new"], changed=counts["changed"],
    )  # fmt: skip
    return act().id


def _founding_day(line: Line, on: date, parent: Unit | None) -> date:
    """The day of founding as far as known, not before the parent stood or its kind existed."""
    day = line.founded or on
    if line.kind not in rulebook.at(day).kinds():
        day = max(day, rulebook.at(on).kinds()[line.kind].rule.window.start)
    above = parent or (Unit.objects.get(pk=line.parent[1]) if line.parent and line.parent[0] == "unit" else None)
    if above is None:
        return day
    first = Placement.objects.unvoided().filter(unit=above, stands=True).order_by("valid_from").first()
    return max(day, first.valid_from) if first else day


def _change(actor: Actor, line: Line, units: dict[int, Unit], unit: Unit, on: date) -> None:
    if "name" in line.changes:
        rename(actor=actor, unit=unit, name=line.changes["name"], on=on)
    if "kind" in line.changes:
        change_kind(actor=actor, unit=unit, kind=line.changes["kind"], on=on)
    if "parent" in line.changes:
        to = _unit(line.parent, units)
        if to is not None:
            move(actor=actor, unit=unit, to=to, on=on)
    if "code" in line.changes:
        recode(actor=actor, unit=unit, code=line.changes["code"], on=on)


def _unit(parent: Any, units: dict[int, Unit]) -> Unit | None:
    if parent is None:
        return None
    return units[parent[1]] if parent[0] == "row" else Unit.objects.get(pk=parent[1])


@action("units.undo_import")
def undo(*, actor: Actor, act_id: int, unit: Unit | None = None, reason: str = "") -> None:
    """Take a whole import of organisations back. Refused once something was built on it."""
    if unit is not None:
        actor.require(permissions.IMPORT, at=unit)
    take_back(act_id)
    act().tell(gettext_noop("Hoàn tác việc nhập danh sách tổ chức."), units=[unit] if unit else [])
