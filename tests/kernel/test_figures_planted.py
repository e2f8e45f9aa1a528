"""A test that finds nothing proves little: the oracle must find each planted bug, in the smallest world where it shows.

Random worlds find them too, but which ones within a minute is a matter of chance."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import Q, QuerySet

from hatnhan.kernel.days import ONE
from hatnhan.kernel.figures import THEN, Distinct, Source, base, counting
from hatnhan.kernel.figures.question import Question, Stretch
from hatnhan.kernel.period import known
from tests import worlds
from tests.kernel.test_figures_worlds import Questions, Steps, look, passing

Patch = pytest.MonkeyPatch
real_stretches, real_flow_rows, real_hanging = Question.stretches, counting.flow_rows, counting._hanging
real_with_other = counting._with_other


def window_includes_its_end(patch: Patch) -> None:
    def longer(self: Question, first: date, last: date) -> list[Stretch]:
        found = real_stretches(self, first, last)
        return found if first == last else [s._replace(end=s.end + ONE) for s in found]

    patch.setattr(Question, "stretches", longer)


def only_the_first_path_of_a_moved_unit(patch: Patch) -> None:
    patch.setattr(Question, "stretches", lambda self, first, last: real_stretches(self, first, last)[:1])


def voided_rows_count(patch: Patch) -> None:
    patch.setattr(counting, "known", lambda at, prefix="": known(at, prefix) if prefix else Q())


def voided_places_count(patch: Patch) -> None:
    def forgetful(at: datetime | None, prefix: str = "") -> Q:
        return Q() if prefix.startswith("unit") else known(at, prefix)

    patch.setattr(counting, "known", forgetful)


def voided_standings_count(patch: Patch) -> None:
    def forgetful(at: datetime | None, prefix: str = "") -> Q:
        return Q() if prefix.startswith("person") else known(at, prefix)

    patch.setattr(counting, "known", forgetful)


def the_tree_of_the_last_day(patch: Patch) -> None:
    def late(source: Source, question: Question) -> QuerySet[Any]:
        frame = question.when.last if question.frame == THEN else question.frame
        return real_flow_rows(source, replace(question, frame=frame))

    patch.setattr(counting, "flow_rows", late)


def the_day_of_leaving_counts(patch: Patch) -> None:
    def long(source: Source, question: Question) -> QuerySet[Any]:
        last = question.when.last
        tree_day = last if question.frame == THEN else question.frame
        paths = [s.path for s in question.stretches(last, last)]
        chosen = [Q(valid_from__lte=last, valid_to__gte=last, **real_hanging(source, tree_day, p)) for p in paths]
        return counting._placed(source, question, chosen)

    patch.setattr(counting, "stock_rows", long)


def ended_units_vanish(patch: Patch) -> None:
    def standing(source: Source, day: Any, path: str) -> dict[str, Any]:
        return real_hanging(source, day, path) | {f"{counting._place(source)}__stands": True}

    patch.setattr(counting, "_hanging", standing)


def borders_are_forgotten(patch: Patch) -> None:
    for code in ("members.in", "members.out"):
        patch.setitem(base(code).__dict__, "border", False)


def the_border_stands_in_the_tree_of_the_last_day(patch: Patch) -> None:
    def late(rows: Any, source: Source, question: Question, stretches: list[Stretch]) -> Any:
        frame = question.when.last if question.frame == THEN else question.frame
        return real_with_other(rows, source, replace(question, frame=frame), stretches)

    patch.setattr(counting, "_with_other", late)


def persons_add_up_over_children(patch: Patch) -> None:
    patch.setattr(Distinct, "additive", True)


SEPTEMBER, OCTOBER, NOVEMBER = date(2025, 9, 10), date(2025, 10, 15), date(2025, 11, 20)
TOP, COMMUNE, CELL, OTHER_CELL, SISTER_CELL = 0, 3, 7, 8, 10  # places among the units of `worlds.found_base`
MOVE_CELL = ("move", 0, 4, OCTOBER)  # the cell to a commune of the other province
MOVE_SISTER = ("move", 3, 4, OCTOBER)

# The smallest world in which each bug shows, and what must be asked beyond the top over all the time.
BUGS: dict[Callable[[Patch], None], tuple[Steps, Questions]] = {
    window_includes_its_end: ([("receive", 0, CELL, OCTOBER)], [(TOP, SEPTEMBER, OCTOBER - ONE, None)]),
    only_the_first_path_of_a_moved_unit: ([MOVE_CELL, ("receive", 0, CELL, NOVEMBER)], []),
    voided_rows_count: ([("transfer", 0, OTHER_CELL, OCTOBER)], []),
    voided_places_count: ([MOVE_CELL], []),
    voided_standings_count: ([("recognise", 2, 0, OCTOBER)], []),
    the_tree_of_the_last_day: ([("receive", 0, CELL, SEPTEMBER), MOVE_CELL], []),
    the_day_of_leaving_counts: ([("leave", 0, 0, OCTOBER)], [(TOP, SEPTEMBER, OCTOBER, None)]),
    ended_units_vanish: (
        [("receive", 0, CELL, SEPTEMBER), ("merge", CELL, 0, OCTOBER)], [(TOP, SEPTEMBER - ONE, NOVEMBER, 10)],
    ),
    borders_are_forgotten: ([("transfer", 0, OTHER_CELL, OCTOBER)], []),
    the_border_stands_in_the_tree_of_the_last_day: ([("transfer", 0, SISTER_CELL, SEPTEMBER), MOVE_SISTER], []),
    persons_add_up_over_children: (
        [
            ("transfer", 1, CELL, SEPTEMBER), ("transfer", 1, OTHER_CELL, OCTOBER),
            ("transfer", 1, SISTER_CELL, NOVEMBER),
        ],
        [(COMMUNE, SEPTEMBER, NOVEMBER, None)],
    ),
}  # fmt: skip


def asked(steps: Steps, questions: Questions) -> list[str]:
    """Build the world, look at it, leave nothing behind; returns the steps that were taken."""
    with passing():
        done = worlds.build(steps)
        look(questions, balanced=False)
    return done


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found_in_the_world_made_for_it(bug: Callable[[Patch], None], monkeypatch: Patch) -> None:
    worlds.found_base()
    steps, questions = BUGS[bug]
    assert asked(steps, questions) == [name for name, *_rest in steps]
    bug(monkeypatch)
    with pytest.raises(AssertionError):
        asked(steps, questions)
