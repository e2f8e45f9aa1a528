"""A member's dues: the own page, and the collector's page of one member with its acts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.members.models import Person

from ..choices import CLASSES, EXEMPT
from ..models import Exemption
from ..permissions import COLLECT
from ..places import collector_of
from . import actions
from .forms import AgainForm, ExemptForm, PayerForm
from .story import Year

Act = Callable[[dict[str, Any]], Any]


def member(request: HttpRequest, pk: int) -> Person:
    """The member of the address, where the actor collects."""
    person = Person.objects.filter(pk=pk, voided_at=None).first()
    if person is None:
        raise Http404
    collector_of(actor_of(request), person, actor_of(request).on)
    return person


def year_of(request: HttpRequest, on: date) -> int:
    """The year that the address names; this year when it names none that can be."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 2011 <= int(asked) <= on.year + 3 else on.year


def _context(request: HttpRequest, person: Person) -> dict[str, Any]:
    on = actor_of(request).on
    one = Year(person, year_of(request, on), on)
    status, colour = one.status
    return {
        "one": one, "person": person, "status": status, "colour": colour, "years": (one.year - 1, one.year + 1),
        "kind": CLASSES[one.payer.kind] if one.payer else "", "exempt": one.exemption,
        "spared": EXEMPT[one.exemption.kind] if one.exemption else "",
    }  # fmt: skip


@page("dues.own", gettext_lazy("Đảng phí của tôi"))
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """What the reader pays, by which rule, and until when it is paid."""
    actor = actor_of(request)
    person = Person.objects.filter(pk=actor.person_id or 0, voided_at=None).first()
    if person is None:
        return render(request, "members/nobody.html")
    return render(request, "dues/own.html", _context(request, person))


@page("dues.member", gettext_lazy("Đảng phí của đảng viên"), permission=COLLECT)
@never_cache
def of_member(request: HttpRequest, person: int) -> HttpResponse:
    """One member's months, class and exemption, for who collects. The income itself is looked at by a press, and the
    member sees that."""
    one = member(request, person)
    context = _context(request, one)
    if request.method == "POST":
        context["bases"] = actions.look_base(actor=actor_of(request), person=one, month=first_of(actor_of(request).on))
    return render(request, "dues/member.html", context)


@page("dues.set_payer", gettext_lazy("Xếp loại mức đóng"), permission=COLLECT)
def set_payer(request: HttpRequest, person: int) -> HttpResponse:
    """By which class and of which income a member pays from a month on."""
    one, actor = member(request, person), actor_of(request)
    form = PayerForm(sent(request), initial={"month": first_of(actor.on)})
    said = _("Đã xếp loại mức đóng.")
    return _form(request, one, form, lambda given: actions.set_payer(actor=actor, person=one, **given), said)


@page("dues.exempt", gettext_lazy("Miễn đảng phí"), permission=COLLECT)
def exempt(request: HttpRequest, person: int) -> HttpResponse:
    """The cell has decided that a member pays nothing."""
    one, actor = member(request, person), actor_of(request)
    form = ExemptForm(sent(request), initial={"month": first_of(actor.on)})
    said = _("Đã ghi miễn đảng phí.")
    return _form(request, one, form, lambda given: actions.exempt(actor=actor, person=one, **given), said)


@page("dues.end_exemption", gettext_lazy("Đóng đảng phí trở lại"), permission=COLLECT)
def end_exemption(request: HttpRequest, person: int) -> HttpResponse:
    """A member pays again."""
    one, actor = member(request, person), actor_of(request)
    row = Exemption.objects.unvoided().filter(person=one, valid_to__gt=actor.on).order_by("valid_from").first()
    if row is None:
        raise Http404
    form = AgainForm(sent(request), initial={"month": first_of(actor.on)})
    said = _("Đã ghi đóng trở lại.")
    return _form(request, one, form, lambda given: actions.end_exemption(actor=actor, exemption=row, **given), said)


def _form(request: HttpRequest, person: Person, form: forms.Form, act: Act, said: str) -> HttpResponse:
    """One form about a member, then back to the member."""
    back = reverse("dues.member", args=[person.pk])
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(back)
    context = {"form": form, "person": person, "back": back, "crumbs": [(person.name, back)]}
    return render(request, "dues/form.html", context, 422 if form.errors else 200)
