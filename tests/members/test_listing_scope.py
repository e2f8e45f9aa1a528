"""Nothing outside the reader's scope appears: in the list, its count, search, files, quick find."""

import re

import pytest
from django.test import Client

from tests.members.taking import taken
from tests.units.ground import START
from tests.world import World


def names(text: str) -> list[str]:
    """The names of a list page, in its order."""
    return re.findall(r'<a class="name" href="/members/\d+/[^"]*">([^<]+)</a>', text)


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/members/{query}")
    assert answer.status_code == 200
    return names(answer.content.decode())


def test_a_cell_secretary_sees_the_own_cell_by_given_name(world: World) -> None:
    assert listed(world.browser("thuy")) == [
        "Nguyễn Văn An", "Trần Thị Ánh", "Phạm Văn Bình", "Đặng Thị Liên", "Vũ Sáu", "Lê Thị Thủy",
    ]  # fmt: skip


def test_the_office_sees_the_commune_and_not_its_neighbour(world: World) -> None:
    found = listed(world.browser("ha"))
    assert len(found) == 9
    assert "Lý Thị Khánh" not in found
    assert found.count("Nguyễn Văn An") == 1


def test_the_count_is_of_the_scope(world: World) -> None:
    assert "9 người" in world.browser("ha").get("/members/").content.decode()
    assert "11 người" in world.browser("dung").get("/members/").content.decode()


@pytest.mark.parametrize("query", ["?q=an", "?q=nva", "?q=1957", "?q=an+nguyen", "?q=NGUY%E1%BB%84N+V%C4%82N+AN"])
def test_search_stays_in_the_scope(world: World, query: str) -> None:
    assert listed(world.browser("thuy"), query).count("Nguyễn Văn An") == 1
    assert listed(world.browser("dung"), query).count("Nguyễn Văn An") == 2


def test_a_unit_below_can_be_asked_for(world: World) -> None:
    ha = world.browser("ha")
    assert listed(ha, f"?unit={world.land.two.pk}") == ["Hoàng Thị Chi", "Bùi Văn Long"]
    assert listed(ha, f"?unit={world.land.school.pk}") == ["Đỗ Quang Hải"]
    assert listed(ha, f"?child={world.land.two.pk}&child={world.land.school.pk}") == [
        "Hoàng Thị Chi", "Đỗ Quang Hải", "Bùi Văn Long",
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["far_cell", "che", "province"])
def test_a_unit_outside_is_not_found(world: World, unit: str) -> None:
    ha = world.browser("ha")
    for page in ("/members/", "/members/export/"):
        assert ha.get(page, {"unit": getattr(world.land, unit).pk}).status_code == 404
    assert ha.get("/members/", {"unit": 999_999}).status_code == 404


def test_a_child_filter_cannot_reach_outside(world: World) -> None:
    assert "Lý Thị Khánh" not in listed(world.browser("ha"), f"?child={world.land.far_cell.pk}")


def test_a_member_without_the_right_gets_403_and_a_visitor_signs_in(world: World) -> None:
    assert world.browser("an").get("/members/").status_code == 403
    answer = Client().get("/members/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_a_file_holds_the_scope_only(world: World) -> None:
    text = taken(world, "ha", "csv").content.decode()
    assert text.count("\n") == 11
    assert "Lý Thị Khánh" not in text


def test_quick_find_stays_in_the_scope(world: World) -> None:
    text = world.browser("ha").get("/find/?q=an").content.decode()
    assert f'href="/members/{world.people["an"]}/"' in text
    assert f'href="/members/{world.people["far_an"]}/"' not in text
    assert "Chi bộ thôn Chè" not in world.browser("ha").get("/find/?q=chi+bo+thon").content.decode()
    assert "Chi bộ thôn Chè" in world.browser("dung").get("/find/?q=chi+bo+che").content.decode()


def test_quick_find_of_a_member_shows_no_people(world: World) -> None:
    text = world.browser("an").get("/find/?q=an").content.decode()
    assert "Trần Thị Ánh" not in text


def test_the_list_of_a_day_before_anybody_came_is_empty(world: World) -> None:
    text = world.browser("ha").get("/members/?on=2025-07-31").content.decode()
    assert names(text) == []
    assert "0 người" in text


def test_the_list_of_a_past_day_shows_who_was_there_then(world: World) -> None:
    found = listed(world.browser("ha"), f"?on={START.isoformat()}")
    assert len(found) == 8
    assert "Đặng Thị Liên" not in found
