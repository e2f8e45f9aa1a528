"""All that is dated of a few units and of those above them, loaded once for a page and handed down to all its parts."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from hatnhan import rulebook
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.rulebook.shapes import Regime

from .models import RegimeSwitch, UnitCode
from .queries import Called, Card


class Held:
    """Where units hung, what they were called, their codes and regimes, on any day: one query each, when first asked.

    `units` are ids; `also` are others whose names will be wanted."""

    def __init__(self, units: Iterable[int], also: Iterable[int] = ()) -> None:
        self.units = list(dict.fromkeys(units))
        self.placements: dict[int, list[Placement]] = {pk: [] for pk in self.units}
        rows = Placement.objects.unvoided().filter(unit__in=self.units).select_related("unit").order_by("valid_from")
        for row in rows:
            self.placements[row.unit_id].append(row)
        self.line = {unit_of(part) for row in self._own() for part in segments(row.path)} | set(self.units)
        self.named = {*self.line, *also, *(row.parent_id for row in self._own() if row.parent_id)}

    def _own(self) -> list[Placement]:
        return [row for rows in self.placements.values() for row in rows]

    @cached_property
    def above(self) -> dict[int, list[Placement]]:
        """The placements of all units, and of all above them at any time."""
        found = dict(self.placements)
        rows = Placement.objects.unvoided().filter(unit__in=self.line - found.keys()).order_by("valid_from")
        for row in rows:
            found.setdefault(row.unit_id, []).append(row)
        return found

    @cached_property
    def called(self) -> Called:
        """Names of the units, of all above them, and of those `also` wanted."""
        return Called(self.named)

    @cached_property
    def codes(self) -> dict[int, list[UnitCode]]:
        """The codes of the units, the oldest first."""
        found: dict[int, list[UnitCode]] = {pk: [] for pk in self.units}
        for row in UnitCode.objects.unvoided().filter(unit__in=self.units).order_by("valid_from"):
            found[row.unit_id].append(row)
        return found

    @cached_property
    def switches(self) -> dict[int, list[RegimeSwitch]]:
        """The regimes to which the units and those above them were set, the oldest first."""
        found: dict[int, list[RegimeSwitch]] = {}
        for row in RegimeSwitch.objects.unvoided().filter(unit__in=self.line).order_by("valid_from"):
            found.setdefault(row.unit_id, []).append(row)
        return found

    def placement(self, pk: int, on: date) -> Placement | None:
        """Where a unit hung on a day; None when it did not exist yet."""
        rows = self.placements[pk] if pk in self.placements else self.above.get(pk, [])
        return next((row for row in rows if row.holds_on(on)), None)

    def card(self, pk: int, on: date) -> Card | None:
        """A unit as lists show it; before its founding as it was first; None when its founding was undone."""
        rows = self.placements[pk]
        if not rows:
            return None
        row = self.placement(pk, on)
        if row is None:
            row, on = rows[0], rows[0].valid_from
        code = next((one.code for one in self.codes[pk] if one.holds_on(on)), "")
        return Card(pk, self.called.on(pk, on), code, row.kind, row.parent_id, row.path, row.stands)

    def set_to(self, pk: int, on: date) -> str:
        """The regime to which this very unit was set on a day; empty without a switch of its own."""
        return next((row.regime for row in self.switches.get(pk, []) if row.holds_on(on)), "")

    def regime(self, path: str, on: date) -> Regime:
        """The regime in force at the path: that of the nearest switch, else what holds without one."""
        book = rulebook.at(on)
        line = [unit_of(part) for part in reversed(segments(path))]
        switched = next((code for code in (self.set_to(pk, on) for pk in line) if code), "")
        return book.regimes().get(switched) or book.default_regime
