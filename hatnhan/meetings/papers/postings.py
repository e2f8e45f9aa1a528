"""What was put onto the national e-handbook."""

from django.db.models import Q

from hatnhan.meetings.models import Meeting, Posted, Sitting


def posted_for(meeting: Meeting | None, sitting: Sitting | None, part: str) -> Posted | None:
    """The tick that holds; of a meeting also that of the sitting which it was before."""
    rows = Posted.objects.filter(part=part, voided_at=None)
    if meeting is not None:
        return rows.filter(Q(meeting=meeting) | Q(sitting__meeting=meeting)).first()
    return rows.filter(Q(sitting=sitting) | Q(meeting__sitting=sitting)).first() if sitting is not None else None
