"""The book of what is kept: what came in by shares, what was spent; and the statement of a span of months."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import sent
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.units.queries import name_of

from ..choices import FUND
from ..models import FundEntry
from ..months import month_in
from ..permissions import SPEND, VIEW
from ..rules import month_name
from . import actions, statements
from .forms import OpenFundForm, ReasonForm, SpendForm
from .views import step, year_asked


@page("dues.fund", gettext_lazy("Đảng phí giữ lại"), permission=VIEW)
def fund(request: HttpRequest) -> HttpResponse:
    """The lines of a year and what is left."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    year = year_asked(request, actor.on)
    lines = statements.fund_lines(unit, date(year, 1, 1), date(year + 1, 1, 1))
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "year": year, "this_year": actor.on.year, "lines": lines,
        "balance": statements.balance(unit), "before": statements.balance(unit, date(year, 1, 1)), "kinds": FUND,
        "may_spend": actor.can(SPEND, at=unit),
        "opened": FundEntry.objects.filter(unit=unit).exists(),
    }  # fmt: skip
    return render(request, "dues/fund.html", context)


@page("dues.spend", gettext_lazy("Ghi khoản chi"), permission=SPEND)
def spend(request: HttpRequest) -> HttpResponse:
    """What was spent on what."""
    actor, unit = actor_of(request), working_unit(request, SPEND)
    form = SpendForm(sent(request), initial={"day": actor.on})
    back = f"{reverse('dues.fund')}?unit={unit.pk}"
    return step(
        request, form, lambda given: actions.spend(actor=actor, unit=unit, **given), _("Đã ghi khoản chi."), back, unit
    )


@page("dues.open_fund", gettext_lazy("Ghi số dư chuyển sang"), permission=SPEND)
def open_fund(request: HttpRequest) -> HttpResponse:
    """What had been kept before the book began here."""
    actor, unit = actor_of(request), working_unit(request, SPEND)
    form = OpenFundForm(sent(request), initial={"day": actor.on})
    back = f"{reverse('dues.fund')}?unit={unit.pk}"
    return step(
        request, form, lambda given: actions.open_fund(actor=actor, unit=unit, **given), _("Đã ghi số dư."), back, unit
    )


@page("dues.reverse_entry", gettext_lazy("Hủy một dòng"), permission=SPEND)
def reverse_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """A line that was written by mistake."""
    actor = actor_of(request)
    row = FundEntry.objects.select_related("unit").filter(pk=pk).first()
    if row is None:
        raise Http404
    actor.require(SPEND, at=row.unit)
    entry: FundEntry = row
    form, back = ReasonForm(sent(request)), f"{reverse('dues.fund')}?unit={row.unit_id}"
    return step(
        request, form, lambda given: actions.reverse_entry(actor=actor, entry=entry, **given), _("Đã hủy dòng này."),
        back, row.unit,
    )  # fmt: skip


def span_of(request: HttpRequest, on: date) -> tuple[date, date]:
    """The first and last month that the address names; this year until this month when it names none that can be."""
    first, last = (month_in(request.GET.get(name, "")) for name in ("first", "last"))
    last = last or date(on.year, on.month, 1)
    first = first or date(last.year, 1, 1)
    return (first, last) if first <= last else (last, first)


@page("dues.statement", gettext_lazy("Báo cáo thu nộp đảng phí"), permission=VIEW)
def statement(request: HttpRequest) -> HttpResponse:
    """What the books of a unit and all below it come to."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    first, last = span_of(request, actor.on)
    one = statements.statement(unit, first, last, actor.on)
    context: dict[str, Any] = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "one": one, "first": month_name(first),
        "last": month_name(last), "below": statements.by_child(unit, first, last, actor.on),
        "query": f"?unit={unit.pk}&first={first:%Y-%m}&last={last:%Y-%m}",
    }  # fmt: skip
    return render(request, "dues/statement.html", context)
