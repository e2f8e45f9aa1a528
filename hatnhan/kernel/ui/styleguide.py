"""`/styleguide/`: every component of the kit in all its states. It is a page for those who build pages, and a test: it
renders, it names no unknown icon, and browser tests look for cut text and missing labels on it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from ..days import today
from .icons import SHAPES

MONTHS = ["T12", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11"]
SHARES = [0.881, 0.846, 0.869, 0.894, 0.902, 0.91, 0.906, 0.892, 0.909, 0.918, 0.923, 0.914]
SHARES_BEFORE = [0.85, 0.831, 0.844, 0.868, 0.871, 0.889, 0.882, 0.869, None, 0.893, 0.899, 0.901]
COUNTS = [3604, 3609, 3611, 3617, 3620, 3625, 3629, 3631, 3638, 3641, 3640, 3654]

ROWS: list[dict[str, Any]] = [
    {
        "name": "Lê Thị Ngọc Anh",
        "text": "Nữ · sinh 1961",
        "unit": "thôn Bờ Tre",
        "years": 35,
        "share": 1.0,
        "state": "",
    },
    {
        "name": "Vũ Minh Bằng",
        "text": "Nam · sinh 1968",
        "unit": "thôn Nương Chè",
        "years": 26,
        "share": 0.92,
        "state": "",
    },
    {
        "name": "Huỳnh Thị Hồng Duyên",
        "text": "Nữ · sinh 1993",
        "unit": "thôn Rừng Thông",
        "years": 12,
        "share": 0.83,
        "state": "warn",
    },
    {
        "name": "Lý Ngọc Hiện",
        "text": "Nam · sinh 1957",
        "unit": "thôn Bến Sim",
        "years": 38,
        "share": 0.58,
        "state": "bad",
    },
]

HISTORY: list[dict[str, Any]] = [
    {"day": "3/11/2026", "title": "Dự họp tháng 11/2026", "text": "Có mặt", "icon": "calendar-check"},
    {
        "day": "2/9/2026",
        "title": "Nhận huy hiệu 30 năm",
        "text": "Quyết định số 118 ngày 20/8/2026",
        "icon": "award",
        "kind": "award",
    },
    {
        "day": "10/3/2021",
        "title": "Chuyển đến thôn Đồng Sen",
        "text": "Ghi nhầm, đã thay bằng dòng dưới",
        "icon": "arrow-left-right",
        "kind": "void",
    },
    {"day": "10/3/2021", "title": "Chuyển đến thôn Gò Trúc", "text": "", "icon": "arrow-left-right"},
    {"day": "8/1996", "title": "Ngày đầu tiên", "text": "Chỉ biết đến tháng", "icon": "star", "kind": "main"},
]

TASKS: list[dict[str, Any]] = [
    {
        "title": "13 tổ chưa báo cáo tháng 11",
        "text": "Hạn nộp 25/11 · còn 3 ngày",
        "action": "Nhắc các tổ",
        "href": "#tasks",
        "icon": "clock-alert",
        "kind": "warn",
    },
    {
        "title": "7 hồ sơ chờ thẩm định",
        "text": "Cũ nhất: 12 ngày",
        "action": "Xem hồ sơ",
        "href": "#tasks",
        "icon": "inbox",
    },
    {
        "title": "4 người quá hạn trên 2 tháng",
        "text": "thôn Bến Sim, thôn Bãi Ngang",
        "action": "Xem danh sách",
        "href": "#tasks",
        "icon": "wallet",
        "kind": "bad",
    },
]


class DayBoxes(forms.MultiWidget):
    """Day, month and year, as a date-as-known field sends them."""

    def __init__(self) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()])

    def decompress(self, value: Any) -> list[str]:
        return ["", "", "", *reversed(str(value).split("-"))][-3:]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Họ và tên", help_text="Viết như trong giấy khai sinh.", max_length=100)
    born = forms.CharField(
        label="Ngày sinh", help_text="Chỉ biết năm thì ghi năm, ví dụ 1957.", widget=DayBoxes(), required=False
    )
    unit = forms.ChoiceField(
        label="Đơn vị", choices=[("", "Chọn đơn vị"), ("1", "thôn Bờ Tre"), ("2", "thôn Đồng Sen")], required=False
    )
    way = forms.ChoiceField(
        label="Cách ghi",
        choices=[("change", "Có thay đổi thật"), ("correct", "Trước đây ghi sai")],
        widget=forms.RadioSelect(),
    )
    sex = forms.ChoiceField(label="Giới tính", choices=[("m", "Nam"), ("f", "Nữ")], widget=forms.RadioSelect())
    topics = forms.MultipleChoiceField(
        label="Nội dung",
        choices=[("a", "Nghị quyết"), ("b", "Đất đai"), ("c", "Môi trường")],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    since = forms.DateField(
        label="Từ ngày", widget=forms.DateInput(attrs={"type": "date"}), required=False, disabled=True
    )
    sheet = forms.FileField(label="Bảng tính", help_text="XLSX, XLS, ODS hoặc CSV, không quá 50 MB.", required=False)
    sure = forms.BooleanField(label="Đã đối chiếu với sổ", required=False)

    def clean(self) -> dict[str, Any]:
        self.add_error("sure", "Đánh dấu vào ô này sau khi đối chiếu.")
        self.add_error("unit", "Không có đơn vị nào mang mã 17-B. Chọn một đơn vị trong danh sách.")
        self.add_error("sheet", "Tệp dài 200 MB, quá 50 MB. Chia bảng thành nhiều tệp rồi gửi từng tệp.")
        self.add_error(None, "Hai dòng cùng mang một số hiệu.")
        return self.cleaned_data


def samples() -> dict[str, Any]:
    """What the style guide shows."""
    wrong = SampleForm({"born_0": "31", "born_1": "2", "born_2": "20225", "way": "", "reason": "Bổ sung"}, prefix=None)
    wrong.add_error("born", "Năm 20225 không có. Ghi bốn chữ số, từ 1900 đến nay.")
    return {
        "day": today(),
        "months": MONTHS,
        "shares": SHARES,
        "shares_before": SHARES_BEFORE,
        "counts": COUNTS,
        "rows": ROWS,
        "history": HISTORY,
        "tasks": TASKS,
        "fresh": SampleForm(auto_id="fresh_%s", initial={"name": "Trần Thị Mây", "born": "1957-05", "way": "change"}),
        "wrong": wrong,
        "icons": sorted(SHAPES),
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """The kit on one page; nobody needs a permission for it."""
    return render(request, "kit/styleguide.html", samples())


urlpatterns = [path("", styleguide, name="styleguide")]
