"""XLSX, XLSM, XLSB, XLS and ODS through calamine. Runs in the reading process."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine as calamine

from hatnhan.kernel.sheets.spooling import Output

PASSWORD = calamine.PasswordError
DAMAGE = (
    calamine.CalamineError,
    ValueError,
    LookupError,
    StopIteration,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
    ElementTree.ParseError,
)

_EXACT = 1e15
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BLOCK = 1 << 20
_SMALL = 16 << 20
_HIDDEN_ROW = re.compile(rb"<row\b[^>]*\bhidden=\"(?:1|true)\"")
_UNCOUNTED = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]+\d+)\"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_MODE_1904 = b"\x22\x00\x02\x00\x01\x00"


def read(path: str, kind: str, target: Output) -> None:
    """Write the rows of every sheet."""
    # calamine believes a file's ending; of a file that was renamed it is given the bytes alone.
    renamed = Path(path).suffix.lower() not in ("", f".{kind}")
    with calamine.load_workbook(BytesIO(Path(path).read_bytes()) if renamed else path) as book:
        parts = _sheet_parts(path) if kind == "xlsx" else {}
        for index, about in enumerate(book.sheets_metadata):
            if about.typ == calamine.SheetTypeEnum.WorkSheet:
                visible = about.visible == calamine.SheetVisibleEnum.Visible
                target.sheet(about.name, visible=visible, **_looked_at(path, parts.get(about.name)))
                _rows(book.get_sheet_by_index(index), target)
    target.close(epoch=_epoch(path, kind))


def _rows(sheet: calamine.CalamineSheet, target: Output) -> None:
    """`iter_rows` begins at the sheet's first row but at the first column in use."""
    before: list[Any] = [None] * (sheet.start[1] if sheet.start else 0)
    target.sheets[-1]["merged"] = sheet.merged_cell_ranges or []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        # Text beyond "$" (most of a sheet) needs no look: it is neither blank nor an error.
        target.row(number, before + [c if c.__class__ is str and c > "$" else _clean(c) for c in cells])


def _clean(cell: Any) -> Any:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < _EXACT else cell
    if isinstance(cell, str):
        return None if not cell.strip() or cell in _ERRORS else cell
    return cell


def _sheet_parts(path: str) -> dict[str, str]:
    """Sheet names of an XLSX file to the parts that hold them."""
    with zipfile.ZipFile(path) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        book = ElementTree.fromstring(_small(archive, "xl/workbook.xml"))  # noqa: S314
        links = ElementTree.fromstring(_small(archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATION), "")
            full = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if full.lower() in names:
                parts[element.get("name", "")] = names[full.lower()]
    return parts


def _small(archive: zipfile.ZipFile, wanted: str) -> bytes:
    name = next(name for name in archive.namelist() if name.lower() == wanted.lower())
    with archive.open(name) as part:
        return part.read(_SMALL)


def _looked_at(path: str, part: str | None) -> dict[str, Any]:
    """What calamine does not tell of an XLSX sheet: hidden rows, and formulas whose result was never stored."""
    if part is None:
        return {}
    hidden, uncounted, rest = 0, [], b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            block = rest + block
            cut = max(block.rfind(b"<c "), block.rfind(b"<row "), 0) or len(block)
            block, rest = block[:cut], block[cut:]
            hidden += len(_HIDDEN_ROW.findall(block)) if b"hidden=" in block else 0
            uncounted += _uncounted(block)
        hidden += len(_HIDDEN_ROW.findall(rest))
        uncounted += _uncounted(rest)
    return {"hidden_rows": hidden, "uncounted": uncounted}


def _uncounted(block: bytes) -> list[str]:
    return [cell.decode() for cell in _UNCOUNTED.findall(block)] if b"<f" in block else []


def _epoch(path: str, kind: str) -> int:
    """The year from which plain day numbers count: 1904 in some files from old Macs."""
    if kind == "xlsx":
        with zipfile.ZipFile(path) as archive:
            start = _small(archive, "xl/workbook.xml")
        return 1904 if re.search(rb"date1904=\"(?:1|true)\"", start) else 1900
    if kind == "xls":
        return 1904 if _MODE_1904 in Path(path).read_bytes()[: 1 << 16] else 1900
    return 1900
