"""Accounts of the small ground of `tests.units.ground`: who looks after whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from hatnhan.access import actions
from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused
from tests.units.ground import START, TODAY, Ground, ground

PASSWORD = "mua thu nam ay"


def boss() -> Actor:
    """The program itself."""
    return system("tests", TODAY)


def opened(label: str, role: str, unit: Unit, on: date = START) -> Account:
    """An account that has signed in before and keeps its own password."""
    return _known(actions.create_account(actor=boss(), label=label, role=role, unit=unit, on=on).account)


@cache
def _kept() -> str:
    """Hashed once: at full cost, so that no use of it hashes anew."""
    return make_password(PASSWORD)


def _known(account: Account) -> Account:
    account.password, account.must_change_password, account.last_login = _kept(), False, timezone.now()
    account.save()
    return account


@dataclass(frozen=True)
class Cast:
    """Hà, office of Lim · Thủy, secretary of cell one · Bình, member there · Khoa, office of Chè · Dũng, province."""

    ground: Ground
    ha: Account
    thuy: Account
    binh: Account
    khoa: Account
    dung: Account

    def actor(self, account: Account, on: date = TODAY) -> Actor:
        return actor_for(Account.objects.get(pk=account.pk), on)


def cast() -> Cast:
    """Everybody has had the role since `START`."""
    land = ground()
    return Cast(
        ground=land,
        ha=opened("Trần Thu Hà", "office", land.lim),
        thuy=opened("Lê Thị Thủy", "cell_secretary", land.one),
        binh=opened("Phạm Văn Bình", "member", land.one),
        khoa=opened("Đỗ Minh Khoa", "office", land.che),
        dung=opened("Vũ Anh Dũng", "provincial", land.province),
    )


def administrator() -> Account:
    """The first account of the installation."""
    return _known(actions.create_administrator(actor=boss(), username="quan.tri", password=None).account)


def browser(account: Account) -> Client:
    """A browser in which the account is signed in."""
    client = Client()
    client.force_login(account)
    return client


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The act is refused with exactly this code."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.codes == [code]
