"""A small named world for tests over HTTP and of acts: a province with two communes, their cells, a dozen people and
those who look after them. Everybody and every place is invented.

    Đảng bộ tỉnh Sơn Vân                 Dũng, provincial staff
      Đảng bộ xã Lim Thượng              Hà, the office
        Chi bộ thôn Một                  Thủy, secretary · Bình, deputy · An, Ánh, Liên, Sáu
        Chi bộ thôn Hai                  Chi, Long
        Chi bộ thôn Ba                   nobody
        Đảng bộ Trường Lim Thượng
          Chi bộ Tổ Toán                 Hải
      Đảng bộ xã Chè Đông                Khoa, the office
        Chi bộ thôn Chè                  Khánh, and another An of the same name and birth
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.test import Client

from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account
from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Entry, Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.members import actions
from hatnhan.members.models import Person
from hatnhan.units import actions as units
from hatnhan.units.models import Group
from tests.access.cast import opened
from tests.units.ground import START, TODAY, Ground, ground

CARD = {"an": "091057000489", "anh": "091183000117", "far_an": "091057000733"}


@dataclass
class World:
    """The places, and people and accounts by a short name. `person` and `actor` read the database anew each time."""

    land: Ground
    people: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    group: Group | None = None

    def person(self, name: str) -> Person:
        return Person.objects.get(pk=self.people[name])

    def account(self, name: str) -> Account:
        return Account.objects.get(pk=self.accounts[name])

    def actor(self, name: str, on: date = TODAY) -> Actor:
        return actor_for(self.account(name), on)

    def browser(self, name: str) -> Client:
        """A browser in which the account is signed in."""
        client = Client()
        client.force_login(self.account(name))
        return client

    def page(self, name: str, tail: str = "") -> str:
        """The address of a person's page."""
        return f"/members/{self.people[name]}/{tail}"

    def receive(self, name: str, called: str, unit: Unit, **fields: Any) -> Person:
        """A member more, known by a short name."""
        options = {"on": START, "came": "loaded", **fields}
        for dated in ("birth", "decision_date", "ceremony_date", "official_date"):
            if dated in options:
                options[dated] = Known(options[dated])
        person = actions.receive(actor=boss(), name=called, unit=unit, **options)
        self.people[name] = person.pk
        return person


def boss() -> Actor:
    """The program itself."""
    return system("tests", TODAY)


def build() -> World:
    """Everything stands from `START` on."""
    world = World(ground())
    _people(world)
    _accounts(world)
    return world


def _people(world: World) -> None:
    land = world.land
    world.receive(
        "an", "Nguyễn Văn An", land.one, sex="m", birth="1957-05-03", decision_date="1981-03-20",
        ceremony_date="1981-04-02", official_date="1982-10-02", hometown="Xã Lim Thượng", occupation="Hưu trí",
        phone="0900000123", numbers={"card": CARD["an"]},
    )  # fmt: skip
    world.receive(
        "anh", "Trần Thị Ánh", land.one, sex="f", birth="1983-11", ceremony_date="2010-06-15",
        official_date="2011-06-15", numbers={"card": CARD["anh"]},
    )  # fmt: skip
    world.receive("thuy", "Lê Thị Thủy", land.one, sex="f", birth="1970-01-09", decision_date="1995-05-19",
                  ceremony_date="1995-06-01", official_date="1996-06-01")  # fmt: skip
    world.receive("binh", "Phạm Văn Bình", land.one, sex="m", birth="1965", ceremony_date="1990-09-02")
    world.receive("lien", "Đặng Thị Liên", land.one, sex="f", birth="2002-02-14", standing="probationary",
                  came="admitted", on=date(2026, 2, 3), decision_date="2026-01-20",
                  ceremony_date="2026-02-03")  # fmt: skip
    world.receive("sau", "Vũ Sáu", land.one, sex="m", birth="1941")
    world.receive("chi", "Hoàng Thị Chi", land.two, sex="f", birth="1988-08-19", ceremony_date="2015-08-19")
    world.receive("long", "Bùi Văn Long", land.two, sex="m", birth="1979-12-30", ceremony_date="2004-02-03")
    world.receive("hai", "Đỗ Quang Hải", land.class_cell, sex="m", birth="1976-04-30", ceremony_date="2001-05-19")
    world.receive("khanh", "Lý Thị Khánh", land.far_cell, sex="f", birth="1969-10-20", ceremony_date="1999-02-03")
    world.receive("far_an", "Nguyễn Văn An", land.far_cell, sex="m", birth="1957-05-03", ceremony_date="1985-02-03",
                  numbers={"card": CARD["far_an"]})  # fmt: skip
    who = boss()
    actions.appoint(actor=who, person=world.person("thuy"), unit=land.one, office="secretary", on=START)
    actions.set_participation(actor=who, person=world.person("sau"), kind="exempt", on=START, until=FAR)
    world.group = units.add_group(actor=who, unit=land.one, name="Tổ đảng số 1", on=START)


def _accounts(world: World) -> None:
    land = world.land
    for name, label, role, unit in (
        ("ha", "Trần Thu Hà", "office", land.lim),
        ("thuy", "Lê Thị Thủy", "cell_secretary", land.one),
        ("binh", "Phạm Văn Bình", "cell_deputy", land.one),
        ("an", "Nguyễn Văn An", "member", land.one),
        ("khoa", "Đỗ Minh Khoa", "office", land.che),
        ("dung", "Vũ Anh Dũng", "provincial", land.province),
    ):
        world.accounts[name] = opened(label, role, unit).pk


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """The act is refused with exactly these codes."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.codes == list(codes)


def last_entry() -> Entry:
    """The newest entry of the log."""
    return Entry.objects.select_related("payload").filter(refers_to__isnull=True).latest("id")
