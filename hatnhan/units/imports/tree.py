"""The organisations that a list is held against, as of a day: found by code or name, with kinds and parents."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Reason, refuse
from hatnhan.kernel.vietnamese import plain
from hatnhan.rulebook.shapes import Kind
from hatnhan.units import permissions, queries
from hatnhan.units.models import RegimeSwitch, UnitCode


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which a unit stands and is of one kind."""

    start: date
    end: date
    kind: str


class Tree:
    """The scope on the day: a unit and what stands under it, or without one the whole installation."""

    def __init__(self, actor: Actor, unit: Unit | None, on: date) -> None:
        if unit is not None:
            actor.require(permissions.IMPORT, at=unit)
        elif not actor.everything:
            actor.require(permissions.IMPORT, at=0)
        self.unit, self.on = unit, on
        rows = Placement.objects.on(on) if unit is None else Placement.objects.under(unit, on)
        self.cards = {card.id: card for card in queries.cards(rows.filter(stands=True), on)}
        if unit is not None and unit.pk not in self.cards:
            text = _("%(unit)s chưa thành lập hoặc không còn hoạt động vào ngày %(day)s; hãy chọn ngày ghi nhận khác.")
            refuse("unit", text % {"unit": queries.name_of(unit, on), "day": Known.of(on)}, field="unit")
        self.empty = unit is None and not Unit.objects.exists()
        self.by_code = {card.code.casefold(): card.id for card in self.cards.values() if card.code}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for card in self.cards.values():
            self.by_name[plain(card.name)].append(card.id)
        self.answers: dict[Any, tuple[tuple[Reason, ...], tuple[Reason, ...]]] = {}
        """What the rules said to a kind under a parent's kind on a day: (blockers, warnings)."""
        self._stretches: dict[int, list[Stretch]] = {}
        self._switches: dict[int, list[RegimeSwitch]] = defaultdict(list)
        for switch in RegimeSwitch.objects.unvoided():
            self._switches[switch.unit_id].append(switch)

    def load_stretches(self, ids: set[int]) -> None:
        """Read when the units stand, and as what, in one query."""
        wanted = sorted(ids - set(self._stretches))
        for pk in wanted:
            self._stretches[pk] = []
        rows = Placement.objects.unvoided().filter(unit__in=wanted, stands=True).order_by("valid_from")
        for row in rows:
            self._stretches[row.unit_id].append(Stretch(row.valid_from, row.valid_to, row.kind))

    def stretches(self, pk: int) -> list[Stretch]:
        """When a unit stands, and as what; only what `load_stretches` has read."""
        return self._stretches.get(pk, [])

    def codes_elsewhere(self, codes: set[str]) -> dict[str, int]:
        """Codes that are borne on the day or later by units outside the scope."""
        found: dict[str, int] = {}
        wanted = sorted(codes)
        for start in range(0, len(wanted), 900):
            rows = UnitCode.objects.unvoided().filter(code__in=wanted[start : start + 900], valid_to__gt=self.on)
            found |= {code.casefold(): pk for code, pk in rows.values_list("code", "unit_id") if pk not in self.cards}
        return found

    def regime(self, line: list[int], day: date) -> str:
        """The regime in force on a day where the units of `line` hang, the nearest first."""
        for pk in line if self._switches else ():
            for switch in self._switches.get(pk, ()):
                if switch.holds_on(day):
                    return switch.regime
        return rulebook.at(day).default_regime.code

    def line(self, pk: int | None) -> list[int]:
        """A unit and the units above it, also above the scope."""
        if pk is None:
            return []
        card = self.cards.get(pk)
        if card is None:
            return [pk]
        return [int(card.path[i : i + 5], 36) for i in range(len(card.path) - 5, -1, -5)]


def means(kind: Kind, text: str) -> bool:
    """Whether a text may name this kind: "chi bộ" fits a village cell as well as any other."""
    wanted = plain(text)
    return wanted in {plain(name) for name in (*kind.names, kind.label.vi, kind.label.en, kind.code)}


def stands_to_the_end(stretches: list[Stretch], start: date) -> bool:
    """Whether a unit stands from the day for good."""
    reached = start
    for one in stretches:
        if one.start <= reached < one.end:
            reached = one.end
    return reached == FAR
