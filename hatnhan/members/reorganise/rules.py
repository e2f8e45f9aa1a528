"""What the numbers of a merged or split cell mean: facts in, reasons out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook import Book, Rule, sentence


@dataclass(frozen=True)
class Strength:
    """A cell as it will be: its name, home members, and the full ones among them."""

    name: str
    members: int
    full: int


def strength_reasons(book: Book, cell: Strength) -> tuple[list[Reason], list[Reason]]:
    """(refusals, warnings) for a cell that will have so many members: three full members at least, thirty at most
    without consent. An unsure rule only warns."""
    refusals: list[Reason] = []
    warnings: list[Reason] = []
    least = book.get("founding.cell.min_full")
    if least is not None and cell.full < least.value:
        text = _("%(name)s chỉ có %(count)s đảng viên chính thức, cần ít nhất %(least)s.")
        reason = _reason("min_full", text % {"name": cell.name, "count": cell.full, "least": least.value}, least)
        (refusals if least.refuses else warnings).append(reason)
    most = book.get("founding.cell.max_members_without_consent")
    if most is not None and cell.members > most.value:
        text = _("%(name)s sẽ có %(count)s đảng viên, đông hơn %(most)s: cần cấp trên của tổ chức cơ sở đảng đồng ý.")
        warnings.append(_reason("consent", text % {"name": cell.name, "count": cell.members, "most": most.value}, most))
    return refusals, warnings


def to_do(book: Book, cell: Strength) -> list[Reason]:
    """What such a cell has to see to afterwards: Party groups, a committee of its own."""
    found = []
    groups = book.get("cell.group.split_min")
    if groups is not None and cell.members >= groups.value:
        text = _("%(name)s có từ %(least)s đảng viên trở lên: cần chia tổ đảng.")
        found.append(_reason("groups", text % {"name": cell.name, "least": groups.value}, groups))
    committee = book.get("cell.committee.min_full")
    if committee is not None and cell.full >= committee.value:
        text = _("%(name)s có từ %(least)s đảng viên chính thức trở lên: có chi ủy.")
        found.append(_reason("committee", text % {"name": cell.name, "least": committee.value}, committee))
    return found


def deputies_warning(book: Book, cell: Strength, deputies: int) -> list[Reason]:
    """A small cell has one deputy at most."""
    committee, most = book.get("cell.committee.min_full"), book.get("cell.small.max_deputies")
    if committee is None or most is None or cell.full >= committee.value or deputies <= most.value:
        return []
    text = _("Chi bộ có ít hơn %(least)s đảng viên chính thức có nhiều nhất %(most)s phó bí thư.")
    return [_reason("deputies", text % {"least": committee.value, "most": most.value}, most)]


def _reason(code: str, text: str, rule: Rule) -> Reason:
    return Reason(code, text, source=sentence(rule))
