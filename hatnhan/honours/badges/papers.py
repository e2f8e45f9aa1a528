"""Papers of a batch: the proposal with its list, and a letter for each who is awarded. One content, PDF and DOCX."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import override

from hatnhan import rulebook
from hatnhan.documents.content import Grid, OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import Head, head_of
from hatnhan.documents.layout import Layout
from hatnhan.documents.wording import Wording
from hatnhan.documents.wording_in_force import wording_of
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day
from hatnhan.units.queries import names

from ..models import BadgeCase
from .choices import KINDS
from .wording import LETTER, REQUEST


@override("vi")
def request_paper(unit: Unit, cases: Sequence[BadgeCase], batch: date | None, on: date) -> OfficialPaper:
    """The proposal of a unit for a batch, or outside batches: a submission with the list of those proposed."""
    head = head_of(unit, on)
    said = wording_of(REQUEST, unit.pk, on)
    when = f"đợt {day(batch)}" if batch else "ngoài đợt"
    called = names({case.unit_id for case in cases}, on)
    rows = [
        [str(n), case.person.name, called.get(case.unit_id, ""), str(case.level), day(case.due), str(KINDS[case.kind])]
        for n, case in enumerate(cases, start=1)
    ]
    values = {"nơi_đề_nghị": head.name, "số_người": len(cases), "đợt": when}
    grid = Grid(
        ("TT", "Họ và tên", "Chi bộ", "Mức", "Đủ tuổi đảng", "Trường hợp"), rows, (7, 28, 27, 8, 15, 15), (0, 3, 4)
    )
    return OfficialPaper(
        kind="submission", layout=Layout.on(on), issuer=head.issuer, place=head.place, day=on,
        number=head.number(None, rulebook.at(on).paper_type("submission").symbol), title="TỜ TRÌNH",
        about=f"đề nghị tặng Huy hiệu Đảng {when}",
        blocks=[Paragraph(said.say("asked", **values)), grid, Paragraph(said.say("attached", **values))],
        signatures=(Sign("BÍ THƯ", "", head.on_behalf),), draft="DỰ THẢO",
    )  # fmt: skip


def letter(case: BadgeCase, head: Head, said: Wording, cell: str, layout: Layout, on: date) -> OfficialPaper:
    """The letter to one who is awarded; head, wording and layout are worked out once for many."""
    values = {
        "đồng_chí": case.person.name, "mức": case.level, "chi_bộ": cell,
        "ngày_trao": day(case.batch_day or case.decided_on), "quyết_định": case.decision, "số": case.number,
    }  # fmt: skip
    texts = [said.say(code, **values) for code in ("told", "invited", "thanks")]
    return OfficialPaper(
        kind="letter", layout=layout, issuer=head.issuer, place=head.place, day=on, number=head.number(None, "CV"),
        title="", about="Về việc tặng Huy hiệu Đảng", blocks=[Paragraph(text) for text in texts if text],
        addressed=(f"Đồng chí {case.person.name}",), signatures=(Sign("BÍ THƯ", "", head.on_behalf),),
    )  # fmt: skip


@override("vi")
def letters(unit: Unit, cases: Iterable[BadgeCase], cells: Mapping[int, str], on: date) -> list[OfficialPaper]:
    """The letters of many cases from one unit."""
    head, said, layout = head_of(unit, on), wording_of(LETTER, unit.pk, on), Layout.on(on)
    return [letter(case, head, said, cells.get(case.unit_id, ""), layout, on) for case in cases]
