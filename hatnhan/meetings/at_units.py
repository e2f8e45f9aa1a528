"""What is unfinished in a cell's meetings, for whoever takes over: tasks, proposals without an answer, minutes that
were not adopted. Numbers and days; what people said stays in the papers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import day
from hatnhan.units.slots import Unfinished

from .models import UNVOIDED, Meeting, Proposal, Sitting, Task
from .permissions import VIEW


def unfinished(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Unfinished]]:
    """Four queries within the reader's scope."""
    keys, scope = list(ids), actor.scope(VIEW)
    found: dict[int, list[Unfinished]] = {}

    def add(unit: int, part: str, what: str, when: str, href: str = "") -> None:
        found.setdefault(unit, []).append(Unfinished(part, what, when, href))

    tasks: Any = Task.objects.filter(meeting__unit__in=keys, meeting__voided_at__isnull=True).exclude(state="done")
    for task in scope.filter(tasks, "meeting__unit").select_related("meeting", "leader").order_by("due_on", "pk"):
        what = f"{task.text} ({task.leader.name})" if task.leader else task.text
        href = reverse("meetings.meeting", args=[task.meeting_id])
        add(
            task.meeting.unit_id, _("Nhiệm vụ chi bộ đã giao"), what, _("hạn %(day)s") % {"day": day(task.due_on)}, href
        )
    asked = scope.filter(Proposal.objects.filter(unit__in=keys, state="sent")).order_by("sent_on", "pk")
    for proposal in asked:
        what = _("Kiến nghị số %(n)s/%(year)s") % {"n": proposal.number, "year": proposal.year}
        href = reverse("meetings.proposal", args=[proposal.pk])
        sent = _("gửi ngày %(day)s") % {"day": day(proposal.sent_on)}
        add(proposal.unit_id, _("Kiến nghị chưa được trả lời"), what, sent, href)
    held = scope.filter(Meeting.objects.filter(UNVOIDED, unit__in=keys).exclude(state="adopted"))
    for meeting in held.order_by("held_on"):
        what = _("Buổi ngày %(day)s") % {"day": day(meeting.held_on)}
        href = reverse("meetings.meeting", args=[meeting.pk])
        add(meeting.unit_id, _("Biên bản chưa thông qua"), what, "", href)
    ahead = scope.filter(Sitting.objects.filter(unit__in=keys, state__in=("planned", "invited"), day__gte=on))
    for sitting in ahead.order_by("day"):
        add(sitting.unit_id, _("Buổi họp đã lên lịch"), day(sitting.day), "")
    return found
