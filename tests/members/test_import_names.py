"""Names that differ in nothing but their marks; lists whose cells are named by code or stand on several sheets."""

from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from hatnhan.members.imports.spelling import apart
from hatnhan.members.models import Membership, Person
from tests.fixtures.lists import Cell
from tests.members.lists import import_members, listed, ran
from tests.world import World

pytestmark = pytest.mark.django_db

HEAD: list[Cell] = ["Họ và tên", "Năm sinh", "Chi bộ"]


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hòa", True), ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", False),
        ("Nguyen Thi Hoa", "Nguyễn Thị Hòa", False), ("Trần Văn Thúy", "Trần Văn Thuý", False),
        ("Trần Văn Thúy", "Trần Văn Thủy", True),
    ],
)  # fmt: skip
def test_marks_tell_names_apart_wherever_the_tone_sits(one: str, other: str, two: bool) -> None:
    assert apart(one, other) is two


def test_two_people_of_one_year_whose_names_have_other_marks_are_two(world: World, tmp_path: Path) -> None:
    path = listed(tmp_path, ["Ngô Thị Hoa", "1957", "thôn Ba"], ["Ngô Thị Hòa", "1957", "thôn Ba"], head=HEAD)
    assert import_members(path).counts == (2, 0, 0, 0, 0)
    assert import_members(path).counts == (0, 0, 2, 0, 0)
    assert sorted(Person.objects.filter(name_key="ngo thi hoa").values_list("name", flat=True)) == [
        "Ngô Thị Hoa", "Ngô Thị Hòa",
    ]  # fmt: skip


def test_another_mark_and_only_a_year_is_a_question(world: World, tmp_path: Path) -> None:
    world.receive("hoa", "Ngô Thị Hòa", world.land.three, birth="1957")
    done = import_members(listed(tmp_path, ["Ngô Thị Hoa", "1957", "thôn Ba"], head=HEAD))
    assert done.counts == (0, 0, 0, 1, 0)
    assert "Ngô Thị Hòa" in done.problems(2)
    again = import_members(listed(tmp_path, ["Ngô Thị Hoà", "1957", "thôn Ba"], head=HEAD))
    assert again.counts == (0, 0, 1, 0, 0)


def test_one_name_twice_with_only_a_year_is_a_question_and_with_the_day_a_repetition(
    world: World, tmp_path: Path
) -> None:
    done = import_members(listed(tmp_path, *[["Ngô Thị Hoa", "1957", "thôn Ba"]] * 2, head=HEAD), "91.001", "--dry-run")
    assert done.counts == (1, 0, 0, 1, 0)
    done = import_members(listed(tmp_path, *[["Ngô Thị Hoa", "3/5/1957", "thôn Ba"]] * 2, head=HEAD))
    assert done.counts == (1, 0, 0, 0, 1)


def test_a_code_may_stand_where_the_name_of_the_cell_is_asked(world: World, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["Cao Văn Dũng", "1960", "91.001.102"], ["Võ Thị Lụa", "1964", "91.001.102 - Chi bộ thôn Hai"]
    ]  # fmt: skip
    path = listed(tmp_path, *rows, head=["Họ và tên", "Năm sinh", "Tổ chức đảng"])
    assert import_members(path).counts == (2, 0, 0, 0, 0)
    homes = Membership.objects.filter(person__name__in=["Cao Văn Dũng", "Võ Thị Lụa"])
    assert {home.unit for home in homes} == {world.land.two}


def test_a_cell_that_is_not_found_is_answered_with_those_that_are_nearly_so_called(
    world: World, tmp_path: Path
) -> None:
    rows: list[list[Cell]] = [["Cao Văn Dũng", "1960", "Chi bộ thôn Baa"], ["Võ Thị Lụa", "1964", "Tổ dệt vải"]]
    done = import_members(listed(tmp_path, *rows, head=HEAD))
    assert "Tên gần giống: Chi bộ thôn Ba" in done.problems(2)
    assert "Hãy ghi đúng tên hoặc mã" in done.problems(3)
    with translation.override("en"):
        assert "Similar names: Chi bộ thôn Ba" in import_members(tmp_path / "danh-sach.xlsx").problems(2)


def two_lists(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Bìa"
    book.active["A1"] = "Danh sách đảng viên"
    for title, people in (
        ("Thôn Ba", ["Cao Văn Dũng", "Võ Thị Lụa"]), ("Tổng hợp", []), ("Thôn Hai", ["Hồ Văn Năm"])
    ):  # fmt: skip
        sheet = book.create_sheet(title)
        sheet.append(["Họ và tên", "Năm sinh", "Chi bộ"] if people else ["Chi bộ", "Số đảng viên"])
        for person in people:
            sheet.append([person, "1960", title])
    book.save(folder / "nhieu-trang.xlsx")
    return folder / "nhieu-trang.xlsx"


def test_a_second_list_in_the_file_is_told_and_can_be_asked_for(world: World, tmp_path: Path) -> None:
    path = two_lists(tmp_path)
    words = ("import", "members", str(path), "--unit", "91.001", "--on", "2026-11-22")
    first = ran(*words)
    assert "2 mới" in first.text
    assert "còn danh sách ở trang: Thôn Hai;" in first.text
    assert "1 mới" in ran(*words, "--sheet", "thon hai").text
    missing = ran(*words, "--sheet", "Thôn Tư")
    assert missing.code == 2
    assert "Các trang: Bìa, Thôn Ba, Tổng hợp, Thôn Hai" in missing.text


def test_the_sheet_is_chosen_on_the_page(world: World, tmp_path: Path) -> None:
    browser = world.browser("ha")
    with two_lists(tmp_path).open("rb") as file:
        sent = {"file": file, "unit": str(world.land.lim.pk), "on": "2026-11-22"}
        url = str(browser.post("/members/import/", sent)["Location"])
    assert "Cao Văn Dũng" in browser.get(url).content.decode()
    assert browser.post(url, {"sheet": "Thôn Hai"}).status_code == 302
    page = browser.get(url).content.decode()
    assert "Hồ Văn Năm" in page
    assert "Cao Văn Dũng" not in page
    assert browser.post(url, {"c0": "name", "c1": "birth", "c2": "unit_name"}).status_code == 302
    shown = browser.get(url.replace("columns/", "")).content.decode()
    assert "Hồ Văn Năm" in shown
    assert "Cao Văn Dũng" not in shown
