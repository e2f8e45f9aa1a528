"""What this module gives to the registries of the modules below it."""

from collections.abc import Iterable
from datetime import date

from hatnhan.duties.obligations.proofs import proves
from hatnhan.kernel.registries import Slot, bar, looks, participant, slot
from hatnhan.kernel.spoken import leads
from hatnhan.kernel.undo import undoes
from hatnhan.members.slots import CARDS, COPY

from . import cards
from .models import MonthBook
from .participant import Dues, give_back, too_late

looks("dues.look_base")
leads(MonthBook._meta.label_lower, "dues.book")
participant(Dues())
undoes(too_late, give_back)
slot(
    Slot(CARDS, "dues", cards.cards),
    Slot(COPY, "dues", cards.copy),
    Slot("sitting.roll", "dues", cards.beside_the_roll),
)
bar("transfer", cards.unpaid_before_leaving)


def _handed_in(units: Iterable[int], first: date, end: date) -> set[int]:
    """Of units, those that closed the book of a month within the days."""
    rows = MonthBook.objects.filter(unit__in=list(units), voided_at=None, closed_on__gte=first, closed_on__lt=end)
    return set(rows.values_list("unit_id", flat=True))


proves("obligation.dues", _handed_in)
