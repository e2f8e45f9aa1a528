"""The books of a unit: its months, closing one, handing up; what the units below are at; the fund; statements."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.spoken import address_of
from hatnhan.units.queries import name_of

from ..months import address, month_of, turned
from ..permissions import ACKNOWLEDGE, CLOSE, COLLECT, MATCH, VIEW
from ..rules import month_name
from . import actions, queries, statements
from .forms import AcknowledgeForm, HandUpForm, ReasonForm
from .reckoning import blockers, late_below, reckon

WORDS = {
    "open": (gettext_lazy("Đang mở"), ""),
    "closed": (gettext_lazy("Đã khóa, chưa nộp"), "warn"),
    "sent": (gettext_lazy("Đã nộp, chờ xác nhận"), "info"),
    "received": (gettext_lazy("Cấp trên đã nhận"), "ok"),
    "settled": (gettext_lazy("Đã khóa"), ""),
}
Act = Callable[[dict[str, Any]], Any]


def year_asked(request: HttpRequest, on: date) -> int:
    """The year that the address names, up to this one; this year when it names none that can be."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 2011 <= int(asked) <= on.year else on.year


@page("dues.books", gettext_lazy("Đảng phí"), permission=VIEW, place=Place(1, 46, "wallet"))
def books(request: HttpRequest) -> HttpResponse:
    """The months of a unit's year and how far each is."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    year = year_asked(request, actor.on)
    below = Placement.objects.on(actor.on).filter(parent=unit, stands=True).exists()
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "year": year, "this_year": actor.on.year,
        "rows": queries.year_of(unit, year, actor.on), "words": WORDS, "below": below,
        "balance": statements.balance(unit), "may_collect": actor.can(COLLECT, at=unit) and not below,
        "may_close": actor.can(CLOSE, at=unit), "may_match": actor.can(MATCH, at=unit),
    }  # fmt: skip
    return render(request, "dues/books.html", context)


@page("dues.close_month", gettext_lazy("Khóa sổ tháng"), permission=CLOSE)
def close_month(request: HttpRequest) -> HttpResponse:
    """What the month comes to, and closing it."""
    actor, unit = actor_of(request), working_unit(request, CLOSE)
    month = month_of(request, actor.on)
    one = reckon(unit, month, actor.on)
    reasons = blockers(one, actor.on)
    if request.method == "POST":
        try:
            book = actions.close_month(actor=actor, unit=unit, month=month)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Đã khóa sổ tháng %(month)s.") % {"month": month_name(month)})
            return HttpResponseRedirect(reverse("dues.book", args=[book.pk]))
    context = {
        "one": one, "unit": unit, "unit_name": name_of(unit, actor.on), "month": month_name(month),
        "reasons": reasons, "late": 0 if one.cell else late_below(one, actor.on),
        "source": rulebook.sentence(one.rule), "source_href": address_of(one.rule.reference),
        "back": f"{reverse('dues.books')}?unit={unit.pk}", "cells": address("dues.cells", unit.pk, month),
    }  # fmt: skip
    return render(request, "dues/close.html", context, 422 if request.method == "POST" else 200)


@page("dues.book", gettext_lazy("Sổ đảng phí của tháng"), permission=VIEW)
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A closed month."""
    actor, row = actor_of(request), queries.visible(actor_of(request), pk)
    state = queries.state_of(row)
    rule = rulebook.at(row.month).get(row.rule.partition("@")[0])
    context = {
        "row": row, "unit_name": name_of(row.unit_id, actor.on), "month": month_name(row.month),
        "state": WORDS[state], "upper_name": name_of(row.upper_id, actor.on) if row.upper_id else "",
        "may_send": state == "closed" and actor.can(CLOSE, at=row.unit_id),
        "may_open": row.received_on is None and actor.can(CLOSE, at=row.unit_id),
        "source": rulebook.sentence(rule) if rule else "", "source_href": address_of(row.rule),
        "cell": bool(row.members),
    }  # fmt: skip
    return render(request, "dues/book.html", context)


@page("dues.hand_up", gettext_lazy("Nộp lên cấp trên"), permission=CLOSE)
def hand_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The share of the level above was handed up."""
    actor, row = actor_of(request), queries.visible(actor_of(request), pk)
    actor.require(CLOSE, at=row.unit_id)
    form = HandUpForm(sent(request), initial={"sent_on": actor.on, "channel": "cash"})
    said = _("Đã ghi nộp. Cấp trên xác nhận khi nhận được.")
    back = reverse("dues.book", args=[pk])
    return step(request, form, lambda given: actions.hand_up(actor=actor, book=row, **given), said, back, row.unit)


@page("dues.reopen_month", gettext_lazy("Mở lại sổ tháng"), permission=CLOSE)
def reopen_month(request: HttpRequest, pk: int) -> HttpResponse:
    """The last closed month is opened again."""
    actor, row = actor_of(request), queries.visible(actor_of(request), pk)
    actor.require(CLOSE, at=row.unit_id)
    said, back = _("Đã mở lại sổ tháng."), f"{reverse('dues.books')}?unit={row.unit_id}"
    form = ReasonForm(sent(request))
    return step(request, form, lambda given: actions.reopen_month(actor=actor, book=row, **given), said, back, row.unit)


@page("dues.cells", gettext_lazy("Đảng phí các đơn vị trong tháng"), permission=ACKNOWLEDGE)
def cells(request: HttpRequest) -> HttpResponse:
    """How far each unit below is with a month, and acknowledging what has come."""
    actor, unit = actor_of(request), working_unit(request, ACKNOWLEDGE)
    month = month_of(request, actor.on)
    form = AcknowledgeForm(sent(request), initial={"received_on": actor.on})
    chosen = [int(key) for key in request.POST.getlist("book") if key.isdigit()]
    if request.method == "POST" and form.is_valid():
        try:
            actions.acknowledge(actor=actor, unit=unit, books=chosen, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã xác nhận nhận tiền."))
            return HttpResponseRedirect(address("dues.cells", unit.pk, month))
    rows, others = queries.below(unit, month, actor.on), queries.waiting(unit, month, actor.on)
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "month": month_name(month), "rows": rows, "others": others,
        "form": form, "chosen": chosen, "words": WORDS, "waits": any(one.waits for one in [*rows, *others]),
        "closed": sum(one.book is not None for one in rows), "months": turned("dues.cells", unit.pk, month),
    }  # fmt: skip
    return render(request, "dues/cells.html", context, 422 if form.errors else 200)


def step(request: HttpRequest, form: forms.Form, act: Act, said: str, back: str, unit: Unit) -> HttpResponse:
    """One form about a unit's book, then back."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(back)
    context: dict[str, Any] = {
        "form": form,
        "person": None,
        "back": back,
        "crumbs": [],
        "lead": name_of(unit, actor_of(request).on),
    }
    return render(request, "dues/form.html", context, 422 if form.errors else 200)
