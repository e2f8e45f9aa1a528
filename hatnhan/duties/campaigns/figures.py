"""The figures of campaigns: steps on the day they fall due, visits on their day, obstacles that stand on a day."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Distinct, Figure, Ratio, Source, register

from ..models import Obstacle, Piece, Visit


def _pieces() -> "QuerySet[Piece]":
    return Piece.objects.all()


def _visits() -> "QuerySet[Visit]":
    return Visit.objects.all()


def _obstacles() -> "QuerySet[Obstacle]":
    return Obstacle.objects.all()


pieces = Source("campaign_steps", _pieces, day="due")
visits = Source("campaign_visits", _visits, day="valid_from")
obstacles = Source("campaign_obstacles", _obstacles)

register(
    Figure(
        "duties.campaign_due", _("Bước của đợt công tác đến hạn"),
        _("Bước của các đợt công tác đến hạn trong thời gian này, mỗi đơn vị mỗi bước một lần."), _("bước"), pieces,
    ),
    Figure(
        "duties.campaign_done", _("Bước đã xong"), _("Trong số bước đến hạn, số đã ghi là xong."), _("bước"), pieces,
        Q(done_on__isnull=False),
    ),
    Figure(
        "duties.campaign_done_late", _("Bước xong muộn"), _("Trong số bước đến hạn, số xong sau hạn."), _("bước"),
        pieces, Q(done_on__gt=F("due")),
    ),
    Ratio(
        "duties.campaign_share", _("Tỷ lệ bước đã xong"), _("Số bước đã xong chia cho số bước đến hạn."),
        "duties.campaign_done", "duties.campaign_due",
    ),
    Figure(
        "duties.campaign_obstacles", _("Vướng mắc đang có"),
        _("Vướng mắc mà các đơn vị đã báo và chưa hết trong ngày này."), _("vướng mắc"), obstacles,
    ),
    Figure(
        "duties.campaign_visits", _("Lần đến nắm tình hình"),
        _("Lần người phụ trách đến đơn vị trong các đợt công tác, trong thời gian này."), _("lần"), visits,
    ),
    Figure(
        "duties.campaign_visited", _("Đơn vị có người đến"),
        _("Đơn vị có ít nhất một lần người phụ trách đến trong thời gian này, mỗi đơn vị tính một lần."), _("đơn vị"),
        visits, measure=Distinct("unit"),
    ),
)  # fmt: skip
