"""Figures: named numbers over rows that stand at units, as of any day, in total, by child and by month."""

from .definitions import (
    OWN,
    REGISTRY,
    THEN,
    BadQuestion,
    Count,
    Distinct,
    Figure,
    Frame,
    Named,
    On,
    Part,
    Ratio,
    Source,
    Sum,
    UnknownFigure,
    When,
    Window,
    Without,
    base,
    named,
    register,
)  # fmt: skip
from .kept import Kept, Via
from .questions import Table, by_child, children, quotient, rows, series, share, snapshot, table, value

__all__ = [
    "OWN", "REGISTRY", "THEN", "BadQuestion", "Count", "Distinct", "Figure", "Frame", "Kept", "Named", "On", "Part",
    "Ratio", "Source", "Sum", "Table", "UnknownFigure", "Via", "When", "Window", "Without", "base", "by_child",
    "children", "named", "quotient", "register", "rows", "series", "share", "snapshot", "table", "value",
]  # fmt: skip
