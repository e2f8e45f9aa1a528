"""The actor of a day: roles at units, in at most two queries."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db.models import Value
from pytest_django import DjangoAssertNumQueries

from hatnhan.access import actions, actors
from hatnhan.access.models import Account
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.days import ONE
from hatnhan.units import actions as units
from tests.access.cast import Cast, administrator, boss
from tests.units.ground import START, TODAY


@pytest.fixture
def persons() -> Iterator[None]:
    """An upper module has told how an account's person is found: here, always person 41."""
    before = list(actors._person_of)
    actors.find_person_by(lambda _account: Value(41))
    yield
    actors._person_of[:] = before


def test_a_role_holds_at_its_unit_and_below_and_nowhere_else(people: Cast) -> None:
    ha = people.actor(people.ha)
    assert ha.can("access.manage", at=people.ground.lim)
    assert ha.can("access.manage", at=people.ground.class_cell)
    with pytest.raises(NotFound):
        ha.require("access.manage", at=people.ground.che)
    with pytest.raises(NotFound):
        ha.require("access.manage", at=people.ground.province)


def test_a_secretary_is_within_the_own_cell_but_may_not_look_after_accounts(people: Cast) -> None:
    with pytest.raises(Forbidden):
        people.actor(people.thuy).require("access.manage", at=people.ground.one)


@pytest.mark.usefixtures("persons")
def test_an_actor_costs_at_most_two_queries(
    people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    admin = administrator()
    bare = Account.objects.create(username="chua.co.gi", label="Chưa có gì", created_at=people.ha.created_at)
    for account, person in ((people.ha, 41), (bare, 41), (admin, None)):
        with django_assert_max_num_queries(2):
            actor = actors.actor_for(account, TODAY, "abc")
        assert (actor.account_id, actor.person_id, actor.request_id) == (account.pk, person, "abc")


def test_a_locked_account_and_no_account_are_nobody(people: Cast) -> None:
    actions.lock(actor=boss(), account=people.thuy, why="misuse", on=TODAY)
    assert people.actor(people.thuy).account_id is None
    assert actors.actor_for(None, TODAY).grants == ()


def test_a_role_holds_only_on_its_days(people: Cast) -> None:
    start, until = date(2026, 3, 1), date(2026, 6, 1)
    actions.give(actor=boss(), account=people.binh, role="inspector", unit=people.ground.lim, on=start, until=until)
    for day, holds in ((start - ONE, False), (start, True), (until - ONE, True), (until, False)):
        assert people.actor(people.binh, day).can("members.view", at=people.ground.lim) is holds


def test_a_role_at_a_unit_that_has_ended_gives_nothing_at_its_heir(people: Cast) -> None:
    units.dissolve(actor=boss(), unit=people.ground.three, on=date(2026, 5, 1))
    held = actions.give(
        actor=boss(), account=people.thuy, role="cell_secretary", unit=people.ground.three, on=START,
        until=date(2027, 1, 1),
    )  # fmt: skip
    assert held.unit == people.ground.three
    before, after = people.actor(people.thuy, date(2026, 4, 30)), people.actor(people.thuy, date(2026, 5, 1))
    assert before.can("members.view", at=people.ground.three)
    assert {grant.unit_id for grant in after.grants} == {people.ground.one.pk}
    assert not after.can("units.view", at=people.ground.lim)


def test_the_administrator_looks_after_accounts_everywhere_and_sees_no_member(people: Cast) -> None:
    admin = people.actor(administrator())
    for unit in (people.ground.province, people.ground.far_cell):
        assert admin.can("access.manage", at=unit)
        assert not admin.can("members.view", at=unit)
    assert admin.scope("access.manage").units().count() == 9
    assert {grant.unit_id for grant in admin.grants} == {people.ground.province.pk}


@pytest.mark.django_db
def test_the_administrator_acts_before_there_is_any_unit() -> None:
    actor = actors.actor_for(administrator(), TODAY)
    assert actor.can("access.manage")
    assert [grant.unit_id for grant in actor.grants] == [0]


def test_a_unit_that_moves_takes_its_officers_along(people: Cast) -> None:
    units.move(actor=boss(), unit=people.ground.one, to=people.ground.che, on=date(2026, 9, 1))
    khoa = people.actor(people.khoa)
    assert khoa.can("access.manage", at=people.ground.one)
    assert not people.actor(people.ha).can("access.manage", at=people.ground.one)
