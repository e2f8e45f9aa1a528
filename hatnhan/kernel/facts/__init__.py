"""Kept figures: monthly numbers of every unit and the sums above them, kept true by marks and one job."""

from .keeping import Flaw, State, count_marked, fill, flaws, keep_up, needed, rebuild, states
from .marks import Counted, CountedQuerySet
from .sheet import SHEETS, Held, Rows, Sheet, keep

__all__ = [
    "SHEETS", "Counted", "CountedQuerySet", "Flaw", "Held", "Rows", "Sheet", "State", "count_marked", "fill", "flaws",
    "keep", "keep_up", "needed", "rebuild", "states",
]  # fmt: skip
