"""The calendar of holidays: a year's days off and at work, and this installation's own entries."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import Place, actor_of, page, render
from hatnhan.kernel.refusal import Refused

from . import actions
from .choices import DAY_KINDS
from .forms import DayForm, VoidForm
from .holidays import calendar_of, doubt, entries, year_known
from .models import LocalDay
from .permissions import CALENDAR, CALENDAR_VIEW

FIRST_YEAR, LAST_YEAR = 2020, 2100


@page(
    "duties.calendar", gettext_lazy("Lịch nghỉ"), permission=CALENDAR_VIEW, place=Place(2, 40, "calendar-days")
)  # fmt: skip
def calendar(request: HttpRequest) -> HttpResponse:
    """The days off and at work of a year, each with its source."""
    actor, asked = actor_of(request), request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else actor.on.year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    lines = entries(year, actor.on)
    whole = year_known(year, actor.on) or any(line.kind == "whole" for line in lines)
    context = {
        "year": year, "lines": lines, "whole": whole, "kinds": DAY_KINDS, "may_write": actor.can(CALENDAR),
        "doubt": doubt(calendar_of(date(year, 1, 1), date(year, 12, 31), actor.on).doubts(date(year, 1, 1),
                                                                                       date(year, 12, 31))),
    }  # fmt: skip
    return render(request, "duties/calendar.html", context)


@page("duties.add_day", gettext_lazy("Ghi thêm vào lịch"), permission=CALENDAR)
def add_day(request: HttpRequest) -> HttpResponse:
    """An entry that was announced after the program came out."""
    form = DayForm(sent(request), initial={"kind": "off"})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_day(actor=actor_of(request), **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã ghi vào lịch. Hạn của các việc đang chờ đã được tính lại."))
            return HttpResponseRedirect(f"{reverse('duties.calendar')}?year={row.valid_from.year}")
    return render(request, "duties/add_day.html", {"form": form}, 422 if form.errors else 200)


@page("duties.void_day", gettext_lazy("Bỏ dòng ghi thêm"), permission=CALENDAR)
def void_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry of one's own back."""
    row = LocalDay.objects.unvoided().filter(pk=pk).first()
    if row is None:
        raise Http404
    form = VoidForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_day(actor=actor_of(request), row=row, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã bỏ dòng ghi thêm. Hạn của các việc đang chờ đã được tính lại."))
            return HttpResponseRedirect(f"{reverse('duties.calendar')}?year={row.valid_from.year}")
    return render(request, "duties/void_day.html", {"form": form, "row": row}, 422 if form.errors else 200)
