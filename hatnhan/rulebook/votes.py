"""How many votes are needed, and of whom. Pure: numbers in, numbers out (Regulation 294-QĐ/TW, item 9.3)."""

from dataclasses import dataclass

MAJORITIES = ("majority", "two_thirds")


def required_votes(base: int, rule: str) -> int:
    """Votes in favour needed out of `base` people: more than half ("majority") or at least two thirds ("two_thirds").

    Raises ValueError for another word or a base below one."""
    if base < 1:
        raise ValueError(base)
    if rule == "two_thirds":
        return -(-2 * base // 3)
    if rule == "majority":
        return base // 2 + 1
    raise ValueError(rule)


@dataclass(frozen=True)
class Roll:
    """Those who may vote in a body: `entitled` full members of a cell, or members of a committee.

    `away` are the absent among those temporarily elsewhere, `exempt` the absent among the exempt (both count when they
    attend), `barred` the suspended, prosecuted or detained. Other absence, excused or not, changes nothing."""

    entitled: int
    away: int = 0
    exempt: int = 0
    barred: int = 0

    @property
    def base(self) -> int:
        """The number of which a majority is taken. Raises ValueError if more are left out than there are."""
        left = self.entitled - self.away - self.exempt - self.barred
        if left < 0 or min(self.away, self.exempt, self.barred) < 0:
            raise ValueError(self)
        return left
