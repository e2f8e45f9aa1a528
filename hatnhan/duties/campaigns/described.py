"""How a step of a campaign stands in the inbox of a unit."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.actor import Actor

from ..kinds import Kind, Thing
from ..models import Piece
from .choices import KIND


def describe(_actor: Actor, ids: Iterable[int], _on: date) -> dict[int, Thing]:
    """Step and campaign; it is done on the unit's page of the campaign."""
    rows = Piece.objects.filter(pk__in=list(ids)).values_list(
        "pk", "step__label", "step__campaign__title", "target", "target__campaign"
    )
    return {
        pk: Thing(f"{step} · {title}", reverse("duties.target", args=[campaign, target]))
        for pk, step, title, target, campaign in rows
    }


CAMPAIGN_STEP = Kind(KIND, _("Đợt công tác"), describe)
