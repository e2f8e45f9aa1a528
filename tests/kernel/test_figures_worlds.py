"""Figures against the oracle on random worlds: totals, children, rows, months, frames, borders, balance, knowledge."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from hatnhan.kernel import figures
from hatnhan.kernel.days import ONE, after, months
from hatnhan.kernel.figures import THEN, Frame, On, Via, Window, base
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.members.figures import BALANCE
from hatnhan.units import actions as units
from hatnhan.units.models import UnitEvent
from tests import worlds
from tests.oracle import FLOWS, STOCKS, Oracle, sound
from tests.worlds import FIRST, LAST

MANY = int(os.environ.get("HATNHAN_WORLDS", "40"))
Questions = list[tuple[int, date, date, int | None]]
Steps = list[tuple[str, int, int, date]]

random_worlds = settings(
    max_examples=MANY, derandomize="HATNHAN_WORLDS" not in os.environ, deadline=None, database=None,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False,
)  # fmt: skip


turns = count()


class Undone(Exception):
    """The world was looked at and goes."""


@contextmanager
def passing() -> Iterator[None]:
    """A world that leaves nothing behind."""
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def compare(
    oracle: Oracle, unit: Unit, window: Window, frame: Frame, known_at: datetime | None = None, via: Via = "auto"
) -> int:
    """Every figure of one unit against the oracle, and the rows of every third; returns how many were compared."""
    codes = STOCKS + FLOWS
    asked = figures.table(codes, unit, window, frame, by="child", known_at=known_at, via=via)
    listing = next(turns) % 3
    alone = asked if listing else figures.table(codes, unit, window, frame, by=None, known_at=known_at, via=via)
    for i, code in enumerate(codes):
        truth = oracle.answer(code, unit.pk, window, frame)
        where = (code, unit.pk, window, frame, known_at, via)
        got = {key: row[code] for key, row in asked.parts.items() if row.get(code)}
        assert got == truth.parts, ("children", *where)
        assert asked.total[code] == alone.total[code] == truth.total, ("total", *where)
        if base(code).additive:
            assert sum(got.values()) == truth.total, ("adds up", *where)
        if i % 3 == listing:
            listed = list(figures.rows(code, unit, window, frame, known_at).values_list("pk", flat=True))
            assert sorted(listed) == sorted(truth.rows), ("rows", *where)
    return len(codes)


def compare_months(oracle: Oracle, unit: Unit, window: Window, frame: Frame, via: Via = "auto") -> None:
    asked = figures.table(STOCKS + FLOWS, unit, window, frame, by="month", via=via)
    for m in months(window.start, window.end):
        part = Window(max(m, window.start), min(after(m), window.end))
        truth = {code: oracle.answer(code, unit.pk, part, frame).total for code in STOCKS + FLOWS}
        got = {code: asked.part(m, code) for code in STOCKS + FLOWS}
        assert got == truth, ("months", unit.pk, part, frame, via)


def check_balance(unit: Unit, window: Window, frame: date) -> None:
    """In a fixed frame what came and what went explain the change of the stock."""
    opening = figures.value("members", unit, On(window.start - ONE), frame)
    asked = figures.table(["members", *BALANCE], unit, window, frame, by=None).total
    moved = sum(sign * asked[code] for code, sign in BALANCE.items())
    assert opening + moved == asked["members"], (unit.pk, window, frame, opening, asked)


def sharpened(oracle: Oracle, window: Window, n: int) -> Window:
    """Every other window ends on the day of a change: what happens on the border is what goes wrong."""
    days = sorted({row.start for row in oracle.members} | {row.end for row in oracle.members})
    ends = [day for day in days if window.start < day <= LAST]
    return Window(window.start, ends[n // 2 % len(ends)]) if n % 2 and ends else window


def look(questions: Questions, *, balanced: bool = True) -> int:
    """Ask at random, then everything that chance seldom asks: the top, and units that were moved, over all the time."""
    oracle, asked = Oracle(), 0
    sound(oracle)
    everyone = list(Unit.objects.order_by("pk"))
    for n, a, b, ahead in questions:
        unit, window = everyone[n % len(everyone)], sharpened(oracle, Window(min(a, b), max(a, b) + ONE), n)
        frame: Frame = THEN if ahead is None else window.last + timedelta(ahead)
        asked += compare(oracle, unit, window, frame)
        if n % 3 == 0:
            compare_months(oracle, unit, window, frame)
        if balanced:
            check_balance(unit, window, window.last + timedelta(ahead or 0))
    moved = [u for u in everyone if len({p.path for p in oracle.hung[u.pk] if p.stands}) > 1]
    for unit in [everyone[0], *moved[:2]]:
        asked += compare(oracle, unit, Window(FIRST, LAST), THEN)
    return asked


@pytest.mark.django_db
def test_every_figure_answers_what_walking_the_parents_gives() -> None:
    worlds.found_base()
    asked: list[int] = []

    @random_worlds
    @given(worlds.steps, worlds.questions)
    def explore(steps: Steps, questions: Questions) -> None:
        with passing():
            done = worlds.build(steps)
            asked.append(look(questions, balanced=not {"correct", "join", "withdraw"} & set(done)))

    explore()
    assert sum(asked) > MANY * 40


@pytest.mark.django_db
def test_what_was_known_at_a_moment_is_still_answered_after_everything_changed() -> None:
    worlds.found_base()

    @settings(random_worlds, max_examples=max(MANY // 4, 1))
    @given(worlds.steps, worlds.steps, worlds.questions)
    def explore(before: Steps, later: Steps, questions: Questions) -> None:
        with passing():
            worlds.build(before)
            moment = timezone.now()
            worlds.build([step for step in later if step[0] not in {"change", "join"}])
            oracle, everyone = Oracle(moment), list(Unit.objects.order_by("pk"))
            for n, a, b, _ahead in questions:
                compare(oracle, everyone[n % len(everyone)], Window(min(a, b), max(a, b) + ONE), THEN, moment)

    explore()


@pytest.mark.django_db
def test_undoing_a_merge_restores_every_answer() -> None:
    worlds.found_base()

    @settings(random_worlds, max_examples=max(MANY // 4, 1))
    @given(worlds.steps, worlds.small, worlds.small, worlds.day)
    def explore(steps: Steps, a: int, b: int, on: date) -> None:
        with passing():
            worlds.build([step for step in steps[:6] if step[0] != "undo"])
            before = everything()
            if not worlds.build([("merge", a, b, on)]):
                return
            event = UnitEvent.objects.latest("pk")
            try:
                units.undo_event(actor=worlds.actor(), event=event)
            except Refused as refused:
                raise AssertionError("a merge on which nothing was built could not be undone") from refused
            assert everything() == before

    explore()


def everything() -> list[object]:
    """What the upper units say over all the time, and what the top says in a later frame."""
    window, codes = Window(FIRST, LAST), ["members", "members.full", "units", *FLOWS]
    upper = list(Unit.objects.order_by("pk")[:7])
    then = [figures.table(codes, unit, window, THEN) for unit in upper]
    return [*then, figures.table(codes, upper[0], window, LAST + timedelta(30))]
