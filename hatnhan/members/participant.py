"""Members move along when their units are merged or split."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hatnhan.access import actions as access
from hatnhan.kernel.action import end_all, stamp, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import GroupPlace, Membership, Tenure


class Members:
    """Memberships, offices and group places of units in reorganisation."""

    name = "members"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many members move and which offices end."""
        here = _memberships(moving)
        offices = list(_tenures(moving).select_related("person"))
        effects = [Effect("members", _("Đảng viên chuyển theo tổ chức"), here.filter(kind="home").count())]
        guests = here.exclude(kind="home").count()
        if guests:
            effects.append(Effect("guests", _("Sinh hoạt tạm thời và nơi cư trú"), guests))
        names = tuple(row.person.name for row in offices)
        return [*effects, Effect("offices", _("Chức vụ kết thúc"), len(offices), names)]

    def apply(self, actor: Actor, moving: Moving) -> None:
        """End the memberships at the units and begin them at the one that goes on; end offices and group places."""
        into = moving.into
        if into is None:
            return
        rows = list(_memberships(moving))
        before = [row for row in rows if row.valid_from < moving.on]
        same_day = [row for row in rows if row.valid_from >= moving.on]
        end_all(
            Membership.objects.filter(pk__in=[row.pk for row in before]), moving.on, went="reorganised",
            destination=into,
        )  # fmt: skip
        void(same_day)
        Membership.objects.bulk_create(
            [stamp(_at(row, into, moving, "reorganised")) for row in before]
            + [stamp(_at(row, into, moving, row.came)) for row in same_day],
            batch_size=1000,
        )
        places = GroupPlace.objects.during(moving.on, FAR).filter(person__in=[row.person_id for row in rows])
        end_all(places.filter(valid_from__lt=moving.on), moving.on)
        for tenure in end_all(_tenures(moving).filter(valid_from__lt=moving.on), moving.on):
            access.take(actor=actor, source=tenure.key, on=moving.on)

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Members who still belong to a unit that is to end."""
        count = Membership.objects.unvoided().filter(unit=unit, valid_to__gt=on).count()
        if not count:
            return []
        text = _("Còn %(count)s đảng viên thuộc tổ chức này. Hãy chuyển sinh hoạt cho các đồng chí đó trước.")
        return [Reason("members", text % {"count": count})]


def _memberships(moving: Moving) -> "QuerySet[Membership]":
    rows = Membership.objects.during(moving.on, FAR).filter(unit__in=moving.units)
    return rows if moving.people is None else rows.filter(person__in=moving.people)


def _tenures(moving: Moving) -> "QuerySet[Tenure]":
    rows = Tenure.objects.during(moving.on, FAR).filter(unit__in=moving.units)
    return rows if moving.people is None else rows.filter(person__in=moving.people)


def _at(row: Membership, into: Unit, moving: Moving, came: str) -> Membership:
    origin = row.unit_id if came == "reorganised" else row.origin_id
    start = moving.on if came == "reorganised" else row.valid_from
    return Membership(
        person_id=row.person_id, unit=into, kind=row.kind, came=came, went=row.went, origin_id=origin,
        destination_id=row.destination_id, valid_from=start, valid_to=row.valid_to,
    )  # fmt: skip
