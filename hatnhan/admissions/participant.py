"""Cases in reorganisation: those of a cell that ends, and of people who move in a split, go on at the cell that takes
over."""

from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from hatnhan.kernel.action import act
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving

from .models import AdmissionCase


class Admissions:
    """Open cases of units in reorganisation."""

    name = "admissions"

    def preview(self, moving: Moving) -> list[Effect]:
        """How many cases go along."""
        count = _open(moving).count()
        return [Effect("admissions", _("Hồ sơ kết nạp chuyển theo"), count)] if count else []

    def apply(self, actor: Actor, moving: Moving) -> None:
        """The cell that goes on has them; of a split only those of the members who move."""
        if moving.into is None:
            return
        keys = list(_open(moving).values_list("pk", flat=True))
        AdmissionCase.objects.filter(pk__in=keys).update(unit=moving.into, version=F("version") + 1)
        act().about(AdmissionCase, keys)

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Open cases of a cell that is to end without an heir."""
        count = AdmissionCase.objects.filter(unit=unit, ended_on__isnull=True).count()
        if not count:
            return []
        text = _("Còn %(count)s hồ sơ kết nạp ở tổ chức này. Hãy chuyển hoặc kết thúc các hồ sơ đó trước.")
        return [Reason("admissions", text % {"count": count})]


def _open(moving: Moving) -> "QuerySet[AdmissionCase]":
    rows = AdmissionCase.objects.filter(unit__in=moving.units, ended_on__isnull=True)
    return rows if moving.people is None else rows.filter(person__in=moving.people)
