"""The explorer: the tree of organisations as of a day, search, and the card of the chosen unit."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from hatnhan.kernel.days import today
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, day_of, page, render
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.ui.icons import SHAPES
from hatnhan.units import explore, facts, permissions, queries
from hatnhan.units.explore import SHOWN, View
from hatnhan.units.held import Held
from hatnhan.units.queries import Card

from .looking import card_of
from .looking import unit_of as visible

FOUND = 50
MOST = 5000


@page("units.tree", pgettext_lazy("menu", "Tổ chức"), permission=permissions.VIEW, place=Place(0, 40, "network"))
def tree(request: HttpRequest) -> HttpResponse:
    """The tree, with the branches that the address opens and the card of the unit that it names."""
    actor, on, text = actor_of(request), day_of(request), request.GET.get("q", "").strip()
    chosen = _chosen(request)
    card = card_of(chosen, on) if chosen is not None else None
    view = _view(request, card)
    context: dict[str, Any] = {
        "view": view, "text": text, "on": on, "links": Links(request, view), "chosen": chosen, "card": None, "lead": "",
        "may_found": False, "then": False,
    }  # fmt: skip
    if text:
        found = queries.find(text, actor.scope(permissions.VIEW), on, FOUND + 1, ended=True)
        context |= {"nodes": [], "found": facts.found(found[:FOUND], on), "too_many": len(found) > FOUND}
        return render(request, "units/tree.html", context)
    nodes = explore.forest(actor, view)
    context |= {"nodes": nodes, "lead": facts.lead(nodes), "then": len(nodes) > 1 and on < actor.on}
    if card is None and len(nodes) == 1:
        card = queries.card(nodes[0].card.id, on)
    if card is not None:
        context["card"] = summary = facts.summary(actor, card, on, nodes, Held([card.id]))
        context["may_found"] = not summary.cell and actor.can(permissions.FOUND, at=summary.card.id)
    return render(request, "units/tree.html", context)


@page("units.children", _("Tổ chức trực thuộc"), permission=permissions.VIEW)
def children(request: HttpRequest, pk: int) -> HttpResponse:
    """The children of one unit, for a tree that is shown already; without scripts the address opens the whole tree."""
    unit, on = visible(request, pk), day_of(request)
    view = _view(request, None)
    if "HX-Request" not in request.headers:
        return HttpResponseRedirect(Links(request, view).opened(pk))
    start = int(request.GET.get("from", "0")) if request.GET.get("from", "").isdigit() else 0
    view = View(on, view.open, {pk: min(start, MOST) + SHOWN}, view.ended)
    node = explore.branch(actor_of(request), card_of(unit, on), view)
    node.children = node.children[start:]
    context = {"node": node, "start": start, "links": Links(request, view), "chosen": None, "view": view}
    return render(request, "units/children.html", context)


SPRITE = Markup("").join(  # drawn once on the page, used by every row
    Markup('<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>').format(name, Markup(SHAPES[name]))  # noqa: S704
    for name in ("archive", "building-2", "chevron-right", "landmark", "users")
)


class Links:
    """Addresses of the explorer that keep the day and what is shown."""

    sprite = SPRITE

    def __init__(self, request: HttpRequest, view: View) -> None:
        self.view = view
        self.day = {"on": view.on.isoformat()} if view.on != today() else {}
        self.kept = self.day | ({"ended": "1"} if view.ended else {})

    def choose(self, pk: int) -> str:
        """The explorer with the card of a unit."""
        return _to("units.tree", {"at": pk, **self._open(), **self.kept})

    def swapped(self, pk: int) -> str:
        """The same for a script, which adds the branches that are open on the screen."""
        return _to("units.tree", {"at": pk, **self.kept})

    def page(self, pk: int) -> str:
        """The unit's own page."""
        return _to("units.unit", self.day, pk)

    def lazy(self, pk: int, start: int = 0) -> str:
        """The children of a unit, from one of them on."""
        return _to("units.children", {**({"from": start} if start else {}), **self.kept}, pk)

    def opened(self, pk: int) -> str:
        """The explorer with one more branch open."""
        return _to("units.tree", {**self._open(pk), **self.kept}) + f"#u{pk}"

    def more(self, pk: int, shown: int) -> str:
        """The explorer with more children of one unit."""
        return _to("units.tree", {**self._open(pk), "more": f"{pk}-{shown + SHOWN}", **self.kept}) + f"#u{pk}"

    def all_closed(self) -> str:
        """The explorer with only its tops open."""
        return _to("units.tree", self.kept)

    def with_ended(self, wanted: bool) -> str:
        """The explorer with or without ended units."""
        return _to("units.tree", {**self._open(), **self.day, **({"ended": "1"} if wanted else {})})

    def _open(self, *more: int) -> dict[str, str]:
        ids = sorted(self.view.open | set(more))
        return {"open": ".".join(map(str, ids))} if ids else {}


def _to(name: str, query: dict[str, Any], *args: int) -> str:
    address = reverse(name, args=args or None)
    return f"{address}?{urlencode(query)}" if query else address


def _chosen(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("at", "")
    return visible(request, int(asked)) if asked.isdigit() and len(asked) < 19 else None


def _view(request: HttpRequest, chosen: Card | None) -> View:
    """What the address asks for; the branches above the chosen unit are open."""
    on = day_of(request)
    asked_open = ".".join(request.GET.getlist("open")).split(".")
    opened = {int(pk) for pk in asked_open if pk.isdigit() and len(pk) < 19}
    if chosen is not None:
        opened |= {unit_of(part) for part in segments(chosen.path)} - {chosen.id}
    more: dict[int, int] = {}
    for asked in request.GET.getlist("more"):
        pk, _dash, number = asked.partition("-")
        if pk.isdigit() and number.isdigit() and len(asked) < 30:
            more[int(pk)] = max(more.get(int(pk), SHOWN), min(int(number), MOST))
    return View(on, frozenset(opened), more, request.GET.get("ended") == "1")
