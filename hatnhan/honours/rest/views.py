"""Pages of rest cures and veteran statuses: rounds, one round with those entitled, marks, recognised veterans."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.forms import DayField, explaining, sent, telling
from hatnhan.kernel.models import Placement
from hatnhan.kernel.pages import actor_of, page, render, working_unit
from hatnhan.units.queries import name_of, names

from ..badges.queries import homes, somebody
from ..commendations.tables import kind_label
from ..models import RestCall, VeteranStatus
from ..permissions import REST, VETERANS, VIEW
from ..veterans import actions as veterans_actions
from . import actions, queries

MOST = 500


class RoundForm(forms.Form):
    """A round."""

    name = forms.CharField(label=gettext_lazy("Tên đợt"), max_length=120)
    place = forms.CharField(label=gettext_lazy("Nơi nghỉ"), max_length=120)
    first = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=gettext_lazy("Đến hết ngày"))
    places = forms.IntegerField(label=gettext_lazy("Số suất"), min_value=1, max_value=5000)


class MarkForm(forms.Form):
    """A group that no other record shows, or a recognition."""

    kind = forms.ChoiceField(label=gettext_lazy("Diện"))
    on = DayField(label=gettext_lazy("Ngày quyết định"))
    decision = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60)
    paper = forms.CharField(label=gettext_lazy("Giấy tờ lưu ở đâu"), max_length=200, required=False)

    def __init__(self, kinds: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds


@page("honours.rest_rounds", gettext_lazy("Nghỉ điều dưỡng"), permission=VIEW)
def rest_rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of a unit and those below, and who was recognised as a veteran."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    here = Placement.objects.under(unit, actor.on).values("unit")
    rounds = list(queries.rounds(actor).filter(unit__in=here).order_by("-first", "-pk")[:50])
    people = homes(unit, actor.on).values("person")
    kinds = rulebook.at(actor.on).under("veteran.kind")
    rows = VeteranStatus.objects.on(actor.on).filter(person__in=people).select_related("person")
    context = {
        "rounds": rounds, "unit_name": name_of(unit, actor.on), "may_plan": actor.can(REST),
        "veterans": [(row, kind_label(kinds[row.kind].value)) for row in rows.order_by("person__sort_key")[:MOST]],
        "may_recognise": actor.can(VETERANS),
    }  # fmt: skip
    return render(request, "honours/rest_rounds.html", context)


@page("honours.plan_rest", gettext_lazy("Lập đợt nghỉ điều dưỡng"), permission=REST)
def plan_rest(request: HttpRequest) -> HttpResponse:
    """A new round."""
    actor, unit = actor_of(request), working_unit(request, REST)
    form = RoundForm(sent(request), initial={"first": actor.on, "last": actor.on, "places": 20})
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            row = actions.plan_rest(actor=actor, unit=unit, **form.cleaned_data)
            messages.success(request, _("Đã lập đợt. Bước tiếp theo: chọn người."))
            return HttpResponseRedirect(reverse("honours.rest_round", args=[row.pk]))
    context = {"form": form, "lead": name_of(unit, actor.on), "back": reverse("honours.rest_rounds"), "home": _home()}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)


def _home() -> tuple[str, str]:
    return _("Nghỉ điều dưỡng"), reverse("honours.rest_rounds")


@page("honours.rest_round", gettext_lazy("Một đợt nghỉ điều dưỡng"), permission=VIEW)
def rest_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was called, and who else is entitled: those who were never called come first."""
    actor = actor_of(request)
    row = queries.visible(actor, pk)
    if request.method == "POST":
        actor.require(REST, at=row.unit)
        with telling(request):
            chosen = [int(one) for one in request.POST.getlist("person") if one.isdigit()]
            done = actions.call_to_rest(actor=actor, rest=row, people=chosen)
            messages.success(request, _("Đã gọi %(n)s đồng chí.") % {"n": done})
        return HttpResponseRedirect(reverse("honours.rest_round", args=[pk]))
    calls = list(RestCall.objects.filter(round=row).select_related("person").order_by("person__sort_key"))
    here = {call.person_id for call in calls}
    waiting = [one for one in queries.entitled(row.unit, actor.on) if one.person not in here][:MOST]
    groups = {code: kind_label(rule.value) for code, rule in queries.groups(actor.on).items()}
    context = {
        "row": row, "calls": calls, "waiting": waiting, "groups": groups, "unit_name": name_of(row.unit, actor.on),
        "units": names({one.unit for one in waiting}, actor.on), "may": actor.can(REST, at=row.unit),
        "begun": row.first <= actor.on,
        "states": {"called": _("đã gọi"), "went": _("đã đi"), "declined": _("không đi")},
    }  # fmt: skip
    return render(request, "honours/rest_round.html", context)


@page("honours.tell_rest", gettext_lazy("Ghi đã đi nghỉ điều dưỡng"), permission=REST)
def tell_rest(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """One press: went, or did not go."""
    actor = actor_of(request)
    call = queries.call(actor, pk)
    actor.require(REST, at=call.round.unit)
    if request.method == "POST":
        with telling(request):
            actions.tell_rest(actor=actor, call=call, state=state)
    return HttpResponseRedirect(reverse("honours.rest_round", args=[call.round_id]))


@page("honours.mark_for_rest", gettext_lazy("Ghi nhóm được nghỉ điều dưỡng"), permission=REST)
def mark_for_rest(request: HttpRequest, person: int) -> HttpResponse:
    """Somebody belongs to a group that no other record shows."""
    actor = actor_of(request)
    one = somebody(actor, person, REST)
    groups = queries.groups(actor.on)
    kinds = [(code, kind_label(rule.value)) for code, rule in groups.items() if rule.value["by"] == "mark"]
    form = MarkForm(kinds, sent(request), initial={"on": actor.on})
    del form.fields["paper"]
    back = reverse("honours.person", args=[one.pk])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with explaining(form):
            actions.mark_for_rest(
                actor=actor, person=one, group=given["kind"], on=given["on"], decision=given["decision"]
            )
            messages.success(request, _("Đã ghi."))
            return HttpResponseRedirect(back)
    context = {"form": form, "lead": one.name, "back": back, "home": _home()}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)


@page("honours.recognise_veteran", gettext_lazy("Ghi công nhận lão thành cách mạng, tiền khởi nghĩa"),
      permission=VETERANS)  # fmt: skip
def recognise_veteran(request: HttpRequest, person: int) -> HttpResponse:
    """A recognition with its decision and where its paper lies."""
    actor = actor_of(request)
    one = somebody(actor, person, VETERANS)
    kinds = [(code, kind_label(rule.value)) for code, rule in rulebook.at(actor.on).under("veteran.kind").items()]
    form = MarkForm(kinds, sent(request), initial={"on": actor.on})
    back = reverse("honours.person", args=[one.pk])
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            veterans_actions.recognise_veteran(actor=actor, person=one, **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return HttpResponseRedirect(back)
    context = {"form": form, "lead": one.name, "back": back, "home": _home()}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)
