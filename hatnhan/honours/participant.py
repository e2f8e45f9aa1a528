"""Honours in reorganisation: what is under way goes on at the unit where the member is; what was decided stays where it
was decided."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .badges.flows import UNDER_WAY
from .models import BadgeCase


class Honours:
    """Badges that are under way at units in reorganisation."""

    name = "honours"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many cases go along."""
        count = _open(moving).count()
        return [Effect("badges", _("Đề nghị Huy hiệu Đảng chuyển theo"), count)] if count else []

    def apply(self, actor: Actor, moving: Moving) -> None:
        """They stand at the unit that goes on. An ended unit's rows are found there by the tree; those of a part that
        splits off must move."""
        if moving.into is not None and moving.people is not None:
            _open(moving).update(unit=moving.into)

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """A unit whose members are all gone has no case under way of its own."""
        return []


def _open(moving: Moving) -> "QuerySet[BadgeCase]":
    rows = BadgeCase.objects.filter(unit__in=moving.units, state__in=UNDER_WAY)
    return rows if moving.people is None else rows.filter(person__in=moving.people)
