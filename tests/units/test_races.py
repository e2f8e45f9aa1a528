"""Two people who change the same organisations at one time."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

from django.db import connection

from hatnhan.kernel.audit import flaws
from hatnhan.kernel.models import Placement
from hatnhan.kernel.refusal import Refused
from hatnhan.units import actions, queries
from hatnhan.units.models import UnitEvent
from tests.databases import RealDatabase
from tests.units.ground import boss, found, ground, paths_follow_parents

ON = date(2026, 3, 1)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each act when all began together: done, or the codes of its refusal."""
    start, outcomes = Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait(20)
            acts[number]()
            outcomes[number] = "done"
        except Refused as refused:
            outcomes[number] = ",".join(refused.codes)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(outcomes)


def test_of_two_merges_of_the_same_cells_one_is_refused(real_db: RealDatabase) -> None:
    g = ground()
    outcomes = at_once(
        lambda: actions.merge(actor=boss(), units=[g.one, g.two], into=g.one, on=ON),
        lambda: actions.merge(actor=boss(), units=[g.two, g.three], into=g.three, on=ON),
    )
    assert outcomes == ["done", "not_standing"]
    assert UnitEvent.objects.count() == 1
    assert paths_follow_parents([ON]) == []
    assert list(flaws()) == []


def test_of_two_undos_one_is_refused(real_db: RealDatabase) -> None:
    g = ground()
    actions.merge(actor=boss(), units=[g.one, g.two], into=g.one, on=ON)
    event = UnitEvent.objects.get()
    outcomes = at_once(*[lambda: actions.undo_event(actor=boss(), event=event)] * 2)
    assert outcomes == ["done", "undone"]
    assert Placement.objects.on(ON).get(unit=g.two).stands


def test_of_two_units_with_one_code_one_is_refused(real_db: RealDatabase) -> None:
    g = ground()
    outcomes = at_once(
        lambda: found("Chi bộ thôn Bốn", "village_cell", g.lim, ON, code="91.7"),
        lambda: found("Chi bộ thôn Năm", "village_cell", g.lim, ON, code="91.7"),
    )
    assert outcomes == ["code", "done"]
    assert queries.by_code("91.7", ON) is not None
