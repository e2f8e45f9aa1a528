"""The rows behind the figures of campaigns: steps at units, obstacles, visits."""

from typing import Any

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.duties import permissions as duties
from hatnhan.duties.campaigns.choices import OBSTACLES
from hatnhan.duties.models import Obstacle, Piece, Visit
from hatnhan.kernel.listing import Cell, Column, Key, Sort
from hatnhan.kernel.ui.text import NOTHING
from hatnhan.kernel.ui.text import day as written
from hatnhan.members.queries import names_on

from .tables import BY_SOURCE, FigureRows


def _unit_needs(at: Any) -> dict[str, Any]:
    return {"unit_name": Subquery(names_on("unit_id", at.on))}


def _unit(row: Any, _table: Any) -> Cell:
    href = reverse("duties.target", args=[row.target__campaign_id, row.target_id])
    return Cell(row.unit_name or NOTHING, row.target__campaign__title, href)


_UNIT = Column("unit", gettext_lazy("Đơn vị"), _unit, fixed=True, needs=_unit_needs)
_AT = ("target_id", "target__campaign_id", "target__campaign__title")


class _CampaignRows(FigureRows):
    """What they share."""

    permission = duties.VIEW
    exact: int = 20_000

    def counted(self, count: int) -> str:
        return ngettext("%(n)s dòng", "%(n)s dòng", count) % {"n": self.written(count)}


class PieceRows(_CampaignRows):
    """Steps at units, by the day on which they fall due."""

    model = Piece
    label = gettext_lazy("Những bước được tính")
    fields = (*_AT, "due", "done_on", "step__label")
    columns = (
        _UNIT,
        Column("step", gettext_lazy("Bước"), lambda row, _t: Cell(row.step__label)),
        Column("due", gettext_lazy("Hạn"), lambda row, _t: Cell(written(row.due))),
        Column("done", gettext_lazy("Xong ngày"), lambda row, _t: Cell(written(row.done_on))),
    )
    sorts = (Sort("due", gettext_lazy("Hạn"), (Key("due"),)),)


class ObstacleRows(_CampaignRows):
    """What stands in the way of units."""

    model = Obstacle
    label = gettext_lazy("Những vướng mắc được tính")
    fields = (*_AT, "kind", "valid_from")
    columns = (
        _UNIT,
        Column("kind", gettext_lazy("Vướng mắc"), lambda row, _t: Cell(str(OBSTACLES.get(row.kind, row.kind)))),
        Column("since", gettext_lazy("Từ ngày"), lambda row, _t: Cell(written(row.valid_from))),
    )
    sorts = (Sort("since", gettext_lazy("Từ ngày"), (Key("valid_from"),)),)


class VisitRows(_CampaignRows):
    """Visits, by day."""

    model = Visit
    label = gettext_lazy("Những lần đến được tính")
    fields = (*_AT, "post", "valid_from")
    columns = (
        _UNIT,
        Column("day", gettext_lazy("Ngày"), lambda row, _t: Cell(written(row.valid_from))),
        Column("post", gettext_lazy("Người đến"), lambda row, _t: Cell(row.post)),
    )
    sorts = (Sort("day", gettext_lazy("Ngày"), (Key("valid_from"),)),)


BY_SOURCE["campaign_steps"] = PieceRows
BY_SOURCE["campaign_obstacles"] = ObstacleRows
BY_SOURCE["campaign_visits"] = VisitRows
