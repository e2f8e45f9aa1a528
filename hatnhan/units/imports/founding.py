"""From which day an organisation of a list is recorded: its founding, as far as the rules and its parent allow."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from hatnhan import rulebook
from hatnhan.kernel.refusal import Reason
from hatnhan.rulebook.book import shelf
from hatnhan.units import rules

from .tree import Stretch, Tree


@dataclass
class Parent:
    """What a new unit is to hang under: when that stands, and as what; no stretches for the top."""

    line: list[int] = field(default_factory=list)
    """Its unit and those above it, as far as they exist, the nearest first."""
    stretches: list[Stretch] = field(default_factory=list)
    top: bool = False


@dataclass(frozen=True)
class Found:
    """The day, what speaks against it (then there is no day), and unsure rules that do."""

    day: date | None
    blockers: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()


def first_day(tree: Tree, kind: str, name: str, parent: Parent, founded: date | None) -> Found:
    """The earliest day from the founding on from which the unit may hang there as this kind until the day of the list.

    Kinds and parents have windows: a commune's committee of 1947 is one of today's kind only since 1/7/2025."""
    on = tree.on
    last = _asked(tree, kind, name, parent, on)
    if last.blockers:
        return last
    start = min(founded or on, on)
    days = shelf().days()
    cuts = {start, *days[bisect_right(days, start) : bisect_right(days, on)]}
    cuts |= {one.start for one in parent.stretches if start < one.start <= on}
    best = on
    for day in sorted(cuts, reverse=True):
        if _asked(tree, kind, name, parent, day).blockers:
            break
        best = day
    return Found(best, (), last.warnings)


def _asked(tree: Tree, kind: str, name: str, parent: Parent, day: date) -> Found:
    above = next((one.kind for one in parent.stretches if one.start <= day < one.end), None)
    if above is None and not parent.top:
        return Found(None, (Reason("parent", ""),))
    asked = (kind, above, "" if parent.top else tree.regime(parent.line, day), day)
    known = tree.answers.get(asked)
    if known is None:
        book, regime = rulebook.at(day), asked[2] or None
        blockers = rules.founding_blockers(book, kind, above, name, regime)
        known = tree.answers[asked] = (tuple(blockers), tuple(rules.parent_warnings(book, kind, above, regime)))
    return Found(day, *known)
