"""What is overdue is told to the superior unit, every hour; what falls due soon is opened, and what shows that it was
met is closed, every few hours."""

from datetime import date, timedelta

from hatnhan.kernel.actor import system
from hatnhan.kernel.days import after, month, today
from hatnhan.kernel.jobs import JobContext, job
from hatnhan.kernel.refusal import Refused

from . import actions
from .holidays import calendar_of
from .kinds import KINDS
from .models import Duty, Term
from .obligations import actions as obligations
from .obligations.choices import KIND
from .obligations.proofs import PROOFS
from .obligations.queries import NONE, Falling, Owed, in_month
from .obligations.queries import obligations as every
from .obligations.rules import opens_on, span

AT_ONCE = 200
AHEAD = 4  # months in which something may fall due that opens today


@job("duties.escalate", every=timedelta(hours=1))
def escalate(context: JobContext) -> dict[str, int]:
    """In acts of at most 200 duties, the longest overdue first."""
    day, told = today(), 0
    kinds = [one.code for one in KINDS.values() if one.escalates]
    late = Duty.objects.filter(state="open", due__lt=day, escalated_on__isnull=True, kind__in=kinds)
    while found := list(late.order_by("due", "pk")[:AT_ONCE]):
        told += actions.escalate(actor=system("job", day), duties=found, on=day)
    return {"told": told}


@job("duties.open_terms", every=timedelta(hours=6))
def open_terms(context: JobContext) -> dict[str, int]:
    """Open what falls due soon; what is open already stays, so it may run at any time and twice. Then close what an
    upper module shows to be met."""
    day = today()
    return {"opened": open_due(day), "met": meet(day)}


def open_due(day: date) -> int:
    """How many terms were opened: those due from the day on whose first day in the inbox has come."""
    opened = 0
    for falling in due_soon(day):
        try:
            opened += obligations.open_terms(actor=system("job", day), falling=falling, on=day)
        except Refused:
            continue
    return opened


def due_soon(day: date) -> list[Falling]:
    """Every obligation at every time that stands in inboxes on the day and is not yet past."""
    calendar = calendar_of(day - timedelta(days=40), date(day.year + 1, 12, 31), day)
    found, at = [], month(day)
    owed: list[Owed] = list(every(day).values())
    for _step in range(AHEAD):
        for one in owed:
            found += [
                falling
                for falling in in_month(one, at, calendar)
                if opens_on(falling.due, one.opens) <= day <= falling.due
            ]
        at = after(at)
    return found


def meet(day: date) -> int:
    """How many open terms were closed because their thing was done: a meeting that was recorded."""
    known, closed = every(day, NONE), 0
    for code, met in PROOFS.items():
        owed = known.get(code)
        waiting = Term.objects.filter(code=code, duty__kind=KIND, duty__state="open").select_related("duty")
        by_period: dict[date, list[Term]] = {}
        for term in waiting.order_by("period", "pk") if owed else []:
            by_period.setdefault(term.period, []).append(term)
        for period, terms in by_period.items():
            done = met([term.unit_id for term in terms], *span(owed.due, period)) if owed else set()
            found = [term for term in terms if term.unit_id in done]
            for at in range(0, len(found), AT_ONCE):
                part = found[at : at + AT_ONCE]
                closed += obligations.meet_terms(actor=system("job", day), terms=part, on=day)
    return closed
