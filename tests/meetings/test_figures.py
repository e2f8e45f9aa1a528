"""The figures of meetings against worlds made by hand."""

from datetime import date, time

from hatnhan.kernel.days import ONE
from hatnhan.kernel.figures import THEN, Window, by_child, quotient, rows, value
from hatnhan.kernel.models import Unit
from hatnhan.meetings import actions
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import Meeting
from hatnhan.units import actions as units
from tests.units.ground import TODAY
from tests.world import World, boss

YEAR = Window(date(2026, 1, 1), date(2027, 1, 1))
SO_FAR = Window(date(2026, 1, 1), TODAY + ONE)


def held(unit: Unit, on: date, kind: str = "regular", **changes: object) -> Meeting:
    sheet = Sheet(kind, on, time(19), time(20, 30), **changes)  # type: ignore[arg-type]
    return actions.record(actor=boss(), unit=unit, sheet=sheet)


def numbers(unit: Unit, when: Window = YEAR) -> dict[str, int]:
    codes = ("held", "regular", "thematic", "met", "due", "present", "minutes", "spoke", "resolutions", "tasks",
             "tasks_done")  # fmt: skip
    return {code: value(f"meetings.{code}", unit, when) for code in codes}


def test_every_figure_of_a_small_year(world: World) -> None:
    land = world.land
    held(land.one, date(2026, 9, 3), marks={world.people["binh"]: "excused"}, spoke=2,
         tasks=[TaskSheet("Một", date(2026, 9, 20)), TaskSheet("Hai", date(2026, 9, 20))])  # fmt: skip
    held(land.one, date(2026, 10, 3), kind="both", outcome="resolution", outcome_text="Nghị quyết", spoke=3,
         reports={queries.open_tasks(land.one, date(2026, 10, 3))[0].pk: "done"})  # fmt: skip
    held(land.one, date(2026, 10, 20), kind="extraordinary")
    held(land.two, date(2026, 10, 3), kind="thematic", marks={world.people["long"]: "unexcused"})
    held(land.far_cell, date(2026, 10, 3))
    assert numbers(land.one) == {
        "held": 3, "regular": 2, "thematic": 1, "met": 1, "due": 15, "present": 14, "minutes": 270, "spoke": 5,
        "resolutions": 1, "tasks": 2, "tasks_done": 1,
    }  # fmt: skip
    assert numbers(land.lim) == {
        "held": 4, "regular": 2, "thematic": 2, "met": 1, "due": 17, "present": 15, "minutes": 360, "spoke": 5,
        "resolutions": 1, "tasks": 2, "tasks_done": 1,
    }  # fmt: skip
    assert quotient("meetings.attendance", land.lim, YEAR)[:] == (15, 17)
    assert by_child("meetings.met", land.province, YEAR) == {land.lim.pk: 1, land.che.pk: 1}
    assert numbers(land.one, Window(date(2026, 10, 1), date(2026, 11, 1)))["held"] == 2
    assert {row.unit_id for row in rows("meetings.thematic", land.lim, YEAR)} == {land.one.pk, land.two.pk}


def test_what_was_taken_back_counts_nowhere_but_in_what_was_known(world: World) -> None:
    one = held(world.land.one, date(2026, 10, 3))
    known = one.recorded_at
    actions.withdraw(actor=boss(), meeting=one, reason="Nhầm")
    assert value("meetings.held", world.land.one, YEAR) == 0
    assert value("meetings.held", world.land.one, YEAR, known_at=known) == 1


def test_meetings_of_a_merged_cell_stay_its_own_and_count_with_what_became_of_it(world: World) -> None:
    land = world.land
    held(land.one, date(2026, 9, 3), tasks=[TaskSheet("Làm đường", date(2026, 12, 1))])
    held(land.two, date(2026, 9, 3))
    merged = land.three
    units.merge(actor=boss(), units=[land.one, land.two], into=merged, on=date(2026, 10, 1))
    held(merged, date(2026, 10, 3))
    assert sorted(Meeting.objects.values_list("unit_id", flat=True)) == sorted([land.one.pk, land.two.pk, merged.pk])
    assert value("meetings.held", land.lim, YEAR, frame=THEN) == 3
    assert value("meetings.held", merged, SO_FAR, frame=TODAY) == 3
    assert value("meetings.met", merged, Window(date(2026, 10, 1), TODAY + ONE), frame=TODAY) == 1
    assert [task.text for task in queries.open_tasks(merged, TODAY)] == ["Làm đường"]
