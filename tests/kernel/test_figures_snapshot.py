"""All statements of one answer see one moment, on both databases, while others write."""

from datetime import date
from threading import Thread

from django.db import connection

from hatnhan.kernel import figures
from hatnhan.kernel.figures import On, Window
from hatnhan.members import actions as members
from tests.databases import RealDatabase
from tests.units.ground import START, TODAY, Ground, boss, ground


def receive(land: Ground, name: str) -> None:
    members.receive(actor=boss(), unit=land.one, on=START, name=name, came="admitted")


def meanwhile(land: Ground, name: str) -> None:
    """Another thread, with a connection of its own, records a member and commits."""

    def write() -> None:
        receive(land, name)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    thread.join()


def test_all_numbers_of_a_snapshot_are_of_one_moment(real_db: RealDatabase) -> None:
    land = ground()
    receive(land, "Lê Văn Một")
    with figures.snapshot():
        assert figures.value("members", land.lim, On(TODAY)) == 1
        meanwhile(land, "Lê Văn Hai")
        with figures.snapshot():
            assert figures.value("members", land.lim, On(TODAY)) == 1
    assert figures.value("members", land.lim, On(TODAY)) == 2


def test_after_a_failure_within_a_snapshot_writing_goes_on(real_db: RealDatabase) -> None:
    land = ground()
    try:
        with figures.snapshot():
            figures.value("members", land.lim, On(TODAY))
            raise LookupError
    except LookupError:
        receive(land, "Lê Văn Một")
    year = Window(date(2025, 1, 1), date(2026, 1, 1))
    assert figures.value("members.admitted", land.lim, year) == 1
