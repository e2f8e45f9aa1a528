"""Order, pages by key, search, filters, columns, the fragment, the number of queries."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hatnhan.kernel.models import Entry
from hatnhan.members import actions
from hatnhan.members.tables import MemberTable
from tests.members.test_listing_scope import listed, names
from tests.units.ground import TODAY
from tests.world import CARD, World, boss, last_entry


def pages(client: Client, query: str = "?") -> list[list[str]]:
    """The names of every page, following "Sau"."""
    found, url = [], f"/members/{query}"
    while url:
        text = client.get(url).content.decode()
        found.append(names(text))
        url = link(text, "Sau")
    return found


def link(text: str, label: str) -> str:
    """The address behind a step of the pager; nothing when it cannot be pressed."""
    match = re.search(rf'<a class="btn slim" href="([^"]*)">(?:<svg.*?</svg>)?{label}', text, re.DOTALL)
    return match.group(1).replace("&amp;", "&") if match else ""


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three to a page."""
    monkeypatch.setattr(MemberTable, "size", 3)


@pytest.fixture
def large_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Already two rows are many: the list is read along the index of names."""
    monkeypatch.setattr(MemberTable, "cap", 2)


WHOLE = [
    "Nguyễn Văn An", "Trần Thị Ánh", "Phạm Văn Bình", "Hoàng Thị Chi", "Đỗ Quang Hải", "Đặng Thị Liên", "Bùi Văn Long",
    "Vũ Sáu", "Lê Thị Thủy",
]  # fmt: skip


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("sort", ["name", "-name", "unit", "birth", "-birth", "party_age", "-party_age"])
def test_pages_hold_every_row_once(world: World, sort: str) -> None:
    found = pages(world.browser("ha"), f"?sort={sort}")
    assert [len(page) for page in found] == [3, 3, 3]
    assert sorted(name for page in found for name in page) == sorted(WHOLE)


@pytest.mark.usefixtures("small_pages", "large_list")
def test_a_large_list_is_read_along_the_names(world: World) -> None:
    ha = world.browser("ha")
    assert [name for page in pages(ha) for name in page] == WHOLE
    assert [name for page in pages(ha, "?sort=-name") for name in page] == WHOLE[::-1]
    assert [name for page in pages(ha, "?sex=f") for name in page] == [
        "Trần Thị Ánh", "Hoàng Thị Chi", "Đặng Thị Liên", "Lê Thị Thủy",
    ]  # fmt: skip


@pytest.mark.usefixtures("small_pages", "large_list")
def test_a_narrowed_large_list_says_more_than(world: World) -> None:
    assert "hơn 2 người phù hợp" in world.browser("ha").get("/members/?sex=f").content.decode()


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("sort", ["name", "-name", "birth"])
def test_going_back_shows_the_same_page(world: World, sort: str) -> None:
    ha = world.browser("ha")
    first = ha.get(f"/members/?sort={sort}").content.decode()
    second = ha.get(link(first, "Sau")).content.decode()
    third = ha.get(link(second, "Sau")).content.decode()
    assert names(ha.get(link(third, "Trước")).content.decode()) == names(second)
    back = ha.get(link(ha.get(link(third, "Trước")).content.decode(), "Trước")).content.decode()
    assert names(back) == names(first)
    assert not link(back, "Trước")


@pytest.mark.usefixtures("small_pages")
def test_namesakes_come_each_once(world: World) -> None:
    for number in range(4):
        world.receive(f"twin{number}", "Nguyễn Văn An", world.land.two, sex="m")
    found = [name for page in pages(world.browser("ha")) for name in page]
    assert found.count("Nguyễn Văn An") == 5
    assert len(found) == 13


@pytest.mark.usefixtures("small_pages")
def test_nobody_is_shown_twice_when_somebody_comes_between_two_pages(world: World) -> None:
    ha = world.browser("ha")
    first = ha.get("/members/").content.decode()
    world.receive("new", "Cao Thị Ái", world.land.two)
    actions.leave(actor=boss(), person=world.person("binh"), how="deceased", on=TODAY)
    assert names(ha.get(link(first, "Sau")).content.decode()) == WHOLE[3:6]


@pytest.mark.parametrize("token", ["x", "W10", "WyJhIl0", "WzEsMiwzXQ", "W251bGwsMSwxXQ", "%F0%9F%92%A5", "W3t9LDEsMV0",
                                   "WyJhXHUwMDAwIiwxLDFd", "WyJhIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTksMV0"])  # fmt: skip
def test_a_broken_place_shows_the_first_page(world: World, token: str) -> None:
    ha = world.browser("ha")
    for sort in ("name", "birth", "party_age"):
        assert len(listed(ha, f"?sort={sort}&after={token}")) == 9


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("an", ["Nguyễn Văn An", "Trần Thị Ánh"]),
        ("anh", ["Trần Thị Ánh"]),
        ("an van", ["Nguyễn Văn An"]),
        ("nva", ["Nguyễn Văn An"]),
        ("n v an", ["Nguyễn Văn An"]),
        ("an 1957", ["Nguyễn Văn An"]),
        ("1983", ["Trần Thị Ánh"]),
        ("thi 2002", ["Đặng Thị Liên"]),
        ("ĐẶNG", ["Đặng Thị Liên"]),
        ("dang", ["Đặng Thị Liên"]),
        ("uyen", []),
        ("%", []),
        ("12345", []),
    ],
)
def test_search_understands_what_people_type(world: World, query: str, found: list[str]) -> None:
    text = world.browser("ha").get("/members/", {"q": query}).content.decode()
    assert names(text) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("standing=probationary", ["Đặng Thị Liên"]),
        ("participation=exempt", ["Vũ Sáu"]),
        ("participation=active&sex=m&child={one}", ["Nguyễn Văn An", "Phạm Văn Bình"]),
        ("age=18_30", ["Đặng Thị Liên"]),
        ("age=over_60&office=any", []),
        ("office=any", ["Lê Thị Thủy"]),
        ("office=secretary", ["Lê Thị Thủy"]),
        ("party_age=30_40", ["Phạm Văn Bình", "Lê Thị Thủy"]),
        ("party_age=30_40&party_age=40_50", ["Nguyễn Văn An", "Phạm Văn Bình", "Lê Thị Thủy"]),
        ("kind=temporary", []),
        ("standing=nothing", WHOLE),
    ],
)
def test_filters_narrow(world: World, query: str, found: list[str]) -> None:
    text = world.browser("ha").get(f"/members/?on=2026-11-22&{query.format(one=world.land.one.pk)}").content.decode()
    assert names(text) == found


def test_party_groups_are_a_filter_in_a_cell(world: World) -> None:
    group = world.group
    assert group is not None
    thuy = world.browser("thuy")
    actions.place_in_group(actor=boss(), person=world.person("an"), group=group, on=date(2026, 1, 1))
    assert listed(thuy, f"?group={group.pk}") == ["Nguyễn Văn An"]
    assert len(listed(thuy, "?group=none")) == 5
    assert "Tổ đảng số 1" in thuy.get("/members/").content.decode()
    assert "Tổ đảng số 1" not in world.browser("ha").get("/members/").content.decode()


def test_guests_are_listed_when_asked_for(world: World) -> None:
    person = world.person("chi")
    actions.set_participation(actor=boss(), person=person, kind="temporary_out", on=date(2026, 9, 1))
    text = world.browser("ha").get("/members/").content.decode()
    assert "Sinh hoạt tạm thời nơi khác" in text


def test_a_chip_takes_its_filter_off_and_keeps_the_rest(world: World) -> None:
    text = world.browser("ha").get("/members/?sex=f&standing=probationary&sort=birth&q=li").content.decode()
    assert re.findall(r'<a class="chip on" href="([^"]+)">', text) == [
        "/members/?sex=f&amp;sort=birth&amp;q=li", "/members/?standing=probationary&amp;sort=birth&amp;q=li",
    ]  # fmt: skip


def test_columns_are_chosen_in_the_address(world: World) -> None:
    text = world.browser("ha").get("/members/?col=occupation&col=card").content.decode()
    assert re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', text) == ["Họ và tên", "Nghề nghiệp", "Số thẻ"]
    assert "Hưu trí" in text
    assert "…489" in text
    assert CARD["an"] not in text


def test_a_script_gets_the_list_alone(world: World) -> None:
    headers = {"HX-Request": "true", "HX-Target": "list"}
    answer = world.browser("ha").get("/members/?q=an", headers=headers)
    text = answer.content.decode()
    assert names(text) == ["Nguyễn Văn An", "Trần Thị Ánh"]
    assert "<html" not in text
    assert 'id="list-count" hx-swap-oob="true">2 người phù hợp' in text
    assert 'id="list-filtered" hx-swap-oob="true"><input type="hidden" name="q" value="an">' in text
    assert "HX-Target" in answer.headers["Vary"]
    restored = world.browser("ha").get("/members/?q=an", headers={**headers, "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_a_number_is_looked_up_exactly_logged_and_leaves_the_address(world: World) -> None:
    ha = world.browser("ha")
    answer = ha.get("/members/", {"q": CARD["an"]})
    assert answer.headers["Location"] == f"/members/?person={world.people['an']}"
    assert listed(ha, f"?person={world.people['an']}") == ["Nguyễn Văn An"]
    entry = last_entry()
    assert (entry.code, entry.payload.values["number"]) == ("members.number_search", "…489")
    assert CARD["an"] not in str(entry.payload.values)


def test_a_number_from_outside_finds_nobody_and_says_nothing(world: World) -> None:
    ha = world.browser("ha")
    answer = ha.get("/members/", {"q": CARD["far_an"]})
    assert answer.headers["Location"] == "/members/?person=0"
    assert "Không có kết quả phù hợp" in ha.get("/members/?person=0").content.decode()


def test_a_number_being_typed_is_not_looked_up(world: World) -> None:
    before = Entry.objects.count()
    headers = {"HX-Request": "true", "HX-Target": "list"}
    answer = world.browser("ha").get("/members/", {"q": CARD["an"]}, headers=headers)
    assert (answer.status_code, names(answer.content.decode())) == (200, [])
    assert world.browser("binh").get("/members/", {"q": CARD["an"]}).status_code == 200
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["thuy", "ha", "dung"])
@pytest.mark.parametrize("query", ["", "?sort=unit", "?q=an", "?sex=f", "?on=2026-01-31"])
def test_the_list_takes_at_most_six_queries(world: World, who: str, query: str) -> None:
    client = world.browser(who)
    client.get("/members/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/members/{query}")
    assert len(queries) <= 6, [one["sql"] for one in queries]


@pytest.mark.parametrize("query", ["%", "_ ( *", "…"])
def test_signs_without_a_letter_find_nobody(world: World, query: str) -> None:
    answer = world.browser("ha").get("/members/", {"q": query})
    assert answer.status_code == 200
    assert names(answer.content.decode()) == []
