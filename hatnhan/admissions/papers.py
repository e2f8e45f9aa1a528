"""The papers that steps make: resolutions, reports, decisions, the minutes of the ceremony, in own sentences."""

from datetime import date

from django.utils.translation import override

from hatnhan import rulebook
from hatnhan.documents.content import OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import Head, head_of
from hatnhan.documents.layout import Layout
from hatnhan.documents.wording_in_force import wording_of
from hatnhan.kernel.ui.text import num, pct
from hatnhan.members.models import Tenure

from . import queries
from .competence import way_of
from .models import AdmissionCase, Introducer, Step
from .wording import code_of

BLANK = "………………"
TITLES = {
    "resolution": "NGHỊ QUYẾT", "decision": "QUYẾT ĐỊNH", "report": "BÁO CÁO", "notice": "THÔNG BÁO",
    "minutes": "BIÊN BẢN", "submission": "TỜ TRÌNH",
}  # fmt: skip
# step → type of its paper.
PAPERS = {
    "list": "resolution", "propose_class": "submission", "allow_dossier": "notice", "gather_opinions": "report",
    "review": "resolution", "appraise": "report", "base_review": "resolution", "decide": "decision",
    "decline": "notice", "hold_ceremony": "minutes", "propose_recognition": "resolution",
    "base_recognition": "resolution", "recognise": "decision", "propose_strike": "resolution",
    "base_strike": "resolution", "strike_off": "decision", "annul": "decision",
}  # fmt: skip
METHODS = {"card": "giơ thẻ", "secret": "bỏ phiếu kín", "hands": "giơ tay"}


@override("vi")
def of_step(case: AdmissionCase, step: Step, number: int | None = None) -> OfficialPaper:
    """The paper of a step, in the layout and the wording in force on its day. Raises KeyError where there is none."""
    kind = PAPERS[step.verb]
    head = head_of(step.unit_id, step.day, _issuing(case, step))
    wording = wording_of(code_of(step.verb), step.unit_id, step.day)
    known = facts(case, step, head)
    return OfficialPaper(
        kind=kind, layout=Layout.on(step.day), issuer=head.issuer, place=head.place, day=step.day,
        number=head.number(number, rulebook.at(step.day).paper_type(kind).symbol), title=TITLES[kind],
        about=wording.say("about", **known), blocks=[Paragraph(line) for line in wording.lines("text", **known)],
        signatures=(_signer(step, head),), recipients=wording.lines("recipients", **known),
    )  # fmt: skip


def facts(case: AdmissionCase, step: Step, head: Head) -> dict[str, str]:
    """What the passages may name."""
    birth, helper = case.applicant.birth, queries.helper_of(case.applicant, step.day)
    introduced = Introducer.objects.on(step.day).filter(case=case, kind="member").select_related("person")
    rule = rulebook.at(step.day).get(step.rule.partition("@")[0]) if step.rule else None
    share = pct(step.in_favour / step.base) if step.base and step.in_favour is not None else BLANK
    return {
        "người_vào_Đảng": case.applicant.name or BLANK, "ngày_sinh": str(birth) if birth else BLANK,
        "chi_bộ": head_of(case.unit_id, step.day).name, "nơi_ra_văn_bản": head.name, "ngày": _day(step.day),
        "tổng_số": _num(step.base), "tán_thành": _num(step.in_favour), "không_tán_thành": _num(step.against),
        "tỷ_lệ": share, "cần": _num(step.needed), "cách": METHODS.get(step.method, BLANK),
        "số_quyết_định": case.decision or BLANK, "ngày_quyết_định": _day(case.decided_on),
        "ngày_chi_bộ_họp": _day(case.reviewed_on), "ngày_kết_nạp": _day(case.ceremony_on),
        "ngày_chính_thức": _day(case.official_on or case.probation_ends),
        "người_giúp_đỡ": helper.person.name if helper else BLANK,
        "người_giới_thiệu": ", ".join(one.person.name for one in introduced if one.person) or BLANK,
        "căn_cứ": rulebook.sentence(rule) if rule is not None else BLANK,
    }  # fmt: skip


def _issuing(case: AdmissionCase, step: Step) -> str:
    """The standing board where it is the one that decides; else the usual body of the unit."""
    if PAPERS[step.verb] not in ("decision", "notice"):
        return ""
    decider = way_of(case.unit, step.day).decider
    return "standing" if (decider.unit, decider.code) == (step.unit_id, "standing_board") else ""


def _signer(step: Step, head: Head) -> Sign:
    held = Tenure.objects.on(step.day).filter(unit=step.unit_id, office="secretary", body__isnull=True)
    row = held.select_related("person").first()
    return Sign("BÍ THƯ", row.person.name if row else "", head.on_behalf)


def _day(value: date | None) -> str:
    return f"{value.day}/{value.month}/{value.year}" if value else BLANK


def _num(value: int | None) -> str:
    return num(value) if value is not None else BLANK
