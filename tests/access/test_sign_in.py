"""Signing in and out over HTTP, and everything that is said on the way."""

import gettext
import json
import re
import time
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import allauth
import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from hatnhan.access import actions, middleware, passwords
from hatnhan.access.adapter import AccountAdapter, FactorAdapter
from hatnhan.access.models import Account
from tests.access.cast import PASSWORD, Cast, boss, browser
from tests.units.ground import TODAY

IN, OUT, CHANGE = "/sign-in/", "/sign-out/", "/account/password/"
NEW = "mot cau that dai"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(IN, {"login": username, "password": password, **more})


def send(client: Client, path: str, fields: dict[str, Any]) -> Any:
    """As a browser sends a plain form."""
    return client.post(path, urlencode(fields), content_type="application/x-www-form-urlencoded")


def text(response: Any) -> str:
    return unescape(response.content.decode())


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_visitor_is_led_to_sign_in_and_then_to_where_they_wanted(people: Cast) -> None:
    client = Client()
    asked = client.get("/account/?a=1")
    assert asked["Location"] == "/sign-in/?next=/account/%3Fa%3D1"
    page = client.get(asked["Location"])
    assert 'name="next" value="/account/?a=1"' in text(page)
    done = sign_in(client, "tran.thu.ha", next="/account/?a=1")
    assert done["Location"] == "/account/?a=1"
    assert signed_in(client)


@pytest.mark.parametrize("name", ["tran.thu.ha", "TRAN.THU.HA", " Tran.Thu.Ha "])
def test_the_sign_in_name_is_taken_in_any_case(people: Cast, name: str) -> None:
    client = Client()
    assert sign_in(client, name).status_code == 302
    assert signed_in(client)


def test_the_right_password_is_asked_for(people: Cast) -> None:
    client = Client()
    wrong = sign_in(client, "tran.thu.ha", "sai mat khau")
    assert wrong.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in text(wrong)
    assert 'value="tran.thu.ha"' in text(wrong)
    assert "sai mat khau" not in text(wrong)
    assert text(sign_in(client, "ai.do")).count("Tên đăng nhập hoặc mật khẩu chưa đúng.") == 1
    empty = text(sign_in(client, "", ""))
    assert "Hãy nhập tên đăng nhập." in empty
    assert "Hãy nhập mật khẩu." in empty
    assert not signed_in(client)


def test_nobody_is_led_elsewhere_after_signing_in(people: Cast) -> None:
    assert sign_in(Client(), "tran.thu.ha", next="https://example.org/")["Location"] == "/"


def test_a_locked_account_is_told_so_only_with_its_password(people: Cast) -> None:
    actions.lock(actor=boss(), account=people.thuy, why="misuse", on=TODAY)
    client = Client()
    right = client.post(IN, {"login": "le.thi.thuy", "password": PASSWORD}, follow=True)
    assert right.status_code == 403
    assert "Tài khoản đang bị khóa" in text(right)
    assert "đang bị khóa" not in text(sign_in(client, "le.thi.thuy", "sai mat khau"))
    assert not signed_in(client)


def test_after_five_wrong_passwords_one_has_to_wait(people: Cast) -> None:
    client = Client()
    for _n in range(5):
        assert "Đã nhập sai nhiều lần" not in text(sign_in(client, "tran.thu.ha", "sai mat khau"))
    late = sign_in(client, "Tran.Thu.Ha")
    assert late.status_code == 422
    assert "Đã nhập sai nhiều lần liên tiếp. Hãy đợi 5 phút rồi thử lại." in text(late)
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "do.minh.khoa").status_code == 302


def test_too_many_tries_from_one_machine_get_a_page_of_ours(people: Cast, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    client = Client()
    answers = [sign_in(client, "tran.thu.ha", "") for _n in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert "Đồng chí hãy đợi một phút rồi thử lại." in text(answers[2])


def test_a_wrong_answer_takes_as_long_for_a_one_time_password(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    spent: list[str] = []
    monkeypatch.setattr(passwords, "make_password", lambda given: spent.append(given))
    sign_in(Client(), "tran.thu.ha", "sai mat khau")
    assert spent == []
    monkeypatch.undo()
    actions.reset_passwords(actor=boss(), accounts=[people.thuy])
    monkeypatch.setattr(passwords, "make_password", lambda given: spent.append(given))
    sign_in(Client(), "le.thi.thuy", "sai mat khau")
    assert spent == ["sai mat khau"]


def test_signing_out_asks_first_and_ends_the_session(people: Cast) -> None:
    client = browser(people.ha)
    assert "Đồng chí muốn đăng xuất khỏi hệ thống?" in text(client.get(OUT))
    assert signed_in(client)
    page = client.post(OUT, follow=True)
    assert "Đồng chí đã đăng xuất." in text(page)
    assert not signed_in(client)
    assert client.get(OUT)["Location"] == IN


def test_whoever_is_locked_is_signed_out_by_the_next_request(people: Cast) -> None:
    client = browser(people.thuy)
    actions.lock(actor=people.actor(people.ha), account=people.thuy, why="misuse", on=TODAY)
    page = client.get("/account/", follow=True)
    assert page.redirect_chain == [("/sign-in/?next=/account/", 302)]
    assert "Tài khoản này đã bị khóa nên hệ thống tự thoát." in text(page)
    assert "_auth_user_id" not in client.session


def test_access_that_ended_is_gone_by_the_next_request(people: Cast) -> None:
    client = browser(people.ha)
    assert client.get("/accounts/").status_code == 200
    actions.hand_over(actor=boss(), old=people.ha, new=people.binh, unit=people.ground.lim, on=TODAY)
    assert client.get("/accounts/").status_code == 302
    assert browser(people.binh).get("/accounts/").status_code == 200


def test_a_reset_ends_the_sessions_of_the_old_password(people: Cast) -> None:
    client = browser(people.thuy)
    assert signed_in(client)
    actions.reset_passwords(actor=people.actor(people.ha), accounts=[people.thuy])
    assert not signed_in(client)


def test_a_one_time_password_leads_to_an_own_one(people: Cast) -> None:
    slip = actions.reset_passwords(actor=people.actor(people.ha), accounts=[people.thuy])[0]
    client = Client()
    assert sign_in(client, "le.thi.thuy", slip.password).status_code == 302
    assert client.get("/account/")["Location"] == CHANGE
    assert client.get("/account/", headers={"HX-Request": "true"})["HX-Redirect"] == CHANGE
    page = text(client.get(CHANGE))
    assert "Mật khẩu trên phiếu chỉ dùng một lần." in page
    same = client.post(CHANGE, {"oldpassword": slip.password, "password1": slip.password, "password2": slip.password})
    assert "Mật khẩu mới phải khác mật khẩu đang dùng." in text(same)
    done = client.post(CHANGE, {"oldpassword": slip.password, "password1": NEW, "password2": NEW})
    assert done["Location"] == "/"
    assert signed_in(client)
    assert not Account.objects.get(pk=people.thuy.pk).must_change_password
    assert sign_in(Client(), "le.thi.thuy", slip.password).status_code == 422


@pytest.mark.parametrize(
    ("old", "first", "second", "said"),
    [
        ("sai", NEW, NEW, "Mật khẩu đang dùng chưa đúng."),
        (PASSWORD, NEW, NEW + "!", "Hai lần nhập mật khẩu mới chưa giống nhau."),
        (PASSWORD, "ngan", "ngan", "Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
        (PASSWORD, "912837465012", "912837465012", "Mật khẩu không được chỉ gồm chữ số."),
        (PASSWORD, "tran.thu.ha", "tran.thu.ha", "Mật khẩu quá giống tên đăng nhập."),
        (PASSWORD, "1234567890", "1234567890", "Mật khẩu này quá nhiều người dùng, dễ bị đoán ra."),
        (PASSWORD, PASSWORD, PASSWORD, "Mật khẩu mới phải khác mật khẩu đang dùng."),
        ("", "", "", "Hãy nhập mật khẩu mới."),
    ],
)
def test_a_new_password_is_refused_with_its_reason(people: Cast, old: str, first: str, second: str, said: str) -> None:
    answer = browser(people.ha).post(CHANGE, {"oldpassword": old, "password1": first, "password2": second})
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_changed_password_ends_the_other_sessions_and_leaves_this_one(people: Cast) -> None:
    here, there = browser(people.ha), browser(people.ha)
    page = here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True)
    assert page.redirect_chain == [("/account/", 302)]
    assert "Đã đổi mật khẩu." in text(page)
    assert signed_in(here)
    assert not signed_in(there)


def test_forgetting_the_password_leads_to_people_not_to_e_mail(people: Cast) -> None:
    page = text(Client().get("/sign-in/forgot/"))
    assert "Văn phòng đảng ủy nơi đồng chí sinh hoạt" in page
    assert "<form" not in page.replace('action="/preferences/"', "").split("</section>")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/signup/",
        "/email/",
        "/confirm-email/",
        "/password/reset/",
        "/accounts/signup/",
        "/accounts/login/",
        "/sign-up/",
    ],
)
def test_nothing_else_of_the_library_has_an_address(people: Cast, path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "account_confirm_email"])
def test_no_page_of_the_library_is_named_that_is_not_ours(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_demo_shows_its_sign_ins_and_a_real_installation_never(people: Cast, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    entries = [{"username": "thu.ba", "password": "thu-thu-thu", "label": "Bí thư chi bộ"}]
    (tmp_path / "demo").write_text(json.dumps(entries), encoding="utf-8")
    assert "thu-thu-thu" not in text(Client().get(IN))
    settings.HATNHAN_DEMO = True
    assert "thu-thu-thu" in text(Client().get(IN))
    (tmp_path / "demo").write_text("", encoding="utf-8")
    assert Client().get(IN).status_code == 200


# --- the language ---------------------------------------------------------------------------------------------------


def english() -> set[str]:
    """Every sentence of the library, of two words and more."""
    folder = Path(allauth.__file__).parent / "locale" / "fr" / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as file:
        found: dict[Any, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    said = {key for key in found if isinstance(key, str) and "%" not in key and "\n" not in key and "<" not in key}
    return {one for one in said if len(one.split()) > 1}


def test_no_sentence_of_the_library_is_seen_in_vietnamese(people: Cast, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "6/m/ip", "login_failed": "1/5m/key", "change_password": "9/m/user"}
    client, ha = Client(), browser(people.ha)
    pages = [client.get(path) for path in (IN, OUT, "/sign-in/forgot/", "/sign-in/locked/")]
    pages += [sign_in(client, "", ""), *[sign_in(client, "tran.thu.ha", "x") for _n in range(6)]]
    pages += [ha.get(path) for path in (CHANGE, "/account/confirm/", OUT, "/account/")]
    pages += [ha.post(CHANGE, {"oldpassword": "x", "password1": "x", "password2": "y"}), ha.post(CHANGE, {})]
    pages += [ha.post("/account/confirm/", {"password": "x"}), ha.post(OUT, follow=True)]
    seen = "\n".join(text(page) for page in pages)
    shown = re.sub(r"<[^>]+>", " ", seen) + " ".join(re.findall(r'(?:placeholder|title|aria-label)="([^"]*)"', seen))
    assert len(english()) > 150
    assert [sentence for sentence in english() if sentence.lower() in shown.lower()] == []
    for word in ("Username", "Password", "Remember", "required", "invalid", "field"):
        assert word not in shown


def test_every_error_is_said_in_vietnamese() -> None:
    said = {**AccountAdapter.error_messages, **FactorAdapter.error_messages}
    assert [code for code, text in said.items() if not re.search("[ăâđêôơưáàảãạấầẩậ]", str(text))] == []


def test_a_visitor_reads_in_the_language_of_the_cookie(people: Cast) -> None:
    client = Client()
    assert client.get(IN)["Content-Language"] == "vi"
    back = client.post("/preferences/", {"language": "en", "next": "/sign-in/forgot/"})
    assert back["Location"] == "/sign-in/forgot/"
    page = client.get(IN)
    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in text(page)
    assert client.post("/preferences/", {"language": "xx", "next": "//example.org/"})["Location"] == "/"
    assert client.get(IN)["Content-Language"] == "en"


# --- idleness -------------------------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the machine; its one entry is the moment."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def test_after_an_hour_without_work_one_is_signed_out_and_comes_back(people: Cast, clock: list[float]) -> None:
    client = browser(people.ha)
    assert client.get("/account/?x=1").status_code == 200
    clock[0] += 3600
    assert client.get("/account/?x=1").status_code == 200
    clock[0] += 3601
    page = client.get("/account/?x=1", follow=True)
    assert page.redirect_chain == [("/sign-in/?next=/account/%3Fx%3D1", 302)]
    assert "Đồng chí đã không dùng máy trong 60 phút nên hệ thống tự thoát." in text(page)
    assert sign_in(client, "tran.thu.ha", next="/account/?x=1")["Location"] == "/account/?x=1"
    assert signed_in(client)


def test_the_last_work_is_written_at_most_once_a_minute(people: Cast, clock: list[float]) -> None:
    client = browser(people.ha)
    seen = []
    for step in (0, 30, 29, 1):
        clock[0] += step
        client.get("/account/")
        seen.append(client.session[middleware.SEEN] - 1_800_000_000)
    assert seen == [0, 0, 0, 60]


def test_a_piece_of_a_page_leads_back_to_the_whole(people: Cast, clock: list[float]) -> None:
    client = browser(people.ha)
    client.get("/accounts/")
    clock[0] += 4000
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/accounts/?q=an"}
    answer = client.get("/accounts/", headers=headers)
    assert answer["HX-Redirect"] == "/sign-in/?next=/accounts/%3Fq%3Dan"


def test_what_was_being_sent_is_not_lost(people: Cast, clock: list[float]) -> None:
    client, path = browser(people.ha), f"/accounts/{people.binh.pk}/give/?unit={people.ground.two.pk}"
    client.get("/account/")
    clock[0] += 4000
    sent = {
        "role": "cell_deputy",
        "unit": people.ground.two.pk,
        "on": "2026-11-01",
        "last": "",
        "note": "hai\ndòng <b>",
    }
    answer = send(client, path, sent)
    assert answer["Location"] == "/sign-in/?next=/account/unsent/"
    assert "hai" not in json.dumps(dict(client.session))
    sign_in(client, "tran.thu.ha", next="/account/unsent/")
    page = client.get("/account/unsent/").content.decode()
    assert "Nội dung thuộc trang: Cấp quyền." in unescape(page)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    again = {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}
    assert again["note"] == "hai\ndòng <b>"
    assert f'action="{path}"' in unescape(page)
    assert client.post(path, again).status_code == 302
    assert people.actor(people.binh).can("members.view", at=people.ground.two)


def test_what_was_being_sent_is_shown_to_its_sender_alone_and_can_be_dropped(people: Cast, clock: list[float]) -> None:
    client = browser(people.ha)
    client.get("/account/")
    clock[0] += 4000
    send(client, f"/accounts/{people.binh.pk}/lock/", {"why": "left"})
    sign_in(client, "do.minh.khoa")
    assert client.get("/account/unsent/")["Location"] == "/"
    client = browser(people.ha)
    client.get("/account/")
    clock[0] += 4000
    send(client, f"/accounts/{people.binh.pk}/lock/", {"why": "left"})
    sign_in(client, "tran.thu.ha")
    assert client.get("/account/unsent/").status_code == 200
    assert client.post("/account/unsent/")["Location"] == "/"
    assert client.get("/account/unsent/")["Location"] == "/"


def test_no_password_and_no_long_text_is_kept_unsent(people: Cast, clock: list[float]) -> None:
    for path, sent in (
        (CHANGE, {"oldpassword": PASSWORD}),
        ("/account/confirm/", {"password": PASSWORD}),
        ("/accounts/new/", {"label": "x" * 300_000}),
        ("/preferences/", {"language": "en"}),
    ):
        client = browser(people.ha)
        client.get("/account/")
        clock[0] += 4000
        assert send(client, path, sent)["Location"] == "/sign-in/?next=/"


def test_every_answer_carries_the_id_that_the_log_keeps(people: Cast) -> None:
    client = browser(people.ha)
    first, second = client.get("/account/"), client.get("/account/")
    assert re.fullmatch("[0-9a-f]{16}", first["X-Request-ID"])
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert first["Cache-Control"] == "private, no-cache"
