"""Roles that need a second factor, resetting it for somebody else, and where an account is signed in."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hatnhan.access import actions, devices, factor_queries, queries
from hatnhan.access.models import OpenSession
from hatnhan.kernel.actor import Actor, Forbidden, NotFound, system
from hatnhan.kernel.days import today
from hatnhan.kernel.models import Payload
from hatnhan.kernel.ui.text import day
from tests.access.cast import PASSWORD, Cast, administrator, boss, browser, refused
from tests.access.factors import app_for, code, text
from tests.access.test_factors import APP, FACTORS, STEP, clock, entered, inside, sign_in

__all__ = ["clock"]

RULES, RULE = "/accounts/second-factor/", "/accounts/second-factor/office/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 8.0; SM-J730G) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/99.0 Chrome/99"


def now() -> Actor:
    """The program itself, today."""
    return system("tests", today())


def require(role: str, on: date) -> None:
    actions.require_factor(actor=now(), role=role, on=on)


# --- which roles ----------------------------------------------------------------------------------------------------


def test_in_a_new_installation_no_role_needs_it(people: Cast) -> None:
    page = text(entered("tran.thu.ha").get(RULES))
    assert page.count("Không bắt buộc") == 7
    assert "Nên bắt buộc với quản trị hệ thống, văn phòng và cơ quan cấp trên" in page


def test_the_administrator_requires_it_with_a_grace_period(people: Cast) -> None:
    administrator()
    client, on = entered("quan.tri"), today() + timedelta(days=14)
    assert f'value="{on:%d/%m/%Y}"' in text(client.get(RULE))
    done = client.post(RULE, {"act": "require", "on": f"{on:%d/%m/%Y}", "reason": "Nghị quyết"}, follow=True)
    assert f"Bắt buộc từ ngày {day(on)}" in text(done)
    holder = Client()
    told = holder.post("/sign-in/", {"login": "tran.thu.ha", "password": PASSWORD, "next": "/account/"}, follow=True)
    assert "Còn 14 ngày để cài" in text(told)
    assert "Còn 14 ngày để cài; từ ngày đó, chưa cài thì phải cài" in text(holder.get(FACTORS))
    assert "để cài" not in text(entered("le.thi.thuy").get("/account/"))
    assert Payload.objects.filter(sentence__contains="bắt buộc xác minh hai bước từ ngày").count() == 1


def test_the_day_may_be_moved_until_it_comes_and_never_lies_back(people: Cast) -> None:
    administrator()
    client = entered("quan.tri")
    later = today() + timedelta(days=20)
    for on in (today() + timedelta(days=5), later):
        client.post(RULE, {"act": "require", "on": f"{on:%d/%m/%Y}"})
    row = factor_queries.requirement("office", today())
    assert row is not None
    assert row.valid_from == later
    late = client.post(RULE, {"act": "require", "on": "1/1/2026"})
    assert late.status_code == 422
    assert "Hãy chọn hôm nay hoặc một ngày sau hôm nay." in text(late)
    assert "Hãy ghi như 22/11/2026" in text(client.post(RULE, {"act": "require", "on": "mai"}))
    client.post(RULE, {"act": "waive", "on": f"{today():%d/%m/%Y}"})
    assert factor_queries.requirement("office", today()) is None


def test_a_requirement_in_force_ends_on_a_day(people: Cast) -> None:
    require("office", today())
    with refused("past"):
        require("office", date(2026, 1, 1))
    on = today() + timedelta(days=3)
    actor = now()
    with refused("required"):
        actions.require_factor(actor=actor, role="office", on=on)
    actions.waive_factor(actor=actor, role="office", on=on)
    assert factor_queries.required_of(people.ha, today())
    assert not factor_queries.required_of(people.ha, on)
    with refused("none"):
        actions.waive_factor(actor=actor, role="member", on=on)
    with refused("role"):
        actions.require_factor(actor=actor, role="king", on=on)


def test_only_whoever_administers_the_whole_tree_decides(people: Cast) -> None:
    actions.give(actor=boss(), account=people.binh, role="administrator", unit=people.ground.lim, on=date(2026, 1, 1))
    for account in (people.ha, people.dung, people.binh):
        with pytest.raises(Forbidden):
            actions.require_factor(actor=people.actor(account), role="office", on=today())
        assert browser(account).get(RULES).status_code == 200
        assert browser(account).get(RULE).status_code == 403
        assert browser(account).post(RULE, {"act": "require", "on": "1/1/2030"}).status_code == 403
    assert browser(people.thuy).get(RULES).status_code == 403


def test_the_numbers_open_their_accounts(people: Cast) -> None:
    app_for(people.ha)
    page = text(browser(people.dung).get(RULES))
    assert "1 trong 2 tài khoản đã cài" in page
    listed = text(browser(people.dung).get("/accounts/?role=office&factor=none"))
    assert "Đỗ Minh Khoa" in listed
    assert "Trần Thu Hà" not in listed
    listed = text(browser(people.dung).get("/accounts/?role=office&factor=set_up"))
    assert "Trần Thu Hà" in listed
    assert "Đỗ Minh Khoa" not in listed


def test_whoever_needs_it_sets_it_up_before_anything_else(people: Cast) -> None:
    require("office", today())
    client = entered("tran.thu.ha")
    assert client.get("/accounts/")["Location"] == FACTORS
    assert client.get("/accounts/", headers={"HX-Request": "true"})["HX-Redirect"] == FACTORS
    assert "Hãy cài một trong hai cách dưới đây để tiếp tục làm việc." in text(client.get(FACTORS))
    assert client.post("/preferences/", {"size": "lg", "next": FACTORS})["Location"] == FACTORS
    client.get(APP)
    shown = text(client.get(APP)).split("data-secret>")[1].split("<")[0].replace(" ", "")
    client.post(APP, {"code": code(shown)})
    assert client.get("/accounts/").status_code == 200
    assert inside(entered("le.thi.thuy"))


def test_an_own_password_comes_first_then_the_second_factor(people: Cast) -> None:
    require("cell_secretary", today())
    slip = actions.reset_passwords(actor=people.actor(people.ha), accounts=[people.thuy])[0]
    client, new = Client(), "mot cau that dai"
    sign_in(client, "le.thi.thuy", slip.password)
    assert client.get(FACTORS)["Location"] == "/account/password/"
    fields = {"oldpassword": slip.password, "password1": new, "password2": new}
    assert client.post("/account/password/", fields)["Location"] == "/"
    assert client.get("/")["Location"] == FACTORS


def test_a_session_of_before_is_led_to_it_at_once_and_loses_no_form(people: Cast, clock: list[float]) -> None:
    client, other = entered("tran.thu.ha"), entered("le.thi.thuy")
    assert client.get("/accounts/").status_code == other.get("/members/").status_code == 200
    require("office", today())
    assert other.get("/members/").status_code == 200
    sent = client.post(f"/accounts/{people.binh.pk}/give/", {"role": "member"})
    assert sent.status_code == 422
    assert client.get("/accounts/")["Location"] == FACTORS
    actions.waive_factor(actor=now(), role="office", on=today())
    assert client.get("/accounts/").status_code == 200


def test_an_ordinary_request_asks_nothing_about_it(people: Cast) -> None:
    require("office", today() + timedelta(days=3))
    client = entered("tran.thu.ha")
    client.get("/accounts/new/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/accounts/new/").status_code == 200
    tables = ("mfa_authenticator", "access_requiredfactor", "access_opensession")
    assert [one["sql"] for one in asked if any(table in one["sql"] for table in tables)] == []


def test_the_last_means_stays_while_a_role_needs_it(people: Cast) -> None:
    means = app_for(people.ha)
    require("office", today())
    client = Client()
    sign_in(client, "tran.thu.ha")
    client.post(STEP, {"code": code()})
    answer = client.post(f"{FACTORS}{means.pk}/remove/")
    assert answer.status_code == 422
    assert "Hãy thêm cách khác trước, rồi bỏ cách này." in text(answer)
    actions.add_passkey(actor=people.actor(people.ha), account=people.ha, name="máy bàn", credential={})
    actions.remove_factor(actor=people.actor(people.ha), account=people.ha, means=means)
    assert [one.name for one in factor_queries.means_of(people.ha)] == ["máy bàn"]


# --- a lost device --------------------------------------------------------------------------------------------------


def test_the_office_resets_it_with_a_reason_and_the_holder_is_told(people: Cast) -> None:
    app_for(people.thuy)
    client, path = entered("tran.thu.ha"), f"/accounts/{people.thuy.pk}/second-factor/"
    assert "Đặt lại xác minh hai bước" in text(client.get(f"/accounts/{people.thuy.pk}/"))
    empty = client.post(path, {"reason": " "})
    assert empty.status_code == 422
    assert "Hãy ghi lý do, ví dụ: mất điện thoại." in text(empty)
    assert client.post(path, {"reason": "mất điện thoại"})["Location"] == f"/accounts/{people.thuy.pk}/"
    assert "Đặt lại xác minh hai bước của tài khoản le.thi.thuy." in text(client.get(f"/accounts/{people.thuy.pk}/"))
    holder = entered("le.thi.thuy")
    told = holder.get("/account/", follow=True)
    assert told.redirect_chain == [("/account/second-factor/was-reset/", 302)]
    assert "Trần Thu Hà đã đặt lại xác minh hai bước của tài khoản này" in text(told)
    assert "Lý do: mất điện thoại" in text(told)
    assert holder.post("/account/second-factor/was-reset/")["Location"] == "/"
    assert inside(holder)
    assert holder.get("/account/second-factor/was-reset/")["Location"] == "/"
    assert "đã đọc tin" in " ".join(" ".join(one.sentences) for one in queries.log_of(people.thuy))


def test_a_reset_ends_the_sessions_and_asks_no_code_any_more(people: Cast) -> None:
    app_for(people.thuy)
    client = Client()
    sign_in(client, "le.thi.thuy")
    client.post(STEP, {"code": code()})
    waiting = Client()
    sign_in(waiting, "le.thi.thuy")
    actions.reset_factor(actor=people.actor(people.ha), account=people.thuy, reason="mất máy")
    assert not inside(client)
    assert waiting.get(STEP)["Location"] == "/sign-in/"


def test_a_reset_is_refused_with_its_reason(people: Cast) -> None:
    app_for(people.thuy)
    app_for(people.ha)
    ha = people.actor(people.ha)
    with refused("reason"):
        actions.reset_factor(actor=ha, account=people.thuy, reason=" ")
    with refused("none"):
        actions.reset_factor(actor=ha, account=people.binh, reason="mất máy")
    with refused("own"):
        actions.reset_factor(actor=ha, account=people.ha, reason="mất máy")
    with pytest.raises(NotFound):
        actions.reset_factor(actor=people.actor(people.khoa), account=people.thuy, reason="mất máy")
    actions.give(actor=boss(), account=people.thuy, role="provincial", unit=people.ground.province, on=date(2026, 1, 1))
    with pytest.raises(Forbidden):
        actions.reset_factor(actor=ha, account=people.thuy, reason="mất máy")
    assert browser(people.khoa).get(f"/accounts/{people.thuy.pk}/second-factor/").status_code == 404


def test_whoever_has_the_shell_resets_it(people: Cast) -> None:
    app_for(people.ha)
    with pytest.raises(CommandError, match="Hãy ghi lý do"):
        call_command("factor", "tran.thu.ha")
    with pytest.raises(CommandError, match=r"Không có tài khoản “ai\.do”"):
        call_command("factor", "ai.do", "--reason", "mất máy")
    out = StringIO()
    call_command("factor", "Tran.Thu.Ha", "--reason", "mất máy", stdout=out)
    assert "Đã đặt lại xác minh hai bước của tài khoản tran.thu.ha." in out.getvalue()
    assert "Hệ thống đã đặt lại" in text(entered("tran.thu.ha").get("/account/", follow=True))


# --- sessions -------------------------------------------------------------------------------------------------------


def with_agent(agent: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    assert sign_in(client, "tran.thu.ha")["Location"] == "/"
    client.get("/account/")
    return client


def test_one_sees_the_own_machines_in_words_and_ends_one(people: Cast) -> None:
    phone, desk = with_agent(PHONE), with_agent(DESK)
    page = text(desk.get("/account/sessions/"))
    assert page.index("Máy tính Windows, Cốc Cốc") < page.index("Máy này") < page.index("Điện thoại Android, Chrome")
    row = OpenSession.objects.get(machine="android")
    done = desk.post("/account/sessions/", {"session": row.pk}, follow=True)
    assert "Đã thoát khỏi 1 máy." in text(done)
    assert "Không có máy nào khác." in text(done)
    assert not inside(phone)
    assert inside(desk)
    assert OpenSession.objects.count() == 1
    told = Payload.objects.get(sentence__contains="lần đăng nhập của tài khoản")
    assert told.values["machines"] == "Điện thoại Android, Chrome"


def test_one_ends_all_others_and_never_those_of_somebody_else(people: Cast) -> None:
    desk, others, thuy = with_agent(DESK), [with_agent(PHONE), with_agent(PHONE)], entered("le.thi.thuy")
    assert inside(thuy)
    foreign = OpenSession.objects.get(account=people.thuy).pk
    for asked in (str(foreign), "x", "", "9" * 30):
        page = desk.post("/account/sessions/", {"session": asked}, follow=True)
        assert "Không còn máy nào khác đang đăng nhập tài khoản này." in text(page)
    assert "Đã thoát khỏi 2 máy." in text(desk.post("/account/sessions/", {"session": "others"}, follow=True))
    assert [inside(one) for one in (desk, *others, thuy)] == [True, False, False, True]


def test_whoever_looks_after_an_account_ends_all_its_sessions(people: Cast) -> None:
    thuy, ha = entered("le.thi.thuy"), entered("tran.thu.ha")
    path = f"/accounts/{people.thuy.pk}/sessions/"
    assert "Máy không rõ loại, trình duyệt khác" in text(ha.get(path))
    assert ha.post(path, {"reason": "quên thoát ở máy lạ"})["Location"] == f"/accounts/{people.thuy.pk}/"
    assert not inside(thuy)
    again = ha.post(path)
    assert again.status_code == 422
    assert entered("do.minh.khoa").get(path).status_code == 404
    rows = OpenSession.objects.filter(account=people.ha)
    with pytest.raises(NotFound):
        actions.end_sessions(actor=people.actor(people.khoa), account=people.ha, sessions=rows)


def test_a_session_goes_with_its_row_and_idle_ones_are_not_shown(people: Cast, clock: list[float]) -> None:
    client, other = entered("tran.thu.ha"), entered("tran.thu.ha")
    assert OpenSession.objects.count() == 2
    other.post("/sign-out/")
    assert OpenSession.objects.count() == 1
    Session.objects.all().delete()
    assert OpenSession.objects.count() == 0
    assert not inside(client)


def test_a_new_password_keeps_this_machine_and_since_when(people: Cast) -> None:
    here, there = entered("tran.thu.ha"), entered("tran.thu.ha")
    since = OpenSession.objects.order_by("pk").first()
    assert since is not None
    new = "mot cau that dai"
    here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert inside(here)
    assert not inside(there)
    row = OpenSession.objects.get()
    assert row.since == since.since


def test_new_passwords_of_the_office_end_the_sessions(people: Cast) -> None:
    thuy = entered("le.thi.thuy")
    actions.reset_passwords(actor=people.actor(people.ha), accounts=[people.thuy])
    assert not OpenSession.objects.filter(account=people.thuy).exists()
    assert not inside(thuy)


def test_the_last_use_is_written_at_most_once_a_minute(people: Cast, clock: list[float]) -> None:
    client = entered("tran.thu.ha")
    client.get("/account/")
    before = OpenSession.objects.get().seen
    client.get("/account/")
    assert OpenSession.objects.get().seen == before
    clock[0] += 61
    client.get("/account/")
    assert OpenSession.objects.get().seen > before


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Điện thoại Android, Chrome"),
        (DESK, "Máy tính Windows, Cốc Cốc"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Mobile/15E148 Safari/604.1",
         "Điện thoại iPhone, Safari"),
        ("Mozilla/5.0 (iPad; CPU OS 12_0 like Mac OS X) CriOS/99.0 Safari/604.1", "Máy tính bảng iPad, Chrome"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) SamsungBrowser/20.0 Chrome/106 Safari/537.36",
         "Máy tính bảng Android, Samsung Internet"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/120 Safari/537.36 Edg/120.0", "Máy tính Mac, Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Máy tính Linux, Firefox"),
        ("Mozilla/5.0 (Linux; Android 11) Chrome/99 Mobile Safari Zalo android/220", "Điện thoại Android, Zalo"),
        ("curl/8.0", "Máy không rõ loại, trình duyệt khác"),
        ("", "Máy không rõ loại, trình duyệt khác"),
    ],
)  # fmt: skip
def test_a_machine_is_named_in_plain_words(agent: str, words: str) -> None:
    assert devices.in_words(devices.machine_of(agent), devices.browser_of(agent)) == words
