"""Between figures and those who keep their numbers ready: what may be read instead of counted. Figures know no tables
of kept numbers; `kernel.facts` puts its reader here."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from .definitions import Figure, Source
from .question import Question

By: TypeAlias = Literal["child", "month"] | None
Via: TypeAlias = Literal["auto", "live", "facts", "sums"]
"""`auto` reads kept numbers where there are some and counts the rest; `live` counts everything. `facts` and `sums` read
one kind only, for tests."""
Groups: TypeAlias = dict[Source, list[Figure]]


@dataclass(frozen=True)
class Kept:
    """How much of an answer was kept: up to which day numbers were read, and how many units below wait to be counted
    again and were counted live meanwhile."""

    day: date
    pending: int


@dataclass
class Answer:
    """What kept numbers say; `live` are the figures that are to be counted."""

    total: dict[str, int] = field(default_factory=dict)
    parts: dict[Any, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    live: Groups = field(default_factory=dict)
    kept: Kept | None = None

    def add(self, parts: Mapping[Any, Mapping[str, int]], total: Mapping[str, int], sign: int = 1) -> None:
        """Add numbers, or with -1 take them away."""
        for key, row in parts.items():
            mine = self.parts[key]
            for code, n in row.items():
                mine[code] = mine.get(code, 0) + sign * n
        for code, n in total.items():
            self.total[code] = self.total.get(code, 0) + sign * n


Reader: TypeAlias = Callable[[Groups, Question, By, Via], Answer]


def nothing_kept(groups: Groups, question: Question, by: By, via: Via) -> Answer:
    """All is counted."""
    return Answer(live=groups)


READERS: list[Reader] = [nothing_kept]
