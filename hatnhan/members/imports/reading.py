"""A file on its way in: opened safely, its sheet and columns found, its rows as entries."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.sheets.book import Book, Sheet
from hatnhan.kernel.sheets.entries import Entry
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.sheets.reading import read
from hatnhan.kernel.vietnamese import plain
from hatnhan.members import recognise as members
from hatnhan.units import recognise as units

from .joining import joined

ALSO_OTHER = ("birth", "birth_male", "birth_female", "sex", "card_no", "national_id", "ceremony_date", "official_date")


@dataclass(frozen=True)
class Kind:
    """A kind of list: how its columns are found and named, and how its rows are read."""

    code: str
    best_sheet: Callable[[tuple[Sheet, ...]], tuple[Sheet, Mapping]]
    recognise: Callable[[Sheet], Mapping]
    rows: Callable[..., Iterator[Entry]]
    labels: dict[str, Any]
    needed: tuple[str, ...]
    """One of these columns must be there."""


KINDS = {
    "members": Kind(
        "members", members.best_sheet, members.recognise, members.people, dict(members.LABELS),
        ("name", "given", "family_and_middle"),
    ),
    "units": Kind(
        "units", units.best_sheet, units.recognise, units.organisations, dict(units.LABELS), ("name", "code")
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A file with its sheet and the meaning of its columns."""

    kind: Kind
    book: Book
    sheet: Sheet
    mapping: Mapping
    together: tuple[str, ...] = ()
    """The sheets that are read as one list; `sheet` then holds the rows of all."""

    def entries(self, on: date) -> Iterator[Entry]:
        """The data rows; total lines, headings and blank lines are none."""
        return self.kind.rows(self.sheet, self.mapping, on=on, epoch=self.book.epoch)

    def with_mapping(self, mapping: Mapping) -> "Opened":
        return replace(self, mapping=mapping)

    @property
    def lacks(self) -> bool:
        """True while the column is not known without which no row can be read."""
        return self.mapping.first(*self.kind.needed) is None

    @property
    def other_sheets(self) -> list[str]:
        """Visible sheets of the file with such a list too, which are not read."""
        return [name for name in self.lists if name != self.sheet.name and not self.together]

    @property
    def lists(self) -> list[str]:
        """Every visible sheet of the file with such a list."""
        return [
            sheet.name for sheet in self.book.sheets if sheet.visible and sheet.rows and self._has_a_list(sheet)
        ]  # fmt: skip

    def _has_a_list(self, sheet: Sheet) -> bool:
        mapping = self.kind.recognise(sheet)
        return (
            mapping.first(*self.kind.needed) is not None
            and len(mapping.fields) > 1
            and not _is_other(self.kind.code, sheet, mapping)
        )

    def notes(self) -> list[str]:
        """What its owner should know before using the list, in sentences."""
        told = [*self.book.warnings(), *self.mapping.notes]
        if others := self.other_sheets:
            text = _("Chỉ đọc trang “%(sheet)s”. Tệp còn danh sách ở trang: %(others)s; hãy nhập riêng hoặc đọc chung.")
            told.append(text % {"sheet": self.sheet.name, "others": ", ".join(others)})
        if self.together:
            text = _(
                "Đọc chung %(n)s trang: %(names)s. Trang không có cột chi bộ thì tên trang là tên chi bộ. "
                "Số dòng là số dòng của danh sách gộp, ở trang đầu của tệp kết quả."
            )
            told.append(text % {"n": len(self.together), "names": ", ".join(self.together)})
        return told

    @property
    def heading_key(self) -> str:
        """What is the same for two lists with the same headings."""
        return "|".join(plain(heading) for _column, heading in sorted(self.mapping.headings.items()))


def opened(source: Path | bytes, name: str, kind: str, named: str = "") -> Opened:
    """Open a file, at the sheet of that name or the one most like a list. Raises `Unreadable` with a sentence for what
    is no spreadsheet, for a sheet that is not there, or a list of the other kind."""
    of = KINDS[kind]
    book = read(source, name=name)
    sheet, mapping = of.best_sheet(_asked_for(book, named))
    if _is_other(kind, sheet, mapping):
        other = {"members": _("danh sách tổ chức"), "units": _("danh sách đảng viên")}[kind]
        here = {"members": _("danh sách đảng viên"), "units": _("danh sách tổ chức")}[kind]
        text = _("Tệp “%(name)s” là %(other)s, không phải %(here)s. Hãy chọn đúng tệp hoặc đúng mục nhập.")
        raise Unreadable(text % {"name": name, "other": other, "here": here})
    return Opened(of, book, sheet, mapping)


def opened_together(source: Path | bytes, name: str, kind: str, named: Sequence[str] = ()) -> Opened:
    """The same with several sheets read as one list: those of these names, else every one with such a list. Raises
    `Unreadable` when there are none."""
    of = opened(source, name, kind)
    if kind != "members":
        raise Unreadable(_("Chỉ danh sách đảng viên đọc chung được nhiều trang."))
    wanted = list(named) or of.lists
    sheets = [sheet for sheet in of.book.sheets if sheet.name in wanted and sheet.rows]
    if not sheets:
        raise Unreadable(_("Hãy chọn ít nhất một trang có danh sách."))
    sheet, mapping = joined(sheets, of.kind.recognise, of.kind.needed)
    return replace(of, sheet=sheet, mapping=mapping, together=tuple(one.name for one in sheets))


def _asked_for(book: Book, named: str) -> tuple[Sheet, ...]:
    """The sheets among which to look: all, or the one of a name."""
    found = tuple(sheet for sheet in book.sheets if plain(sheet.name) == plain(named) and sheet.rows)
    if named and not found:
        text = _("Tệp “%(name)s” không có trang “%(sheet)s” hoặc trang đó trống. Các trang: %(sheets)s.")
        there = ", ".join(sheet.name for sheet in book.sheets if sheet.rows)
        raise Unreadable(text % {"name": book.name, "sheet": named, "sheets": there})
    return found[:1] or book.sheets


def _is_other(kind: str, sheet: Sheet, mapping: Mapping) -> bool:
    if kind == "members":
        found = units.recognise(sheet)
        organised = "name" in found.fields and bool({"kind", "parent", "founded"} & set(found.fields))
        return organised and mapping.first(*ALSO_OTHER) is None
    personal = members.recognise(sheet)
    return (
        personal.first("name", "given") is not None
        and personal.first(*ALSO_OTHER) is not None
        and not ({"kind", "parent", "founded"} & set(mapping.fields))
    )


def missing_column(of: Opened) -> Unreadable:
    """The sentence for a list without its main column."""
    labels = {"members": _("họ và tên"), "units": _("tên hoặc mã tổ chức")}
    text = _("Trong tệp “%(name)s” không thấy cột %(column)s. Dòng tiêu đề phải ghi rõ tên cột.")
    return Unreadable(text % {"name": of.book.name, "column": labels[of.kind.code]})


def mapped(of: Opened, written: dict[str, Any]) -> Opened:
    """The file with columns as somebody chose them: a whole mapping as `Mapping.to_json` writes it, or fields by the
    heading or letter of their column, as `{"Ngày kết nạp": "ceremony_date", "F": ["sex", "birth"]}`. Raises
    `Unreadable` for a column or field that is not there."""
    if "fields" in written:
        try:
            return of.with_mapping(Mapping.from_json(written))
        except (KeyError, TypeError, ValueError) as error:
            raise Unreadable(_("Tệp mô tả cột không đúng dạng.")) from error
    mapping = of.mapping
    for column, names in written.items():
        number = _column(of, str(column))
        chosen = [names] if isinstance(names, str) else list(names)
        unknown = [name for name in chosen if name and name not in of.kind.labels]
        if number is None or unknown:
            text = _("Tệp mô tả cột nhắc đến “%(what)s”, trong danh sách không có.")
            raise Unreadable(text % {"what": column if number is None else unknown[0]})
        mapping = mapping.assign(number, [name for name in chosen if name])
    return of.with_mapping(mapping)


def _column(of: Opened, named: str) -> int | None:
    wanted = plain(named)
    found = [column for column, heading in of.mapping.headings.items() if plain(heading) == wanted]
    if found:
        return found[0]
    letters = named.strip().upper()
    if not letters.isascii() or not letters.isalpha() or len(letters) > 2:
        return None
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1 if number <= of.sheet.width else None
