"""A test that finds nothing proves little: each planted bug must be found by the random worlds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import Q, QuerySet
from hypothesis import given, settings

from hatnhan.kernel.days import ONE
from hatnhan.kernel.figures import THEN, Distinct, Source, base, counting
from hatnhan.kernel.figures.question import Question, Stretch
from hatnhan.kernel.period import known
from tests import worlds
from tests.kernel.test_figures_worlds import Questions, Steps, look, passing, random_worlds

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


BUGS: list[Callable[[Patch], None]] = [
    window_includes_its_end, only_the_first_path_of_a_moved_unit, voided_rows_count, voided_places_count,
    voided_standings_count, the_tree_of_the_last_day, the_day_of_leaving_counts, ended_units_vanish,
    borders_are_forgotten, the_border_stands_in_the_tree_of_the_last_day, persons_add_up_over_children,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found(bug: Callable[[Patch], None], monkeypatch: Patch) -> None:
    worlds.found_base()

    @settings(random_worlds, max_examples=80, report_multiple_bugs=False)
    @given(worlds.steps, worlds.questions)
    def explore(steps: Steps, questions: Questions) -> None:
        with passing():
            worlds.build(steps)
            look(questions, balanced=False)

    bug(monkeypatch)
    with pytest.raises(AssertionError):
        explore()
