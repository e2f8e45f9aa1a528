"""The list of members on the screen."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, day_of, page
from hatnhan.kernel.vietnamese import search_terms
from hatnhan.members import actions, permissions
from hatnhan.members.actions.looks import SEARCHED
from hatnhan.members.queries import Ground, ground
from hatnhan.members.tables import MemberTable


def ground_of(request: HttpRequest, code: str = permissions.VIEW) -> Ground:
    """The unit of the address, else the reader's highest one, as of the day of the address; and its name for the frame
    of the page."""
    actor = actor_of(request)
    asked = request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 19:
        unit = int(asked)
    else:
        held = [grant for grant in actor.grants if code in grant.permissions]
        if not held:
            raise Forbidden(code)
        unit = min(held, key=lambda grant: (len(grant.path), grant.path)).unit_id
    found = ground(actor, code, unit, day_of(request))
    request.unit_name = found.name  # type: ignore[attr-defined]
    return found


@page("members.list", gettext_lazy("Đảng viên"), permission=permissions.VIEW, place=Place(0, 30, "users", phone=True))
def member_list(request: HttpRequest) -> HttpResponse:
    """Who belongs to the unit and below it on the day."""
    actor, land = actor_of(request), ground_of(request)
    table = MemberTable(request, actor, land)
    digits = search_terms(table.text).digits
    asks = len(digits) in SEARCHED
    if asks and "HX-Request" not in request.headers and actor.can(permissions.NUMBERS):
        return _looked_up(request, table, land, digits)
    context = {
        "digits": bool(digits), "asks": asks, "may_receive": actor.can(permissions.RECEIVE),
        "may_export": actor.can(permissions.EXPORT), "may_import": actor.can(permissions.IMPORT),
        "may_look": actor.can(permissions.NUMBERS),
        "export_url": table.asked.address("/members/export/", after=None, before=None),
    }  # fmt: skip
    return table.respond(request, "members/list.html", context)


def _looked_up(request: HttpRequest, table: MemberTable, land: Ground, digits: str) -> HttpResponse:
    """A number is looked up once, by an act that is logged; it does not stay in the address."""
    unit = Unit.objects.get(pk=land.unit_id)
    found = actions.number_search(actor=actor_of(request), unit=unit, digits=digits)
    return HttpResponseRedirect(table.asked.address(q=None, person=str(found.pk if found else 0)))
