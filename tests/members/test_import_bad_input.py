"""Bad lists: each refusal says which row or file, what is wrong, and what is allowed."""

import zipfile
from pathlib import Path

import pytest

from hatnhan.members.models import Person, PersonNumber
from tests.fixtures.lists import Cell
from tests.members.lists import DUNG, LUA, import_members, listed, ran
from tests.world import CARD, World

pytestmark = pytest.mark.django_db


def test_the_year_20225(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, [*DUNG[:3], "1/1/20225", *DUNG[4:]]))
    assert (done.code, done.counts[4]) == (1, 1)
    assert "Dòng 2, Ngày sinh" in done.problems(2)
    assert "bốn chữ số" in done.problems(2)


def test_dates_in_the_wrong_order(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, [*DUNG[:5], "3/2/1984", *DUNG[6:]]))
    assert "Ngày chính thức không thể trước ngày vào Đảng" in done.problems(2)


def test_a_date_that_contradicts_what_is_recorded(world: World, tmp_path: Path) -> None:
    head: list[Cell] = ["Họ và tên", "Ngày sinh", "Ngày chính thức", "Chi bộ"]
    done = import_members(listed(tmp_path, ["Hoàng Thị Chi", "19/8/1988", "1/1/2014", "thôn Hai"], head=head))
    assert (done.code, done.counts) == (1, (0, 0, 0, 0, 1))
    assert "Dòng 2, Ngày chính thức" in done.problems(2)


def test_two_people_of_one_list_with_one_card_number(world: World, tmp_path: Path) -> None:
    done = import_members(
        listed(tmp_path, DUNG, [*LUA[:6], DUNG[6], LUA[7]], [3, "Tạ Thị Na", "Nữ", "1970"]), "91.001.103"
    )
    assert done.counts[4] >= 2
    assert "dòng 3" in done.problems(2)
    assert "dòng 2" in done.problems(3)


def test_one_person_twice_in_a_list(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, DUNG, [9, *DUNG[1:]]))
    assert done.counts == (1, 0, 0, 0, 1)
    assert "trùng với dòng 2" in done.problems(3)


def test_overlapping_memberships(world: World, tmp_path: Path) -> None:
    """Somebody cannot belong to two cells: neither within one list nor beside what is recorded."""
    done = import_members(listed(tmp_path, DUNG, [*DUNG[:7], "Chi bộ thôn Ba"]))
    assert done.counts == (1, 0, 0, 0, 1)
    assert "trùng với dòng 2" in done.problems(3)
    done = import_members(listed(tmp_path, [1, "Nguyễn Văn An", "Nam", "3/5/1957", "", "", CARD["an"], "thôn Ba"]))
    assert done.counts == (0, 0, 0, 1, 0)
    assert "Có phải đã chuyển không?" in done.problems(2)


def test_a_card_number_of_somebody_else_in_the_scope(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, [*DUNG[:6], CARD["an"], DUNG[7]]))
    assert (done.code, done.counts) == (1, (0, 0, 0, 0, 1))
    assert "Nguyễn Văn An" in done.problems(2)
    assert not Person.objects.filter(name="Cao Văn Dũng").exists()


def test_another_card_number_than_the_recorded_one_is_a_question(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, [1, "Nguyễn Văn An", "Nam", "3/5/1957", "", "", "091057000490", "thôn Một"]))
    assert done.counts == (0, 0, 0, 1, 0)
    assert PersonNumber.objects.unvoided().get(person=world.person("an"), kind="card").tail == "…489"


def test_numbers_of_two_people_in_one_row(world: World, tmp_path: Path) -> None:
    head: list[Cell] = ["Họ và tên", "Số thẻ", "Số định danh", "Chi bộ"]
    done = import_members(listed(tmp_path, ["Nguyễn Văn An", CARD["an"], CARD["anh"], "thôn Một"], head=head))
    assert "hai đồng chí khác nhau" in done.problems(2)


@pytest.mark.parametrize(
    ("digits", "said"), [("12345", "5 chữ số"), ("1.23457E+11", "làm tròn"), ("09106000041a", "không phải chữ số")]
)
def test_a_card_number_that_is_none(world: World, tmp_path: Path, digits: str, said: str) -> None:
    done = import_members(listed(tmp_path, [*DUNG[:6], digits, DUNG[7]]))
    assert said in done.problems(2)


def test_a_text_that_is_too_long(world: World, tmp_path: Path) -> None:
    head: list[Cell] = ["Họ và tên", "Năm sinh", "Nghề nghiệp", "Chi bộ"]
    done = import_members(listed(tmp_path, ["Cao Văn Dũng", "1960", "nghề " * 50, "thôn Hai"], head=head))
    assert "chỉ nhận đến 120 chữ" in done.problems(2)


def test_cells_that_begin_like_a_formula_are_text_or_refused(world: World, tmp_path: Path) -> None:
    head: list[Cell] = ["Họ và tên", "Năm sinh", "Ghi chú", "Chi bộ"]
    path = listed(
        tmp_path, ["=HYPERLINK(1)", "1960", "", "thôn Hai"], ["Võ Thị Lụa", "1964", "=1+1", "thôn Hai"], head=head
    )
    done = import_members(path, "91.001", "--skip-refused")
    assert done.counts == (1, 0, 0, 0, 1)
    assert "không giống họ và tên" in done.problems(2)
    assert Person.objects.get(name="Võ Thị Lụa").note == "=1+1"


# --- files that cannot be used ------------------------------------------------------------------------------------


def test_an_unknown_unit_code(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, DUNG), "91.999")
    assert done.code == 2
    assert "“91.999”" in done.text


def test_a_day_before_the_unit_was_founded(world: World, tmp_path: Path) -> None:
    done = ran("import", "members", str(listed(tmp_path, DUNG)), "--unit", "91.001", "--on", "2020-01-01")
    assert done.code == 2
    assert "không có tổ chức nào mang mã “91.001”" in done.text
    assert "--on 2025-08-01" in done.text


def test_a_file_that_is_not_there(world: World, tmp_path: Path) -> None:
    done = import_members(tmp_path / "khong-co.xlsx")
    assert done.code == 2
    assert "khong-co.xlsx" in done.text


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("thu.pdf", b"%PDF-1.7 something", "tệp PDF"), ("trong.xlsx", b"", "tệp trống"),
        ("hong.xlsx", b"PK\x03\x04 broken", "tệp bị hỏng"), ("trang.xls", b"<html><table></table></html>", "trang web"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_spreadsheet(world: World, tmp_path: Path, name: str, body: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    done = import_members(path)
    assert done.code == 2
    assert said in done.text
    assert "XLSX, XLS, ODS, CSV" in done.text


def test_a_word_file(world: World, tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    done = import_members(path)
    assert (done.code, "Word" in done.text) == (2, True)


def test_a_file_of_200_mb(world: World, tmp_path: Path) -> None:
    path = tmp_path / "lon.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    done = import_members(path)
    assert done.code == 2
    assert "200 MB" in done.text
    assert "50 MB" in done.text


def test_a_zip_bomb(world: World, tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (80 << 20))
    done = import_members(path)
    assert done.code == 2
    assert "phá hoại" in done.text


def test_a_sheet_without_names(world: World, tmp_path: Path) -> None:
    done = import_members(listed(tmp_path, [1, 2, 3], head=["A", "B", "C"]))
    assert done.code == 2
    assert "họ và tên" in done.text


def test_a_list_of_units_is_no_list_of_members(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["91.5", "Chi bộ thôn Mới", "chi bộ", "91.001"], head=["code", "name", "kind", "parent"])
    done = import_members(path)
    assert done.code == 2
    assert "là danh sách tổ chức" in done.text


def test_a_list_of_members_is_no_list_of_units(world: World, tmp_path: Path) -> None:
    done = ran("import", "units", str(listed(tmp_path, DUNG, LUA)), "--json")
    assert done.code == 2
    assert "là danh sách đảng viên" in done.text


def test_a_mapping_that_names_a_column_that_is_not_there(world: World, tmp_path: Path) -> None:
    mapping = tmp_path / "columns.json"
    mapping.write_text('{"Cột lạ": "birth"}', encoding="utf-8")
    done = import_members(listed(tmp_path, DUNG), "91.001", "--mapping", str(mapping))
    assert done.code == 2
    assert "“Cột lạ”" in done.text


def test_members_need_a_unit(world: World, tmp_path: Path) -> None:
    done = ran("import", "members", str(listed(tmp_path, DUNG)))
    assert (done.code, "--unit" in done.text) == (2, True)
