"""What this module gives to the registries of the modules below it."""

from collections.abc import Iterable
from datetime import date

from hatnhan.duties.obligations.proofs import Proof, proves
from hatnhan.kernel.registries import Slot, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.members.slots import CARDS, COPY

from . import attendance
from .choices import REGULAR, THEMATIC
from .models import UNVOIDED, Meeting
from .participant import Meetings

participant(Meetings())
leads(Meeting._meta.label_lower, "meetings.meeting")
slot(Slot(CARDS, "attendance", attendance.cards), Slot(COPY, "meetings", attendance.copy))


def _held(kinds: Iterable[str]) -> Proof:
    """Of units, those that recorded a meeting of one of the kinds within the days."""

    def met(units: Iterable[int], first: date, end: date) -> set[int]:
        rows = Meeting.objects.filter(UNVOIDED, unit__in=list(units), kind__in=kinds)
        return set(rows.filter(held_on__gte=first, held_on__lt=end).values_list("unit_id", flat=True))

    return met


proves("obligation.cell_meeting", _held(REGULAR))
proves("obligation.thematic_meeting", _held(THEMATIC))
