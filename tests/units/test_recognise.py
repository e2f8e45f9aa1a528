"""Unit lists as people have them."""

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.kernel.known import Known
from hatnhan.kernel.sheets.book import Sheet, Value
from hatnhan.units.recognise import Entry, organisations, recognise

UNHURRIED = settings(deadline=None, derandomize=True, database=None)

TODAY = datetime.date(2026, 11, 22)


def entries(lines: Sequence[Sequence[Value]]) -> list[Entry]:
    """The organisations of a sheet given as lists."""
    sheet = Sheet.of(lines)
    return list(organisations(sheet, recognise(sheet), on=TODAY))


@pytest.mark.parametrize(
    "headings",
    [
        ["code", "name", "kind", "parent", "founded"],
        ["Mã", "Tên tổ chức", "Loại hình", "Trực thuộc", "Ngày thành lập"],
        ["Mã số", "Tên chi bộ, đảng bộ", "Loại hình tổ chức", "Cấp trên trực tiếp", "Ngày QĐ thành lập"],
        ["Ma to chuc dang", "Ten to chuc dang", "Loai hinh", "Ma to chuc cap tren", "Thanh lap"],
        ["Mã đơn vị", "Tên đơn vị", "Loại", "Mã cấp trên", "Thành lập"],
        ["MÃ", "TÊN TỔ CHỨC\nCƠ SỞ ĐẢNG", "LOẠI HÌNH", "TRỰC THUỘC", "NĂM THÀNH LẬP"],
    ],
)
def test_headings_are_known(headings: list[str]) -> None:
    mapping = recognise(Sheet.of([["DANH SÁCH TỔ CHỨC ĐẢNG"], headings]))
    assert mapping.fields == {"code": (0,), "name": (1,), "kind": (2,), "parent": (3,), "founded": (4,)}
    assert mapping.confidence == 1.0


def test_each_organisation_is_read_and_totals_are_not() -> None:
    first, second, third = entries(
        [
            ["ĐẢNG BỘ XÃ SÔNG CHANH"],
            [],
            ["TT", "Mã", "Tên tổ chức", "Loại hình", "Cấp trên", "Ngày thành lập", "Số đảng viên"],
            [1, 38168053000001, "Chi bộ  thôn Bờ Tre", "chi bộ thôn", "SC", datetime.date(1990, 2, 3), 25],
            [2, "38.168.053.000.002", "Chi bộ thôn Cầu Đá", "chi bộ thôn", "SC", "5/1990", 20],
            [3, "SC03", "Chi bộ Trạm Y tế", "chi bộ", "Đảng bộ xã Sông Chanh", "31/2/1990", 5],
            ["", "Tổng cộng", 3, None, None, None, 50],
        ]
    )
    assert first.values == {
        "code": "38168053000001",
        "name": "Chi bộ thôn Bờ Tre",
        "kind": "chi bộ thôn",
        "parent": "SC",
        "founded": Known("1990-02-03"),
    }
    assert second.values["founded"] == Known("1990-05")
    assert [problem.message.split(":")[0] for problem in third.problems] == ["Dòng 6, Ngày thành lập"]
    assert third.values["parent"] == "Đảng bộ xã Sông Chanh"


def test_a_list_without_codes_ends_at_its_totals_and_signatures() -> None:
    found = entries(
        [
            ["STT", "Tên tổ chức", "Trực thuộc", "Ngày thành lập", "Số đảng viên"],
            [1, "Chi bộ thôn Cầu Đá", "Đảng bộ xã", "3/2/1990", 25],
            [2, "Đảng bộ Tổng công ty Lim", "Đảng bộ xã", "1990", 12],
            [3, "Tổng công ty Lim", "Đảng bộ xã", "1990", 12],
            ["", "Cộng", None, None, 49],
            [None, "NGƯỜI LẬP", None, "BÍ THƯ"],
            [None, "Nguyễn Văn A", None, "Trần Văn B"],
        ]
    )
    assert [entry.row for entry in found] == [2, 3, 4]


def test_of_two_columns_on_the_superior_the_code_counts() -> None:
    (entry,) = entries([["Mã", "Tên", "Tên cấp trên", "Mã cấp trên"], ["A1", "Chi bộ 1", "Đảng bộ xã", "A"]])
    assert entry.values["parent"] == "A"


def test_a_row_needs_a_name_or_a_code() -> None:
    found = entries(
        [["Mã", "Tên", "Loại hình", "Trực thuộc"], [None, None, "chi bộ", "A"], ["A2", None, "chi bộ", "A"]]
    )
    assert [[problem.field for problem in entry.problems] for entry in found] == [["name"], []]


def test_without_a_column_for_names_the_user_is_asked() -> None:
    mapping = recognise(Sheet.of([["Mã", "Ghi chú"], ["A", "B"]]))
    assert any("tên tổ chức" in note for note in mapping.notes)


@settings(UNHURRIED, max_examples=60)
@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(), st.floats(), st.dates(), st.text(max_size=8)), max_size=6))
)
def test_no_sheet_whatsoever_breaks_the_reading(lines: list[list[Value]]) -> None:
    for entry in entries([["Mã", "Tên tổ chức", "Loại hình", "Trực thuộc", "Ngày thành lập"], *lines]):
        assert entry.values.get("name") or entry.values.get("code") or entry.problems
