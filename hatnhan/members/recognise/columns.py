"""The columns of member lists: by their headings, and by what stands in them where headings leave it open."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from hatnhan.kernel.sheets import headings
from hatnhan.kernel.sheets.book import Sheet, Value
from hatnhan.kernel.sheets.headings import is_counting
from hatnhan.kernel.sheets.lines import Cleaner, closing_line, section_title, total_line
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.members.recognise.vocabulary import DATES, MEMBERS, SHARED, section

SEALED = "ethnicity_religion_sealed"
DATE_IN_TEXT = re.compile(r"\d{1,4}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{1,4}|\d{1,2}\s*[/.\-]\s*\d{4}|\b\d{4}\b")

_SAMPLE = 300
_USABLE = 0.5
_PARTY_DATES = ("decision_date", "ceremony_date", "official_date")
_NUMBERS = ("card_no", "old_card_no", "national_id", "cv_number")
_ENOUGH = 5
Cells = tuple[Value, ...]


def recognise(sheet: Sheet) -> Mapping:
    """The mapping of a member list, with its confidence and remarks for the user."""
    mapping = headings.recognise(sheet, MEMBERS)
    rows = list(islice(data_rows(sheet, mapping), _SAMPLE))
    for step in (_numbered, _names, _men_and_women, _pairs_of_dates, _one_column_each, _in_three):
        mapping = step(mapping, rows)
    mapping = replace(mapping, stacked=_stacked(mapping, rows))
    return replace(mapping, confidence=_confidence(mapping), notes=tuple(_notes(mapping, rows)))


def best_sheet(sheets: tuple[Sheet, ...]) -> tuple[Sheet, Mapping]:
    """The sheet of a book that looks most like a member list, with its mapping."""
    found = [(sheet, recognise(sheet)) for sheet in sheets if sheet.rows]
    return max(found, key=lambda pair: (pair[0].visible, pair[1].confidence >= _USABLE, len(pair[0].rows)))


def data_rows(sheet: Sheet, mapping: Mapping) -> Iterator[Cells]:
    """The cleaned cells of every row below the header."""
    cleaned = Cleaner(mapping)
    return (cleaned(row) for row in sheet.rows if row.number >= mapping.first_data_row)


def _in(rows: list[Cells], column: int) -> list[Value]:
    """What stands in a column of the sample."""
    return [cells[column] for cells in rows if column < len(cells) and cells[column] is not None]


def looks_like_date(cell: Value) -> bool:
    """A date, a text with one, or a number that may be a year or a spreadsheet's day."""
    if isinstance(cell, date):
        return True
    if isinstance(cell, float):
        return 1 < cell < 13 or 1850 <= cell <= 80_000
    if isinstance(cell, int):
        return 1850 <= cell <= 80_000
    return isinstance(cell, str) and bool(DATE_IN_TEXT.search(cell))


def _mostly(values: list[Value], fits: object) -> bool:
    return bool(values) and callable(fits) and sum(map(bool, map(fits, values))) * 2 > len(values)


def _numbered(mapping: Mapping, rows: list[Cells]) -> Mapping:
    """The lines' numbers may stand in a first column without a heading."""
    name = mapping.first("name", "family_and_middle")
    if mapping.ordinal is None and name:
        for column in range(name):
            counted = [cell for cell in _in(rows, column) if isinstance(cell, int) or str(cell).isdecimal()]
            if not mapping.headings.get(column) and len(counted) * 2 > len(_in(rows, column)):
                return replace(mapping, ordinal=column)
    return mapping


def _names(mapping: Mapping, rows: list[Cells]) -> Mapping:
    """A name in one column or in two side by side, the second perhaps without a heading."""
    fields = dict(mapping.fields)
    if "given" in fields and "family_and_middle" not in fields:
        given = fields.pop("given")
        fields.setdefault("name", given)
    if "family_and_middle" in fields and "given" not in fields:
        fields.setdefault("name", fields.pop("family_and_middle"))
    if "family_and_middle" in fields and "given" in fields:
        fields.pop("name", None)
    elif "name" in fields:
        first = fields["name"][0]
        following = [first]
        for column in fields["name"][1:]:
            if column == following[-1] + 1:
                following.append(column)
        beside = first + 1
        if following == [first] and not mapping.headings.get(beside) and _mostly(_in(rows, beside), _is_word):
            following.append(beside)
        fields["name"] = tuple(following[:2])
    return replace(mapping, fields=fields)


def _is_word(cell: Value) -> bool:
    return isinstance(cell, str) and len(cell.split()) == 1 and cell.isalpha()


def under_men(heading: str) -> bool:
    """Whether a heading ends in Nam; Năm is a year."""
    return bool(re.search(r"\bnam( giới)?$", nfc(heading).lower().rstrip(" ()x"))) and "nữ" not in heading.lower()


def under_women(heading: str) -> bool:
    """Whether a heading ends in Nữ."""
    return bool(re.search(r"\b(nữ|nu)( giới)?$", nfc(heading).lower().rstrip(" ()x"))) and not re.search(
        r"\bnam\b", heading.lower()
    )


def _men_and_women(mapping: Mapping, rows: list[Cells]) -> Mapping:
    """Columns Nam and Nữ hold birth dates in the old list form, marks in others; totals are neither."""
    rows = [cells for cells in rows if _belongs_to_entries(cells)]
    for column, names in mapping.columns().items():
        heading = mapping.headings.get(column, "")
        by_sex = "birth_male" if under_men(heading) else "birth_female" if under_women(heading) else ""
        dates = _mostly(_in(rows, column), looks_like_date)
        if names == ("sex",) and by_sex and dates:
            mapping = mapping.assign(column, [by_sex])
        elif names in (("birth_male",), ("birth_female",)) and not by_sex:
            mapping = mapping.assign(column, ["birth"] if "birth" not in mapping.fields else [])
        elif names in (("birth_male",), ("birth_female",)) and not dates and _in(rows, column):
            mapping = mapping.assign(column, ["sex"])
    return mapping


def women_are_marked(mapping: Mapping, rows: list[Cells]) -> bool:
    """Whether the only column on the sex is one for women with marks in it: no mark is a man then."""
    columns = mapping.fields.get("sex", ())
    if len(columns) != 1 or not under_women(mapping.headings.get(columns[0], "")) or "birth_male" in mapping.fields:
        return False
    marks = _in(rows, columns[0])
    return 0 < len(marks) < len(rows) and all(isinstance(m, bool) or len(str(m)) == 1 for m in marks)


def _pairs_of_dates(mapping: Mapping, rows: list[Cells]) -> Mapping:
    """One column "Ngày vào Đảng chính thức" in which most cells hold two dates is a column of both."""
    columns = {*mapping.fields.get("official_date", ()), *mapping.fields.get("ceremony_date", ())}
    if len(columns) == 1:
        column = columns.pop()
        if _mostly(_in(rows, column), _two_dates):
            names = [name for name in mapping.fields_of(column) if name not in ("ceremony_date", "official_date")]
            return mapping.assign(column, [*names, "ceremony_date", "official_date"])
    return mapping


def _two_dates(cell: Value) -> bool:
    return isinstance(cell, str) and len(DATE_IN_TEXT.findall(cell)) == 2


def _one_column_each(mapping: Mapping, _rows: list[Cells]) -> Mapping:
    """Of fields that cannot be put together from several columns the first counts."""
    fields = {
        name: columns if name in SHARED or name == SEALED else columns[:1] for name, columns in mapping.fields.items()
    }
    return replace(mapping, fields=fields)


def _in_three(mapping: Mapping, _rows: list[Cells]) -> Mapping:
    """A date in three columns side by side, for its day, its month and its year."""
    shown = {column: plain(heading) for column, heading in mapping.headings.items()}
    for column, heading in shown.items():
        whole = heading.removesuffix(" ngay")
        found = MEMBERS.whole(whole)
        after = (shown.get(column + 1), shown.get(column + 2))
        if heading != whole and found in DATES and after == (f"{whole} thang", f"{whole} nam"):
            three = (column, column + 1, column + 2)
            for one in three:
                mapping = mapping.assign(one, [])
            return replace(mapping, fields=mapping.fields | {found: three})
    return mapping


def _stacked(mapping: Mapping, rows: list[Cells]) -> bool:
    """Whether entries take several lines: between the first and the last number (or name, where nothing is counted)
    there are at least three rows for two entries. A single entry is stacked if a row goes on below it.
    Rows with a name and a birth date of their own are entries, numbered or not."""
    names = [c for name in ("name", "family_and_middle", "given") for c in mapping.fields.get(name, ())]
    births = [c for name in DATES[:3] for c in mapping.fields.get(name, ())]
    column = mapping.ordinal if mapping.ordinal is not None else mapping.first("name", "family_and_middle")
    entries = [cells for cells in rows if _belongs_to_entries(cells)]
    begun = [n for n, cells in enumerate(entries) if column is not None and _at(cells, column) is not None]
    if not begun:
        return False
    between = [cells for n, cells in enumerate(entries) if begun[0] < n and n not in begun]
    whole = sum(any(_at(c, n) for n in names) and any(looks_like_date(_at(c, b)) for b in births) for c in between)
    if whole * 2 > len(between):
        return False
    if len(begun) == 1:
        return bool(between)
    return (begun[-1] - begun[0]) * 2 >= (len(begun) - 1) * 3


def _at(cells: Cells, column: int) -> Value:
    return cells[column] if column < len(cells) else None


def _belongs_to_entries(cells: Cells) -> bool:
    """Not blank, not a lone remark, a total, a section title or a signature."""
    filled = [cell for cell in cells if cell is not None]
    texts = [cell for cell in filled if isinstance(cell, str)]
    if len(filled) < 2 or is_counting(cells):
        return False
    return not any(total_line(t) or closing_line(t) or section(section_title(t)) for t in texts[:2])


def _confidence(mapping: Mapping) -> float:
    """0 to 1: the name is half of it; birth, dates of the Party, numbers and the unit share the rest."""
    named = mapping.first("name", "given") is not None
    found = sum(
        share
        for share, names in ((0.2, DATES[:3]), (0.1, _PARTY_DATES), (0.1, _NUMBERS), (0.1, ("unit_code", "unit_name")))
        if mapping.first(*names) is not None
    )
    return round(0.5 * named + found, 2)


def _notes(mapping: Mapping, rows: list[Cells]) -> Iterator[str]:
    if mapping.first("name", "given") is None:
        yield _("Chưa nhận ra cột họ và tên. Hãy chọn cột này trước khi tiếp tục.")
    if mapping.first(*DATES[:3]) is None:
        yield _("Chưa nhận ra cột ngày sinh; nếu không có, đảng viên trùng họ tên sẽ phải hỏi lại.")
    old = sorted({encoding.upper() for encoding in mapping.encodings.values()})
    if old:
        yield _("Chữ trong tệp gõ bằng phông cũ (%(encodings)s) đã được chuyển sang Unicode. Hãy xem lại tên.") % {
            "encodings": ", ".join(old)
        }
    if women_are_marked(mapping, rows):
        yield _("Cột “Nữ” chỉ đánh dấu nữ; ô trống được hiểu là nam.")
    if mapping.stacked:
        yield _("Mỗi đảng viên chiếm nhiều dòng; các dòng được ghép lại theo số thứ tự.")
    for name in DATES:
        for column in mapping.fields.get(name, ()):
            if _turned(_in(rows, column)):
                yield _(
                    "Cột “%(heading)s” có thể đã bị Excel đảo ngày và tháng: "
                    "mọi ô dạng ngày đều có ngày từ 1 đến 12. Hãy đối chiếu vài dòng."
                ) % {"heading": mapping.headings.get(column, "")}


def _turned(values: list[Value]) -> bool:
    """Text dates like 25/3/1960 beside true dates none of which is after the 12th: read as month/day."""
    true = [value for value in values if isinstance(value, date)]
    late = [value for value in values if isinstance(value, str) and re.match(r"(1[3-9]|2\d|3[01])\s*[/.\-]", value)]
    return len(true) >= _ENOUGH and bool(late) and all(value.day <= 12 for value in true)
