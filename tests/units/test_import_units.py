"""Lists of organisations brought in by the command."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from hatnhan.kernel.models import Placement, Unit
from hatnhan.members.models import ImportRun
from hatnhan.units import queries
from hatnhan.units.models import UnitName
from tests.fixtures.lists import Cell
from tests.members.lists import Ran, listed, ran
from tests.units.ground import START, Ground, ground, line, parent, paths_follow_parents, stands, tables

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 22)
HEAD: list[Cell] = ["code", "name", "kind", "parent", "founded"]
TOP: list[list[Cell]] = [
    ["77", "Đảng bộ tỉnh Hải Bình", "đảng bộ tỉnh", "", "1947-02-20"],
    ["77.01", "Đảng bộ xã Sông Chanh", "Đảng bộ xã", "77", "1/7/2025"],
    ["77.01.1", "Chi bộ thôn Bờ Tre", "chi bộ", "77.01", "1960"],
    ["77.01.2", "Chi bộ Trạm y tế", "CB", "77.01", ""],
    ["77.01.4", "Đảng bộ Trường Sông Chanh", "đảng bộ cơ sở", "77.01", "1975"],
    ["77.01.4.1", "Chi bộ 1", "chi bộ", "77.01.4", "1975"],
]


def brought(
    folder: Path, *rows: Sequence[Cell], head: Sequence[Cell] = HEAD, unit: str = "", words: Sequence[str] = ()
) -> Ran:
    """Import a list of units as of the day of the tests."""
    path = listed(folder, *rows, head=head, name="to-chuc.csv")
    where = ["--unit", unit] if unit else []
    return ran("import", "units", str(path), "--on", ON.isoformat(), "--json", *where, *words)


def unit(code: str) -> Unit:
    found = queries.by_code(code, ON)
    assert found is not None
    return found


def kind(code: str) -> str:
    return Placement.objects.on(ON).get(unit=unit(code)).kind


# --- at the top of an empty installation --------------------------------------------------------------------------


def test_a_whole_tree_comes_into_an_empty_installation(tmp_path: Path) -> None:
    done = brought(tmp_path, *TOP)
    assert (done.code, done.counts) == (0, (6, 0, 0, 0, 0))
    assert line(unit("77.01.4.1"), ON) == [unit(code).pk for code in ("77", "77.01", "77.01.4", "77.01.4.1")]
    assert paths_follow_parents([ON, date(2025, 7, 1), date(2000, 1, 1)]) == []


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    assert brought(tmp_path, *reversed(TOP)).counts == (6, 0, 0, 0, 0)
    assert parent(unit("77.01.1"), ON) == unit("77.01").pk


def test_a_bare_cell_is_what_its_parent_and_name_make_it(tmp_path: Path) -> None:
    brought(tmp_path, *TOP)
    assert [kind(code) for code in ("77.01.1", "77.01.2", "77.01.4.1")] == ["village_cell", "base_cell", "sub_cell"]


def test_a_unit_stands_from_its_founding_as_far_as_kind_and_parent_reach(tmp_path: Path) -> None:
    done = brought(tmp_path, *TOP)
    assert done.code == 0
    first = {
        code: Placement.objects.filter(unit=unit(code)).order_by("valid_from").values_list("valid_from", flat=True)[0]
        for code in ("77", "77.01", "77.01.1", "77.01.2")
    }
    assert first == {
        "77": date(1947, 2, 20), "77.01": date(2025, 7, 1), "77.01.1": date(2025, 7, 1), "77.01.2": ON,
    }  # fmt: skip


def test_a_commune_of_1947_is_recorded_from_the_day_its_kind_begins(tmp_path: Path) -> None:
    brought(tmp_path, TOP[0], ["77.01", "Đảng bộ xã Sông Chanh", "Đảng bộ xã", "77", "1947"])
    assert not stands(unit("77.01"), date(2025, 6, 30))
    assert stands(unit("77.01"), date(2025, 7, 1))


def test_the_second_time_everything_is_unchanged(tmp_path: Path) -> None:
    brought(tmp_path, *TOP)
    before = tables()
    again = brought(tmp_path, *TOP)
    assert (again.code, again.counts) == (0, (0, 0, 6, 0, 0))
    assert tables() == before


def test_vietnamese_headings_and_parents_by_name(tmp_path: Path) -> None:
    head = ["STT", "Mã số", "Tên tổ chức đảng", "Loại hình", "Trực thuộc", "Ngày thành lập"]
    done = brought(
        tmp_path, [1, "77", "ĐẢNG BỘ TỈNH HẢI BÌNH", "Đảng bộ tỉnh", "", "20/2/1947"],
        [2, "77.01", "Đảng bộ xã Sông Chanh", "Đảng bộ xã", "Đảng bộ tỉnh Hải Bình", "01/07/2025"],
        ["", "", "Tổng cộng: 2"], head=head,
    )  # fmt: skip
    assert done.counts == (2, 0, 0, 0, 0)
    assert queries.name_of(unit("77"), ON) == "Đảng bộ tỉnh Hải Bình"
    assert done.told["rows"][1] == {
        "row": 3, "outcome": "new", "name": "Đảng bộ xã Sông Chanh", "birth": "", "problems": [],
    }  # fmt: skip


def test_several_roots_come_into_an_empty_installation(tmp_path: Path) -> None:
    done = brought(tmp_path, TOP[0], ["78", "Đảng bộ tỉnh Vân Hà", "đảng bộ tỉnh", "", ""])
    assert done.counts == (2, 0, 0, 0, 0)


def test_three_thousand_units_take_seconds(tmp_path: Path) -> None:
    rows = [["77", "Đảng bộ tỉnh Hải Bình", "đảng bộ tỉnh", "", ""]]
    for commune in range(50):
        rows.append([f"77.{commune}", f"Đảng bộ xã {commune}", "đảng bộ xã", "77", "2025-07-01"])
        rows += [
            [f"77.{commune}.{cell}", f"Chi bộ thôn {cell}", "chi bộ", f"77.{commune}", "1960"] for cell in range(59)
        ]
    began = time.monotonic()
    assert brought(tmp_path, *rows).counts == (3001, 0, 0, 0, 0)
    assert time.monotonic() - began < 60
    assert brought(tmp_path, *rows).counts == (0, 0, 3001, 0, 0)


# --- into a tree that is there ------------------------------------------------------------------------------------


@pytest.fixture
def land() -> Ground:
    return ground()


def test_units_without_a_parent_hang_under_the_named_unit(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["", "Chi bộ thôn Tư", "chi bộ", "", ""], unit="91.001")
    assert done.counts == (1, 0, 0, 0, 0)
    made = UnitName.objects.get(name="Chi bộ thôn Tư").unit
    assert parent(made, ON) == land.lim.pk


def test_without_a_unit_a_new_row_needs_a_parent(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["95", "Đảng bộ tỉnh Khác", "đảng bộ tỉnh", "", ""])
    assert done.code == 1
    assert "chưa ghi cấp trên" in done.problems(2)


def test_name_kind_parent_and_code_of_a_known_unit_change(land: Ground, tmp_path: Path) -> None:
    brought(tmp_path, ["", "Chi bộ thôn Tư", "", "91.001", ""], unit="91")
    done = brought(
        tmp_path, ["91.001.101", "Chi bộ thôn Nhất", "", "", ""], ["91.002.101", "", "", "91.001", ""],
        ["91.001.104", "Chi bộ thôn Tư", "chi bộ", "91.001", ""], ["91.001.102", "", "chi bộ cơ sở", "", ""],
        unit="91",
    )  # fmt: skip
    assert (done.code, done.counts) == (0, (0, 4, 0, 0, 0))
    assert queries.name_of(land.one, ON) == "Chi bộ thôn Nhất"
    assert parent(land.far_cell, ON) == land.lim.pk
    assert queries.name_of(unit("91.001.104"), ON) == "Chi bộ thôn Tư"
    assert kind("91.001.102") == "base_cell"
    assert paths_follow_parents([START, ON]) == []


def test_a_kind_that_fits_what_is_recorded_changes_nothing(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.001.101", "CHI BỘ THÔN MỘT", "chi bộ", "91.001", "1960"], unit="91")
    assert done.counts == (0, 0, 1, 0, 0)


def test_the_named_unit_itself_may_stand_in_the_list(land: Ground, tmp_path: Path) -> None:
    done = brought(
        tmp_path, ["91.001", "Đảng bộ xã Lim Thượng", "đảng bộ xã", "91", ""],
        ["91.001.9", "Chi bộ thôn Chín", "", "91.001", ""],
        unit="91.001", words=["--skip-refused"],
    )  # fmt: skip
    assert done.counts[0] == 1
    assert parent(unit("91.001.9"), ON) == land.lim.pk


# --- bad input ----------------------------------------------------------------------------------------------------


def test_a_circular_tree(land: Ground, tmp_path: Path) -> None:
    done = brought(
        tmp_path, ["a", "Đảng bộ Trường A", "đảng bộ cơ sở", "b", ""],
        ["b", "Đảng bộ Trường B", "đảng bộ cơ sở", "a", ""],
        unit="91.001",
    )  # fmt: skip
    assert (done.code, done.counts) == (1, (0, 0, 0, 0, 2))
    assert "dẫn vòng trở lại chính nó" in done.problems(2)


def test_a_known_unit_cannot_come_under_what_hangs_under_it(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.001.001", "", "", "91.001.001.01", ""], unit="91")
    assert (done.code, done.counts[4]) == (1, 1)


def test_an_unknown_superior(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.5", "Chi bộ thôn Tư", "chi bộ", "99.9", ""], unit="91")
    assert done.code == 1
    assert "“99.9”" in done.problems(2)


def test_rows_under_a_refused_row_are_refused_too(land: Ground, tmp_path: Path) -> None:
    done = brought(
        tmp_path, ["91.5", "Đảng bộ xã Tư", "đảng bộ xã", "99.9", ""],
        ["91.5.1", "Chi bộ thôn Tư", "chi bộ", "91.5", ""],
        unit="91",
    )  # fmt: skip
    assert done.counts == (0, 0, 0, 0, 2)
    assert "dòng 2" in done.problems(3)


def test_one_code_for_two_units(land: Ground, tmp_path: Path) -> None:
    done = brought(
        tmp_path, ["91.7", "Chi bộ thôn Bảy", "chi bộ", "91.001", ""],
        ["91.7", "Chi bộ thôn Tám", "chi bộ", "91.001", ""],
        unit="91",
    )  # fmt: skip
    assert done.counts == (0, 0, 0, 0, 2)
    assert "mã 91.7" in done.problems(2)
    assert "mã 91.7" in done.problems(3)


def test_a_code_that_is_borne_outside_the_scope(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.002.101", "Chi bộ thôn Mới", "chi bộ", "", ""], unit="91.001")
    assert done.code == 1
    assert "ngoài phạm vi" in done.problems(2)


def test_a_kind_that_cannot_stand_there(land: Ground, tmp_path: Path) -> None:
    row = ["91.9", "Đảng bộ xã Trong", "đảng bộ xã", "91.001", ""]
    done = brought(tmp_path, row, unit="91", words=["--on", "2026-01-15"])
    assert done.code == 1
    assert "không thể trực thuộc" in done.problems(2)


def test_a_rule_that_was_not_checked_only_warns(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.9", "Đảng bộ xã Trong", "đảng bộ xã", "91.001", ""], unit="91")
    assert done.counts == (1, 0, 0, 0, 0)


def test_a_kind_that_nobody_knows(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.9", "Câu lạc bộ Thơ", "câu lạc bộ", "91.001", ""], unit="91")
    assert done.code == 1
    assert "không rõ loại hình" in done.problems(2)


def test_a_party_group_is_no_organisation_of_its_own(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.9", "Tổ đảng số 1", "tổ đảng", "91.001.101", ""], unit="91")
    assert "Hãy lập ở trang của chi bộ" in done.problems(2)


def test_a_founding_to_come(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.9", "Chi bộ thôn Mai", "chi bộ", "91.001", "1/1/2027"], unit="91")
    assert done.code == 1
    assert "ở sau ngày ghi nhận" in done.problems(2)


def test_the_year_20225(land: Ground, tmp_path: Path) -> None:
    done = brought(tmp_path, ["91.9", "Chi bộ thôn Mai", "chi bộ", "91.001", "1/1/20225"], unit="91")
    assert "bốn chữ số" in done.problems(2)


def test_an_unknown_code_of_the_unit(tmp_path: Path) -> None:
    assert brought(tmp_path, *TOP, unit="12").code == 2


def test_nothing_is_written_when_a_row_is_refused(land: Ground, tmp_path: Path) -> None:
    before = tables()
    brought(tmp_path, ["91.8", "Chi bộ thôn Tám", "chi bộ", "91.001", ""], ["91.9", "", "", "99", ""], unit="91")
    assert tables() == before


# --- taking it back -----------------------------------------------------------------------------------------------


def test_a_whole_import_is_undone(land: Ground, tmp_path: Path) -> None:
    before = tables()
    brought(
        tmp_path, ["91.8", "Đảng bộ Trạm y tế", "đảng bộ cơ sở", "91.001", ""],
        ["91.8.1", "Chi bộ 1", "chi bộ", "91.8", ""],
        ["91.001.101", "Chi bộ thôn Nhất", "", "", ""], unit="91",
    )  # fmt: skip
    assert tables() != before
    assert ran("import", "undo", str(ImportRun.objects.get().pk)).code == 0
    assert tables() == before
    assert ImportRun.objects.get().state == "undone"


def test_an_import_on_which_something_was_built_stays(land: Ground, tmp_path: Path) -> None:
    brought(tmp_path, ["91.8", "Đảng bộ Trạm y tế", "đảng bộ cơ sở", "91.001", ""], unit="91")
    brought(tmp_path, ["91.8.1", "Chi bộ 1", "chi bộ", "91.8", ""], unit="91")
    done = ran("import", "undo", str(ImportRun.objects.order_by("pk")[0].pk))
    assert done.code == 1
    assert "đã có thay đổi khác" in done.text


def test_a_number_of_no_import_cannot_be_undone() -> None:
    assert ran("import", "undo", "12345").code == 2
