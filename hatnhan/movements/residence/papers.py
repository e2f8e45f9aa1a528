"""The year's comments of a cell on one paper: for each workplace its people, with grade and words."""

from datetime import date

from django.utils.translation import override

from hatnhan.documents.content import Block, Grid, Heading, OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import head_of
from hatnhan.documents.layout import Layout
from hatnhan.kernel.models import Unit
from hatnhan.members.models import Tenure
from hatnhan.units.queries import names

from . import queries
from .choices import LEVELS


@override("vi")
def comments(unit: Unit, year: int, on: date) -> OfficialPaper:
    """All comments of the year that were written, grouped by workplace, so that each part can be sent to its place."""
    head = head_of(unit, on)
    rows = [row for row in queries.desk(unit, year, on)[0] if row.comment is not None]
    called = names({row.link.workplace_id for row in rows if row.link.workplace_id}, on)
    places: dict[str, list[queries.Row]] = {}
    for row in rows:
        places.setdefault(called.get(row.link.workplace_id or 0, "") or row.link.workplace_text, []).append(row)
    blocks: list[Block] = [
        Paragraph(f"Chi bộ nhận xét {len(rows)} đảng viên đang công tác giữ mối liên hệ nơi cư trú năm {year}.")
    ]
    for place in sorted(places):
        blocks.append(Heading(place, 2))
        lines = [
            (str(n), row.link.name, str(row.link.born or ""), str(LEVELS[row.comment.level]), row.comment.text)
            for n, row in enumerate(places[place], start=1)
            if row.comment is not None
        ]
        blocks.append(Grid(("TT", "Họ và tên", "Năm sinh", "Mức", "Nhận xét"), lines, (1, 4, 2, 3, 8), (0, 2)))
    held = Tenure.objects.on(on).filter(unit=unit, office="secretary").select_related("person").first()
    return OfficialPaper(
        kind="report", layout=Layout.on(on), issuer=head.issuer, place=head.place, day=on, number="",
        title="NHẬN XÉT", about=f"đảng viên đang công tác giữ mối liên hệ nơi cư trú năm {year}", blocks=blocks,
        signatures=(Sign("BÍ THƯ", held.person.name if held else "", head.on_behalf),),
    )  # fmt: skip
