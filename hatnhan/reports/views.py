"""Dashboard, all figures, and the page of one figure."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hatnhan.kernel.figures import BadQuestion, Figure, Named, UnknownFigure, named
from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.members.permissions import FIGURES
from hatnhan.units.rules import capital

from .asked import asked_of, start_of
from .dashboard import dashboard as numbers_of
from .figure import every_figure, sheet
from .meeting_tile import meetings_of
from .tables import may_list, rows_table, unlisted


@page(
    "reports.dashboard", _("Tổng quan"), permission=FIGURES, place=Place(0, 10, "layout-dashboard", phone=True),
    tells=True,
)  # fmt: skip
def dashboard(request: HttpRequest) -> HttpResponse:
    """The numbers of a unit and of what hangs under it, as of a day."""
    try:
        asked = asked_of(request)
        found = numbers_of(asked, start_of(request), request.GET.get("sort", ""))
    except BadQuestion as problem:
        return refused(request, problem)
    name_page(request, found.name)
    context = {"asked": asked, "board": found, "meetings": meetings_of(asked, actor_of(request), found.cells)}
    return render(request, "reports/dashboard.html", context)


@page("reports.figures", _("Mọi số liệu"), permission=FIGURES)
def all_figures(request: HttpRequest) -> HttpResponse:
    """Every figure of a unit, each with its page."""
    try:
        asked = asked_of(request)
        groups = every_figure(asked)
    except BadQuestion as problem:
        return refused(request, problem)
    return render(request, "reports/figures.html", {"asked": asked, "groups": groups})


@page("reports.figure", pgettext_lazy("figure", "Số liệu"), permission=FIGURES)
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: value, meaning, parts, course, and the rows that it counts."""
    one = figure_of(code)
    try:
        asked = asked_of(request)
        found = sheet(asked, one, start_of(request))
    except BadQuestion as problem:
        return refused(request, problem)
    name_page(request, found.name)
    context: dict[str, Any] = {"asked": asked, "one": one, "sheet": found, "hidden": 0}
    context["title"] = capital(str(one.label))
    actor = actor_of(request)
    if not isinstance(one, Figure) or not may_list(actor, one, asked.unit):
        return render(request, "reports/figure.html", {**context, "table": None})
    table = rows_table(request, actor, one, asked, found.value)
    context["hidden"] = unlisted(table, found.value or 0)
    return table.respond(request, "reports/figure.html", context)


def figure_of(code: str) -> Named:
    """The figure of an address."""
    try:
        return named(code)
    except UnknownFigure as error:
        raise Http404(str(error)) from error


def name_page(request: HttpRequest, name: str) -> None:
    """The frame of the page shows the unit; its name is known already."""
    request.unit_name = name  # type: ignore[attr-defined]


def refused(request: HttpRequest, problem: BadQuestion) -> HttpResponse:
    """What cannot be asked, in words; the address is kept."""
    return render(request, "reports/refused.html", {"problem": str(problem)}, status=422)
