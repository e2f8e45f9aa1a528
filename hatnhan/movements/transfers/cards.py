"""The card on a member's page: the transfer that is under way, else the last one."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import day
from hatnhan.members.models import Membership
from hatnhan.members.slots import Card
from hatnhan.movements import permissions

from . import queries
from .choices import CUSTODY
from .flows import TRANSFER
from .models import OPEN, TransferCase


def transfer_cards(actor: Actor, people: Iterable[int], on: date) -> dict[int, list[Card]]:
    """For each member the latest case that the reader may see."""
    found: dict[int, list[Card]] = {}
    rows = queries.visible(actor).filter(person__in=list(people)).select_related("destination", "origin")
    for case in rows.order_by("-pk"):
        if case.person_id is None or case.person_id in found:
            continue
        state = str(TRANSFER.states[case.state])
        where = queries.place_name(case.destination, case.destination_text, on)
        lines = [(state, _("đến %(where)s") % {"where": where}, reverse("movements.transfer", args=[case.pk]))]
        if case.state in OPEN and case.present_by:
            lines.append((_("Hạn nộp giấy"), day(case.present_by), ""))
        if case.state in OPEN:
            lines.append((_("Hồ sơ"), str(CUSTODY[case.custody]), ""))
        found[case.person_id] = [Card(_("Chuyển sinh hoạt"), lines=tuple(lines))]
    return found


def transfer_acts(actor: Actor, people: Iterable[int], on: date) -> dict[int, list[tuple[str, str, str]]]:
    """The way to a new case, for those who may open one and of whom none is open."""
    homes = Membership.objects.on(on).filter(person__in=list(people), kind="home")
    homes = homes.exclude(person__in=TransferCase.objects.filter(state__in=OPEN, person__isnull=False).values("person"))
    found = actor.scope(permissions.OPEN).filter(homes).values_list("person_id", flat=True)
    offered = [("movements.prepare_transfer", _("Chuyển sinh hoạt"), "arrow-left-right")]
    if actor.can(permissions.ISSUE):
        offered.append(("movements.stay_begin", _("Chuyển sinh hoạt tạm thời"), "calendar-clock"))
    return {pk: list(offered) for pk in found}
