"""Choosing the units of a campaign: by kind, by locality, by hand, from a list. Each way adds to what is there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import actor_of, page, render
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.ui.text import num
from hatnhan.units.queries import children, find, name_of, names

from ..flows import CAMPAIGN as FLOW
from ..models import Campaign, Target
from ..permissions import CAMPAIGN, VIEW
from . import actions, queries
from .forms import ReasonForm

SHOWN, MOST = 50, 200


@page("duties.choose_targets", gettext_lazy("Chọn đơn vị cho đợt công tác"), permission=CAMPAIGN)
def choose_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """Add units in one of four ways, as often as needed."""
    actor = actor_of(request)
    campaign = queries.find(actor, pk)
    queries.lead(actor, campaign)
    reasons: list[Any] = []
    unknown: list[str] = []
    if request.method == "POST":
        units, unknown = _meant(request, actor, campaign)
        try:
            count = actions.add_targets(actor=actor, campaign=campaign, units=units)
        except Refused as refused:
            reasons = list(refused.reasons)
        else:
            messages.success(request, _("Đã thêm %(n)s đơn vị.") % {"n": num(count)})
            if not unknown:
                return HttpResponseRedirect(reverse("duties.choose_targets", args=[pk]))
    status = 422 if reasons else 200
    return render(request, "duties/choose_targets.html", _context(request, actor, campaign, reasons, unknown), status)


def _meant(request: HttpRequest, actor: Actor, campaign: Campaign) -> tuple[list[int], list[str]]:
    """The units that the sent part of the page means; and the lines of a list that name none."""
    sent, how = request.POST, request.POST.get("how", "")
    if how == "kinds":
        within = _within(sent.get("within", ""), actor, campaign)
        return queries.of_kinds(within, sent.getlist("kind"), actor.on), []
    if how == "localities":
        return queries.leading([int(one) for one in sent.getlist("locality") if one.isdecimal()], actor.on), []
    if how == "picked":
        return [int(one) for one in sent.getlist("unit") if one.isdecimal()], []
    return queries.in_list(sent.get("list", "").splitlines(), campaign.unit, actor.on)


def _within(asked: str, actor: Actor, campaign: Campaign) -> Unit | int:
    below = {one.id for one in children(campaign.unit, actor.on)}
    return int(asked) if asked.isdecimal() and int(asked) in below else campaign.unit


def _context(
    request: HttpRequest, actor: Actor, campaign: Campaign, reasons: list[Any], unknown: list[str]
) -> dict[str, Any]:
    text = " ".join(request.GET.get("q", "").split())[:100]
    rows = Target.objects.filter(campaign=campaign, left_on__isnull=True).order_by("-pk")
    count, shown = rows.count(), list(rows[:SHOWN])
    called = names([row.unit_id for row in shown], actor.on)
    there = set(rows.values_list("unit", flat=True)) if text else set()
    found = [one for one in find(text, actor.scope(VIEW), actor.on, MOST) if one.stands] if text else []
    return {
        "campaign": campaign, "unit_name": name_of(campaign.unit, actor.on), "reasons": reasons, "unknown": unknown,
        "kinds": queries.kinds_below(campaign.unit, actor.on), "below": children(campaign.unit, actor.on)[:MOST],
        "localities": queries.localities_below(campaign.unit, actor.on), "text": text,
        "found": [one for one in found if one.id not in there], "count": count, "pasted": request.POST.get("list", ""),
        "targets": [(row, called.get(row.unit_id, "")) for row in shown], "draft": campaign.state == "draft",
        "open": campaign.state in FLOW.open_states,
    }  # fmt: skip


@page("duties.remove_target", gettext_lazy("Đưa đơn vị ra khỏi đợt"), permission=CAMPAIGN)
def remove_target(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Out of a draft at once, out of a running campaign with a reason."""
    actor = actor_of(request)
    row = queries.find_target(actor, pk, target)
    queries.lead(actor, row.campaign)
    draft, form = row.campaign.state == "draft", ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse("duties.choose_targets" if draft else "duties.campaign", args=[pk])
    reasons: list[Any] = []
    if request.method == "POST" and (draft or form.is_valid()):
        try:
            actions.remove_target(actor=actor, target=row, reason="" if draft else form.cleaned_data["reason"])
        except Refused as refused:
            reasons = list(refused.reasons)
        else:
            messages.success(request, _("Đã đưa đơn vị ra khỏi đợt."))
            return HttpResponseRedirect(back)
    context = {
        "campaign": row.campaign, "target": row, "name": name_of(row.unit, actor.on), "form": form, "draft": draft,
        "reasons": reasons, "back": back,
    }  # fmt: skip
    status = 422 if reasons or (request.method == "POST" and not draft and form.errors) else 200
    return render(request, "duties/remove_target.html", context, status)
