"""One row of a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

# What most rows have none of is shared, so that a long list takes little memory.
NOTHING: Sequence[str] = ()
NO_CHANGES: Mapping[str, Any] = MappingProxyType({})


@dataclass(slots=True)
class Line:
    """One data row of the sheet: its number, what would happen, and why not.

    `changes` maps fields to their new values; `person_id` and `version` say who is meant and which record was seen."""

    row: int
    outcome: str
    name: str
    birth: str
    problems: list[str] = field(default_factory=list)
    notes: Sequence[str] = NOTHING
    person_id: int | None = None
    version: int = 0
    unit_id: int | None = None
    changes: Mapping[str, Any] = field(default_factory=lambda: NO_CHANGES)
    question: Mapping[str, Any] = field(default_factory=lambda: NO_CHANGES)

    def as_dict(self) -> dict[str, Any]:
        """The form of `--json`."""
        return {
            "row": self.row, "outcome": self.outcome, "name": self.name, "birth": self.birth, "problems": self.problems
        }  # fmt: skip

    def refuse(self, text: str) -> None:
        """Take nothing of the row."""
        self.outcome, self.changes, self.question = "refused", NO_CHANGES, NO_CHANGES
        self.problems.append(text)
