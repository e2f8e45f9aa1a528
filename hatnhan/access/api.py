"""Who asks over the API: the account behind a token, with no more than the token allows."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.security import HttpBearer
from pydantic import BaseModel

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Text, Value, finds, listed, means, offer, one_of, read
from hatnhan.kernel.api.answers import Bad
from hatnhan.kernel.api.pace import take_request
from hatnhan.kernel.days import today
from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.secrets import digest

from . import actions
from .actors import actor_for
from .choices import LOCK_REASONS, ROLES
from .factor_queries import is_due
from .models import Account, Token
from .models import Grant as RoleGrant
from .permissions import GIVE, MANAGE
from .queries import in_scope
from .tables import AccountTable
from .token_queries import needs_second, reach

router = Router(tags=["access"])

_NOT_CONFIRMED = _("Khóa này gồm nhiều chi bộ và chưa được người thứ hai xác nhận. Xem ở trang Khóa truy cập.")

means(MANAGE, _("Xem danh sách tài khoản"))


class AccessKey(HttpBearer):
    """Authorization: Bearer hn_…"""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token, with its actor on the request; None for one that does not hold."""
        asked: Any = request
        found = token_of(token, timezone.now())
        if found is None:
            return None
        actor = actor_of_token(found, getattr(request, "request_id", ""))
        if not actor.grants:
            return None
        if found.confirmed_at is None and needs_second(actor.grants, actor.on):
            raise Bad(403, Reason("second_person", str(_NOT_CONFIRMED)))
        if not request.headers.get("Accept-Language"):
            translation.activate(found.account.language)
        asked.actor, asked.token = actor, found
        take_request(found.pk)
        found.note_use(timezone.now())
        return found


def token_of(text: str, moment: datetime) -> Token | None:
    """The token of this text while it holds, of an account that is open, has a password of its own, and the second
    factor where a role of it needs one."""
    if not text.startswith("hn_") or len(text) > 100:
        return None
    rows = Token.objects.filter(digest=digest("token", text)).select_related("account")
    token = rows.first()
    if token is None or not token.holds_at(moment):
        return None
    account = token.account
    usable = account.is_active and not account.must_change_password and not is_due(account, today())
    return token if usable else None


def actor_of_token(token: Token, request_id: str = "") -> Actor:
    """The account's actor, narrowed to the token's permissions and unit."""
    whole = actor_for(token.account, today(), request_id)
    grants = reach(whole, token.permissions, token.unit_id)
    return replace(whole, grants=grants, label=f"{whole.label} · {token.label}"[:200])


def reader_language(request: HttpRequest) -> str:
    """Vietnamese or English by Accept-Language."""
    return "en" if get_language_from_request(request).startswith("en") else "vi"


# --- operations -----------------------------------------------------------------------------------------------------


class Me(BaseModel):
    """Whose token this is, what it may do where, and until when."""

    account: str
    token: str
    expires_at: datetime
    unit: int | None
    permissions: list[str]


def me(request: HttpRequest) -> dict[str, Any]:
    """The token itself."""
    token: Token = request.token  # type: ignore[attr-defined]
    held = sorted(set().union(*(grant.permissions for grant in actor_of(request).grants)))
    return {
        "account": token.account.username, "token": token.label, "expires_at": token.expires_at, "unit": token.unit_id,
        "permissions": held,
    }  # fmt: skip


read(
    router, "/me", me, Me, name="me", title=_("Khóa này là của ai"),
    about=_("Tài khoản, phạm vi, hạn dùng và những việc khóa này được làm."),
)  # fmt: skip


def _account(actor: Actor, key: int) -> Account | None:
    actor.require(MANAGE)
    found: Account | None = in_scope(actor).filter(pk=key).first()
    return found


def _accounts(request: HttpRequest, query: Any) -> AccountTable:
    actor_of(request).require(MANAGE)
    return AccountTable(request, actor_of(request))


finds(Account, _account)
listed(
    router, "/accounts", AccountTable, _accounts, name="access.accounts", title=_("Tài khoản"), keys={"account": "pk"},
    values={
        "name": Value(str, lambda row, _table: row.label),
        "seen": Value(str, lambda row, _table: row.last_login.isoformat() if row.last_login else None),
    },
)  # fmt: skip


# --- changing accounts ----------------------------------------------------------------------------------------------

# Roles that a key may give: those of the grassroots. Whoever administers or works above gets theirs from a person.
GIVEN = {role: GIVE[role] for role in ("member", "cell_secretary", "cell_deputy", "office", "inspector")}
for _role, _code in GIVEN.items():
    means(_code, format_lazy("{} {}", _("Cấp, kết thúc vai trò:"), ROLES[_role]), writes=True)


def _grant(actor: Actor, key: int) -> RoleGrant:
    row = RoleGrant.objects.unvoided().filter(pk=key).select_related("account", "unit").first()
    if row is None or _account(actor, row.account_id) is None:
        raise NotFound(MANAGE)
    return row


finds(RoleGrant, _grant)
ROLE = one_of(list(GIVEN), 30)
NO_PASSWORD = _("Mật khẩu dùng một lần không đi qua đây; in phiếu ở trang Tài khoản.")

offer(
    router, "/accounts/open", actions.create_account, name="access.create_account", title=_("Tạo tài khoản"),
    about=NO_PASSWORD, types={"label": Text(200, least=1), "role": ROLE, "username": Text(60)},
)  # fmt: skip
offer(
    router, "/accounts/{account}/lock", actions.lock, name="access.lock", title=_("Khóa tài khoản"),
    types={"why": one_of(list(LOCK_REASONS), 20)},
)  # fmt: skip
offer(
    router, "/accounts/{account}/roles", actions.give, name="access.give", title=_("Cấp quyền"), fixed={"source": 0},
    types={"role": ROLE},
)  # fmt: skip
offer(router, "/roles/{grant}/end", actions.end_grant, name="access.end_grant", title=_("Kết thúc quyền"))
offer(
    router, "/accounts/{old}/hand-over", actions.hand_over, name="access.hand_over", title=_("Bàn giao"),
    labels={"new": _("Tài khoản nhận bàn giao"), "unit": _("Bàn giao tại đơn vị nào")},
)  # fmt: skip
