"""A unit's page in a campaign: its steps, what stands in its way, who came."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.units.queries import name_of

from ..models import Obstacle, Piece, Step, Target, Visit
from ..permissions import PROGRESS, VIEW
from ..words import in_words
from . import actions, queries
from .choices import OBSTACLES
from .forms import ObstacleForm, ReasonForm, StepForm, VisitForm
from .rules import percent


@page("duties.target", gettext_lazy("Đơn vị trong đợt công tác"), permission=VIEW)
def target(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """The steps with their days, obstacle, visits, and the forms for those who may tell of them."""
    row = queries.find_target(actor_of(request), pk, target)
    return _shown(request, row)


def _shown(request: HttpRequest, row: Target, **forms_: forms.Form) -> HttpResponse:
    actor = actor_of(request)
    running = row.campaign.state == "running"
    obstacles = list(Obstacle.objects.unvoided().filter(target=row).order_by("-valid_from", "-pk"))
    pieces = list(Piece.objects.unvoided().filter(target=row).select_related("step").order_by("step__number"))
    context = {
        "target": row, "campaign": row.campaign, "name": name_of(row.unit, actor.on),
        "steps": [(piece, *_state(piece, actor.on, running)) for piece in pieces],
        "percent": percent(row.done, len(pieces)), "total": len(pieces),
        "obstacle": next((one for one in obstacles if one.valid_to == FAR), None),
        "past": [one for one in obstacles if one.valid_to != FAR], "kinds": OBSTACLES,
        "visits": Visit.objects.unvoided().filter(target=row).order_by("-valid_from", "-pk"),
        "may_tell": running and actor.can(PROGRESS, at=row.unit_id), "leads": queries.leads(actor, row.campaign),
        "running": running, "today": actor.on,
        "step_form": forms_.get("step") or StepForm(initial={"on": actor.on}),
        "obstacle_form": forms_.get("obstacle") or ObstacleForm(),
        "visit_form": forms_.get("visit") or VisitForm(initial={"on": actor.on}),
        "wrong": next((form for form in forms_.values() if form.errors), None),
    }  # fmt: skip
    return render(request, "duties/target.html", context, 422 if context["wrong"] else 200)


def _state(piece: Piece, on: date, running: bool) -> tuple[str, str]:
    """How a step stands: words and their colour."""
    if piece.done_on is not None:
        late = (piece.done_on - piece.due).days
        return (_("xong muộn %(n)s ngày") % {"n": late}, "muted") if late > 0 else (_("xong đúng hạn"), "ok")
    left = (piece.due - on).days
    return (in_words(left, "fixed"), "bad" if left < 0 else "") if running else (_("chưa xong"), "")


Telling = Callable[[Actor, Target, Any], str]


def _told(request: HttpRequest, pk: int, target: int, name: str, form: forms.Form, act: Telling) -> HttpResponse:
    """Act on what a form sent; back to the unit's page, or there again with what is wrong."""
    actor = actor_of(request)
    row = queries.find_target(actor, pk, target)
    actor.require(PROGRESS, at=row.unit)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(actor, row, form))
        except Refused as refused:
            explain(form, refused)
        else:
            return HttpResponseRedirect(reverse("duties.target", args=[pk, target]))
    return _shown(request, row, **{name: form})


@page("duties.report_step", gettext_lazy("Ghi xong một bước"), permission=PROGRESS)
def report_step(request: HttpRequest, pk: int, target: int, step: int) -> HttpResponse:
    """A step was done on a day."""
    one = _step(pk, step)

    def act(actor: Actor, row: Target, form: Any) -> str:
        actions.report_step(actor=actor, target=row, step=one, **form.cleaned_data)
        return _("Đã ghi xong bước “%(step)s”.") % {"step": one.label}

    return _told(request, pk, target, "step", StepForm(sent(request)), act)


@page("duties.take_back_step", gettext_lazy("Bỏ ghi xong"), permission=PROGRESS)
def take_back_step(request: HttpRequest, pk: int, target: int, step: int) -> HttpResponse:
    """It was marked by mistake."""
    one = _step(pk, step)

    def act(actor: Actor, row: Target, _form: Any) -> str:
        actions.take_back_step(actor=actor, target=row, step=one, on=actor.on)
        return _("Đã bỏ ghi xong bước “%(step)s”.") % {"step": one.label}

    return _told(request, pk, target, "step", forms.Form(sent(request)), act)


def _step(campaign: int, step: int) -> Step:
    found = Step.objects.filter(campaign=campaign, pk=step).first()
    if found is None:
        raise Http404
    return found


@page("duties.report_obstacle", gettext_lazy("Báo vướng mắc"), permission=PROGRESS)
def report_obstacle(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Something stands in the way."""

    def act(actor: Actor, row: Target, form: Any) -> str:
        actions.report_obstacle(actor=actor, target=row, on=actor.on, **form.cleaned_data)
        return _("Đã báo vướng mắc. Cấp ủy thấy ngay trên bảng của đợt.")

    return _told(request, pk, target, "obstacle", ObstacleForm(sent(request)), act)


@page("duties.clear_obstacle", gettext_lazy("Hết vướng mắc"), permission=PROGRESS)
def clear_obstacle(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Nothing stands in the way any more."""

    def act(actor: Actor, row: Target, _form: Any) -> str:
        actions.clear_obstacle(actor=actor, target=row, on=actor.on)
        return _("Đã ghi là hết vướng.")

    return _told(request, pk, target, "obstacle", forms.Form(sent(request)), act)


@page("duties.record_visit", gettext_lazy("Ghi lần đến nắm tình hình"), permission=PROGRESS)
def record_visit(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Somebody came."""

    def act(actor: Actor, row: Target, form: Any) -> str:
        actions.record_visit(actor=actor, target=row, **form.cleaned_data)
        return _("Đã ghi lần đến nắm tình hình.")

    return _told(request, pk, target, "visit", VisitForm(sent(request)), act)


@page("duties.void_visit", gettext_lazy("Bỏ lần đến ghi nhầm"), permission=PROGRESS)
def void_visit(request: HttpRequest, pk: int, target: int, visit: int) -> HttpResponse:
    """It was recorded by mistake."""
    actor = actor_of(request)
    row = queries.find_target(actor, pk, target)
    found: Any = Visit.objects.unvoided().filter(target=row, pk=visit).select_related("target__campaign").first()
    if found is None:
        raise Http404
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_visit(actor=actor, visit=found, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã bỏ dòng ghi nhầm."))
            return HttpResponseRedirect(reverse("duties.target", args=[pk, target]))
    context = {"form": form, "visit": found, "target": row, "name": name_of(row.unit, actor.on)}
    return render(request, "duties/void_visit.html", context, 422 if form.errors else 200)
