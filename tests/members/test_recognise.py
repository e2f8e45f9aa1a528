"""Member lists as people really have them: columns, people, repairs and refusals."""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.kernel.known import Known
from hatnhan.kernel.sheets.book import Merge, Sheet, Value
from hatnhan.kernel.sheets.mapping import Mapping
from hatnhan.kernel.sheets.reading import read
from hatnhan.members.choices import PARTICIPATIONS, STANDINGS
from hatnhan.members.recognise import LABELS, Entry, best_sheet, people, recognise
from hatnhan.members.recognise.values import standing
from tests.fixtures.sheets import Nasty, nasty_sheets

UNHURRIED = settings(deadline=None, derandomize=True, database=None)

TODAY = datetime.date(2026, 11, 22)
SHEETS = nasty_sheets()
PERSON = ["Nguyễn Văn An", "3/5/1957"]


def shown(entry: Entry) -> dict[str, Any]:
    """An entry in the form of the expectations."""
    return {
        "row": entry.row,
        "rows": entry.rows,
        "problems": sorted(problem.field for problem in entry.problems),
        "values": {name: value.iso if isinstance(value, Known) else value for name, value in entry.values.items()},
    }


def entries(lines: Sequence[Sequence[Value]], merged: Sequence[Merge] = ()) -> list[Entry]:
    """The people of a sheet given as lists."""
    sheet = Sheet.of(lines, merged=tuple(merged))
    return list(people(sheet, recognise(sheet), on=TODAY))


def only(lines: Sequence[Sequence[Value]]) -> Entry:
    """The only person of a sheet."""
    (entry,) = entries(lines)
    return entry


def columns(*headings: str | Sequence[str | None]) -> dict[str, tuple[int, ...]]:
    """The fields of a header of one line, or of several."""
    lines: list[Sequence[Value]] = [headings] if isinstance(headings[0], str) else list(headings)  # type: ignore[list-item]
    return recognise(Sheet.of(lines)).fields


@pytest.mark.parametrize("nasty", SHEETS.values(), ids=SHEETS.keys())
def test_every_list_is_read_as_its_owner_means_it(nasty: Nasty, tmp_path: Path) -> None:
    path = nasty.build(tmp_path)
    book = read(path, name=path.name)
    sheet, mapping = best_sheet(book.sheets)
    found = [shown(entry) for entry in people(sheet, mapping, on=TODAY, epoch=book.epoch)]
    assert found == nasty.expected
    assert Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping
    assert set(mapping.fields) <= set(LABELS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ và tên", "name"),
        ("HO TEN", "name"),
        ("Họ và tên khai sinh", "name"),
        ("Họ, tên (chữ in hoa)", "name"),
        ("Tên gọi khác", "other_name"),
        ("Bí danh", "other_name"),
        ("Năm sinh", "birth"),
        ("Ngày, tháng, năm sinh", "birth"),
        ("Sinh ngày", "birth"),
        ("Giới tính (Nam/Nữ)", "sex"),
        ("Nữ (x)", "sex"),
        ("Quê quán (xã, tỉnh)", "hometown"),
        ("Trú quán", "residence"),
        ("Nơi ở hiện nay", "residence"),
        ("Thường trú", "residence"),
        ("Nghề nghiệp hiện nay", "occupation"),
        ("Trình độ học vấn", "education"),
        ("Trình độ LLCT", "theory"),
        ("Lý luận chính trị", "theory"),
        ("Dân tộc, tôn giáo", "ethnicity_religion_sealed"),
        ("Ngày QĐ kết nạp", "decision_date"),
        ("Quyết định kết nạp", "decision_date"),
        ("Ngày vào Đảng", "ceremony_date"),
        ("Ngày kết nạp", "ceremony_date"),
        ("Ngày, tháng, năm vào Đảng (dự bị)", "ceremony_date"),
        ("Ngày chính thức", "official_date"),
        ("Ngày vào Đảng chính thức", "official_date"),
        ("Ngày công nhận chính thức", "official_date"),
        ("Số thẻ", "card_no"),
        ("Số thẻ ĐV", "card_no"),
        ("Số thẻ đảng viên", "card_no"),
        ("Số thẻ theo QĐ 85", "old_card_no"),
        ("Số CCCD", "national_id"),
        ("Số CMND/CCCD", "national_id"),
        ("Số định danh cá nhân", "national_id"),
        ("Số LL", "cv_number"),
        ("Số lý lịch", "cv_number"),
        ("Điện thoại", "phone"),
        ("SĐT", "phone"),
        ("Mã chi bộ", "unit_code"),
        ("Mã tổ chức", "unit_code"),
        ("Tổ chức đảng", "unit_name"),
        ("Chi bộ sinh hoạt", "unit_name"),
        ("Đơn vị", "unit_name"),
        ("Chức vụ trong Đảng", "office"),
        ("Trạng thái", "standing"),
        ("Miễn sinh hoạt", "participation"),
        ("Ghi chú", "note"),
        ("Date of birth", "birth"),
        ("official_date", "official_date"),
        ("Card number", "card_no"),
    ],
)
def test_headings_are_known(heading: str, field: str) -> None:
    assert columns("STT", "Họ đệm", "Tên", heading).get(field) == (3,) or columns("STT", heading) == {field: (1,)}


@pytest.mark.parametrize(
    "heading",
    [
        "Nơi cấp thẻ",
        "Ngày cấp CCCD",
        "Người giới thiệu",
        "Số CMND cũ",
        "Đơn vị công tác",
        "Tuổi đảng",
        "Họ tên vợ (chồng)",
    ],
)
def test_headings_of_other_things_are_left_alone(heading: str) -> None:
    mapping = recognise(Sheet.of([["STT", "Họ và tên", "Năm sinh", heading]]))
    assert mapping.fields == {"name": (1,), "birth": (2,)}
    assert mapping.unknown == {3: heading}


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Ngày vào Đảng / chính thức", {"ceremony_date", "official_date"}),
        ("Ngày vào Đảng, ngày chính thức", {"ceremony_date", "official_date"}),
        ("Giới tính, dân tộc", {"sex", "ethnicity_religion_sealed"}),
        ("Quê quán\nNơi ở", {"hometown", "residence"}),
        ("Số lý lịch; số thẻ", {"cv_number", "card_no"}),
        ("Nghề nghiệp, chức vụ", {"occupation", "office"}),
    ],
)
def test_a_heading_may_name_two_facts(heading: str, fields: set[str]) -> None:
    found = columns("STT", "Họ và tên", heading)
    assert {name for name, places in found.items() if 2 in places} == fields


def test_parents_and_children_of_two_line_headers_are_joined_with_and_without_merged_cells() -> None:
    lines: list[list[str | None]] = [
        ["TT", "Họ và tên", "Năm sinh", None, "Ngày vào Đảng", None, "Trình độ", None, "Số thẻ", None],
        [None, None, "Nam", "Nữ", "Dự bị", "Chính thức", "Học vấn", "LLCT", "Cũ", "Mới"],
    ]
    expected = {
        "name": (1,),
        "birth_male": (2,),
        "birth_female": (3,),
        "ceremony_date": (4,),
        "official_date": (5,),
        "education": (6,),
        "theory": (7,),
        "old_card_no": (8,),
        "card_no": (9,),
    }
    assert columns(*lines) == expected
    merged = tuple(Merge(1, column, 1, column + 1) for column in (2, 4, 6, 8))
    assert recognise(Sheet.of(lines, merged=merged)).fields == expected


def test_a_year_is_not_taken_for_a_man() -> None:
    lines: list[list[Value]] = [
        ["TT", "Họ tên", "Ngày sinh", None, None],
        [None, None, "Ngày", "Tháng", "Năm"],
        [1, "Nguyễn Văn An", 3, 5, 1957],
        [2, "Trần Thị Bưởi", None, None, 1961],
    ]
    assert [entry.values["birth"].iso for entry in entries(lines)] == ["1957-05-03", "1961"]


def test_a_birth_date_under_men_or_women_below_one_merged_heading_tells_the_sex() -> None:
    lines: list[list[Value]] = [
        ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Quê quán", "Ngày vào Đảng", "Chi bộ"],
        [None, None, "Nam", "Nữ"],
        [1, "Trần Văn Mới", "3/5/1957", None, "Xã A", "3/2/1990", "thôn Hạ"],
        [2, "Lê Thị Hai", None, "5/1960", "Xã B", 1991, "thôn Hạ"],
    ]
    found = [entry.values for entry in entries(lines)]
    assert [(one["sex"], one["birth"].iso) for one in found] == [("m", "1957-05-03"), ("f", "1960-05")]


def test_columns_for_men_and_women_may_hold_marks() -> None:
    lines: list[list[Value]] = [
        ["TT", "Họ tên", "Giới tính", None],
        [None, None, "Nam", "Nữ"],
        [1, "Nguyễn Văn An", "x", None],
        [2, "Trần Thị Bưởi", None, "x"],
        [3, "Lê Ba", "x", "x"],
    ]
    found = entries(lines)
    assert [entry.values.get("sex") for entry in found] == ["m", "f", None]
    assert [problem.field for problem in found[2].problems] == ["sex"]


def test_a_given_name_may_stand_in_a_column_without_a_heading() -> None:
    lines: list[list[Value]] = [
        ["STT", "Họ và tên", None, "Năm sinh"],
        [1, "Nguyễn Văn", "AN", 1957],
        [2, "Lê", "Bưởi", 1961],
    ]
    assert [entry.values["name"] for entry in entries(lines)] == ["Nguyễn Văn An", "Lê Bưởi"]


def test_a_list_book_whose_headings_keep_silent_is_read_by_what_stands_there() -> None:
    lines: list[list[Value]] = [
        ["TT", "Họ và tên", "Quê quán", "Ngày vào Đảng"],
        [1, "NGUYỄN VĂN AN", "xã Sông Chanh", "3/2/1990; 3/2/1991"],
        [None, "3/5/1957", "tỉnh Hải Bình", None],
        [None, "Nam, Kinh", None, None],
        [2, "TRẦN THỊ BƯỞI", "xã Gò Đất", "1995"],
        [None, "1961", None, None],
        [None, "Nữ, Mường", None, None],
    ]
    found = [shown(entry) for entry in entries(lines)]
    assert [one["rows"] for one in found] == [(2, 3, 4), (5, 6, 7)]
    assert found[0]["values"] == {
        "name": "Nguyễn Văn An",
        "birth": "1957-05-03",
        "sex": "m",
        "ethnicity_religion_sealed": "Kinh",
        "hometown": "xã Sông Chanh tỉnh Hải Bình",
        "ceremony_date": "1990-02-03",
        "official_date": "1991-02-03",
    }


def test_a_list_book_without_numbers_is_joined_too() -> None:
    lines: list[list[Value]] = [
        ["Họ và tên", "Ngày sinh", "Ngày vào Đảng"],
        ["Nguyễn Văn An", "3/5/1957", "3/2/1990"],
        ["(Năm Hùng)", "Nam, Kinh", "3/2/1991"],
        ["Trần Thị Bưởi", "1961", "3/2/1992"],
        [None, "Nữ, Kinh", "3/2/1993"],
    ]
    found = entries(lines)
    assert [entry.rows for entry in found] == [(2, 3), (4, 5)]
    assert found[0].values["other_name"] == "Năm Hùng"
    assert found[1].values["official_date"] == Known("1993-02-03")


def test_a_missing_number_does_not_join_two_people() -> None:
    lines: list[list[Value]] = [
        ["STT", *("Họ tên", "Ngày sinh")],
        [1, *PERSON],
        [None, "Trần Bưởi", "1961"],
        [3, "Lê Ba", 1970],
    ]
    assert [entry.row for entry in entries(lines)] == [2, 3, 4]


def test_a_text_that_runs_over_into_the_next_row_belongs_to_the_person_above() -> None:
    lines: list[list[Value]] = [
        ["STT", "Họ tên", "Ngày sinh", "Quê quán"],
        [1, *PERSON, "xã Sông Chanh,"],
        [None, None, None, "tỉnh Hải Bình"],
        [2, "Lê Ba", 1970, "xã Gò Đất"],
        [3, "Lê Tư", 1970, "xã Gò Đất"],
    ]
    assert [entry.row for entry in entries(lines)] == [2, 4, 5]
    assert next(iter(entries(lines))).values["hometown"] == "xã Sông Chanh, tỉnh Hải Bình"


def test_ethnicity_is_neither_kept_in_the_raw_text_nor_told_in_a_sentence() -> None:
    entry = only([["Họ tên", "Ngày sinh", "Giới tính, dân tộc, tôn giáo"], [*PERSON, "Nam, Xyz, Abc"]])
    assert entry.values["ethnicity_religion_sealed"] == "Xyz, Abc"
    told = json.dumps([entry.raw, list(map(str, entry.problems)), list(map(str, entry.notes))])
    assert "Xyz" not in told
    assert "Abc" not in told


def test_a_ditto_sign_means_what_stands_above() -> None:
    lines: list[list[Value]] = [
        ["Họ tên", "Năm sinh", "Giới tính", "Quê quán", "Chi bộ"],
        ["Lê Ba", "1957", "Nam", "xã Gò Đất", "Chi bộ 1"],
        ["Lê Tư", "1958", '"', "nt", '"'],
        ["Lê Năm", "1959", "Nữ", "-nt-", "Chi bộ 2"],
    ]
    found = entries(lines)
    assert [entry.values.get("hometown") for entry in found] == ["xã Gò Đất"] * 3
    assert [entry.values.get("unit_name") for entry in found] == ["Chi bộ 1", "Chi bộ 1", "Chi bộ 2"]
    assert "sex" not in found[1].values
    assert not found[1].problems


def test_a_text_without_end_is_refused() -> None:
    entry = only([["Họ tên", "Năm sinh", "Quê quán", "Ghi chú"], ["Lê Ba", "1957", "x" * 501, "y" * 33_000]])
    assert [problem.field for problem in entry.problems] == ["hometown", "note"]
    assert "501" in entry.problems[0].message
    assert "500" in entry.problems[0].message


def test_empty_and_masked_cells_say_nothing() -> None:
    headings = ["Họ tên", "Ngày sinh", "Giới tính", "Số thẻ", "CCCD", "Ngày vào Đảng", "Quê quán", "Trạng thái"]
    entry = only([headings, [*PERSON, "", "…489", "0010******89", "..........", " - ", None]])
    assert set(entry.values) == {"name", "birth"}
    assert not entry.problems


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("001057000489", "001057000489", ""),
        ("001 057 000 489", "001057000489", ""),
        ("'001057000489", "001057000489", ""),
        (1057000489, "001057000489", "2 số 0"),
        ("79057000489", "079057000489", "1 số 0"),
    ],
)
def test_personal_numbers_are_tidied_and_lost_noughts_put_back(cell: Value, value: str, says: str) -> None:
    entry = only([["Họ tên", "Ngày sinh", "Giới tính", "Số CCCD"], [*PERSON, "Nam", cell]])
    assert entry.values["national_id"] == value
    assert says in " ".join(map(str, entry.notes))


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("1.05700E+09", "làm tròn"),
        ("1,23457E+11", "làm tròn"),
        (1.5, "làm tròn"),
        (123457000000, "làm tròn"),
        ("79061000489", "11 chữ số"),
        ("97057000489", "11 chữ số"),
        ("123", "3 chữ số"),
        ("00105700048x", "không phải chữ số"),
        (datetime.date(1957, 5, 3), "Chỉ ghi chữ số"),
    ],
)
def test_damaged_personal_numbers_are_refused_with_what_to_do(cell: Value, says: str) -> None:
    entry = only([["Họ tên", "Ngày sinh", "Giới tính", "Số CCCD"], [*PERSON, "Nam", cell]])
    (problem,) = entry.problems
    assert problem.field == "national_id"
    assert says in problem.message
    assert problem.message.startswith("Dòng 2, Số định danh cá nhân: ")


def test_a_number_that_contradicts_sex_or_birth_is_taken_and_told() -> None:
    entry = only([["Họ tên", "Ngày sinh", "Giới tính", "Số CCCD"], [*PERSON, "Nữ", "001061000489"]])
    assert entry.values["national_id"] == "001061000489"
    assert len(entry.notes) == 2


def test_a_card_number_of_eight_digits_is_the_old_card() -> None:
    entry = only([["Họ tên", "Ngày sinh", "Số thẻ"], [*PERSON, 1234567]])
    assert (entry.values.get("old_card_no"), entry.values.get("card_no")) == ("01234567", None)


def test_a_formula_typed_as_text_is_text_and_no_name() -> None:
    first, second = entries(
        [["Họ tên", "Năm sinh", "Ghi chú"], ["=1+1", "1957", "x"], ["Lê Ba", "1957", "=cmd|' /C calc'!A0"]]
    )
    assert [problem.field for problem in first.problems] == ["name"]
    assert second.values["note"] == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(("typed", "name", "other"), [
    ("Đ/c NGUYỄN VĂN AN", "Nguyễn Văn An", None),
    ("Nguyễn Văn An (Năm  Hùng)", "Nguyễn Văn An", "Năm Hùng"),
    ("Nguyễn Văn An (B)", "Nguyễn Văn An", None),
    ("Nguyễn\nVăn An", "Nguyễn Văn An", None),
    ("Nguyễn Văn An.", "Nguyễn Văn An", None),
])  # fmt: skip
def test_names_are_tidied(typed: str, name: str, other: str | None) -> None:
    entry = only([["Họ tên", "Năm sinh"], [typed, "1957"]])
    assert (entry.values["name"], entry.values.get("other_name")) == (name, other)


@pytest.mark.parametrize("typed", ["Nguyễn Văn 5", "A", "Lê Văn Tám - Bí thư", "an@example.org", "x" * 101])
def test_what_is_no_name_is_refused(typed: str) -> None:
    entry = only([["Họ tên", "Năm sinh"], [typed, "1957"]])
    assert [problem.field for problem in entry.problems] == ["name"]


def test_a_row_without_a_name_needs_a_number_to_say_who_it_is() -> None:
    with_number, without = entries(
        [["STT", "Họ tên", "Năm sinh", "CCCD"], [1, None, 1957, "001057000489"], [2, None, 1957, None]]
    )
    assert not with_number.problems
    assert [problem.field for problem in without.problems] == ["name"]


@pytest.mark.parametrize("code", [*STANDINGS, *PARTICIPATIONS])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_our_own_words_and_codes_are_understood(code: str, language: str) -> None:
    with translation.override(language):
        label = str({**STANDINGS, **PARTICIPATIONS}[code])
    expected = {"standing" if code in STANDINGS else "participation": code}
    assert standing(code) == standing(label) == expected


def test_an_unknown_status_is_refused_with_the_words_that_are_allowed() -> None:
    entry = only([["Họ tên", "Năm sinh", "Trạng thái"], ["Lê Ba", "1957", "đang bay"]])
    assert "Chính thức" in entry.problems[0].message
    assert "đang bay" in entry.problems[0].message


def test_a_list_that_looks_turned_by_a_spreadsheet_is_told() -> None:
    turned: list[list[Value]] = [
        [f"Lê {name}", datetime.date(1957, 1 + n, 3)] for n, name in enumerate(["Ba", "Tư", "Năm", "Sáu", "Bảy"])
    ]
    mapping = recognise(Sheet.of([["Họ tên", "Ngày sinh"], *turned, ["Lê Tám", "25/3/1960"]]))
    assert any("đảo ngày và tháng" in note for note in mapping.notes)


def test_a_sheet_without_known_headings_says_what_is_missing_and_gives_nobody() -> None:
    sheet = Sheet.of([[1, "Nguyễn Văn An", "3/5/1957"]])
    mapping = recognise(sheet)
    assert (mapping.confidence, mapping.fields, list(people(sheet, mapping, on=TODAY))) == (0.0, {}, [])
    assert any("họ và tên" in note for note in mapping.notes)


def test_the_user_can_say_what_a_column_is() -> None:
    sheet = Sheet.of([[1, "Nguyễn Văn An", "3/5/1957"]])
    mapping = recognise(sheet).assign(1, ["name"]).assign(2, ["birth"])
    (entry,) = people(sheet, mapping, on=TODAY)
    assert shown(entry)["values"] == {"name": "Nguyễn Văn An", "birth": "1957-05-03"}
    assert mapping.assign(2, []).fields == {"name": (1,)}


def test_of_several_sheets_the_one_with_people_is_taken() -> None:
    cover = Sheet.of([["Báo cáo"], *([f"dòng {n}"] for n in range(50))], name="Bìa")
    members = Sheet.of([["Họ tên", "Năm sinh"], ["Lê Ba", 1957]], name="Đảng viên")
    assert best_sheet((cover, members))[0].name == "Đảng viên"


cells = st.one_of(
    st.none(),
    st.integers(-5, 10**13),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.text(max_size=12),
    st.sampled_from(
        ["Nam, Kinh", "3/2/1990; 3/2/1991", "x", "Họ và tên", "Ngày sinh", "Tổng cộng", "Chi bộ 1", "1.2E+11", "…9"]
    ),
)


@settings(UNHURRIED, max_examples=150)
@given(st.lists(st.lists(cells, max_size=8), max_size=12), st.booleans())
def test_no_sheet_whatsoever_breaks_the_reading(lines: list[list[Value]], headed: bool) -> None:
    head: list[list[Value]] = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính, dân tộc", "Ngày vào Đảng; chính thức", "Số thẻ"]
    ]
    sheet = Sheet.of([*(head if headed else []), *lines])
    for entry in people(sheet, recognise(sheet), on=TODAY):
        assert entry.row == entry.rows[0]
        assert all(problem.message.startswith(f"Dòng {entry.row}, ") for problem in entry.problems)
        assert all(isinstance(value, str | Known) for value in entry.values.values())
