"""What the papers of this module hold: the list of members, and the summary of one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hatnhan.documents.papers import (
    Event,
    Fact,
    Letterhead,
    MemberLine,
    MemberListPaper,
    MemberProfilePaper,
    Printed,
    Section,
    Signature,
)  # fmt: skip
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.ui.text import day
from hatnhan.members.choices import PARTICIPATIONS, SEX, STANDINGS
from hatnhan.members.exports import Mark
from hatnhan.members.profile import Profile
from hatnhan.members.queries import Ground
from hatnhan.members.tables import offices_of
from hatnhan.units.queries import name_of


def printed(request: HttpRequest, watermark: str = "") -> Printed:
    """Who prints it, and when."""
    return Printed(actor_of(request).label, timezone.localtime(), watermark)


def member_list(request: HttpRequest, land: Ground, rows: Sequence[Any], mark: Mark) -> MemberListPaper:
    """The list of the address; `rows` are those of the file, in its order. The mark lies across every page."""
    count = len(rows)
    above = name_of(land.parent_id, land.on) if land.parent_id else ""
    return MemberListPaper(
        letterhead=Letterhead(above, land.name), title=_("Danh sách đảng viên"),
        subtitle=_("Ngày %(day)s") % {"day": day(land.on)}, printed=printed(request, mark.text),
        summary=_("Tổng số: %(n)s đảng viên.") % {"n": count}, members=[_line(row, land.on) for row in rows],
        signatures=[Signature(_("Người lập danh sách")), Signature(_("Bí thư"))],
    )  # fmt: skip


def _line(row: Any, on: date) -> MemberLine:
    notes = []
    if row.standing and row.standing != "full":
        notes.append(str(STANDINGS[row.standing]))
    if getattr(row, "participation", ""):
        notes.append(str(PARTICIPATIONS[row.participation]))
    return MemberLine(
        name=row.person__name, sex=str(SEX[row.person__sex]) if row.person__sex else "",
        birth=_known(row, "birth"), joined=_known(row, "ceremony_date"), full=_known(row, "official_date"),
        office="; ".join(offices_of(row, on)), note="; ".join(notes),
    )  # fmt: skip


def _known(row: Any, name: str) -> str:
    """A date of the row; empty where the reader's tiers do not hold it."""
    return str(getattr(row, f"person__{name}", None) or "")


def summary(request: HttpRequest, profile: Profile) -> MemberProfilePaper:
    """The summary of one member ("phiếu tóm tắt"): no number in full."""
    tails = {number.kind: number.tail for number in profile.numbers}
    events = [Event(event.when, event.title, event.text) for event in reversed(profile.events())]
    return MemberProfilePaper(
        letterhead=Letterhead(profile.above_name, profile.unit_name), title=_("Phiếu tóm tắt đảng viên"),
        printed=printed(request), name=profile.person.name,
        sections=[
            Section(str(title), [Fact(str(label), str(value)) for label, value in facts])
            for title, facts in profile.sections
        ],
        events=events, card=tails.get("card", ""), personal_number=tails.get("national_id", ""),
        signatures=[Signature(_("Người lập phiếu")), Signature(_("Bí thư"))],
    )  # fmt: skip
