"""The second factor over HTTP: setting up an app, signing in with its codes, recovery codes, taking it away."""

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from hatnhan.access import actions
from hatnhan.access.app_codes import step_of
from hatnhan.access.models import Account
from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.audit import flaws
from hatnhan.kernel.models import Payload
from tests.access.cast import PASSWORD, Cast, boss, refused
from tests.access.factors import SECRET, app_for, code, spare_codes, text
from tests.units.ground import TODAY

IN, STEP, FACTORS, APP = "/sign-in/", "/sign-in/second-step/", "/account/second-factor/", "/account/second-factor/app/"
CODES = "/account/second-factor/codes/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(IN, {"login": username, "password": password, **more})


def entered(username: str) -> Client:
    """A browser in which somebody signed in through the form."""
    client = Client()
    assert sign_in(client, username)["Location"] == "/"
    return client


def inside(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the machine; its one entry is the moment."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


# --- setting up -----------------------------------------------------------------------------------------------------


def test_an_app_is_set_up_and_then_asked_for(people: Cast, clock: list[float]) -> None:
    client = entered("tran.thu.ha")
    assert "Chưa cài" in text(client.get(FACTORS))
    page = client.get(APP)
    assert 'src="data:image/svg+xml;base64,' in text(page)
    shown = re.search(r"data-secret>([A-Z2-7 ]+)<", text(page))
    assert shown is not None
    secret = shown.group(1).replace(" ", "")
    assert shown.group(1) in text(client.get(APP))
    assert f"secret={secret}&issuer=H%E1%BA%A1t%20Nh%C3%A2n" in text(page)
    done = client.post(APP, {"code": code(secret)})
    assert done["Location"] == CODES
    codes = re.findall(r"<li><b>(\d{4} \d{4})</b>", text(client.get(CODES)))
    assert len(codes) == 10
    assert client.post(CODES, {"act": "keep"})["Location"] == FACTORS
    assert "Còn 10 mã chưa dùng" in text(client.get(CODES))
    assert codes[0] not in text(client.get(CODES))
    clock[0] += 60
    other = Client()
    assert sign_in(other, "tran.thu.ha", next="/accounts/")["Location"] == STEP
    assert not inside(other)
    assert other.post(STEP, {"code": code(secret)})["Location"] == "/accounts/"
    assert inside(other)


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_picture(people: Cast) -> None:
    client = entered("tran.thu.ha")
    before = client.get(APP)
    answer = client.post(APP, {"code": "000000"})
    assert answer.status_code == 422
    assert "Hãy nhập mã đang hiện trong ứng dụng vừa cài." in text(answer)
    shown = re.search(r"data-secret>([A-Z2-7 ]+)<", text(before))
    assert shown is not None
    assert shown.group(1) in text(answer)
    assert "Hãy nhập mã." in text(client.post(APP, {"code": ""}))
    assert not Authenticator.objects.exists()


def test_secrets_lie_nowhere_in_clear(people: Cast) -> None:
    client = entered("tran.thu.ha")
    shown = re.search(r"data-secret>([A-Z2-7 ]+)<", text(client.get(APP)))
    assert shown is not None
    secret = shown.group(1).replace(" ", "")
    assert secret not in json.dumps(dict(client.session))
    client.post(APP, {"code": code(secret)})
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(one in kept for one in spare_codes(people.ha))
    written = json.dumps(list(Payload.objects.values_list("sentence", "values", "lines")), ensure_ascii=False)
    assert secret not in written
    assert "cài một cách xác minh hai bước" in written
    assert list(flaws()) == []


def test_the_password_is_asked_again_when_it_was_typed_long_ago(people: Cast, clock: list[float]) -> None:
    client = entered("tran.thu.ha")
    assert client.get(APP).status_code == 200
    clock[0] += 301
    assert client.get(APP)["Location"] == "/account/confirm/?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
    again = client.post("/account/confirm/", {"password": PASSWORD, "next": APP})
    assert again["Location"] == APP
    assert client.get(APP).status_code == 200


def test_an_added_means_ends_the_other_sessions(people: Cast) -> None:
    here, there = entered("tran.thu.ha"), entered("tran.thu.ha")
    shown = re.search(r"data-secret>([A-Z2-7 ]+)<", text(here.get(APP)))
    assert shown is not None
    here.post(APP, {"code": code(shown.group(1).replace(" ", ""))})
    assert inside(here)
    assert not inside(there)


def test_a_second_app_is_refused(people: Cast) -> None:
    app_for(people.ha)
    with refused("app"):
        actions.add_app(actor=people.actor(people.ha), account=people.ha, secret=SECRET, step=1)


def test_only_the_holder_sets_up_and_takes_away(people: Cast) -> None:
    means, dung = app_for(people.ha), people.actor(people.dung)
    for act in (
        lambda: actions.add_app(actor=dung, account=people.binh, secret=SECRET, step=1),
        lambda: actions.add_passkey(actor=dung, account=people.binh, name="x", credential={}),
        lambda: actions.remove_factor(actor=dung, account=people.ha, means=means),
        lambda: actions.renew_recovery_codes(actor=dung, account=people.ha),
        lambda: actions.keep_recovery_codes(actor=dung, account=people.ha),
        lambda: actions.read_factor_reset(actor=dung, account=people.ha),
    ):
        with pytest.raises(Forbidden):
            act()


# --- signing in -----------------------------------------------------------------------------------------------------


def test_without_a_second_factor_nothing_more_is_asked(people: Cast) -> None:
    assert inside(entered("le.thi.thuy"))
    assert Client().get(STEP)["Location"] == IN


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_slow_hand_or_a_clock_a_little_off_does_not_matter(people: Cast, clock: list[float], steps: int) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    assert client.post(STEP, {"code": f" {code(steps=steps)[:3]} {code(steps=steps)[3:]} "})["Location"] == "/"


@pytest.mark.parametrize("wrong", ["000000", "abc", "１２３４５６", "1" * 40, "'; DROP", "-1"])
def test_a_wrong_code_is_refused_in_words(people: Cast, wrong: str) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    answer = client.post(STEP, {"code": wrong})
    assert answer.status_code == 422
    assert "Mã chưa đúng." in text(answer)
    assert not inside(client)


def test_an_old_code_is_refused(people: Cast, clock: list[float]) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    assert "Mã chưa đúng." in text(client.post(STEP, {"code": code(steps=-2)}))
    assert "Hãy nhập mã." in text(client.post(STEP, {"code": " "}))


def test_a_code_holds_once(people: Cast, clock: list[float]) -> None:
    app_for(people.ha)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "tran.thu.ha")
    assert first.post(STEP, {"code": code(steps=1)})["Location"] == "/"
    for steps in (1, 0):
        answer = second.post(STEP, {"code": code(steps=steps)})
        assert answer.status_code == 422
        assert "Mã này đã dùng rồi. Hãy đợi ứng dụng hiện mã mới." in text(answer)
    clock[0] += 60
    assert second.post(STEP, {"code": code()})["Location"] == "/"


def test_the_code_that_set_the_app_up_does_not_open_the_door(people: Cast, clock: list[float]) -> None:
    step = step_of(SECRET, code(), clock[0])
    assert step is not None
    actions.add_app(actor=people.actor(people.ha), account=people.ha, secret=SECRET, step=step)
    client = Client()
    sign_in(client, "tran.thu.ha")
    assert "Mã này đã dùng rồi." in text(client.post(STEP, {"code": code()}))


def test_after_five_wrong_codes_one_has_to_wait(people: Cast, clock: list[float]) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    for _n in range(5):
        assert "Mã chưa đúng." in text(client.post(STEP, {"code": "000000"}))
    late = client.post(STEP, {"code": code()})
    assert late.status_code == 422
    assert "Đã nhập sai nhiều lần liên tiếp. Hãy đợi 5 phút rồi thử lại." in text(late)
    clock[0] += 301
    assert client.post(STEP, {"code": code()})["Location"] == "/"


def test_the_step_after_the_password_waits_a_quarter_of_an_hour(people: Cast, clock: list[float]) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    assert client.get(STEP).status_code == 200
    assert client.get(IN)["Location"] == STEP
    clock[0] += 901
    assert client.post(STEP, {"code": code()})["Location"] == IN
    assert client.get(IN).status_code == 200


def test_one_can_sign_in_as_somebody_else_instead(people: Cast) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    assert client.post("/sign-out/")["Location"] == IN
    assert client.get(IN).status_code == 200
    assert sign_in(client, "le.thi.thuy")["Location"] == "/"


def test_an_account_locked_between_the_steps_does_not_come_in(people: Cast) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    actions.lock(actor=boss(), account=people.ha, why="misuse", on=TODAY)
    client.post(STEP, {"code": code()})
    assert not inside(client)


def test_whoever_is_signed_out_from_idleness_is_asked_again(people: Cast, clock: list[float]) -> None:
    app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    client.post(STEP, {"code": code()})
    assert inside(client)
    clock[0] += 3601
    assert client.get("/accounts/")["Location"] == "/sign-in/?next=/accounts/"
    assert sign_in(client, "tran.thu.ha", next="/accounts/")["Location"] == STEP
    assert client.post(STEP, {"code": code()})["Location"] == "/accounts/"


def test_a_one_time_password_is_changed_after_the_code(people: Cast) -> None:
    """Whoever finds a slip does not come as far as choosing a password."""
    app_for(people.thuy)
    slip = actions.reset_passwords(actor=people.actor(people.ha), accounts=[people.thuy])[0]
    client = Client()
    assert sign_in(client, "le.thi.thuy", slip.password)["Location"] == STEP
    assert client.get("/account/password/")["Location"].startswith(IN)
    assert client.post(STEP, {"code": code()})["Location"] == "/"
    assert client.get("/")["Location"] == "/account/password/"


# --- recovery codes -------------------------------------------------------------------------------------------------


def test_a_recovery_code_opens_once_and_is_in_the_log(people: Cast) -> None:
    app_for(people.ha)
    spare = spare_codes(people.ha)[3]
    client = Client()
    sign_in(client, "tran.thu.ha")
    page = client.post(STEP, {"code": f"{spare[:4]} {spare[4:]}"}, follow=True)
    assert "Đồng chí vừa dùng một mã dự phòng, còn 9 mã." in text(page)
    assert inside(client)
    assert len(spare_codes(people.ha)) == 9
    again = Client()
    sign_in(again, "tran.thu.ha")
    assert "Mã chưa đúng." in text(again.post(STEP, {"code": spare}))
    assert Payload.objects.filter(sentence__contains="dùng một mã dự phòng", values__left=9).count() == 1


def test_new_recovery_codes_end_the_old_ones(people: Cast) -> None:
    app_for(people.ha)
    old = spare_codes(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    client.post(STEP, {"code": code()})
    assert client.post(CODES, {"act": "renew"})["Location"] == CODES
    assert not set(old) & set(spare_codes(people.ha))
    assert len(re.findall(r"<li><b>(\d{4} \d{4})</b>", text(client.get(CODES)))) == 10


def test_there_are_no_recovery_codes_without_a_means(people: Cast) -> None:
    client = entered("tran.thu.ha")
    assert client.get(CODES)["Location"] == FACTORS
    page = client.post(CODES, {"act": "renew"}, follow=True)
    assert "Hãy cài xác minh hai bước trước, rồi mới lấy mã dự phòng." in text(page)
    page = client.post(CODES, {"act": "keep"}, follow=True)
    assert "Tài khoản chưa có mã dự phòng." in text(page)


# --- taking away ----------------------------------------------------------------------------------------------------


def test_the_last_means_goes_with_its_recovery_codes(people: Cast) -> None:
    means = app_for(people.ha)
    client = Client()
    sign_in(client, "tran.thu.ha")
    client.post(STEP, {"code": code()})
    path = f"{FACTORS}{means.pk}/remove/"
    assert "Đây là cách duy nhất đang cài" in text(client.get(path))
    assert client.post(path)["Location"] == FACTORS
    assert not Authenticator.objects.exists()
    assert inside(entered("tran.thu.ha"))


def test_nobody_takes_away_what_is_not_theirs(people: Cast) -> None:
    means, other = app_for(people.ha), entered("le.thi.thuy")
    assert other.get(f"{FACTORS}{means.pk}/remove/").status_code == 404
    assert other.post(f"{FACTORS}{means.pk}/remove/").status_code == 404
    assert Account.objects.get(pk=people.ha.pk).authenticator_set.count() == 2
