"""Campaigns over the API: their lists, and what units and those who follow them tell."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Id, Query, Text, Value, described, finds, listed, means, offer, one_of
from hatnhan.kernel.pages import actor_of

from .. import permissions
from ..models import Campaign, Step, Target
from . import actions, queries
from .choices import OBSTACLES
from .tables import CampaignTable, TargetTable

router = Router(tags=["campaigns"])

means(permissions.CAMPAIGN, _("Chỉ đạo đợt công tác: ghi lần đến, nhắc, kết thúc"), writes=True)
means(permissions.PROGRESS, _("Ghi tiến độ, vướng mắc của đơn vị trong đợt công tác"), writes=True)


def _target(actor: Actor, key: int) -> Target:
    row = Target.objects.filter(pk=key).only("campaign_id").first()
    if row is None:
        raise NotFound(permissions.VIEW)
    return queries.find_target(actor, row.campaign_id, key)


def _step(actor: Actor, key: int) -> Step:
    row = Step.objects.filter(pk=key).first()
    if row is None:
        raise NotFound(permissions.VIEW)
    queries.find(actor, row.campaign_id)
    return row


finds(Campaign, queries.find)
finds(Target, _target)
finds(Step, _step)


def _campaigns(request: HttpRequest, query: Query) -> CampaignTable:
    """Those that the key may see."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    return CampaignTable(request, actor, queries.visible(actor))


class Of(Query):
    """Of which campaign."""

    campaign: Annotated[Id, described(_("Đợt công tác"))]


def _targets(request: HttpRequest, query: Of) -> TargetTable:
    """Its units within the key's scope."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    one = queries.find(actor, query.campaign)
    return TargetTable(request, actor, queries.targets(actor, one), one)


listed(
    router, "/campaigns", CampaignTable, _campaigns, name="duties.campaigns", title=_("Đợt công tác"),
    about=_("Các đợt công tác của cấp ủy trong phạm vi của khóa và những đợt có đơn vị tham gia."),
    keys={"campaign": "pk", "unit": "unit_id"},
)  # fmt: skip
listed(
    router, "/campaigns/units", TargetTable, _targets, name="duties.targets", title=_("Đơn vị trong đợt công tác"),
    about=_("Tiến độ, vướng mắc, lần đến của từng đơn vị trong một đợt."), asks=Of,
    keys={"target": "pk", "unit": "unit_id"},
    values={
        "progress": Value(int, lambda row, _table: row.done),
        "visited": Value(str | None, lambda row, _table: row.visited_on and row.visited_on.isoformat()),
    },
)  # fmt: skip
offer(
    router, "/campaigns/units/{target}/step", actions.report_step, name="duties.report_step",
    title=_("Ghi xong một bước"), labels={"step": _("Bước của đợt")},
)  # fmt: skip
offer(
    router, "/campaigns/units/{target}/obstacle", actions.report_obstacle, name="duties.report_obstacle",
    title=_("Báo vướng mắc"), types={"kind": one_of(list(OBSTACLES), 20), "text": Text(300)},
)  # fmt: skip
offer(
    router, "/campaigns/units/{target}/visit", actions.record_visit, name="duties.record_visit",
    title=_("Ghi lần đến nắm tình hình"), types={"post": Text(120, least=1), "note": Text(300)},
)  # fmt: skip
offer(
    router, "/campaigns/{campaign}/close", actions.close_campaign, name="duties.close_campaign",
    title=_("Kết thúc đợt công tác"),
)  # fmt: skip
