"""Filling a user's own blank: marks {{…}} in a workbook or a document, cells that were pointed at, places on a
pre-printed sheet. Everything else of the file stays as it is."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from docx import Document
from openpyxl.utils.exceptions import InvalidFileException

from hatnhan.kernel.refusal import Reason, Refused

from .pdf import render
from .wording import FIELD

MOST_UNPACKED = 60_000_000
CELL = re.compile(r"(?:'?([^'!]{1,31})'?!)?\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
FORMULA = ("=", "+", "-", "@")


def marks(content: bytes, kind: str) -> list[str]:
    """The fields that a blank names, in their order. Refuses a file that cannot be read."""
    texts = _cells(_book(content)) if kind == "xlsx" else _texts(_document(content))
    return list(dict.fromkeys(name for text in texts for name in FIELD.findall(text)))


def sheets(content: bytes) -> list[str]:
    """The names of a workbook's sheets."""
    return list(_book(content).sheetnames)


def place_of(content: bytes, cell: str) -> str:
    """A cell as it is kept, "Sheet!B3"; refuses one that is none, or of no sheet of the workbook."""
    book, found = _book(content), CELL.fullmatch(cell.strip())
    sheet = (found[1] or book.sheetnames[0]) if found else ""
    if found is None or sheet not in book.sheetnames:
        told = {"cell": cell[:40], "sheets": ", ".join(book.sheetnames)}
        text = _("Không có ô “%(cell)s”. Hãy ghi như B3 hoặc %(sheets)s!B3.") % told
        raise Refused(Reason("cell", text, field="cell"))
    return f"{sheet}!{found[2]}{found[3]}"


def fill_workbook(content: bytes, values: Mapping[str, str], cells: Mapping[str, str]) -> bytes:
    """The workbook with its marks replaced and the cells that were pointed at filled. A value is written as the number
    that it is, else as text, never as a formula."""
    book = _book(content)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and FIELD.search(cell.value):
                    _write(cell, FIELD.sub(lambda found: values.get(found[1], ""), cell.value))
    for place, name in cells.items():
        sheet_name, _sign, address = place.rpartition("!")
        if sheet_name in book.sheetnames and name in values:
            _write(book[sheet_name][address], values[name])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def fill_document(content: bytes, values: Mapping[str, str]) -> bytes:
    """The document with its marks replaced; a mark may run over several runs, its first run's look is kept."""
    document = _document(content)
    for paragraph in _paragraphs(document):
        _fill_paragraph(paragraph, values)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def overprint(places: Mapping[str, Any], values: Mapping[str, str], dx: float, dy: float) -> bytes:
    """A page with nothing but the values, each at its place in millimetres from the top left edge, all moved by `dx`
    and `dy`: to be printed over a sheet that is printed already. Raises MissingFontError without any text."""
    items = [
        {"text": values.get(name, ""), "x": float(x) + dx, "y": float(y) + dy, "size": int(size)}
        for name, (x, y, size) in places.items()
    ]
    return render("overprint", {"items": items})


# --- reading ------------------------------------------------------------------------------------------------------


def _book(content: bytes) -> Any:
    _must_be_small(content)
    try:
        return openpyxl.load_workbook(io.BytesIO(content))
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        raise _unreadable() from error


def _document(content: bytes) -> Any:
    _must_be_small(content)
    try:
        return Document(io.BytesIO(content))
    except (KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        raise _unreadable() from error


def _must_be_small(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise _unreadable() from error
    if size > MOST_UNPACKED:
        raise Refused(Reason("large", _("Mẫu này quá lớn khi mở ra; mẫu nhiều nhất 60 MB."), field="file"))


def _unreadable() -> Refused:
    return Refused(
        Reason("damaged", _("Không mở được tệp này; hãy lưu lại thành XLSX hoặc DOCX rồi gửi."), field="file")
    )


def _cells(book: Any) -> Iterator[str]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))


def _texts(document: Any) -> Iterator[str]:
    return ("".join(run.text for run in paragraph.runs) for paragraph in _paragraphs(document))


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph: of the body, its tables, heads and feet."""
    yield from _within(document)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            yield from _within(part)


def _within(place: Any) -> Iterator[Any]:
    yield from place.paragraphs
    for table in place.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from _within(cell)


# --- writing ------------------------------------------------------------------------------------------------------


def _write(cell: Any, text: str) -> None:
    plain = text.strip().replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})*", text.strip()) else text.strip()
    if plain.isascii() and plain.isdecimal() and (len(plain) == 1 or not plain.startswith("0")) and len(plain) < 12:
        cell.value = int(plain)
        return
    cell.value = text
    if text.startswith(FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True


def _fill_paragraph(paragraph: Any, values: Mapping[str, str]) -> None:
    runs = paragraph.runs
    whole = "".join(run.text for run in runs)
    if not FIELD.search(whole):
        return
    starts, position = [], 0
    for run in runs:
        starts.append(position)
        position += len(run.text)
    for found in reversed(list(FIELD.finditer(whole))):
        _replace(runs, starts, found.start(), found.end(), values.get(found[1], ""))


def _replace(runs: list[Any], starts: list[int], first: int, last: int, text: str) -> None:
    """Put a text in the place of the letters `[first, last)` of a paragraph: into the run where they begin."""
    for at in range(len(runs) - 1, -1, -1):
        begin, end = starts[at], starts[at] + len(runs[at].text)
        low, high = max(first, begin), min(last, end)
        if low >= high:
            continue
        own = runs[at].text
        inside = text if begin <= first < end else ""
        runs[at].text = own[: low - begin] + inside + own[high - begin :]
