"""The log over the API: what its page lists, for those who read it."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Day, Id, Query, Value, described, listed, means
from hatnhan.kernel.figures import BadQuestion
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.kernel.refusal import Reason, Refused

from .permissions import VIEW
from .tables import AuditTable

router = Router(tags=["audit"])

means(VIEW, _("Xem nhật ký"))


class Where(Query):
    """Of which organisation, and of which days."""

    unit: Annotated[Id | None, described(_("Tổ chức; bỏ trống là mọi nơi khóa được xem"))] = None
    start: Annotated[Day | None, described(_("Từ ngày"), alias="from")] = None
    to: Annotated[Day | None, described(_("Đến hết ngày"))] = None


def _log(request: HttpRequest, query: Where) -> AuditTable:
    """The reader's part of the log."""
    actor = actor_of(request)
    actor.require(VIEW)
    unit = working_unit(request, VIEW) if query.unit is not None else None
    try:
        return AuditTable(request, actor, unit)
    except BadQuestion as problem:
        raise Refused(Reason("question", str(problem))) from problem


def _moment(row: Any, _table: Any) -> str:
    return str(row.at.isoformat())


listed(
    router, "/audit", AuditTable, _log, name="audit.list", title=_("Nhật ký"), asks=Where,
    about=_("Những việc đã ghi trong phạm vi của khóa, việc mới nhất trước."), keys={"entry": "pk"},
    values={"at": Value(str, _moment)},
)  # fmt: skip
