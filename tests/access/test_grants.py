"""Giving and ending roles, hand-over, what happens when somebody leaves, reorganisation and undo."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hatnhan.access import actions
from hatnhan.access.models import Account, Grant
from hatnhan.access.queries import standing
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden, NotFound
from hatnhan.kernel.audit import in_words
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.models import Entry
from hatnhan.kernel.undo import take_back
from hatnhan.units import actions as units
from tests.access.cast import Cast, boss, opened, refused
from tests.units.ground import START, TODAY


@action("tests.outer")
def outer(*, actor: Actor, account: Account, why: str, on: date) -> int:
    """Another module's act, such as a death, that ends access on the way."""
    actions.person_gone(actor=actor, account=account, on=on, why=why)
    act().tell("Việc của mô-đun khác.")
    return act().id


@action("tests.undo")
def undo(*, actor: Actor, act_id: int) -> None:
    take_back(act_id)
    act().tell("Hoàn tác.")


def roles(account: Account, on: date = TODAY) -> set[tuple[str, int]]:
    return set(Grant.objects.on(on).filter(account=account).values_list("role", "unit_id"))


def words(account: Account) -> list[str]:
    entries = Entry.objects.filter(subjects__kind="access.account", subjects__key=account.pk).order_by("-pk")
    return in_words(entries[0])


def test_an_office_gives_a_role_in_its_commune_and_the_log_says_so(people: Cast) -> None:
    ha = people.actor(people.ha)
    actions.give(actor=ha, account=people.binh, role="cell_deputy", unit=people.ground.two, on=TODAY)
    assert ("cell_deputy", people.ground.two.pk) in roles(people.binh)
    assert words(people.binh) == [
        "Cấp cho tài khoản pham.van.binh vai trò Phó bí thư, chi ủy viên tại Chi bộ thôn Hai từ ngày 22/11/2026."
    ]


def test_nobody_gives_a_role_outside_the_own_scope_or_above_the_own(people: Cast) -> None:
    ha, lim, che = people.actor(people.ha), people.ground.lim, people.ground.che
    with pytest.raises(NotFound):
        actions.give(actor=ha, account=people.binh, role="member", unit=che, on=TODAY)
    with pytest.raises(NotFound):
        actions.give(actor=ha, account=people.khoa, role="member", unit=lim, on=TODAY)
    with pytest.raises(Forbidden):
        actions.give(actor=ha, account=people.binh, role="provincial", unit=lim, on=TODAY)
    with pytest.raises(Forbidden):
        actions.give(actor=people.actor(people.dung), account=people.binh, role="administrator", unit=lim, on=TODAY)
    with pytest.raises(Forbidden):
        actions.give(
            actor=people.actor(people.thuy), account=people.binh, role="member", unit=people.ground.one, on=TODAY
        )


def test_nobody_gives_a_role_to_the_own_account(people: Cast) -> None:
    with refused("own"):
        actions.give(
            actor=people.actor(people.ha), account=people.ha, role="inspector", unit=people.ground.lim, on=TODAY
        )


def test_an_account_with_a_role_above_is_seen_but_left_alone(people: Cast) -> None:
    actions.give(actor=boss(), account=people.thuy, role="provincial", unit=people.ground.province, on=TODAY)
    ha = people.actor(people.ha)
    with pytest.raises(Forbidden):
        actions.reset_passwords(actor=ha, accounts=[people.thuy])
    with pytest.raises(Forbidden):
        actions.lock(actor=ha, account=people.thuy, why="misuse", on=TODAY)
    with pytest.raises(Forbidden):
        actions.give(actor=ha, account=people.thuy, role="inspector", unit=people.ground.lim, on=TODAY)


@pytest.mark.parametrize(
    ("role", "start", "until", "code"),
    [
        ("king", TODAY, FAR, "role"),
        ("member", TODAY, TODAY, "until"),
        ("member", START - ONE, FAR, "not_standing"),
        ("member", TODAY, FAR, "same"),
    ],
)
def test_a_role_is_refused_with_its_reason(people: Cast, role: str, start: date, until: date, code: str) -> None:
    with refused(code):
        actions.give(actor=boss(), account=people.binh, role=role, unit=people.ground.one, on=start, until=until)


def test_the_database_refuses_the_same_role_twice(people: Cast) -> None:
    row = Grant.objects.filter(account=people.binh).get()
    row.pk = None
    with pytest.raises((IntegrityError, Exception), match="grant_once"), transaction.atomic():
        row.save(force_insert=True)


def test_a_role_is_ended_by_hand_from_a_day(people: Cast) -> None:
    row = Grant.objects.get(account=people.thuy)
    actions.end_grant(actor=people.actor(people.ha), grant=row, on=TODAY)
    assert roles(people.thuy, TODAY - ONE)
    assert not roles(people.thuy, TODAY)
    with refused("ended"):
        actions.end_grant(actor=people.actor(people.ha), grant=standing(people.thuy, START).get(), on=TODAY)


def test_a_role_that_came_with_an_office_ends_with_the_office_alone(people: Cast) -> None:
    row = actions.give(
        actor=boss(), account=people.binh, role="cell_secretary", unit=people.ground.two, on=TODAY, source=77
    )
    with refused("office"):
        actions.end_grant(actor=people.actor(people.ha), grant=row, on=TODAY + ONE)
    actions.take(actor=people.actor(people.ha), source=77, on=TODAY + ONE)
    assert ("cell_secretary", people.ground.two.pk) not in roles(people.binh, TODAY + ONE)
    with refused("none"):
        actions.take(actor=people.actor(people.ha), source=78, on=TODAY)


def test_an_office_that_ends_on_its_first_day_leaves_no_role(people: Cast) -> None:
    actions.give(actor=boss(), account=people.binh, role="cell_secretary", unit=people.ground.two, on=TODAY, source=77)
    actions.take(actor=boss(), source=77, on=TODAY)
    assert not Grant.objects.unvoided().filter(source=77).exists()


def test_nobody_ends_the_own_role(people: Cast) -> None:
    with refused("own"):
        actions.end_grant(actor=people.actor(people.ha), grant=Grant.objects.get(account=people.ha), on=TODAY)


def test_a_hand_over_ends_the_old_access_that_very_day(people: Cast) -> None:
    fresh = opened("Hoàng Thị Mơ", "member", people.ground.one)
    ha, one = people.actor(people.ha), people.ground.one
    actions.hand_over(actor=ha, old=people.thuy, new=fresh, unit=one, on=TODAY)
    assert not people.actor(people.thuy, TODAY).can("members.view", at=one)
    assert people.actor(fresh, TODAY).can("members.view", at=one)
    assert not people.actor(fresh, TODAY - ONE).can("members.view", at=one)
    assert Account.objects.get(pk=people.thuy.pk).locked_because == "handed_over"
    assert words(people.thuy)[0] == (
        "Bàn giao tại Chi bộ thôn Một từ tài khoản le.thi.thuy sang tài khoản hoang.thi.mo từ ngày 22/11/2026."
    )


def test_an_old_secretary_stays_a_member(people: Cast) -> None:
    one = people.ground.one
    actions.give(actor=boss(), account=people.thuy, role="member", unit=one, on=START)
    actions.hand_over(actor=people.actor(people.ha), old=people.thuy, new=people.binh, unit=one, on=TODAY)
    assert roles(people.thuy) == {("member", one.pk)}
    assert Account.objects.get(pk=people.thuy.pk).is_active
    assert roles(people.binh) == {("member", one.pk), ("cell_secretary", one.pk)}


def test_a_hand_over_later_does_not_lock_today(people: Cast) -> None:
    later = date(2027, 1, 1)
    actions.hand_over(actor=boss(), old=people.thuy, new=people.binh, unit=people.ground.one, on=later)
    assert Account.objects.get(pk=people.thuy.pk).is_active
    assert ("cell_secretary", people.ground.one.pk) in roles(people.thuy, later - ONE)
    assert not roles(people.thuy, later)


def test_a_hand_over_is_refused_with_its_reason(people: Cast) -> None:
    ha, one, two = people.actor(people.ha), people.ground.one, people.ground.two
    with refused("same"):
        actions.hand_over(actor=ha, old=people.thuy, new=people.thuy, unit=one, on=TODAY)
    with refused("none"):
        actions.hand_over(actor=ha, old=people.thuy, new=people.binh, unit=two, on=TODAY)
    with refused("own"):
        actions.hand_over(actor=ha, old=people.ha, new=people.binh, unit=people.ground.lim, on=TODAY)
    actions.lock(actor=ha, account=people.binh, why="misuse", on=TODAY)
    with refused("locked"):
        actions.hand_over(actor=ha, old=people.thuy, new=people.binh, unit=one, on=TODAY)
    with pytest.raises(NotFound):
        actions.hand_over(actor=ha, old=people.thuy, new=people.khoa, unit=one, on=TODAY)


def test_somebody_who_died_keeps_neither_role_nor_account(people: Cast) -> None:
    died = date(2026, 11, 20)
    outer(actor=people.actor(people.thuy), account=people.binh, why="died", on=died)
    account = Account.objects.get(pk=people.binh.pk)
    assert (account.is_active, account.locked_because) == (False, "died")
    assert roles(account, died - ONE)
    assert not roles(account, died)


def test_the_end_of_a_person_alone_asks_for_the_right(people: Cast) -> None:
    with pytest.raises(NotFound):
        actions.person_gone(actor=people.actor(people.thuy), account=people.binh, on=TODAY, why="died")
    ha = people.actor(people.ha)
    actions.person_gone(actor=ha, account=people.binh, on=TODAY, why="left")
    with refused("locked"):
        actions.person_gone(actor=ha, account=people.binh, on=TODAY, why="left")


def test_an_undone_death_opens_the_account_again_with_its_roles(people: Cast) -> None:
    done = outer(actor=boss(), account=people.binh, why="died", on=TODAY)
    undo(actor=boss(), act_id=done)
    account = Account.objects.get(pk=people.binh.pk)
    assert (account.is_active, account.locked_because, account.locked_in) == (True, "", None)
    assert roles(account) == {("member", people.ground.one.pk)}


def test_a_members_account_follows_to_the_other_cell(people: Cast) -> None:
    actions.follow(actor=people.actor(people.ha), account=people.binh, into=people.ground.two, on=TODAY)
    assert roles(people.binh, TODAY - ONE) == {("member", people.ground.one.pk)}
    assert roles(people.binh) == {("member", people.ground.two.pk)}
    with refused("none"):
        actions.follow(actor=people.actor(people.ha), account=people.thuy, into=people.ground.two, on=TODAY)


def test_in_a_merger_members_go_along_and_officers_end(people: Cast) -> None:
    land, on = people.ground, date(2026, 10, 1)
    both = opened("Nguyễn Thị Lan", "member", land.two)
    actions.give(actor=boss(), account=both, role="member", unit=land.one, on=START)
    effects = {effect.code: effect.count for effect in units.preview_merge([land.one, land.two], land.two, on)}
    assert (effects["accounts"], effects["roles"]) == (2, 1)
    units.merge(actor=boss(), units=[land.one, land.two], into=land.two, on=on)
    assert roles(people.binh) == {("member", land.two.pk)}
    assert roles(both) == {("member", land.two.pk)}
    assert roles(people.thuy) == set()
    assert roles(people.thuy, on - ONE) == {("cell_secretary", land.one.pk)}
