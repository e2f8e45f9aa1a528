"""The page of one member over HTTP: what it shows to whom, and what it never shows."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.members import actions
from hatnhan.members.models import Membership, Person
from tests.units.ground import TODAY
from tests.world import CARD, World, boss, last_entry

DAY = date(2026, 10, 1)
TABS = ("", "record/", "history/", "log/")


def text(world: World, who: str, name: str, tail: str = "") -> str:
    answer = world.browser(who).get(world.page(name, tail))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_overview_says_who_somebody_is(world: World) -> None:
    shown = text(world, "ha", "thuy")
    for said in ("Lê Thị Thủy", "Bí thư", "Chi bộ thôn Một", "Đảng bộ xã Lim Thượng", "Chính thức", "năm tuổi đảng"):
        assert said in shown


def test_the_three_dates_stand_apart_and_party_age_says_its_source(world: World) -> None:
    shown = text(world, "ha", "an")
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", shown))
    assert (facts["Ngày quyết định kết nạp"], facts["Ngày vào Đảng"], facts["Ngày chính thức"]) == (
        "20/3/1981", "2/4/1981", "2/10/1982",
    )  # fmt: skip
    assert "Tính từ ngày quyết định kết nạp." in shown
    provisional = text(world, "ha", "anh")
    assert "(tạm tính)" in provisional
    assert "Tạm tính từ ngày vào Đảng, vì chưa ghi ngày quyết định kết nạp." in provisional


@pytest.mark.parametrize("tail", TABS)
def test_numbers_are_masked_and_the_sealed_value_is_never_shown(world: World, tail: str) -> None:
    Person.objects.filter(pk=world.people["an"]).update(sealed="Kinh, không")
    shown = text(world, "ha", "an", tail)
    assert CARD["an"] not in shown
    assert "Kinh, không" not in shown
    assert "Dân tộc" not in shown
    assert "Tôn giáo" not in shown


@pytest.mark.parametrize("tail", [*TABS, "change/", "transfer/", "numbers/", "summary.pdf", "leave/", "merge/"])
def test_a_person_outside_the_scope_is_not_found(world: World, tail: str) -> None:
    assert world.browser("ha").get(world.page("khanh", tail)).status_code == 404
    assert world.browser("dung").get(world.page("khanh", tail)).status_code == 200


@pytest.mark.parametrize(
    ("who", "tail", "status"),
    [
        ("binh", "change/", 403),
        ("binh", "numbers/", 403),
        ("thuy", "change/", 200),
        ("thuy", "transfer/", 403),
        ("thuy", "leave/", 403),
        ("thuy", "merge/", 403),
        ("ha", "leave/", 200),
        ("an", "", 403),
    ],
)
def test_rights_inside_the_scope(world: World, who: str, tail: str, status: int) -> None:
    assert world.browser(who).get(world.page("an", tail)).status_code == status


def test_only_acts_that_one_may_do_are_offered(world: World) -> None:
    assert "Điều chỉnh thông tin" not in text(world, "binh", "an")
    shown = text(world, "thuy", "an")
    assert "Điều chỉnh thông tin" in shown
    assert "Ghi việc chuyển nội bộ đã xong" not in shown
    assert "Công nhận chính thức" not in shown
    assert "Công nhận chính thức" in text(world, "thuy", "lien")
    assert "Ghi sinh hoạt trở lại" in text(world, "thuy", "sau")


def test_the_story_says_what_happened_and_who_recorded_it(world: World) -> None:
    actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=DAY)
    shown = text(world, "ha", "an", "history/")
    titles = re.findall(r"<b>([^<]+)</b>", shown[shown.index('<ol class="timeline">') :])
    assert titles == [
        "Chuyển sinh hoạt về Chi bộ thôn Hai",
        "Ghi số thẻ đảng viên …489",
        "Có tên trong danh sách của Chi bộ thôn Một",
        "Là đảng viên chính thức",
        "Vào Đảng, là đảng viên dự bị",
        "Quyết định kết nạp vào Đảng",
    ]
    assert "Từ Chi bộ thôn Một" in shown
    assert "Trần Thu Hà ghi lúc" in shown
    assert "Hệ thống ghi lúc" in shown


def test_what_was_recorded_wrongly_is_struck_out_for_those_who_may_correct(world: World) -> None:
    row = Membership.objects.unvoided().select_related("person").get(person=world.people["an"])
    actions.correct_row(actor=world.actor("ha"), row=row, valid_from=date(2025, 9, 1), reason="Ghi nhầm tháng")
    assert "Đã bỏ vì ghi nhầm: Ghi nhầm tháng" in text(world, "thuy", "an", "history/")
    assert "Ghi nhầm tháng" not in text(world, "binh", "an", "history/")


def test_the_log_says_in_words_who_did_what_and_why(world: World) -> None:
    actions.change(
        actor=world.actor("thuy"), person=world.person("an"), on=TODAY, phone="0900000999", reason="Đổi số mới"
    )
    shown = text(world, "ha", "an", "log/")
    assert "Điều chỉnh thông tin của đồng chí Nguyễn Văn An: điện thoại." in shown
    assert "Lý do: Đổi số mới" in shown
    assert "Lê Thị Thủy" in shown
    assert "0900000999" not in shown


def test_numbers_are_shown_after_a_reason_and_never_kept(world: World) -> None:
    thuy = world.browser("thuy")
    page = world.page("an", "numbers/")
    assert CARD["an"] not in thuy.get(page).content.decode()
    refused = thuy.post(page, {"reason": " "})
    assert (refused.status_code, "Hãy ghi lý do." in refused.content.decode()) == (422, True)
    answer = thuy.post(page, {"reason": "Đối chiếu thẻ"})
    assert CARD["an"] in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert last_entry().code == "members.show_numbers"


def test_where_somebody_only_used_to_be_the_record_is_closed(world: World) -> None:
    actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=DAY)
    shown = text(world, "thuy", "an")
    assert "không còn sinh hoạt trong phạm vi đồng chí được xem" in shown
    assert "0900000123" not in shown
    assert world.browser("thuy").get(world.page("an", "record/")).status_code == 404
    actions.leave(actor=boss(), person=world.person("sau"), how="deceased", on=DAY)
    assert "Từ trần" in text(world, "thuy", "sau")


def test_the_address_of_a_merged_away_record_leads_to_the_one_that_stays(world: World) -> None:
    world.receive("again", "Nguyễn Văn An", world.land.two)
    actions.merge_people(actor=boss(), kept=world.person("an"), gone=world.person("again"), on=TODAY)
    answer = world.browser("ha").get(world.page("again"))
    assert (answer.status_code, answer.headers["Location"]) == (302, world.page("an"))
    assert world.browser("khoa").get(world.page("again")).status_code == 404
    assert "đã gộp với một hồ sơ khác" in text(world, "ha", "an")


def test_the_summary_is_a_paper_without_numbers_in_full(world: World) -> None:
    answer = world.browser("ha").get(world.page("an", "summary.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert len(BytesIO(answer.content).getvalue()) > 5000


def test_a_page_of_another_day_shows_that_day(world: World) -> None:
    answer = world.browser("ha").get(world.page("lien") + "?on=2027-01-01")
    assert "Dự bị" in answer.content.decode()
    early = world.browser("ha").get(world.page("thuy") + "?on=2025-08-01").content.decode()
    assert "Số liệu ngày 1/8/2025" in early


@pytest.mark.parametrize("tail", TABS)
def test_a_page_of_a_member_takes_few_queries(world: World, tail: str) -> None:
    client = world.browser("ha")
    client.get(world.page("thuy", tail))
    with CaptureQueriesContext(connection) as queries:
        client.get(world.page("thuy", tail))
    # One of them asks whether the reader's look of today is in the log already; each card of a module has two or three.
    assert len(queries) <= 40, [one["sql"] for one in queries]


def test_both_languages_have_their_words(world: World) -> None:
    client = world.browser("ha")
    client.post("/preferences/", {"language": "en", "next": "/members/"})
    answer = client.get(world.page("an"))
    assert answer.headers["Content-Language"] == "en"
