"""Random changes on random days against an oracle that keeps every unit's parent day by day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hatnhan.kernel import tree
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.refusal import Refused
from tests.units.ground import boss, from_tree, paths_follow_parents

pytestmark = pytest.mark.django_db

FIRST, DAYS, UNITS = date(2026, 1, 1), 8, 7
FAR_DAY = DAYS  # stands for every day after the last one
Spot = tuple[int | None, str, bool]


@dataclass
class Oracle:
    """(parent, kind, stands) of every unit for every day; missing before its founding."""

    spots: dict[int, list[Spot | None]] = field(default_factory=dict)

    def stands(self, unit: int, start: int, end: int = FAR_DAY) -> bool:
        return unit in self.spots and all(spot and spot[2] for spot in self.spots[unit][start : end + 1])

    def above(self, unit: int, day: int) -> list[int]:
        """The units above one on a day, the nearest first."""
        line: list[int] = []
        spot = self.spots[unit][day]
        while spot and spot[0] is not None and len(line) < 99:
            line.append(spot[0])
            spot = self.spots[spot[0]][day]
        return line

    def last_day(self, unit: int, day: int, column: int | None) -> int:
        """Until when the unit stands and keeps a column (None: all) of its spot of the day."""
        days = self.spots[unit]
        first = days[day]
        end = day
        while end < FAR_DAY:
            spot = days[end + 1]
            if spot is None or not spot[2] or first is None:
                break
            if spot != first if column is None else spot[column] != first[column]:
                break
            end += 1
        return end

    def found(self, unit: int, parent: int, day: int) -> bool:
        if not self.stands(parent, day):
            return False
        self.spots[unit] = [None] * day + [(parent, "a", True)] * (FAR_DAY + 1 - day)
        return True

    def rehang(self, unit: int, to: int, day: int) -> bool:
        if not self.stands(unit, day, day) or self.spots[unit][day][0] == to:  # type: ignore[index]
            return False
        end = self.last_day(unit, day, 0)
        if not self.stands(to, day, end) or any(unit in (to, *self.above(to, d)) for d in range(day, end + 1)):
            return False
        for d in range(day, end + 1):
            self.spots[unit][d] = (to, *self.spots[unit][d][1:])  # type: ignore[index]
        return True

    def rekind(self, unit: int, kind: str, day: int) -> bool:
        if not self.stands(unit, day, day):
            return False
        for d in range(day, self.last_day(unit, day, 1) + 1):
            self.spots[unit][d] = (self.spots[unit][d][0], kind, True)  # type: ignore[index]
        return True

    def close(self, unit: int, heir: int, day: int) -> bool:
        if not self.stands(unit, day, day) or unit == heir or self.spots[unit][day][0] is None:  # type: ignore[index]
            return False
        began_before = day > 0 and self.spots[unit][day - 1] is not None
        alone = not any(
            spot and spot[0] == unit and spot[2] for days in self.spots.values() for spot in days[day : FAR_DAY + 1]
        )
        if not began_before or not alone or self.last_day(unit, day, None) != FAR_DAY or not self.stands(heir, day):
            return False
        for d in range(day, FAR_DAY + 1):
            self.spots[unit][d] = (heir, self.spots[unit][d][1], False)  # type: ignore[index]
        return True


def on(day: int) -> date:
    return FIRST + timedelta(days=day if day < FAR_DAY else 400)


changes = st.lists(
    st.tuples(
        st.sampled_from(["rehang", "rehang", "rehang", "found", "rekind", "close"]),
        st.integers(0, UNITS - 1), st.integers(0, UNITS - 1), st.integers(0, DAYS - 1),
    ),
    min_size=8, max_size=16,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_the_tree_is_what_the_oracle_says(db: None, steps: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        _play(steps)
        transaction.set_rollback(True)


def _play(steps: list[tuple[str, int, int, int]]) -> None:
    units = [Unit.objects.create() for _ in range(UNITS)]
    ids = [unit.pk for unit in units]
    oracle = Oracle({ids[0]: [(None, "a", True)] * (FAR_DAY + 1)})
    from_tree(actor=boss(), change=lambda: tree.place(units[0], parent=None, kind="a", on=FIRST))
    for n, above in ((1, 0), (2, 0), (3, 1), (4, 2), (5, 3)):
        oracle.found(ids[n], ids[above], 0)
        place = partial(tree.place, units[n], parent=units[above], kind="a", on=FIRST)
        from_tree(actor=boss(), change=place)
    for verb, one, other, day in steps:
        a, b = units[one], units[other]
        if verb == "found" and a.pk in oracle.spots:
            continue
        ways: dict[str, tuple[Callable[[int], bool], Callable[..., object]]] = {
            "found": (partial(oracle.found, a.pk, b.pk), partial(tree.place, a, parent=b, kind="a")),
            "rehang": (partial(oracle.rehang, a.pk, b.pk), partial(tree.rehang, a, to=b)),
            "rekind": (partial(oracle.rekind, a.pk, "b"), partial(tree.rekind, a, kind="b")),
            "close": (partial(oracle.close, a.pk, b.pk), partial(tree.close, a, heir=b)),
        }
        expected, done = ways[verb]
        assert _accepted(partial(done, on=on(day))) == expected(day), (verb, one, other, day)
    _compare(oracle)


def _accepted(change: Callable[[], object]) -> bool:
    try:
        from_tree(actor=boss(), change=change)
    except Refused:
        return False
    return True


def _compare(oracle: Oracle) -> None:
    assert paths_follow_parents([on(day) for day in range(FAR_DAY + 1)]) == []
    for day in range(FAR_DAY + 1):
        found = {row.unit_id: row for row in Placement.objects.on(on(day))}
        expected = {unit: spots[day] for unit, spots in oracle.spots.items() if spots[day] is not None}
        assert {unit: (row.parent_id, row.kind, row.stands) for unit, row in found.items()} == expected
        for unit, row in found.items():
            line = [unit_of(part) for part in segments(row.path)]
            above = [pk for pk in oracle.above(unit, day) if oracle.spots[pk][day][2]]  # type: ignore[index]
            assert line == [*reversed(above), *([unit] if row.stands else [])]
