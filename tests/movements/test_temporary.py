"""Temporarily elsewhere: there without a vote, at home counted; how long, and back again."""

from datetime import date
from typing import Any

import pytest

from hatnhan.kernel.figures import On, table
from hatnhan.members.models import Membership
from hatnhan.members.queries import last_home, participation
from hatnhan.movements.models import TemporaryStay
from hatnhan.movements.temporary import actions, queries
from tests.api.program import program
from tests.units.ground import TODAY
from tests.world import World, refused

pytestmark = pytest.mark.django_db
SINCE = date(2026, 6, 1)


def away(world: World, last: date = date(2026, 12, 31), name: str = "an", **more: Any) -> TemporaryStay:
    given = {"why": "work", "on": SINCE, "number": "7-TT", "to": world.land.far_cell, **more}
    return actions.begin_stay(actor=world.actor("ha"), person=world.person(name), last=last, **given)


def test_counted_at_home_and_a_guest_there(world: World) -> None:
    stay = away(world)
    assert last_home(world.person("an")).unit == world.land.one  # type: ignore[union-attr]
    assert participation(world.person("an"), TODAY).kind == "temporary_out"  # type: ignore[union-attr]
    there = Membership.objects.on(TODAY).get(person=world.people["an"], unit=world.land.far_cell)
    assert there.kind == "temporary"
    assert table(["members"], world.land.far_cell, On(TODAY)).total["members"] == 2
    assert queries.find(world.actor("khoa"), stay.pk) == stay
    assert world.browser("khoa").get(f"/temporary/{stay.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("why", "last", "fits"),
    [
        ("work", date(2025, 11, 29), False), ("work", date(2025, 11, 30), True), ("work", date(2026, 8, 30), True),
        ("work", date(2026, 8, 31), False), ("study", date(2027, 8, 31), True), ("study", date(2027, 9, 1), False),
    ],
)  # fmt: skip
def test_three_months_to_less_than_twelve_and_studies_to_twenty_four(
    world: World, why: str, last: date, fits: bool
) -> None:
    """Begun on 1/9/2025, under 294-QĐ/TW itself: the rule is verified and refuses, whoever insists."""
    if fits:
        assert away(world, last, why=why, on=date(2025, 9, 1)).first_until > last
    else:
        with refused("length"):
            away(world, last, why=why, on=date(2025, 9, 1), despite=True)


def test_after_the_regulation_was_replaced_the_length_only_warns(world: World) -> None:
    with refused("length"):
        away(world, date(2026, 6, 20))
    assert away(world, date(2026, 6, 20), despite=True).state == "away"


def test_extended_and_back_again(world: World) -> None:
    ha, stay = world.actor("ha"), away(world, date(2026, 10, 31))
    with refused("last"):
        actions.extend_stay(actor=ha, stay=stay, last=date(2026, 10, 1))
    actions.extend_stay(actor=ha, stay=stay, last=date(2027, 3, 31))
    assert participation(world.person("an"), date(2027, 3, 31)).kind == "temporary_out"  # type: ignore[union-attr]
    actions.end_stay(actor=ha, stay=stay, on=TODAY)
    assert participation(world.person("an"), TODAY) is None
    assert not Membership.objects.on(TODAY).filter(person=world.people["an"], kind="temporary").exists()
    with refused("state"):
        actions.end_stay(actor=ha, stay=stay, on=TODAY)


def test_what_is_refused(world: World) -> None:
    with refused("already_there"):
        away(world, to=world.land.one)
    away(world)
    with refused("open_case"):
        away(world, number="8-TT")
    with refused("letter_used"):
        away(world, name="anh")


def test_over_pages_and_the_api(world: World) -> None:
    browser, person = world.browser("ha"), world.people["an"]
    path = f"/members/{person}/temporary/begin/"
    assert path in browser.get(world.page("an")).content.decode()
    sent = {"why": "work", "number": "9-TT", "on": "1/6/2026", "last": "31/12/2026"}
    assert browser.post(f"{path}?to={world.land.far_cell.pk}", sent).status_code == 302
    stay = TemporaryStay.objects.get()
    assert "Nguyễn Văn An" in browser.get("/temporary/").content.decode()
    assert browser.post(f"/temporary/{stay.pk}/extend/", {"last": "1/1/2026"}).status_code == 422
    ha = program(world, "ha")
    assert ha.get("/temporary").said["count"] == 1
    assert ha.post(f"/temporary/{stay.pk}/end", {"on": "2026-11-20"}).status == 200
