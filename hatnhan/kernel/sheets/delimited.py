"""Text files with separators: which encoding, which separator, which rows. Runs in the reading process."""

import codecs
import csv
import io
from pathlib import Path

from hatnhan.kernel.encodings import ENCODINGS, Evidence
from hatnhan.kernel.sheets.spooling import Output

SEPARATORS = ",;\t|"
_SAMPLE = 200_000
_CELL = 40_000
_COMPUTED = frozenset("=+-@\t\r")
_COMBINING_1258 = frozenset(b"\xcc\xd2\xde\xec\xf2")


def read(path: str, target: Output) -> None:
    """Write all rows as one sheet. Every value is text."""
    text, encoding = decoded(Path(path).read_bytes())
    if text[:4].lower() == "sep=" and "\n" in text:
        first, text = text.split("\n", 1)
        separator = first[4:5]
    else:
        separator = separator_of(text[:_SAMPLE])
    target.sheet("1")
    for number, cells in enumerate(_records(text, separator), start=1):
        target.row(number, [_as_meant(cell) for cell in cells])
    target.close(epoch=1900, encoding=encoding)


def _as_meant(cell: str) -> str | None:
    """The cell without the apostrophe that our own files put before what a spreadsheet program would compute."""
    if cell[:1] == "'" and cell[1:2] in _COMPUTED:
        return cell[1:]
    return cell if cell.strip() else None


def _records(text: str, separator: str) -> list[list[str]]:
    """The rows; quotes are taken as plain characters where they would swallow the rest of the file."""
    csv.field_size_limit(_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        csv.field_size_limit(_SAMPLE)
        return list(csv.reader(text.splitlines(), delimiter=separator, quoting=csv.QUOTE_NONE))


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, by being valid, or by what its words become."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _text(data, name)
    sample = data[:_SAMPLE]
    if sample[1::2].count(0) > len(sample) // 6:
        return _text(data, "utf-16-le")
    if sample[0::2].count(0) > len(sample) // 6:
        return _text(data, "utf-16-be")
    try:
        return _text(data, "utf-8", errors="strict")
    except UnicodeDecodeError:
        return _text(data, _one_byte(sample))


def _text(data: bytes, name: str, *, errors: str = "replace") -> tuple[str, str]:
    return data.decode(name, errors).replace("\x00", ""), name


def _one_byte(sample: bytes) -> str:
    """cp1258 (Vietnamese Windows) or cp1252 (Latin, which the old fonts used too)."""
    shares = {}
    for name in ("cp1258", "cp1252"):
        evidence = Evidence()
        evidence.add(sample.decode(name, "replace"))
        spellings = ["unicode", *(ENCODINGS if name == "cp1252" else [])]
        shares[name] = max(evidence.share(spelling) for spelling in spellings)
    if shares["cp1258"] == shares["cp1252"]:
        return "cp1258" if _COMBINING_1258.intersection(sample) else "cp1252"
    return max(shares, key=shares.__getitem__)


def separator_of(sample: str) -> str:
    """The separator that splits most lines into the same number of parts, more than one."""
    lines = [line for line in sample.splitlines()[:100] if line.strip()]
    best, most = ",", 0
    for separator in SEPARATORS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=separator)]
        except csv.Error:
            continue
        split = [width for width in widths if width > 1]
        score = max((split.count(width) * width for width in set(split)), default=0)
        if score > most:
            best, most = separator, score
    return best
