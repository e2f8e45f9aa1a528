"""The list as a file: columns of our own import, masked numbers, no formula, a reason, the log."""

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hatnhan.kernel.listing import as_csv, as_xlsx
from hatnhan.members.exports import COLUMNS
from tests.members.lists import import_members
from tests.members.taking import taken
from tests.world import CARD, World, last_entry


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_has_the_columns_of_the_import_and_the_order_of_the_list(world: World) -> None:
    rows = rows_of(taken(world, "ha", "csv", query="?sort=-name&sex=f"))
    assert rows[0][:4] == ["Họ và tên", "Tên gọi khác", "Giới tính", "Ngày sinh"]
    assert [row[0] for row in rows[1:-1]] == ["Lê Thị Thủy", "Đặng Thị Liên", "Hoàng Thị Chi", "Trần Thị Ánh"]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["Ngày sinh"], first["Chi bộ"], first["Mã chi bộ"], first["Chức vụ trong Đảng"]) == (
        "9/1/1970", "Chi bộ thôn Một", "91.001.101", "Bí thư",
    )  # fmt: skip


def test_numbers_are_masked_and_nothing_is_said_of_ethnicity_or_religion(world: World) -> None:
    text = taken(world, "ha", "csv").content.decode()
    assert CARD["an"] not in text
    assert "…489" in text
    assert "tộc" not in text
    assert "giáo" not in text


def test_no_cell_can_become_a_formula(world: World) -> None:
    world.receive("bad", "Cao Thị Mơ", world.land.two, occupation='=HYPERLINK("http://a.b")', hometown="-1+1",
                  residence="@SUM(A1)", phone="+84900000001")  # fmt: skip
    cells = {cell for row in rows_of(taken(world, "ha", "csv")) for cell in row}
    assert {'\'=HYPERLINK("http://a.b")', "'-1+1", "'@SUM(A1)", "'+84900000001"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    book = openpyxl.load_workbook(io.BytesIO(taken(world, "ha", "xlsx").content))
    values = {cell.value: cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    assert values['=HYPERLINK("http://a.b")'] != "f"


def test_a_workbook_says_who_took_it_out_and_why(world: World) -> None:
    answer = taken(world, "ha", "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.worksheets[0].max_row == 11
    notes = " ".join(str(row[0].value) for row in book.worksheets[1].iter_rows())
    assert "Trần Thu Hà" in notes
    assert "Đối chiếu" in notes
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_printed_list_is_a_paper(world: World) -> None:
    answer = taken(world, "ha", "pdf")
    assert answer.content.startswith(b"%PDF-")


def test_over_several_cells_a_reason_is_asked_for_and_logged(world: World) -> None:
    answer = taken(world, "ha", "csv", reason=" ")
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in answer.content.decode()
    taken(world, "ha", "csv", reason="Báo cáo quý")
    entry = last_entry()
    assert (entry.code, entry.reason, entry.payload.values["count"]) == ("members.fetch_export", "Báo cáo quý", 9)


def test_a_secretary_takes_the_own_cell_out_without_a_reason(world: World) -> None:
    assert len(rows_of(taken(world, "thuy", "csv", reason=""))) == 8
    assert last_entry().code == "members.export"


@pytest.mark.parametrize("who", ["binh", "an"])
def test_without_the_right_there_is_no_file(world: World, who: str) -> None:
    assert taken(world, who, "csv").status_code == 403


def test_looking_at_the_page_takes_nothing_out(world: World) -> None:
    before = last_entry().pk
    assert world.browser("ha").get("/members/export/").status_code == 200
    assert last_entry().pk == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_importing_an_untouched_file_changes_nothing(world: World, tmp_path: Path, form: str) -> None:
    world.receive("odd", "Cao Thị Mơ", world.land.two, sex="f", birth="1990-05", phone="0900000001", hometown="= Xã",
                  theory="Cao cấp", education="Đại học", note="= ghi chú", other_name="Hai Mơ")  # fmt: skip
    path = tmp_path / f"danh-sach.{form}"
    path.write_bytes(taken(world, "ha", form).content)
    done = import_members(path)
    assert (done.code, done.counts) == (0, (0, 0, 10, 0, 0)), done.text


def test_every_column_has_a_name_of_its_own() -> None:
    assert len({str(column.label) for column in COLUMNS}) == len(COLUMNS)


def test_an_empty_list_still_has_its_heads() -> None:
    assert b"".join(as_csv(["a", "b"], [])).decode("utf-8-sig") == "a,b\r\n"
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(["a", "b"], [], "Trống")))
    assert [cell.value for cell in book.worksheets[0][1]] == ["a", "b"]
