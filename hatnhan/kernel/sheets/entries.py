"""What is handed on of each entry of a sheet: values by field, what is wrong with it, and what stood there."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """What cannot be taken, or was taken with a guess, in a translated sentence that says what is allowed."""

    field: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass
class Entry:
    """One entry. A field that is not in `values` is to stay as it is: its cell was empty or masked.

    `row` is the number of its first row on the sheet. `problems` refuse the entry; `notes` only tell what was
    repaired or looks odd. `raw` holds the text as it stood, except of fields that pass through unseen.
    """

    row: int
    rows: tuple[int, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    section: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str, message: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(name, message))

    def note(self, name: str, message: str) -> None:
        """Add a remark."""
        self.notes.append(Problem(name, message))


class BadValue(ValueError):
    """A cell that cannot be taken; the message is a translated sentence that says what is allowed."""
