"""Which rows below the header are entries, and which are totals, headings again, section titles or signatures."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hatnhan.kernel.encodings import convertible, decode
from hatnhan.kernel.sheets.book import Row, Sheet, Value
from hatnhan.kernel.sheets.headings import is_counting
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.vietnamese import nfc

_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tổng hợp|tổng(?! công ty)|cộng|mang sang|chuyển sang|chuyển trang|trong đó)\b"
    r"|(tong cong|tong so|cong trang)\b|cong( don)?\s*[:\d]|trang \d+\s*(/\s*\d+)?$"
)
_BEFORE_TOTAL = frozenset("TtCcMm-–•* ")
_CLOSING = re.compile(
    r"(người lập|nguoi lap|t/m|tm\.|thay mặt|k/t|kt\.|nơi nhận|noi nhan|ghi chú\s*:|lưu ý\s*:|chú thích|chú ý"
    r"|danh sách (này )?(có|gồm)|\(?danh sách có|\(?ấn định|xác nhận|thủ trưởng|\(\s*ký|ký tên|ký, )"
    r"|.*\bngày\s*[\d.…_]*\s*tháng\s*[\d.…_]*\s*năm\b"
)
_ENUMERATION = re.compile(r"^(?:[ivxlc]+|[a-zđ]|\d+)\s*[./)\-:]\s*|^[ivxlc]+$", re.IGNORECASE)
_COUNT = re.compile(r"\s*[:(\-–]?\s*\(?\s*\d+\s*(?:đ/?c|đồng chí|đảng viên|đv|người|dong chi|dang vien)?\.?\s*\)?\s*$")
_BESIDE = re.compile(r"[ivxlc]+[.)/]?|[a-zđ][.)/]?|\d+[.)/]?(\s*(đ/?c|đồng chí|đảng viên|đv|người))?", re.IGNORECASE)
MARKS = frozenset("✓✔√×+☑")
"""Signs that mark a cell."""
DITTO = frozenset({'"', "''", "″", "”", "„", "nt", "NT", "-nt-", "- nt -", "như trên", "Như trên", "-như trên-"})
"""What people write for: the same as above."""
_FEW = 3
_REMEMBERED = 50_000


def total_line(text: str) -> bool:
    """Whether a text begins a line of totals: "Tổng cộng: 25 đồng chí". Surnames Tống and Công do not."""
    return text[:1] in _BEFORE_TOTAL and bool(_TOTAL.match(text.lower().strip("-–•* ")))


def closing_line(text: str) -> bool:
    """Whether a text belongs to the signatures and notes below a list."""
    return bool(_CLOSING.match(text.lower()))


def section_title(text: str) -> str:
    """A section's title without its number and without the count behind it: "I. Chi bộ A (25 đ/c)" → "Chi bộ A"."""
    return _COUNT.sub("", _ENUMERATION.sub("", nfc(text))).strip(" :.-–*")


def _tidy(text: str) -> str | None:
    """Line breaks stay; a text of mere dots, dashes or stars says nothing, unless it is a mark or a ditto sign."""
    text = nfc(text, lines=True)
    return text if text in MARKS or text in DITTO or any(map(str.isalnum, text)) else None


class Cleaner:
    """Tidies the cells of rows: text converted and tidied, what says nothing as nothing (None), and so numbers that
    are none. Texts that come again are remembered."""

    def __init__(self, mapping: Mapping) -> None:
        self.encodings = mapping.encodings
        self.seen: dict[str, str | None] = {}

    def __call__(self, row: Row) -> tuple[Value, ...]:
        if len(self.seen) > _REMEMBERED:
            self.seen.clear()
        encodings, seen = self.encodings, self.seen
        cells: list[Value] = []
        for column, cell in enumerate(row.cells):
            if isinstance(cell, str):
                if column in encodings and convertible(cell, encodings[column]):
                    cell = _tidy(decode(cell, encodings[column]))
                elif cell in seen:
                    cell = seen[cell]
                else:
                    cell = seen[cell] = _tidy(cell)
            elif isinstance(cell, float) and not math.isfinite(cell):
                cell = None
            cells.append(cell)
        return tuple(cells)


@dataclass
class Record:
    """The rows of one entry, cells cleaned, with the titles of the section it stands in."""

    rows: list[int]
    lines: list[tuple[Value, ...]]
    section: dict[str, str] = field(default_factory=dict)

    def pieces(self, column: int) -> list[Value]:
        """What the column holds on each line of the entry, None where empty."""
        return [line[column] if column < len(line) else None for line in self.lines]


@dataclass(frozen=True)
class Habits:
    """What a kind of list knows about its rows.

    `keys`: the columns without which a row is hardly an entry (the name). `section` gives what a title alone on its
    row means, as (kind, title), or None; `kinds` are its kinds, the widest first. `complete` says that a row's cells
    are beyond doubt an entry's first line, `goes_on` that they are a further one, `lone` that a text alone on its row
    is an entry.
    """

    keys: tuple[int, ...]
    section: Callable[[str], tuple[str, str] | None]
    kinds: tuple[str, ...]
    complete: Callable[[tuple[Value, ...]], bool]
    goes_on: Callable[[tuple[Value, ...]], bool]
    lone: Callable[[str], bool]


class Lines:
    """Goes through the rows of a sheet once and joins them into records."""

    def __init__(self, sheet: Sheet, mapping: Mapping, habits: Habits) -> None:
        self.sheet, self.mapping, self.habits = sheet, mapping, habits
        self.cleaned = Cleaner(mapping)
        self.columns = mapping.columns()
        self.headings: dict[int, set[str]] = {}
        self.section: dict[str, str] = {}
        self.closing = False

    def records(self) -> Iterator[Record]:
        """The entries in the order of the sheet."""
        current: Record | None = None
        for row in self.sheet.rows:
            cells = self.cleaned(row)
            if row.number < self.mapping.first_data_row:
                self._learn(row.number, cells)
            elif not self._skipped(cells):
                self.closing = False
                if current and self._continues(current, row.number, cells):
                    current.rows.append(row.number)
                    current.lines.append(cells)
                    continue
                if current:
                    yield current
                current = Record([row.number], [cells], dict(self.section))
        if current:
            yield current

    def _learn(self, number: int, cells: tuple[Value, ...]) -> None:
        if number in self.mapping.header_rows:
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    self.headings.setdefault(column, set()).add(cell.lower())

    def _skipped(self, cells: tuple[Value, ...]) -> bool:
        """Whether a row is no entry; remembers sections and that the list is closing."""
        filled = [(column, cell) for column, cell in enumerate(cells) if cell is not None]
        if not filled or is_counting(cells) or self._heading_again(filled):
            return True
        texts = [cell for _column, cell in filled if isinstance(cell, str)]
        if any(total_line(text) for text in texts[:2]) and not self.habits.complete(cells):
            return True
        few = len(filled) <= _FEW
        if few and self._begins_section(filled, texts):
            return True
        if not few and not self.closing:
            return False
        numbered = self._number(cells) is not None
        if few and not numbered and any(closing_line(text) for text in texts):
            self.closing = True
            return True
        if self.closing:
            return not numbered and not self.habits.complete(cells)
        return len(filled) == 1 and self._stray(*filled[0])

    def _stray(self, column: int, cell: Value) -> bool:
        """Whether the only cell of a row is a remark."""
        if column in self.habits.keys:
            return not self.mapping.stacked and not (isinstance(cell, str) and self.habits.lone(cell))
        return column not in self.columns

    def _heading_again(self, filled: Sequence[tuple[int, Value]]) -> bool:
        first, second = filled[0], filled[-1]
        same = [
            column
            for column, cell in (filled if self._is_heading(*first) or self._is_heading(*second) else ())
            if self._is_heading(column, cell)
        ]
        return bool(same) and len(same) * 10 >= len(filled) * 6

    def _is_heading(self, column: int, cell: Value) -> bool:
        return isinstance(cell, str) and cell.lower() in self.headings.get(column, ())

    def _begins_section(self, filled: Sequence[tuple[int, Value]], texts: list[str]) -> bool:
        """A title with at most its number before it and a count behind it."""
        for text in texts:
            found = self.habits.section(section_title(text))
            if found and all(cell is text or _BESIDE.fullmatch(str(cell)) for _column, cell in filled):
                kind, title = found
                wider = self.habits.kinds[: self.habits.kinds.index(kind)]
                self.section = {one: self.section[one] for one in wider if one in self.section} | {kind: title}
                self.closing = False
                return True
        return False

    def _number(self, cells: tuple[Value, ...]) -> int | None:
        """The entry's number in its list."""
        column = self.mapping.ordinal
        cell = cells[column] if column is not None and column < len(cells) else None
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return int(cell)
        match = re.fullmatch(r"(\d+)[.)]?", cell) if isinstance(cell, str) else None
        return int(match[1]) if match else None

    def _continues(self, current: Record, number: int, cells: tuple[Value, ...]) -> bool:
        """Whether a row goes on with the entry above it."""
        if self._number(cells) is not None or self.habits.complete(cells) or number != current.rows[-1] + 1:
            return False
        if self.habits.goes_on(cells):
            return True
        named = any(cells[key] is not None for key in self.habits.keys if key < len(cells))
        if self.mapping.stacked:
            return self.mapping.ordinal is not None or not named
        return not named and sum(cell is not None for cell in cells) <= _FEW
