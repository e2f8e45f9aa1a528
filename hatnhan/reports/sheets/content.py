"""Two papers of a cell: the wall sheet of a half-year, and everything open for whoever takes over. Their lines come
from the modules, through the slots `unit.coming` and `unit.open`; nothing is defined here."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import override

from hatnhan.documents.content import Block, Grid, Heading, OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import Head, head_of
from hatnhan.documents.layout import Layout
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day
from hatnhan.units.slots import Unfinished, coming, half_year, unfinished

HALVES = {1: "sáu tháng đầu", 7: "sáu tháng cuối"}


@override("vi")
def wall_sheet(actor: Actor, unit: Unit, on: date) -> OfficialPaper:
    """The sheet of the half-year in which a day lies: day, what, who, and room for a pen. Fits one page for a cell of
    twenty, and goes on over more with its head repeated."""
    first, last = half_year(on)
    lines = coming(actor, unit.pk, first)
    rows = [[day(line.day), line.what, line.who, ""] for line in lines]
    grid = Grid(("Ngày", "Việc đến hạn", "Đồng chí", "Đã làm"), rows, (16, 46, 28, 10), (0, 3))
    said = f"Từ ngày {day(first)} đến hết ngày {day(last - ONE)}: {len(lines)} việc."
    blocks: list[Block] = [Paragraph(said), grid] if rows else [
        Paragraph(f"Từ ngày {day(first)} đến hết ngày {day(last - ONE)} không có việc nào đến hạn.")
    ]  # fmt: skip
    head = head_of(unit, actor.on)
    about = f"của chi bộ, {HALVES[first.month]} năm {first.year}"
    return _paper(head, actor.on, "SẮP ĐẾN HẠN", about, blocks, ())


@override("vi")
def hand_over(actor: Actor, unit: Unit) -> OfficialPaper:
    """Everything open at the unit, by part, with the places where the one who gives and the one who takes sign."""
    parts = unfinished(actor, unit.pk, actor.on)
    head = head_of(unit, actor.on)
    count = sum(len(lines) for lines in parts.values())
    blocks: list[Block] = [Paragraph(f"Đến ngày {day(actor.on)} còn {count} việc đang mở, bàn giao như sau.")]
    blocks += _listed(parts)
    if not parts:
        blocks = [Paragraph(f"Đến ngày {day(actor.on)} không còn việc nào đang mở.")]
    signs = (Sign("NGƯỜI BÀN GIAO"), Sign("NGƯỜI NHẬN BÀN GIAO"))
    return _paper(head, actor.on, "BẢNG BÀN GIAO CÔNG VIỆC", f"của {head.name}", blocks, signs)


def _listed(parts: Mapping[str, Sequence[Unfinished]]) -> list[Block]:
    blocks: list[Block] = []
    for number, (part, lines) in enumerate(parts.items(), start=1):
        rows = [[str(n), line.what, line.when, ""] for n, line in enumerate(lines, start=1)]
        blocks.append(Heading(f"{number}. {part} ({len(lines)})", 2))
        blocks.append(Grid(("TT", "Việc", "Thời gian, tình trạng", "Ghi chú"), rows, (8, 52, 25, 15), (0,)))
    return blocks


def _paper(
    head: Head, on: date, title: str, about: str, blocks: Sequence[Block], signs: Sequence[Sign]
) -> OfficialPaper:
    return OfficialPaper(
        kind="notice", layout=Layout.on(on), issuer=head.issuer, place=head.place, day=on, number="", title=title,
        about=about, blocks=blocks, signatures=signs,
    )  # fmt: skip
