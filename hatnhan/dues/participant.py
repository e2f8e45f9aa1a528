"""Dues in reorganisation: payments and books stay with their unit as history; what it keeps goes to the unit that takes
over. The tree brings its books into the statements of what it went up in."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect, Moving
from hatnhan.kernel.ui.text import num
from hatnhan.units.queries import name_of

from .books.actions import enter, take_back
from .models import FundEntry, Payment


class Dues:
    """Funds and open books of units in reorganisation."""

    name = "dues"

    def preview(self, moving: Moving) -> list[Effect]:
        """How much goes over, and how many payments stand in no closed book yet; in a split all stays."""
        if moving.into is None or moving.people is not None:
            return []
        found = []
        if left := sum(_funds(moving.units).values()):
            found.append(Effect("dues_fund", _("Đảng phí giữ lại chuyển sang nơi tiếp nhận, đồng"), left))
        if waiting := Payment.objects.filter(unit__in=moving.units, book=None).count():
            found.append(Effect("dues_open", _("Phiếu thu đảng phí chưa khóa sổ, nên khóa trước"), waiting))
        return found

    def apply(self, actor: Actor, moving: Moving) -> None:
        """What is kept goes from each unit to the one that takes over, by a line in either book."""
        if moving.into is None or moving.people is not None:
            return
        called = name_of(moving.into, moving.on)
        units = {unit.pk: unit for unit in moving.units}
        for unit, left in _funds(moving.units).items():
            if left and unit != moving.into.pk:
                enter(units[unit], moving.on, -left, "moved", text=called)
                enter(moving.into, moving.on, left, "moved", text=name_of(unit, moving.on))

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """Money that is kept needs somebody who takes it over."""
        left = _funds((unit,)).get(unit.pk, 0)
        if not left:
            return []
        text = _("Đơn vị còn %(sum)s đồng đảng phí giữ lại, phải bàn giao trước.") % {"sum": num(left)}
        return [Reason("dues_fund", text)]


def _funds(units: tuple[Unit, ...]) -> dict[int, int]:
    rows = FundEntry.objects.filter(unit__in=units).order_by().values("unit")
    return dict(rows.annotate(n=Sum("amount")).values_list("unit", "n"))


def too_late(act_id: int) -> list[Reason]:
    """Why a merger cannot be undone: what came over was spent."""
    rows = FundEntry.objects.filter(recorded_in=act_id, kind="moved", amount__gt=0, reversed_in=None)
    for row in rows.select_related("unit"):
        if _funds((row.unit,)).get(row.unit_id, 0) < row.amount:
            return [Reason("dues_spent", _("Đảng phí giữ lại đã nhận về đã được chi."))]
    return []


def give_back(act_id: int) -> None:
    """Inside the undoing of a merger: what it moved goes back, by lines against its own."""
    for row in FundEntry.objects.filter(recorded_in=act_id, kind="moved", reversed_in=None, reverses=None):
        take_back(row, row.day)
