"""The month as a checklist, one meeting on its way, and the steps that prepare it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.days import month as first_of
from hatnhan.kernel.forms import explain, explaining, sent
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings import actions
from hatnhan.meetings.calendars import fixed_days
from hatnhan.meetings.choices import COMMITTEE, KINDS
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import Sitting
from hatnhan.meetings.permissions import PLAN, VIEW
from hatnhan.units.queries import name_of

from . import sittings
from .checklist import month_of
from .forms import CancelForm, InviteForm, PlanForm, plan_values
from .story import SittingStory


@page("meetings.checklist", gettext_lazy("Họp tháng này"), permission=PLAN, place=Place(0, 24, "calendar-clock"))
def checklist(request: HttpRequest) -> HttpResponse:
    """What is done and what is next for the month's meeting."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    return render(request, "meetings/plan/checklist.html", {"month": month_of(actor, unit, asked_month(request))})


@page("meetings.sitting", gettext_lazy("Buổi họp"), permission=VIEW)
def sitting(request: HttpRequest, sitting: int) -> HttpResponse:
    """When, where, what about, and what may be done now."""
    actor = actor_of(request)
    return render(
        request, "meetings/plan/sitting.html", {"story": SittingStory(sittings.visible(actor, sitting), actor)}
    )


@page("meetings.plan", gettext_lazy("Lên lịch họp"), permission=PLAN)
def plan(request: HttpRequest) -> HttpResponse:
    """A meeting to come."""
    actor, unit = actor_of(request), working_unit(request, PLAN)
    sittings.must_plan(actor, unit)
    first = asked_month(request)
    form = _plan_form(request, unit, actor.on, _usual(unit, first, actor.on))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            done = actions.plan(actor=actor, unit=unit, plan=form.plan())
            messages.success(request, _("Đã lên lịch. Việc còn lại của kỳ trước đã vào chương trình."))
            return HttpResponseRedirect(reverse("meetings.sitting", args=[done.pk]))
    back = reverse("meetings.checklist") + f"?unit={unit.pk}&month={first:%Y-%m}"
    return _shown(request, form, name_of(unit, actor.on), _("Lên lịch"), back)


@page("meetings.change_plan", gettext_lazy("Đổi ngày, giờ, nơi họp"), permission=PLAN)
def change_plan(request: HttpRequest, sitting: int) -> HttpResponse:
    """Day, hour, place and kind, until the meeting begins."""
    actor, one = actor_of(request), own(request, sitting)
    form = _plan_form(request, one.unit, actor.on, plan_values(one))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_plan(actor=actor, sitting=one, plan=form.plan(), seen=form.cleaned_data["seen"])
        except Refused as refused:
            explain(form, refused)
            see_again(form, request, refused, one.pk)
        else:
            messages.success(request, _("Đã đổi lịch."))
            return HttpResponseRedirect(reverse("meetings.sitting", args=[one.pk]))
    back = reverse("meetings.sitting", args=[one.pk])
    return _shown(request, form, name_of(one.unit_id, actor.on), _("Lưu"), back)


@page("meetings.invite", gettext_lazy("Mời họp"), permission=PLAN)
def invite(request: HttpRequest, sitting: int) -> HttpResponse:
    """Members are told, and those who follow the unit from above."""
    intro = _("Sau khi mời, đảng viên thấy ngày, giờ, nơi họp và chương trình trên trang của mình.")
    return _step(request, sitting, InviteForm, actions.invite, _("Đã mời họp."), intro)


@page("meetings.cancel", gettext_lazy("Hủy buổi họp"), permission=PLAN)
def cancel(request: HttpRequest, sitting: int) -> HttpResponse:
    """The meeting is not held."""
    intro = _("Buổi họp bị hủy không tính là đã họp; nhật ký giữ lý do.")
    return _step(request, sitting, CancelForm, actions.cancel, _("Đã hủy buổi họp."), intro, danger=True)


def asked_month(request: HttpRequest) -> date:
    """The month named by `?month=2026-12`, else this one."""
    try:
        first = date.fromisoformat(request.GET.get("month", "") + "-01")
    except ValueError:
        first = first_of(actor_of(request).on)
    return min(max(first, date(2000, 1, 1)), date(2100, 1, 1))


def own(request: HttpRequest, key: int) -> Sitting:
    """A meeting on its way that the reader may prepare: 404 outside the scope, 403 within it without the right."""
    actor = actor_of(request)
    one = sittings.visible(actor, key)
    sittings.must_plan(actor, one.unit_id)
    return one


def see_again(form: Any, request: HttpRequest, refused: Refused, key: int) -> None:
    """After somebody else's change the next try counts as having seen it; what was written stays."""
    if "stale" in refused.codes:
        now = Sitting.objects.values_list("version", flat=True).get(pk=key)
        form.data = {**request.POST.dict(), "seen": now}


def _usual(unit: Unit, first: date, on: date) -> dict[str, Any]:
    """What the form begins with: the fixed day, where it is still to come, else nothing; the rest as the last time."""
    last = queries.usual_of(unit)
    start = {"starts": last.get("started", ""), **{n: last.get(n, "") for n in ("place", "form", "chair", "clerk")}}
    proposal = fixed_days.proposed(unit, first, on)
    if proposal is not None:
        start |= {"day": proposal.day if proposal.day >= on else "", "starts": proposal.starts or start["starts"]}
        start["place"] = proposal.place or start["place"]
    return {key: value for key, value in start.items() if value}


def _plan_form(request: HttpRequest, unit: Unit, on: date, initial: dict[str, Any]) -> PlanForm:
    cell = sittings.is_cell(unit, on)
    kinds = [pair for pair in KINDS.items() if cell or pair[0] == COMMITTEE]
    people = [(line.person, line.name) for line in queries.roll_of(unit, on, "regular" if cell else COMMITTEE)]
    return PlanForm(sent(request), kinds=kinds, people=people, initial=initial)


def _shown(request: HttpRequest, form: PlanForm, unit_name: str, submit: str, back: str) -> HttpResponse:
    context = {"form": form, "unit_name": unit_name, "submit": submit, "back": back}
    return render(request, "meetings/plan/plan.html", context, 422 if form.errors else 200)


def _step(
    request: HttpRequest, key: int, kind: Callable[..., Any], act: Callable[..., Any], said: str, intro: str,
    danger: bool = False,
) -> HttpResponse:  # fmt: skip
    """A step upon a meeting on its way: show the form, or take the step and go back, or say why not."""
    actor, one = actor_of(request), own(request, key)
    form = kind(sent(request), initial={"seen": one.version})
    if request.method == "POST" and form.is_valid():
        try:
            act(actor=actor, sitting=one, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
            see_again(form, request, refused, one.pk)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("meetings.sitting", args=[one.pk]))
    story, back = SittingStory(one, actor), reverse("meetings.sitting", args=[one.pk])
    warned = [("warn", f"{reason.message} ({reason.source})") for reason in story.warnings]
    context = {
        "form": form, "lead": f"{story.title} · {story.unit_name}", "when": story.when, "back": back, "danger": danger,
        "trail": [(_("Sinh hoạt"), f"{reverse('meetings.list')}?unit={one.unit_id}"), (story.title, back)],
        "notes": [("info", intro), *warned],
    }  # fmt: skip
    return render(request, "meetings/step.html", context, 422 if form.errors else 200)
