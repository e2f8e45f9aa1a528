"""A workbook with one sheet for each cell, read as one list: the rows of all chosen sheets under one head, each with
the name of its sheet as its cell, unless the sheet names the cell itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.sheets.book import Row, Sheet, Value
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.kernel.sheets.mapping import Mapping

UNIT, ORDINAL = "unit_name", "#"
PLACES = (UNIT, "unit_code")
Key = tuple[str, int, str]


@dataclass
class _Head:
    """The columns of the joined list: what each is for, and above it the heading that it had first."""

    columns: dict[Key, int] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)

    def column(self, key: Key, heading: str) -> int:
        if key not in self.columns:
            self.columns[key] = len(self.headings)
            self.headings.append(heading)
        return self.columns[key]


def joined(
    sheets: Sequence[Sheet], recognise: Callable[[Sheet], Mapping], needed: Sequence[str]
) -> tuple[Sheet, Mapping]:
    """The sheets as one list and its columns. Raises `Unreadable` for a sheet without its main column, and for one that
    takes several lines an entry among others that do not."""
    mappings = [recognise(sheet) for sheet in sheets]
    for sheet, mapping in zip(sheets, mappings, strict=True):
        if mapping.first(*needed) is None:
            text = _("Trang “%(sheet)s” không có cột họ và tên nên không đọc chung được. Hãy bỏ chọn trang ấy.")
            raise Unreadable(text % {"sheet": sheet.name})
    if len({mapping.stacked for mapping in mappings}) > 1:
        raise Unreadable(_("Có trang ghi mỗi đồng chí nhiều dòng, có trang ghi một dòng. Hãy nhập riêng từng loại."))
    head = _Head()
    places = [_placed(head, mapping) for mapping in mappings]
    named = head.column((UNIT, -1, ""), _("Chi bộ (tên trang)"))
    rows = list(_rows(sheets, mappings, places, named, needed))
    lines = [Row(1, tuple(head.headings)), *(Row(number, cells) for number, cells in enumerate(rows, start=2))]
    return Sheet(_("Các trang đã gộp"), lines), _mapping(head, mappings)


def _placed(head: _Head, mapping: Mapping) -> dict[int, int]:
    """Where each column of a sheet goes."""
    found, counted = {}, dict[str, int]()
    for column, names in mapping.columns().items():
        code = "+".join(names)
        counted[code] = counted.get(code, 0) + 1
        key = (code, counted[code], str(mapping.encodings.get(column, "")))
        found[column] = head.column(key, mapping.headings.get(column, ""))
    if mapping.ordinal is not None:
        found[mapping.ordinal] = head.column((ORDINAL, 1, ""), mapping.headings.get(mapping.ordinal, ""))
    return found


def _rows(
    sheets: Sequence[Sheet], mappings: Sequence[Mapping], places: Sequence[dict[int, int]], named: int,
    needed: Sequence[str],
) -> Iterator[tuple[Value, ...]]:  # fmt: skip
    for sheet, mapping, columns in zip(sheets, mappings, places, strict=True):
        own, main = mapping.first(*PLACES), mapping.first(*needed)
        for row in sheet.rows:
            if row.number < mapping.first_data_row:
                continue
            cells: list[Any] = [None] * (named + 1)
            for column, place in columns.items():
                cells[place] = row.at(column)
            first = main is not None and row.at(main) not in (None, "")
            if first and (own is None or row.at(own) in (None, "")):
                cells[named] = sheet.name
            if any(cell not in (None, "") for cell in cells):
                yield tuple(cells)


def _mapping(head: _Head, mappings: Sequence[Mapping]) -> Mapping:
    fields: dict[str, tuple[int, ...]] = {}
    encodings: dict[int, Any] = {}
    ordinal = None
    for (code, _count, encoding), column in head.columns.items():
        if code == ORDINAL:
            ordinal = column
            continue
        for name in code.split("+"):
            fields[name] = (*fields.get(name, ()), column)
        if encoding:
            encodings[column] = encoding
    return Mapping(
        fields=fields, header_rows=(1,), first_data_row=2, headings=dict(enumerate(head.headings)), ordinal=ordinal,
        stacked=mappings[0].stacked, encodings=encodings, confidence=min(one.confidence for one in mappings),
    )  # fmt: skip
