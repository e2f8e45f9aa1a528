"""The named world, built once for each file of tests; every test gets it as it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.world import World, build


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
