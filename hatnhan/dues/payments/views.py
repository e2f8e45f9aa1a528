"""The cell's grid of a month; one member's several months; a receipt and what takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.text import num

from .. import rules
from ..choices import CHANNELS
from ..months import address, month_of, turned
from ..payers.story import Year, next_month
from ..payers.views import member
from ..permissions import COLLECT
from . import actions, queries
from .forms import GridForm, PayForm, ReverseForm
from .grid import Grid


@page("dues.grid", gettext_lazy("Thu đảng phí"), permission=COLLECT)
def grid(request: HttpRequest) -> HttpResponse:
    """A month of a cell: tick who paid, save once."""
    actor, unit = actor_of(request), working_unit(request, COLLECT)
    month = month_of(request, actor.on)
    one = Grid(unit, month, actor.on, sent(request))
    form = GridForm(sent(request), initial={"paid_on": actor.on, "channel": "cash"})
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.save_month(actor=actor, unit=unit, month=month, paid=one.given_paid(), **form.cleaned_data)
        except Refused as refused:
            one.explain(refused)
            explain(form, refused)
        else:
            said = ngettext("Đã ghi thu của %(n)s đồng chí.", "Đã ghi thu của %(n)s đồng chí.", count)
            messages.success(request, said % {"n": num(count)})
            return HttpResponseRedirect(address("dues.grid", unit.pk, month))
    before, after = turned("dues.grid", unit.pk, month)
    context = {
        "one": one, "form": form, "unit": unit, "month": rules.month_name(month), "before": before, "after": after,
        "unit_name": one.lines[0].unit_name if one.lines else "", "rows": one.rows,
    }  # fmt: skip
    return render(request, "dues/grid.html", context, 422 if form.errors else 200)


@page("dues.pay", gettext_lazy("Đóng nhiều tháng"), permission=COLLECT)
def pay(request: HttpRequest, person: int) -> HttpResponse:
    """What one member pays for several months, late or in advance."""
    one, actor = member(request, person), actor_of(request)
    back, year = reverse("dues.member", args=[one.pk]), Year(one, actor.on.year, actor.on)
    owed = year.open
    first = owed[0] if owed else max(year.payments, default=None)
    start = first if owed else next_month(first or actor.on) if first else actor.on
    initial = {
        "first": start, "last": owed[-1] if owed else start, "paid_on": actor.on, "channel": "cash",
        "amount": year.amount,
    }  # fmt: skip
    form = PayForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.pay(actor=actor, person=one, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            said = ngettext("Đã ghi thu %(n)s tháng.", "Đã ghi thu %(n)s tháng.", count)
            messages.success(request, said % {"n": num(count)})
            return HttpResponseRedirect(back)
    context = {"form": form, "person": one, "back": back, "crumbs": [(one.name, back)], "submit": _("Ghi thu")}
    return render(request, "dues/form.html", context, 422 if form.errors else 200)


@page("dues.receipt", gettext_lazy("Phiếu thu đảng phí"))
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """One receipt, for the payer and for who collects."""
    actor, row = actor_of(request), queries.visible(actor_of(request), pk)
    context = {
        "row": row, "month": rules.month_name(row.month), "channel": CHANNELS[row.channel],
        "may_reverse": actor.can(COLLECT, at=row.unit_id) and row.reverses_id is None and row.reversed_in is None,
        "own": row.person_id == actor.person_id, "may_collect": actor.can(COLLECT, at=row.unit_id),
    }  # fmt: skip
    return render(request, "dues/receipt.html", context)


@page("dues.reverse", gettext_lazy("Hủy phiếu thu"), permission=COLLECT)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt that was written by mistake."""
    actor, row = actor_of(request), queries.visible(actor_of(request), pk)
    actor.require(COLLECT, at=row.unit_id)
    form, back = ReverseForm(sent(request)), reverse("dues.receipt", args=[row.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.reverse(actor=actor, payment=row, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã hủy phiếu thu; tháng này thu lại được."))
            return HttpResponseRedirect(reverse("dues.member", args=[row.person_id]))
    intro = _("Phiếu vẫn giữ số và vẫn còn trong sổ; một dòng trừ đi được ghi vào sổ đang mở.")
    context = {"form": form, "person": row.person, "back": back, "intro": intro, "crumbs": [(row.person.name, back)]}
    return render(request, "dues/form.html", context, 422 if form.errors else 200)
