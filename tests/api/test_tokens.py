"""Keys for programs: made on a page, shown once, never more than their account, gone when revoked or expired."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from hatnhan.access import actions
from hatnhan.access.models import Account, Token
from hatnhan.kernel.actor import Forbidden, system
from hatnhan.kernel.audit import in_words
from hatnhan.kernel.days import today
from hatnhan.kernel.refusal import Refused
from tests.access.cast import PASSWORD
from tests.access.factors import app_for
from tests.api.program import Program, confirmed, key_of, program
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

NEW = "/account/tokens/new/"


def signed_in(world: World, name: str) -> Client:
    """A browser that has just asked for the password."""
    account = world.account(name)
    account.set_password(PASSWORD)  # hashed as this test hashes: else its first use would hash it anew and sign out
    account.save()
    browser = world.browser(name)
    browser.post("/account/confirm/", {"password": PASSWORD})
    return browser


def test_a_key_is_made_shown_once_used_and_revoked(world: World) -> None:
    browser = signed_in(world, "ha")
    assert "Chưa có khóa nào" in browser.get("/account/tokens/").content.decode()
    made = browser.post(
        NEW,
        {
            "label": "Phần mềm báo cáo", "permissions": ["members.view"], "unit": world.land.lim.pk, "days": "90",
            "reason": "Báo cáo hằng tháng",
        },
    )  # fmt: skip
    page = made.content.decode()
    key = re.search(r'value="(hn_[\w-]+)"', page)
    assert key is not None
    assert made.headers["Cache-Control"].count("no-store")
    token = Token.objects.get()
    assert key[1] not in str(Token.objects.values())
    assert timedelta(days=89) < token.expires_at - timezone.now() <= timedelta(days=90)
    assert last_entry().code == "access.create_token"
    confirmed(world, token)
    said = Program(key[1]).get("/me").said
    assert (said["account"], said["permissions"]) == (world.account("ha").username, ["members.view"])
    listed = browser.get("/account/tokens/").content.decode()
    assert "Phần mềm báo cáo" in listed
    assert key[1] not in listed
    assert browser.post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert last_entry().code == "access.revoke_token"
    assert Program(key[1]).get("/me").status == 401
    assert "Đã thu hồi" in browser.get("/account/tokens/").content.decode()


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(world: World) -> None:
    answer = signed_in(world, "thuy").post(NEW, {"label": "Máy in", "days": "365"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một việc" in page
    assert 'value="Máy in"' in page
    assert "members.transfer" not in page


def test_making_a_key_asks_for_the_password_again(world: World) -> None:
    answer = world.browser("ha").post(NEW, {"label": "x", "permissions": ["members.view"], "days": "30"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/confirm/")
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"permissions": ["members.transfer"]}, "permissions"), ({"permissions": []}, "permissions"),
        ({"label": "  "}, "label"), ({"days": 366}, "days"), ({"days": 0}, "days"),
    ],
)  # fmt: skip
def test_no_key_is_made_that_may_not_be(world: World, change: dict, code: str) -> None:
    given = {"label": "Máy", "permissions": ["members.view"], "days": 90, **change}
    with pytest.raises(Refused) as caught:
        actions.create_token(actor=world.actor("thuy"), account=world.account("thuy"), **given)
    assert caught.value.codes == [code]
    with pytest.raises(Refused):
        actions.create_token(
            actor=world.actor("ha"), account=world.account("ha"), label="Máy", permissions=["members.view"],
            unit=world.land.che,
        )  # fmt: skip


def test_a_key_is_narrowed_to_its_unit(world: World) -> None:
    caller = program(world, "dung", unit=world.land.two)
    assert caller.get("/members").said["count"] == 2
    assert caller.get(f"/members/{world.people['an']}").status == 404
    assert caller.get(f"/units/{world.land.lim.pk}").status == 404
    assert [one["name"] for one in caller.get("/units", q="chi bo").said] == ["Chi bộ thôn Hai"]


def test_a_key_ends_with_its_time_its_account_and_its_rights(world: World) -> None:
    token, text = key_of(world, "ha")
    caller, account = Program(text), Account.objects.filter(pk=world.accounts["ha"])
    assert caller.get("/me").status == 200
    account.update(must_change_password=True)
    assert caller.get("/me").status == 401
    account.update(must_change_password=False, is_active=False, locked_because="misuse")
    assert caller.get("/me").status == 401
    account.update(is_active=True, locked_because="")
    assert caller.get("/me").status == 200
    past = timezone.now() - timedelta(days=1)
    Token.objects.filter(pk=token.pk).update(created_at=past - timedelta(days=9), expires_at=past)
    assert caller.get("/me").status == 401


def test_its_use_is_noted_at_most_once_an_hour(world: World) -> None:
    token, text = key_of(world, "ha")
    Program(text).get("/me")
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    Program(text).get("/me")
    token.refresh_from_db()
    assert token.last_used_at == first
    Token.objects.filter(pk=token.pk).update(last_used_at=first - timedelta(hours=2))
    Program(text).get("/me")
    token.refresh_from_db()
    assert token.last_used_at >= first


def test_staff_see_and_revoke_keys_of_accounts_they_look_after_and_no_others(world: World) -> None:
    token, text = key_of(world, "thuy")
    mine, far = f"/accounts/{world.accounts['thuy']}/tokens/", f"/accounts/{world.accounts['khoa']}/tokens/"
    ha = world.browser("ha")
    assert "Phần mềm thử" in ha.get(mine).content.decode()
    assert ha.get(far).status_code == 404
    assert world.browser("khoa").post(f"{mine}{token.pk}/revoke/").status_code == 404
    assert world.browser("thuy").get(mine).status_code == 403
    assert world.browser("binh").post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert ha.get(f"{mine}{token.pk}/revoke/").status_code == 405
    assert ha.post(f"{mine}{token.pk}/revoke/").status_code == 302
    assert Program(text).get("/me").status == 401
    with pytest.raises(Refused):
        actions.revoke_token(actor=world.actor("ha"), token=Token.objects.get(pk=token.pk))


def test_too_many_requests_are_told_to_wait(world: World, settings: Settings) -> None:
    settings.HATNHAN_API_PER_MINUTE = 2
    caller = program(world, "ha")
    statuses = [caller.get("/me").status for _n in range(4)]
    assert statuses.count(429) >= 1
    answer = caller.get("/me")
    if answer.status == 429:
        assert answer.codes == ["too_many"]
        assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_a_key_takes_only_so_many_rows_a_day(world: World, settings: Settings) -> None:
    settings.HATNHAN_API_ROWS_PER_DAY = 10
    caller = program(world, "ha")
    assert caller.get("/members").status == 200
    answer = caller.get("/members")
    assert (answer.status, answer.codes) == (429, ["too_many_rows"])


def test_a_key_dies_with_what_protects_its_account(world: World) -> None:
    ha = world.actor("ha")
    for undone in (
        lambda one: actions.reset_passwords(actor=ha, accounts=[one]),
        lambda one: actions.reset_factor(actor=ha, account=one, reason="mất máy"),
        lambda one: actions.lock(actor=ha, account=one, why="misuse", on=ha.on),
    ):
        account = world.account("thuy")
        app_for(account)
        token, text = key_of(world, "thuy")
        assert Program(text).get("/me").status == 200
        undone(account)
        token.refresh_from_db()
        assert token.revoked_at is not None
        assert "Thu hồi 1 khóa truy cập" in " ".join(in_words(last_entry()))
        Account.objects.filter(pk=account.pk).update(is_active=True, locked_because="", must_change_password=False)
        assert Program(text).get("/me").status == 401
        Authenticator.objects.filter(user=account).delete()


def test_a_key_rests_while_a_role_needs_a_second_factor_that_is_not_set_up(world: World) -> None:
    caller = program(world, "ha")
    actions.require_factor(actor=system("cli", today()), role="office", on=today())
    assert caller.get("/me").status == 401
    app_for(world.account("ha"))
    assert caller.get("/me").status == 200


def test_the_own_account_leads_to_keys_only_for_those_who_work_in_an_office(world: World) -> None:
    assert 'href="/account/tokens/"' in world.browser("ha").get("/account/").content.decode()
    assert 'href="/account/tokens/"' not in world.browser("an").get("/account/").content.decode()


# --- over more than one cell ----------------------------------------------------------------------------------------


def wide_key(world: World, who: str = "ha", reason: str = "Báo cáo hằng tháng", unit: Any = None) -> tuple[Token, str]:
    made = actions.create_token(
        actor=world.actor(who), account=world.account(who), label="Phần mềm báo cáo", permissions=["members.view"],
        unit=unit, reason=reason,
    )  # fmt: skip
    return made.token, made.text


def test_a_key_over_more_than_one_cell_reads_nothing_before_a_second_person_has_confirmed_it(world: World) -> None:
    token, text = wide_key(world)
    assert (token.asks, token.unit_id) == (True, world.land.lim.pk)
    caller = Program(text)
    for path in ("/me", "/members", f"/members/{world.people['an']}", "/units?q=chi"):
        assert (caller.get(path).status, caller.get(path).codes) == (403, ["second_person"])
    ha, dung, page = world.browser("ha"), world.browser("dung"), f"/accounts/tokens/{token.pk}/"
    assert "Chờ người thứ hai" in ha.get("/account/tokens/").content.decode()
    assert ha.get(page).status_code == 404
    assert world.browser("khoa").get(page).status_code == 404
    assert world.browser("thuy").get(page).status_code == 403
    assert "Khóa truy cập chờ xác nhận (1)" in dung.get("/accounts/").content.decode()
    assert "Báo cáo hằng tháng" in dung.get("/accounts/tokens/").content.decode()
    assert dung.post(page, {"act": "approve"}).status_code == 302
    assert last_entry().code == "access.answer_token"
    assert caller.get("/members").said["count"] == 9
    assert dung.get(page).status_code == 404


def test_a_refused_key_is_revoked_and_its_holder_reads_why(world: World) -> None:
    token, text = wide_key(world)
    dung, page = world.browser("dung"), f"/accounts/tokens/{token.pk}/"
    answer = dung.post(page, {"act": "refuse", "reason": " "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do không duyệt" in answer.content.decode()
    dung.post(page, {"act": "refuse", "reason": "Dùng trang xuất danh sách"})
    assert Program(text).get("/me").status == 401
    assert "Dùng trang xuất danh sách" in world.browser("ha").get("/account/tokens/").content.decode()


def test_nobody_confirms_the_own_key_and_none_is_confirmed_twice(world: World) -> None:
    token, _text = wide_key(world)
    with refused("own"):
        actions.answer_token(actor=world.actor("ha"), token=token, approved=True)
    with pytest.raises(Forbidden):
        actions.answer_token(actor=world.actor("khoa"), token=token, approved=True)
    actions.answer_token(actor=world.actor("dung"), token=token, approved=True)
    with refused("answered"):
        actions.answer_token(actor=world.actor("dung"), token=token, approved=True)


def test_such_a_key_needs_a_reason_and_one_of_a_single_cell_needs_neither(world: World) -> None:
    answer = signed_in(world, "ha").post(
        NEW, {"label": "x", "permissions": ["members.view"], "unit": world.land.lim.pk, "days": "30"}
    )
    assert answer.status_code == 422
    assert "Hãy ghi dùng vào việc gì" in answer.content.decode()
    token, text = wide_key(world, reason="", unit=world.land.two)
    assert not token.asks
    assert Program(text).get("/members").status == 200
    assert not wide_key(world, "thuy", reason="")[0].asks


def test_a_key_of_one_cell_rests_when_its_account_has_come_to_reach_further(world: World) -> None:
    _token, text = wide_key(world, "thuy")
    assert Program(text).get("/members").status == 200
    actions.give(actor=boss(), account=world.account("thuy"), role="cell_secretary", unit=world.land.two, on=TODAY)
    assert Program(text).get("/members").codes == ["second_person"]


def test_answers_carry_whose_key_read_them_and_when(world: World) -> None:
    token, text = key_of(world, "ha")
    answer = Program(text).get("/members")
    assert answer.headers["X-Taken-By"].startswith(f"{world.account('ha').username}; key={token.pk}; at=20")
    assert answer.said["taken_by"].startswith("Trần Thu Hà · Phần mềm thử · ")
    assert "X-Taken-By" in Program(text).get(f"/members/{world.people['an']}").headers
    assert "X-Taken-By" not in Program("hn_wrong").get("/members").headers
