"""Opening, locking and finding accounts; passwords that nobody keeps in clear."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from hatnhan.access import actions, queries
from hatnhan.access.models import Account
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.audit import flaws
from hatnhan.kernel.models import Payload
from hatnhan.kernel.refusal import Refused
from tests.access.cast import PASSWORD, Cast, administrator, boss, refused
from tests.units.ground import START, TODAY


def labels(accounts: list[Account]) -> list[str]:
    return [account.label for account in accounts]


def first(username: str, password: str | None = None) -> actions.Slip:
    return actions.create_administrator(actor=boss(), username=username, password=password)


def test_an_account_is_opened_with_a_role_a_name_and_a_one_time_password(people: Cast) -> None:
    slip = actions.create_account(
        actor=people.actor(people.ha), label="  Nguyễn   Văn An", role="cell_deputy", unit=people.ground.two, on=TODAY
    )
    again = actions.create_account(
        actor=people.actor(people.ha), label="Nguyễn Văn An", role="member", unit=people.ground.two, on=TODAY
    )
    account = Account.objects.get(pk=slip.account.pk)
    assert (account.username, account.label, again.account.username) == (
        "nguyen.van.an",
        "Nguyễn Văn An",
        "nguyen.van.an2",
    )
    assert account.check_password(slip.password)
    assert account.must_change_password
    assert people.actor(account).can("members.view", at=people.ground.two)


def test_a_name_in_capitals_is_kept_in_small_letters(people: Cast) -> None:
    slip = actions.create_account(
        actor=boss(), label="Bùi Thị Sen", username=" Bui.Sen ", role="member", unit=people.ground.one, on=TODAY
    )
    assert slip.account.username == "bui.sen"
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="Bui.Sen", label="x", created_at=timezone.now())


@pytest.mark.parametrize(
    ("label", "username", "code"),
    [("", "an.nguyen", "label"), ("An", "Lê Thị", "username"), ("An", "LE.THI.THUY", "taken")],
)
def test_an_account_is_refused_with_its_reason(people: Cast, label: str, username: str, code: str) -> None:
    with refused(code):
        actions.create_account(
            actor=people.actor(people.ha),
            label=label,
            username=username,
            role="member",
            unit=people.ground.one,
            on=TODAY,
        )


def test_nobody_opens_an_account_beyond_the_own_scope(people: Cast) -> None:
    ha, land = people.actor(people.ha), people.ground
    with pytest.raises(NotFound):
        actions.create_account(actor=ha, label="An", role="member", unit=land.far_cell, on=TODAY)
    with pytest.raises(Forbidden):
        actions.create_account(actor=ha, label="An", role="provincial", unit=land.lim, on=TODAY)
    assert not Account.objects.filter(label="An").exists()


def test_new_passwords_differ_and_lie_nowhere_in_clear(people: Cast) -> None:
    chosen = [people.thuy, people.binh]
    slips = actions.reset_passwords(actor=people.actor(people.ha), accounts=chosen)
    given = [slip.password for slip in slips]
    assert len(set(given)) == 2
    for slip in slips:
        kept = Account.objects.get(pk=slip.account.pk)
        assert kept.check_password(slip.password)
        assert kept.must_change_password
        assert slip.password not in kept.password
    written = json.dumps(list(Payload.objects.values_list("sentence", "values", "lines")), ensure_ascii=False)
    assert not any(password in written for password in given)
    assert "Cấp mật khẩu mới cho tài khoản" in written
    assert list(flaws()) == []


def test_new_passwords_are_all_or_none(people: Cast) -> None:
    before = people.thuy.password
    with pytest.raises(NotFound):
        actions.reset_passwords(actor=people.actor(people.ha), accounts=[people.thuy, people.khoa])
    assert Account.objects.get(pk=people.thuy.pk).password == before


def test_new_passwords_are_refused_with_their_reason(people: Cast) -> None:
    ha = people.actor(people.ha)
    with refused("accounts"):
        actions.reset_passwords(actor=ha, accounts=[])
    with refused("own"):
        actions.reset_passwords(actor=ha, accounts=[people.ha])
    actions.lock(actor=ha, account=people.binh, why="misuse", on=TODAY)
    with refused("locked"):
        actions.reset_passwords(actor=ha, accounts=[Account.objects.get(pk=people.binh.pk)])


@pytest.mark.parametrize(("why", "roles"), [("misuse", 1), ("left", 0), ("died", 0), ("handed_over", 0)])
def test_locking_ends_the_roles_except_on_a_suspicion(people: Cast, why: str, roles: int) -> None:
    actions.lock(actor=people.actor(people.ha), account=people.thuy, why=why, on=TODAY)
    account = Account.objects.get(pk=people.thuy.pk)
    assert (account.is_active, account.locked_because) == (False, why)
    assert queries.standing(account, TODAY).count() == roles


def test_locking_is_refused_with_its_reason(people: Cast) -> None:
    ha = people.actor(people.ha)
    with refused("own"):
        actions.lock(actor=ha, account=people.ha, why="left", on=TODAY)
    with refused("why"):
        actions.lock(actor=ha, account=people.thuy, why="angry", on=TODAY)
    with pytest.raises(NotFound):
        actions.lock(actor=ha, account=people.khoa, why="left", on=TODAY)
    with pytest.raises(NotFound):
        actions.lock(actor=people.actor(people.thuy), account=people.binh, why="left", on=TODAY)
    actions.lock(actor=ha, account=people.thuy, why="left", on=TODAY)
    with refused("locked"):
        actions.lock(actor=ha, account=Account.objects.get(pk=people.thuy.pk), why="left", on=TODAY)


def test_an_opened_account_has_a_new_password(people: Cast) -> None:
    ha = people.actor(people.ha)
    with refused("open"):
        actions.unlock(actor=ha, account=people.thuy)
    actions.lock(actor=ha, account=people.thuy, why="misuse", on=TODAY)
    slip = actions.unlock(actor=ha, account=Account.objects.get(pk=people.thuy.pk))
    account = Account.objects.get(pk=people.thuy.pk)
    assert account.is_active
    assert account.must_change_password
    assert account.check_password(slip.password)
    assert not account.check_password(PASSWORD)


def test_only_the_holder_chooses_the_own_password(people: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.change_own_password(actor=people.actor(people.ha), account=people.thuy, password="mot cau that dai")
    thuy = people.actor(people.thuy)
    with refused("same"):
        actions.change_own_password(actor=thuy, account=people.thuy, password=PASSWORD)
    with pytest.raises(Refused) as caught:
        actions.change_own_password(actor=thuy, account=people.thuy, password="12345")
    assert set(caught.value.codes) == {"weak"}
    actions.change_own_password(actor=thuy, account=people.thuy, password="mot cau that dai")
    assert Account.objects.get(pk=people.thuy.pk).check_password("mot cau that dai")


def test_each_looks_after_the_accounts_of_the_own_part_of_the_tree(people: Cast) -> None:
    administrator()
    seen = {
        account: set(queries.in_scope(people.actor(account)).values_list("username", flat=True))
        for account in (people.ha, people.khoa, people.dung, people.thuy)
    }
    assert seen[people.ha] == {"tran.thu.ha", "le.thi.thuy", "pham.van.binh"}
    assert seen[people.khoa] == {"do.minh.khoa"}
    assert seen[people.dung] == seen[people.ha] | seen[people.khoa] | {"vu.anh.dung"}
    assert seen[people.thuy] == set()


def test_who_went_elsewhere_is_looked_after_there_and_who_has_nothing_left_where_it_was(people: Cast) -> None:
    row = queries.standing(people.binh, TODAY).get()
    actions.end_grant(actor=boss(), grant=row, on=date(2026, 6, 1))
    ha, khoa = people.actor(people.ha), people.actor(people.khoa)
    assert people.binh in queries.in_scope(ha)
    actions.give(actor=boss(), account=people.binh, role="member", unit=people.ground.far_cell, on=date(2026, 6, 1))
    assert people.binh not in queries.in_scope(ha)
    assert people.binh in queries.in_scope(khoa)


@pytest.mark.parametrize("text", ["thuy", "Thuỷ lê", "LE THI", "le.thi.thuy", "thi.thuy"])
def test_an_account_is_found_without_marks_in_any_order(people: Cast, text: str) -> None:
    assert labels(list(queries.search(queries.in_scope(people.actor(people.ha)), text))) == ["Lê Thị Thủy"]


def test_accounts_are_found_by_their_state(people: Cast) -> None:
    ha = people.actor(people.ha)
    actions.lock(actor=ha, account=people.binh, why="misuse", on=TODAY)
    actions.create_account(actor=ha, label="Nguyễn Văn An", role="member", unit=people.ground.two, on=TODAY)
    mine = queries.in_scope(ha)
    assert labels(list(queries.in_states(mine, ["locked"]))) == ["Phạm Văn Bình"]
    assert labels(list(queries.in_states(mine, ["fresh"]))) == ["Nguyễn Văn An"]
    assert queries.in_states(mine, ["open", "locked"]).count() == 4


def test_accounts_are_found_by_their_role(people: Cast) -> None:
    administrator()
    every = queries.in_scope(boss())
    assert labels(list(queries.with_roles(every, ["cell_secretary"], TODAY))) == ["Lê Thị Thủy"]
    assert labels(list(queries.with_roles(every, ["administrator"], TODAY))) == ["Quản trị hệ thống"]


def test_the_history_says_who_gave_and_who_ended(people: Cast) -> None:
    ha = people.actor(people.ha)
    row = actions.give(actor=ha, account=people.binh, role="inspector", unit=people.ground.lim, on=START)
    actions.end_grant(actor=people.actor(people.dung), grant=row, on=TODAY)
    current, ended = queries.history(people.binh, TODAY)
    assert (current.role, current.unit, current.given_by, current.ended_by) == (
        "member", "Chi bộ thôn Một", "Hệ thống", "",
    )  # fmt: skip
    assert (ended.role, ended.given_by, ended.ended_by) == ("inspector", "Trần Thu Hà", "Vũ Anh Dũng")
    told = queries.log_of(people.binh)
    assert [entry.by for entry in told] == ["Vũ Anh Dũng", "Trần Thu Hà", "Hệ thống"]


@pytest.mark.django_db
def test_the_first_administrator_is_made_once() -> None:
    password = first("Quan.Tri").password
    account = Account.objects.get(username="quan.tri")
    assert account.installation_admin
    assert account.must_change_password
    assert account.check_password(password)
    with refused("exists"):
        first("hai.quan.tri")


@pytest.mark.django_db
def test_the_first_administrator_may_choose_a_good_password() -> None:
    with pytest.raises(Refused) as caught:
        first("quan.tri", "quan.tri")
    assert "weak" in caught.value.codes
    with refused("username"):
        first("Quản trị", "mot cau that dai")
    assert first("quan.tri", "mot cau that dai").password == "mot cau that dai"
    assert not Account.objects.get().must_change_password


def test_only_the_program_makes_the_first_administrator(people: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.create_administrator(actor=people.actor(people.dung), username="toi", password=None)


def test_whoever_has_the_shell_makes_a_new_password(people: Cast) -> None:
    out = StringIO()
    call_command("password", "Tran.Thu.Ha", stdout=out)
    assert Account.objects.get(pk=people.ha.pk).check_password(out.getvalue().strip())
    with pytest.raises(CommandError, match=r"Không có tài khoản “ai\.do”"):
        call_command("password", "ai.do")
