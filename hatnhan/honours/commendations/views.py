"""Pages of commendations: the list, proposing, one of them with its decision."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.forms import DayField, explaining, sent, telling
from hatnhan.kernel.models import Placement
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.ui.text import day
from hatnhan.members.queries import members_of
from hatnhan.units.queries import name_of

from ..models import Commendation
from ..permissions import COMMEND, DECIDE_COMMENDATION, VIEW
from . import actions
from .flows import COMMENDATION
from .tables import CommendationTable, kind_label

ACTS = {"refuse": actions.refuse_commendation, "withdraw": actions.withdraw_commendation}


class CommendForm(forms.Form):
    """What is proposed for whom; without a member it is for the unit itself."""

    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"))
    person = forms.ChoiceField(label=gettext_lazy("Đảng viên"), required=False,
                               help_text=gettext_lazy("Để trống nếu đề nghị cho chính tổ chức này."))  # fmt: skip
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=1990, max_value=2100)
    what = forms.CharField(
        label=gettext_lazy("Thành tích, trong một câu"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = DayField(label=gettext_lazy("Ngày đề nghị"))

    def __init__(self, kinds: Any, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        person: Any = self.fields["person"]
        kind.choices, person.choices = kinds, [("", _("Không chọn")), *people]


class DecideForm(forms.Form):
    """The paper that decides."""

    on = DayField(label=gettext_lazy("Ngày quyết định"))
    decision = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60)


def in_scope(actor: Actor) -> "QuerySet[Commendation]":
    """Commendations of the actor's scope."""
    return actor.scope(VIEW).filter(Commendation.objects.all()) if actor.scope(VIEW) else Commendation.objects.none()


def visible(actor: Actor, key: int) -> Commendation:
    """One of the actor's scope. Raises `NotFound` for any other."""
    found = in_scope(actor).filter(pk=key).select_related("person", "unit").first()
    if found is None:
        raise NotFound(VIEW)
    return found


@page("honours.commendations", gettext_lazy("Khen thưởng"), permission=VIEW, place=Place(1, 71, "star"))
def commendations(request: HttpRequest) -> HttpResponse:
    """Those of a unit and all below."""
    actor, unit = actor_of(request), working_unit(request, VIEW)
    rows = in_scope(actor).filter(unit__in=Placement.objects.under(unit, actor.on).values("unit"))
    table = CommendationTable(request, actor, rows)
    context = {"unit": unit, "unit_name": name_of(unit, actor.on), "may_commend": actor.can(COMMEND)}
    return table.respond(request, "honours/commendations.html", context)


@page("honours.commend", gettext_lazy("Đề nghị khen thưởng"), permission=COMMEND)
def commend(request: HttpRequest) -> HttpResponse:
    """Propose a member of a unit, or the unit."""
    actor, unit = actor_of(request), working_unit(request, COMMEND)
    kinds = [(code, kind_label(rule.value)) for code, rule in rulebook.at(actor.on).under("commendation.kind").items()]
    people = {str(row.person_id): row.person for row in members_of([unit], actor.on)}
    form = CommendForm(kinds, [(key, one.name) for key, one in people.items()], sent(request),
                       initial={"on": actor.on, "year": actor.on.year})  # fmt: skip
    back = reverse("honours.commendations")
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "person": people.get(form.cleaned_data["person"])}
        with explaining(form):
            row = actions.commend(actor=actor, unit=unit, **given)
            messages.success(request, _("Đã ghi đề nghị khen thưởng."))
            return HttpResponseRedirect(reverse("honours.commendation", args=[row.pk]))
    context = {"form": form, "lead": name_of(unit, actor.on), "back": back, "home": _trail()}
    return render(request, "honours/step.html", context, 422 if form.errors else 200)


def _trail() -> tuple[str, str]:
    return _("Khen thưởng"), reverse("honours.commendations")


@page("honours.commendation", gettext_lazy("Một đề nghị khen thưởng"), permission=VIEW)
def commendation(request: HttpRequest, pk: int) -> HttpResponse:
    """What for, how far, and the decision."""
    actor = actor_of(request)
    row = visible(actor, pk)
    return _shown(request, actor, row, DecideForm(initial={"on": actor.on}))


def _shown(request: HttpRequest, actor: Actor, row: Commendation, form: DecideForm) -> HttpResponse:
    rule = rulebook.at(row.proposed_on).get(f"commendation.kind.{row.kind}")
    facts = [
        (_("Hình thức"), kind_label(rule.value) if rule else row.kind), (_("Năm"), str(row.year)),
        (_("Thành tích"), row.what), (_("Ngày đề nghị"), day(row.proposed_on)), (_("Số quyết định"), row.decision),
        (_("Ngày quyết định"), day(row.decided_on)),
    ]  # fmt: skip
    open_one = row.state == "proposed"
    context = {
        "row": row, "who": row.person.name if row.person else name_of(row.unit, actor.on), "form": form,
        "unit_name": name_of(row.unit, actor.on), "facts": [(term, said) for term, said in facts if said],
        "state": COMMENDATION.states[row.state], "may_decide": open_one and actor.can(DECIDE_COMMENDATION, at=row.unit),
        "may_withdraw": open_one and actor.can(COMMEND, at=row.unit),
    }  # fmt: skip
    return render(request, "honours/commendation.html", context, 422 if form.errors else 200)


@page("honours.decide_commendation", gettext_lazy("Ghi quyết định khen thưởng"), permission=DECIDE_COMMENDATION)
def decide_commendation(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision."""
    actor = actor_of(request)
    row = visible(actor, pk)
    actor.require(DECIDE_COMMENDATION, at=row.unit)
    form = DecideForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with explaining(form):
            actions.decide_commendation(actor=actor, commendation=row, **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return HttpResponseRedirect(reverse("honours.commendation", args=[pk]))
    if form.errors:
        row.refresh_from_db()
    return _shown(request, actor, row, form)


@page("honours.end_commendation", gettext_lazy("Không khen thưởng, rút đề nghị"), permission=COMMEND)
def end_commendation(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One press: refused, or withdrawn."""
    actor = actor_of(request)
    row = visible(actor, pk)
    if verb not in ACTS:
        raise Http404
    if request.method == "POST":
        with telling(request):
            ACTS[verb](actor=actor, commendation=row)
            messages.success(request, _("Đã ghi."))
    return HttpResponseRedirect(reverse("honours.commendation", args=[pk]))
