"""Letters that were not presented in time are marked, every few hours."""

from datetime import date, timedelta

from hatnhan import rulebook
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext, job

from . import actions
from .models import TransferCase
from .rules import abandoned_after

AT_ONCE = 100


@job("movements.time_out", every=timedelta(hours=6))
def time_out(context: JobContext) -> dict[str, int]:
    """In acts of at most 100 cases, the oldest letters first."""
    return {"marked": mark_overdue(today())}


def mark_overdue(day: date) -> int:
    """How many letters were marked: those that the rule of their own day lets be considered by now."""
    marked = 0
    while found := [case for case in _oldest() if case.letter_on and day > _last(case.letter_on)][:AT_ONCE]:
        marked += actions.time_out(actor=system("job", day), cases=found, on=day)
    return marked


def _oldest() -> list[TransferCase]:
    return list(TransferCase.objects.filter(state="in_transit").order_by("letter_on", "pk")[:AT_ONCE])


def _last(letter_on: date) -> date:
    return abandoned_after(letter_on, rulebook.at(letter_on))
