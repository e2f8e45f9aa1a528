"""Questions to payments: who may see one, what a member paid, until which month."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from hatnhan.kernel.actor import Actor, NotFound

from ..models import LIVE, Payment
from ..permissions import RECEIPTS


def visible(actor: Actor, key: int) -> Payment:
    """A payment that the actor may see: the payer, or who collects in the cell. Raises `NotFound` for any other."""
    row = Payment.objects.select_related("person", "unit").filter(pk=key).first()
    if row is None or not (row.person_id == actor.person_id or actor.can(RECEIPTS, at=row.unit_id)):
        raise NotFound(RECEIPTS)
    return row


def paid_to(people: Iterable[int]) -> dict[int, date]:
    """The last month that each of the people has paid."""
    rows = Payment.objects.filter(LIVE, person__in=list(people)).order_by().values("person")
    return dict(rows.annotate(last=Max("month")).values_list("person", "last"))
