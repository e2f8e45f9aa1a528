"""The way to the log from the pages of organisations."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import Slot, slot
from hatnhan.members.seen import LINKS
from hatnhan.units.slots import CARDS, Shown

from .permissions import VIEW


def links(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Shown]:
    """For each unit at which the reader reads the log, the log of it and of what hangs under it."""
    where = reverse("audit.list")
    return {pk: Shown(links=((_("Nhật ký"), f"{where}?unit={pk}", "history"),)) for pk in ids if actor.can(VIEW, at=pk)}


slot(Slot(CARDS, "audit", links, VIEW))


def of_person(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """The whole log about a person, looks and what was done elsewhere included, as far as the reader reads it."""
    where = reverse("audit.list")
    return {pk: [(_("Mọi mục nhật ký về đồng chí này"), f"{where}?person={pk}")] for pk in ids}


slot(Slot(LINKS, "audit", of_person, VIEW))
