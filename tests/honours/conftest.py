"""The named world, built once for each file of tests; every test gets it as it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from hatnhan.honours.badges import actions
from tests.units.ground import START
from tests.world import World, boss, build


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world within a transaction around the whole file; the province has its symbol, and Bà Sáu's life ends in the
    tests that want it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        land = world.land
        world.receive(
            "hoa", "Ngô Thị Hoa", land.one, sex="f", birth="1966-04-01", decision_date="1986-12-10",
            ceremony_date="1986-12-20", official_date="1987-12-20",
        )  # fmt: skip
        world.receive(
            "tam", "Mai Văn Tám", land.two, sex="m", birth="1940-01-01", decision_date="1957-12-15",
            ceremony_date="1957-12-20", official_date="1958-12-20",
        )  # fmt: skip
        actions.set_symbol(actor=boss(), unit=land.province, symbol="SV", on=START)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """The world; what a test changes is rolled back."""
    return World(built.land, dict(built.people), dict(built.accounts), built.group)
