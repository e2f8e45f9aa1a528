"""An official paper as DOCX, for whoever goes on writing in it. It names Times New Roman, which every office program
has; Tinos has the same metrics and stands in where it is installed."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .content import Block, Grid, Heading, Items, OfficialPaper, Paragraph, Sign

FACE = "Times New Roman"
PAGE_WIDTH = 210
SMALL = 12
RULE_INDENT = 3
"""How far the rule under the Party's title is drawn in on either side, in millimetres: it is as long as the text."""


def written(paper: OfficialPaper) -> bytes:
    """The paper as a DOCX file."""
    document = Document()
    _set_up(document, paper)
    _head(document, paper)
    _title(document, paper)
    for block in paper.blocks:
        _block(document, paper, block)
    _ending(document, paper)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document: Any, paper: OfficialPaper) -> None:
    layout, section, normal = paper.layout, document.sections[0], document.styles["Normal"]
    top, bottom, left, right = layout.margins
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = Mm(layout.page_number)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _field(number.add_run(), "PAGE")
    normal.font.name, normal.font.size = FACE, Pt(layout.body)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    normal.paragraph_format.space_after = Pt(0)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = f"{paper.title} {paper.about}".strip(), "", "", "vi"


def _head(document: Any, paper: OfficialPaper) -> None:
    layout = paper.layout
    wide = PAGE_WIDTH - layout.margins[2] - layout.margins[3]
    left, right = _columns(document, wide, (0.45, 0.55))
    lines = [(paper.issuer.superior, False), (paper.issuer.name, True), ("*", False), (paper.number, False)]
    for text, bold in lines:
        if text:
            _line(left, text, layout.head, bold=bold)
    if not paper.title and paper.about:
        _line(left, paper.about, layout.about_letter, italic=True)
    if paper.draft:
        _line(left, paper.draft, layout.head, bold=True)
    title = _line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", layout.party, bold=True)
    title.paragraph_format.left_indent = title.paragraph_format.right_indent = Mm(RULE_INDENT)
    _ruled(title)
    dated = _line(right, paper.dated, layout.head, italic=True)
    dated.paragraph_format.space_before = Pt(10)
    for cell in (left, right):
        _drop_first(cell)


def _title(document: Any, paper: OfficialPaper) -> None:
    layout = paper.layout
    if paper.title:
        _line(document, paper.title, layout.title, bold=True).paragraph_format.space_before = Pt(18)
        if paper.about:
            _line(document, paper.about, layout.about, bold=True)
        _line(document, "-----", layout.about).paragraph_format.space_after = Pt(6)
    if len(paper.addressed) == 1:
        _line(document, f"Kính gửi: {paper.addressed[0]}", layout.body).paragraph_format.space_before = Pt(12)
    elif paper.addressed:
        for text in ("Kính gửi:", *(f"- {one}" for one in paper.addressed)):
            one = document.add_paragraph(text)
            one.paragraph_format.left_indent = Mm(30 if text.startswith("-") else 24)


def _block(document: Any, paper: OfficialPaper, block: Block) -> None:
    match block:
        case Heading():
            one = _paragraph(document, paper, block.text.upper() if block.level == 1 else block.text, bold=True)
            one.paragraph_format.keep_with_next = True
            one.alignment = ALIGN.LEFT
        case Paragraph():
            _paragraph(document, paper, block.text, bold=block.bold, italic=block.italic)
        case Items():
            for text in block.lines:
                _paragraph(document, paper, f"- {text}")
        case Grid():
            _grid(document, paper, block)


def _paragraph(document: Any, paper: OfficialPaper, text: str, *, bold: bool = False, italic: bool = False) -> Any:
    layout, one = paper.layout, document.add_paragraph()
    run = one.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    form = one.paragraph_format
    form.alignment, form.first_line_indent, form.space_before = ALIGN.JUSTIFY, Mm(layout.indent), Pt(layout.before)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.line)
    return one


def _grid(document: Any, paper: OfficialPaper, block: Grid) -> None:
    wide = PAGE_WIDTH - paper.layout.margins[2] - paper.layout.margins[3]
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(wide * share / sum(block.widths)) for share in block.widths]
    rows = table.rows
    for at, texts in enumerate([block.heads, *block.rows]):
        for column, (cell, text) in enumerate(zip(rows[at].cells, texts, strict=True)):
            cell.width = widths[column]
            one = cell.paragraphs[0]
            one.add_run(text).bold = True if at == 0 else None
            if at == 0 or column in block.centred:
                one.alignment = ALIGN.CENTER
    _mark(rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for row in rows:
        _mark(row._tr.get_or_add_trPr(), "w:cantSplit")


def _ending(document: Any, paper: OfficialPaper) -> None:
    """Recipients on the left and the signature on the right; two signatures beside each other stand above them."""
    if not paper.signatures:
        return
    document.add_paragraph()
    wide = PAGE_WIDTH - paper.layout.margins[2] - paper.layout.margins[3]
    cells = _columns(document, wide, (0.5, 0.5))
    shown: Sequence[Sign | None] = paper.signatures[:2] if len(paper.signatures) > 1 else (None, paper.signatures[0])
    for cell, one in zip(cells, shown, strict=True):
        if one is None:
            _recipients(cell, paper)
        else:
            _signature(cell, paper, one)
        _drop_first(cell)
    if len(paper.signatures) > 1:
        _recipients(document, paper)


def _recipients(place: Any, paper: OfficialPaper) -> None:
    if not paper.recipients:
        place.add_paragraph()
        return
    head = place.add_paragraph()
    run = head.add_run("Nơi nhận:")
    run.underline, run.font.size = True, Pt(paper.layout.head)
    for text in paper.recipients:
        place.add_paragraph().add_run(f"- {text}").font.size = Pt(SMALL)


def _signature(cell: Any, paper: OfficialPaper, one: Sign) -> None:
    size = paper.layout.head
    if one.on_behalf:
        _line(cell, one.on_behalf, size, bold=True)
    _line(cell, one.office, size)
    for _blank in range(4):
        cell.add_paragraph().paragraph_format.keep_with_next = True
    _line(cell, one.name, size, bold=True)


def _columns(document: Any, wide: int, shares: tuple[float, float]) -> tuple[Any, Any]:
    """Two cells without lines, beside each other; kept on one page."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")
    left, right = table.rows[0].cells
    left.width, right.width = Mm(wide * shares[0]), Mm(wide * shares[1])
    return left, right


def _line(place: Any, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Any:
    one = place.add_paragraph()
    one.alignment = ALIGN.CENTER
    run = one.add_run(text)
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)
    return one


def _drop_first(cell: Any) -> None:
    """A fresh cell begins with an empty paragraph; it goes when another one stands there."""
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1 and not first.text:
        first._element.getparent().remove(first._element)


def _ruled(paragraph: Any) -> None:
    """A solid line below a paragraph."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _field(run: Any, name: str) -> None:
    """A field that the office program fills in."""
    for kind, text in (("begin", None), (None, name), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))
