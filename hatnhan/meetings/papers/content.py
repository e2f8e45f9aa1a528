"""The papers of a recorded meeting: its minutes, and its resolution or conclusion. Sentences are the program's own, or
the committee's; what people said stands there only where somebody typed it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import override

from hatnhan import rulebook
from hatnhan.documents.content import Block, Grid, Heading, Items, OfficialPaper, Paragraph, Sign
from hatnhan.documents.heads import Head, head_of
from hatnhan.documents.layout import Layout
from hatnhan.documents.wording import Wording
from hatnhan.documents.wording_in_force import wording_of
from hatnhan.kernel.ui.text import day, num, pct
from hatnhan.meetings.choices import COMMITTEE
from hatnhan.meetings.models import Addendum, AgendaItem, Attendance, LiveText, Meeting, Motion, Task
from hatnhan.members.models import Person, Tenure

from .wording import COMMITTEE_MINUTES, COMMITTEE_OUTCOME, FORMS, KINDS, MARKS, METHODS, MINUTES, OUTCOME, TASK_STATES

DRAFT = "DỰ THẢO"
DEPUTIES = ("standing_deputy_secretary", "deputy_secretary")
OUTCOMES = {"resolution": "NGHỊ QUYẾT", "conclusion": "KẾT LUẬN"}


SUBJECTS = {"minutes": "meetings.minutes", "outcome": "meetings.outcome"}
"""Under which subject the register knows the papers of a meeting."""


@override("vi")
def minutes(meeting: Meeting, number: int | None = None) -> OfficialPaper:
    """The minutes: who was there, what was dealt with, each vote in numbers, what came out, which tasks were given."""
    head, wording = head_of(meeting.unit_id, meeting.held_on), _wording(meeting, MINUTES, COMMITTEE_MINUTES)
    said, known = wording.say, facts(meeting, head)
    blocks: list[Block] = [Paragraph(said("opening", **known))]
    blocks += [Heading("I- Thành phần"), *_people(meeting, wording)]
    blocks += [Heading("II- Nội dung"), *_proceedings(meeting, wording)]
    if votes := _votes(meeting, wording):
        blocks += [Heading("III- Biểu quyết"), *votes]
    blocks += [Heading(f"{'IV' if votes else 'III'}- Kết luận"), *_outcome(meeting, wording)]
    closing = "closing" if meeting.state == "adopted" else "closing_draft"
    blocks.append(Paragraph(said(closing, **known)))
    for added in Addendum.objects.filter(meeting=meeting).order_by("pk"):
        blocks += [Heading(f"Phần bổ sung ngày {day(added.added_on)}", 2), *_typed(added.text)]
    signs = (Sign("NGƯỜI GHI BIÊN BẢN", _name(meeting.clerk)), Sign("CHỦ TRÌ", _name(meeting.chair)))
    return _paper(meeting, head, "minutes", number, "BIÊN BẢN", said("about", **known), blocks, signs)


@override("vi")
def outcome(meeting: Meeting, number: int | None = None) -> OfficialPaper:
    """The resolution or conclusion of the meeting. Raises ValueError for a meeting without one."""
    if meeting.outcome not in OUTCOMES:
        raise ValueError(meeting.outcome)
    head, wording = head_of(meeting.unit_id, meeting.held_on), _wording(meeting, OUTCOME, COMMITTEE_OUTCOME)
    said = wording.say
    known = facts(meeting, head)
    blocks: list[Block] = [Paragraph(said("opening", **known))]
    if before := _reported(meeting):
        blocks += [Heading("I- Kết quả thực hiện nhiệm vụ kỳ trước"), before]
    blocks += [Heading(f"{'II' if before else 'I'}- Nội dung"), *_typed(meeting.outcome_text)]
    if given := _given(meeting):
        blocks += [Heading(f"{'III' if before else 'II'}- Phân công thực hiện"), given]
    blocks += [Paragraph(line) for line in wording.lines("carrying_out", **known)]
    vote = Motion.objects.filter(meeting=meeting, rule="vote.ordinary", carried=True).order_by("number").first()
    if vote is not None:
        blocks.append(Paragraph(said("vote", **_counted(vote))))
    paper = _paper(
        meeting, head, meeting.outcome, number, OUTCOMES[meeting.outcome], said("about", **known), blocks,
        (signer(meeting, head),),
    )  # fmt: skip
    return OfficialPaper(**{**vars(paper), "recipients": wording.lines("recipients", **known)})


def _wording(meeting: Meeting, of_members: str, of_committee: str) -> Wording:
    """The wording that held for the meeting's unit on its day; a committee's meeting has its own sentences."""
    code = of_committee if meeting.kind == COMMITTEE else of_members
    return wording_of(code, meeting.unit_id, meeting.held_on)


def _paper(
    meeting: Meeting, head: Head, kind: str, number: int | None, title: str, about: str, blocks: Sequence[Block],
    signatures: Sequence[Sign],
) -> OfficialPaper:  # fmt: skip
    symbol = rulebook.at(meeting.held_on).paper_type(kind).symbol
    return OfficialPaper(
        kind=kind, layout=Layout.on(meeting.held_on), issuer=head.issuer, place=head.place, day=meeting.held_on,
        number=head.number(number, symbol), title=title, about=about, signatures=signatures,
        blocks=[one for one in blocks if not isinstance(one, Paragraph) or one.text],
        draft="" if meeting.state == "adopted" else DRAFT,
    )  # fmt: skip


def signer(meeting: Meeting, head: Head) -> Sign:
    """Who signs on behalf of the body: the chair as secretary or deputy, else the secretary of the day."""
    held = Tenure.objects.on(meeting.held_on).filter(unit=meeting.unit_id, office__in=("secretary", *DEPUTIES))
    offices = {row.person_id: row for row in held.select_related("person")}
    row = offices.get(meeting.chair_id or 0) or next(
        (one for one in offices.values() if one.office == "secretary"), None
    )
    office = "PHÓ BÍ THƯ" if row is not None and row.office in DEPUTIES else "BÍ THƯ"
    behalf = "T/M CHI ỦY" if meeting.kind == COMMITTEE and head.body == "cell" else head.on_behalf
    return Sign(office, _name(row.person if row else None), behalf)


# --- parts --------------------------------------------------------------------------------------------------------


def facts(meeting: Meeting, head: Head) -> dict[str, str]:
    """What the passages may name; names of fields with underscores for spaces."""
    share = pct(meeting.present / meeting.due if meeting.due else None)
    return {
        "chi_bộ": head.name,
        "loại": KINDS[meeting.kind], "cách_họp": FORMS[meeting.form], "ngày": _day(meeting.held_on),
        "tháng": f"{meeting.held_on.month} năm {meeting.held_on.year}", "nơi_họp": meeting.place or "………………",
        "giờ_bắt_đầu": f"{meeting.started:%H giờ %M}", "giờ_kết_thúc": f"{meeting.ended:%H giờ %M}",
        "số_phút": num(meeting.minutes), "chủ_trì": _name(meeting.chair) or "………………",
        "thư_ký": _name(meeting.clerk) or "………………", "phải_dự": num(meeting.due), "có_mặt": num(meeting.present),
        "tỷ_lệ": share, "vắng_có_lý_do": num(meeting.excused), "vắng_không_lý_do": num(meeting.unexcused),
        "khách": num(meeting.guests), "phát_biểu": num(meeting.spoke),
        "văn_bản": OUTCOMES.get(meeting.outcome, "KẾT LUẬN").capitalize(),
    }  # fmt: skip


def _people(meeting: Meeting, wording: Wording) -> list[Block]:
    known = facts(meeting, head_of(meeting.unit_id, meeting.held_on))
    found: list[Block] = [Paragraph(line) for line in wording.lines("people", **known)]
    rows = Attendance.objects.filter(meeting=meeting).exclude(mark="present", due=True).select_related("person")
    rows = rows.order_by("person__sort_key", "pk")
    by_mark: dict[str, list[str]] = {}
    for row in rows:
        by_mark.setdefault("came_free" if row.mark == "present" else row.mark, []).append(row.person.name)
    lines = [f"{MARKS[mark]}: {', '.join(by_mark[mark])}." for mark in MARKS if mark in by_mark]
    if meeting.guests:
        lines.append(f"Khách dự: {num(meeting.guests)} người.")
    return [*found, Items(lines)] if lines else found


def _proceedings(meeting: Meeting, wording: Wording) -> list[Block]:
    """What was reported of earlier tasks, and how many spoke; the course of the discussion where it was typed."""
    found = _course(meeting)
    if reported := _reported(meeting):
        found += [Paragraph("Kết quả thực hiện nhiệm vụ đã giao ở các kỳ trước:"), reported]
    if meeting.spoke:
        found.append(Paragraph(wording.say("spoke", phát_biểu=num(meeting.spoke))))
    return found or [Paragraph(wording.say("nothing_typed"))]


def _course(meeting: Meeting) -> list[Block]:
    """Each item of the agenda with what was written down of it while the meeting was held; nothing for a meeting that
    was recorded from paper."""
    texts = dict(LiveText.objects.filter(sitting__meeting=meeting).exclude(text="").values_list("name", "text"))
    found: list[Block] = []
    for item in AgendaItem.objects.filter(sitting__meeting=meeting).select_related("speaker").order_by("number"):
        who = f" (đồng chí {item.speaker.name} trình bày)" if item.speaker else ""
        found += [Heading(f"{item.number}. {item.title}{who}", 2), *_typed(texts.get(f"said.{item.pk}", ""))]
    return found


def _votes(meeting: Meeting, wording: Wording) -> list[Block]:
    found: list[Block] = []
    for number, vote in enumerate(Motion.objects.filter(meeting=meeting).order_by("number"), 1):
        found.append(Paragraph(f"{number}. {wording.say('motion', **_counted(vote))}"))
    return found


def _counted(vote: Motion) -> dict[str, str]:
    return {
        "nội_dung": vote.text, "cách": METHODS[vote.method], "tán_thành": num(vote.in_favour),
        "tổng_số": num(vote.base), "tỷ_lệ": pct(vote.in_favour / vote.base), "không_tán_thành": num(vote.against),
        "ý_kiến_khác": num(vote.abstained), "bảo_lưu": num(vote.reserved), "cần": num(vote.needed),
        "kết_quả": "được thông qua" if vote.carried else "không được thông qua",
    }  # fmt: skip


def _outcome(meeting: Meeting, wording: Wording) -> list[Block]:
    found: list[Block] = []
    if meeting.outcome in OUTCOMES:
        found = [Paragraph(wording.say("outcome", văn_bản=OUTCOMES[meeting.outcome].lower()))]
        found += _typed(meeting.outcome_text)
    else:
        found = [Paragraph(wording.say("no_outcome"))]
    if given := _given(meeting):
        found += [Paragraph("Phân công thực hiện:"), given]
    return found


def _given(meeting: Meeting) -> Grid | None:
    rows = Task.objects.filter(meeting=meeting).select_related("leader").order_by("due_on", "pk")
    lines = [[num(n), one.text, _name(one.leader), day(one.due_on)] for n, one in enumerate(rows, 1)]
    heads = ("TT", "Nhiệm vụ", "Người chủ trì", "Hạn xong")
    return Grid(heads, lines, (8, 52, 25, 15), (0, 3)) if lines else None


def _reported(meeting: Meeting) -> Grid | None:
    """Tasks of earlier meetings whose state was told at this one."""
    rows = Task.objects.filter(reported_in=meeting).select_related("leader").order_by("due_on", "pk")
    lines = [[num(n), one.text, _name(one.leader), TASK_STATES[one.state]] for n, one in enumerate(rows, 1)]
    heads = ("TT", "Nhiệm vụ", "Người chủ trì", "Kết quả")
    return Grid(heads, lines, (8, 52, 25, 15), (0, 3)) if lines else None


def _typed(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _name(person: Person | None) -> str:
    return person.name if person is not None else ""


def _day(value: date) -> str:
    return f"{value.day}/{value.month}/{value.year}"
