"""What stands at a unit by the units module itself, in reorganisation: bodies, groups and localities."""

from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.action import begin, end_all
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import Body, Group, LocalityCell


class Parts:
    """Bodies and groups of ending units end; the localities they lead go to the unit that goes on."""

    name = "units"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many of each."""
        if moving.people is not None:
            return []
        lines = (
            ("bodies", _("Cơ quan của cấp ủy kết thúc"), Body),
            ("groups", _("Tổ đảng kết thúc"), Group),
            ("localities", _("Địa bàn chuyển theo"), LocalityCell),
        )
        counted = [
            (code, label, model.objects.during(moving.on, FAR).filter(unit__in=moving.units).count())
            for code, label, model in lines
        ]
        return [Effect(code, label, count) for code, label, count in counted if count]

    def apply(self, actor: Actor, moving: Moving) -> None:
        """Only when units end: a split leaves bodies, groups and localities where they are."""
        if moving.people is not None or moving.into is None:
            return
        for model in (Body, Group):
            end_all(model.objects.during(moving.on, FAR).filter(unit__in=moving.units, valid_from__lt=moving.on), moving.on)
        links = LocalityCell.objects.during(moving.on, FAR).filter(unit__in=moving.units, valid_from__lt=moving.on)
        led = set(LocalityCell.objects.on(moving.on).filter(unit=moving.into).values_list("locality_id", flat=True))
        for link in end_all(links, moving.on):
            if link.locality_id not in led:
                led.add(link.locality_id)
                begin(LocalityCell(locality_id=link.locality_id, unit=moving.into, valid_from=moving.on))

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """A unit's own bodies and groups do not keep it from ending."""
        return []
