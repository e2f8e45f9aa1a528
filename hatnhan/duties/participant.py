"""Duties in reorganisation: what the offices of an ending unit owe, the same office owes at the unit that goes on; in
a split those about the people who move."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hatnhan.kernel.action import end_all, stamp, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import Owner


class Duties:
    """Open duties at units in reorganisation."""

    name = "duties"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many open duties go along."""
        count = _open(moving).count()
        return [Effect("duties", _("Việc đang chờ chuyển theo"), count)] if count else []

    def apply(self, actor: Actor, moving: Moving) -> None:
        """The unit that goes on owes them from the day on."""
        if moving.into is None:
            return
        rows = list(_open(moving))
        before = [row.pk for row in rows if row.valid_from < moving.on]
        end_all(Owner.objects.filter(pk__in=before), moving.on)
        void([row for row in rows if row.valid_from >= moving.on])
        Owner.objects.bulk_create(
            [
                stamp(
                    Owner(
                        duty_id=row.duty_id, unit=moving.into, role=row.role, account_id=row.account_id,
                        valid_from=max(row.valid_from, moving.on), valid_to=row.valid_to,
                    )
                )
                for row in rows
            ],
            batch_size=1000,
        )  # fmt: skip

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """What a unit that is to end without an heir still owes."""
        count = Owner.objects.during(on, FAR).filter(unit=unit, duty__state="open").count()
        if not count:
            return []
        text = _("Còn %(count)s việc đang chờ ở tổ chức này. Hãy giải quyết xong các việc đó trước.")
        return [Reason("duties", text % {"count": count})]


def _open(moving: Moving) -> "QuerySet[Owner]":
    rows = Owner.objects.during(moving.on, FAR).filter(unit__in=moving.units, duty__state="open")
    return rows if moving.people is None else rows.filter(duty__person__in=moving.people)
