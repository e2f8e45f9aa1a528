"""Which column of a sheet is what: found by the program, changed by the user, kept as JSON between two requests."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from hatnhan.kernel.encodings import Encoding


@dataclass(frozen=True)
class Mapping:
    """Columns are counted from 0, rows as on the sheet from 1.

    A field may take several columns (a name in two); a column may hold several fields, in the order of `fields`.
    """

    fields: dict[str, tuple[int, ...]] = field(default_factory=dict)
    header_rows: tuple[int, ...] = ()
    first_data_row: int = 1
    headings: dict[int, str] = field(default_factory=dict)
    """What stands above each column, all header lines joined."""
    ordinal: int | None = None
    """The column that numbers the lines."""
    stacked: bool = False
    """Each entry takes two to four lines; only the first has a number or a name."""
    encodings: dict[int, Encoding] = field(default_factory=dict)
    """Columns typed with the fonts of before Unicode."""
    title: tuple[str, ...] = ()
    """The lines above the header."""
    confidence: float = 0.0
    """0 to 1: how much of what is needed was found."""
    notes: tuple[str, ...] = ()

    @property
    def unknown(self) -> dict[int, str]:
        """Headings of the columns that are not used."""
        used = {column for columns in self.fields.values() for column in columns}
        return {
            column: heading
            for column, heading in self.headings.items()
            if heading and column not in used and column != self.ordinal
        }

    def fields_of(self, column: int) -> tuple[str, ...]:
        """The fields that a column holds."""
        return tuple(name for name, columns in self.fields.items() if column in columns)

    def columns(self) -> dict[int, tuple[str, ...]]:
        """Every used column, from the left, with its fields."""
        used = sorted({column for columns in self.fields.values() for column in columns})
        return {column: self.fields_of(column) for column in used}

    def first(self, *names: str) -> int | None:
        """The first column of the first of these fields that has one."""
        return next((self.fields[name][0] for name in names if self.fields.get(name)), None)

    def assign(self, column: int, names: Iterable[str]) -> "Mapping":
        """A mapping in which this column holds exactly these fields."""
        names = list(names)
        fields = {name: tuple(one for one in columns if one != column) for name, columns in self.fields.items()}
        for name in names:
            fields[name] = tuple(sorted({*fields.pop(name, ()), column}))
        return replace(self, fields={name: columns for name, columns in fields.items() if columns})

    def to_json(self) -> dict[str, Any]:
        """For a form or a session."""
        return {
            "fields": {name: list(columns) for name, columns in self.fields.items()},
            "header_rows": list(self.header_rows),
            "first_data_row": self.first_data_row,
            "headings": {str(column): heading for column, heading in self.headings.items()},
            "ordinal": self.ordinal,
            "stacked": self.stacked,
            "encodings": {str(column): encoding for column, encoding in self.encodings.items()},
            "title": list(self.title),
            "confidence": self.confidence,
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "Mapping":
        """The other way; KeyError, TypeError or ValueError for what `to_json` did not write."""
        return cls(
            fields={str(name): tuple(map(int, columns)) for name, columns in written["fields"].items()},
            header_rows=tuple(map(int, written["header_rows"])),
            first_data_row=int(written["first_data_row"]),
            headings={int(column): str(heading) for column, heading in written["headings"].items()},
            ordinal=None if written["ordinal"] is None else int(written["ordinal"]),
            stacked=bool(written["stacked"]),
            encodings={int(column): encoding for column, encoding in written["encodings"].items()},
            title=tuple(map(str, written["title"])),
            confidence=float(written["confidence"]),
            notes=tuple(map(str, written["notes"])),
        )
