"""Questions to packets: a committee's own, and what those above a unit have published for a month."""

from datetime import date

from django.db.models import Count, QuerySet

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.days import month
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.meetings.choices import PACKET_ITEM
from hatnhan.meetings.models import AgendaItem, Packet, PacketItem
from hatnhan.meetings.permissions import PUBLISH


def published(unit: Unit | int, day: date) -> list[PacketItem]:
    """What the committees above the unit have published for the month of the day, the highest first."""
    path = Placement.objects.path_of(unit, day)
    line = [unit_of(part) for part in segments(path or "")][:-1]
    rows = PacketItem.objects.filter(packet__unit__in=line, packet__first=month(day), packet__state="published")
    found = list(rows.select_related("packet").order_by("packet__published_at", "pk"))
    return sorted(found, key=lambda one: line.index(one.packet.unit_id))


def of_unit(unit: Unit) -> "QuerySet[Packet]":
    """A committee's packets, the latest month first, with how many items each has."""
    return Packet.objects.filter(unit=unit).annotate(count=Count("items")).order_by("-first", "-pk")


def visible(actor: Actor, key: int) -> Packet:
    """A packet of a committee for which the actor publishes. Raises `NotFound` for any other."""
    rows = Packet.objects.filter(pk=key).select_related("unit")
    found = actor.scope(PUBLISH).filter(rows).first() if actor.scope(PUBLISH) else None
    if found is None:
        raise NotFound(PUBLISH)
    return found


def reached(packet: Packet) -> int:
    """In how many agendas the packet lies."""
    items = list(packet.items.values_list("pk", flat=True))
    rows = AgendaItem.objects.filter(subject=PACKET_ITEM, subject_id__in=items).exclude(sitting__state="cancelled")
    return rows.values("sitting").distinct().count()
