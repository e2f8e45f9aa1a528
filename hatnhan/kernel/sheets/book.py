"""What was read from a spreadsheet: sheets of rows, kept in a temporary file and read from there as needed."""

import json
import os
import weakref
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Epoch

Value = str | int | float | bool | date | None
"""One cell: text, a number, a yes or no, a date (or a date with its time), or nothing."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row with anything in it. `number` is the row's number on the sheet, from 1, as the user sees it."""

    number: int
    cells: tuple[Value, ...]

    def at(self, column: int) -> Value:
        """The cell of a column counted from 0; None beyond the last one."""
        return self.cells[column] if column < len(self.cells) else None


class Merge(NamedTuple):
    """Cells merged into one: row numbers from 1, columns from 0, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet. Its rows may be gone through any number of times; empty ones are left out."""

    name: str
    rows: Collection[Row]
    visible: bool = True
    merged: tuple[Merge, ...] = ()
    hidden_rows: int = 0
    uncounted: tuple[str, ...] = ()
    """Cells with a formula whose result was never stored, like "C7"; they read as empty."""

    @classmethod
    def of(cls, lines: Collection[Collection[Value]], name: str = "1", **details: Any) -> "Sheet":
        """A sheet from plain lists; the first is row 1."""
        rows = [Row(number, tuple(cells)) for number, cells in enumerate(lines, start=1)]
        return cls(name, [row for row in rows if any(cell not in (None, "") for cell in row.cells)], **details)

    @property
    def width(self) -> int:
        """The number of columns of the widest of the first rows."""
        widths = [len(row.cells) for _index, row in zip(range(200), self.rows, strict=False)]
        return max(widths, default=0)


@dataclass(frozen=True)
class Book:
    """All sheets of one file. `epoch` tells from which year plain day numbers are counted."""

    name: str
    sheets: tuple[Sheet, ...]
    epoch: Epoch = 1900
    kind: str = ""
    encoding: str = ""

    @property
    def main(self) -> Sheet:
        """The visible sheet with the most rows, the first of equals."""
        return max(self.sheets, key=lambda sheet: (sheet.visible, len(sheet.rows)))

    def warnings(self) -> list[str]:
        """What the reader should know before using the file, in sentences."""
        told = []
        for sheet in self.sheets:
            if sheet.uncounted:
                told.append(
                    _(
                        "Trang “%(sheet)s” có %(count)s ô công thức chưa có kết quả (ví dụ ô %(cell)s), "
                        "nên được coi là trống. Mở tệp bằng Excel, lưu lại rồi tải lên lần nữa."
                    )
                    % {"sheet": sheet.name, "count": len(sheet.uncounted), "cell": sheet.uncounted[0]}
                )
            if sheet.hidden_rows:
                told.append(
                    _("Trang “%(sheet)s” có %(count)s dòng đang ẩn; các dòng này vẫn được đọc.")
                    % {"sheet": sheet.name, "count": sheet.hidden_rows}
                )
            if not sheet.visible:
                told.append(_("Trang “%(sheet)s” đang ẩn trong tệp.") % {"sheet": sheet.name})
        return told


class Spool:
    """Keeps a temporary file open by its descriptor as long as somebody may still read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.descriptor = os.dup(file.fileno())
        weakref.finalize(self, os.close, self.descriptor)

    def lines(self, start: int, end: int) -> Iterator[bytes]:
        """The lines between two byte positions; independent of other readers."""
        rest = b""
        while start < end:
            block = os.pread(self.descriptor, min(_BLOCK, end - start), start)
            if not block:
                break
            start += len(block)
            *whole, rest = (rest + block).split(b"\n")
            yield from whole


def _value(written: dict[str, str]) -> date:
    text = written["d"]
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


_DECODER = json.JSONDecoder(object_hook=_value)


@dataclass(frozen=True)
class SpooledRows(Collection[Row]):
    """Rows in a spool: bytes `start` to `end`, `count` lines, each `[number, [cell, …]]`."""

    spool: Spool
    start: int
    end: int
    count: int = field(default=0)

    def __iter__(self) -> Iterator[Row]:
        decode = _DECODER.decode
        for line in self.spool.lines(self.start, self.end):
            number, cells = decode(line.decode())
            yield Row(number, tuple(cells))

    def __len__(self) -> int:
        return self.count

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)
