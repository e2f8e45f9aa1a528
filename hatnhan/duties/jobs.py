"""What is overdue is told to the superior unit, every hour."""

from datetime import timedelta

from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext, job

from . import actions
from .kinds import KINDS
from .models import Duty

AT_ONCE = 200


@job("duties.escalate", every=timedelta(hours=1))
def escalate(context: JobContext) -> dict[str, int]:
    """In acts of at most 200 duties, the longest overdue first."""
    day, told = today(), 0
    kinds = [one.code for one in KINDS.values() if one.escalates]
    late = Duty.objects.filter(state="open", due__lt=day, escalated_on__isnull=True, kind__in=kinds)
    while found := list(late.order_by("due", "pk")[:AT_ONCE]):
        told += actions.escalate(actor=system("job", day), duties=found, on=day)
    return {"told": told}
