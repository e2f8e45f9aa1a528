"""What the units of a demonstration owe: the obligations of the last weeks and the next, most of the past ones done."""

from datetime import date, timedelta
from random import Random

from hatnhan.duties.jobs import meet, open_due
from hatnhan.duties.models import Term
from hatnhan.duties.obligations.actions import meet_terms
from hatnhan.duties.obligations.proofs import PROOFS
from hatnhan.kernel.actor import Actor

DONE, EARLY = 0.9, 0.25  # of those that are past, of those to come
STEPS = (45, 30, 15, 0)  # days ago on which somebody looked


def owe(actor: Actor, on: date, seed: int) -> None:
    """As if the program had run for six weeks. What shows by itself, as a meeting does, is never met by chance."""
    die = Random(seed)
    for ago in STEPS:
        open_due(on - timedelta(days=ago))
    meet(on)
    waiting = Term.objects.filter(duty__state="open").exclude(code__in=PROOFS).select_related("duty").order_by("pk")
    said = [term for term in waiting if die.random() < (DONE if term.duty.due < on else EARLY)]
    by_day: dict[date, list[Term]] = {}
    for term in said:
        by_day.setdefault(min(on, term.duty.due - timedelta(days=die.randrange(1, 4))), []).append(term)
    for day, terms in sorted(by_day.items()):
        meet_terms(actor=actor, terms=terms, on=max(day, max(term.duty.opened_on for term in terms)))
