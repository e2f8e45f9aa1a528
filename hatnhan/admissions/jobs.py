"""Erasing, once a day, what is due to be erased."""

from datetime import timedelta

from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext, job
from hatnhan.kernel.refusal import Refused

from .pool import actions


@job("admissions.erase", every=timedelta(days=1))
def erase(context: JobContext) -> dict[str, int]:
    """The personal data of those who were taken off the pool so long ago as the rule says."""
    try:
        return {"erased": actions.erase(actor=system("job", today()), on=today())}
    except Refused:
        return {"erased": 0}
