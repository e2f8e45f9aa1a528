"""How a term stands in an inbox."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.actor import Actor

from ..kinds import Kind, Thing
from ..models import Term
from .choices import KIND
from .queries import label_of, named


def describe(_actor: Actor, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """What each term is called; it is done on the duty's own page."""
    rows = list(Term.objects.filter(pk__in=list(ids)).values_list("pk", "code", "period"))
    called = named({code for _pk, code, _period in rows}, on)
    return {pk: Thing(label_of(called[code], period)) for pk, code, period in rows if code in called}


OBLIGATION = Kind(KIND, _("Việc định kỳ"), describe, by_hand=True)
