"""What this module gives to the registries of the modules below it."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from hatnhan.duties.kinds import Kind, duty_kind
from hatnhan.duties.notices import NOTICES
from hatnhan.duties.obligations.proofs import Proof, proves
from hatnhan.kernel.registries import Slot, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.kernel.undo import undoes
from hatnhan.members.slots import CARDS, COPY
from hatnhan.units.slots import OPEN

from . import at_units, notices, owed
from .choices import PROPOSAL_DUTY, REGULAR, TASK_DUTY, THEMATIC
from .minutes import attendance
from .models import UNVOIDED, Meeting
from .packets import proposals
from .participant import Meetings, goes_back
from .permissions import VIEW

participant(Meetings())
undoes(lambda _act: [], goes_back)
slot(Slot(NOTICES, "meetings", notices.of_reader))
leads(Meeting._meta.label_lower, "meetings.meeting")
slot(
    Slot(CARDS, "attendance", attendance.cards),
    Slot(CARDS, "assignments", attendance.assigned),
    Slot(COPY, "meetings", attendance.copy),
    Slot(COPY, "assignments", attendance.assignments_copy),
    Slot(OPEN, "meetings", at_units.unfinished, VIEW),
)
duty_kind(
    Kind("meetings.report", _("Báo cáo kết quả sinh hoạt"), owed.reports),
    Kind(PROPOSAL_DUTY, _("Trả lời kiến nghị của chi bộ"), proposals.describe),
    Kind(TASK_DUTY, _("Việc cấp ủy giao ở hội nghị"), owed.conference_tasks),
    Kind("meetings.hold", _("Sinh hoạt chi bộ sau khi được nhắc"), owed.reminders),
)


def _held(kinds: Iterable[str]) -> Proof:
    """Of units, those that recorded a meeting of one of the kinds within the days."""

    def met(units: Iterable[int], first: date, end: date) -> set[int]:
        rows = Meeting.objects.filter(UNVOIDED, unit__in=list(units), kind__in=kinds)
        return set(rows.filter(held_on__gte=first, held_on__lt=end).values_list("unit_id", flat=True))

    return met


proves("obligation.cell_meeting", _held(REGULAR))
proves("obligation.thematic_meeting", _held(THEMATIC))
