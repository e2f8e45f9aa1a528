"""The named world, built once for each file of tests; every test gets it as it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from hatnhan.duties.kinds import KINDS, Kind, Thing
from tests.world import World, build


@pytest.fixture(autouse=True)
def a_kind() -> Iterator[None]:
    """A kind of duty of the tests' own: its things are called by their number."""
    KINDS["tests.thing"] = Kind(
        "tests.thing", "Việc thử", lambda _actor, ids, _on: {pk: Thing(f"Việc số {pk}", f"/thing/{pk}/") for pk in ids}
    )
    yield
    del KINDS["tests.thing"]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world within a transaction around the whole file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """The world; what a test changes is rolled back."""
    return World(built.land, dict(built.people), dict(built.accounts), built.group)
