"""Papers: the minutes of a meeting as PDF against Typst alone, as DOCX against python-docx alone."""

import io
import json
from datetime import date
from typing import Any

import typst
from docx import Document

from hatnhan.documents import docx_file, pdf
from hatnhan.documents.content import Grid, Heading, Issuer, Items, OfficialPaper, Paragraph, Sign
from hatnhan.documents.layout import Layout
from scripts.bench.rows import Row, least

TIMES = 15


def minutes() -> OfficialPaper:
    """Minutes of two pages: thirty paragraphs, a roll, votes and tasks."""
    said = "Chi bộ thảo luận, thống nhất các nhiệm vụ trọng tâm của tháng và phân công đảng viên thực hiện. "
    tasks = [[str(n), "Vận động các hộ mở rộng đường thôn", "Lê Thị Mẫu", "30/11/2026"] for n in range(1, 6)]
    return OfficialPaper(
        kind="minutes", layout=Layout.on(date(2026, 11, 3)), issuer=Issuer("ĐẢNG BỘ XÃ MẪU", "CHI BỘ THÔN MẪU"),
        place="Mẫu", day=date(2026, 11, 3), number="Số 05-BB/CB", title="BIÊN BẢN",
        about="sinh hoạt chi bộ thường kỳ tháng 11 năm 2026",
        blocks=[
            Heading("I- Thành phần"), Items(["Có mặt: 18", "Vắng có lý do: 2"]), Heading("II- Nội dung"),
            *(Paragraph(said * 2) for _n in range(20)), Heading("III- Phân công"),
            Grid(("TT", "Nhiệm vụ", "Người chủ trì", "Hạn xong"), tasks, (8, 52, 25, 15), (0, 3)),
        ],
        signatures=[Sign("NGƯỜI GHI BIÊN BẢN", "Trần Văn B"), Sign("CHỦ TRÌ", "Nguyễn Thị A")],
    )  # fmt: skip


def plain_pdf(paper: OfficialPaper) -> None:
    """Typst alone: the same layout and data, nothing looked at afterwards."""
    data = json.dumps(paper.data(), ensure_ascii=False)
    typst.compile(
        pdf.LAYOUTS / "official.typ", root=pdf.LAYOUTS, font_paths=FONTS, ignore_system_fonts=True,
        sys_inputs={"data": data}, format="pdf",
    )  # fmt: skip


FONTS: Any = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[pdf.FONTS])


def plain_docx(paper: OfficialPaper) -> None:
    """python-docx alone: the same texts as paragraphs and a table, without any layout."""
    document = Document()
    for text in (paper.issuer.superior, paper.issuer.name, paper.number, paper.dated, paper.title, paper.about):
        document.add_paragraph(text)
    for block in paper.blocks:
        match block:
            case Heading() | Paragraph():
                document.add_paragraph(block.text)
            case Items():
                for line in block.lines:
                    document.add_paragraph(line)
            case Grid():
                table = document.add_table(rows=1 + len(block.rows), cols=len(block.heads), style="Table Grid")
                rows = table.rows
                for at, texts in enumerate([block.heads, *block.rows]):
                    for cell, text in zip(rows[at].cells, texts, strict=True):
                        cell.text = text
    for one in paper.signatures:
        document.add_paragraph(f"{one.office} {one.name}")
    document.save(io.BytesIO())


def measure() -> list[Row]:
    """Both files of the same minutes, in turn with their base."""
    paper = minutes()
    ours, base = least(lambda: pdf.official(paper), lambda: plain_pdf(paper), TIMES)
    docx, plain = least(lambda: docx_file.written(paper), lambda: plain_docx(paper), TIMES)
    return [
        Row("biên bản PDF / minutes as PDF: Typst", "ms", ours, base, 2),
        Row("biên bản DOCX / minutes as DOCX: python-docx", "ms", docx, plain, 2),
    ]
