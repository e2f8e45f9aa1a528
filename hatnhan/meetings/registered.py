"""What this module gives to the registries of the modules below it."""

from hatnhan.kernel.registries import participant
from hatnhan.kernel.spoken import leads

from .models import Meeting
from .participant import Meetings

participant(Meetings())
leads(Meeting._meta.label_lower, "meetings.meeting")
