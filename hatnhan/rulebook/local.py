"""Rules that committees have set for themselves, as rules of the book."""

from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.rulebook.models import Override
from hatnhan.rulebook.rule import Document, Rule, Window
from hatnhan.rulebook.words import Words

DECISION = Words("Quyết định", "Decision")
SOURCE = Words("cấp ủy tự quy định", "set by the committee itself")


class Rules(Protocol):
    """Rules by key, of one day."""

    def get(self, key: str) -> Rule | None: ...


def local_rules(book: Rules, day: date, unit: Unit | int, known_at: datetime | None = None) -> list[Rule]:
    """The rules that hold for a unit on the day because a committee in its line has set them; the nearest counts."""
    path = Placement.objects.path_of(unit, day)
    line = [unit_of(part) for part in segments(path or "")]
    rows = list(Override.objects.on(day, known_at=known_at).filter(unit__in=line))
    nearest = {row.key: row for row in sorted(rows, key=lambda row: line.index(row.unit_id))}
    found = [(book.get(key), row) for key, row in nearest.items()]
    return [as_rule(rule, row) for rule, row in found if rule is not None and rule.local is not None]


def as_rule(rule: Rule, row: Override) -> Rule:
    """The rule with the committee's value, decision and window. A decision of one's own is known at first hand."""
    document = Document(row.decision, DECISION, Words("", ""), Window(row.valid_from, row.valid_to), "")
    return replace(
        rule, value=row.value, document=document, article="", source=SOURCE, mark="P", carried=False,
        window=Window(row.valid_from, row.valid_to), unit=row.unit_id,
    )  # fmt: skip


def of_key(key: str) -> list[Override]:
    """Everything that committees have set for a key and that holds to be true, the latest first."""
    rows = Override.objects.unvoided().filter(key=key).order_by("-valid_from", "unit_id")
    return list(rows.select_related("unit"))
