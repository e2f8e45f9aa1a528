"""Official papers: one content, the same words in PDF and DOCX, in the layout of the paper's day."""

import io
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm, Pt

from hatnhan.documents import docx_file, numbering, pdf
from hatnhan.documents.content import Grid, Heading, Issuer, Items, OfficialPaper, Paragraph, Sign, dated
from hatnhan.documents.layout import Layout

HOSTILE = '#eval("1+1") *sao* _gạch_ $x^2$ @ref <nhãn> \\ #image("/etc/passwd") = không phải tiêu đề'
LETTERS = "ằẳẵắặ ầẩẫấậ ềểễếệ ỉĩị ồổỗốộ ờởỡớợ ừửữứự ỳỷỹỵ Đđ Ẵ Ậ Ể Ỗ Ợ Ữ Ỹ Ỵ"


def paper(**changes: object) -> OfficialPaper:
    given = OfficialPaper(
        kind="resolution", layout=Layout.on(date(2026, 11, 3)),
        issuer=Issuer("ĐẢNG BỘ XÃ LIM THƯỢNG", "CHI BỘ THÔN MỘT"), place="Lim Thượng", day=date(2026, 2, 5),
        number="Số 05-NQ/CB", title="NGHỊ QUYẾT", about="lãnh đạo nhiệm vụ tháng 2 năm 2026",
        blocks=[
            Paragraph(LETTERS), Heading("I- Nội dung"), Paragraph(HOSTILE), Items(["việc thứ nhất", "việc thứ hai"]),
            Grid(("TT", "Nhiệm vụ"), [["1", "Làm đường thôn"]], (1, 5), (0,)),
        ],
        signatures=[Sign("BÍ THƯ", "Lê Thị Thủy", "T/M CHI BỘ")], recipients=["Đảng ủy,", "Lưu chi bộ."],
    )  # fmt: skip
    return replace(given, **changes)  # type: ignore[arg-type]


def pages(document: bytes, folder: Path) -> list[str]:
    """The text of each page of a PDF, one space between words."""
    path = folder / "paper.pdf"
    path.write_bytes(document)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = unicodedata.normalize("NFC", done.stdout.decode())
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def words(document: bytes) -> str:
    """Every text of a DOCX file, one space between words."""
    opened = Document(io.BytesIO(document))
    return " ".join(" ".join(node.itertext()) for node in opened.element.body.iter() if node.tag.endswith("}p"))


def test_both_files_say_the_same(tmp_path: Path) -> None:
    one = paper(draft="DỰ THẢO")
    (printed,) = pages(pdf.official(one), tmp_path)
    typed = " ".join(words(docx_file.written(one)).split())
    said = [
        "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG BỘ XÃ LIM THƯỢNG", "CHI BỘ THÔN MỘT", "Số 05-NQ/CB", "NGHỊ QUYẾT", "DỰ THẢO",
        "Lim Thượng, ngày 05 tháng 02 năm 2026", "I- NỘI DUNG", "- việc thứ hai", "Làm đường thôn", "T/M CHI BỘ",
        "Lê Thị Thủy", "Nơi nhận:", "- Lưu chi bộ.", '#eval("1+1") *sao* _gạch_', *LETTERS.split(),
    ]  # fmt: skip
    assert [text for text in said if text not in printed] == []
    assert [text for text in said if text not in typed] == []


def test_only_our_own_letters_are_embedded() -> None:
    assert pdf.embedded_faces(pdf.official(paper())) <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}


def test_pages_are_numbered_from_the_second_at_the_top(tmp_path: Path) -> None:
    long = paper(blocks=[Paragraph(f"Đoạn {n}. " + "Chữ trong đoạn. " * 30) for n in range(14)])
    first, second, *_more = pages(pdf.official(long), tmp_path)
    assert not first.startswith("1 ")
    assert second.startswith("2 ")
    section = Document(io.BytesIO(docx_file.written(long))).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in "".join(section.header._element.itertext())


def test_the_margins_and_sizes_are_those_of_the_papers_day() -> None:
    """36-HD/VPTW and 05-HD/VPTW: 20, 20, 30, 15 mm; in 2004 it was 25, 25, 35, 15."""
    now, old = Layout.on(date(2026, 11, 3)), Layout.on(date(2017, 5, 1))
    assert (now.margins, old.margins) == ((20, 20, 30, 15), (25, 25, 35, 15))
    assert (Layout.on(date(2026, 5, 26)).end, now.end) == ("./.", ".")
    opened = Document(io.BytesIO(docx_file.written(paper(layout=old))))
    section = opened.sections[0]
    edges = (section.top_margin, section.left_margin, section.right_margin)
    assert [round(int(edge or 0) / Mm(1)) for edge in edges] == [25, 35, 15]
    assert opened.styles["Normal"].font.size == Pt(14)
    assert opened.styles["Normal"].font.name == "Times New Roman"


def test_a_letter_has_its_abstract_under_the_number_and_no_type(tmp_path: Path) -> None:
    one = paper(kind="letter", title="", about="về việc chuẩn bị sinh hoạt", addressed=["Các chi bộ trực thuộc"])
    (printed,) = pages(pdf.official(one), tmp_path)
    assert printed.index("về việc chuẩn bị") < printed.index("Kính gửi: Các chi bộ trực thuộc")
    assert "NGHỊ QUYẾT" not in printed
    assert "Kính gửi: Các chi bộ trực thuộc" in words(docx_file.written(one))


def test_two_signatures_stand_beside_each_other(tmp_path: Path) -> None:
    one = paper(signatures=[Sign("NGƯỜI GHI BIÊN BẢN", "Trần Thị Ánh"), Sign("CHỦ TRÌ", "Lê Thị Thủy")], recipients=[])
    (printed,) = pages(pdf.official(one), tmp_path)
    assert printed.endswith("NGƯỜI GHI BIÊN BẢN CHỦ TRÌ Trần Thị Ánh Lê Thị Thủy")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 5, 27), "ngày 27 tháng 5 năm 2026"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (date(2026, 11, 22), "ngày 22 tháng 11 năm 2026"),
        (None, "ngày …… tháng …… năm ……"),
    ],
)
def test_days_are_written_as_papers_write_them(day: date | None, text: str) -> None:
    assert dated(day) == text


@pytest.mark.parametrize(
    ("number", "symbol", "body", "text"),
    [
        (5, "NQ", "ĐU", "Số 05-NQ/ĐU"),
        (6, "NQ", "ĐU", "Số 06-NQ/ĐU"),
        (112, "CV", "CB", "Số 112-CV/CB"),
        (None, "KL", "CB", "Số …-KL/CB"),
        (3, "", "CB", "Số 03/CB"),
    ],
)
def test_numbers_are_written_with_type_and_body(number: int | None, symbol: str, body: str, text: str) -> None:
    assert numbering.number_of(number, symbol, body) == text


@pytest.mark.parametrize(
    ("unit", "body", "text"),
    [
        ("Đảng bộ xã Lim Thượng", "committee", "Đảng ủy xã Lim Thượng"),
        ("Đảng bộ tỉnh Sơn Vân", "province", "Tỉnh ủy Sơn Vân"),
        ("Chi bộ thôn Một", "cell", "Chi bộ thôn Một"),
    ],
)
def test_a_committee_issues_under_its_own_name(unit: str, body: str, text: str) -> None:
    assert numbering.committee_name(unit, body) == text


def test_the_place_is_that_of_the_commune() -> None:
    assert numbering.place_of(["Chi bộ thôn Một", "Đảng bộ xã Lim Thượng", "Đảng bộ tỉnh Sơn Vân"]) == "Lim Thượng"
    assert numbering.place_of(["Chi bộ Công ty"]) == ""


@pytest.mark.parametrize("body", ["cell", "committee", "standing", "inspection", "congress"])
def test_a_committee_signs_as_a_body_never_in_place_of_somebody(body: str) -> None:
    assert numbering.on_behalf(body).startswith("T/M ")
