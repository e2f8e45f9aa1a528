"""The calendar of meetings, fixed days, the year's themes, and feeds for calendar programs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.access.models import Account
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.forms import explaining, sent, telling
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Feed, Theme
from hatnhan.meetings.permissions import PLAN, VIEW
from hatnhan.meetings.plan import sittings
from hatnhan.meetings.plan.story import WEEKDAYS
from hatnhan.meetings.plan.views import asked_month
from hatnhan.units.queries import name_of

from . import dates as calendars
from . import fixed_days, themes_of_year
from .forms import FixedDayForm, ThemeForm


@page("meetings.calendar", gettext_lazy("Lịch họp"), permission=VIEW)
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of a unit and of what hangs under it; on a phone a list."""
    actor, unit, first = actor_of(request), working_unit(request, VIEW), asked_month(request)
    again = reverse("meetings.calendar") + f"?unit={unit.pk}&month="
    context = {
        "page": calendars.page_of(actor, unit, first), "unit": unit, "unit_name": name_of(unit, actor.on),
        "before": f"{again}{first - ONE:%Y-%m}", "next": f"{again}{after(first):%Y-%m}", "weekdays": WEEKDAYS,
        "may_plan": sittings.may_plan(actor, unit), "month": f"{first.month}/{first.year}",
    }  # fmt: skip
    return render(request, "meetings/calendars/calendar.html", context)


@page("meetings.fix_day", gettext_lazy("Ngày sinh hoạt cố định"), permission=PLAN)
def fix_day(request: HttpRequest) -> HttpResponse:
    """On which days of the month a unit meets; for a committee also everything under it."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    sittings.must_plan(actor, unit)
    cell, row = sittings.is_cell(unit, actor.on), fixed_days.fixed_day(unit, actor.on)
    own = row if row is not None and row.unit_id == unit.pk else None
    names = ("first_day", "last_day", "starts", "place", "below")
    first = {"on": after(first_of(actor.on)), **({name: getattr(own, name) for name in names} if own else {})}
    form = FixedDayForm(sent(request), cell=cell, initial=first)
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.fix_day(actor=actor, unit=unit, **form.days())
            messages.success(request, _("Đã định ngày sinh hoạt."))
            return HttpResponseRedirect(reverse("meetings.calendar") + f"?unit={unit.pk}")
    context = {
        "form": form, "unit": unit, "unit_name": name_of(unit, actor.on), "own": own,
        "now": fixed_days.in_words(row, actor.on) if row else "",
        "owner": name_of(row.unit_id, actor.on) if row else "",
    }  # fmt: skip
    return render(request, "meetings/calendars/fix_day.html", context, 422 if form.errors else 200)


@page("meetings.end_fixed_day", gettext_lazy("Thôi ngày cố định"), permission=PLAN)
def end_fixed_day(request: HttpRequest) -> HttpResponse:
    """No fixed day of one's own from today on: one press."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    if request.method == "POST":
        with telling(request):
            actions.end_fixed_day(actor=actor, unit=unit, on=actor.on)
            messages.success(request, _("Đã thôi ngày cố định của đơn vị."))
    return HttpResponseRedirect(reverse("meetings.fix_day") + f"?unit={unit.pk}")


@page("meetings.themes", gettext_lazy("Chuyên đề trong năm"), permission=PLAN)
def themes(request: HttpRequest) -> HttpResponse:
    """The year's thematic meetings by quarter: planned, and held."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    sittings.must_plan(actor, unit)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and abs(int(asked) - actor.on.year) <= 1 else actor.on.year
    people = [(line.person, line.name) for line in queries.lines_of(unit, actor.on)]
    form = ThemeForm(sent(request), people=people)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with explaining(form):
            actions.add_theme(
                actor=actor, unit=unit, year=year, quarter=int(given["quarter"]), topic=given["topic"],
                drafter=int(given["drafter"]) if given["drafter"] else None,
            )  # fmt: skip
            messages.success(request, _("Đã thêm chuyên đề."))
            return HttpResponseRedirect(reverse("meetings.themes") + f"?unit={unit.pk}&year={year}")
    context: dict[str, Any] = {
        "form": form, "unit": unit, "unit_name": name_of(unit, actor.on), "year": year,
        "quarters": themes_of_year.quarters(unit, year),
    }  # fmt: skip
    return render(request, "meetings/calendars/themes.html", context, 422 if form.errors else 200)


@page("meetings.withdraw_theme", gettext_lazy("Bỏ chuyên đề"), permission=PLAN)
def withdraw_theme(request: HttpRequest) -> HttpResponse:
    """Out of the year's plan: one press."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    back = reverse("meetings.themes") + f"?unit={unit.pk}"
    if request.method == "POST":
        key = request.POST.get("theme", "")
        theme = get_object_or_404(Theme, pk=int(key) if key.isdigit() else 0, unit=unit)
        back += f"&year={theme.year}"
        with telling(request):
            actions.withdraw_theme(actor=actor, theme=theme)
    return HttpResponseRedirect(back)


@page("meetings.feeds", gettext_lazy("Lịch trong điện thoại"), permission=VIEW)
def feeds(request: HttpRequest) -> HttpResponse:
    """Secret addresses for calendar programs; a fresh one is shown once."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    fresh, problem = "", ""
    if request.method == "POST":
        account = get_object_or_404(Account, pk=actor.account_id)
        of_unit = unit if request.POST.get("whose") == "unit" else None
        try:
            made = actions.create_feed(actor=actor, account=account, unit=of_unit)
            fresh = request.build_absolute_uri(reverse("meetings.feed", args=[made.secret]))
        except Refused as refused:
            problem = str(refused)
    rows = Feed.objects.filter(account=actor.account_id, revoked_at=None).select_related("unit").order_by("pk")
    named = [(row, name_of(row.unit_id, actor.on) if row.unit_id else "") for row in rows]
    context = {
        "feeds": named, "fresh": fresh, "problem": problem, "unit": unit, "unit_name": name_of(unit, actor.on),
    }  # fmt: skip
    answer = render(request, "meetings/calendars/feeds.html", context, 422 if problem else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@page("meetings.revoke_feed", gettext_lazy("Thu hồi địa chỉ lịch"), permission=VIEW)
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """The address answers no more: one press."""
    actor = actor_of(request)
    if request.method == "POST":
        key = request.POST.get("feed", "")
        row = get_object_or_404(Feed, pk=int(key) if key.isdigit() else 0, account=actor.account_id)
        with telling(request):
            actions.revoke_feed(actor=actor, feed=row)
            messages.success(request, _("Đã thu hồi địa chỉ lịch."))
    return HttpResponseRedirect(reverse("meetings.feeds"))


@page("meetings.feed", gettext_lazy("Lịch họp"), public=True)
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """What a calendar program fetches: whoever knows the secret gets the hours, and nothing else."""
    found = calendars.feed_by(key)
    if found is None:
        raise Http404
    answer = HttpResponse(calendars.feed_of(found, actor_of(request).on), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
