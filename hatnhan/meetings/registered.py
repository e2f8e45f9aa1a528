"""What this module gives to the registries of the modules below it."""

from hatnhan.kernel.registries import Slot, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.members.slots import CARDS, COPY

from . import attendance
from .models import Meeting
from .participant import Meetings

participant(Meetings())
leads(Meeting._meta.label_lower, "meetings.meeting")
slot(Slot(CARDS, "attendance", attendance.cards), Slot(COPY, "meetings", attendance.copy))
