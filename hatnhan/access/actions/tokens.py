"""Keys for programs: made and revoked by their holder, revoked by whoever looks after the account."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.models import Account, Token
from hatnhan.access.queries import units_of
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.secrets import digest
from hatnhan.units.queries import name_of

from .rights import may_look_after

PREFIX = "hn_"
MOST_DAYS, USUAL_DAYS, MOST_TOKENS = 365, 90, 20


@dataclass(frozen=True)
class Key:
    """A fresh token with its text, which is nowhere kept and shown once."""

    token: Token
    text: str


@action("access.create_token")
def create_token(
    *, actor: Actor, account: Account, label: str, permissions: Iterable[str], unit: Unit | None = None,
    days: int = USUAL_DAYS, reason: str = "",
) -> Key:  # fmt: skip
    """Make a key for a program of the holder's own, for at most a year. Refuses permissions that the account does not
    have, at the unit or at all."""
    if actor.account_id != account.pk:
        raise Forbidden("access.create_token")
    label, chosen = " ".join(label.split()), sorted(set(permissions))
    if not label:
        refuse("label", _("Hãy ghi chương trình nào dùng khóa này."), field="label")
    if not 1 <= days <= MOST_DAYS:
        refuse("days", _("Khóa có hạn từ 1 đến %(n)s ngày.") % {"n": MOST_DAYS}, field="days")
    if not chosen:
        refuse("permissions", _("Hãy chọn ít nhất một việc mà khóa được làm."), field="permissions")
    if not all(actor.can(code, at=unit) for code in chosen):
        refuse("permissions", _("Tài khoản của đồng chí không có quyền đó ở đơn vị đã chọn."), field="permissions")
    if Token.objects.filter(account=account, revoked_at=None, expires_at__gt=act().at).count() >= MOST_TOKENS:
        refuse("many", _("Đã có %(n)s khóa đang dùng. Hãy thu hồi khóa không dùng nữa.") % {"n": MOST_TOKENS})
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=account, label=label, digest=digest("token", text), tail=f"…{text[-4:]}", permissions=chosen,
        unit=unit, created_at=act().at, expires_at=act().at + timedelta(days=days),
    )  # fmt: skip
    act().tell(
        gettext_noop("Tài khoản %(account)s tạo khóa truy cập “%(label)s” %(tail)s, dùng trong %(days)s ngày, tại "
                     "%(unit)s, gồm các quyền: %(permissions)s."),
        about=[account, token], units=[unit] if unit else [], account=account.username, label=label, tail=token.tail,
        days=days, unit=name_of(unit, actor.on) if unit else "…", permissions=", ".join(chosen),
    )  # fmt: skip
    return Key(token, text)


@action("access.revoke_token")
def revoke_token(*, actor: Actor, token: Token, reason: str = "") -> None:
    """Let a key be valid no more, from this moment on."""
    if actor.account_id != token.account_id:
        may_look_after(actor, token.account)
    if token.revoked_at is not None:
        refuse("revoked", _("Khóa này đã thu hồi từ trước."))
    token.revoked_at = act().at
    token.save(update_fields=["revoked_at"])
    act().tell(
        gettext_noop("Thu hồi khóa truy cập “%(label)s” %(tail)s của tài khoản %(account)s."),
        about=[token.account, token], units=[token.unit] if token.unit else [], label=token.label, tail=token.tail,
        account=token.account.username,
    )  # fmt: skip


def revoke_all(accounts: Iterable[Account]) -> None:
    """Inside an act after which whoever had an account may no longer use it: its keys are valid no more, for good."""
    held: dict[Account, list[Token]] = {}
    for token in Token.objects.filter(
        account__in=[account.pk for account in accounts], revoked_at=None, expires_at__gt=act().at
    ).select_related("account"):
        held.setdefault(token.account, []).append(token)
    Token.objects.filter(pk__in=[token.pk for tokens in held.values() for token in tokens]).update(revoked_at=act().at)
    for account, tokens in held.items():
        act().tell(
            gettext_noop("Thu hồi %(n)s khóa truy cập của tài khoản %(account)s: %(labels)s."), about=[account],
            units=units_of([account]), n=len(tokens), account=account.username,
            labels=", ".join(f"“{token.label}” {token.tail}" for token in tokens),
        )  # fmt: skip
