"""Reading, in small acts, what older numbers say."""

from datetime import timedelta

from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext, job
from hatnhan.members.models import PersonNumber

from . import actions

AT_ONCE, ROUNDS = 500, 40


@job("members.read_numbers", every=timedelta(hours=6))
def read_numbers(context: JobContext) -> dict[str, int]:
    """At most 20,000 numbers a time, in acts of 500."""
    done = 0
    for _round in range(ROUNDS):
        if not PersonNumber.objects.filter(says__isnull=True).exists():
            break
        done += actions.read_numbers(actor=system("job", today()), most=AT_ONCE)
    return {"read": done}
