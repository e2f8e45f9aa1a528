"""Kept figures on random worlds: list = live = facts = sums = what walking the parents gives, whatever is marked,
counted or rebuilt in between; every kept month at the top, and every unit that ever moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from hatnhan.kernel import facts, figures
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.fact_models import KeptMonth
from hatnhan.kernel.figures import THEN, Frame, On, Via, Window
from hatnhan.kernel.models import Unit
from tests import worlds
from tests.kernel.test_figures_worlds import (
    MANY,
    Questions,
    Steps,
    compare,
    compare_months,
    passing,
    random_worlds,
    sharpened,
)
from tests.oracle import FLOWS, STOCKS, Oracle, sound
from tests.worlds import FIRST, LAST, MONTHS

KEPT: tuple[Via, ...] = ("facts", "sums")
TODAY = date(2026, 1, 17)
OPEN = Window(date(2025, 7, 1), LAST)


@contextmanager
def kept_world() -> Iterator[None]:
    """The base of the random worlds, with all its months kept as of a day in the last."""
    worlds.found_base()
    facts.rebuild(TODAY)
    yield


def look_at_kept(questions: Questions, tops: int = 3) -> int:
    """Questions at random, then the sweep: everything that chance seldom asks, in the `tops` upper units."""
    oracle, asked = Oracle(), 0
    sound(oracle)
    everyone = list(Unit.objects.order_by("pk"))
    for n, a, b, ahead in questions:
        window = sharpened(oracle, Window(min(a, b), max(a, b) + ONE), n)
        if n % 2:  # whole months more often than chance would give
            window = Window(window.start.replace(day=1), after(window.last.replace(day=1)))
        frame: Frame = THEN if ahead is None else window.last + timedelta(ahead)
        for via in KEPT:
            asked += compare(oracle, everyone[n % len(everyone)], window, frame, via=via)
            if n % 3 == 0:
                compare_months(oracle, everyone[n % len(everyone)], window, frame, via)
    asked += sweep(oracle, everyone[:tops])
    moved = [u for u in everyone if len({p.path for p in oracle.hung[u.pk] if p.stands}) > 1]
    for number, unit in enumerate([everyone[0], *moved]):
        for via in KEPT if number < tops else KEPT[number % 2 :][:1]:
            asked += compare(oracle, unit, OPEN, THEN, via=via)
    assert [flaw for flaw in facts.flaws()] == []  # noqa: C416 - shown whole when it fails
    return asked


def sweep(oracle: Oracle, tops: list[Unit]) -> int:
    """Every kept month at the top and below it, on its day and on one within it, by child: where stale numbers show."""
    asked = 0
    additive = [code for code in STOCKS + FLOWS if figures.base(code).measure.additive]
    for row in KeptMonth.objects.order_by("month"):
        for unit in tops:
            for last in {row.day, row.month + timedelta(12)}:
                window = Window(row.month, last + ONE)
                truth = {code: oracle.answer(code, unit.pk, window, THEN).parts for code in additive}
                for via in KEPT:
                    parts = figures.table(additive, unit, window, via=via).parts
                    got = {code: {k: r[code] for k, r in parts.items() if r.get(code)} for code in additive}
                    assert got == truth, ("sweep", via, unit.pk, window)
                    asked += len(additive)
    return asked


@pytest.mark.slow
@pytest.mark.django_db
def test_kept_figures_answer_what_walking_the_parents_gives() -> None:
    asked: list[int] = []
    with kept_world():

        @settings(random_worlds, max_examples=max(MANY // 2, 1))
        @given(worlds.kept_steps, worlds.questions)
        def explore(steps: Steps, questions: Questions) -> None:
            with passing():
                worlds.build(steps)
                asked.append(look_at_kept(questions))

        explore()
    assert sum(asked) > MANY * 100


@pytest.mark.django_db
def test_after_everything_is_counted_nothing_waits_and_all_agrees() -> None:
    with kept_world():

        @settings(random_worlds, max_examples=max(MANY // 8, 1))
        @given(worlds.steps)
        def explore(steps: Steps) -> None:
            with passing():
                worlds.build(steps)
                facts.keep_up(TODAY)
                assert not facts.needed(TODAY)
                assert list(facts.flaws()) == []
                oracle, top = Oracle(), Unit.objects.order_by("pk")[0]
                sweep(oracle, [top])
                read = figures.table(["members"], top, On(TODAY))
                assert read.kept is not None
                assert read.kept.pending == 0

        explore()


def test_the_worlds_reach_over_the_kept_months() -> None:
    assert FIRST < TODAY < LAST
    assert TODAY.replace(day=1) in MONTHS
