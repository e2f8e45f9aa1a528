"""What each paper needs, typed, and its labels in the reader's language. `.pdf()` sets it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hatnhan.documents.pdf import render
from hatnhan.kernel.known import Known


@dataclass(frozen=True)
class Letterhead:
    """Who issues the paper: the unit and its superior, and place and day (a blank to fill by pen without a day)."""

    superior: str
    unit: str
    place: str = ""
    day: date | None = None

    def data(self) -> dict[str, str]:
        where = self.place or "…………"
        day = {"place": where, "day": "……", "month": "……", "year": "……"}
        if self.day:
            day |= {"day": str(self.day.day), "month": str(self.day.month), "year": str(self.day.year)}
        dated = _("%(place)s, ngày %(day)s tháng %(month)s năm %(year)s") % day
        return {"superior": self.superior, "unit": self.unit, "dated": dated}


@dataclass(frozen=True)
class Signature:
    """One place to sign: on whose behalf, office and name; a blank one has only its office."""

    office: str
    name: str = ""
    on_behalf: str = ""

    def data(self) -> dict[str, str]:
        return {"office": self.office, "name": self.name, "on_behalf": self.on_behalf, "hint": _("(ký, ghi rõ họ tên)")}


@dataclass(frozen=True)
class Printed:
    """Who printed it and when (in Asia/Ho_Chi_Minh); the watermark is set across every page."""

    by: str
    at: datetime
    watermark: str = ""

    def sentence(self) -> str:
        return _("In ngày %(day)s, lúc %(time)s, người in: %(who)s") % {
            "day": Known.of(self.at.date()),
            "time": self.at.strftime("%H:%M"),
            "who": self.by,
        }


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What all papers have. `template` is the layout's name."""

    template: ClassVar[str]
    letterhead: Letterhead
    title: str
    printed: Printed
    subtitle: str = ""
    signatures: Sequence[Signature] = ()

    def labels(self) -> dict[str, str]:
        return {}

    def content(self) -> dict[str, Any]:
        return {}

    def data(self) -> dict[str, Any]:
        """Everything the layout shows, as JSON values."""
        return {
            "language": (get_language() or "vi")[:2],
            "head": self.letterhead.data(),
            "title": self.title,
            "subtitle": self.subtitle,
            "signatures": [signature.data() for signature in self.signatures],
            "printed": self.printed.sentence(),
            "watermark": self.printed.watermark,
            "labels": {"page": _("Trang"), **self.labels()},
            **self.content(),
        }

    def pdf(self) -> bytes:
        return render(self.template, self.data())


@dataclass(frozen=True)
class MemberLine:
    """One member as printed: dates as known ("3/5/1957", "1957"), empty where unknown."""

    name: str
    sex: str = ""
    birth: str = ""
    joined: str = ""
    full: str = ""
    office: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MemberListPaper(Paper):
    """List of the members of a unit as of a day, in the order given; `summary` says how many and of what."""

    template: ClassVar[str] = "member_list"
    members: Sequence[MemberLine]
    summary: str = ""

    def labels(self) -> dict[str, str]:
        return {
            "number": _("TT"),
            "name": _("Họ và tên"),
            "sex": _("Giới tính"),
            "birth": _("Sinh"),
            "joined": _("Vào Đảng"),
            "full": _("Chính thức"),
            "office": _("Chức vụ"),
            "note": _("Ghi chú"),
            "empty": _("Danh sách này chưa có đảng viên nào."),
        }

    def content(self) -> dict[str, Any]:
        keys = ("name", "sex", "birth", "joined", "full", "office", "note")
        return {"summary": self.summary, "rows": [[getattr(line, key) for key in keys] for line in self.members]}


@dataclass(frozen=True)
class Fact:
    """A label and what is known; empty is shown as not yet recorded."""

    label: str
    value: str = ""


@dataclass(frozen=True)
class Section:
    """Facts under one heading."""

    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Event:
    """A line of the timeline: when (as known), what, and the paper behind it."""

    when: str
    what: str
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class MemberProfilePaper(Paper):
    """Summary of one member. Card and personal number come masked ("…489"): ValueError for anything longer."""

    template: ClassVar[str] = "member_profile"
    name: str
    sections: Sequence[Section]
    events: Sequence[Event] = ()
    card: str = ""
    personal_number: str = ""

    def __post_init__(self) -> None:
        if any(sum(map(str.isdigit, number)) > 4 for number in (self.card, self.personal_number)):
            raise ValueError(_("Số thẻ và số định danh chỉ in ba số cuối, như …489."))

    def labels(self) -> dict[str, str]:
        return {
            "unknown": _("chưa ghi"),
            "numbers": _("Giấy tờ"),
            "card": _("Số thẻ đảng viên"),
            "personal_number": _("Số định danh cá nhân"),
            "events": _("Quá trình"),
            "when": _("Thời gian"),
            "what": _("Nội dung"),
            "document": _("Văn bản"),
            "no_events": _("Chưa ghi sự kiện nào."),
        }

    def content(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "card": self.card,
            "personal_number": self.personal_number,
            "sections": [
                {"title": section.title, "facts": [[fact.label, fact.value] for fact in section.facts]}
                for section in self.sections
            ],
            "events": [[event.when, event.what, event.document] for event in self.events],
        }


@dataclass(frozen=True)
class UnitLine:
    """A unit in the tree: `depth` 0 is the unit the paper is about; `counts` are printed as given, one per column."""

    depth: int
    name: str
    kind: str = ""
    counts: Sequence[str] = ()
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class UnitTreePaper(Paper):
    """The organisation as an indented list, parents before children, with one column per count."""

    template: ClassVar[str] = "unit_tree"
    units: Sequence[UnitLine]
    columns: Sequence[str] = ()
    summary: str = ""

    def labels(self) -> dict[str, str]:
        return {
            "unit": _("Tổ chức"),
            "kind": _("Loại"),
            "ended": _("đã kết thúc"),
            "empty": _("Chưa có tổ chức nào."),
        }

    def content(self) -> dict[str, Any]:
        wide = len(self.columns)
        return {
            "summary": self.summary,
            "columns": list(self.columns),
            "units": [
                {
                    "depth": max(0, unit.depth),
                    "name": unit.name,
                    "kind": unit.kind,
                    "ended": unit.ended,
                    "counts": [*unit.counts, *[""] * wide][:wide],
                }
                for unit in self.units
            ],
        }


@dataclass(frozen=True)
class CheckedMember:
    """A member to check: the facts as recorded, each with a line to correct it on."""

    name: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class CellSheet:
    """The sheets of one cell, which begins on a page of its own."""

    unit: str
    members: Sequence[CheckedMember]


@dataclass(frozen=True, kw_only=True)
class CheckSheetPaper(Paper):
    """Sheets on which a secretary corrects with a pen what is recorded of each member.

    `letterhead` is the committee's; each cell's own has the committee as its superior."""

    template: ClassVar[str] = "check_sheet"
    cells: Sequence[CellSheet]
    signatures: Sequence[Signature] = field(
        default_factory=lambda: (Signature(_("Người đối khớp")), Signature(_("Bí thư")))
    )

    def labels(self) -> dict[str, str]:
        return {
            "how": _(
                "Đồng chí xem từng mục. Đúng cả thì đánh dấu vào ô “Đúng hết”; mục nào sai hoặc thiếu thì ghi lại "
                "bằng bút vào dòng trống bên phải."
            ),
            "recorded": _("Đang ghi"),
            "correction": _("Sửa lại"),
            "all_right": _("Đúng hết"),
            "gone": _("Không còn ở chi bộ"),
            "unknown": _("chưa ghi"),
            "missing": _("Đảng viên của chi bộ chưa có trong danh sách này"),
            "empty": _("Chi bộ chưa có đảng viên nào trong danh sách này."),
        }

    def content(self) -> dict[str, Any]:
        return {
            "cells": [
                {
                    "head": replace(self.letterhead, superior=self.letterhead.unit, unit=cell.unit).data(),
                    "unit": cell.unit,
                    "members": [
                        {"name": member.name, "facts": [[fact.label, fact.value] for fact in member.facts]}
                        for member in cell.members
                    ],
                }
                for cell in self.cells
            ]
        }
