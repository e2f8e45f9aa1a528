"""Everything that meetings keep, gathered from its rooms."""

from .calendars.models import Feed, MeetingDay, Theme
from .conferences.models import Assignment, Conference, ConferenceGroup, ConferenceTask
from .live.models import Live, LiveMotion, LiveReport, LiveTask, LiveText, OtherText, PhoneVote, Reserved, RollMark
from .minutes.models import UNVOIDED, Addendum, Attendance, Meeting, MeetingPast, Motion, Task
from .oversight.models import Following, Observer, Reminder
from .packets.models import MonthReport, Packet, PacketItem, Proposal
from .papers.models import Posted
from .plan.models import AgendaItem, Chore, Preparation, Remark, Reply, Sitting, TaskCall
from .scores.models import Score, ScoreResult, ScoreTable

__all__ = [
    "UNVOIDED", "Addendum", "AgendaItem", "Assignment", "Attendance", "Chore", "Conference", "ConferenceGroup",
    "ConferenceTask", "Feed", "Following", "Live", "LiveMotion", "LiveReport", "LiveTask", "LiveText",
    "Meeting", "MeetingDay", "MeetingPast", "MonthReport", "Motion", "Observer", "OtherText", "Packet",
    "PacketItem", "PhoneVote", "Posted", "Preparation", "Proposal", "Remark", "Reminder", "Reply", "Reserved",
    "RollMark", "Score", "ScoreResult", "ScoreTable", "Sitting", "Task", "TaskCall", "Theme",
]  # fmt: skip
