"""Meetings in reorganisation: they are history and stay with their unit; tasks still open are asked about where the
unit went up in, because that is found by the tree. Nothing moves."""

from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import Task


class Meetings:
    """Open tasks of units in reorganisation."""

    name = "meetings"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many open tasks the unit that goes on will be asked about; in a split they stay."""
        if moving.into is None or moving.people is not None:
            return []
        rows = Task.objects.filter(meeting__unit__in=moving.units, meeting__voided_at__isnull=True)
        count = rows.exclude(state="done").count()
        return [Effect("tasks", _("Nhiệm vụ chi bộ đã giao, theo dõi tiếp ở nơi tiếp nhận"), count)] if count else []

    def apply(self, actor: Actor, moving: Moving) -> None:
        """Nothing moves."""

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Meetings keep no unit from ending."""
        return []
