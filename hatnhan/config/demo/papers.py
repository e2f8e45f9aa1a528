"""Papers of the demonstration: terms, the registers of the commune and of a few cells, the library, ticks of the
e-handbook, a blank to be filled. Only a few are set and frozen, so that the demonstration is quickly built."""

import io
from datetime import date, datetime, time, timedelta
from random import Random

import openpyxl
from django.utils import timezone

from hatnhan import rulebook
from hatnhan.documents import actions as documents
from hatnhan.documents import files
from hatnhan.documents.actions.blanks import add_blank
from hatnhan.documents.actions.wording import adapt
from hatnhan.documents.files import Given
from hatnhan.documents.models import Paper
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.papers.actions import post
from hatnhan.meetings.papers.registering import enter
from hatnhan.meetings.papers.wording import MINUTES

from .places import Places

TERM, NAME = date(2025, 8, 1), "2025–2030"
SHOWN, FROZEN = 2, 2  # cells with frozen papers, and of how many of their latest meetings
RULES, POSTED, LATE = 0.8, 0.85, 0.1  # cells with working rules; meetings that were ticked; of these late
SENT = (
    ("plan", "Kế hoạch sinh hoạt chuyên đề quý IV năm 2026", "committee", "Kế hoạch"),
    ("notice", "Thông báo ngày sinh hoạt cố định của các chi bộ", "committee", "Hướng dẫn sinh hoạt"),
    ("guideline", "Hướng dẫn nội dung sinh hoạt tháng 11 năm 2026", "standing", "Hướng dẫn sinh hoạt"),
    ("programme", "Chương trình công tác năm 2026 của Đảng ủy", "committee", "Kế hoạch"),
)
CAME = (
    ("letter", "118-CV/BTC", "Về việc rà soát danh sách đảng viên quý IV", ""),
    ("guideline", "07-HD/BTC", "Hướng dẫn đánh giá chất lượng cuối năm 2026", ""),
    ("plan", "64-KH/TU", "Kế hoạch tổng kết công tác năm", ""),
    ("directive", "09-CT/TU", "", "mat"),
)
SENDER = "Tỉnh ủy An Lam"


def keep_papers(actor: Actor, places: Places, on: date, seed: int) -> None:
    """The papers of the commune and its cells."""
    die, commune = Random(seed), places.commune or places.province
    cells = _cells(commune, on)
    for unit, since in [(commune, TERM), *cells]:
        documents.begin_term(actor=actor, unit=unit, on=max(since, TERM), name=NAME, basis="Đại hội nhiệm kỳ 2025–2030")
    _of_the_commune(actor, commune, on)
    own = _heir(places.villages[3], on)
    shown = sorted(cells, key=lambda pair: (pair[0].pk != own, pair[0].pk))[:SHOWN]
    for unit, _since in shown:
        _of_a_cell(actor, unit)
    for unit, since in cells:
        if die.random() < RULES:
            documents.register(
                actor=actor, unit=unit, kind="working_rules", day=min(on, max(since, TERM) + timedelta(days=30)),
                about="Quy chế làm việc của chi bộ", working_rules=True,
            )  # fmt: skip
    _ticks(actor, [unit for unit, _since in cells], on, die)
    _blank(actor, Unit.objects.get(pk=own))


def _cells(commune: Unit, on: date) -> list[tuple[Unit, date]]:
    """The cells that stand on the day, each with the day since which it stands there."""
    kinds = [kind.code for kind in rulebook.at(on).kinds().values() if kind.cell]
    here = Placement.objects.under(commune, on).values("unit")
    rows = Placement.objects.on(on).filter(unit__in=here, stands=True, kind__in=kinds).order_by("unit_id")
    first = {}
    for row in Placement.objects.unvoided().filter(unit__in=rows.values("unit"), stands=True).order_by("-valid_from"):
        first[row.unit_id] = row.valid_from
    return [(row.unit, first[row.unit_id]) for row in rows.select_related("unit")]


def _heir(unit: Unit, on: date) -> int:
    """A village cell, or what it went up in."""
    row = Placement.objects.on(on).get(unit=unit)
    if row.stands:
        return int(unit.pk)
    return int(Placement.objects.on(on).get(path=row.path, stands=True).unit_id)


def _of_the_commune(actor: Actor, commune: Unit, on: date) -> None:
    folders: dict[str, object] = {}
    for number, (kind, about, body, folder) in enumerate(SENT):
        paper = documents.register(
            actor=actor, unit=commune, kind=kind, body=body, day=on - timedelta(days=40 - 9 * number), about=about,
            signer="Bí thư Đảng ủy",
        )  # fmt: skip
        if folder not in folders:
            folders[folder] = documents.add_folder(actor=actor, unit=commune, name=folder)
        documents.publish(
            actor=actor, paper=paper, reach="below", folder=folders[folder], confirms=number == 2  # type: ignore[arg-type]
        )  # fmt: skip
    documents.register(
        actor=actor, unit=commune, kind="working_rules", body="committee", day=TERM + timedelta(days=20),
        about="Quy chế làm việc của Ban Chấp hành Đảng bộ xã", working_rules=True,
    )  # fmt: skip
    for number, (kind, symbol, about, secrecy) in enumerate(CAME):
        day = on - timedelta(days=30 - 6 * number)
        documents.receive(
            actor=actor, unit=commune, kind=kind, symbol=symbol, sender=SENDER, day=day,
            received_on=day + timedelta(days=2), about=about, secrecy=secrecy,
        )  # fmt: skip
    adapt(
        actor=actor, unit=commune, template=MINUTES, passage="spoke", on=date(2026, 9, 1),
        text="Trong buổi sinh hoạt có {{phát biểu}} đồng chí phát biểu, trao đổi.",
    )  # fmt: skip


def _of_a_cell(actor: Actor, unit: Unit) -> None:
    """The latest adopted meetings, numbered in their order; the earlier ones signed."""
    rows = Meeting.objects.filter(unit=unit, state="adopted", held_on__gte=TERM).select_related(
        "unit", "chair", "clerk"
    )
    latest = sorted(rows.order_by("-held_on")[:FROZEN], key=lambda row: row.held_on)
    for number, meeting in enumerate(latest):
        for name in ("minutes", "outcome"):
            paper = enter(actor, meeting, name)
            if number < len(latest) - 1:
                _sign(actor, paper)
        documents.publish(actor=actor, paper=paper, reach="unit")


def _sign(actor: Actor, paper: Paper) -> None:
    """The signed copy: of an invented paper the frozen text itself."""
    kept = paper.files.get(role="content")
    documents.sign(actor=actor, paper=paper, files=[Given(f"{kept.name[:-4]}-ky.pdf", files.read(kept.sha256))])


def _ticks(actor: Actor, cells: list[Unit], on: date, die: Random) -> None:
    """The latest meetings on the e-handbook; the latest of some cells is still to be told."""
    rows = Meeting.objects.filter(unit__in=cells, state="adopted", held_on__gte=on - timedelta(days=40))
    for meeting in rows.select_related("unit").order_by("unit_id", "held_on"):
        for part, days in (("ahead", -2), ("final", 2)):
            if die.random() < POSTED:
                day = meeting.held_on + timedelta(days=days + (die.random() < LATE))
                if day <= on:
                    moment = timezone.make_aware(datetime.combine(day, time(17, die.randrange(60))))
                    post(actor=actor, meeting=meeting, part=part, at=moment)


def _blank(actor: Actor, unit: Unit) -> None:
    """A superior's own workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Báo cáo"
    for cell, text in (
        ("A1", "BÁO CÁO THÁNG {{tháng}}/{{năm}}"), ("A2", "{{tên tổ chức}}"), ("A4", "Đảng viên"),
        ("B4", "{{số liệu: members}}"), ("A5", "Phải dự"), ("B5", "{{buổi họp: phải dự}}"), ("A6", "Có mặt"),
        ("B6", "{{buổi họp: có mặt}}"),
    ):  # fmt: skip
        sheet[cell] = text
    target = io.BytesIO()
    book.save(target)
    add_blank(
        actor=actor, unit=unit, name="Báo cáo tháng gửi Đảng ủy", file=Given("bao-cao-thang.xlsx", target.getvalue())
    )  # fmt: skip
