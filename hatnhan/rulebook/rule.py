"""One rule as it stood during one window: its value, where it comes from, and what it may do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from hatnhan.rulebook.words import Words

# What a mark means (how the rule was seen): P primary text read, S press or legal-information page, V public page seen,
# L one locality's guideline, Q quiz or public source code, G public repository, M memory, I inference, D own decision.
MARKS = "PLSQMIVGD"
VERIFIED = frozenset("PSV")


class Force(StrEnum):
    """What a rule may do to an act that breaks it."""

    REFUSE = "refuse"
    WARN = "warn"


class Window(NamedTuple):
    """Half-open days `[start, end)`; `date.min` and `FAR` stand for an open side."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Local:
    """A rule that a committee may set for itself: which seats may, and the whole numbers between which it may."""

    by: tuple[str, ...]
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document that rules come from. Rules outside its own window are carried over from it."""

    number: str
    kind: Words
    part: Words
    window: Window
    replaced_by: str

    @property
    def own(self) -> bool:
        """A convention of this program, not a rule of the Party."""
        return self.number == "own"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """The value of one key during one window. `carried`: taken beyond its document's own time, so not verified. `local`
    says who may set another value; `unit` is the unit whose committee set this one, for itself and all below."""

    key: str
    value: Any
    document: Document
    article: str
    source: Words
    mark: str
    window: Window
    note: Words
    family: str
    carried: bool = False
    local: Local | None = None
    unit: int | None = None

    @property
    def version(self) -> str:
        """Which of a key's windows this is: its first day, or an empty text for the one that has none."""
        return "" if self.window.start == date.min else self.window.start.isoformat()

    @property
    def reference(self) -> str:
        """Key and version, as refusals and the log name the rule."""
        return f"{self.key}@{self.version}"

    @property
    def verified(self) -> bool:
        return self.mark in VERIFIED

    @property
    def force(self) -> Force:
        """A verified rule may refuse; an unsure one warns, says so, and records."""
        return Force.REFUSE if self.verified else Force.WARN

    @property
    def refuses(self) -> bool:
        return self.force is Force.REFUSE
