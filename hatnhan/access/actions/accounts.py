"""Opening, locking and opening accounts again; passwords. No password is kept in clear, and none comes into the log."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.choices import LOCK_REASONS
from hatnhan.access.models import Account
from hatnhan.access.passwords import kept_one_time
from hatnhan.access.permissions import GIVE
from hatnhan.access.queries import lent, standing, units_of
from hatnhan.access.rules import one_time_password, proposed_username, username_blockers
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc, plain

from .grants import end_grants, record_grant, shut
from .rights import may_give, may_look_after
from .sessions import close_sessions
from .tokens import revoke_all


class Slip(NamedTuple):
    """An account and its one-time password, to be printed once and handed over."""

    account: Account
    password: str


@action("access.create_account", of=Account)
def create_account(
    *, actor: Actor, label: str, role: str, unit: Unit, on: date, until: date = FAR, username: str = "",
    reason: str = "",
) -> Slip:  # fmt: skip
    """Open an account for somebody with a first role. Without a sign-in name it gets a free one from the name. The
    password holds for one sign-in; its user then chooses an own one."""
    if act().depth == 1:
        may_give(actor, role, unit)
    label, username = nfc(label), username.strip().lower()
    if not label:
        refuse("label", _("Hãy ghi họ và tên người dùng tài khoản."), field="label")
    account, password = _opened(label, username or free_username(label))
    act().tell(
        gettext_noop("Tạo tài khoản %(account)s cho %(label)s."), about=[account], units=[unit],
        account=account.username, label=label,
    )  # fmt: skip
    record_grant(account, role, unit, on, until)
    return Slip(account, password)


@action("access.create_administrator", of=Account)
def create_administrator(*, actor: Actor, username: str, password: str | None, reason: str = "") -> Slip:
    """Open the first account of an installation: it may look after accounts everywhere. Refused once there is one.
    Without a password it gets a one-time password."""
    if not actor.everything:
        raise Forbidden(GIVE["administrator"])
    if Account.objects.filter(installation_admin=True).exists():
        refuse("exists", _("Đã có người quản trị. Quên mật khẩu thì dùng lệnh: hatnhan password TÊN-ĐĂNG-NHẬP."))
    account, one_time = _opened(_("Quản trị hệ thống"), username.strip().lower(), administrator=True)
    if password is not None:
        _own(account, password)
        account.save(update_fields=["password", "must_change_password"])
    act().tell(gettext_noop("Tạo tài khoản quản trị %(account)s."), about=[account], account=account.username)
    return Slip(account, one_time if password is None else password)


def reset_passwords(*, actor: Actor, accounts: Iterable[Account], reason: str = "") -> list[Slip]:
    """Give accounts new one-time passwords; whoever is signed in with the old ones is signed out, and their keys for
    programs are revoked."""
    slips = [Slip(account, one_time_password()) for account in accounts]
    kept = {slip.account.pk: kept_one_time(slip.password) for slip in slips}
    _store(actor=actor, accounts=[slip.account for slip in slips], kept=kept, reason=reason)
    return slips


@action("access.reset_passwords")
def _store(*, actor: Actor, accounts: list[Account], kept: dict[int, str], reason: str = "") -> None:
    """Store what `reset_passwords` has hashed before, outside the transaction."""
    if not accounts:
        refuse("accounts", _("Hãy chọn ít nhất một tài khoản."), field="account")
    for account in accounts:
        may_look_after(actor, account)
        if account.pk == actor.account_id:
            refuse("own", _("Mật khẩu của chính mình thì đổi ở trang “Đổi mật khẩu”."))
        if not account.is_active:
            refuse("locked", _("Tài khoản %(name)s đang bị khóa; hãy mở khóa.") % {"name": account.username})
        account.password, account.must_change_password = kept[account.pk], True
    Account.objects.bulk_update(accounts, ["password", "must_change_password"], batch_size=500)
    close_sessions(accounts)
    names = ", ".join(account.username for account in accounts)
    act().tell(
        gettext_noop("Cấp mật khẩu mới cho tài khoản: %(names)s."),
        about=accounts,
        units=units_of(accounts),
        names=names,
    )
    revoke_all(accounts)


@action("access.lock")
def lock(*, actor: Actor, account: Account, why: str, on: date, reason: str = "") -> None:
    """Lock an account from now on. Its roles end before the day; on a suspicion of misuse they wait, but nobody goes on
    standing in for it, nor it for others: who has it may have named them."""
    may_look_after(actor, account)
    if account.pk == actor.account_id:
        refuse("own", _("Đồng chí không tự khóa tài khoản của mình; hãy nhờ người khác."))
    if not account.is_active:
        refuse("locked", _("Tài khoản này đã khóa từ trước."))
    if why not in LOCK_REASONS:
        refuse("why", _("Hãy chọn lý do khóa tài khoản."), field="why")
    shut(account, why)
    rows = standing(account, on) if why != "misuse" else lent(account, on)
    end_grants(rows.select_related("account", "unit"), on)


@action("access.unlock")
def unlock(*, actor: Actor, account: Account, reason: str = "") -> Slip:
    """Open a locked account again, with a new one-time password: the old one may be in other hands."""
    may_look_after(actor, account)
    if account.is_active:
        refuse("open", _("Tài khoản này không bị khóa."))
    password = one_time_password()
    account.is_active, account.locked_because, account.locked_in = True, "", None
    account.password, account.must_change_password = kept_one_time(password), True
    account.save(update_fields=["is_active", "locked_because", "locked_in", "password", "must_change_password"])
    act().tell(
        gettext_noop("Mở khóa tài khoản %(account)s và cấp mật khẩu mới."), about=[account], units=units_of([account]),
        account=account.username,
    )  # fmt: skip
    return Slip(account, password)


def change_own_password(*, actor: Actor, account: Account, password: str, session: str = "") -> None:
    """Set the password that the account's holder has chosen. Refuses a weak one, and the one they have. The account's
    other sessions end, `session` goes on."""
    _is_holder(actor, account)
    if account.check_password(password):
        refuse("same", _("Mật khẩu mới phải khác mật khẩu đang dùng."), field="password1")
    _own(account, password)
    _store_own(actor=actor, account=account, session=session)


@action("access.change_own_password")
def _store_own(*, actor: Actor, account: Account, session: str = "", reason: str = "") -> None:
    """Store what `change_own_password` has hashed before, outside the transaction."""
    _is_holder(actor, account)
    account.save(update_fields=["password", "must_change_password"])
    close_sessions([account], keep=session)
    act().tell(
        gettext_noop("Tài khoản %(account)s tự đổi mật khẩu."), about=[account], units=units_of([account]),
        account=account.username,
    )  # fmt: skip


def open_again(act_id: int) -> None:
    """Part of the undo of an act: accounts that it locked are open again, with the password they had."""
    for account in Account.objects.filter(locked_in=act_id, is_active=False):
        account.is_active, account.locked_because, account.locked_in = True, "", None
        account.save(update_fields=["is_active", "locked_because", "locked_in"])
        act().tell(
            gettext_noop("Mở lại tài khoản %(account)s."), about=[account], units=units_of([account]),
            account=account.username,
        )  # fmt: skip


def free_username(label: str) -> str:
    """A sign-in name for a person that nobody has yet."""
    base = ".".join(plain(label).split())[:54]
    taken = set(Account.objects.filter(username__startswith=base).values_list("username", flat=True))
    return proposed_username(label, taken)


def _opened(label: str, username: str, administrator: bool = False) -> Slip:
    if blockers := username_blockers(username):
        raise Refused(blockers)
    text = _("Tên đăng nhập %(name)s đã có người dùng.") % {"name": username}
    taken = Reason("taken", text, field="username")
    if Account.objects.filter(username=username).exists():
        raise Refused(taken)
    password = one_time_password()
    account = Account(
        username=username, label=label, password=kept_one_time(password), must_change_password=True,
        installation_admin=administrator, created_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(taken) from error
    return Slip(account, password)


def _is_holder(actor: Actor, account: Account) -> None:
    if actor.account_id != account.pk:
        raise Forbidden("access.change_own_password")


def _own(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused([Reason("weak", text, field="password1") for text in error.messages]) from error
    account.set_password(password)
    account.must_change_password = False
