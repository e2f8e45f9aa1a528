"""Targets against admissions, setting them, and cells without anybody to admit."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.admissions.models import Delegation, NoSource, Target
from hatnhan.admissions.permissions import DECIDE, PREPARE, TARGETS, VIEW
from hatnhan.kernel.forms import explaining, sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.units.queries import name_of

from . import actions, queries
from .forms import DelegateForm, EndForm, NoSourceForm, TargetForm


def year_of(request: HttpRequest, usual: int) -> int:
    """The year asked for with `?year=`, within what can be asked."""
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 and 1990 <= int(text) <= 2100 else usual


@page("admissions.targets", gettext_lazy("Chỉ tiêu kết nạp"), permission=VIEW)
def targets(request: HttpRequest) -> HttpResponse:
    """The year's targets of a unit against its admissions, what the orientation comes to, and the units below."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    year = year_of(request, actor.on.year)
    members, least, most = queries.orientation(unit, actor.on)
    rule = rulebook.at(actor.on)["admission.target.share"]
    nobody = NoSource.objects.on(actor.on).filter(unit=unit).first()
    context = {
        "unit": unit, "unit_name": name_of(unit, actor.on), "year": year,
        "lines": queries.against(unit, year, actor.on), "window": queries.window_of(year, actor.on),
        "average": queries.average(unit, actor.on), "members": members, "least": least, "most": most,
        "share": rule.value, "source": rulebook.sentence(rule), "nobody": nobody, "why": queries.why_of(nobody),
        "below": queries.below(unit, year, actor.on), "sets": actor.can(TARGETS, at=unit),
        "prepares": actor.can(PREPARE, at=unit) and queries.is_cell(unit, actor.on),
        "delegated": Delegation.objects.on(actor.on).filter(unit=unit).first(),
    }  # fmt: skip
    return render(request, "admissions/targets.html", context)


def _form_page(
    request: HttpRequest, unit: Unit, form: Any, act: Callable[[dict[str, Any]], Any], done: str
) -> HttpResponse:
    """A form about a unit: do the act and go back to the targets, or say why not."""
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            act(form.given() if hasattr(form, "given") else form.cleaned_data)
            messages.success(request, done)
            return HttpResponseRedirect(f"{reverse('admissions.targets')}?unit={unit.pk}")
    context = {"form": form, "unit": unit, "unit_name": name_of(unit, actor_of(request).on)}
    return render(request, "admissions/target_form.html", context, 422 if form.errors else 200)


@page("admissions.set_target", gettext_lazy("Giao chỉ tiêu kết nạp"), permission=TARGETS)
def set_target(request: HttpRequest) -> HttpResponse:
    """The targets of a unit and a year."""
    actor, unit = actor_of(request), working_unit(request, TARGETS)
    year = year_of(request, actor.on.year)
    now = Target.objects.filter(unit=unit, year=year, voided_at__isnull=True).values_list("kind", "count")
    form = TargetForm(sent(request), initial={"year": year, **dict(now)})
    return _form_page(
        request, unit, form, lambda given: actions.set_target(actor=actor, unit=unit, **given), _("Đã giao chỉ tiêu.")
    )


@page("admissions.record_no_source", gettext_lazy("Ghi không còn nguồn kết nạp"), permission=PREPARE)
def record_no_source(request: HttpRequest) -> HttpResponse:
    """A cell without anybody to admit, and why."""
    actor, unit = actor_of(request), working_unit(request, PREPARE)
    form = NoSourceForm(sent(request), initial={"on": actor.on})
    return _form_page(
        request, unit, form, lambda given: actions.record_no_source(actor=actor, unit=unit, **given), _("Đã ghi.")
    )


@page("admissions.end_no_source", gettext_lazy("Ghi lại có nguồn kết nạp"), permission=PREPARE)
def end_no_source(request: HttpRequest) -> HttpResponse:
    """A cell that has somebody again."""
    actor, unit = actor_of(request), working_unit(request, PREPARE)
    form = EndForm(sent(request), initial={"on": actor.on})
    return _form_page(
        request, unit, form, lambda given: actions.end_no_source(actor=actor, unit=unit, **given), _("Đã ghi.")
    )


@page("admissions.delegate", gettext_lazy("Ủy quyền kết nạp cho đảng ủy cơ sở"), permission=DECIDE)
def delegate(request: HttpRequest) -> HttpResponse:
    """A grassroots committee may admit itself."""
    actor, unit = actor_of(request), working_unit(request, DECIDE)
    form = DelegateForm(sent(request), initial={"on": actor.on})
    return _form_page(
        request, unit, form, lambda given: actions.delegate(actor=actor, unit=unit, **given), _("Đã ghi ủy quyền.")
    )
