"""What comes over the API: meetings on their way, and proposals of cells."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Value, listed
from hatnhan.kernel.pages import actor_of, working_unit

from .api import Where
from .permissions import VIEW
from .prepare_tables import ProposalTable, SittingTable

router = Router(tags=["meetings"])


def _coming(request: HttpRequest, query: Where) -> SittingTable:
    """The meetings on their way, where the key may see them."""
    actor = actor_of(request)
    actor.require(VIEW)
    return SittingTable(request, actor, working_unit(request, VIEW))


def _proposed(request: HttpRequest, query: Where) -> ProposalTable:
    """The proposals of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(VIEW)
    return ProposalTable(request, actor, working_unit(request, VIEW))


listed(
    router, "/sittings", SittingTable, _coming, name="meetings.sittings", title=_("Lịch họp"), asks=Where,
    about=_("Buổi họp đã lên lịch, đã mời, đang họp của một đơn vị và các đơn vị trực thuộc."),
    keys={"sitting": "pk", "unit_id": "unit_id"},
    values={"day": Value(str, lambda row, _table: row.day.isoformat())},
)  # fmt: skip
listed(
    router, "/proposals", ProposalTable, _proposed, name="meetings.proposals", title=_("Kiến nghị của chi bộ"),
    about=_("Kiến nghị của các chi bộ, mới nhất trước; câu trả lời xem ở trang của kiến nghị."), asks=Where,
    keys={"proposal": "pk", "unit_id": "unit_id", "to_id": "to_id"},
    values={"day": Value(str, lambda row, _table: row.sent_on.isoformat())},
)  # fmt: skip
