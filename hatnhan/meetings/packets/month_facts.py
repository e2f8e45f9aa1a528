"""What the figures fill in of a cell's month, in sentences, and the phrases that its secretary may take."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.figures import Window, snapshot, table
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day, num, pct
from hatnhan.meetings.choices import REGULAR, REPORT_PARTS
from hatnhan.meetings.models import Meeting, Proposal
from hatnhan.rulebook.words import Words

STOCKS = ("members",)
FLOWS = ("meetings.held", "meetings.due", "meetings.present", "meetings.spoke", "meetings.resolutions",
         "meetings.tasks", "meetings.tasks_done")  # fmt: skip


@dataclass(frozen=True)
class Phrases:
    """Phrases of one kind of cell, by part of the report."""

    label: str
    parts: dict[str, tuple[str, ...]]


def phrases(unit: Unit | int, on: date) -> list[Phrases]:
    """The phrase banks that fit the unit's kind of cell, its own first, then what fits any."""
    kind = Placement.objects.on(on).filter(unit=unit).values_list("kind", flat=True).first() or ""
    found = []
    for rule in rulebook.at(on).under("phrase").values():
        value = rule.value
        if not value["kinds"] or kind in value["kinds"]:
            parts = {code: tuple(value[code]) for code in REPORT_PARTS}
            found.append((not value["kinds"], Phrases(str(Words(value["label_vi"], value["label_en"])), parts)))
    return [bank for _any, bank in sorted(found, key=lambda pair: pair[0])]


def facts(unit: Unit, first: date, on: date) -> list[str]:
    """The month's figures as sentences. The month runs until `on` where it is not over."""
    end = min(after(first), on + ONE)
    with snapshot():
        total = table((*FLOWS, *STOCKS), unit, Window(first, end), end - ONE).total
    said = [_("Toàn chi bộ có %(n)s đảng viên.") % {"n": num(total["members"])}]
    meeting = Meeting.objects.filter(
        unit=unit, voided_at=None, kind__in=REGULAR, held_on__gte=first, held_on__lt=after(first)
    ).order_by("held_on").first()  # fmt: skip
    if meeting is None:
        said.append(_("Trong tháng chưa sinh hoạt thường kỳ."))
    else:
        told = {
            "day": day(meeting.held_on), "present": num(meeting.present), "due": num(meeting.due),
            "share": pct(meeting.present / meeting.due if meeting.due else None), "minutes": num(meeting.minutes),
        }  # fmt: skip
        text = _("Sinh hoạt thường kỳ ngày %(day)s: có mặt %(present)s/%(due)s, đạt %(share)s, trong %(minutes)s phút.")
        said.append(text % told)
    if total["meetings.spoke"]:
        said.append(_("Có %(n)s lượt phát biểu.") % {"n": num(total["meetings.spoke"])})
    if total["meetings.resolutions"]:
        said.append(_("Ra %(n)s nghị quyết.") % {"n": num(total["meetings.resolutions"])})
    if total["meetings.tasks"]:
        told = {"n": num(total["meetings.tasks"]), "done": num(total["meetings.tasks_done"])}
        said.append(_("Giao %(n)s nhiệm vụ, đến nay xong %(done)s.") % told)
    sent = Proposal.objects.filter(unit=unit, sent_on__gte=first, sent_on__lt=after(first)).exclude(state="withdrawn")
    if count := sent.count():
        said.append(_("Gửi cấp trên %(n)s kiến nghị.") % {"n": num(count)})
    return said
