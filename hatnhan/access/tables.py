"""The list of accounts that somebody looks after."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.ui.text import moment

from . import queries
from .choices import FACTOR_STATES, LOCK_REASONS, ROLES, STATES
from .factor_queries import protected
from .models import Account

MANY = 2


def _name(row: Any, table: "AccountTable") -> Cell:
    said = [one.label for one in table.held(row)[:1]] + [_state(row, table).text]
    return Cell(
        row.label, small=row.username, href=reverse("access.account", args=[row.pk]), person=True,
        phone=" · ".join(filter(None, said)),
    )  # fmt: skip


def _roles(row: Any, table: "AccountTable") -> Cell:
    if row.installation_admin:
        return Cell(str(ROLES["administrator"]))
    held = table.held(row)
    if not held:
        return Cell()
    more = len(held) - MANY
    places = "; ".join(f"{one.label}, {one.unit}" for one in held[1:MANY])
    rest = _("và %(n)s vai trò khác") % {"n": more} if more > 0 else ""
    return Cell(held[0].label, small=" · ".join(filter(None, [held[0].unit, places, rest])))


def _seen(row: Any, _table: "AccountTable") -> Cell:
    return Cell(moment(row.last_login))


def _state(row: Any, _table: "AccountTable") -> Cell:
    if not row.is_active:
        why = str(LOCK_REASONS.get(row.locked_because, ""))
        return Cell(_("Đã khóa: %(why)s") % {"why": why}, kind="bad" if row.locked_because == "misuse" else "muted")
    if row.last_login is None:
        return Cell(_("Chưa đăng nhập lần nào"), kind="warn")
    return Cell(_("Chờ đổi mật khẩu"), kind="warn") if row.must_change_password else Cell()


class AccountTable(Listing):
    """By given name; found by name and sign-in name without marks."""

    model = Account
    label = gettext_lazy("Tài khoản")
    placeholder = gettext_lazy("Tìm theo họ tên hoặc tên đăng nhập")
    select = "account"
    fields = (
        "label", "username", "installation_admin", "is_active", "locked_because", "last_login", "must_change_password",
    )  # fmt: skip
    columns = (
        Column("name", gettext_lazy("Họ và tên"), _name, sort="name", fixed=True),
        Column("roles", gettext_lazy("Vai trò"), _roles),
        Column("seen", gettext_lazy("Đăng nhập gần nhất"), _seen),
        Column("state", gettext_lazy("Tình trạng"), _state),
    )
    filters = (
        Filter(
            "state", gettext_lazy("Tình trạng"), lambda _table: list(STATES.items()),
            lambda rows, chosen, _table: queries.in_states(rows, chosen), quick=tuple(STATES),
        ),
        Filter(
            "role", gettext_lazy("Vai trò"), lambda _table: list(ROLES.items()),
            lambda rows, chosen, table: queries.with_roles(rows, chosen, table.actor.on),
        ),
        Filter(
            "factor", gettext_lazy("Xác minh hai bước"), lambda _table: list(FACTOR_STATES.items()),
            lambda rows, chosen, _table: protected(rows, chosen),
        ),
    )  # fmt: skip
    sorts = (Sort("name", gettext_lazy("Họ và tên"), (Key("sort_key"),)),)

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        super().__init__(request)
        self.actor = actor

    def base(self) -> QuerySet[Any]:
        return queries.in_scope(self.actor)

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(rows, text)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s tài khoản", "%(n)s tài khoản", count) % {"n": self.written(count)}

    def selectable(self, row: Any) -> bool:
        return bool(row.is_active)

    @cached_property
    def roles(self) -> dict[int, list[queries.Held]]:
        """The roles of the page's accounts."""
        return queries.roles_of([row.pk for row in self.rows], self.actor.on)

    def held(self, row: Any) -> list[queries.Held]:
        return self.roles.get(row.pk, [])
