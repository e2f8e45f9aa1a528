"""The report to the superior after a meeting: owed from the meeting on, done when it is told or the minutes adopted."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.duties import actions as duties
from hatnhan.duties.models import Duty
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import refuse
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.permissions import RECORD
from hatnhan.meetings.scores.queries import SCORED
from hatnhan.units.queries import name_of

REPORT = "meetings.report"
RECENT = timedelta(days=31)  # what is typed from old books owes no report any more


def owe_report(actor: Actor, meeting: Meeting, unit_name: str) -> None:
    """A meeting was held: the secretary owes its report, where the rule of the day knows one."""
    old = actor.on - meeting.held_on > RECENT
    if meeting.kind not in SCORED or old or "deadline.meeting_report" not in rulebook.at(meeting.held_on):
        return
    duties.open_duty(
        actor=actor, kind=REPORT, about=meeting.pk, deadline="meeting_report", on=meeting.held_on, unit=meeting.unit,
        role="cell_secretary", unit_name=unit_name, fresh=True,
    )  # fmt: skip


def report_done(actor: Actor, meeting: Meeting) -> None:
    """The report is no longer owed."""
    duties.close(actor=actor, kind=REPORT, about=meeting.pk, on=actor.on)


def report_dropped(actor: Actor, meeting: Meeting) -> None:
    """There is nothing to report: the meeting was taken back."""
    duties.withdraw(actor=actor, kind=REPORT, about=meeting.pk, on=actor.on)


@action("meetings.report_result")
def report_result(*, actor: Actor, meeting: Meeting, reason: str = "") -> None:
    """The result of the meeting was reported to the superior outside this system. Refuses when nothing is owed."""
    actor.require(RECORD, at=meeting.unit)
    if not Duty.objects.filter(kind=REPORT, about=meeting.pk, state="open").exists():
        refuse("none", _("Buổi sinh hoạt này không còn nợ báo cáo."))
    report_done(actor, meeting)
    act().tell(
        gettext_noop("Đã báo cáo cấp trên kết quả buổi sinh hoạt ngày %(day)s của %(unit)s."), about=[meeting],
        units=[meeting.unit], day=Known.of(meeting.held_on), unit=name_of(meeting.unit_id, meeting.held_on),
    )  # fmt: skip
