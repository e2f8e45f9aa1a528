"""What members wrote before meetings that are over is erased some days later, every day."""

from datetime import timedelta

from hatnhan import rulebook
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import ONE, today
from hatnhan.kernel.jobs import JobContext, job

from . import actions
from .models import Remark, Sitting

AT_ONCE = 200


@job("meetings.forget_remarks", every=timedelta(days=1))
def forget_remarks(context: JobContext) -> dict[str, int]:
    """Of meetings that were closed or cancelled, or whose day is past, in acts of at most 200 meetings."""
    day, gone = today(), 0
    last = day - ONE * rulebook.at(day)["meeting.remarks.kept_days"].value
    over = Sitting.objects.filter(day__lt=last).exclude(state="open")
    while found := list(
        over.filter(pk__in=Remark.objects.values("sitting")).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        gone += actions.forget_remarks(actor=system("job", day), sitting_ids=found)
    return {"gone": gone}
