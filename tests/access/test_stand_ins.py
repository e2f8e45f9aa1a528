"""One acts for another from a day to a day: the rights follow, and end by themselves."""

from datetime import date, timedelta

import pytest

from hatnhan.access import actions
from hatnhan.access.models import Account, Grant, StandIn
from hatnhan.access.queries import roles_of, standing
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.audit import in_words
from hatnhan.kernel.models import Entry
from hatnhan.kernel.undo import objections
from hatnhan.members import permissions
from tests.access.cast import Cast, boss, browser, opened, refused
from tests.units.ground import TODAY, tables

LAST = TODAY + timedelta(days=14)
UNTIL = LAST + timedelta(days=1)
PAGE = "/account/stand-ins/"


def grant_of(account: Account, role: str) -> Grant:
    row: Grant = Grant.objects.unvoided().select_related("account", "unit").get(account=account, role=role)
    return row


def lent(people: Cast, **given: object) -> StandIn:
    """Thủy, secretary of cell one, lets Bình act for her for a fortnight."""
    options: dict[str, object] = {"actor": people.actor(people.thuy), "deputy": people.binh, "on": TODAY}
    options |= {"until": UNTIL, **given}
    if "grant" not in options:
        options["grant"] = grant_of(people.thuy, "cell_secretary")
    return actions.stand_in(**options)  # type: ignore[arg-type]


def may(people: Cast, on: date = TODAY, who: Account | None = None) -> bool:
    return people.actor(who or people.binh, on).can(permissions.CHANGE, at=people.ground.one)


def test_the_deputy_may_do_it_from_the_first_day_to_the_last(people: Cast) -> None:
    assert not may(people)
    lent(people, on=TODAY + timedelta(days=1))
    days = (TODAY, TODAY + timedelta(days=1), LAST, UNTIL)
    assert [may(people, day) for day in days] == [False, True, True, False]
    assert may(people, who=people.thuy)


def test_the_log_says_who_for_whom_and_until_when(people: Cast) -> None:
    lent(people, reason="Đi chữa bệnh xa")
    entry = Entry.objects.select_related("payload").latest("id")
    assert entry.reason == "Đi chữa bệnh xa"
    assert in_words(entry)[0] == (
        "Đồng chí Phạm Văn Bình làm thay đồng chí Lê Thị Thủy, Bí thư chi bộ tại Chi bộ thôn Một, từ ngày 22/11/2026 "
        "đến hết ngày 6/12/2026."
    )


def test_when_the_role_ends_the_standing_in_ends(people: Cast) -> None:
    row, day = lent(people), TODAY + timedelta(days=3)
    actions.end_grant(actor=people.actor(people.ha), grant=grant_of(people.thuy, "cell_secretary"), on=day)
    assert [may(people, one) for one in (TODAY, day)] == [True, False]
    assert StandIn.objects.unvoided().get(key=row.key).valid_to == day


@pytest.mark.parametrize("how", ["lock", "misuse", "gone", "hand_over"])
def test_it_ends_however_the_role_ends(people: Cast, how: str) -> None:
    lent(people)
    if how == "lock":
        actions.lock(actor=people.actor(people.ha), account=people.thuy, why="left", on=TODAY)
    elif how == "misuse":
        actions.lock(actor=people.actor(people.ha), account=people.thuy, why="misuse", on=TODAY)
        assert standing(people.thuy, TODAY).exists()
    elif how == "gone":
        actions.person_gone(actor=boss(), account=people.thuy, on=TODAY, why="died")
    else:
        new = opened("Đỗ Thị Mận", "member", people.ground.one)
        actions.hand_over(actor=boss(), old=people.thuy, new=new, unit=people.ground.one, on=TODAY)
        assert may(people, who=new)
    assert not may(people)
    assert not StandIn.objects.unvoided().exists()


def test_either_side_and_the_office_end_it_early(people: Cast) -> None:
    for account in (people.thuy, people.binh, people.ha):
        row = lent(people)
        actions.end_stand_in(actor=people.actor(account), row=row, on=TODAY)
        assert not may(people), account
    with pytest.raises(NotFound):
        actions.end_stand_in(actor=people.actor(people.khoa), row=lent(people), on=TODAY)


def test_whoever_may_give_the_role_names_somebody(people: Cast) -> None:
    lent(people, actor=people.actor(people.ha))
    assert may(people)


def test_others_may_not(people: Cast) -> None:
    for account in (people.khoa, people.binh):
        with pytest.raises((Forbidden, NotFound)):
            lent(people, actor=people.actor(account))
    with refused("own"):
        lent(people, actor=people.actor(people.ha), deputy=people.ha)


def test_it_is_refused_in_words(people: Cast) -> None:
    with refused("self"):
        lent(people, deputy=people.thuy)
    with refused("elsewhere"):
        lent(people, deputy=people.khoa)
    with refused("until"):
        lent(people, until=TODAY)
    with refused("long"):
        lent(people, until=TODAY + timedelta(days=400))


def test_what_nobody_lends_and_nobody_needs(people: Cast) -> None:
    with refused("role"):
        lent(people, actor=boss(), grant=grant_of(people.binh, "member"), deputy=people.thuy)
    with refused("has"):
        lent(people, deputy=opened("Cao Văn Lâm", "cell_secretary", people.ground.one))
    actions.lock(actor=boss(), account=people.binh, why="misuse", on=TODAY)
    with refused("locked"):
        lent(people, deputy=Account.objects.get(pk=people.binh.pk))


def test_it_does_not_outlast_the_role(people: Cast) -> None:
    extra = opened("Cao Văn Tạm", "member", people.ground.one)
    grant = actions.give(actor=boss(), account=extra, role="cell_deputy", unit=people.ground.one, on=TODAY, until=LAST)
    with refused("beyond"):
        lent(people, actor=boss(), grant=grant)
    with refused("ended"):
        lent(people, actor=boss(), grant=grant, on=LAST)


def test_one_at_a_time_and_never_handed_on(people: Cast) -> None:
    lent(people)
    third = opened("Đỗ Thị Mận", "member", people.ground.one)
    with refused("same"):
        lent(people, deputy=third)
    borrowed = grant_of(people.binh, "cell_secretary")
    with refused("borrowed"):
        lent(people, actor=people.actor(people.binh), grant=borrowed, deputy=third)


def test_a_borrowed_role_is_not_ended_or_handed_over_by_itself(people: Cast) -> None:
    lent(people)
    with refused("stand_in"):
        actions.end_grant(actor=boss(), grant=grant_of(people.binh, "cell_secretary"), on=TODAY)
    third = opened("Đỗ Thị Mận", "member", people.ground.one)
    with refused("none"):
        actions.hand_over(actor=boss(), old=people.binh, new=third, unit=people.ground.one, on=TODAY)


def test_nobody_gets_at_the_account_of_whoever_stands_in_above(people: Cast) -> None:
    """Hà may not give the role of the province: so not even a new password to a member who borrows it."""
    grant = grant_of(people.dung, "provincial")
    lent(people, actor=people.actor(people.dung), grant=grant)
    with pytest.raises(Forbidden):
        actions.reset_passwords(actor=people.actor(people.ha), accounts=[people.binh])


def test_a_role_that_is_stood_in_for_is_not_undone_under_it(people: Cast) -> None:
    extra = opened("Cao Văn Tạm", "member", people.ground.one)
    grant = actions.give(actor=boss(), account=extra, role="cell_deputy", unit=people.ground.one, on=TODAY)
    given = Entry.objects.latest("id").pk
    assert objections(given) == []
    lent(people, actor=boss(), grant=grant)
    assert [reason.code for reason in objections(given)] == ["stand_in"]


def asked(people: Cast, **given: str) -> dict[str, str]:
    role = str(grant_of(people.thuy, "cell_secretary").pk)
    return {"role": role, "deputy": "pham van binh", "on": "22/11/2026", "last": "6/12/2026", "reason": "", **given}


def test_the_page_tells_it_to_both_and_takes_it_back(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hatnhan.access.middleware.today", lambda: TODAY)
    before = tables()
    assert browser(people.thuy).post(PAGE, asked(people)).status_code == 302
    for account in (people.thuy, people.binh):
        text = browser(account).get(PAGE).content.decode()
        assert "Phạm Văn Bình làm thay Lê Thị Thủy" in text
        assert "đến hết ngày 6/12/2026" in text
    assert "làm thay đồng chí Lê Thị Thủy" in browser(people.binh).get("/account/").content.decode()
    row = StandIn.objects.unvoided().get()
    assert browser(people.binh).post(f"{PAGE}{row.key}/end/").status_code == 302
    assert tables() == before


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(people: Cast) -> None:
    answer = browser(people.thuy).post(PAGE, asked(people, deputy="Khoa", last="", reason="Đi vắng"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Không có tài khoản nào tên “Khoa” trong đơn vị này" in text
    assert "Đi vắng" in text


def test_two_of_one_name_are_told_apart_by_the_sign_in_name(people: Cast) -> None:
    opened("Phạm Văn Bình", "member", people.ground.one)
    text = browser(people.thuy).post(PAGE, asked(people)).content.decode()
    assert "Phạm Văn Bình (pham.van.binh2)" in text


def test_a_member_has_nothing_to_lend(people: Cast) -> None:
    assert "Không có vai trò nào để cử người làm thay" in browser(people.binh).get(PAGE).content.decode()
    assert "Nhờ làm thay" not in browser(people.binh).get("/account/").content.decode()


def test_it_shows_among_the_roles_of_the_account(people: Cast) -> None:
    lent(people)
    held = {one.role: one for one in roles_of([people.binh], TODAY)[people.binh.pk]}
    assert held["cell_secretary"].stands_for == "Lê Thị Thủy"
    assert not held["cell_secretary"].by_office
    text = browser(people.ha).get(f"/accounts/{people.binh.pk}/").content.decode()
    assert "làm thay đồng chí Lê Thị Thủy" in text


def test_other_peoples_standing_in_is_not_found(people: Cast) -> None:
    row = lent(people)
    assert browser(people.khoa).post(f"{PAGE}{row.key}/end/").status_code == 404
    assert browser(people.khoa).get(f"/accounts/{people.thuy.pk}/stand-in/").status_code == 404
    assert browser(people.thuy).get(f"/accounts/{people.binh.pk}/stand-in/").status_code == 403
