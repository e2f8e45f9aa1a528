"""What a member reads and takes along of the own record: everything, logged, and nobody else's."""

import json
from typing import Any

import pytest

from hatnhan.kernel.actor import NotFound
from hatnhan.members import actions
from hatnhan.members.corrections.actions import ask_correction
from hatnhan.members.models import Person
from tests.units.ground import TODAY
from tests.world import CARD, World, boss, last_entry

PAGES = ("/me/", "/me/looks/", "/me/who/", "/me/export/")


@pytest.fixture
def member(world: World) -> World:
    """An has an account that is his, and something of his was changed."""
    Person.objects.filter(pk=world.people["an"]).update(account=world.accounts["an"])
    actions.change(
        actor=boss(), person=world.person("an"), on=TODAY, occupation="Nông dân", sealed="Kinh; Phật giáo",
        reason="Ghi lại cho đúng",
    )  # fmt: skip
    return world


def copy(world: World) -> dict[str, Any]:
    answer = world.browser("an").post("/me/export/", {"form": "json"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_the_own_page_shows_every_tier_without_numbers_in_full(member: World) -> None:
    text = member.browser("an").get("/me/").content.decode()
    for said in ("3/5/1957", "0900000123", "Nông dân", "…489", "/me/looks/", "/me/who/", "/me/export/"):
        assert said in text, said
    assert CARD["an"] not in text
    assert "Phật" not in text


def test_the_file_holds_everything_and_earlier_values(member: World) -> None:
    member.browser("ha").get(member.page("an"))
    found = copy(member)
    assert found["fields"]["name"] == "Nguyễn Văn An"
    assert found["fields"]["birth"] == "1957-05-03"
    assert [one["number"] for one in found["numbers"]] == [CARD["an"]]
    assert found["earlier_values"][0]["values"]["occupation"] == "Hưu trí"
    assert {one["kind"] for one in found["standings"]} == {"probationary", "full"}
    assert found["memberships"][0]["unit_id"] == member.land.one.pk
    assert [one["by"] for one in found["looks"]] == ["Trần Thu Hà"]
    assert "Ghi lại cho đúng" in [one["why"] for one in found["changes"]]
    assert found["may_see"]["places"][0]["name"] == "Chi bộ thôn Một"
    assert found["account"]["roles"][0]["unit"] == "Chi bộ thôn Một"


def test_the_file_holds_the_own_requests_for_correction(member: World) -> None:
    ask_correction(
        actor=member.actor("an"), person=member.person("an"), field="phone", right="0900000777", why="Đã đổi số"
    )
    found = copy(member)["corrections"]
    assert [(one["field"], one["stated"], one["why"]) for one in found] == [("phone", "0900000777", "Đã đổi số")]


def test_what_nobody_reads_is_named_and_not_opened(member: World) -> None:
    text = json.dumps(copy(member), ensure_ascii=False)
    assert "Phật" not in text
    assert "Kinh" not in text
    assert "không mở" in text


def test_each_copy_is_logged(member: World) -> None:
    copy(member)
    assert last_entry().code == "members.own_export"
    answer = member.browser("an").post("/me/export/", {"form": "pdf"})
    assert answer.content.startswith(b"%PDF-")
    assert last_entry().payload.values["form"] == "PDF"


def test_looking_at_the_form_takes_nothing(member: World) -> None:
    before = last_entry().pk
    assert member.browser("an").get("/me/export/").status_code == 200
    assert member.browser("an").post("/me/export/", {"form": "xml"}).status_code == 200
    assert last_entry().pk == before


def test_nobody_takes_another_ones_copy(member: World) -> None:
    for actor in (member.actor("ha"), boss()):
        with pytest.raises(NotFound):
            actions.own_export(actor=actor, person=member.person("an"), form="json")


@pytest.mark.parametrize("page", PAGES)
def test_an_account_without_a_person_is_told_so(world: World, page: str) -> None:
    answer = world.browser("dung").get(page)
    assert answer.status_code == 200
    assert "Nguyễn Văn An" not in answer.content.decode()


def test_the_menu_leads_to_the_own_record_only_where_there_is_one(member: World) -> None:
    assert 'href="/me/"' in member.browser("an").get("/duties/").content.decode()
    assert 'href="/me/"' not in member.browser("dung").get("/duties/").content.decode()
