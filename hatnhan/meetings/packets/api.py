"""Packets and proposals over the API."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Value, listed
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.meetings.minutes.api import Where
from hatnhan.meetings.permissions import VIEW

from .tables import ProposalTable

router = Router(tags=["meetings"])


def _proposed(request: HttpRequest, query: Where) -> ProposalTable:
    """The proposals of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(VIEW)
    return ProposalTable(request, actor, working_unit(request, VIEW))


listed(
    router, "/proposals", ProposalTable, _proposed, name="meetings.proposals", title=_("Kiến nghị của chi bộ"),
    about=_("Kiến nghị của các chi bộ, mới nhất trước; câu trả lời xem ở trang của kiến nghị."), asks=Where,
    keys={"proposal": "pk", "unit_id": "unit_id", "to_id": "to_id"},
    values={"day": Value(str, lambda row, _table: row.sent_on.isoformat())},
)  # fmt: skip
