"""The papers of a transfer: the letter of introduction and the slip that tells the receiving side."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import override

from hatnhan import rulebook
from hatnhan.documents.content import Block, Grid, OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import head_of
from hatnhan.documents.layout import Layout
from hatnhan.documents.wording_in_force import wording_of
from hatnhan.kernel.known import Known
from hatnhan.members import queries as members
from hatnhan.members.choices import STANDINGS

from . import queries
from .choices import WHY
from .models import TransferCase
from .wording import LETTER, NOTICE

BLANK = "……"
# Who takes somebody in, from the top down: each writes, signs and stamps by hand.
STATIONS = ("Cấp ủy cấp trên trực tiếp nơi đến", "Đảng ủy cơ sở nơi đến", "Chi ủy nơi đến")


@override("vi")
def about(case: TransferCase, on: date) -> str:
    """What the register says of the letter."""
    return wording_of(LETTER, _issuer(case), on).say("about", **_values(case, on))


@override("vi")
def letter(case: TransferCase, on: date, number: int | None = None) -> OfficialPaper:
    """The letter of introduction; before it is issued as a draft."""
    day = case.letter_on or on
    issued = case.letter_on is not None or number is not None
    said, values = wording_of(LETTER, _issuer(case), day), _values(case, day)
    blocks = [
        Paragraph(line)
        for code in ("opening", "way", "dues", "enclosed", "until")
        for line in said.lines(code, **values)
    ]
    stations = Grid(("Nơi tiếp nhận", "Ngày, ý kiến, ký tên, đóng dấu"), [(one, "") for one in STATIONS], (2, 3))
    return _paper(
        case, day, "introduction", "GIẤY GIỚI THIỆU", said.say("about", **values), [*blocks, stations],
        said.lines("recipients", **values), number, "" if issued else "DỰ THẢO",
    )  # fmt: skip


@override("vi")
def notice(case: TransferCase, on: date) -> OfficialPaper:
    """The slip by which the receiving side knows that somebody will come."""
    day = case.letter_on or on
    said, values = wording_of(NOTICE, _issuer(case), day), _values(case, day)
    blocks = [Paragraph(line) for code in ("opening", "ask") for line in said.lines(code, **values)]
    return _paper(
        case, day, "sending_slip", "PHIẾU BÁO", said.say("about", **values), blocks,
        said.lines("recipients", **values), None, "" if case.letter_on else "DỰ THẢO",
    )  # fmt: skip


def _paper(
    case: TransferCase, day: date, kind: str, title: str, about_: str, blocks: Sequence[Block],
    recipients: list[str], number: int | None, draft: str,
) -> OfficialPaper:  # fmt: skip
    head = head_of(_issuer(case), day)
    symbol = rulebook.at(day).paper_type(kind).symbol
    printed = head.number(number, symbol)
    if kind == "introduction" and number is None and case.letter_number:
        printed = f"Số {case.letter_number}"
    return OfficialPaper(
        kind=kind, layout=Layout.on(day), issuer=head.issuer, place=head.place, day=day, number=printed, title=title,
        about=about_, blocks=blocks, signatures=(Sign("", "", head.on_behalf),), recipients=recipients, draft=draft,
        addressed=(queries.place_name(case.destination, case.destination_text, day),),
    )  # fmt: skip


def _issuer(case: TransferCase) -> int:
    return case.issuer_id or case.origin_id or case.destination_id or 0


def _values(case: TransferCase, on: date) -> dict[str, str]:
    person = case.person
    standing = members.standing(person, on) if person else None
    enclosed = (
        "hồ sơ đảng viên đã niêm phong, bản kiểm điểm" if case.custody != "kept" else "hồ sơ đảng viên, bản kiểm điểm"
    )
    return {
        "họ_và_tên": case.name,
        "ngày_sinh": _known(person.birth if person else None),
        "ngày_vào_đảng": _known(person.ceremony_date if person else None),
        "ngày_chính_thức": _known(person.official_date if person else None),
        "tình_trạng": str(STANDINGS.get(standing.kind, "")).lower() if standing else BLANK,
        "số_giấy": case.letter_number or BLANK,
        "ngày_cấp": _known(Known.of(case.letter_on or on)),
        "nơi_đi": queries.place_name(case.origin, case.origin_text, on),
        "nơi_đến": queries.place_name(case.destination, case.destination_text, on),
        "lý_do": str(WHY[case.why]).lower(),
        "căn_cứ": case.proof or BLANK,
        "đảng_phí_đến": f"{on.month}/{on.year}" if "dues" in case.checks else BLANK,
        "hạn_nộp": _known(Known.of(case.present_by)) if case.present_by else BLANK,
        "kèm_theo": enclosed,
    }  # fmt: skip


def _known(value: Known | None) -> str:
    return str(value) if value is not None else BLANK
