"""Questions to temporary transfers."""

from django.db.models import Q, QuerySet

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.movements.permissions import VIEW

from .models import TemporaryStay


def visible(actor: Actor) -> "QuerySet[TemporaryStay]":
    """The stays from and at units of the actor's scope."""
    scope, rows = actor.scope(VIEW), TemporaryStay.objects.all()
    if scope.everything:
        return rows
    units = scope.units()
    return rows.filter(Q(origin__in=units) | Q(destination__in=units))


def find(actor: Actor, pk: int) -> TemporaryStay:
    """A stay that the actor may see. Raises `NotFound` for any other."""
    if not actor.scope(VIEW):
        actor.require(VIEW)
    row = visible(actor).filter(pk=pk).select_related("person", "origin", "destination").first()
    if row is None:
        raise NotFound(VIEW)
    return row
