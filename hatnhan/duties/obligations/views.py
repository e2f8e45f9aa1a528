"""The calendar of the year's obligations: by month, how far they are, which units owe them; a committee's own."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.days import after
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.spoken import address_of
from hatnhan.units.queries import name_of

from ..holidays import calendar_of
from ..models import Obligation
from ..permissions import OBLIGATIONS, VIEW
from . import actions, queries
from .choices import SEAT_WORDS
from .forms import EndForm, ObligationForm
from .queries import Falling, Progress
from .tables import TermTable

FIRST_YEAR, LAST_YEAR = 2020, 2100


@dataclass(frozen=True)
class Line:
    """An obligation of the month: when, whose, from where, and how far."""

    falling: Falling
    whose: str
    source_href: str
    progress: Progress
    href: str
    overdue_href: str
    end_href: str


@page("duties.year", gettext_lazy("Việc trong năm"), permission=VIEW, place=Place(1, 60, "calendar-clock"))
def year(request: HttpRequest) -> HttpResponse:
    """What falls due in a month at a unit and below, and how far it is; the other months with their numbers."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    month = month_of(request, actor.on)
    start, end = date(month.year, 1, 1), date(month.year + 1, 1, 1)
    by_month = queries.by_month(queries.terms(unit, actor.on, start, end), actor.on)
    lines = _lines(unit, month, actor.on, actor.can(OBLIGATIONS, at=unit))
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "month": month, "lines": lines,
        "months": [
            (date(month.year, number, 1), by_month.get(number, Progress()), _address(unit, date(month.year, number, 1)))
            for number in range(1, 13)
        ],
        "before": _address(unit, date(month.year - 1, 12, 1)), "next": _address(unit, date(month.year + 1, 1, 1)),
        "may_set": actor.can(OBLIGATIONS, at=unit), "today": actor.on,
        "own": [line for line in lines if line.falling.owed.unit_id],
    }  # fmt: skip
    return render(request, "duties/year.html", context)


def month_of(request: HttpRequest, on: date) -> date:
    """The first day of the month that the address names as 2026-11; this month when it names none."""
    asked = request.GET.get("month", "")
    try:
        found = first_of(date.fromisoformat(f"{asked}-01" if len(asked) == 7 else asked))
    except ValueError:
        return first_of(on)
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else first_of(on)


def _address(unit: Unit, month: date) -> str:
    return f"{reverse('duties.year')}?{urlencode({'unit': unit.pk, 'month': f'{month:%Y-%m}'})}"


def _lines(unit: Unit, month: date, on: date, may_set: bool) -> list[Line]:
    """What falls due in the month, by day. What was opened counts as it was opened; the rest is told ahead."""
    kinds = queries.kinds_below(unit, on)
    day = max(on, month)
    calendar = calendar_of(month, date(month.year + 1, 12, 31), on)
    known = queries.obligations(day, queries.around(unit, on))
    progress = queries.counts(queries.terms(unit, on, month, after(month)), on)
    found = [
        falling
        for one in known.values()
        if one.code in progress or any(one.by(kind) for kind in kinds)
        for falling in queries.in_month(one, month, calendar)
    ]
    return [
        _line(falling, unit, month, progress.get(falling.owed.code, Progress()), may_set)
        for falling in sorted(found, key=lambda one: (one.due, one.owed.label))
    ]


def _line(falling: Falling, unit: Unit, month: date, progress: Progress, may_set: bool) -> Line:
    owed = falling.owed
    where = reverse("duties.terms")
    asked = {"unit": unit.pk, "month": f"{month:%Y-%m}", "code": owed.code}
    own = may_set and owed.unit_id == unit.pk
    whose = ", ".join(str(SEAT_WORDS[seat]) for seat in owed.seats)
    return Line(
        falling, whose, address_of(owed.reference) if owed.reference else "", progress,
        f"{where}?{urlencode(asked)}", f"{where}?{urlencode({**asked, 'state': 'overdue'})}",
        reverse("duties.end_obligation", args=[owed.row]) if own else "",
    )  # fmt: skip


@page("duties.terms", gettext_lazy("Việc định kỳ của các đơn vị"), permission=VIEW)
def terms(request: HttpRequest) -> HttpResponse:
    """Which units owe what of a month, and how far each is."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    month = month_of(request, actor.on)
    table = TermTable(request, actor, queries.terms(unit, actor.on, month, after(month)))
    context = {"unit": unit, "unit_name": name_of(unit, actor.on), "month": month, "back": _address(unit, month)}
    return table.respond(request, "duties/terms.html", context)


@page("duties.set_obligation", gettext_lazy("Đặt việc định kỳ"), permission=OBLIGATIONS)
def set_obligation(request: HttpRequest) -> HttpResponse:
    """A committee's own obligation."""
    actor, unit = actor_of(request), working_unit(request, OBLIGATIONS)
    form = ObligationForm(sent(request), initial={"on": actor.on, "seat": "cell", "day": 31, "shift": "before"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_obligation(actor=actor, unit=unit, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã đặt việc định kỳ. Việc sẽ mở cho các đơn vị trước hạn 20 ngày."))
            return HttpResponseRedirect(_address(unit, first_of(actor.on)))
    context = {"form": form, "unit": unit, "unit_name": name_of(unit, actor.on)}
    return render(request, "duties/set_obligation.html", context, 422 if form.errors else 200)


@page("duties.end_obligation", gettext_lazy("Thôi việc định kỳ"), permission=OBLIGATIONS)
def end_obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no longer owed."""
    actor = actor_of(request)
    row: Any = Obligation.objects.unvoided().filter(pk=pk).select_related("unit").first()
    if row is None:
        raise Http404
    actor.require(OBLIGATIONS, at=row.unit)
    form = EndForm(sent(request), initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_obligation(actor=actor, obligation=row, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã thôi việc định kỳ này."))
            return HttpResponseRedirect(_address(row.unit, first_of(actor.on)))
    context = {"form": form, "row": row, "back": _address(row.unit, first_of(actor.on))}
    return render(request, "duties/end_obligation.html", context, 422 if form.errors else 200)
