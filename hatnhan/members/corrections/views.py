"""The member asks and reads the answer; the office reads and answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan import rulebook
from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.spoken import linked
from hatnhan.members import permissions, tiers
from hatnhan.members.models import Correction, Person, PersonNumber
from hatnhan.members.profile import Profile
from hatnhan.members.views.acts import allowed, answered
from hatnhan.members.views.profile import looked, profile_of

from . import actions, queries
from .fields import LABELS, OTHER, now_of
from .flows import CORRECTION
from .forms import AcceptForm, AskForm, RefuseForm


def _own_person(request: HttpRequest) -> Person:
    person = Person.objects.filter(pk=actor_of(request).person_id or 0, voided_at__isnull=True).first()
    if person is None:
        raise Http404
    return person


def _tails(person: Person, request: HttpRequest) -> dict[str, str]:
    rows = PersonNumber.objects.on(actor_of(request).on).filter(person=person)
    return dict(rows.values_list("kind", "tail"))


# --- the member ---------------------------------------------------------------------------------------------------


@page("own.corrections", gettext_lazy("Đề nghị điều chỉnh của tôi"))
def own_corrections(request: HttpRequest) -> HttpResponse:
    """The own requests with their state, what is left of the time, and the answers."""
    person, on = _own_person(request), actor_of(request).on
    context = {"lines": queries.told(queries.of_person(person), on), "open_states": CORRECTION.open_states}
    return render(request, "members/corrections/own.html", context)


@page("own.ask_correction", gettext_lazy("Đề nghị điều chỉnh"))
def ask_correction(request: HttpRequest) -> HttpResponse:
    """First which field, then what is right, why, and where the paper lies."""
    actor, person = actor_of(request), _own_person(request)
    field, tails = request.GET.get("field", ""), _tails(person, request)
    if field not in LABELS:
        lines = [(name, label, now_of(person, name, tails)) for name, label in LABELS.items()]
        return render(request, "members/corrections/choose.html", {"lines": lines})
    form = AskForm(sent(request), field=field)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_correction(actor=actor, person=person, field=field, **form.cleaned_data)
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã gửi đề nghị. Đồng chí theo dõi trả lời ở trang này."))
            return HttpResponseRedirect(reverse("own.corrections"))
    limit = rulebook.at(actor.on).deadline("correct")
    context = {
        "form": form, "label": LABELS[field], "now": now_of(person, field, tails), "is_birth": field == "birth",
        "limit": limit, "source": linked(rulebook.sentence(limit.rule), limit.rule.reference),
        "is_other": field == OTHER,
    }  # fmt: skip
    return render(request, "members/corrections/ask.html", context, 422 if form.errors else 200)


@page("own.withdraw_correction", gettext_lazy("Rút đề nghị"))
@require_POST
def withdraw_correction(request: HttpRequest, row: int) -> HttpResponse:
    """The member no longer asks."""
    found = Correction.objects.filter(pk=row, person=_own_person(request)).select_related("person").first()
    if found is None:
        raise Http404
    try:
        actions.withdraw_correction(actor=actor_of(request), row=found)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.message)
    else:
        messages.success(request, _("Đã rút đề nghị."))
    return HttpResponseRedirect(reverse("own.corrections"))


# --- the office ---------------------------------------------------------------------------------------------------


def _request_of(one: Profile, row: int) -> Correction:
    found = Correction.objects.filter(pk=row, person=one.person).select_related("person").first()
    if found is None:
        raise Http404
    return found


def readable(seen: tiers.Seen, field: str) -> bool:
    """Whether somebody who may see these tiers may read a request about the field."""
    return tiers.shows(seen, field) if field in tiers.TIER_OF else tiers.CORE in seen


def _shown(request: HttpRequest, one: Profile, row: Correction) -> dict[str, Any]:
    tails = _tails(one.person, request)
    return {
        "row": row, "told": queries.told([row], one.actor.on)[0], "now": now_of(one.person, row.field, tails),
        "is_other": row.field == OTHER,
    }  # fmt: skip


@page("members.correction", gettext_lazy("Đề nghị điều chỉnh"), permission=permissions.VIEW)
def correction(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """One request: what the record says, what is asked, why; and what can be done."""
    one = looked(profile_of(request, pk))
    found = _request_of(one, row)
    offered = {step.verb for step in CORRECTION.offered(found.state)} if one.can(permissions.CHANGE) else set()
    own = one.actor.person_id == one.person.pk
    context = {"one": one, "person": one.person, "offered": set() if own else offered, "own": own}
    context["hidden"] = not readable(one.seen, found.field)
    context["earlier"] = queries.told(queries.of_person(one.person).exclude(pk=found.pk)[:20], one.actor.on)
    return render(request, "members/corrections/correction.html", context | _shown(request, one, found))


@page("members.acknowledge_correction", gettext_lazy("Báo đã nhận đề nghị"), permission=permissions.CHANGE)
@require_POST
def acknowledge_correction(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Tell the member that the request has come."""
    one = allowed(request, pk, permissions.CHANGE)
    found = _request_of(one, row)
    try:
        actions.acknowledge_correction(actor=one.actor, row=found)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.message)
    else:
        messages.success(request, _("Đã báo cho đồng chí %(name)s là đã nhận đề nghị.") % {"name": one.person.name})
    return HttpResponseRedirect(reverse("members.correction", args=[pk, row]))


@page("members.accept_correction", gettext_lazy("Điều chỉnh theo đề nghị"), permission=permissions.CHANGE)
def accept_correction(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Correct the record as was asked."""
    one = allowed(request, pk, permissions.CHANGE)
    found = _request_of(one, row)
    form = AcceptForm(sent(request), row=found, initial={"seen": one.person.version})

    def act(given: dict[str, Any]) -> HttpResponse:
        for warning in actions.accept_correction(actor=one.actor, row=found, **given):
            messages.warning(request, warning.message)
        messages.success(request, _("Đã điều chỉnh theo đề nghị của đồng chí %(name)s.") % {"name": one.person.name})
        return HttpResponseRedirect(reverse("members.correction", args=[pk, row]))

    context = _shown(request, one, found)
    return answered(request, one, form, act, _("Điều chỉnh hồ sơ"), "members/corrections/answer.html", **context)


@page("members.refuse_correction", gettext_lazy("Trả lời không điều chỉnh"), permission=permissions.CHANGE)
def refuse_correction(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Tell the member why the record stays."""
    one = allowed(request, pk, permissions.CHANGE)
    found = _request_of(one, row)
    form = RefuseForm(sent(request))

    def act(given: dict[str, Any]) -> HttpResponse:
        actions.refuse_correction(actor=one.actor, row=found, answer=given["answer"])
        messages.success(request, _("Đã trả lời đồng chí %(name)s.") % {"name": one.person.name})
        return HttpResponseRedirect(reverse("members.correction", args=[pk, row]))

    context = _shown(request, one, found)
    return answered(request, one, form, act, _("Gửi trả lời"), "members/corrections/answer.html", **context)
