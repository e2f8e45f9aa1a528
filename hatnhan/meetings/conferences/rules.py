"""What a conference is as it is written down, and what cannot be true of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.meetings.oversight.choices import CONFERENCE_KINDS


@dataclass(frozen=True)
class Group:
    """A post or group: how many were called, how many came."""

    label: str
    called: int
    came: int


@dataclass(frozen=True)
class Given:
    """Something to do: for a unit of the Party by its id, or for an outsider by post."""

    text: str
    due_on: date
    unit: int | None = None
    post: str = ""


@dataclass(frozen=True)
class Sheet:
    """A conference as the minutes tell it."""

    kind: str
    title: str
    held_on: date
    place: str = ""
    conclusion: str = ""
    groups: Sequence[Group] = ()
    tasks: Sequence[Given] = ()


def blockers(sheet: Sheet, today: date) -> list[Reason]:
    """What cannot be true of a conference that was held."""
    reasons = []
    if sheet.kind not in CONFERENCE_KINDS:
        reasons.append(Reason("kind", _("Hãy chọn trong danh sách."), field="kind"))
    if not sheet.title.strip():
        reasons.append(Reason("title", _("Hãy ghi hội nghị về việc gì."), field="title"))
    if sheet.held_on > today:
        text = _("Ngày %(day)s ở sau hôm nay; chỉ ghi hội nghị đã họp.")
        reasons.append(Reason("future", text % {"day": Known.of(sheet.held_on)}, field="held_on"))
    labels = [group.label.strip() for group in sheet.groups]
    for number, group in enumerate(sheet.groups, 1):
        if group.came > group.called:
            text = _("“%(label)s”: số dự %(came)s nhiều hơn số triệu tập %(called)s.")
            told = {"label": group.label, "came": group.came, "called": group.called}
            reasons.append(Reason("came", text % told, field=f"group_came_{number}"))
    if len(set(labels)) < len(labels):
        reasons.append(Reason("labels", _("Mỗi thành phần chỉ ghi một dòng."), field="group_label_1"))
    for number, task in enumerate(sheet.tasks, 1):
        if task.due_on < sheet.held_on:
            text = _("Hạn %(due)s trước ngày hội nghị; hạn phải từ ngày %(day)s trở đi.")
            told_days = {"due": Known.of(task.due_on), "day": Known.of(sheet.held_on)}
            reasons.append(Reason("task_due", text % told_days, field=f"task_due_{number}"))
        if (task.unit is None) == (not task.post.strip()):
            text = _("Giao cho một tổ chức, hoặc ghi chức danh người ngoài; chỉ một trong hai.")
            reasons.append(Reason("task_who", text, field=f"task_unit_{number}"))
    return reasons
