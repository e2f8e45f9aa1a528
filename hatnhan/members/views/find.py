"""Quick find (Ctrl K): people and organisations in the reader's scope."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.vietnamese import search_terms
from hatnhan.members import permissions
from hatnhan.members.models import Membership, Person
from hatnhan.members.queries import names_on
from hatnhan.members.tables import by_name
from hatnhan.units import permissions as of_units
from hatnhan.units.queries import Card
from hatnhan.units.queries import find as find_units

MOST = 10


@dataclass(frozen=True)
class Found:
    """What a few letters may mean."""

    people: list[Any]
    units: list[Card]
    digits: bool


def found(actor: Actor, text: str) -> Found:
    """At most ten people and ten organisations. A number finds nobody here: it is looked up in the member list."""
    terms = search_terms(text)
    people: list[Any] = []
    if actor.can(permissions.VIEW) and not terms.empty and not terms.digits:
        named = by_name(Person.objects.filter(voided_at__isnull=True), terms).values("pk")
        homes = Membership.objects.on(actor.on).filter(kind="home", person__in=named)
        rows = actor.scope(permissions.VIEW).filter(homes).select_related("person")
        rows = rows.annotate(unit_name=Subquery(names_on("unit_id", actor.on)))
        people = list(rows.order_by("person__sort_key", "person_id")[:MOST])
    units = find_units(text, actor.scope(of_units.VIEW), actor.on, MOST) if actor.can(of_units.VIEW) else []
    return Found(people, units, bool(terms.digits))


@page("find", _("Tìm nhanh"))
def find(request: HttpRequest) -> HttpResponse:
    """The page, or for a script its results alone."""
    actor, text = actor_of(request), " ".join(request.GET.get("q", "").split())[:100]
    context = {"text": text, "found": found(actor, text) if text else None}
    alone = request.headers.get("HX-Target") == "found" and "HX-History-Restore-Request" not in request.headers
    answer = render(request, "members/found.html" if alone else "members/find.html", context)
    answer.headers["Vary"] = "HX-Request, HX-Target, Cookie"
    return answer
