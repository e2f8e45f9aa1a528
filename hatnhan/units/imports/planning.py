"""Planning a list of organisations: each row judged after its parent."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.vietnamese import plain
from hatnhan.units import rules
from hatnhan.units.recognise import LABELS, Entry
from hatnhan.units.rules import capital

from .founding import Parent, first_day
from .naming import renames
from .plan import Line, Plan, Tell, Words, first_lines, in_order, in_row, log_state, point_at_parents, refuse_repeated
from .tree import Stretch, Tree, means, stands_to_the_end


def plan_rows(
    entries: Iterable[Entry], *, actor: Actor, unit: Unit | None, on: date, source: str, tell: Tell | None = None
) -> Plan:
    """Plan a list for `unit` and below as of the day, parents before children whatever the order of the rows. `tell`
    is given the changes of each row in words, in the order of the rows."""
    plan = Plan(unit, on, source, log_state(unit, on))
    tree = Tree(actor, unit, on)
    plan.lines, said = first_lines(entries)
    refuse_repeated(plan.lines)
    point_at_parents(plan.lines, said, tree)
    plan.order = in_order(plan.lines)
    judge = Judge(plan, said, tree)
    for number in plan.order:
        judge.row(number)
    judge.finish()
    if tell is not None:
        for line in plan.lines:
            tell(judge.words(line))
    return plan


class Judge:
    """Judges the rows of one list."""

    def __init__(self, plan: Plan, said: list[dict[str, Any]], tree: Tree) -> None:
        self.plan, self.said, self.tree, self.lines = plan, said, tree, plan.lines
        self.book = rulebook.at(plan.on)
        self.elsewhere = tree.codes_elsewhere({line.code for line in plan.lines if line.code})
        tree.load_stretches({line.parent[1] for line in plan.lines if line.parent and line.parent[0] == "unit"})
        self.named: dict[tuple[Any, str], Line] = {}
        self.known: dict[int, Line] = {}

    def row(self, number: int) -> None:
        """Judge one row; its parent's row was judged before."""
        line, given = self.lines[number], self.said[number]
        above = self._row_above(line)
        if above is not None and above.outcome == "refused":
            line.refuse(_("cấp trên ở dòng %(row)s không nhập được.") % {"row": above.row})
        parent_id = self._parent_id(line, above)
        if line.code and line.code.casefold() in self.elsewhere:
            line.refuse(_("mã %(code)s đang được dùng cho một tổ chức ngoài phạm vi nhập.") % {"code": line.code})
        if line.founded is not None and line.founded > self.plan.on:
            days = {"day": Known.of(line.founded), "on": Known.of(self.plan.on)}
            line.refuse(_("ngày thành lập %(day)s ở sau ngày ghi nhận %(on)s.") % days)
        self._find(line, parent_id)
        if not line.problems:
            self._repeats(line, parent_id)
        if not line.problems and line.outcome != "question":
            self._new_or_known(line, given, above, parent_id)

    def finish(self) -> None:
        """Refuse moves that lead to a circle; what hangs under a refused row cannot be taken either."""
        parents = {pk: card.parent_id for pk, card in self.tree.cards.items()}
        moved = [line for line in self.lines if "parent" in line.changes and line.unit_id is not None]
        for line in moved:
            if line.unit_id is not None:
                parents[line.unit_id] = self._parent_id(line, self._row_above(line))
        for line in moved:
            seen: set[int | None] = set()
            at = line.unit_id
            while at is not None and at not in seen:
                seen.add(at)
                at = parents.get(at)
            if at is not None and at == line.unit_id:
                line.refuse(_("cấp trên của tổ chức dẫn vòng trở lại chính nó."))
        for number in self.plan.order:
            line = self.lines[number]
            above = self._row_above(line)
            if above is not None and above.outcome == "refused" and line.outcome in ("new", "changed"):
                line.refuse(_("cấp trên ở dòng %(row)s không nhập được.") % {"row": above.row})

    # --- who is meant ---

    def _row_above(self, line: Line) -> Line | None:
        return self.lines[line.parent[1]] if line.parent is not None and line.parent[0] == "row" else None

    @staticmethod
    def _parent_id(line: Line, above: Line | None) -> int | None:
        """The id of the parent; None for the top and for one that is new itself."""
        if above is not None:
            return above.unit_id
        return line.parent[1] if line.parent is not None else None

    def _find(self, line: Line, parent_id: int | None) -> None:
        """The unit that a row means: by code, else by name under its parent."""
        pk = self.tree.by_code.get(line.code.casefold()) if line.code else None
        if pk is None and line.name:
            cards = [self.tree.cards[one] for one in self.tree.by_name.get(plain(line.name), ())]
            if line.parent is not None:
                cards = [card for card in cards if card.parent_id == parent_id and parent_id is not None]
            if len(cards) == 1 and line.code and cards[0].code:
                text = _("tổ chức cùng tên đã mang mã %(code)s. Nếu mã đã đổi, hãy đổi mã của tổ chức rồi nhập lại.")
                line.outcome = "question"
                line.problems.append(in_row(line.row, text % {"code": cards[0].code}))
            elif len(cards) == 1:
                pk = cards[0].id
            elif cards and not line.code:
                line.outcome = "question"
                line.problems.append(in_row(line.row, _("có nhiều tổ chức cùng tên; hãy ghi mã của tổ chức.")))
        line.unit_id = pk

    def _repeats(self, line: Line, parent_id: int | None) -> None:
        """Two rows about one organisation."""
        key = (line.parent if parent_id is None else parent_id, plain(line.name))
        first = self.named.setdefault(key, line) if not line.code else line
        if line.unit_id is not None:
            first = self.known.setdefault(line.unit_id, line)
        if first is not line:
            line.refuse(_("trùng với dòng %(row)s của chính bảng này.") % {"row": first.row})

    # --- what it would do ---

    def _new_or_known(self, line: Line, given: dict[str, Any], above: Line | None, parent_id: int | None) -> None:
        text = str(given.get("kind") or "").strip()
        if line.unit_id is not None:
            self._known(line, text, above, parent_id)
            return
        if not line.name:
            line.refuse(_("không có tổ chức mang mã %(code)s; tổ chức mới phải có tên.") % {"code": line.code})
            return
        if line.parent is None and not self.tree.empty:
            line.refuse(_("chưa ghi cấp trên. Hãy ghi cấp trên ở bảng, hoặc chọn tổ chức nhận danh sách."))
            return
        parent = self._parent(line, above, parent_id)
        kind = self._kind(line, text, above.kind if above else self._kind_of(parent_id), parent)
        if kind is None:
            return
        line.kind = kind
        self._founding(line, parent)

    def _parent(self, line: Line, above: Line | None, parent_id: int | None) -> Parent:
        if parent_id is not None:
            self.tree.load_stretches({parent_id})
            return Parent(self.tree.line(parent_id), self.tree.stretches(parent_id))
        if above is not None and above.start is not None:
            higher = self._row_above(above)
            upper = self._parent(above, higher, self._parent_id(above, higher))
            return Parent(upper.line, [Stretch(above.start, FAR, above.kind)])
        return Parent(top=True)

    def _kind_of(self, pk: int | None) -> str | None:
        return self.tree.cards[pk].kind if pk in self.tree.cards else None

    def _kind(self, line: Line, text: str, above: str | None, parent: Parent) -> str | None:
        """The kind by what the row calls it, else by its name; the parent decides what a bare "chi bộ" is."""
        coded = self.book.kinds().get(text.lower())
        if coded is not None:
            return coded.code
        regime = self.tree.regime(parent.line, self.plan.on)
        found = self.book.kind_by_name(text or line.name, above, regime=regime, unit_name=line.name)
        if found is not None:
            return found.code
        if plain(text or line.name).startswith("to dang"):
            line.refuse(_("tổ đảng nằm trong chi bộ, không phải là một tổ chức riêng. Hãy lập ở trang của chi bộ."))
            return None
        allowed = ", ".join(str(kind.label) for kind in self.book.allowed_under(above)) if above else ""
        what = _("không rõ loại hình của “%(text)s”.") % {"text": text or line.name}
        if allowed:
            what += " " + _("Ở đây nhận: %(kinds)s.") % {"kinds": allowed}
        line.refuse(what)
        return None

    def _founding(self, line: Line, parent: Parent) -> None:
        found = first_day(self.tree, line.kind, line.name, parent, line.founded)
        if found.day is None or found.blockers:
            for reason in found.blockers:
                line.refuse(reason.message or _("cấp trên không hoạt động vào ngày ghi nhận."))
            return
        if not parent.top and not stands_to_the_end(parent.stretches, found.day):
            line.refuse(_("cấp trên kết thúc hoạt động sau ngày ghi nhận."))
            return
        line.outcome, line.start = "new", found.day
        line.notes += [in_row(line.row, f"{reason.message} {reason.source or ''}".strip()) for reason in found.warnings]
        if line.founded is not None and found.day > line.founded:
            days = {"day": Known.of(line.founded), "start": Known.of(found.day)}
            text = _("thành lập ngày %(day)s; ghi từ ngày %(start)s, khi loại hình và cấp trên này bắt đầu có.")
            line.notes.append(in_row(line.row, text % days))

    def _known(self, line: Line, text: str, above: Line | None, parent_id: int | None) -> None:
        card = self.tree.cards[line.unit_id or 0]
        line.kind = card.kind
        if renames(line.name, card.name):
            line.changes["name"] = line.name
        if line.code and line.code != card.code:
            line.changes["code"] = line.code
        own = self.tree.unit is not None and card.id == self.tree.unit.pk
        moves = line.names_parent and not own and (parent_id is None or parent_id != card.parent_id)
        if moves:
            line.changes["parent"] = line.parent
        kinds = self.book.kinds()
        if text and card.kind in kinds and not means(kinds[card.kind], text):
            upper = above.kind if above else self._kind_of(parent_id if line.names_parent else card.parent_id)
            kind = self._kind(line, text, upper, Parent(self.tree.line(card.parent_id)))
            if kind is not None and kind != card.kind:
                line.changes["kind"] = line.kind = kind
        if not line.problems and ("parent" in line.changes or "kind" in line.changes):
            self._placing(line, above, parent_id if moves else card.parent_id)
        if not line.problems:
            line.outcome = "changed" if line.changes else "unchanged"

    def _placing(self, line: Line, above: Line | None, parent_id: int | None) -> None:
        """A known unit must be allowed where and as what the list puts it."""
        parent = self._parent(line, above if "parent" in line.changes else None, parent_id)
        upper = next((one.kind for one in parent.stretches if one.start <= self.plan.on < one.end), None)
        regime = self.tree.regime(parent.line, self.plan.on)
        for reason in rules.parent_blockers(self.book, line.kind, upper, regime):
            line.refuse(reason.message)
        if "kind" in line.changes:
            below = {card.kind for card in self.tree.cards.values() if card.parent_id == line.unit_id}
            for reason in rules.kind_blockers(self.book, line.kind, below):
                line.refuse(reason.message)

    # --- in words ---

    def words(self, line: Line) -> Words:
        """What a row would change: label, before, after."""
        if line.outcome == "new":
            said = [("kind", "", self._kind_label(line.kind)), ("parent", "", self._called(line.parent))]
            said += [("code", "", line.code)] if line.code else []
            said += [("founded", "", str(Known.of(line.start)))] if line.start else []
            return [(str(LABELS[name]), old, new) for name, old, new in said if new]
        if line.outcome != "changed":
            return []
        card = self.tree.cards[line.unit_id or 0]
        old = {
            "name": card.name, "code": card.code, "kind": self._kind_label(card.kind),
            "parent": self._called(("unit", card.parent_id) if card.parent_id else None),
        }  # fmt: skip
        new = line.changes | {"kind": self._kind_label(line.kind), "parent": self._called(line.parent)}
        return [(str(LABELS[name]), old[name], str(new[name])) for name in line.changes]

    def _kind_label(self, code: str) -> str:
        kind = self.book.kinds().get(code)
        return capital(str(kind.label)) if kind else code

    def _called(self, parent: tuple[str, int] | None) -> str:
        if parent is None:
            return ""
        if parent[0] == "row":
            return self.lines[parent[1]].name
        return self.tree.cards[parent[1]].name if parent[1] in self.tree.cards else ""
