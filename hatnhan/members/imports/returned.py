"""The user's own file back: every sheet with its cells as values, and at the right of the list what became of each row.

No cell can become a formula: texts are written as texts, whatever they begin with."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rustpy_xlsxwriter import FastExcel

from hatnhan.kernel.sheets.book import Sheet, Value
from hatnhan.members.models import ImportRun

from . import preview
from .desk import reopened

OUTCOMES = {
    "new": gettext_lazy("Mới"), "changed": gettext_lazy("Thay đổi"), "unchanged": gettext_lazy("Không đổi"),
    "question": gettext_lazy("Cần hỏi lại"), "refused": gettext_lazy("Bị từ chối"),
}  # fmt: skip
FIRST_YEAR = 1900
NAME = 31


def workbook(run: ImportRun) -> bytes:
    """An XLSX file. Raises `Unreadable` when the upload cannot be opened any more."""
    of = reopened(run)
    said = {
        one.row: (str(OUTCOMES[one.outcome]), "\n".join((*one.problems, *one.notes)))
        for one in preview.every(run.stored)
    }
    head = of.mapping.header_rows[-1] if of.mapping.header_rows else of.mapping.first_data_row - 1
    target = io.BytesIO()
    with FastExcel(target) as book:
        book.format(datetime_format="dd/mm/yyyy")
        sheets = [of.sheet, *of.book.sheets] if of.together else of.book.sheets
        for number, sheet in enumerate(sheets):
            added: dict[int, tuple[str, str]] = {}
            if sheet is of.sheet:
                added = {max(head, 1): (_("Kết quả"), _("Cần sửa")), **said}
            book.sheet(_named(sheet, number), _records(sheet, added))
    return target.getvalue()


def _named(sheet: Sheet, number: int) -> str:
    allowed = "".join(" " if letter in r"[]:*?/\\" else letter for letter in sheet.name).strip(" '")
    return allowed[:NAME] or str(number + 1)


def _records(sheet: Sheet, added: dict[int, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """One record for every row of the sheet, blank ones too, so that row numbers stay. The writer takes its first line
    from the keys, which must differ: spaces behind them tell them apart."""
    width = sheet.width
    rows = _numbered(sheet, max(added, default=1))
    first = _line(next(rows), width, added.get(1))
    keys: dict[str, None] = {}
    for cell in first:
        key = "" if cell is None else str(cell)
        while key in keys:
            key += " "
        keys[key] = None
    empty = True
    for number, cells in enumerate(rows, start=2):
        empty = False
        yield dict(zip(keys, _line(cells, width, added.get(number)), strict=True))
    if empty:
        yield dict.fromkeys(keys)


def _numbered(sheet: Sheet, least: int) -> Iterator[tuple[Value, ...]]:
    """The cells of every row from the first to the last."""
    at = 1
    for row in sheet.rows:
        while at < row.number:
            yield ()
            at += 1
        yield row.cells
        at += 1
    while at <= least:
        yield ()
        at += 1


def _line(cells: tuple[Value, ...], width: int, added: tuple[str, str] | None) -> list[Any]:
    whole = [_value(cell) for cell in cells[:width]]
    return [*whole, *[None] * (width - len(whole)), *(added or (None, None))]


def _value(cell: Value) -> Any:
    if isinstance(cell, date) and cell.year < FIRST_YEAR:
        return f"{cell.day}/{cell.month}/{cell.year}"
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) >= 10**15:
        return str(cell)
    return cell
