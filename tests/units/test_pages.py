"""The explorer, the unit's page and the small pages of its acts, over HTTP."""

import re
from datetime import date

import pytest
from django.test import Client

from hatnhan.access.actions import create_account
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members.actions import place_in_group
from hatnhan.units import actions, queries
from hatnhan.units.models import Body, Group, Locality, LocalityCell, UnitEvent
from tests.units.ground import START, TODAY
from tests.world import World, boss, last_entry

pytestmark = pytest.mark.django_db

PAST = date(2026, 3, 1)
TAGS = re.compile(r"<[^>]+>")


def text(client: Client, address: str, status: int = 200, **options: str) -> str:
    """The words of a page."""
    answer = client.get(address, **options)  # type: ignore[arg-type]
    assert answer.status_code == status, address
    return " ".join(TAGS.sub(" ", answer.content.decode()).split())


def html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def place(unit: Unit, tail: str = "") -> str:
    return f"/units/{unit.pk}/{tail}"


# --- explorer -----------------------------------------------------------------------------------------------------


def test_the_tree_opens_at_the_readers_own_unit_with_numbers(world: World) -> None:
    page = text(world.browser("ha"), "/units/")
    assert "4 tổ chức trực thuộc · 4 chi bộ · 9 đảng viên" in page
    for name in ("Chi bộ thôn Một", "Chi bộ thôn Hai", "Đảng bộ Trường Lim Thượng"):
        assert name in page
    assert "Chi bộ Tổ Toán" not in page
    assert "Chè Đông" not in page


def test_without_scripts_a_branch_opens_by_its_link(world: World) -> None:
    client = world.browser("ha")
    school = world.land.school
    assert f'href="/units/?open={school.pk}#u{school.pk}"' in html(client, "/units/")
    assert "Chi bộ Tổ Toán" in text(client, f"/units/?open={school.pk}")
    answer = client.get(place(school, "children/"))
    assert (answer.status_code, answer["Location"]) == (302, f"/units/?open={school.pk}#u{school.pk}")


def test_a_script_gets_the_children_alone(world: World) -> None:
    answer = world.browser("ha").get(place(world.land.school, "children/"), headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert "Chi bộ Tổ Toán" in body
    assert "<html" not in body


def test_the_chosen_unit_shows_its_card_and_opens_what_is_above_it(world: World) -> None:
    client = world.browser("dung")
    page = text(client, f"/units/?at={world.land.one.pk}")
    assert "Bí thư Lê Thị Thủy" in page
    assert "Chi bộ thôn Một" in page
    assert "Chi bộ thôn Chè" not in page


def test_the_tree_of_a_past_day_has_what_stood_then(world: World) -> None:
    actions.merge(
        actor=boss(), units=[world.land.one, world.land.two], into=world.land.one, on=PAST, name="Chi bộ thôn Một Hai"
    )
    client = world.browser("ha")
    now, then = text(client, "/units/"), text(client, "/units/?on=2026-02-28")
    assert "Chi bộ thôn Một Hai" in now
    assert "Chi bộ thôn Hai" not in now.replace("Chi bộ thôn Một Hai", "")
    assert "Chi bộ thôn Hai" in then
    assert "Số liệu ngày 28/2/2026" in then
    assert "Chưa có tổ chức nào" in text(client, "/units/?on=2020-01-01")


def test_an_ended_unit_is_shown_with_its_heir_when_asked_for(world: World) -> None:
    actions.merge(actor=boss(), units=[world.land.one, world.land.two], into=world.land.one, on=PAST)
    client = world.browser("ha")
    assert "đã sáp nhập" not in text(client, "/units/")
    page = text(client, f"/units/?ended=1&open={world.land.one.pk}")
    assert "4 tổ chức trực thuộc" not in page
    assert "Chi bộ thôn Hai đã sáp nhập vào Chi bộ thôn Một" in page
    assert "đã sáp nhập vào Chi bộ thôn Một" in text(client, "/units/?q=thon+hai")


@pytest.mark.parametrize("query", ["thon mot", "mot thon", "Thôn Một", "91.001.101"])
def test_search_finds_by_words_without_marks_and_by_code(world: World, query: str) -> None:
    page = text(world.browser("ha"), f"/units/?q={query}")
    assert "Chi bộ thôn Một" in page
    assert "Chi bộ thôn Hai" not in page


def test_search_finds_nothing_outside_the_readers_scope(world: World) -> None:
    assert "Không tìm thấy tổ chức nào" in text(world.browser("ha"), "/units/?q=che+dong")
    assert "Đảng bộ xã Chè Đông" in text(world.browser("dung"), "/units/?q=che+dong")


def test_a_long_family_is_shown_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hatnhan.units.explore.SHOWN", 2)
    monkeypatch.setattr("hatnhan.units.views.explorer.SHOWN", 2)
    client, lim = world.browser("ha"), world.land.lim
    page = html(client, "/units/")
    assert "Xem thêm 2 tổ chức" in page
    assert f"more={lim.pk}-4" in page
    assert "Xem thêm" not in html(client, f"/units/?more={lim.pk}-4")
    rest = client.get(place(lim, "children/?from=2"), headers={"HX-Request": "true"}).content.decode()
    assert rest.count('id="u') == 2


@pytest.mark.parametrize("query", ["on=x", "open=x.9999999.-1", "at=x", "more=1-x&more=x", "ended=9"])
def test_nonsense_in_the_address_is_ignored(world: World, query: str) -> None:
    assert world.browser("ha").get(f"/units/?{query}").status_code == 200


def test_who_may_not_see_figures_sees_names_without_numbers(world: World) -> None:
    page = text(world.browser("an"), "/units/")
    assert "Chi bộ thôn Một" in page
    assert "đảng viên" not in page.replace("Đảng viên", "")


def test_outside_the_scope_there_is_nothing(world: World) -> None:
    client = world.browser("ha")
    for tail in ("", "children/", "print/", "rename/", "localities/", "found/"):
        assert client.get(place(world.land.che, tail)).status_code == 404
    assert client.get(f"/units/?at={world.land.che.pk}").status_code == 404
    assert client.get("/units/999999/").status_code == 404


# --- the unit's page ----------------------------------------------------------------------------------------------


def test_a_units_page_tells_all_about_it(world: World) -> None:
    page = text(world.browser("ha"), place(world.land.one))
    for words in (
        "Chi bộ thôn, tổ dân phố · 91.001.101", "Bí thư Lê Thị Thủy", "Trực thuộc Đảng bộ xã Lim Thượng",
        "Tổ đảng số 1", "Hai cấp địa phương", "Nguồn: Quy định 294-QĐ/TW", "Lịch sử tổ chức", "1/8/2025 Thành lập",
        "Nhật ký", "Hệ thống", "Thành lập Chi bộ thôn Một từ ngày 1/8/2025.",
    ):  # fmt: skip
        assert words in page, words
    assert "system:" not in page


def test_acts_are_offered_to_those_who_may(world: World) -> None:
    address = place(world.land.one)
    assert "Đổi tên" in text(world.browser("ha"), address)
    for name in ("thuy", "binh", "an"):
        page = text(world.browser(name), address)
        assert "Đổi tên" not in page
        assert "Nhật ký" not in page


def test_the_crumb_leads_only_where_the_reader_may_go(world: World) -> None:
    page = html(world.browser("thuy"), place(world.land.one))
    assert place(world.land.lim) not in page
    assert place(world.land.lim) in html(world.browser("ha"), place(world.land.one))


def test_before_its_founding_and_after_its_end_the_page_says_so(world: World) -> None:
    client, two = world.browser("ha"), world.land.two
    assert "chưa thành lập; thành lập ngày 1/8/2025" in text(client, place(two, "?on=2025-01-01"))
    actions.merge(actor=boss(), units=[two, world.land.one], into=world.land.one, on=PAST)
    page = text(client, place(two))
    assert "đã kết thúc ngày 1/3/2026. Nay thuộc về Chi bộ thôn Một" in page
    assert "Sáp nhập vào Chi bộ thôn Một" in page
    assert "Nhận sáp nhập Chi bộ thôn Hai" in text(client, place(world.land.one))


def test_the_story_tells_names_codes_moves_and_kinds(world: World) -> None:
    one = world.land.one
    actions.rename(actor=boss(), unit=one, name="Chi bộ thôn Nhất", on=PAST)
    actions.recode(actor=boss(), unit=one, code="91.9", on=PAST)
    actions.move(actor=boss(), unit=one, to=world.land.che, on=date(2026, 4, 1), decision="5-QĐ/TU")
    actions.change_kind(actor=boss(), unit=one, kind="base_cell", on=date(2026, 5, 1))
    page = text(world.browser("dung"), place(one))
    for words in (
        "Đổi tên thành Chi bộ thôn Nhất Trước đó là Chi bộ thôn Một.", "Đổi mã thành 91.9",
        "Chuyển về trực thuộc Đảng bộ xã Chè Đông Quyết định 5-QĐ/TU.", "Chuyển thành chi bộ cơ sở",
    ):  # fmt: skip
        assert words in page, words


def test_the_printed_list_has_every_unit_below(world: World) -> None:
    page = text(world.browser("ha"), place(world.land.lim, "print/"))
    for name in ("Đảng bộ Trường Lim Thượng", "– – Chi bộ Tổ Toán", "Bí thư: Lê Thị Thủy"):
        assert name in page, name
    assert "Chè" not in page


# --- acts ---------------------------------------------------------------------------------------------------------


def post(client: Client, address: str, **data: str) -> object:
    answer = client.post(address, data)
    assert answer.status_code == 302, TAGS.sub(" ", answer.content.decode())
    return answer["Location"]


def test_a_unit_is_founded_from_the_page(world: World) -> None:
    client = world.browser("ha")
    where = post(
        client, place(world.land.lim, "found/"), name="Chi bộ thôn Bốn", kind="village_cell", code="91.001.104",
        on="2026-03-01", sure="1",
    )  # fmt: skip
    unit = queries.by_code("91.001.104", PAST)
    assert unit is not None
    assert where == place(unit)
    assert "Đã ghi: Thêm tổ chức trực thuộc." in text(client, place(unit))


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(world: World) -> None:
    client = world.browser("ha")
    data = {"name": "Chi bộ thôn Bốn", "kind": "village_cell", "code": "91.001.101", "on": "2026-03-01", "sure": "1"}
    answer = client.post(place(world.land.lim, "found/"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mã 91.001.101 đang được dùng cho một tổ chức khác." in page
    assert 'value="Chi bộ thôn Bốn"' in page
    answer = client.post(place(world.land.lim, "found/"), {**data, "on": "20225-01-01", "name": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày chưa đúng" in page
    assert "Hãy ghi tên tổ chức." in page


def test_an_unsure_rule_is_shown_once_before_it_is_done(world: World) -> None:
    actions.switch_regime(actor=boss(), unit=world.land.lim, regime="three_level_208", on=date(2026, 9, 1))
    client, address = world.browser("ha"), place(world.land.lim, "found/")
    data = {"name": "Đảng bộ Trường Mới", "kind": "base_committee", "code": "", "on": "2026-10-01"}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "Vẫn ghi" in answer.content.decode()
    post(client, address, **data, sure="1")


@pytest.mark.parametrize(
    ("tail", "data", "words"),
    [
        ("rename/", {"name": "Chi bộ thôn Nhất", "on": "2026-03-01"}, "Đổi tên Chi bộ thôn Hai thành Chi bộ thôn Nhất"),
        ("recode/", {"code": "91.77", "on": "2026-03-01"}, "Đổi mã của Chi bộ thôn Hai thành 91.77"),
        ("change-kind/", {"kind": "base_cell", "on": "2026-03-01"}, "Chi bộ thôn Hai là chi bộ cơ sở"),
    ],
)
def test_small_acts_are_done_and_told(world: World, tail: str, data: dict[str, str], words: str) -> None:
    client, two = world.browser("ha"), world.land.two
    assert client.get(place(two, tail)).status_code == 200
    assert post(client, place(two, tail), **data) == place(two)
    entry = last_entry()
    assert (entry.payload.sentence % entry.payload.values).startswith(words)
    assert entry.actor == "Trần Thu Hà"


def test_a_move_can_be_taken_back_from_the_message(world: World) -> None:
    client, school = world.browser("dung"), world.land.school
    data = {"to": str(world.land.che.pk), "on": "2026-03-01", "decision": "5-QĐ/TU", "kind": ""}
    post(client, place(school, "move/"), **data)
    event = UnitEvent.objects.get()
    page = html(client, place(school))
    assert f'action="/units/events/{event.pk}/undo/"' in page
    assert Placement.objects.on(PAST).get(unit=school).parent_id == world.land.che.pk
    post(client, f"/units/events/{event.pk}/undo/")
    assert Placement.objects.on(PAST).get(unit=school).parent_id == world.land.lim.pk
    assert "Việc này đã được hoàn tác." in text(client, f"/units/events/{event.pk}/")


def test_a_cell_with_members_cannot_be_dissolved_and_an_empty_one_can(world: World) -> None:
    client = world.browser("ha")
    data = {"on": "2026-03-01", "decision": "", "heir": ""}
    answer = client.post(place(world.land.two, "dissolve/"), data)
    assert answer.status_code == 422
    assert "Còn 2 đảng viên thuộc tổ chức này." in answer.content.decode()
    post(client, place(world.land.three, "dissolve/"), **data)
    assert not Placement.objects.on(PAST).filter(unit=world.land.three, stands=True).exists()


def test_a_regime_is_switched_with_its_source_before_the_eyes(world: World) -> None:
    client, lim = world.browser("ha"), world.land.lim
    assert "Đang áp dụng: hai cấp địa phương." in text(client, place(lim, "switch-regime/"))
    data = {"regime": "three_level_208", "on": "2026-09-01", "decision": "7-QĐ/TU"}
    post(client, place(lim, "switch-regime/"), **data)
    page = text(client, place(lim))
    assert "Ba cấp theo Quy định 208" in page
    assert "chưa đối chiếu với văn bản gốc" in page


def test_bodies_and_groups_come_and_go(world: World) -> None:
    client, lim, one = world.browser("ha"), world.land.lim, world.land.one
    post(client, place(lim, "bodies/add/"), kind="inspection_commission", name="", on="2026-03-01")
    assert "Ủy ban kiểm tra" in text(client, place(lim))
    post(client, place(lim, f"bodies/{Body.objects.get().pk}/end/"), on="2026-04-01")
    assert not Body.objects.on(date(2026, 4, 1)).exists()
    secretary = world.browser("thuy")
    post(secretary, place(one, "groups/add/"), name="Tổ đảng số 2", on="2026-03-01")
    group = Group.objects.get(name="Tổ đảng số 2")
    post(secretary, place(one, f"groups/{group.pk}/end/"), on="2026-04-01")
    assert secretary.get(place(one, "bodies/add/")).status_code == 403
    assert client.get(place(lim, f"groups/{group.pk}/end/")).status_code == 404


def test_localities_teach_when_empty_and_are_linked_to_cells(world: World) -> None:
    client, lim = world.browser("ha"), world.land.lim
    assert "Chưa có thôn, tổ dân phố nào" in text(client, place(lim, "localities/"))
    post(client, place(lim, "localities/add/"), kind="thon", name="Đồng Sen", on="2026-03-01")
    row = Locality.objects.get()
    assert "1 nơi chưa có chi bộ phụ trách" in text(client, place(lim, "localities/"))
    post(client, place(lim, f"localities/{row.pk}/lead/"), unit=str(world.land.one.pk), on="2026-03-01")
    assert "thôn Đồng Sen Chi bộ thôn Một" in text(client, place(lim, "localities/"))
    assert "thôn Đồng Sen" in text(client, place(world.land.one))
    link = LocalityCell.objects.get()
    post(client, place(lim, f"localities/leave/{link.pk}/"), on="2026-04-01")
    post(client, place(lim, f"localities/{row.pk}/end/"), on="2026-05-01")
    assert "Chưa có thôn, tổ dân phố nào" in text(client, place(lim, "localities/"))
    assert "thôn Đồng Sen" in text(client, place(lim, "localities/?on=2026-04-15"))


def test_an_event_lists_the_papers_and_says_why_it_cannot_be_undone(world: World) -> None:
    actions.merge(
        actor=boss(), units=[world.land.one, world.land.two], into=world.land.one, on=PAST, decision="9-QĐ/ĐU"
    )
    event = UnitEvent.objects.get()
    client = world.browser("ha")
    page = text(client, f"/units/events/{event.pk}/")
    for words in (
        "Chi bộ thôn Hai sáp nhập vào Chi bộ thôn Một", "Quyết định 9-QĐ/ĐU", "Biên bản bàn giao",
        "Quyết định sáp nhập", "của Đảng bộ xã Lim Thượng quyết định", "Hoàn tác việc này",
    ):  # fmt: skip
        assert words in page, words
    assert "system:" not in page
    actions.move(actor=boss(), unit=world.land.one, to=world.land.che, on=date(2026, 5, 1))
    assert "Không còn hoàn tác được" in text(world.browser("dung"), f"/units/events/{event.pk}/")
    answer = world.browser("dung").post(f"/units/events/{event.pk}/undo/")
    assert answer.status_code == 422
    assert client.get("/units/events/999/").status_code == 404
    assert START < PAST


def test_pages_stay_within_their_queries(world: World, django_assert_max_num_queries: object) -> None:
    client = world.browser("dung")
    client.get("/units/")
    with django_assert_max_num_queries(37):  # type: ignore[operator]
        client.get(
            f"/units/?at={world.land.one.pk}&open={world.land.lim.pk}.{world.land.school.pk}.{world.land.che.pk}"
        )


def test_the_page_of_a_unit_and_of_an_event_stay_within_their_queries(
    world: World, django_assert_max_num_queries: object
) -> None:
    """What is dated of a unit is loaded once and handed down to every part of its page."""
    client, school = world.browser("dung"), world.land.school
    post(client, place(school, "move/"), to=str(world.land.che.pk), on="2026-03-01", decision="", kind="")
    event = f"/units/events/{UnitEvent.objects.get().pk}/"
    for address, budget in ((place(world.land.one), 20), (place(world.land.lim), 26), (event, 20)):
        client.get(address)
        with django_assert_max_num_queries(budget):  # type: ignore[operator]
            client.get(address)


def test_the_tree_comes_as_a_pdf_of_the_day(world: World) -> None:
    client, lim = world.browser("ha"), world.land.lim
    assert place(lim, "tree.pdf") in html(client, place(lim, "print/"))
    answer = client.get(place(lim, "tree.pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert client.get(place(world.land.che, "tree.pdf")).status_code == 404


def test_a_cell_shows_how_its_party_groups_are_filled(world: World) -> None:
    assert world.group is not None
    place_in_group(actor=boss(), person=world.person("an"), group=world.group, on=START)
    client = world.browser("ha")
    page = text(client, place(world.land.one))
    assert "1 đảng viên · từ ngày 1/8/2025" in page
    assert "Chưa xếp tổ đảng" in page
    assert "5 đảng viên" in page
    assert f"&amp;group={world.group.pk}" in html(client, place(world.land.one))


def test_a_unit_shows_probation_women_and_average_age(world: World) -> None:
    page = text(world.browser("ha"), place(world.land.one))
    for said in ("1 dự bị", "Nữ 3 người (50 %)", "Tuổi bình quân"):
        assert said in page, said
    assert "Tuổi bình quân" not in text(world.browser("ha"), place(world.land.lim))


def test_the_tree_of_a_day_before_the_unit_says_what_is_shown(world: World) -> None:
    new = actions.found(
        actor=boss(), name="Đảng bộ xã Mới", kind="commune", parent=world.land.province, on=date(2026, 1, 1)
    )
    for cell in (world.land.one, world.land.two):
        actions.move(actor=boss(), unit=cell, to=new, on=date(2026, 1, 1))
    slip = create_account(actor=boss(), label="Mới", role="office", unit=new, on=TODAY, username="moi")
    client = Client()
    slip.account.must_change_password = False
    slip.account.save(update_fields=["must_change_password"])
    client.force_login(slip.account)
    page = text(client, "/units/?on=2025-12-31")
    assert "2 tổ chức · 2 chi bộ" in page
    assert "khi đó chưa có tổ chức chung ở trên" in page
    assert "khi đó" not in text(client, "/units/")


def test_the_way_to_the_list_keeps_the_day(world: World) -> None:
    assert f"/members/?unit={world.land.one.pk}&amp;on=2026-01-05" in html(
        world.browser("ha"), f"/units/{world.land.one.pk}/?on=2026-01-05"
    )


# --- undoing from the message -------------------------------------------------------------------------------------


def undo_of(client: Client, address: str) -> str:
    """Where the button of the message of the last act leads."""
    found = re.search(r'action="(/units/\d+/log/\d+/)"', html(client, address))
    assert found is not None, address
    return found.group(1)


def test_a_wrong_name_is_undone_from_the_message(world: World) -> None:
    client, one = world.browser("ha"), world.land.one
    client.post(place(one, "rename/"), {"name": "Chi bộ thôn Nhầm", "on": "1/11/2026"})
    undo = undo_of(client, place(one))
    assert client.post(undo, {"reason": ""}).status_code == 422
    assert client.post(undo).status_code == 302
    assert queries.name_of(one, TODAY) == "Chi bộ thôn Một"
    assert last_entry().reason == "Hoàn tác ngay sau khi ghi"


def test_a_wrong_founding_is_undone_from_the_message_until_somebody_stands_there(world: World) -> None:
    client, lim = world.browser("ha"), world.land.lim
    undo = []
    for name in ("Chi bộ thôn Nhầm", "Chi bộ thôn Có Người"):
        client.post(place(lim, "found/"), {"name": name, "kind": "village_cell", "on": "1/11/2026"})
        undo.append(undo_of(client, "/units/"))
    empty, used = Unit.objects.order_by("-pk")[1], Unit.objects.latest("pk")
    world.receive("moi", "Lê Văn Mới", used, on=TODAY)
    assert client.post(undo[1]).status_code == 422
    assert client.get(place(used)).status_code == 200
    assert client.post(undo[0]).status_code == 302
    assert client.get(place(empty)).status_code == 404


def test_merging_asks_no_more_with_more_cells(world: World, django_assert_max_num_queries: object) -> None:
    for number in range(30):
        actions.found(actor=boss(), name=f"Chi bộ {number}", kind="village_cell", parent=world.land.lim, on=START)
    client = world.browser("ha")
    client.get("/units/merge/")
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get("/units/merge/")
