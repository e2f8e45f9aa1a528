"""A workbook with one sheet for each cell goes in at once: chosen, looked through together, written by one job."""

from pathlib import Path

import pytest

from hatnhan.kernel.worker import run_all
from hatnhan.members.imports.reading import opened_together
from hatnhan.members.models import ImportRun, Membership, Person
from tests.fixtures.samples import Cell
from tests.fixtures.sheets import write_book
from tests.members.lists import import_members
from tests.world import World

HEAD: list[Cell] = ["STT", "Họ và tên", "Ngày sinh"]
ONE: list[list[Cell]] = [["Danh sách chi bộ"], HEAD, [1, "Ngô Văn Mới", "12/3/1990"], ["", "Tổng số: 1", ""]]
TWO: list[list[Cell]] = [
    ["Ngày sinh", "Giới tính", "Họ và tên"],
    ["1/2/1991", "Nữ", "Ngô Thị Hai"],
    ["3/4/1992", "Nam", "Ngô Văn Ba"],
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(
        tmp_path / "chi-bo.xlsx", {"Chi bộ thôn Một": ONE, "Chi bộ thôn Hai": TWO, "Ghi chú": [["Gửi lại"]]}
    )


def homes() -> dict[str, str]:
    rows = Membership.objects.unvoided().filter(person__name__startswith="Ngô ").select_related("person", "unit")
    return {row.person.name: row.unit.names.get().name for row in rows}


EXPECTED = {
    "Ngô Văn Mới": "Chi bộ thôn Một", "Ngô Thị Hai": "Chi bộ thôn Hai", "Ngô Văn Ba": "Chi bộ thôn Hai",
}  # fmt: skip


def test_sheets_with_other_columns_become_one_list(book: Path) -> None:
    of = opened_together(book, book.name, "members")
    assert of.together == ("Chi bộ thôn Một", "Chi bộ thôn Hai")
    assert "Đọc chung 2 trang" in " ".join(of.notes())


def test_the_command_takes_all_sheets(world: World, book: Path) -> None:
    done = import_members(book, "91.001", "--all-sheets")
    assert done.counts == (3, 0, 0, 0, 0), done.text
    assert homes() == EXPECTED
    assert import_members(book, "91.001", "--all-sheets").counts == (0, 0, 3, 0, 0)


def test_the_page_lets_one_choose_and_writes_them_in_one_job(
    world: World, book: Path, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    ha = world.browser("ha")
    with book.open("rb") as file:
        columns = ha.post("/members/import/", {"file": file, "unit": world.land.lim.pk, "on": "2026-11-22"})["Location"]
    page = ha.get(columns).content.decode()
    assert "đọc chung các trang" in page
    assert "Ghi chú" not in page.split("<fieldset")[1].split("</fieldset>")[0]
    ha.post(columns, {"sheets": ["Chi bộ thôn Một", "Chi bộ thôn Hai"]})
    assert "Đọc chung 2 trang" in ha.get(columns).content.decode()
    look = ha.post(columns, {})["Location"]
    assert "Ngô Văn Ba" in ha.get(look).content.decode()
    ha.post(f"{look}write/", {})
    run_all()
    assert ImportRun.objects.get().state == "applied"
    assert homes() == EXPECTED
    assert Person.objects.filter(name="Ngô Thị Hai", sex="f").exists()
