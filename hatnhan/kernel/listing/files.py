"""A list as a file for spreadsheets. No cell can become a formula: in CSV a leading = + - @ or tab gets an apostrophe
before it, in XLSX every cell is written as the text or number that it is."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rustpy_xlsxwriter import FastExcel

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHEET_NAME = 31


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which spreadsheet programs need to read Vietnamese; comma, one line per row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(heads)
    for count, row in enumerate(rows, start=1):
        writer.writerow([neutral(value) for value in row])
        if count % 500 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Any]], title: str, notes: Iterable[str] = ()) -> bytes:
    """A workbook with one sheet, its head frozen; `notes` (who took it out, when, why) are a second sheet. Heads must
    differ from each other."""
    target = io.BytesIO()
    heads = list(heads)
    records: Any = (dict(zip(heads, map(_written, row), strict=True)) for row in rows)
    first = next(records, None)
    if first is None:  # without any record the writer would not know the columns
        records, first = iter(()), dict.fromkeys(heads, "")
    book = FastExcel(target, autofit=True).format(bold_headers=True).freeze(row=1)
    book.sheet(title[:SHEET_NAME], _chain(first, records))
    lines = [{"": line} for line in notes]
    if lines:
        book.sheet(_notes_name(title), lines, column_width=90)
    book.save()
    return target.getvalue()


def neutral(value: Any) -> str:
    """The text of a cell of a CSV file, with an apostrophe before what a spreadsheet program would compute."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _written(value: Any) -> Any:
    return (
        value if isinstance(value, int | float) and not isinstance(value, bool) else "" if value is None else str(value)
    )


def _chain(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rest


def _notes_name(title: str) -> str:
    return "Ghi chú" if title[:SHEET_NAME] != "Ghi chú" else "Ghi chú 2"


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
