"""The pages of accounts over HTTP: who sees what, what is typed and what comes of it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hatnhan.access import actions, forms, queries
from hatnhan.access.models import Account, Grant
from hatnhan.access.tables import AccountTable
from tests.access.cast import PASSWORD, Cast, administrator, boss, browser, opened
from tests.units.ground import TODAY

SLIP = re.compile(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")


def text(response: Any) -> str:
    return unescape(response.content.decode())


def sure(client: Client, path: str, fields: dict[str, Any] | None = None) -> Any:
    """Send a form; when the own password is asked for, type it, and see what comes then."""
    answer = client.post(path, fields or {})
    if answer.status_code == 302 and answer["Location"].startswith("/account/confirm/"):
        answer = client.post(answer["Location"], {"password": PASSWORD})
        answer = client.post(path, fields or {}) if answer.status_code == 302 else answer
    return answer


def every_page(people: Cast) -> list[str]:
    pk = people.binh.pk
    grant = queries.standing(people.binh, TODAY).get().pk
    own = [f"/accounts/{pk}/{word}/" for word in ("lock", "unlock", "give", "hand-over", f"end/{grant}")]
    return ["/accounts/", "/accounts/new/", f"/accounts/passwords/?account={pk}", f"/accounts/{pk}/", *own]


def test_only_who_looks_after_accounts_opens_their_pages(people: Cast) -> None:
    for path in every_page(people):
        assert Client().get(path)["Location"].startswith("/sign-in/?next=/accounts/")
        assert browser(people.thuy).get(path).status_code == 403
        assert browser(people.binh).get(path).status_code == 403


def test_an_account_outside_the_scope_does_not_exist(people: Cast) -> None:
    khoa = browser(people.khoa)
    for path in every_page(people)[2:]:
        assert khoa.get(path).status_code == 404
        assert khoa.post(path, {"why": "left"}).status_code == 404
    assert "Phạm Văn Bình" not in text(khoa.get("/accounts/"))
    assert Account.objects.get(pk=people.binh.pk).is_active


@pytest.mark.parametrize("who", ["ha", "dung"])
def test_every_page_opens_for_those_who_look_after_the_account(people: Cast, who: str) -> None:
    client = browser(getattr(people, who))
    for path in every_page(people):
        answer = client.get(path)
        assert answer.status_code == 200 or answer["Location"].startswith("/account/confirm/"), path


def test_the_list_shows_names_roles_and_states(people: Cast) -> None:
    actions.lock(actor=boss(), account=people.binh, why="misuse", on=TODAY)
    actions.create_account(actor=boss(), label="Nguyễn Văn An", role="member", unit=people.ground.two, on=TODAY)
    page = text(browser(people.ha).get("/accounts/"))
    assert "Bí thư chi bộ" in page
    assert "Chi bộ thôn Một" in page
    assert "Đã khóa: nghi bị người khác sử dụng" in page
    assert "Chưa đăng nhập lần nào" in page
    assert "Đỗ Minh Khoa" not in page


def test_the_list_is_searched_filtered_and_says_when_nothing_fits(people: Cast) -> None:
    client = browser(people.ha)
    found = text(client.get("/accounts/?q=thuy le"))
    assert "Lê Thị Thủy" in found
    assert "Phạm Văn Bình" not in found
    assert "1 tài khoản phù hợp" in found
    assert "Phạm Văn Bình" not in text(client.get("/accounts/?role=cell_secretary&role=office"))
    assert "Không có kết quả phù hợp" in text(client.get("/accounts/?q=khong ai"))
    assert "Không có kết quả phù hợp" in text(client.get("/accounts/?state=locked"))
    assert client.get("/accounts/?after=~~&before=x&state=y&q=%00&unit=9999999999999999999999").status_code == 200


def test_the_list_turns_both_ways_in_the_order_of_given_names(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AccountTable, "size", 2)
    for name in ("Hoàng Ánh", "Hoàng Chi", "Mạc Đan"):
        opened(name, "member", people.ground.two)
    client = browser(people.ha)

    def turned(path: str) -> tuple[list[str], list[str]]:
        page = text(client.get(path))
        return re.findall(r'class="name" href="[^"]*">([^<]+)<', page), re.findall(
            r'href="([^"]*(?:before|after)=[^"]*)"', page
        )

    first, (on,) = turned("/accounts/")
    second, (back, further) = turned(on)
    third, _ = turned(further)
    assert (first, second, third) == (
        ["Hoàng Ánh", "Phạm Văn Bình"], ["Hoàng Chi", "Mạc Đan"], ["Trần Thu Hà", "Lê Thị Thủy"],
    )  # fmt: skip
    assert turned(back)[0] == first


def test_the_list_alone_is_sent_to_a_script_with_its_boxes(people: Cast) -> None:
    actions.lock(actor=boss(), account=people.binh, why="misuse", on=TODAY)
    page = text(browser(people.ha).get("/accounts/?q=b", headers={"HX-Request": "true", "HX-Target": "list"}))
    assert "<html" not in page
    box = f'<input type="checkbox" form="chosen" name="account" value="{people.binh.pk}"'
    assert f"{box} disabled>" in page


def test_the_list_costs_the_same_for_few_and_for_many(
    people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(people.ha)
    client.get("/accounts/")
    for name in "ABCDEFGHIJ":
        opened(f"Nguyễn Thị {name}", "member", people.ground.two)
    with django_assert_max_num_queries(9):
        client.get("/accounts/")


def test_a_created_account_comes_with_a_slip_that_is_shown_once(people: Cast) -> None:
    client = browser(people.ha)
    sent = {"label": "Nguyễn Văn An", "username": "", "role": "cell_secretary", "unit": people.ground.two.pk,
            "on": "2026-11-22", "last": "31/12/2027"}  # fmt: skip
    page = client.post("/accounts/new/", sent)
    (password,) = SLIP.findall(text(page))
    account = Account.objects.get(username="nguyen.van.an")
    assert account.check_password(password)
    assert "http://testserver/" in text(page)
    assert "no-store" in page["Cache-Control"]
    grant = queries.standing(account, TODAY).get()
    assert (grant.role, str(grant.valid_to)) == ("cell_secretary", "2028-01-01")
    assert not SLIP.search(text(client.get(f"/accounts/{account.pk}/")))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label": ""}, "Hãy ghi họ và tên người dùng tài khoản."),
        ({"username": "Lê Thị"}, "Tên đăng nhập “lê thị” chưa đúng"),
        ({"username": "le.thi.thuy"}, "Tên đăng nhập le.thi.thuy đã có người dùng."),
        ({"role": ""}, "Hãy chọn vai trò."),
        ({"role": "provincial"}, "Hãy chọn vai trò."),
        ({"unit": ""}, "Hãy chọn đơn vị."),
        ({"unit": "1"}, "Hãy chọn một đơn vị trong danh sách."),
        ({"on": "32/1/2026"}, "Ngày chưa đúng. Hãy ghi như 22/11/2026."),
        ({"on": "22/11/20225"}, "Ngày chưa đúng. Hãy ghi như 22/11/2026."),
        ({"on": ""}, "Hãy chọn ngày."),
        ({"last": "1/1/2020"}, "Ngày kết thúc phải sau ngày bắt đầu."),
        ({"on": "1/1/2020"}, "không hoạt động suốt thời gian"),
        ({"role": "office"}, "Vai trò này không cấp tại chi bộ. Hãy chọn đảng bộ."),
    ],
)
def test_what_is_wrong_with_a_new_account_stands_at_its_field(people: Cast, changes: dict[str, str], said: str) -> None:
    sent = {"label": "Nguyễn Văn An", "role": "member", "unit": str(people.ground.two.pk), "on": "22/11/2026"}
    answer = browser(people.ha).post("/accounts/new/", sent | changes)
    assert answer.status_code == 422
    assert said in text(answer)
    if "label" not in changes:
        assert 'value="Nguyễn Văn An"' in text(answer)
    assert not Account.objects.filter(label="Nguyễn Văn An").exists()


def test_a_secretary_of_a_cell_is_none_of_a_commune(people: Cast) -> None:
    sent = {"label": "An", "role": "cell_secretary", "unit": str(people.ground.lim.pk), "on": "22/11/2026"}
    answer = browser(people.ha).post("/accounts/new/", sent)
    assert "Vai trò này chỉ cấp tại chi bộ. Hãy chọn chi bộ." in text(answer)


def test_among_many_units_one_is_found_by_code_or_name(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "FEW", 3)
    client, sent = browser(people.ha), {"label": "Nguyễn Văn An", "role": "member", "on": "22/11/2026"}

    def asked(unit: str) -> Any:
        return client.post("/accounts/new/", sent | {"unit": unit})

    assert "Có nhiều đơn vị phù hợp, hãy ghi mã: Chi bộ thôn Ba (91.001.103)" in text(asked("chi bo thon"))
    assert "Không tìm thấy đơn vị “Chi bộ thôn Chè”" in text(asked("Chi bộ thôn Chè"))
    assert "Không tìm thấy đơn vị “91.002.101”" in text(asked("91.002.101"))
    assert SLIP.search(text(asked("thôn hai")))
    assert SLIP.search(text(asked("91.001.103")))
    units = Grant.objects.filter(account__label="Nguyễn Văn An").order_by("pk").values_list("unit", flat=True)
    assert list(units) == [people.ground.two.pk, people.ground.three.pk]


def test_the_unit_of_the_address_is_the_only_one_offered(people: Cast) -> None:
    page = text(browser(people.ha).get(f"/accounts/new/?unit={people.ground.two.pk}"))
    assert re.findall(r'<option value="(\d+)"', page.split('name="unit"')[-1]) == [str(people.ground.two.pk)]


def test_new_passwords_in_bulk_ask_for_the_own_one_and_print_a_slip_each(people: Cast) -> None:
    client, path = browser(people.ha), f"/accounts/passwords/?account={people.thuy.pk}&account={people.binh.pk}"
    assert client.get(path)["Location"].startswith("/account/confirm/?next=%2Faccounts%2Fpasswords%2F")
    wrong = client.post("/account/confirm/", {"password": "sai"})
    assert wrong.status_code == 422
    assert "Mật khẩu chưa đúng." in text(wrong)
    page = sure(client, path, {"reason": "quên"})
    made = SLIP.findall(text(page))
    assert len(set(made)) == 2
    assert text(page).count('class="card slip"') == 2
    for account, password in zip((people.binh, people.thuy), made, strict=True):
        assert Account.objects.get(pk=account.pk).check_password(password)
    assert "Ghi chú: quên" in text(client.get(f"/accounts/{people.thuy.pk}/"))


def test_new_passwords_for_nobody_and_for_oneself_are_answered(people: Cast) -> None:
    client = browser(people.ha)
    assert "Chưa chọn tài khoản nào" in text(client.get("/accounts/passwords/"))
    answer = sure(client, f"/accounts/passwords/?account={people.ha.pk}")
    assert answer.status_code == 422
    assert "Mật khẩu của chính mình thì đổi ở trang “Đổi mật khẩu”." in text(answer)
    assert client.get(f"/accounts/passwords/?account={people.khoa.pk}").status_code == 404


def test_locking_takes_a_reason_and_opening_gives_a_slip(people: Cast) -> None:
    client, path = browser(people.ha), f"/accounts/{people.thuy.pk}/"
    assert "Hãy chọn lý do khóa tài khoản." in text(client.post(f"{path}lock/", {}))
    page = client.post(f"{path}lock/", {"why": "misuse", "reason": "có người gọi hỏi"}, follow=True)
    assert "Đã khóa tài khoản le.thi.thuy." in text(page)
    assert "Khóa tài khoản le.thi.thuy: nghi bị người khác sử dụng." in text(page)
    assert "Ghi chú: có người gọi hỏi" in text(page)
    assert "Tài khoản này đã khóa từ trước." in text(client.post(f"{path}lock/", {"why": "left"}))
    opened_again = sure(client, f"{path}unlock/")
    assert Account.objects.get(pk=people.thuy.pk).check_password(SLIP.findall(text(opened_again))[0])
    assert "Tài khoản này không bị khóa." in text(client.post(f"{path}unlock/"))


def test_an_account_opened_and_locked_on_one_day_stays_in_the_list(people: Cast) -> None:
    client = browser(people.ha)
    actions.create_account(
        actor=boss(), label="Phạm Thị Mới", role="member", unit=people.ground.one, on=TODAY, username="moi"
    )
    account = Account.objects.get(username="moi")
    page = client.post(f"/accounts/{account.pk}/lock/", {"why": "died"}, follow=True)
    assert page.status_code == 200
    assert "Đã khóa tài khoản moi." in text(page)
    assert "Phạm Thị Mới" in text(client.get("/accounts/"))
    assert browser(people.khoa).get(f"/accounts/{account.pk}/").status_code == 404


def test_one_cannot_lock_oneself(people: Cast) -> None:
    client = browser(people.ha)
    answer = client.post(f"/accounts/{people.ha.pk}/lock/", {"why": "left"})
    assert "Đồng chí không tự khóa tài khoản của mình; hãy nhờ người khác." in text(answer)
    assert f"/accounts/{people.ha.pk}/lock/" not in text(client.get(f"/accounts/{people.ha.pk}/"))


def test_a_role_is_given_and_ended_on_the_page_of_the_account(people: Cast) -> None:
    client, path = browser(people.ha), f"/accounts/{people.binh.pk}/"
    sent = {"role": "inspector", "unit": people.ground.lim.pk, "on": "1/11/2026", "last": ""}
    page = client.post(f"{path}give/", sent, follow=True)
    assert "Đã cấp quyền cho tài khoản pham.van.binh." in text(page)
    assert "Ủy ban kiểm tra · Đảng bộ xã Lim Thượng" in text(page)
    assert "Trần Thu Hà cấp lúc" in text(page)
    assert "Tài khoản đã có vai trò này" in text(client.post(f"{path}give/", sent))
    row = queries.standing(people.binh, TODAY).get(role="inspector")
    assert "Vai trò Ủy ban kiểm tra tại Đảng bộ xã Lim Thượng kết thúc từ hôm nay." in text(
        client.get(f"{path}end/{row.pk}/")
    )
    page = client.post(f"{path}end/{row.pk}/", follow=True)
    assert "Đã kết thúc quyền của tài khoản pham.van.binh." in text(page)
    assert "Trần Thu Hà kết thúc" in text(page)
    assert client.post(f"{path}end/{row.pk}/").status_code == 404


def test_a_hand_over_is_typed_on_the_page_of_the_account(people: Cast) -> None:
    client, path, one = browser(people.ha), f"/accounts/{people.thuy.pk}/hand-over/", people.ground.one.pk
    assert "Không có tài khoản “ai.do”." in text(client.post(path, {"new": "ai.do", "unit": one, "on": "22/11/2026"}))
    stranger = client.post(path, {"new": "do.minh.khoa", "unit": one, "on": "22/11/2026"})
    assert "Không có tài khoản “do.minh.khoa”." in text(stranger)
    page = client.post(path, {"new": "Pham.Van.Binh", "unit": one, "on": "22/11/2026"}, follow=True)
    assert "Đã bàn giao từ tài khoản le.thi.thuy sang tài khoản pham.van.binh." in text(page)
    assert browser(people.thuy).get("/account/").status_code == 302
    nothing = text(client.get(f"/accounts/{people.thuy.pk}/hand-over/"))
    assert "Tài khoản này không có vai trò nào để bàn giao." in nothing


def test_handing_over_an_account_says_that_the_office_stays_and_what_mends_it(people: Cast) -> None:
    path, one = f"/accounts/{people.thuy.pk}/hand-over/", people.ground.one
    assert "vẫn giữ chức vụ" not in text(browser(people.ha).get(path))
    actions.give(actor=boss(), account=people.thuy, role="cell_deputy", unit=one, on=TODAY, source=77)
    assert "người cũ vẫn giữ chức vụ ở đây" in text(browser(people.ha).get(path))
    typed = {"new": "pham.van.binh", "unit": one.pk, "on": "22/11/2026"}
    assert "hãy ghi thôi chức vụ" in text(browser(people.ha).post(path, typed, follow=True))


def test_an_account_with_a_role_above_offers_nothing_to_do(people: Cast) -> None:
    actions.give(actor=boss(), account=people.thuy, role="provincial", unit=people.ground.province, on=TODAY)
    client, path = browser(people.ha), f"/accounts/{people.thuy.pk}/"
    page = text(client.get(path))
    assert "chỉ nơi đó được cấp mật khẩu" in page
    assert f"{path}lock/" not in page
    assert client.post(f"{path}lock/", {"why": "left"}).status_code == 403


def test_the_administrator_opens_the_first_account_of_a_province(people: Cast) -> None:
    client = browser(administrator())
    assert "Quản trị hệ thống" in text(client.get("/accounts/"))
    sent = {"label": "Lý Công Tâm", "role": "provincial", "unit": people.ground.province.pk, "on": "22/11/2026"}
    assert SLIP.search(text(client.post("/accounts/new/", sent)))
    assert "Quản trị hệ thống, ở mọi đơn vị" in text(
        client.get(f"/accounts/{Account.objects.get(username='quan.tri').pk}/")
    )


def test_ones_own_account_says_what_one_may_do_where(people: Cast) -> None:
    page = text(browser(people.thuy).get("/account/"))
    assert "Bí thư chi bộ · Chi bộ thôn Một" in page
    assert "Xem và ghi danh sách đảng viên của chi bộ" in page
    nobody = Account.objects.create(username="chua.co.gi", label="Chưa có gì", created_at=people.ha.created_at)
    assert "Tài khoản chưa có vai trò nào" in text(browser(nobody).get("/account/"))


def test_reading_preferences_stay_on_the_account_and_in_the_browser(people: Cast) -> None:
    client = browser(people.binh)
    assert client.post("/preferences/", {"size": "xl", "next": "/account/"})["Location"] == "/account/"
    client.post("/preferences/", {"theme": "dark"})
    client.post("/preferences/", {"size": "giant"})
    kept = Account.objects.get(pk=people.binh.pk)
    assert (kept.size, kept.theme, kept.language) == ("xl", "dark", "vi")
    assert 'data-theme="dark" data-size="xl"' in text(client.get("/account/"))
    client.post("/sign-out/")
    assert 'data-theme="dark" data-size="xl"' in text(client.get("/sign-in/"))
    assert client.get("/preferences/")["Location"] == "/account/"


def test_the_top_bar_names_the_unit_one_works_in(people: Cast) -> None:
    client = browser(people.ha)
    assert "Đảng bộ xã Lim Thượng" in text(client.get("/account/password/").client.get("/accounts/"))
    assert "<span>Chi bộ thôn Hai</span>" in text(client.get(f"/accounts/?unit={people.ground.two.pk}"))
    assert "<span>Đảng bộ xã Lim Thượng</span>" in text(client.get(f"/accounts/?unit={people.ground.far_cell.pk}"))
