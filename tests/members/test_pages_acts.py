"""Every act over HTTP: the page, success, refusal with 422 and what was typed, two people at once."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from hatnhan.access.models import Grant
from hatnhan.members import actions, queries
from hatnhan.members.models import Membership, Participation, Person, Tenure
from tests.members.test_listing_scope import listed
from tests.units.ground import START, TODAY
from tests.world import CARD, World, boss, last_entry

DAY = "2026-10-01"


def sent(client: Client, url: str, **given: Any) -> Any:
    return client.post(url, {"on": DAY, **given})


def test_a_person_is_received(world: World) -> None:
    thuy = world.browser("thuy")
    assert 'name="unit"' in thuy.get("/members/receive/").content.decode()
    answer = sent(
        thuy, "/members/receive/", unit=world.land.one.pk, came="transferred", standing="full", name="Cao Thị Mơ",
        sex="f", birth="5/1990", ceremony_date="19/5/2020", card="091190000555",
    )  # fmt: skip
    person = Person.objects.get(name="Cao Thị Mơ")
    assert answer.headers["Location"] == f"/members/{person.pk}/"
    assert (str(person.birth), str(person.ceremony_date)) == ("5/1990", "19/5/2020")
    assert "Đã tiếp nhận đồng chí Cao Thị Mơ." in thuy.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": ""}, "Hãy điền mục này."),
        ({"birth": "31/2/1990"}, "Không có ngày “31/2/1990” trong lịch."),
        ({"birth": "1/1/20225"}, "Năm phải có bốn chữ số"),
        ({"card": CARD["anh"]}, "đang thuộc về một đồng chí khác"),
        ({"unit": "999999"}, "Hãy chọn một tổ chức trong danh sách."),
        ({"on": ""}, "Hãy chọn ngày."),
        ({"on": "1/1/2126"}, "Ngày chưa đúng."),
        ({"on": "1/12/2036"}, "Ngày 1/12/2036 còn quá xa. Chỉ ghi trước được đến ngày"),
        ({"phone": "gọi con trai"}, "Số điện thoại chưa đúng."),
        ({"ceremony_date": "1970", "official_date": "1960"}, "Ngày chính thức không thể trước ngày vào Đảng."),
    ],
)
def test_receiving_is_refused_and_nothing_typed_is_lost(world: World, given: dict[str, str], message: str) -> None:
    fields = {"unit": world.land.one.pk, "came": "admitted", "standing": "full", "name": "Cao Thị Mơ",
              "phone": "0900 000 777"}  # fmt: skip
    answer = sent(world.browser("ha"), "/members/receive/", **{**fields, **given})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert message in text
    assert f'value="{given.get("phone", "0900 000 777")}"' in text
    assert 'value="admitted"' in text
    assert not Person.objects.filter(name="Cao Thị Mơ").exists()


def test_somebody_of_the_same_name_and_birth_is_asked_about_first(world: World) -> None:
    fields = {"unit": world.land.two.pk, "came": "transferred", "standing": "full", "name": "NGUYỄN VĂN AN",
              "birth": "1957"}  # fmt: skip
    ha = world.browser("ha")
    answer = sent(ha, "/members/receive/", **fields)
    assert answer.status_code == 422
    assert "Có phải là một người?" in answer.content.decode()
    assert sent(ha, "/members/receive/", **fields, other="1").status_code == 302


def test_information_is_changed(world: World) -> None:
    thuy, page = world.browser("thuy"), world.page("an", "change/")
    assert 'value="3/5/1957"' in thuy.get(page).content.decode()
    answer = thuy.post(page, {"seen": 0, "name": "Nguyễn Văn An", "birth": "3/5/1957", "occupation": "Làm vườn",
                              "reason": "Theo đơn"})  # fmt: skip
    assert answer.status_code == 302
    an = world.person("an")
    assert (an.occupation, an.hometown) == ("Làm vườn", "")
    assert last_entry().reason == "Theo đơn"


def test_the_second_of_two_writers_is_told_and_may_try_again(world: World) -> None:
    page = world.page("an", "change/")
    fields = {"seen": 0, "name": "Nguyễn Văn An", "birth": "3/5/1957"}
    assert world.browser("thuy").post(page, {**fields, "occupation": "Làm vườn"}).status_code == 302
    second = world.browser("ha").post(page, {**fields, "occupation": "Nuôi ong"})
    text = second.content.decode()
    assert second.status_code == 422
    assert "người khác đã thay đổi hồ sơ này" in text
    assert 'value="Nuôi ong"' in text
    assert 'name="seen" value="1"' in text
    assert world.browser("ha").post(page, {**fields, "seen": 1, "occupation": "Nuôi ong"}).status_code == 302


def test_a_change_of_nothing_is_refused(world: World) -> None:
    thuy, page = world.browser("thuy"), world.page("sau", "change/")
    answer = thuy.post(page, {"seen": 1, "name": "Vũ Sáu", "sex": "m", "birth": "1941"})
    assert answer.status_code == 422
    assert "Chưa có thông tin nào thay đổi." in answer.content.decode()


def test_a_number_is_recorded_with_its_warnings(world: World) -> None:
    thuy, page = world.browser("thuy"), world.page("an", "number/")
    answer = sent(thuy, page, kind="national_id", digits="091157000111")
    assert answer.status_code == 302
    assert "không khớp với giới tính" in thuy.get(world.page("an")).content.decode()
    refused = sent(thuy, page, kind="national_id", digits="123")
    assert (refused.status_code, "phải có đủ 12 chữ số" in refused.content.decode()) == (422, True)


def test_a_transfer(world: World) -> None:
    ha, page = world.browser("ha"), world.page("an", "transfer/")
    text = ha.get(page).content.decode()
    assert "Chi bộ thôn Hai" in text
    assert "Chi bộ thôn Chè" not in text
    assert sent(ha, page, seen=0, to=world.land.two.pk, reason="Chuyển nơi ở").status_code == 302
    assert Membership.objects.on(TODAY).get(person=world.people["an"]).unit == world.land.two
    again = sent(ha, page, seen=0, to=world.land.three.pk)
    assert again.status_code == 422
    assert "hãy chọn ngày sau đó" in again.content.decode()


def test_a_transfer_to_a_unit_outside_is_no_choice(world: World) -> None:
    answer = sent(world.browser("ha"), world.page("an", "transfer/"), to=world.land.far_cell.pk)
    assert answer.status_code == 422


def test_the_secretary_follows_to_another_place(world: World) -> None:
    dung = world.browser("dung")
    answer = sent(dung, world.page("an", "transfer/"), to=world.land.far_cell.pk)
    assert answer.status_code == 302
    assert world.browser("ha").get(world.page("an")).status_code == 200  # what is left there: the time that was
    assert "không còn sinh hoạt" in world.browser("ha").get(world.page("an")).content.decode()


def test_going_elsewhere(world: World) -> None:
    ha, page = world.browser("ha"), world.page("chi", "send-away/")
    assert sent(ha, page, seen=0, reason="").status_code == 422
    assert sent(ha, page, seen=0, reason="Đảng bộ phường ở tỉnh khác").status_code == 302
    assert "Hoàng Thị Chi" not in listed(ha)
    assert "Trước đây ở Chi bộ thôn Hai" in ha.get(world.page("chi")).content.decode()


def test_recognition_proposes_the_day_a_year_after_the_ceremony(world: World) -> None:
    thuy, page = world.browser("thuy"), world.page("lien", "recognise/")
    assert 'value="03/02/2027"' in thuy.get(page).content.decode()
    assert thuy.post(page, {"seen": 0, "on": "2027-02-03", "decision": "15-QĐ/ĐU"}).status_code == 302
    refused = sent(thuy, world.page("an", "recognise/"), seen=0)
    assert (refused.status_code, "không phải là đảng viên dự bị" in refused.content.decode()) == (422, True)


def test_participation_begins_and_ends(world: World) -> None:
    thuy, an = world.browser("thuy"), world.people["an"]
    page = world.page("an", "participation/")
    assert sent(thuy, page, seen=0, kind="exempt_for_time", last="2027-03-31").status_code == 302
    row = Participation.objects.unvoided().get(person=an)
    assert (row.kind, row.valid_to) == ("exempt_for_time", date(2027, 4, 1))
    assert "Tạm miễn" in thuy.get(world.page("an")).content.decode()
    refused = sent(thuy, page, seen=1, kind="exempt", last="2026-01-01")
    assert (refused.status_code, "Ngày kết thúc phải sau ngày bắt đầu." in refused.content.decode()) == (422, True)
    assert thuy.post(world.page("an", "end-participation/"), {"seen": 1, "on": "2026-11-01"}).status_code == 302
    assert queries.participation(world.person("an"), TODAY) is None
    assert thuy.get(world.page("an", "end-participation/")).status_code == 404


def test_leaving_the_party(world: World) -> None:
    ha, page = world.browser("ha"), world.page("sau", "leave/")
    assert sent(ha, page, seen=1).status_code == 422
    assert sent(ha, page, seen=1, how="deceased").status_code == 302
    assert "Từ trần" in ha.get(world.page("sau")).content.decode()
    assert "Vũ Sáu" not in listed(ha)


def test_a_party_group(world: World) -> None:
    thuy, page = world.browser("thuy"), world.page("an", "group/")
    group = world.group
    assert group is not None
    assert sent(thuy, page, seen=0, group=group.pk).status_code == 302
    assert "Tổ đảng số 1" in thuy.get(world.page("an", "record/")).content.decode()
    assert sent(thuy, page, seen=1, group="77").status_code == 422


def test_an_office_at_the_own_cell_and_elsewhere(world: World) -> None:
    ha, page = world.browser("ha"), world.page("chi", "appoint/")
    assert "Chức vụ tại: Chi bộ thôn Hai" in ha.get(page).content.decode()
    assert sent(ha, page, seen=0, office="secretary").status_code == 302
    elsewhere = f"{page}?at={world.land.lim.pk}"
    assert "Chức vụ tại: Đảng bộ xã Lim Thượng" in ha.get(elsewhere).content.decode()
    assert sent(ha, elsewhere, seen=1, office="committee_member", last="2030-06-30").status_code == 302
    assert Tenure.objects.on(TODAY).filter(person=world.people["chi"]).count() == 2
    refused = sent(ha, page, seen=2, office="secretary")
    assert (refused.status_code, "đang giữ chức vụ này" in refused.content.decode()) == (422, True)


def test_an_office_outside_the_scope_cannot_be_given(world: World) -> None:
    answer = world.browser("ha").get(world.page("chi", "appoint/"), {"at": world.land.che.pk})
    assert "Chức vụ tại: Chi bộ thôn Hai" in answer.content.decode()


def test_the_end_of_an_office(world: World) -> None:
    tenure = Tenure.objects.unvoided().get(person=world.people["thuy"])
    ha, page = world.browser("ha"), world.page("thuy", f"offices/{tenure.pk}/end/")
    assert ha.post(page, {"seen": 1, "on": START.isoformat()}).status_code == 422
    assert sent(ha, page, seen=1).status_code == 302
    assert not Tenure.objects.on(TODAY).filter(person=world.people["thuy"]).exists()
    assert ha.get(page).status_code == 404


def test_a_row_is_corrected_and_withdrawn(world: World) -> None:
    row = Membership.objects.unvoided().get(person=world.people["an"])
    thuy, page = world.browser("thuy"), world.page("an", f"rows/membership/{row.pk}/correct/")
    assert 'value="01/08/2025"' in thuy.get(page).content.decode()
    fields = {"seen": 0, "came": "loaded", "valid_from": "2025-09-01", "last": "", "reason": "Ghi nhầm tháng"}
    assert thuy.post(page, {**fields, "reason": ""}).status_code == 422
    assert thuy.post(page, {**fields, "valid_from": "2025-13-01"}).status_code == 422
    assert thuy.post(page, fields).status_code == 302
    assert thuy.get(page).status_code == 404
    deviation = Participation.objects.unvoided().get(person=world.people["sau"])
    gone = world.page("sau", f"rows/participation/{deviation.pk}/withdraw/")
    assert "Miễn sinh hoạt" in thuy.get(gone).content.decode()
    assert thuy.post(gone, {"seen": 1, "reason": "Ghi nhầm người"}).status_code == 302
    assert queries.participation(world.person("sau"), TODAY) is None


@pytest.mark.parametrize("tail", ["rows/person/1/correct/", "rows/membership/999/correct/", "rows/x/1/withdraw/",
                                  "rows/personnumber/1/correct/"])  # fmt: skip
def test_only_rows_of_the_person_are_corrected(world: World, tail: str) -> None:
    assert world.browser("ha").get(world.page("chi", tail)).status_code == 404


def test_two_records_are_made_one_and_parted_again(world: World) -> None:
    world.receive("again", "Nguyễn Văn An", world.land.two, birth="1957", theory="Trung cấp")
    ha = world.browser("ha")
    found = ha.get(world.page("an", "merge/")).content.decode()
    page = world.page("an", f"merge/{world.people['again']}/")
    assert page in found
    assert str(world.people["far_an"]) not in re.findall(r"/merge/(\d+)/", found)
    assert "sẽ bổ sung" in ha.get(page).content.decode()
    assert ha.post(page, {"reason": ""}).status_code == 422
    assert ha.post(page, {"reason": "Cùng số thẻ cũ"}).status_code == 302
    shown = ha.get(world.page("an")).content.decode()
    undo = re.search(r'action="(/members/\d+/unmerge/\d+/)"', shown)
    assert undo is not None
    assert ha.get(undo.group(1)).status_code == 405
    assert ha.post(undo.group(1)).status_code == 302
    assert ha.get(world.page("again")).status_code == 200


def test_the_other_record_is_found_by_name(world: World) -> None:
    ha, page = world.browser("ha"), world.page("an", "merge/")
    assert "Bùi Văn Long" in ha.get(page, {"q": "long"}).content.decode()
    assert "Không tìm thấy hồ sơ nào" in ha.get(page, {"q": "khanh"}).content.decode()


@pytest.mark.parametrize(
    "tail",
    ["change/", "number/", "transfer/", "send-away/", "recognise/", "participation/", "leave/", "group/", "appoint/",
     "merge/", "numbers/"],
)  # fmt: skip
def test_every_act_has_a_page(world: World, tail: str) -> None:
    answer = world.browser("ha").get(world.page("an", tail))
    assert answer.status_code == 200
    assert 'name="csrfmiddlewaretoken"' in answer.content.decode() or tail == "merge/"


def test_a_refusal_of_another_module_is_shown(world: World) -> None:
    actions.transfer(actor=boss(), person=world.person("an"), to=world.land.two, on=TODAY)
    answer = sent(world.browser("ha"), world.page("an", "transfer/"), to=world.land.three.pk)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_an_account_is_opened_with_the_rights_of_the_offices_and_taken_off(world: World) -> None:
    ha, page = world.browser("ha"), world.page("thuy", "account/open/")
    assert ha.post(page, {"seen": 1, "username": "Lê Thị"}).status_code == 422
    answer = ha.post(page, {"seen": 1, "username": "bi.thu.mot"})
    assert "bi.thu.mot" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    account = world.person("thuy").account
    assert account is not None
    held = Grant.objects.on(TODAY).filter(account=account).values_list("role", flat=True)
    assert set(held) == {"member", "cell_secretary"}
    assert ha.post(page, {"seen": 2}).status_code == 422
    assert ha.post(world.page("thuy", "account/close/"), {"seen": 2}).status_code == 302
    assert world.person("thuy").account is None
    assert world.browser("thuy").get(page).status_code == 403


def undo_of(client: Client, address: str) -> str:
    """Where the button of the message leads."""
    found = re.search(r'action="(/members/\d+/log/\d+/)"', client.get(address).content.decode())
    assert found is not None, address
    return found[1]


def test_an_act_is_undone_from_its_message(world: World) -> None:
    ha = world.browser("ha")
    assert sent(ha, world.page("an", "transfer/"), to=world.land.two.pk, seen=0).status_code == 302
    undo = undo_of(ha, world.page("an"))
    assert "Hãy ghi lý do." in ha.post(undo, {"reason": ""}).content.decode()
    assert ha.post(undo).status_code == 302
    assert last_entry().reason == "Hoàn tác ngay sau khi ghi"
    assert queries.home(world.person("an"), TODAY).unit == world.land.one  # type: ignore[union-attr]


def test_a_wrong_reception_is_undone_from_its_message(world: World) -> None:
    ha = world.browser("ha")
    sent(ha, "/members/receive/", unit=world.land.one.pk, came="transferred", standing="full", name="Cao Thị Nhầm")
    person = Person.objects.get(name="Cao Thị Nhầm")
    assert ha.post(undo_of(ha, f"/members/{person.pk}/")).headers["Location"] == "/members/"
    assert ha.get(f"/members/{person.pk}/").status_code == 404
