"""Badges over the API: who falls due, the cases, what was awarded, and every step."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.api import Id, Query, Text, Value, described, finds, listed, means, offer
from hatnhan.kernel.models import Placement
from hatnhan.kernel.pages import actor_of, working_unit
from hatnhan.members import api as people  # says how a person is found by an id

from . import permissions
from .badges import actions, queries
from .badges.tables import BadgeTable, CaseTable, DueTable
from .badges.views import batch_asked
from .commendations import actions as commendation_actions
from .commendations import views as commendation_views
from .commendations.tables import CommendationTable
from .models import Badge, BadgeCase, Commendation

router = Router(tags=["honours"])
__all__ = ["people", "router"]

means(permissions.VIEW, _("Xem Huy hiệu Đảng, khen thưởng"))
means(permissions.CELL, _("Nhận tờ khai, ghi chi bộ đề nghị Huy hiệu Đảng"), writes=True)
means(permissions.ADOPT, _("Ghi cấp ủy cơ sở đề nghị, trả lại, ghi Huy hiệu đã tặng"), writes=True)
means(permissions.PROPOSE, _("Trình tỉnh tặng Huy hiệu Đảng"), writes=True)
means(permissions.DECIDE, _("Ghi quyết định tặng Huy hiệu Đảng"), writes=True)
means(permissions.COMMEND, _("Đề nghị khen thưởng"), writes=True)
means(permissions.DECIDE_COMMENDATION, _("Ghi quyết định khen thưởng"), writes=True)
means(permissions.AWARD, _("Ghi đã trao Huy hiệu Đảng"), writes=True)

finds(BadgeCase, queries.visible)
finds(Badge, queries.badge)
finds(Commendation, commendation_views.visible)


class Where(Query):
    """Of which unit and those below it."""

    unit: Annotated[Id | None, described(_("Đơn vị; bỏ trống là nơi cao nhất của khóa"))] = None


class Batch(Where):
    """And of which batch."""

    batch: Annotated[date | None, described(_("Ngày trao của đợt, như 2027-02-03; bỏ trống là đợt tới"))] = None


def _due(request: HttpRequest, query: Batch) -> DueTable:
    """Who falls due in the batch, where the key may see it."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    unit = working_unit(request, permissions.VIEW)
    batch, _around = batch_asked(request, actor.on)
    return DueTable(request, actor, unit.pk, batch.first, batch.last)


def _cases(request: HttpRequest, query: Where) -> CaseTable:
    """The cases of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    unit = working_unit(request, permissions.VIEW)
    here = Placement.objects.under(unit, actor.on).values("unit")
    return CaseTable(request, actor, queries.cases(actor).filter(unit__in=here))


def _borne(request: HttpRequest, query: Where) -> BadgeTable:
    """The badges of the members of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    unit = working_unit(request, permissions.VIEW)
    here = queries.homes(unit, actor.on).values("person")
    return BadgeTable(request, actor, Badge.objects.unvoided().filter(person__in=here))


def _level_due(row: Any, table: Any) -> int:
    return int(table.reached(row)[0])


def _day_due(row: Any, table: Any) -> str:
    return str(table.reached(row)[1].isoformat())


listed(
    router, "/badges/due", DueTable, _due, name="honours.due", title=_("Đến hạn tặng Huy hiệu Đảng"), asks=Batch,
    about=_("Đảng viên đến hạn tặng Huy hiệu Đảng trong một đợt và tình trạng đề nghị."),
    keys={"person": "person_id", "unit": "unit_id"},
    values={"level": Value(int, _level_due), "due": Value(str, _day_due)},
)  # fmt: skip
listed(
    router, "/badges/cases", CaseTable, _cases, name="honours.cases", title=_("Đề nghị tặng Huy hiệu"), asks=Where,
    about=_("Đề nghị tặng Huy hiệu Đảng; bỏ trống bước thì là những đề nghị đang đi."),
    keys={"case": "pk", "person": "person_id", "unit": "unit_id"},
    values={"level": Value(int, lambda row, _table: row.level)},
)  # fmt: skip
listed(
    router, "/badges", BadgeTable, _borne, name="honours.borne", title=_("Huy hiệu đã tặng"), asks=Where,
    about=_("Huy hiệu Đảng đã tặng đảng viên của một đơn vị và các đơn vị trực thuộc."),
    keys={"badge": "pk", "person": "person_id"}, values={"level": Value(int, lambda row, _table: row.level)},
)  # fmt: skip


def _commendations(request: HttpRequest, query: Where) -> CommendationTable:
    """The commendations of the unit, where the key may see them."""
    actor = actor_of(request)
    actor.require(permissions.VIEW)
    unit = working_unit(request, permissions.VIEW)
    here = Placement.objects.under(unit, actor.on).values("unit")
    return CommendationTable(request, actor, commendation_views.in_scope(actor).filter(unit__in=here))


listed(
    router, "/commendations", CommendationTable, _commendations, name="honours.commendations", title=_("Khen thưởng"),
    asks=Where, about=_("Khen thưởng của đảng viên và tổ chức của một đơn vị và các đơn vị trực thuộc."),
    keys={"commendation": "pk", "person": "person_id", "unit": "unit_id"},
    values={"year": Value(int, lambda row, _table: row.year)},
)  # fmt: skip
offer(
    router, "/commendations", commendation_actions.commend, name="honours.commend", title=_("Đề nghị khen thưởng"),
    types={"kind": Text(20), "what": Text(300)},
)  # fmt: skip
offer(
    router, "/commendations/{commendation}/decide", commendation_actions.decide_commendation,
    name="honours.decide_commendation", title=_("Ghi quyết định khen thưởng"), types={"decision": Text(60)},
)  # fmt: skip
for _end, _ends, _called in (
    ("refuse", commendation_actions.refuse_commendation, _("Không khen thưởng")),
    ("withdraw", commendation_actions.withdraw_commendation, _("Rút đề nghị")),
):
    offer(router, f"/commendations/{{commendation}}/{_end}", _ends, name=f"honours.{_end}_commendation", title=_called)

_CASE = "/badges/cases/{case}"
offer(
    router, "/badges/cases", actions.declare, name="honours.declare_badge", title=_("Nhận tờ khai Huy hiệu Đảng"),
    types={"kind": Text(12), "declared_by": Text(10), "evidence": Text(200), "explanation": Text(500)},
)  # fmt: skip
for _verb, _function, _title in (
    ("review", actions.review, _("Chi bộ đề nghị tặng Huy hiệu Đảng")),
    ("adopt", actions.adopt, _("Cấp ủy cơ sở đề nghị tặng Huy hiệu Đảng")),
    ("propose", actions.propose, _("Trình tỉnh tặng Huy hiệu Đảng")),
    ("send_back", actions.send_back, _("Trả lại hồ sơ Huy hiệu Đảng")),
    ("complete", actions.complete, _("Hồ sơ Huy hiệu Đảng đã bổ sung")),
    ("postpone", actions.postpone, _("Chưa xét Huy hiệu Đảng")),
    ("refuse", actions.refuse_award, _("Không tặng Huy hiệu Đảng")),
    ("withdraw", actions.withdraw, _("Rút tờ khai Huy hiệu Đảng")),
):
    offer(router, f"{_CASE}/{_verb}", _function, name=f"honours.{_verb}_badge", title=_title,
          types={"paper": Text(60), "note": Text(300)})  # fmt: skip
offer(
    router, f"{_CASE}/decide", actions.decide, name="honours.decide_badge", title=_("Ghi quyết định tặng Huy hiệu"),
    types={"decision": Text(60), "decision_all": Text(60), "number_given": Text(20)},
)  # fmt: skip
offer(
    router, f"{_CASE}/award", actions.award, name="honours.award_badge", title=_("Ghi đã trao Huy hiệu"),
    types={"place": Text(10), "note": Text(300)},
)  # fmt: skip
offer(
    router, "/badges/record", actions.record_badge, name="honours.record_badge", title=_("Ghi Huy hiệu đã tặng"),
    types={"number": Text(20), "decision": Text(60)},
)  # fmt: skip
offer(router, "/badges/{badge}/report_lost", actions.report_lost, name="honours.report_lost",
      title=_("Báo mất Huy hiệu"))  # fmt: skip
offer(router, "/badges/{badge}/take_back", actions.take_back, name="honours.take_back",
      title=_("Thu lại Huy hiệu"))  # fmt: skip
