"""What every page of a unit needs first: the unit, when the reader may see it, and how it stands on the day."""

from datetime import date

from django.http import Http404, HttpRequest

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import actor_of
from hatnhan.units import permissions, queries
from hatnhan.units.held import Held
from hatnhan.units.queries import Card


def unit_of(request: HttpRequest, pk: int, code: str = permissions.VIEW) -> Unit:
    """The unit; 404 outside the reader's scope, 403 without the right."""
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None:
        raise Http404
    actor_of(request).require(code, at=unit)
    return unit


def card_of(unit: Unit, on: date) -> Card:
    """The unit on the day; before its founding as it was first, after an undone founding 404."""
    found = queries.card(unit, on)
    if found is None:
        first = Placement.objects.unvoided().filter(unit=unit).order_by("valid_from").first()
        if first is None:
            raise Http404
        found = queries.cards(Placement.objects.filter(pk=first.pk), first.valid_from)[0]
    return found


def shown_of(actor: Actor, held: Held, pk: int) -> Unit:
    """The unit whose dated rows were loaded; 404 outside the reader's scope, or where there are none, 403 without the
    right."""
    if not held.placements[pk]:
        raise Http404
    actor.knows(held.placements[pk])
    actor.require(permissions.VIEW, at=pk)
    return held.placements[pk][0].unit
