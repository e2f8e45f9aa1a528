"""Meetings on their way over the API."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Value, listed
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.meetings.minutes.api import Where
from hatnhan.meetings.permissions import VIEW

from .tables import SittingTable

router = Router(tags=["meetings"])


def _coming(request: HttpRequest, query: Where) -> SittingTable:
    """The meetings on their way, where the key may see them."""
    actor = actor_of(request)
    actor.require(VIEW)
    return SittingTable(request, actor, working_unit(request, VIEW))


listed(
    router, "/sittings", SittingTable, _coming, name="meetings.sittings", title=_("Lịch họp"), asks=Where,
    about=_("Buổi họp đã lên lịch, đã mời, đang họp của một đơn vị và các đơn vị trực thuộc."),
    keys={"sitting": "pk", "unit_id": "unit_id"},
    values={"day": Value(str, lambda row, _table: row.day.isoformat())},
)  # fmt: skip
