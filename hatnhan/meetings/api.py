"""Meetings over the API: the list of a unit's."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Id, Query, Value, described, listed, means
from hatnhan.kernel.pages import actor_of, working_unit

from . import permissions
from .tables import MeetingTable

router = Router(tags=["meetings"])

means(permissions.VIEW, _("Xem sinh hoạt chi bộ"))


class Where(Query):
    """Of which unit and those below it."""

    unit: Annotated[Id | None, described(_("Đơn vị; bỏ trống là nơi cao nhất của khóa"))] = None


def _held(request: HttpRequest, query: Where) -> MeetingTable:
    """The meetings of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    return MeetingTable(request, actor, working_unit(request, permissions.VIEW))


listed(
    router, "/meetings", MeetingTable, _held, name="meetings.list", title=_("Sinh hoạt chi bộ"), asks=Where,
    about=_("Sinh hoạt chi bộ của một đơn vị và các đơn vị trực thuộc, buổi mới nhất trước."),
    keys={"meeting": "pk", "unit_id": "unit_id"},
    values={"held_on": Value(str, lambda row, _table: row.held_on.isoformat())},
)  # fmt: skip
