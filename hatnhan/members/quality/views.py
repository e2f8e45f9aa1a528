"""The state of a unit's records, and the rows behind each number."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.members import permissions
from hatnhan.members.views.listing import ground_of

from . import queries
from .checks import CHECKS
from .tables import QualityTable


@page(
    "members.quality", _("Chất lượng dữ liệu"), permission=permissions.QUALITY,
    place=Place(1, 70, "clipboard-list"),
)  # fmt: skip
def quality(request: HttpRequest) -> HttpResponse:
    """Every check with its number; nothing but what is wrong has colour."""
    actor, land = actor_of(request), ground_of(request, permissions.QUALITY)
    found, at = queries.kept(land, again="again" in request.GET)
    context = {
        "land": land, "found": [one for one in found if one.count], "clean": [one for one in found if not one.count],
        "questions": queries.questions(actor, land), "unread": queries.unread(land),
        "at": at,
    }  # fmt: skip
    return render(request, "members/quality/quality.html", context)


@page("members.quality_rows", _("Hồ sơ cần xem lại"), permission=permissions.QUALITY)
def quality_rows(request: HttpRequest, code: str) -> HttpResponse:
    """Who is found by one check, each with the act that mends it."""
    actor, land = actor_of(request), ground_of(request, permissions.QUALITY)
    check = CHECKS.get(code)
    if check is None:
        raise Http404
    table = QualityTable(request, actor, land, check)
    return table.respond(request, "members/quality/rows.html", {"land": land, "check": check})
