"""Keys for programs: made and revoked by their holder, revoked by whoever looks after the account."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.models import Account, Token
from hatnhan.access.permissions import APPROVE_TOKEN
from hatnhan.access.queries import units_of
from hatnhan.access.second_person import check_answer
from hatnhan.access.token_queries import may_answer, needs_second, reach
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


@action("access.create_token", of=Token)
def create_token(
    *, actor: Actor, account: Account, label: str, permissions: Iterable[str], unit: Unit | None = None,
    days: int = USUAL_DAYS, reason: str = "",
) -> Key:  # fmt: skip
    """Make a key for a program of the holder's own, for at most a year. Over more than one cell it needs a reason, and
    waits for a second person. Refuses permissions that the account does not have, at the unit or at all."""
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
    unit, asks = _asked(actor, chosen, unit, reason)
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=account, label=label, digest=digest("token", text), tail=f"…{text[-4:]}", permissions=chosen,
        unit=unit, created_at=act().at, expires_at=act().at + timedelta(days=days), asks=asks, reason=reason.strip(),
    )  # fmt: skip
    act().tell(
        gettext_noop("Tài khoản %(account)s tạo khóa truy cập “%(label)s” %(tail)s, dùng trong %(days)s ngày, tại "
                     "%(unit)s, gồm các quyền: %(permissions)s."),
        about=[account, token], units=[unit] if unit else [], account=account.username, label=label, tail=token.tail,
        days=days, unit=name_of(unit, actor.on) if unit else "…", permissions=", ".join(chosen),
    )  # fmt: skip
    return Key(token, text)


def _asked(actor: Actor, chosen: list[str], unit: Unit | None, reason: str) -> tuple[Unit | None, bool]:
    """Where the key holds, and whether it waits for a second person. Over more than one cell "everywhere" is written as
    the one unit that it means today: what its holder gets later, nobody has confirmed."""
    grants = reach(actor, chosen, unit.pk if unit else None)
    if not needs_second(grants, actor.on):
        return unit, False
    if not reason.strip():
        refuse("reason", _("Khóa gồm nhiều chi bộ. Hãy ghi dùng vào việc gì."), field="reason")
    places = {grant.unit_id for grant in grants}
    if unit is None and len(places) > 1:
        refuse("unit", _("Khóa gồm nhiều chi bộ phải ghi rõ ở đâu."), field="unit")
    return unit or Unit.objects.filter(pk__in=places).first(), True


@action("access.answer_token")
def answer_token(*, actor: Actor, token: Token, approved: bool, reason: str = "") -> None:
    """Confirm a key over more than one cell, or refuse it, which revokes it. Nobody answers the own one; a refusal says
    why."""
    row = Token.objects.select_for_update(of=("self",)).select_related("account", "unit").get(pk=token.pk)
    check_answer(
        actor, asked_by=row.account_id, waits=row.waits_at(act().at), approved=approved, reason=reason
    )  # fmt: skip
    if not may_answer(actor, row):
        raise Forbidden(APPROVE_TOKEN)
    row.answer = reason.strip()
    if approved:
        row.confirmed_by_id, row.confirmed_at = actor.account_id, act().at
    else:
        row.revoked_at = act().at
    row.save()
    sentence = gettext_noop("Xác nhận khóa truy cập “%(label)s” %(tail)s của tài khoản %(account)s.")
    if not approved:
        sentence = gettext_noop("Không xác nhận khóa truy cập “%(label)s” %(tail)s của tài khoản %(account)s.")
    act().tell(
        sentence, about=[row.account, row], units=[row.unit] if row.unit else [], label=row.label, tail=row.tail,
        account=row.account.username,
    )  # fmt: skip


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
