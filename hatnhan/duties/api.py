"""What a unit owes, over the API. Duties are opened and closed by the acts that they belong to, so nothing is offered
here that changes them."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Id, Query, Text, Value, described, finds, listed, means, offer
from hatnhan.kernel.days import after
from hatnhan.kernel.pages import actor_of, working_unit

from . import actions, permissions, queries
from .campaigns import api as campaigns
from .models import Duty
from .obligations.queries import terms
from .obligations.tables import TermTable
from .obligations.views import month_of
from .tables import DutyTable

router = Router(tags=["duties"])

means(permissions.VIEW, _("Xem việc cần làm của đơn vị"))
means(permissions.FINISH, _("Ghi việc định kỳ của đơn vị là đã xong"), writes=True)

finds(Duty, queries.visible)


class Where(Query):
    """Of which unit and those below it."""

    unit: Annotated[Id | None, described(_("Đơn vị; bỏ trống là nơi cao nhất của khóa"))] = None


def _owed(request: HttpRequest, query: Where) -> DutyTable:
    """The duties of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    unit = working_unit(request, permissions.VIEW)
    return DutyTable(request, actor, queries.of_unit(unit, actor.on))


def _day(row: Any, _table: Any) -> str:
    return str(row.due.isoformat())


listed(
    router, "/duties", DutyTable, _owed, name="duties.list", title=_("Việc cần làm"), asks=Where,
    about=_("Việc cần làm của một đơn vị và các đơn vị trực thuộc; bỏ trống tình trạng thì là việc chưa xong."),
    keys={"duty": "pk"}, values={"due": Value(str, _day)},
)  # fmt: skip


offer(
    router, "/duties/{duty}/finish", actions.finish, name="duties.finish", title=_("Ghi việc định kỳ là đã xong"),
    types={"note": Text(200)},
)  # fmt: skip


# --- obligations of the year ---------------------------------------------------------------------------------------


class Month(Where):
    """And of which month."""

    month: Annotated[str | None, described(_("Tháng, như 2026-11; bỏ trống là tháng này"))] = None


def _terms(request: HttpRequest, query: Month) -> TermTable:
    """The terms of the month, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    unit = working_unit(request, permissions.VIEW)
    month = month_of(request, actor.on)
    return TermTable(request, actor, terms(unit, actor.on, month, after(month)))


def _term_day(row: Any, _table: Any) -> str:
    return str(row.duty__due.isoformat())


listed(
    router, "/obligations", TermTable, _terms, name="duties.terms", title=_("Việc định kỳ"), asks=Month,
    about=_("Việc định kỳ đến hạn trong một tháng của một đơn vị và các đơn vị trực thuộc."),
    keys={"term": "pk", "duty": "duty_id", "unit": "unit_id"}, values={"due": Value(str, _term_day)},
)  # fmt: skip
router.add_router("", campaigns.router)
