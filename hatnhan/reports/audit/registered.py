"""The way to the log from the pages of organisations."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import Slot, slot
from hatnhan.units.slots import CARDS, Shown

from .permissions import VIEW


def links(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Shown]:
    """For each unit at which the reader reads the log, the log of it and of what hangs under it."""
    where = reverse("audit.list")
    return {pk: Shown(links=((_("Nhật ký"), f"{where}?unit={pk}", "history"),)) for pk in ids if actor.can(VIEW, at=pk)}


slot(Slot(CARDS, "audit", links, VIEW))
