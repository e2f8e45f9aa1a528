"""On a member's page: where the member keeps in touch at home, and the way to an introduction."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.members.models import Membership
from hatnhan.members.slots import Card
from hatnhan.movements.permissions import INTRODUCE
from hatnhan.units.queries import names

from . import queries
from .models import ResidenceLink


def residence_cards(actor: Actor, people: Iterable[int], on: date) -> dict[int, list[Card]]:
    """For each member the link that holds on the day."""
    rows = list(queries.visible(actor, on).filter(person__in=list(people)))
    called = names({row.unit_id for row in rows if row.unit_id}, on) if rows else {}
    return {
        row.person_id: [
            Card(
                _("Nơi cư trú (213)"),
                lines=(
                    (
                        called.get(row.unit_id or 0, "") or row.place, "",
                        reverse("movements.residence_link", args=[row.pk]),
                    ),
                ),
            )
        ]
        for row in rows
        if row.person_id is not None
    }  # fmt: skip


def residence_acts(actor: Actor, people: Iterable[int], on: date) -> dict[int, list[tuple[str, str, str]]]:
    """The way to an introduction, for those of whom none holds."""
    homes = Membership.objects.on(on).filter(person__in=list(people), kind="home")
    linked = ResidenceLink.objects.on(on).filter(person__isnull=False).values("person")
    found = actor.scope(INTRODUCE).filter(homes.exclude(person__in=linked)).values_list("person_id", flat=True)
    return {pk: [("movements.introduce", _("Giới thiệu về nơi cư trú"), "house")] for pk in found}
