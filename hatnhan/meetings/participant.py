"""Meetings in reorganisation. Those that were held are history and stay with their unit; tasks still open are asked
about where the unit went up in, because that is found by the tree. What is ahead goes on where its people go: meetings
on their way that the unit which goes on has not planned for that hour, and who follows the cell from above."""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.kernel.action import act, begin, end_all, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import Following, Sitting, Task


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
        if plans := len(_ahead(moving)):
            found.append(Effect("sittings", _("Buổi họp đã lên lịch, chuyển sang nơi tiếp nhận"), plans))
        if followed := len(_following(moving)):
            found.append(Effect("following", _("Phân công theo dõi chi bộ, chuyển sang nơi tiếp nhận"), followed))
        return found

    def apply(self, actor: Actor, moving: Moving) -> None:
        """What is ahead of a unit that ends goes to the one that goes on; in a split all stays."""
        if moving.into is None or moving.people is not None:
            return
        for sitting in _ahead(moving):
            sitting.came_from, sitting.came_in, sitting.unit = sitting.unit, act().id, moving.into
            sitting.version += 1
            sitting.save(update_fields=["unit", "came_from", "came_in", "version"])
        rows = _following(moving)
        end_all(Following.objects.filter(pk__in=[row.pk for row in rows if row.valid_from < moving.on]), moving.on)
        void([row for row in rows if row.valid_from >= moving.on])
        begun: set[tuple[int | None, int | None, str]] = set()
        for row in rows:
            who = (row.person_id, row.body, row.field)
            there = Following.objects.during(moving.on, row.valid_to).filter(
                person=row.person_id, body=row.body, field=row.field, target=moving.into
            )
            if who in begun or there.exists():
                continue
            begun.add(who)
            begin(
                Following(
                    committee_id=row.committee_id, person_id=row.person_id, body=row.body, target=moving.into,
                    field=row.field, decision=row.decision, valid_from=max(row.valid_from, moving.on),
                    valid_to=row.valid_to,
                )
            )  # fmt: skip

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Meetings keep no unit from ending."""
        return []


def goes_back(act_id: int) -> None:
    """The act is undone: what had come along and was not held yet stands where it was planned."""
    rows = Sitting.objects.filter(came_in=act_id, state__in=("planned", "invited"))
    rows.update(unit=F("came_from"), came_from=None, came_in=None, version=F("version") + 1)


def _ahead(moving: Moving) -> list[Sitting]:
    """Meetings to come of the ending units. One for whose hour the unit that goes on has its own, or another of them,
    stays behind and is shown as it is."""
    rows = Sitting.objects.filter(unit__in=moving.units, state__in=("planned", "invited"), day__gte=moving.on)
    taken = set(
        Sitting.objects.filter(unit=moving.into, day__gte=moving.on).exclude(state="cancelled")
        .values_list("day", "starts")
    )  # fmt: skip
    found = []
    for row in rows.exclude(unit=moving.into).order_by("day", "starts", "pk"):
        if (row.day, row.starts) not in taken:
            taken.add((row.day, row.starts))
            found.append(row)
    return found


def _following(moving: Moving) -> list[Following]:
    """Who follows the ending units from above, now or later."""
    rows = Following.objects.during(moving.on, FAR).filter(target__in=moving.units).exclude(target=moving.into)
    return list(rows.order_by("pk"))
