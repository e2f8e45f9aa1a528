"""An oracle that answers what figures must answer, from the rows themselves, by walking parents day by day.

It knows nothing of paths, joins or SQL."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from hatnhan.kernel.days import ONE
from hatnhan.kernel.figures import OWN, THEN, Frame, On, When
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import segment
from hatnhan.members.models import Membership, Participation, Standing, Tenure

LEFT = ("deceased", "expelled", "struck_off", "resigned", "annulled")
CAME = {
    "members.loaded": "loaded", "members.admitted": "admitted", "members.restored": "restored",
    "members.in": "transferred", "members.in_persons": "transferred", "members.reorganised_in": "reorganised",
}  # fmt: skip
WENT: dict[str, tuple[str, ...]] = {
    "members.out": ("transferred",), "members.reorganised_out": ("reorganised",), "members.left": LEFT,
    "members.left.deceased": ("deceased",),
}  # fmt: skip

BORDER = {"members.in", "members.in_persons", "members.reorganised_in", "members.out", "members.reorganised_out"}

STOCKS = [
    "members", "members.full", "members.probationary", "members.women", "members.age.31_35", "members.age.over_60.men",
    "members.age.unknown", "members.party_age.5_10", "members.exempt", "members.active", "members.probation_over",
    "members.provisional", "units", "units.cells", "units.cells_unled",
]  # fmt: skip
FLOWS = [*CAME, *WENT]
HORIZON = date(2030, 1, 1)


@dataclass(frozen=True)
class Row:
    """A row as the oracle sees it: where it stands, when it holds, what it is worth."""

    pk: int
    unit: int
    start: date
    end: date
    came: str = ""
    went: str = ""
    other_in: int | None = None
    other_out: int | None = None
    person: Any = None
    kind: str = ""


@dataclass(frozen=True)
class Answer:
    """What a figure must say."""

    total: int
    parts: dict[int | None, int]
    rows: set[int]


class Oracle:
    """Answers from the rows of now, or from those that were known at a moment."""

    def __init__(self, known_at: datetime | None = None) -> None:
        def holds(row: Any) -> bool:
            if known_at is None:
                return row.voided_at is None
            return row.recorded_at <= known_at and (row.voided_at is None or row.voided_at > known_at)

        self.hung: dict[int, list[Placement]] = defaultdict(list)
        for placement in filter(holds, Placement.objects.all()):
            self.hung[placement.unit_id].append(placement)
        self.standings = list(filter(holds, Standing.objects.all()))
        self.tenures = list(filter(holds, Tenure.objects.filter(office="secretary")))
        self.participations = list(filter(holds, Participation.objects.all()))
        self.members = [
            Row(m.pk, m.unit_id, m.valid_from, m.valid_to, m.came, m.went, m.origin_id, m.destination_id, m.person)
            for m in filter(holds, Membership.objects.filter(kind="home").select_related("person"))
        ]
        self.units = [
            Row(p.pk, p.unit_id, p.valid_from, p.valid_to, kind=p.kind)
            for placements in self.hung.values() for p in placements if p.stands
        ]  # fmt: skip
        self.chain = cache(self._chain)

    def placement(self, unit: int, on: date) -> Placement | None:
        return next((p for p in self.hung[unit] if p.valid_from <= on < p.valid_to), None)

    def _chain(self, unit: int, on: date) -> tuple[int, ...]:
        """The units from the top down to the one that answers for `unit` on the day."""
        placement = self.placement(unit, on)
        if placement is None:
            return ()
        above = self.chain(placement.parent_id, on) if placement.parent_id else ()
        return (*above, unit) if placement.stands else above

    def stands(self, unit: int, on: date) -> bool:
        placement = self.placement(unit, on)
        return placement is not None and placement.stands

    # what each figure means, in words of this file

    def _has(self, rows: list[Any], row: Row, on: date, *kinds: str) -> bool:
        return any(
            r.person_id == row.person.pk and r.valid_from <= on < r.valid_to and (not kinds or r.kind in kinds)
            for r in rows
        )

    def _led(self, row: Row, on: date) -> bool:
        return any(t.unit_id == row.unit and t.valid_from <= on < t.valid_to for t in self.tenures)

    def _probation_over(self, row: Row, on: date) -> bool:
        return any(
            r.person_id == row.person.pk and r.kind == "probationary" and r.valid_from <= on < r.valid_to
            and _years(r.valid_from, on) >= 1
            for r in self.standings
        )  # fmt: skip

    def stock(self, code: str) -> tuple[list[Row], Callable[[Row, date], bool]]:
        if code == "units":
            return self.units, lambda row, on: True
        if code == "units.cells":
            return self.units, lambda row, on: row.kind in {"village_cell", "sub_cell"}
        if code == "units.cells_unled":
            return self.units, lambda row, on: row.kind in {"village_cell", "sub_cell"} and not self._led(row, on)
        tests: dict[str, Callable[[Row, date], bool]] = {
            "members": lambda row, on: True,
            "members.full": lambda row, on: self._has(self.standings, row, on, "full"),
            "members.probationary": lambda row, on: self._has(self.standings, row, on, "probationary"),
            "members.women": lambda row, on: row.person.sex == "f",
            "members.age.31_35": lambda row, on: 31 <= _years(row.person.birth, on) <= 35,
            "members.age.over_60.men": lambda row, on: _years(row.person.birth, on) > 60 and row.person.sex == "m",
            "members.age.unknown": lambda row, on: row.person.birth is None,
            "members.party_age.5_10": lambda row, on: 5 <= _years(row.person.party_base, on) < 10,
            "members.exempt": lambda row, on: self._has(self.participations, row, on, "exempt", "exempt_for_time"),
            "members.probation_over": self._probation_over,
            "members.provisional": lambda row, on: row.person.party_base_provisional,
            "members.active": lambda row, on: not self._has(self.participations, row, on),
        }
        return self.members, tests[code]

    def flow(self, code: str) -> Iterator[tuple[Row, date, int | None]]:
        """(row, its day, the other unit) of everything that ever happened."""
        for row in self.members:
            if row.came == CAME.get(code):
                yield row, row.start, row.other_in
            if row.went in WENT.get(code, ()):
                yield row, row.end, row.other_out

    def answer(self, code: str, unit: int, when: When, frame: Frame = THEN) -> Answer:
        first, last = (when.day, when.day) if isinstance(when, On) else (when.start, when.end - ONE)
        counted: list[tuple[Row, date, int | None]] = []
        if code in CAME or code in WENT:
            counted = [(row, on, other) for row, on, other in self.flow(code) if first <= on <= last]
        else:
            rows, fits = self.stock(code)
            counted = [(row, last, None) for row in rows if row.start <= last < row.end and fits(row, last)]
        border = code in BORDER
        total: list[Row] = []
        parts: dict[int | None, list[Row]] = defaultdict(list)
        for row, on, other in counted:
            tree_day = on if frame == THEN else frame
            chain, from_chain = self.chain(row.unit, tree_day), self.chain(other, tree_day) if other else ()
            if unit not in chain or not self.stands(unit, tree_day):
                continue
            key, from_key = _below(chain, unit), _below(from_chain, unit)
            if not border or unit not in from_chain:
                total.append(row)
            if not border or unit not in from_chain or key != from_key:
                parts[key].append(row)
        worth: Callable[[list[Row]], int] = len
        if code.endswith("persons"):
            worth = lambda rows: len({row.person.pk for row in rows})  # noqa: E731
        found = {key: worth(rows) for key, rows in parts.items()}
        return Answer(worth(total), found, {row.pk for row in total})


def _below(chain: tuple[int, ...], unit: int) -> int | None:
    """The child of the unit through which the chain goes; `OWN` when it ends there."""
    if unit not in chain:
        return -1
    at = chain.index(unit) + 1
    return chain[at] if at < len(chain) else OWN


def _years(born: Known | date | None, on: date) -> int:
    if born is None:
        return -1000
    first = born.earliest if isinstance(born, Known) else born
    return on.year - first.year - ((on.month, on.day) < (first.month, first.day))


def sound(oracle: Oracle) -> None:
    """Paths are what walking the parents gives."""
    for placements in oracle.hung.values():
        for p in placements:
            for on in {p.valid_from, min(p.valid_to, HORIZON) - ONE}:
                if on >= p.valid_from:
                    assert p.path == "".join(map(segment, oracle.chain(p.unit_id, on))), (p.unit_id, on)
