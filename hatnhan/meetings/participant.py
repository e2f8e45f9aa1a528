"""Meetings in reorganisation: they are history and stay with their unit; tasks still open are asked about where the
unit went up in, because that is found by the tree. Nothing moves."""

from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import Sitting, Task


class Meetings:
    """Open tasks of units in reorganisation."""

    name = "meetings"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many open tasks the unit that goes on will be asked about, and how many meetings must be planned anew
        there; in a split they stay."""
        if moving.into is None or moving.people is not None:
            return []
        rows = Task.objects.filter(meeting__unit__in=moving.units, meeting__voided_at__isnull=True)
        count = rows.exclude(state="done").count()
        found = [Effect("tasks", _("Nhiệm vụ chi bộ đã giao, theo dõi tiếp ở nơi tiếp nhận"), count)] if count else []
        ahead = Sitting.objects.filter(unit__in=moving.units, state__in=("planned", "invited"), day__gte=moving.on)
        if plans := ahead.count():
            found.append(Effect("sittings", _("Buổi họp đã lên lịch, phải lên lịch lại ở nơi tiếp nhận"), plans))
        return found

    def apply(self, actor: Actor, moving: Moving) -> None:
        """Nothing moves."""

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Meetings keep no unit from ending."""
        return []
