"""What a unit owes, for whoever takes over there."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import day
from hatnhan.units.slots import Unfinished

from .kinds import label_of, things
from .models import Owner
from .permissions import VIEW


def unfinished(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Unfinished]]:
    """Open duties of the offices of the units themselves, by their last day, where the reader sees them."""
    found: dict[int, list[Unfinished]] = {}
    owned = Owner.objects.on(on).filter(unit__in=list(ids), account__isnull=True, duty__state="open")
    rows = list(actor.scope(VIEW).filter(owned).select_related("duty").order_by("duty__due", "duty_id"))
    known = things(actor, [(row.duty.kind, row.duty.about) for row in rows], on)
    for row in rows:
        thing = known.get((row.duty.kind, row.duty.about))
        what = f"{label_of(row.duty.kind)}: {thing.title}" if thing else label_of(row.duty.kind)
        when = _("hạn %(day)s") % {"day": day(row.duty.due)}
        line = Unfinished(_("Việc đang chờ"), what, when, reverse("duties.duty", args=[row.duty_id]))
        found.setdefault(row.unit_id, []).append(line)
    return found
