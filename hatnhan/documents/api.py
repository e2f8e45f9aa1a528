"""The register over the API: its list. Files and texts are handed out on the pages only."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Id, Query, Value, described, listed, means
from hatnhan.kernel.pages import actor_of, working_unit

from . import permissions
from .tables import PaperTable, title

router = Router(tags=["papers"])

means(permissions.VIEW, _("Xem sổ văn bản"))


class Where(Query):
    """Of which unit."""

    unit: Annotated[Id | None, described(_("Đơn vị; bỏ trống là nơi cao nhất của khóa"))] = None


def _registered(request: HttpRequest, query: Where) -> PaperTable:
    """The register of the unit, where the key may see it."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    return PaperTable(request, actor, working_unit(request, permissions.VIEW))


listed(
    router, "/papers", PaperTable, _registered, name="papers.list", title=_("Sổ văn bản"), asks=Where,
    about=_("Văn bản đi và đến của một đơn vị, mới nhất trước; với where=below thì cả các tổ chức trực thuộc."),
    keys={"paper_id": "pk", "unit_id": "unit_id"},
    values={
        "paper": Value(str, lambda row, _table: f"{row.symbol} {title(row)}".strip()),
        "day": Value(str, lambda row, _table: row.day.isoformat()),
    },
)  # fmt: skip
