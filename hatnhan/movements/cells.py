"""Which cell a page is about: named by the address, the only one of the reader, or chosen from a list."""

from typing import Any

from django.http import HttpRequest

from hatnhan import rulebook
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.units.queries import cards, natural

MOST = 400


def cell_of(request: HttpRequest, code: str) -> tuple[Unit | None, list[Any]]:
    """The cell that the address names, and those that may be chosen; a reader of one cell needs no choice."""
    actor = actor_of(request)
    scope, kinds = actor.scope(code), rulebook.at(actor.on).kinds().values()
    rows = Placement.objects.on(actor.on).filter(
        scope.ranges("path"), stands=True, kind__in=[kind.code for kind in kinds if kind.cell]
    )
    if request.GET.get("unit", "").isdigit():
        return working_unit(request, code), []
    offered = sorted(cards(rows[:MOST], actor.on, coded=False), key=natural)
    return (Unit.objects.get(pk=offered[0].id), []) if len(offered) == 1 else (None, offered)
