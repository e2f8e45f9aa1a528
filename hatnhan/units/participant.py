"""What stands at a unit by the units module itself, in reorganisation: bodies, groups and localities."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hatnhan.kernel.action import begin, end_all, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import Body, Group, Locality, LocalityCell


class Parts:
    """Bodies and groups of ending units end. Localities of a commune, and those that a cell leads, go to the unit that
    takes over; where a unit ends into one above it, nobody takes over and they end."""

    name = "units"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many of each, and their names."""
        if moving.people is not None:
            return []
        led = LocalityCell.objects.during(moving.on, FAR).filter(unit__in=moving.units).select_related("locality")
        lines = (
            ("bodies", _("Cơ quan của cấp ủy kết thúc"), [row.name for row in _at(Body, moving)]),
            ("groups", _("Tổ đảng kết thúc"), [row.name for row in _at(Group, moving)]),
            ("localities", _("Địa bàn chuyển theo"), [row.name for row in _at(Locality, moving)]),
            ("led", _("Địa bàn chi bộ phụ trách chuyển theo"), [link.locality.name for link in led]),
        )
        return [Effect(code, label, len(names), tuple(names)) for code, label, names in lines if names]

    def apply(self, actor: Actor, moving: Moving) -> None:
        """Only when units end: a split leaves bodies, groups and localities where they are."""
        if moving.people is not None or moving.into is None:
            return
        into = moving.into if _takes_over(moving) else None
        _end(_at(Body, moving), moving.on)
        _end(_at(Group, moving), moving.on)
        _hand_over(_at(Locality, moving), moving.on, into)
        there = LocalityCell.objects.during(moving.on, FAR).filter(unit=moving.into).select_related("locality")
        led = {row.locality.identity for row in there}
        for row in LocalityCell.objects.during(moving.on, FAR).filter(unit__in=moving.units).select_related("locality"):
            known = row.locality.identity in led
            led.add(row.locality.identity)
            _hand_over([row], moving.on, None if known else into)

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """A unit's own bodies and groups do not keep it from ending."""
        return []


def _at(model: type[Body] | type[Group] | type[Locality], moving: Moving) -> "QuerySet[Body | Group | Locality]":
    """What stands at the ending units on the day or begins there later."""
    return model._default_manager.filter(
        voided_at__isnull=True, unit__in=moving.units, valid_to__gt=moving.on
    ).order_by("pk")


def _takes_over(moving: Moving) -> bool:
    """False where the ending units hang under the one that goes on: it is above them, not in their place."""
    rows = Placement.objects.on(moving.on)
    above = {row.path for row in rows.filter(unit=moving.into)}
    return not any(
        row.path.startswith(path) for row in rows.filter(unit__in=moving.units) for path in above if row.stands
    )


def _end(rows: "QuerySet[Body | Group | Locality]", on: date) -> None:
    end_all(rows.filter(valid_from__lt=on), on)
    void(rows.filter(valid_from__gte=on))


def _hand_over(
    rows: "Sequence[Locality | LocalityCell] | QuerySet[Body | Group | Locality]", on: date, into: Unit | None
) -> None:
    """End rows at their unit and record the rest of their time at another, or with None nowhere."""
    for row in list(rows):
        model = type(row)
        begun = row.valid_from < on
        if begun:
            end_all(model._default_manager.filter(pk=row.pk), on)
        else:
            void(row)
        if into is not None:
            fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
            fields |= {"voided_at": None, "voided_in": None, "unit_id": into.pk}
            begin(model(**fields | {"valid_from": on if begun else row.valid_from}))
