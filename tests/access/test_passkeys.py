"""Passkeys over HTTP, with a machine made of software; and where they cannot work."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from hatnhan.access import factor_queries
from tests.access.cast import PASSWORD, Cast
from tests.access.factors import Passkey, app_for, at_localhost, code, question, spare_codes, text
from tests.access.test_factors import CODES, FACTORS, STEP, clock, inside, sign_in

__all__ = ["clock"]

ADD = "/account/second-factor/passkey/"
LATE = "Lần hỏi này đã hết hạn hoặc đã dùng rồi."


def entered(username: str) -> Client:
    client = at_localhost()
    assert sign_in(client, username)["Location"] == "/"
    return client


def added(client: Client, machine: Passkey, name: str = "") -> Any:
    asked = question(client.get(ADD))
    return client.post(ADD, {"name": name, "credential": machine.made(asked)})


def at_the_step(username: str = "tran.thu.ha") -> Client:
    client = at_localhost()
    assert sign_in(client, username)["Location"] == STEP
    return client


def test_a_passkey_is_added_and_opens_the_door(people: Cast) -> None:
    machine, client = Passkey(), entered("tran.thu.ha")
    assert added(client, machine, "  điện thoại   của Hà ")["Location"] == CODES
    assert [one.name for one in factor_queries.means_of(people.ha)] == ["điện thoại của Hà"]
    other = at_the_step()
    page = other.get(STEP)
    assert "Dùng khóa của máy" in text(page)
    assert other.post(STEP, {"credential": machine.shown(question(page))})["Location"] == "/"
    assert inside(other)
    assert factor_queries.means_of(people.ha)[0].used is not None


def test_an_answer_holds_once(people: Cast) -> None:
    machine = Passkey()
    added(entered("tran.thu.ha"), machine)
    first = at_the_step()
    answer = machine.shown(question(first.get(STEP)))
    assert first.post(STEP, {"credential": answer})["Location"] == "/"
    second = at_the_step()
    assert LATE in text(second.post(STEP, {"credential": answer}))
    second.get(STEP)
    wrong = second.post(STEP, {"credential": answer})
    assert wrong.status_code == 422
    assert "Chưa xác minh được. Hãy thử lại." in text(wrong)
    assert not inside(second)


def test_an_answer_comes_within_five_minutes(people: Cast, clock: list[float]) -> None:
    machine, client = Passkey(), entered("tran.thu.ha")
    asked = question(client.get(ADD))
    clock[0] += 301
    client.post("/account/confirm/", {"password": PASSWORD})
    late = client.post(ADD, {"name": "máy bàn", "credential": machine.made(asked)})
    assert late.status_code == 422
    assert LATE in text(late)
    assert 'value="máy bàn"' in text(late)
    assert client.post(ADD, {"name": "", "credential": machine.made(question(late))})["Location"] == CODES
    other = at_the_step()
    asked = question(other.get(STEP))
    clock[0] += 301
    late = other.post(STEP, {"credential": machine.shown(asked)})
    assert LATE in text(late)
    assert other.post(STEP, {"credential": machine.shown(question(late))})["Location"] == "/"


def test_a_passkey_of_somebody_else_is_refused(people: Cast) -> None:
    hers, his = Passkey(), Passkey()
    added(entered("tran.thu.ha"), hers)
    added(entered("le.thi.thuy"), his)
    client = at_the_step()
    answer = client.post(STEP, {"credential": his.shown(question(client.get(STEP)))})
    assert "Chưa xác minh được. Hãy thử lại." in text(answer)
    assert not inside(client)


def test_a_passkey_made_under_another_address_is_refused(people: Cast) -> None:
    client = entered("tran.thu.ha")
    for machine in (Passkey(origin="https://evil.example"), Passkey(host="evil.example")):
        answer = added(client, machine)
        assert answer.status_code == 422
        assert "Chưa xác minh được. Hãy thử lại." in text(answer)
    assert not Authenticator.objects.exists()


NONSENSE = [
    "", "null", "[]", "{}", "1", '"x"', "{", "[[1]]", '{"id": 1}', '{"response": null}', '{"id": "a", "response": {}}',
    '{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
    '{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"###","attestationObject":"###"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"YQ","signature":"YQ"}}',
    '{"id":"YQ","rawId":[],"type":"x","response":{"clientDataJSON":{},"authenticatorData":1,"signature":null}}',
]  # fmt: skip


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_refused_in_words(people: Cast, nonsense: str) -> None:
    machine, client = Passkey(), entered("tran.thu.ha")
    client.get(ADD)
    answer = client.post(ADD, {"credential": nonsense})
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    added(client, machine)
    other = at_the_step()
    other.get(STEP)
    answer = other.post(STEP, {"credential": nonsense})
    assert answer.status_code == 422
    assert any(
        said in text(answer)
        for said in ("Trình duyệt chưa trả lời.", "Không đọc được câu trả lời", "Chưa xác minh được.")
    )
    assert not inside(other)


def test_after_five_wrong_answers_one_has_to_wait(people: Cast) -> None:
    machine = Passkey()
    added(entered("tran.thu.ha"), machine)
    client = at_the_step()
    wrong = Passkey()
    for _n in range(5):
        assert "Chưa xác minh được." in text(client.post(STEP, {"credential": wrong.shown(question(client.get(STEP)))}))
    late = client.post(STEP, {"credential": machine.shown(question(client.get(STEP)))})
    assert "Hãy đợi 5 phút rồi thử lại." in text(late)


def test_without_the_machine_a_recovery_code_opens(people: Cast) -> None:
    added(entered("tran.thu.ha"), Passkey())
    client = at_the_step()
    assert "nhập tám chữ số của một mã dự phòng" in text(client.get(STEP))
    assert client.post(STEP, {"code": spare_codes(people.ha)[0]})["Location"] == "/"


def test_an_app_and_a_passkey_stand_side_by_side(people: Cast) -> None:
    app_for(people.ha)
    client = at_the_step()
    client.post(STEP, {"code": code()})
    machine = Passkey()
    assert added(client, machine)["Location"] == FACTORS
    other = at_the_step()
    assert other.post(STEP, {"credential": machine.shown(question(other.get(STEP)))})["Location"] == "/"


@pytest.mark.parametrize(
    ("server", "secure", "said"),
    [
        ("127.0.0.1", False, "không dùng được ở địa chỉ bằng số (127.0.0.1)"),
        ("[::1]", False, "không dùng được ở địa chỉ bằng số ([::1])"),
        ("may-chu.example", False, "Đồng chí đang mở http://may-chu.example; hãy hỏi người quản trị hệ thống."),
        ("may-chu.example", True, ""),
        ("localhost", False, ""),
    ],
)
def test_a_page_says_where_a_passkey_cannot_work(
    people: Cast, settings: Any, server: str, secure: bool, said: str
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(SERVER_NAME=server)
    client.post("/sign-in/", {"login": "tran.thu.ha", "password": PASSWORD}, secure=secure)
    for path in (ADD, FACTORS):
        page = client.get(path, secure=secure)
        assert ("Khóa của máy không dùng được" in text(page) or "Khóa của máy chỉ dùng được" in text(page)) == bool(
            said
        )
        assert said in text(page)
    assert ("data-options" in text(client.get(ADD, secure=secure))) == (not said)


def test_what_is_kept_of_a_passkey_opens_nothing(people: Cast) -> None:
    """The kept row holds the public key alone."""
    machine = Passkey()
    added(entered("tran.thu.ha"), machine)
    kept = json.dumps(Authenticator.objects.get(type="webauthn").data)
    assert str(machine.key.private_numbers().private_value) not in kept
