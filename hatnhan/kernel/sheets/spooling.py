"""How rows travel from the process that reads a file: one line of JSON each, then what the sheets are."""

import json
from datetime import date, datetime, time
from typing import IO, Any

DAMAGED, PASSWORD, TOO_MUCH, DISK_FULL = 3, 4, 5, 6
"""Exit codes of the reading process."""
TRAILER = 20
"""Digits at the very end: the byte position of the description."""


def _written(value: object) -> Any:
    """JSON for what is not a text, a number, or a yes or no."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return str(value)


class Output:
    """Writes rows and remembers where each sheet stands."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.position = 0
        self.sheets: list[dict[str, Any]] = []
        self.encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_written).encode

    def sheet(self, name: str, **details: Any) -> None:
        """Begin a sheet."""
        self.sheets.append({"name": name, "start": self.position, "end": self.position, "count": 0, **details})

    def row(self, number: int, cells: list[Any]) -> None:
        """One row of the sheet begun last, `[number, [cell, …]]`; an empty row is left out."""
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            line = self.encode([number, cells]).encode("utf-8", "replace") + b"\n"
            self.file.write(line)
            self.position += len(line)
            self.sheets[-1]["end"] = self.position
            self.sheets[-1]["count"] += 1

    def close(self, **details: Any) -> None:
        """The description and its position."""
        self.file.write(self.encode({"sheets": self.sheets, **details}).encode() + b"\n%020d" % self.position)
        self.file.flush()
