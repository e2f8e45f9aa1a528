"""The small world of the tests, with what its members pay by."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from hatnhan.dues.payers.actions import set_payer
from hatnhan.rulebook.actions import set_local
from tests.world import World, boss, build

FROM = date(2026, 2, 1)


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


@pytest.fixture
def paying(world: World) -> World:
    """In cell One everybody but Liên has a class: Thủy earns 8,000,000, An's pension is 6,000,000; and the cell keeps
    what the commune has decided."""
    who = boss()
    for name, kind, base in (
        ("thuy", "insured", 8_000_000), ("an", "pensioner", 6_000_000), ("anh", "uninsured", None),
        ("binh", "uninsured_retired", None), ("sau", "uninsured_retired", None),
    ):  # fmt: skip
        set_payer(actor=who, person=world.person(name), kind=kind, base=base, month=FROM)
    return world


@pytest.fixture
def decided(paying: World) -> World:
    """The shares are set by decisions of the province: cell 70, commune 80, province 50 per cent."""
    for code, value in (("cell", 70), ("commune", 80), ("upper", 50), ("grassroots", 60)):
        set_local(
            actor=boss(), unit=paying.land.province, key=f"dues.split.{code}", value=value, decision="12-QĐ/TU",
            on=FROM,
        )  # fmt: skip
    return paying
