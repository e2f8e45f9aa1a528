"""Campaigns: the list, the plan, the board, the unit's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import explain, sent
from hatnhan.kernel.listing import as_xlsx
from hatnhan.kernel.pages import Place, actor_of, page, render, working_unit
from hatnhan.kernel.refusal import Refused
from hatnhan.units.queries import name_of

from ..flows import CAMPAIGN as FLOW
from ..models import Campaign
from ..permissions import CAMPAIGN, VIEW
from . import actions, queries
from .choices import COLOURS, OBSTACLES
from .forms import PlanForm, planned
from .tables import CampaignTable, TargetTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("duties.campaigns", gettext_lazy("Đợt công tác"), permission=VIEW, place=Place(1, 61, "target"))
def campaigns(request: HttpRequest) -> HttpResponse:
    """Those of the committees in scope, and those in which units of the scope take part."""
    actor = actor_of(request)
    table = CampaignTable(request, actor, queries.visible(actor))
    return table.respond(request, "duties/campaigns.html", {"may_plan": actor.can(CAMPAIGN)})


@page("duties.plan_campaign", gettext_lazy("Soạn đợt công tác"), permission=CAMPAIGN)
def plan_campaign(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    actor, unit = actor_of(request), working_unit(request, CAMPAIGN)
    form = PlanForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            campaign = actions.plan_campaign(actor=actor, unit=unit, **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã soạn đợt công tác. Bước tiếp theo: chọn đơn vị."))
            return HttpResponseRedirect(reverse("duties.choose_targets", args=[campaign.pk]))
    context = {
        "form": form, "unit_name": name_of(unit, actor.on), "campaign": None, "back": reverse("duties.campaigns"),
    }  # fmt: skip
    return render(request, "duties/plan_campaign.html", context, 422 if form.errors else 200)


@page("duties.revise_campaign", gettext_lazy("Sửa bản soạn"), permission=CAMPAIGN)
def revise_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a draft."""
    actor = actor_of(request)
    campaign = queries.find(actor, pk)
    queries.lead(actor, campaign)
    form = PlanForm(sent(request), initial=planned(campaign))
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_campaign(actor=actor, campaign=campaign, **form.given())
        except Refused as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Đã sửa bản soạn."))
            return HttpResponseRedirect(reverse("duties.campaign", args=[pk]))
    context = {
        "form": form, "unit_name": name_of(campaign.unit, actor.on), "campaign": campaign,
        "back": reverse("duties.campaign", args=[pk]),
    }  # fmt: skip
    return render(request, "duties/plan_campaign.html", context, 422 if form.errors else 200)


@page("duties.campaign", gettext_lazy("Một đợt công tác"), permission=VIEW)
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """The board: how far the units in scope are, by step and by branch, and their list."""
    actor = actor_of(request)
    one = queries.find(actor, pk)
    rows = queries.targets(actor, one)
    board = queries.board(one, rows, actor.on)
    table = TargetTable(request, actor, rows, one, board.branches)
    context = {
        "campaign": one, "board": board, "unit_name": name_of(one.unit, actor.on), "leads": queries.leads(actor, one),
        "state": FLOW.states[one.state], "colour": COLOURS.get(one.state, ""),
        "obstacles": [(OBSTACLES[kind], n, kind) for kind, n in sorted(board.obstacle_kinds.items())],
        "here": reverse("duties.campaign", args=[pk]),
    }  # fmt: skip
    return table.respond(request, "duties/campaign.html", context)


@page("duties.campaign_file", gettext_lazy("Danh sách đơn vị của đợt"), permission=VIEW)
def campaign_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a workbook: units and how far they are, no person."""
    actor = actor_of(request)
    one = queries.find(actor, pk)
    rows = queries.targets(actor, one)
    table = TargetTable(request, actor, rows, one, queries.board(one, rows, actor.on).branches)
    heads = [str(column.label) for column in table.columns] + [_("Hạn của bước đang chờ")]
    lines = (
        [*(column.cell(row, table).text for column in table.columns), table.where(row)[1]]
        for row in table.whole()
    )  # fmt: skip
    answer = HttpResponse(as_xlsx(heads, lines, _("Đơn vị")), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="dot-cong-tac-{pk}.xlsx"'
    return answer


Act = Callable[[Any, Campaign], str]


def _decide(request: HttpRequest, pk: int, template: str, act: Act) -> HttpResponse:
    """Ask, then do it: POST acts, GET shows what it means."""
    actor = actor_of(request)
    one = queries.find(actor, pk)
    queries.lead(actor, one)
    reasons: list[Any] = []
    if request.method == "POST":
        try:
            messages.success(request, act(actor, one))
        except Refused as refused:
            one.refresh_from_db()
            reasons = list(refused.reasons)
        else:
            return HttpResponseRedirect(reverse("duties.campaign", args=[pk]))
    context = {
        "campaign": one, "reasons": reasons, "back": reverse("duties.campaign", args=[pk]),
        "units": queries.targets(actor, one).count(), "steps": list(one.steps.order_by("number")),
    }  # fmt: skip
    return render(request, template, context, 422 if reasons else 200)


@page("duties.start_campaign", gettext_lazy("Bắt đầu đợt công tác"), permission=CAMPAIGN)
def start_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """From today on the units owe its steps."""

    def act(actor: Any, one: Campaign) -> str:
        actions.start_campaign(actor=actor, campaign=one, on=actor.on)
        return _("Đợt công tác đã bắt đầu. Việc đã hiện ở các đơn vị.")

    return _decide(request, pk, "duties/start_campaign.html", act)


@page("duties.close_campaign", gettext_lazy("Kết thúc đợt công tác"), permission=CAMPAIGN)
def close_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """It is over."""

    def act(actor: Any, one: Campaign) -> str:
        left = actions.close_campaign(actor=actor, campaign=one, on=actor.on)
        return _("Đợt công tác đã kết thúc. Rút %(n)s việc chưa xong.") % {"n": left}

    return _decide(request, pk, "duties/close_campaign.html", act)


@page("duties.drop_campaign", gettext_lazy("Bỏ bản soạn"), permission=CAMPAIGN)
def drop_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that will not be started."""

    def act(actor: Any, one: Campaign) -> str:
        actions.drop_campaign(actor=actor, campaign=one, on=actor.on)
        return _("Đã bỏ bản soạn.")

    return _decide(request, pk, "duties/drop_campaign.html", act)


@page("duties.remind_late", gettext_lazy("Nhắc các đơn vị quá hạn"), permission=CAMPAIGN)
def remind_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who are late."""

    def act(actor: Any, one: Campaign) -> str:
        count = actions.remind_late(actor=actor, campaign=one, on=actor.on)
        return _("Đã nhắc %(n)s bước quá hạn. Lời nhắc hiện ngay ở các đơn vị.") % {"n": count}

    return _decide(request, pk, "duties/remind_late.html", act)
