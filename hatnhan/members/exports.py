"""The list of members as a file, in columns that our own import reads back: an untouched file changes nothing.

Headings and values are Vietnamese whoever takes it out, as the import reads them. Numbers are masked, and a masked cell
means no change. Ethnicity and religion are not in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.listing import Cell, Column
from hatnhan.kernel.ui.text import day, moment
from hatnhan.members import tiers
from hatnhan.members.choices import ACTIVE, PARTICIPATIONS, SEX, STANDINGS
from hatnhan.members.models import PersonNumber
from hatnhan.members.queries import Ground, code_on
from hatnhan.members.tables import of_person, office_needs, offices_of, state_needs, unit_needs

Read = Callable[[Any, date], Any]


def _person(code: str) -> tuple[Read, tuple[str, ...]]:
    path = f"person__{code}"
    return lambda row, _on: getattr(row, path) or "", (path,)


def _date(code: str) -> tuple[Read, tuple[str, ...]]:
    path = f"person__{code}"
    return lambda row, _on: str(getattr(row, path) or ""), (path,)


def _tail(kind: str) -> Callable[[Any], dict[str, Any]]:
    return lambda at: {f"tail_{kind}": of_person(PersonNumber, "tail", at.on, kind=kind)}


def _column(code: str, label: str, read: tuple[Read, tuple[str, ...]], needs: Any = None) -> Column:
    READ[code] = read[0]
    return Column(code, label, _no_cell, read[1], needs=needs)


def _no_cell(_row: Any, _table: Any) -> Cell:
    return Cell()


READ: dict[str, Read] = {}
COLUMNS: tuple[Column, ...] = (
    _column("name", "Họ và tên", _person("name")),
    _column("other_name", "Tên gọi khác", _person("other_name")),
    _column(
        "sex", "Giới tính",
        (lambda row, _on: str(SEX[row.person__sex]) if row.person__sex else "", ("person__sex",)),
    ),
    _column("birth", "Ngày sinh", _date("birth")),
    _column(
        "national_id", "Số định danh cá nhân", (lambda row, _on: row.tail_national_id or "", ()),
        _tail("national_id"),
    ),
    _column(
        "card", "Số thẻ đảng viên", (lambda row, _on: row.tail_card or "", ()), _tail("card")
    ),
    _column(
        "old_card", "Số thẻ đảng viên cũ", (lambda row, _on: row.tail_old_card or "", ()),
        _tail("old_card"),
    ),
    _column("cv_number", "Số lý lịch", _person("cv_number")),
    _column(
        "unit_code", "Mã chi bộ", (lambda row, _on: row.unit_code or "", ()),
        lambda at: {"unit_code": code_on("unit_id", at.on)},
    ),
    _column("unit_name", "Chi bộ", (lambda row, _on: row.unit_name or "", ()), unit_needs),
    _column("hometown", "Quê quán", _person("hometown")),
    _column("residence", "Nơi cư trú", _person("residence")),
    _column("decision_date", "Ngày quyết định kết nạp", _date("decision_date")),
    _column("ceremony_date", "Ngày vào Đảng", _date("ceremony_date")),
    _column("official_date", "Ngày chính thức", _date("official_date")),
    _column(
        "standing", "Tình trạng đảng viên",
        (lambda row, _on: str(STANDINGS[row.standing]) if row.standing else "", ()), state_needs,
    ),
    _column(
        "participation", "Tình trạng sinh hoạt",
        (lambda row, _on: str(PARTICIPATIONS[row.participation] if row.participation else ACTIVE), ()), state_needs,
    ),
    _column(
        "office", "Chức vụ trong Đảng", (lambda row, on: "; ".join(offices_of(row, on)), ()),
        office_needs,
    ),
    _column("occupation", "Nghề nghiệp", _person("occupation")),
    _column("education", "Trình độ", _person("education")),
    _column("theory", "Lý luận chính trị", _person("theory")),
    _column("phone", "Điện thoại", _person("phone")),
    _column("note", "Ghi chú", _person("note")),
)  # fmt: skip


def columns(seen: tiers.Seen) -> tuple[Column, ...]:
    """The columns of a file for somebody who may see these tiers; numbers in full are in none."""
    return tiers.open_to(seen, COLUMNS)


def line(row: Any, on: date, shown: Sequence[Column] = COLUMNS) -> list[Any]:
    """One member as the file writes it."""
    return [READ[column.code](row, on) for column in shown]


@dataclass(frozen=True)
class Mark:
    """Who took a list out, when, of what unit, by which request (0: without one, of a single cell)."""

    who: str
    at: datetime
    unit: str
    number: int = 0

    @property
    def text(self) -> str:
        """For the watermark of a paper."""
        parts = [self.who, moment(self.at), self.unit]
        return " · ".join(parts + ([_("yêu cầu số %(n)s") % {"n": self.number}] if self.number else []))

    def cells(self, width: int) -> list[str]:
        """The last line of a file, Vietnamese as its heads are: our import knows it for a note and not for a member."""
        begins = f"Ghi chú: yêu cầu số {self.number}" if self.number else "Ghi chú: bản lấy ra"
        return [*[begins, f"{self.who}, {moment(self.at)}", self.unit][:width], *[""] * (width - 3)]


def notes(mark: Mark, land: Ground, count: int, reason: str) -> Iterator[str]:
    """Who took the list out, when and why; on a sheet of its own."""
    yield _("Danh sách %(count)s đảng viên, %(unit)s, ngày %(day)s") % {
        "count": count, "unit": land.name, "day": day(land.on),
    }  # fmt: skip
    yield _("Người xuất danh sách: %(who)s, lúc %(at)s") % {"who": mark.who, "at": moment(mark.at)}
    if mark.number:
        yield _("Yêu cầu số %(n)s, đã có người thứ hai duyệt") % {"n": mark.number}
    if reason:
        yield _("Lý do: %(reason)s") % {"reason": reason}
    yield _("Đây là dữ liệu cá nhân nhạy cảm. Không chuyển cho người không có trách nhiệm, dùng xong thì xóa.")
