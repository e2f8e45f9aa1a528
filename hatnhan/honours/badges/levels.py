"""Which units a badge passes through: the cell, the grassroots committee, the level that proposes, the province."""

from dataclasses import dataclass
from datetime import date

from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.units.authority import authority


@dataclass(frozen=True)
class Line:
    """Ids of the units, from below; two of them are the same where a level does not exist of its own."""

    cell: int
    grassroots: int
    proposer: int
    province: int

    @property
    def adopts(self) -> bool:
        """Whether a grassroots committee stands between the cell and the level that proposes."""
        return self.grassroots not in (self.cell, self.proposer)

    @property
    def proposes(self) -> bool:
        """Whether somebody below the province proposes to it."""
        return self.proposer != self.province

    def owner(self, verb: str) -> tuple[int, str]:
        """Which office owes a step: (unit, role)."""
        unit = {
            "review": self.cell, "adopt": self.grassroots, "propose": self.proposer, "decide": self.province,
            "award": self.grassroots if self.grassroots != self.cell else self.proposer,
        }[verb]  # fmt: skip
        if verb == "review" or unit == self.cell:
            return unit, "cell_secretary"
        return unit, "provincial" if unit == self.province else "office"

    def next(self, state: str) -> str:
        """The step that a state waits for; empty when nothing is owed."""
        if state == "reviewed":
            return "adopt" if self.adopts else self.next("adopted")
        if state == "adopted":
            return "propose" if self.proposes else "decide"
        return {"declared": "review", "returned": "review", "proposed": "decide", "decided": "award"}.get(state, "")


def line_of(unit: Unit | int, on: date) -> Line:
    """The levels of a cell on a day, by the regime in force (never by its parent). Raises `Refused` when nobody in the
    line may award."""
    key = unit.pk if isinstance(unit, Unit) else unit
    province = authority("badge_award", key, on).unit_id
    proposer = _or("badge_propose", key, on, province)
    return Line(key, _or("badge_adopt", key, on, proposer), proposer, province)


def _or(act: str, unit: int, on: date, other: int) -> int:
    try:
        return authority(act, unit, on).unit_id
    except Refused:
        return other
