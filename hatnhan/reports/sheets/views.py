"""Pages of the wall sheet and of the hand-over, each with its files."""

from datetime import date
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.documents import docx_file, pdf
from hatnhan.documents.content import OfficialPaper
from hatnhan.kernel.days import ONE
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.units.queries import name_of, names
from hatnhan.units.slots import coming as coming_at
from hatnhan.units.slots import half_year, unfinished

from .content import hand_over as handed
from .content import wall_sheet
from .permissions import COMING, HAND_OVER

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_CELLS = 400


@page("reports.coming", gettext_lazy("Sắp đến hạn"), permission=COMING, place=Place(1, 62, "calendar-days"))
def coming(request: HttpRequest) -> HttpResponse:
    """What falls due at a cell in a half-year, by day; at a committee the cells to choose from."""
    actor, unit = actor_of(request), working_unit(request, COMING)
    first, last = half_year(_asked(request, actor.on))
    cells = _cells(unit, actor.on)
    own = unit.pk in cells
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "first": first, "until": last - ONE,
        "lines": coming_at(actor, unit.pk, first) if own else [],
        "cells": [(name, _address(pk, first)) for pk, name in cells.items()] if not own else [],
        "tabs": [
            (_("%(n)s/%(year)s") % {"n": 1 if one.month == 1 else 2, "year": one.year}, _address(unit.pk, one),
             one == first)
            for one in _halves(actor.on)
        ],
        "files": f"?{urlencode({'unit': unit.pk, 'on': first.isoformat()})}", "own": own,
    }  # fmt: skip
    return render(request, "reports/coming.html", context)


@page("reports.coming_paper", gettext_lazy("Tờ sắp đến hạn"), permission=COMING)
def coming_paper(request: HttpRequest, form: str) -> HttpResponse:
    """The sheet as a file."""
    actor, unit = actor_of(request), working_unit(request, COMING)
    return _file(wall_sheet(actor, unit, _asked(request, actor.on)), form)


@page("reports.hand_over", gettext_lazy("Bàn giao công việc"), permission=HAND_OVER)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Everything open at a unit, for whoever takes over."""
    actor, unit = actor_of(request), working_unit(request, HAND_OVER)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "parts": unfinished(actor, unit.pk, actor.on),
        "files": f"?{urlencode({'unit': unit.pk})}",
    }  # fmt: skip
    return render(request, "reports/hand_over.html", context)


@page("reports.hand_over_paper", gettext_lazy("Bảng bàn giao công việc"), permission=HAND_OVER)
def hand_over_paper(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a paper to be signed."""
    actor, unit = actor_of(request), working_unit(request, HAND_OVER)
    return _file(handed(actor, unit), form)


def _asked(request: HttpRequest, today: date) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return asked if abs((asked - today).days) < 3660 else today


def _halves(on: date) -> list[date]:
    """The half-year before today's, today's, and the two after it."""
    first, last = half_year(on)
    return [half_year(first - ONE)[0], first, last, half_year(last)[1]]


def _address(unit: int, first: date) -> str:
    return f"{reverse('reports.coming')}?{urlencode({'unit': unit, 'on': first.isoformat()})}"


def _cells(unit: Unit, on: date) -> dict[int, str]:
    """The cells at and below a unit with their names, by name."""
    kinds = [kind.code for kind in rulebook.at(on).kinds().values() if kind.cell]
    rows = Placement.objects.under(unit, on).filter(stands=True, kind__in=kinds).values_list("unit", flat=True)
    called = names(list(rows[:MOST_CELLS]), on)
    return dict(sorted(called.items(), key=lambda pair: pair[1]))


def _file(paper: OfficialPaper, form: str) -> HttpResponse:
    if form not in TYPES:
        raise Http404
    made = docx_file.written(paper) if form == "docx" else pdf.official(paper)
    answer = HttpResponse(made, content_type=TYPES[form])
    name = quote(f"{paper.title.capitalize()}.{form}")
    answer["Content-Disposition"] = f"{'attachment' if form == 'docx' else 'inline'}; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer
