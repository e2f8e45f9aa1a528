"""What duties about meetings say: the report of a meeting, the meeting of a month after a reminder."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.duties.kinds import Thing
from hatnhan.duties.permissions import VIEW as DUTIES
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import day
from hatnhan.units.queries import names

from .models import ConferenceTask, Meeting, Reminder
from .permissions import CONFERENCES, ROLL


def reports(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """The meetings whose report is owed, as far as the reader may see them."""
    rows = list(actor.scope(ROLL).filter(Meeting.objects.filter(pk__in=list(ids)))) if actor.scope(ROLL) else []
    called = names({row.unit_id for row in rows}, on)
    return {
        row.pk: Thing(
            _("Báo cáo kết quả sinh hoạt ngày %(day)s: %(unit)s")
            % {"day": day(row.held_on), "unit": called.get(row.unit_id, "")},
            reverse("meetings.meeting", args=[row.pk]),
        )
        for row in rows
    }  # fmt: skip


def reminders(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """The months of which cells were reminded."""
    rows = list(actor.scope(ROLL).filter(Reminder.objects.filter(pk__in=list(ids)))) if actor.scope(ROLL) else []
    called = names({row.unit_id for row in rows}, on)
    return {
        row.pk: Thing(
            _("Cấp ủy nhắc: sinh hoạt thường kỳ tháng %(month)s, %(unit)s")
            % {"month": f"{row.first.month}/{row.first.year}", "unit": called.get(row.unit_id, "")},
            f"{reverse('meetings.record')}?unit={row.unit_id}",
        )
        for row in rows
    }  # fmt: skip


def conference_tasks(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """What conferences gave units to do, for those who see the units' duties; the page is the committee's own."""
    asked = ConferenceTask.objects.filter(pk__in=list(ids), unit__isnull=False)
    mine = set(actor.scope(DUTIES).filter(asked).values_list("pk", flat=True)) if actor.scope(DUTIES) else set()
    found = {}
    for row in asked.filter(pk__in=mine).select_related("conference"):
        given = {"text": row.text, "day": day(row.conference.held_on)}
        page = reverse("meetings.conference", args=[row.conference_id])
        href = page if actor.can(CONFERENCES, at=row.conference.unit_id) else ""
        found[row.pk] = Thing(_("%(text)s (hội nghị ngày %(day)s)") % given, href)
    return found
