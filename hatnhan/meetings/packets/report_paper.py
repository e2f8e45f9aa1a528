"""The monthly report of a cell as an official paper."""

from datetime import date

from django.utils.translation import override

from hatnhan import rulebook
from hatnhan.documents.content import Block, Heading, Items, OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import head_of
from hatnhan.documents.layout import Layout
from hatnhan.meetings.choices import REPORT_PARTS
from hatnhan.meetings.models import MonthReport
from hatnhan.members.models import Tenure

from . import month_facts


@override("vi")
def report(row: MonthReport, on: date) -> OfficialPaper:
    """The paper: the cell's figures, then its own words by part; dated on the day it was handed in, else on `on`."""
    day = row.handed_in_on or on
    head = head_of(row.unit_id, day)
    facts = row.facts if row.state == "handed_in" else month_facts.facts(row.unit, row.first, on)
    blocks: list[Block] = [Heading("I- Số liệu trong tháng"), Items(facts)]
    for number, (code, label) in zip(("II", "III", "IV"), REPORT_PARTS.items(), strict=True):
        lines = [line.strip() for line in getattr(row, code).splitlines() if line.strip()]
        blocks.append(Heading(f"{number}- {label}"))
        blocks += [Paragraph(line) for line in lines] or [Paragraph("Không có.")]
    held = Tenure.objects.on(day).filter(unit=row.unit_id, office="secretary").select_related("person").first()
    return OfficialPaper(
        kind="report", layout=Layout.on(day), issuer=head.issuer, place=head.place, day=day,
        number=head.number(None, rulebook.at(day).paper_type("report").symbol), title="BÁO CÁO",
        about=f"tình hình tháng {row.first.month} năm {row.first.year}", blocks=blocks,
        signatures=(Sign("BÍ THƯ", held.person.name if held else "", head.on_behalf),),
        draft="" if row.state == "handed_in" else "DỰ THẢO",
    )  # fmt: skip
