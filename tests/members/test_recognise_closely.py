"""Lists that mislead: short ones with totals, old rows under new headings, labels in cells."""

import datetime
import unicodedata
from collections.abc import Sequence
from typing import Any

import pytest

from hatnhan.kernel.encodings import Encoding, encode
from hatnhan.kernel.known import Known
from hatnhan.kernel.sheets.book import Merge, Sheet, Value
from hatnhan.members.recognise import Entry, people, recognise

TODAY = datetime.date(2026, 11, 22)


def entries(lines: Sequence[Sequence[Value]], merged: Sequence[Merge] = ()) -> list[Entry]:
    """The people of a sheet given as lists."""
    sheet = Sheet.of(lines, merged=tuple(merged))
    return list(people(sheet, recognise(sheet), on=TODAY))


def values(entry: Entry) -> dict[str, Any]:
    """What was read, dates as their known text."""
    assert entry.problems == []
    return {name: value.iso if isinstance(value, Known) else value for name, value in entry.values.items()}


def test_totals_below_a_short_list_do_not_hide_that_men_and_women_have_birth_dates() -> None:
    man, woman = entries(
        [
            ["STT", "Họ và tên", "Năm sinh", None],
            [None, None, "Nam", "Nữ"],
            [1, "Nguyễn Văn Tý", "3/2/1957", None],
            [2, "Phạm Thị Hoa", None, 1960],
            [None, "Tổng số:", "2 đồng chí", None],
            [None, "Trong đó:", "1 nam", "1 nữ"],
        ],
        [Merge(1, 2, 1, 3)],
    )
    assert values(man) == {"name": "Nguyễn Văn Tý", "birth": "1957-02-03", "sex": "m"}
    assert values(woman) == {"name": "Phạm Thị Hoa", "birth": "1960", "sex": "f"}


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("count", [1, 3])
def test_old_rows_under_headings_typed_anew_are_converted(encoding: Encoding, count: int) -> None:
    def old(text: str) -> str:
        return encode(unicodedata.normalize("NFC", text), encoding)

    rows: list[list[Value]] = [
        [1, "Nguyễn Văn Đức", "Nam", "3/2/1957", "Chi bộ thôn Bờ Tre"],
        [2, "Tô Thị Hượng", "Nữ", "1960", "Chi bộ thôn Đồng Sim"],
        [3, "Lương Quỳnh Như", "Nữ", "1961", "Chi bộ thôn Bờ Tre"],
    ]
    found = entries(
        [
            ["Danh sách đảng viên năm 2026"],
            ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Chi bộ"],
            *[[old(cell) if isinstance(cell, str) else cell for cell in row] for row in rows[:count]],
        ]
    )
    assert [(values(one)["name"], values(one)["unit_name"]) for one in found] == [
        (row[1], row[4]) for row in rows[:count]
    ]
    assert [values(one)["sex"] for one in found] == ["m", "f", "f"][:count]


def test_lines_that_name_themselves_go_where_they_say() -> None:
    (first, second) = entries(
        [
            ["TT", "Họ và tên", "Ngày sinh", "Quê quán", "Ngày vào Đảng"],
            [1, "NGUYỄN VĂN TÝ", "3/2/1957", "xã Sông Chanh", "3/2/1990"],
            [None, "Bí danh: Tư Tý", "Nam, Kinh", "tỉnh Hải Bình", "3/2/1991"],
            [None, None, None, "Nơi ở: thôn Bờ Tre", None],
            [2, "PHẠM THỊ HOA", "1960", "xã Sông Chanh", "3/2/1992"],
            [None, "(tức Hoa Lan)", "Nữ, Kinh", None, None],
            [None, None, None, "Nơi ở hiện nay: thôn Đồng Sim", None],
        ]
    )
    assert (values(first)["other_name"], values(second)["other_name"]) == ("Tư Tý", "Hoa Lan")
    assert values(first)["hometown"] == "xã Sông Chanh tỉnh Hải Bình"
    assert (values(first)["residence"], values(second)["residence"]) == ("thôn Bờ Tre", "thôn Đồng Sim")
    assert (values(first)["ceremony_date"], values(first)["official_date"]) == ("1990-02-03", "1991-02-03")


def test_the_same_name_written_twice_is_no_other_name() -> None:
    (one,) = entries(
        [["Họ và tên khai sinh", "Họ và tên đang dùng", "Ngày sinh"], ["NGUYỄN VĂN TÝ", "Nguyễn Văn Tý", "3/2/1957"]]
    )
    assert values(one) == {"name": "Nguyễn Văn Tý", "birth": "1957-02-03"}


def test_a_number_with_its_nought_in_front_was_not_rounded_by_a_spreadsheet() -> None:
    (one,) = entries([["Họ và tên", "Số thẻ"], ["Nguyễn Văn An", "091057000000"]])
    assert values(one)["card_no"] == "091057000000"


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["Họ", "Tên đệm và tên"], ["Nguyễn", "Văn An"]),
        (["HỌ", "ĐỆM", "TÊN"], ["NGUYỄN", "VĂN", "AN"]),
        (["Họ và tên đệm", "Tên"], ["Nguyễn Văn", "An"]),
        (["Họ", "Chữ đệm", "Tên"], ["Nguyễn", "Văn", "An"]),
    ],
)
def test_a_name_in_two_or_three_columns_is_one(headings: list[str], cells: list[str]) -> None:
    (one,) = entries([["TT", *headings, "Ngày sinh"], [1, *cells, "3/2/1957"]])
    assert values(one) == {"name": "Nguyễn Văn An", "birth": "1957-02-03"}


@pytest.mark.parametrize("said", ["(dự bị)", "Đảng viên dự bị", "chưa chính thức", "Còn dự bị"])
def test_a_word_where_the_official_date_would_stand_says_that_somebody_is_probationary(said: str) -> None:
    (one,) = entries(
        [["Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức"], ["Nguyễn Văn An", "1957", "3/2/2026", said]]
    )
    assert values(one) == {
        "name": "Nguyễn Văn An", "birth": "1957", "ceremony_date": "2026-02-03", "standing": "probationary",
    }  # fmt: skip


def test_theory_is_no_education_under_one_heading() -> None:
    fields = recognise(
        Sheet.of([["Họ và tên", "Trình độ", None, None], [None, "Học vấn", "Chuyên môn", "Lý luận CT"]])
    ).fields
    assert (fields["education"], fields["theory"]) == ((1, 2), (3,))


def test_a_day_number_as_text_is_read_unless_it_may_be_a_year_with_a_digit_too_many() -> None:
    lines: list[list[Value]] = [
        ["Họ và tên", "Ngày sinh", "Ngày vào Đảng"],
        ["Nguyễn Văn An", "5/1957", "29254"],
        ["Nguyễn Văn Bảy", "20225", "1980"],
    ]
    first, second = entries(lines)
    assert values(first)["ceremony_date"] == "1980-02-03"
    assert [problem.field for problem in second.problems] == ["birth"]
