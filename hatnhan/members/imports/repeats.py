"""What two rows of one list cannot both say: the same number, the same person, two secretaries of one cell."""

from collections.abc import Hashable

from django.utils.translation import gettext as _

from hatnhan.kernel.vietnamese import plain

from .judging import Judgement, in_row
from .line import Line
from .matching import Match
from .offices import SINGLE
from .spelling import apart

WHOLE_DAY = 10


class Repeats:
    """Sees the rows of a list one after the other. What it keeps of each is small: hashes and the row itself."""

    def __init__(self) -> None:
        self.numbers: dict[int, Line] = {}
        self.people: dict[int, list[tuple[Line, bool]]] = {}
        self.secretaries: dict[int | None, Line] = {}
        self.conflicts: list[tuple[Line, Line, str]] = []

    def see(self, line: Line, one: Judgement, match: Match) -> None:
        """Remember a row; refuse it at once where it repeats an earlier one."""
        same = self._same_number(line, one)
        before = self._same_person(line, one, match)
        if same is not None and same is not before and _names_differ(same, line):
            self.conflicts.append((same, line, _("cùng một số thẻ hoặc số định danh")))
        elif (first := before or same) is not None and line.outcome not in ("refused", "question"):
            self._repeated(line, one, first, same is not None)
        if SINGLE in one.offices and line.outcome != "refused":
            other = self.secretaries.setdefault(line.unit_id, line)
            if other is not line:
                self.conflicts.append((other, line, _("chi bộ chỉ có một bí thư")))

    def refuse_conflicts(self) -> bool:
        """Refuse both rows of every conflict: the list does not tell which one is right. True when there was one."""
        for first, second, what in self.conflicts:
            for line, other in ((first, second), (second, first)):
                text = _("trùng với dòng %(row)s của chính bảng này: %(what)s.") % {"row": other.row, "what": what}
                line.refuse(in_row(line.row, text))
        return bool(self.conflicts)

    def _repeated(self, line: Line, one: Judgement, first: Line, numbered: bool) -> None:
        """The same person twice; in doubt a question for whoever wrote the list, not for a superior."""
        twice = len(one.birth) == WHOLE_DAY and not one.numbers and not apart(first.name, line.name)
        if numbered or twice:
            line.refuse(in_row(line.row, _("trùng với dòng %(row)s của chính bảng này.") % {"row": first.row}))
            return
        line.outcome, line.changes = "question", {}
        text = _("cùng họ tên với dòng %(row)s mà chưa đủ ngày sinh, số thẻ để biết có phải hai người không.")
        line.problems.append(in_row(line.row, text % {"row": first.row}))

    def _same_person(self, line: Line, one: Judgement, match: Match) -> Line | None:
        """The earlier row about the same person."""
        person = line.person_id or (match.person.id if match.person else None)
        if person is None and not one.key:
            return None
        key: Hashable = person or (one.key, one.birth, line.unit_id)
        before = self.people.setdefault(hash(key), [])
        found = next((seen for seen, numbered in before if not self._are_two(seen, numbered, line, one, person)), None)
        before.append((line, bool(one.numbers)))
        return found

    @staticmethod
    def _are_two(seen: Line, numbered: bool, line: Line, one: Judgement, person: int | None) -> bool:
        """Nothing but a name and a vague birth date in common, and numbers or marks of their own."""
        if person is not None or len(one.birth) == WHOLE_DAY:
            return False
        return (numbered and bool(one.numbers)) or apart(seen.name, line.name)

    def _same_number(self, line: Line, one: Judgement) -> Line | None:
        found = None
        for number in one.numbers:
            first = self.numbers.setdefault(hash(min(number.digests)), line)
            if first is not line:
                found = found or first
        return found


def _names_differ(one: Line, other: Line) -> bool:
    return (plain(one.name), one.birth) != (plain(other.name), other.birth)
