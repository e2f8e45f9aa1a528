"""The upload pack for the national e-handbook: the papers of a meeting, named in order, and by when they are due."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hatnhan import rulebook
from hatnhan.documents import docx_file, files, pdf
from hatnhan.documents.content import Block, Heading, OfficialPaper, Paragraph
from hatnhan.documents.heads import head_of
from hatnhan.documents.layout import Layout
from hatnhan.documents.models import File, Paper
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.ui.text import day, moment
from hatnhan.kernel.vietnamese import plain
from hatnhan.meetings.models import AgendaItem, Meeting, Posted, Sitting
from hatnhan.meetings.plan.agenda_paper import agenda_paper

from . import content as papers
from .content import DRAFT, SUBJECTS
from .postings import posted_for

STAMP = (2026, 1, 1, 0, 0, 0)
"""One moment for all members of the archive: the same papers make the same file."""


@dataclass(frozen=True)
class Member:
    """A file of the pack."""

    label: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Tick:
    """One of the two ticks: by when it is due with the rule, and what was told."""

    part: str
    title: str
    due: str
    posted: Posted | None
    late: bool
    offered: bool

    @property
    def said(self) -> str:
        """When and by whom it was told."""
        if self.posted is None:
            return ""
        return _("lúc %(at)s, %(who)s") % {"at": moment(self.posted.at), "who": actor_name(self.posted.by)}


def ahead_tick(on: date, posted: Posted | None) -> Tick:
    """Papers ahead: by the end of the day so many calendar days before the meeting (42-HD/BTCTW)."""
    rule = rulebook.at(on)["meeting.papers.days_before"]
    last = on - timedelta(days=rule.value)
    told = {"day": day(last), "rule": rulebook.sentence(rule)}
    late = posted is not None and timezone.localtime(posted.at).date() > last
    due = _("Hạn hết ngày %(day)s (%(rule)s)") % told
    return Tick("ahead", _("Tài liệu trước buổi họp"), due, posted, late, posted is None)


def final_tick(on: date, posted: Posted | None, adopted: bool) -> Tick:
    """Final papers: within so many days after the meeting."""
    rule = rulebook.at(on).get("meeting.report.days")
    last = on + timedelta(days=rule.value) if rule else None
    due = _("Hạn hết ngày %(day)s (%(rule)s)") % {"day": day(last), "rule": rulebook.sentence(rule)} if rule else ""
    late = posted is not None and last is not None and timezone.localtime(posted.at).date() > last
    return Tick("final", _("Văn bản sau buổi họp"), due, posted, late, posted is None and adopted)


def ticks(meeting: Meeting) -> list[Tick]:
    """Both ticks of a meeting."""
    return [
        ahead_tick(meeting.held_on, posted_for(meeting, None, "ahead")),
        final_tick(meeting.held_on, posted_for(meeting, None, "final"), meeting.state == "adopted"),
    ]


# --- what is in it ------------------------------------------------------------------------------------------------


@override("vi")
def ahead(sitting: Sitting, actor: Actor) -> list[Member]:
    """Invitation with agenda, and the drafts to be read, where there are any."""
    found = [Member("Giấy mời và chương trình", "01-giay-moi-chuong-trinh.pdf", agenda_paper(sitting, actor).pdf())]
    if draft := drafts(sitting):
        found.append(Member("Dự thảo", "02-du-thao.pdf", pdf.official(draft)))
        found.append(Member("Dự thảo", "02-du-thao.docx", docx_file.written(draft)))
    return found


@override("vi")
def final(meeting: Meeting) -> list[Member]:
    """Resolution or conclusion and minutes, once adopted: the signed copy, else the frozen text, else as set now."""
    if meeting.state != "adopted":
        return []
    names = [name for name in ("outcome", "minutes") if name == "minutes" or meeting.outcome in papers.OUTCOMES]
    return [one for number, name in enumerate(names, 1) for one in _registered(meeting, name, number)]


def _registered(meeting: Meeting, name: str, number: int) -> list[Member]:
    row = Paper.objects.filter(subject=SUBJECTS[name], subject_id=meeting.pk).exclude(state="cancelled").first()
    kept = (
        list(File.objects.filter(paper=row, role__in=("scan", "page", "content")).order_by("position")) if row else []
    )
    best = next((role for role in ("scan", "page", "content") if any(one.role == role for one in kept)), "")
    make = papers.minutes if name == "minutes" else papers.outcome
    title = "Biên bản" if name == "minutes" else papers.OUTCOMES[meeting.outcome].capitalize()
    stem = f"{number:02}-{_plain(title)}" + (f"-{_plain(row.symbol)}" if row else "")
    if best:
        rows = [one for one in kept if one.role == best]
        return [
            Member(title, f"{stem}{f'-trang-{at}' if len(rows) > 1 else ''}.{one.kind}", files.read(one.sha256))
            for at, one in enumerate(rows, 1)
        ]  # fmt: skip
    return [Member(title, f"{stem}.pdf", pdf.official(make(meeting)))]


@override("vi")
def drafts(sitting: Sitting) -> OfficialPaper | None:
    """The drafts of an agenda as one paper; None when there are none."""
    items = AgendaItem.objects.filter(sitting=sitting).exclude(text="").order_by("number")
    blocks: list[Block] = []
    for item in items:
        blocks.append(Heading(f"{item.number}. {item.title}", 2))
        blocks += [Paragraph(line.strip()) for line in item.text.splitlines() if line.strip()]
    if not blocks:
        return None
    head = head_of(sitting.unit_id, sitting.day)
    return OfficialPaper(
        kind="report", layout=Layout.on(sitting.day), issuer=head.issuer, place=head.place, day=sitting.day, number="",
        title="TÀI LIỆU SINH HOẠT", about=f"ngày {day(sitting.day)}", blocks=blocks, draft=DRAFT,
    )  # fmt: skip


@override("vi")
def archive(folders: list[tuple[str, list[Member]]]) -> bytes:
    """The pack as a ZIP: folders in the order of uploading, with a list of names and hashes."""
    target = io.BytesIO()
    lines = [
        "Gói đưa lên Sổ tay đảng viên điện tử. Đưa lên theo thứ tự dưới đây, rồi đánh dấu trên trang của buổi họp.",
        "",
    ]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for folder, members in folders:
            for one in members:
                name = f"{folder}/{one.name}"
                made.writestr(zipfile.ZipInfo(name, STAMP), one.content, zipfile.ZIP_DEFLATED)
                lines.append(f"{name}  ({one.label})  SHA-256 {hashlib.sha256(one.content).hexdigest()}")
        made.writestr(zipfile.ZipInfo("muc-luc.txt", STAMP), "\r\n".join(lines).encode("utf-8-sig"))
    return target.getvalue()


def _plain(text: str) -> str:
    return "-".join(plain(text).split())
