"""Records that a check finds, over the API."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.api import Value, listed, means
from hatnhan.kernel.pages import actor_of
from hatnhan.members import permissions
from hatnhan.members.api import Where
from hatnhan.members.views.listing import ground_of

from .checks import CHECKS
from .tables import QualityTable

router = Router(tags=["members"])

means(permissions.QUALITY, _("Xem hồ sơ cần xem lại"))


def _found(request: HttpRequest, query: Where, code: str) -> QualityTable:
    """What one check finds; 404 for a check that does not exist."""
    if code not in CHECKS:
        raise NotFound(permissions.QUALITY)
    return QualityTable(request, actor_of(request), ground_of(request, permissions.QUALITY), CHECKS[code])


listed(
    router, "/members/quality/{code}", QualityTable, _found, name="members.quality", asks=Where, within={"code": str},
    title=_("Hồ sơ cần xem lại"), about=_("Những hồ sơ mà một phép kiểm tra thấy chưa đúng hoặc còn thiếu."),
    keys={"person": "person_id", "unit_id": "unit_id"},
    values={"name": Value(str, lambda row, _table: row.person__name)},
)  # fmt: skip
