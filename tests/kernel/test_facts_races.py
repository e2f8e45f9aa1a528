"""Eight people write in two cells of one organisation while the job counts and others read."""

import threading
from datetime import date
from random import Random

import pytest
from django.db import connection, connections

from hatnhan.kernel import facts, figures
from hatnhan.kernel.audit import flaws
from hatnhan.kernel.figures import Via, snapshot
from hatnhan.members import actions as members
from tests.databases import RealDatabase
from tests.units.ground import START, TODAY, Ground, boss, ground

WRITERS, ROUNDS = 8, 4
EVERY: tuple[Via, ...] = ("live", "facts", "sums")


def write(land: Ground, number: int, problems: list[str]) -> None:
    """Receive somebody and transfer the person to the other cell, again and again."""
    die = Random(number)
    try:
        for round_ in range(ROUNDS):
            one, other = die.sample([land.one, land.two], 2)
            someone = members.receive(
                actor=boss(), unit=one, on=START, name=f"Lê Văn {number} {round_}", came="admitted", sex="m"
            )
            members.transfer(actor=boss(), person=someone, to=other, on=date(2026, 3, 9))
    except Exception as error:
        problems.append(f"writer {number}: {error!r}")
    finally:
        connection.close()


def answers(land: Ground) -> set[int]:
    """The same number three ways, of one moment."""
    with snapshot():
        return {figures.value("members", land.lim, figures.On(TODAY), via=via) for via in EVERY}


def keep_and_read(land: Ground, over: threading.Event, problems: list[str], read: list[int]) -> None:
    """The job, and a reader between its steps."""
    try:
        while not over.is_set():
            facts.keep_up(TODAY)
            found = answers(land)
            read.append(len(found))
            if len(found) > 1:
                problems.append(f"readings disagree: {found}")
    except Exception as error:
        problems.append(f"job: {error!r}")
    finally:
        connection.close()


@pytest.mark.slow
def test_eight_writers_do_not_wait_for_each_other_crosswise_and_every_reading_is_right(real_db: RealDatabase) -> None:
    land = ground()
    facts.keep_up(TODAY)
    problems: list[str] = []
    read: list[int] = []
    over = threading.Event()
    job = threading.Thread(target=keep_and_read, args=(land, over, problems, read))
    writers = [threading.Thread(target=write, args=(land, number, problems)) for number in range(WRITERS)]
    for thread in (job, *writers):
        thread.start()
    for thread in writers:
        thread.join(180)
    over.set()
    job.join(60)
    assert problems == []
    assert read
    facts.keep_up(TODAY)
    assert answers(land) == {WRITERS * ROUNDS}
    assert figures.table(["members"], land.lim, figures.On(TODAY)).kept == figures.Kept(TODAY, 0)
    assert list(facts.flaws()) == []
    assert list(flaws()) == []
    connections.close_all()
