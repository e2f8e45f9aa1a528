"""A unit's own blank is filled: marks in a workbook or document, cells pointed at, values over a pre-printed sheet."""

import io
import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from hatnhan.documents import filling
from hatnhan.documents.actions import blanks as actions
from hatnhan.documents.files import Given
from hatnhan.documents.models import Blank
from tests.world import World, boss, refused

from .test_meeting_papers import held


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def workbook(**cells: Any) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Báo cáo"
    sheet["A1"] = "BÁO CÁO THÁNG {{tháng}} CỦA {{tên tổ chức}}"
    sheet["B3"] = "=1+1"
    sheet.column_dimensions["A"].width = 42
    for cell, value in cells.items():
        sheet[cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def document(*parts: str) -> bytes:
    """A document whose one paragraph stands in several runs, and a table with a mark."""
    made = Document()
    paragraph = made.add_paragraph()
    for part in parts:
        paragraph.add_run(part).bold = True
    made.add_table(1, 1).rows[0].cells[0].text = "Nơi: {{địa danh}}"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


# --- filling ------------------------------------------------------------------------------------------------------


def test_marks_and_pointed_cells_are_filled_and_all_else_stays() -> None:
    content = workbook(A2="{{số}}", A4="Người lập")
    made = filling.fill_workbook(content, {"tháng": "11", "tên tổ chức": "Chi bộ", "số": "1.234"}, {"Báo cáo!C5": "số"})
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Báo cáo"]
    assert sheet["A1"].value == "BÁO CÁO THÁNG 11 CỦA Chi bộ"
    assert (sheet["A2"].value, sheet["C5"].value) == (1234, 1234)  # numbers that can be added up
    assert (sheet["B3"].value, sheet["A4"].value, sheet.column_dimensions["A"].width) == ("=1+1", "Người lập", 42)


@pytest.mark.parametrize("text", ["=1+1", "+1", "@a", "-2"])
def test_a_value_never_becomes_a_formula(text: str) -> None:
    made = filling.fill_workbook(workbook(A2="{{số}}"), {"số": text}, {})
    cell = openpyxl.load_workbook(io.BytesIO(made))["Báo cáo"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", ["007", "12,5", "3/11/2026", "012345678901"])
def test_what_is_no_plain_number_stays_text(text: str) -> None:
    made = filling.fill_workbook(workbook(A2="{{số}}"), {"số": text}, {})
    assert openpyxl.load_workbook(io.BytesIO(made))["Báo cáo"]["A2"].value == text


@pytest.mark.parametrize(
    "parts", [("Kính gửi {{tên}} nhé",), ("Kính gửi {", "{tên}", "} nhé"), ("Kính gửi {{t", "ê", "n}} nhé")]
)
def test_a_mark_over_several_runs_is_filled_and_keeps_its_look(parts: tuple[str, ...]) -> None:
    made = Document(io.BytesIO(filling.fill_document(document(*parts), {"tên": "Đảng ủy", "địa danh": "Lim Thượng"})))
    assert made.paragraphs[0].text == "Kính gửi Đảng ủy nhé"
    assert all(run.bold for run in made.paragraphs[0].runs)
    assert made.tables[0].rows[0].cells[0].text == "Nơi: Lim Thượng"


def test_values_stand_at_their_places_moved_by_the_printers_shift(tmp_path: Path) -> None:
    def left_edge(dx: float) -> float:
        path = tmp_path / "over.pdf"
        path.write_bytes(filling.overprint({"tên": [40, 60, 13]}, {"tên": "Nguyễn"}, dx, 0))
        text = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()
        found = re.search(r'xMin="([\d.]+)"', text)
        assert found is not None
        return float(found[1]) / 72 * 25.4

    assert abs(left_edge(0) - 40) < 1
    assert abs(left_edge(5) - left_edge(0) - 5) < 0.1


# --- the story ----------------------------------------------------------------------------------------------------


def test_a_secretary_brings_in_the_superiors_own_file_and_gets_it_filled(world: World) -> None:
    held(world)
    thuy = world.browser("thuy")
    assert "Chưa có mẫu nào" in said(thuy.get("/papers/blanks/"))
    content = workbook(A2="{{buổi họp: có mặt}}", A3="{{số liệu: members}}")
    file = SimpleUploadedFile("bao-cao.xlsx", content)
    assert thuy.post("/papers/blanks/", {"name": "Báo cáo tháng", "file": file}).status_code == 302
    one = Blank.objects.get()
    page = said(thuy.get(f"/papers/blanks/{one.pk}/"))
    assert "buổi họp: có mặt" in page
    point = {"do": "point", "cell": "c7", "field": "buổi họp: phải dự"}
    assert thuy.post(f"/papers/blanks/{one.pk}/", point).status_code == 422
    assert thuy.post(f"/papers/blanks/{one.pk}/", {**point, "cell": "C7"}).status_code == 302
    made = thuy.get(f"/papers/blanks/{one.pk}/fill/")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content))["Báo cáo"]
    assert sheet["A1"].value == "BÁO CÁO THÁNG 11 CỦA Chi bộ thôn Một"
    assert (sheet["A2"].value, sheet["A3"].value, sheet["C7"].value) == (4, 6, 5)
    assert thuy.post(f"/papers/blanks/{one.pk}/drop/").status_code == 302
    assert thuy.get(f"/papers/blanks/{one.pk}/").status_code == 404


def test_marks_that_nobody_knows_are_refused_by_their_names(world: World) -> None:
    content = workbook(A2="{{tên lạ}} {{khác lạ}}")
    answer = world.browser("thuy").post(
        "/papers/blanks/", {"name": "Báo cáo", "file": SimpleUploadedFile("a.xlsx", content)}
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Mẫu có trường mà máy không biết: tên lạ, khác lạ." in said(answer)
    assert 'value="Báo cáo"' in answer.content.decode()
    assert not Blank.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"MZ" * 40, "kind"),
        ("a.pdf", b"%PDF-1.7", "kind"),
        ("a.docx", b"", "empty"),
    ],
)
def test_other_files_are_no_blanks(world: World, name: str, content: bytes, code: str) -> None:
    with refused(code):
        actions.add_blank(actor=boss(), unit=world.land.one, name="Mẫu", file=Given(name, content))


def test_a_printed_sheet_gets_its_words_and_its_shift(world: World) -> None:
    thuy = world.browser("thuy")
    assert thuy.post("/papers/blanks/", {"name": "Giấy giới thiệu"}).status_code == 302
    one = Blank.objects.get()
    address = f"/papers/blanks/{one.pk}/"
    assert thuy.get(f"{address}fill/").status_code == 302
    place = {"do": "place", "field": "tên tổ chức", "x": "40,5", "y": "60", "size": "14"}
    assert thuy.post(address, {**place, "x": "400"}).status_code == 422
    assert thuy.post(address, place).status_code == 302
    assert thuy.post(address, {"do": "shift", "dx": "-1,5", "dy": "2"}).status_code == 302
    one.refresh_from_db()
    assert (one.places, one.dx, one.dy) == ({"tên tổ chức": [40.5, 60.0, 14]}, Decimal("-1.5"), Decimal("2.0"))
    assert thuy.get(f"{address}fill/").content[:5] == b"%PDF-"
    with refused("shift"):
        actions.shift(actor=boss(), blank=one, dx=Decimal(51), dy=Decimal(0))
    with refused("field"):
        actions.place(actor=boss(), blank=one, field="không có", x=Decimal(1), y=Decimal(1))
    with refused("kind"):
        actions.point(actor=boss(), blank=one, cell="A1", field="tháng")


def test_a_field_that_the_reader_may_not_see_stays_open(world: World) -> None:
    held(world)
    content = workbook(A2="{{buổi họp: có mặt}}")
    one = actions.add_blank(actor=boss(), unit=world.land.lim, name="Mẫu", file=Given("a.xlsx", content))
    made = world.browser("ha").get(f"/papers/blanks/{one.pk}/fill/?unit={world.land.two.pk}&on={date(2026, 11, 20)}")
    assert openpyxl.load_workbook(io.BytesIO(made.content))["Báo cáo"]["A2"].value == "…"
    assert world.browser("thuy").get(f"/papers/blanks/{one.pk}/").status_code == 404
    assert world.browser("an").get("/papers/blanks/").status_code == 403
