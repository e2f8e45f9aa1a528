"""Unit lists as people have them: which column is what, and one entry per organisation."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.known import BadDate, Epoch, Known, parse_known
from hatnhan.kernel.sheets import headings
from hatnhan.kernel.sheets.book import Sheet, Value
from hatnhan.kernel.sheets.entries import Entry
from hatnhan.kernel.sheets.lines import Habits, Lines, Record, total_line
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.sheets.vocabulary import Vocabulary
from hatnhan.kernel.vietnamese import nfc, plain

LABELS = {
    "code": gettext_lazy("Mã"),
    "name": gettext_lazy("Tên tổ chức"),
    "kind": gettext_lazy("Loại hình"),
    "parent": gettext_lazy("Trực thuộc"),
    "founded": gettext_lazy("Ngày thành lập"),
}
LONGEST = 200
FIRST_FOUNDED = date(1930, 2, 3)
PLANNED_YEARS = 2
"""A list may hold organisations decided for a day to come, this many years ahead."""

__all__ = ["LABELS", "Entry", "Mapping", "best_sheet", "organisations", "recognise"]

_ORGANISATION = (
    r"(?:to chuc(?: co so)?(?: dang)?|don vi|chi bo|dang bo|chi bo dang bo|dang bo chi bo|tc dang|tcd|tccsd)"
)
_UNITS = Vocabulary(
    exact={
        "parent": rf"(?:ma |ten )?(?:{_ORGANISATION} )?cap tren(?: truc tiep)?|(?:{_ORGANISATION} )?(?:truc )?thuoc"
        rf"(?: {_ORGANISATION})?|don vi chu quan|parent(?: code| unit)?|superior",
        "code": rf"ma(?: so)?(?: {_ORGANISATION})?|ky hieu|(?:unit )?code",
        "kind": rf"(?:loai|loai hinh|kieu|hinh thuc)(?: {_ORGANISATION})?|kind|type",
        "founded": r"(?:ngay |ngay thang |ngay thang nam |thoi gian |nam )?(?:(?:qd|quyet dinh) )?thanh lap|tu ngay"
        r"|co hieu luc|ngay hieu luc|founded(?: on)?|date founded|established",
        "name": rf"ten(?: goi)?(?: {_ORGANISATION})?(?: truc thuoc)?|{_ORGANISATION}|(?:unit )?name|organisation",
    },
    loose={"name": rf"ten {_ORGANISATION} .*", "founded": r"ngay .*thanh lap.*"},
    ignored=r".*dang so.*|so luong.*|ghi chu|so dang vien|bi thu.*",
    weights={"name": 2, "code": 2, "ordinal": 2},
)


def recognise(sheet: Sheet) -> Mapping:
    """The mapping of a unit list; of two columns on the superior the one with codes counts."""
    mapping = headings.recognise(sheet, _UNITS)
    fields = {name: columns[:1] for name, columns in mapping.fields.items()}
    for column in mapping.fields.get("parent", ()):
        if plain(mapping.headings.get(column, "")).startswith("ma "):
            fields["parent"] = (column,)
    found = sum(share for name, share in _SHARES.items() if name in fields)
    notes = () if "name" in fields else (_("Chưa nhận ra cột tên tổ chức. Hãy chọn cột này trước khi tiếp tục."),)
    return replace(mapping, fields=fields, confidence=round(found, 2), notes=notes)


_SHARES = {"name": 0.5, "code": 0.2, "parent": 0.2, "kind": 0.1}


def best_sheet(sheets: tuple[Sheet, ...]) -> tuple[Sheet, Mapping]:
    """The sheet of a book that looks most like a unit list, with its mapping."""
    found = [(sheet, recognise(sheet)) for sheet in sheets if sheet.rows]
    return max(found, key=lambda pair: (pair[0].visible, pair[1].confidence, len(pair[0].rows)))


def organisations(sheet: Sheet, mapping: Mapping, *, on: date, epoch: Epoch = 1900) -> Iterator[Entry]:
    """Each organisation of the sheet, in its order: code, name, kind and parent as text, founded as `Known`."""
    keys = tuple(column for name in ("name", "code") for column in mapping.fields.get(name, ()))
    name, code = mapping.first("name"), mapping.first("code")

    def complete(cells: tuple[Value, ...]) -> bool:
        called = _at(cells, name) if name is not None else None
        coded = _at(cells, code) if code is not None else None
        beside = isinstance(called, str) and coded is not None and not total_line(str(coded))
        return beside or _organised(called)

    habits = Habits(
        keys=keys,
        section=lambda _title: None,
        kinds=(),
        complete=complete,
        goes_on=lambda _cells: False,
        lone=_organised,
    )
    for record in Lines(sheet, mapping, habits).records():
        yield _entry(record, mapping, on, epoch)


def _organised(cell: Value) -> bool:
    """Whether a text is the name of an organisation beyond doubt, and not a total or a signature."""
    return isinstance(cell, str) and bool(re.match(r"(?:chi|dang) bo .", plain(cell)))


def _at(cells: tuple[Value, ...], column: int) -> Value:
    return cells[column] if column < len(cells) else None


def _entry(record: Record, mapping: Mapping, on: date, epoch: Epoch) -> Entry:
    entry = Entry(record.rows[0], tuple(record.rows))
    for name, columns in mapping.fields.items():
        pieces = [piece for piece in record.pieces(columns[0]) if piece is not None]
        if not pieces:
            continue
        entry.raw[name] = " ".join(map(_text, pieces))
        if name == "founded":
            _founded(entry, pieces[0], on, epoch)
        elif len(entry.raw[name]) > LONGEST:
            entry.refuse(name, _sentence(entry, name, _("dài quá %(most)s chữ.") % {"most": LONGEST}))
        else:
            entry.values[name] = entry.raw[name]
    if not entry.values.get("name") and not entry.values.get("code"):
        entry.refuse("name", _sentence(entry, "name", _("còn trống. Cần ghi tên hoặc mã của tổ chức.")))
    return entry


def _founded(entry: Entry, piece: Value, on: date, epoch: Epoch) -> None:
    latest = date(on.year + PLANNED_YEARS, 12, 31)
    try:
        entry.values["founded"] = parse_known(piece, epoch=epoch, earliest=FIRST_FOUNDED, latest=latest)
    except BadDate as error:
        entry.refuse("founded", _sentence(entry, "founded", str(error)))


def _sentence(entry: Entry, name: str, what: str) -> str:
    return _("Dòng %(row)s, %(field)s: %(what)s") % {"row": entry.row, "field": LABELS[name], "what": what}


def _text(piece: Value) -> str:
    return str(Known.of(piece)) if isinstance(piece, date) else nfc(str(piece))
