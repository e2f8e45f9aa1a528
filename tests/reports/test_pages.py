"""Dashboard, all figures, one figure: over HTTP, as a reader opens them."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hatnhan.kernel.days import today
from hatnhan.kernel.figures import REGISTRY
from hatnhan.members import actions
from hatnhan.units import actions as units
from tests import world
from tests.world import World, boss

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a class="(?:link|card kpi)" href="([^"]+)">(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
QUERIES = 14
BOARD = 19  # the dashboard also counts this month's meetings


@pytest.fixture
def land() -> World:
    return world.build()


def opened(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())


def numbers(html: str) -> dict[str, str]:
    """{address of the rows: the number as it is written}"""
    return {unescape(address): words(text) for address, text in LINK.findall(html) if "/figures/" in address}


# --- dashboard ----------------------------------------------------------------------------------------------------


def test_the_dashboard_shows_the_readers_highest_unit(land: World) -> None:
    text = words(opened(land.browser("ha"), "/dashboard/"))
    assert "Đảng bộ xã Lim Thượng" in text
    assert "Đảng viên 9" in text
    assert "33,3 %" not in text
    assert "Chi bộ thôn Một" in text
    assert "Chè Đông" not in text


def test_every_number_of_the_dashboard_opens_its_rows(land: World) -> None:
    client = land.browser("ha")
    found = numbers(opened(client, "/dashboard/"))
    assert len(found) > 20
    for address, text in found.items():
        page = words(opened(client, address))
        assert re.search(r"(\S+ ?%|[\d.]+)", text).group() in page, address  # type: ignore[union-attr]
        assert "unit" in parse_qs(urlsplit(address).query)


def test_a_unit_below_can_be_opened_and_one_beside_not(land: World) -> None:
    client = land.browser("ha")
    text = words(opened(client, f"/dashboard/?unit={land.land.one.pk}"))
    assert "Chi bộ thôn Một" in text
    assert "Theo tổ chức trực thuộc" not in text
    opened(client, f"/dashboard/?unit={land.land.che.pk}", 404)
    opened(client, f"/dashboard/?unit={land.land.province.pk}", 404)
    opened(land.browser("an"), "/dashboard/", 403)


def test_the_dashboard_of_another_day(land: World) -> None:
    client = land.browser("ha")
    assert "Đảng viên 8" in words(opened(client, "/dashboard/?on=2025-12-31"))
    assert "không hoạt động" in words(opened(client, "/dashboard/?on=2019-05-01"))


def test_the_dashboard_then_and_as_the_organisations_are_today(land: World) -> None:
    units.move(actor=boss(), unit=land.land.school, to=land.land.che, on=date(2026, 5, 1))
    client = land.browser("dung")
    then = words(opened(client, "/dashboard/?on=2026-03-31"))
    now = words(opened(client, "/dashboard/?on=2026-03-31&frame=now"))
    assert "Đảng bộ xã Lim Thượng 9 4 1" in then
    assert "Đảng bộ xã Lim Thượng 8 4 1" in now
    assert "Theo tổ chức hiện nay" in now


def test_days_that_cannot_be_are_refused_in_words(land: World) -> None:
    client = land.browser("ha")
    for days in ("on=hôm qua", "on=2026-02-30", "on=1500-01-01", "frame=2020-01-01", "on=2026", "on=9999-12-31"):
        for page in ("dashboard/", "figures/", "figures/members/"):
            assert "Chưa tính được số liệu" in words(opened(client, f"/{page}?{days}", 422)), days
    assert "Ngày cuối" in words(opened(client, "/figures/members.in/?from=2026-05-01&to=2026-04-01", 422))


def test_a_cell_without_members_says_what_will_stand_there(land: World) -> None:
    text = words(opened(land.browser("ha"), f"/dashboard/?unit={land.land.three.pk}"))
    assert "Chưa có đảng viên nào ở đây" in text


def test_many_units_below_come_in_pages(land: World) -> None:
    for i in range(103):
        name = f"Chi bộ thôn {i + 4}"
        units.found(actor=boss(), name=name, kind="village_cell", parent=land.land.che, on=date(2026, 1, 1))
    client = land.browser("khoa")
    first = opened(client, "/dashboard/")
    assert "Xem cả 104 tổ chức" in words(first)
    assert "Chi bộ thôn 20 " not in words(first)
    whole = opened(client, "/dashboard/?start=0")
    assert "Xem 4 tổ chức tiếp theo" in words(whole)
    rest = words(opened(client, "/dashboard/?start=100"))
    assert "Chi bộ thôn 106" in rest
    assert "Chi bộ thôn 4 " not in rest
    assert "tổ chức tiếp theo" not in rest


def test_the_units_below_stand_in_the_order_of_a_column(land: World) -> None:
    client = land.browser("dung")
    by_name = words(opened(client, "/dashboard/"))
    assert by_name.index("Đảng bộ xã Chè Đông 2") < by_name.index("Đảng bộ xã Lim Thượng 9")
    html = opened(client, "/dashboard/?sort=members")
    assert 'aria-sort="descending"' in html
    largest_first = words(html)
    assert largest_first.index("Đảng bộ xã Lim Thượng 9") < largest_first.index("Đảng bộ xã Chè Đông 2")
    assert words(opened(client, "/dashboard/?sort=nonsense")) == by_name


def test_the_dashboard_names_what_should_be_looked_at(land: World) -> None:
    text = words(opened(land.browser("ha"), "/dashboard/"))
    assert "Cần xem lại" in text
    assert "Chi bộ chưa có bí thư 3" in text
    rows = words(opened(land.browser("ha"), "/figures/units.cells_unled/"))
    assert "Chi bộ thôn Hai" in rows
    assert "Chi bộ thôn Một" not in rows.split("Những tổ chức được tính")[1].split("Diễn biến")[0]
    assert "Dự bị đã đủ 12 tháng" not in text


def test_a_cells_dashboard_says_how_many_take_part(land: World) -> None:
    text = words(opened(land.browser("thuy"), "/dashboard/"))
    assert "Đang sinh hoạt 5 83,3 % đảng viên" in text
    assert "Chi bộ 1" not in text


def test_the_dashboard_asks_few_questions(land: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = land.browser("dung")
    opened(client, "/dashboard/")
    with django_assert_max_num_queries(BOARD):
        opened(client, "/dashboard/")


# --- one figure ---------------------------------------------------------------------------------------------------


def test_a_figure_shows_value_meaning_parts_and_rows(land: World) -> None:
    text = words(opened(land.browser("ha"), "/figures/members.women/"))
    assert "Đảng viên nữ" in text
    assert "4 đảng viên" in text
    for name in ("Trần Thị Ánh", "Lê Thị Thủy", "Đặng Thị Liên", "Hoàng Thị Chi"):
        assert name in text
    assert "Nguyễn Văn An" not in text
    assert "Lý Thị Khánh" not in text
    assert "Chi bộ thôn Hai 1 25,0 %" in text


def test_a_flow_shows_its_window_and_from_where(land: World) -> None:
    actions.transfer(actor=boss(), person=land.person("khanh"), to=land.land.two, on=date(2026, 6, 1))
    actions.transfer(actor=boss(), person=land.person("an"), to=land.land.two, on=date(2026, 6, 2))
    client = land.browser("ha")
    text = words(opened(client, "/figures/members.in/?from=2026-06-01&to=2026-06-30"))
    assert "Từ 1/6/2026 đến 30/6/2026" in text
    assert "1 lượt" in text
    assert "Lý Thị Khánh" in text
    assert "Chi bộ thôn Chè" in text
    assert "Nguyễn Văn An" not in text
    cell = words(opened(client, f"/figures/members.in/?from=2026-06-01&to=2026-06-30&unit={land.land.two.pk}"))
    assert "2 lượt" in cell
    assert "Nguyễn Văn An" in cell
    assert "0 lượt" in words(opened(client, "/figures/members.in/?from=2026-06-02&to=2026-06-30"))


def test_who_died_is_listed_with_day_and_reason(land: World) -> None:
    actions.leave(actor=boss(), person=land.person("sau"), how="deceased", on=date(2026, 7, 1))
    text = words(opened(land.browser("ha"), "/figures/members.left/?from=2026-01-01&to=2026-12-31"))
    assert "Vũ Sáu" in text
    assert "1/7/2026 Từ trần" in text


def test_rows_at_units_that_have_gone_elsewhere_are_counted_but_not_named(land: World) -> None:
    units.move(actor=boss(), unit=land.land.school, to=land.land.che, on=date(2026, 5, 1))
    client = land.browser("ha")
    text = words(opened(client, "/figures/members/?on=2026-03-31"))
    assert "9 đảng viên" in text
    assert "Đỗ Quang Hải" not in text
    assert "Còn 1 dòng được tính nhưng không hiện" in text
    assert "Đỗ Quang Hải" in words(opened(land.browser("khoa"), "/figures/members/"))


def test_a_ratio_shows_its_two_numbers(land: World) -> None:
    html = opened(land.browser("ha"), "/figures/members.women_share/")
    assert "44,4 %" in words(html)
    assert "Đảng viên nữ 4 Đảng viên 9" in words(html)
    assert "Chi bộ thôn Hai 50,0 % 1/2" in words(html)
    assert "Đảng viên 9" in numbers(html).values()


def test_organisations_are_listed_in_the_order_of_the_tree(land: World) -> None:
    text = words(opened(land.browser("ha"), "/figures/units/"))
    names = ["Đảng bộ xã Lim Thượng", "Đảng bộ Trường Lim Thượng", "Chi bộ Tổ Toán", "Chi bộ thôn Một"]
    places = [text.rindex(f"{name} ") for name in names]
    assert len(set(places)) == 4
    assert "Chè" not in text


def test_a_figure_page_asks_few_questions(land: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = land.browser("dung")
    opened(client, "/figures/members.in/")
    with django_assert_max_num_queries(QUERIES):
        opened(client, "/figures/members.in/")


def test_every_figure_has_its_page_in_both_languages(land: World) -> None:
    client = land.browser("ha")
    for code in REGISTRY:
        opened(client, f"/figures/{code}/")
    client.post("/preferences/", {"language": "en"})
    for code in ("members", "members.in", "members.women_share", "units"):
        opened(client, f"/figures/{code}/")


def test_an_unknown_figure_is_not_found(land: World) -> None:
    opened(land.browser("ha"), "/figures/members.giants/", 404)


def test_a_window_of_many_years_is_answered(land: World) -> None:
    address = "/figures/members.admitted/?from=1950-01-01&to=2026-12-31"
    assert "1 đảng viên" in words(opened(land.browser("ha"), address))


def test_all_figures_stand_on_one_page_with_links(land: World) -> None:
    html = opened(land.browser("ha"), "/figures/")
    found = numbers(html)
    assert any(address.startswith("/figures/members.full/") for address in found)
    assert str(today().year) in words(html)
    assert "Tổ chức cơ sở đảng" in words(html)


def test_the_dashboard_says_how_many_cells_met_this_month(land: World) -> None:
    text = words(opened(land.browser("ha"), "/dashboard/"))
    assert re.search(r"Chi bộ đã họp tháng \d+/\d+ 0/4", text)
    assert "/meetings/month/?unit=" in opened(land.browser("ha"), "/dashboard/")
    assert "Chi bộ đã họp tháng" not in words(opened(land.browser("thuy"), "/dashboard/"))
