"""The log of a person says what can still be undone, and undoes it."""

from collections.abc import Callable
from datetime import date

import pytest

from hatnhan.access.actors import actor_for
from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.models import Entry
from hatnhan.members import actions, permissions
from hatnhan.members.models import Membership, Person
from tests.units.ground import TODAY, tables
from tests.world import World, boss, last_entry, refused

DAY = date(2026, 10, 1)


def entry_page(world: World, who: str, entry: Entry, name: str = "an") -> str:
    return world.browser(who).get(world.page(name, f"log/{entry.pk}/")).content.decode()


def test_a_change_is_undone_with_what_was_known_before(world: World) -> None:
    before = world.person("an").phone
    actions.change(actor=world.actor("thuy"), person=world.person("an"), on=TODAY, phone="0900000999")
    entry = last_entry()
    assert "Hoàn tác việc này" in entry_page(world, "thuy", entry)
    answer = world.browser("thuy").post(world.page("an", f"log/{entry.pk}/"), {"reason": "Ghi nhầm người"})
    assert answer.status_code == 302
    assert world.person("an").phone == before
    undone = last_entry()
    assert (undone.code, undone.reason) == ("members.undo_act", "Ghi nhầm người")


def transferred(world: World) -> None:
    actions.transfer(actor=boss(), person=world.person("an"), to=world.land.two, on=DAY)


def exempted(world: World) -> None:
    person = world.person("an")
    actions.set_participation(actor=boss(), person=person, kind="exempt", on=DAY, until=date(2027, 1, 1))


def appointed(world: World) -> None:
    actions.appoint(actor=boss(), person=world.person("an"), unit=world.land.one, office="deputy_secretary", on=DAY)


def died(world: World) -> None:
    actions.leave(actor=boss(), person=world.person("an"), how="deceased", on=DAY)


@pytest.mark.parametrize("change", [transferred, exempted, appointed, died])
def test_what_was_recorded_is_taken_back_whole(world: World, change: Callable[[World], None]) -> None:
    before = tables()
    change(world)
    entry = last_entry()
    assert tables() != before
    actions.undo_act(actor=world.actor("ha"), person=world.person("an"), entry=entry, reason="Ghi nhầm")
    assert tables() == before


def test_an_office_taken_back_leaves_no_rights_behind(world: World) -> None:
    actions.appoint(actor=boss(), person=world.person("long"), unit=world.land.lim, office="secretary", on=DAY)
    entry = last_entry()
    slip = actions.open_account(actor=boss(), person=world.person("long"), on=TODAY)
    assert actor_for(slip.account, TODAY).can(permissions.CHANGE, at=world.land.one)
    actions.undo_act(actor=world.actor("dung"), person=world.person("long"), entry=entry, reason="Ghi nhầm người")
    assert not actor_for(slip.account, TODAY).can(permissions.CHANGE, at=world.land.one)


def test_without_a_reason_nothing_is_undone(world: World) -> None:
    actions.change(actor=boss(), person=world.person("an"), on=TODAY, phone="0900000999")
    answer = world.browser("ha").post(world.page("an", f"log/{last_entry().pk}/"), {"reason": " "})
    assert answer.status_code == 422
    assert world.person("an").phone == "0900000999"


def test_what_was_built_on_says_why_it_stays(world: World) -> None:
    transferred(world)
    entry = last_entry()
    actions.transfer(actor=boss(), person=world.person("an"), to=world.land.three, on=TODAY)
    text = entry_page(world, "ha", entry)
    assert "Không hoàn tác được: sau đó đã có thay đổi khác" in text
    assert "Hoàn tác việc này" not in text
    with refused("built_on"):
        actions.undo_act(actor=world.actor("ha"), person=world.person("an"), entry=entry, reason="x")


def test_undoing_needs_the_right_that_the_change_needed(world: World) -> None:
    appointed(world)
    entry = last_entry()
    assert "do người có quyền ghi việc đó làm" in entry_page(world, "thuy", entry)
    for actor in ("thuy", "binh"):
        with pytest.raises(Forbidden):
            actions.undo_act(actor=world.actor(actor), person=world.person("an"), entry=entry, reason="x")
    assert world.browser("thuy").post(world.page("an", f"log/{entry.pk}/"), {"reason": "x"}).status_code == 403


def test_an_act_upon_somebody_else_is_not_undone_here(world: World) -> None:
    actions.transfer(actor=boss(), person=world.person("anh"), to=world.land.two, on=DAY)
    with refused("larger"):
        actions.undo_act(actor=world.actor("ha"), person=world.person("an"), entry=last_entry(), reason="x")
    assert Membership.objects.on(TODAY).get(person=world.people["anh"]).unit_id == world.land.two.pk


def test_an_act_upon_more_people_leads_to_where_it_is_undone(world: World) -> None:
    world.receive("again", "Nguyễn Văn An", world.land.two)
    actions.merge_people(actor=boss(), kept=world.person("an"), gone=world.person("again"), on=TODAY)
    text = entry_page(world, "ha", last_entry())
    assert "Tách lại hai hồ sơ" in text
    assert "Hoàn tác việc này" not in text


def test_a_person_taken_in_by_mistake_disappears(world: World) -> None:
    world.receive("wrong", "Cao Văn Nhầm", world.land.two)
    person, entry = world.person("wrong"), last_entry()
    answer = world.browser("ha").post(world.page("wrong", f"log/{entry.pk}/"), {"reason": "Trùng người"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/members/")
    assert Person.objects.get(pk=person.pk).voided_at is not None


def test_an_entry_of_somebody_else_is_not_found(world: World) -> None:
    actions.change(actor=boss(), person=world.person("khanh"), on=TODAY, phone="0900000999")
    entry = last_entry()
    for name in ("an", "khanh"):
        assert world.browser("ha").get(world.page(name, f"log/{entry.pk}/")).status_code == 404
