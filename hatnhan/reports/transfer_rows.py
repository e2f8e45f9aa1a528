"""The rows behind the figures of transfers: who is on the way, out and in."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy, npgettext

from hatnhan.kernel.figures import rows
from hatnhan.kernel.listing import Cell, Column, Key, Sort
from hatnhan.kernel.ui.text import NOTHING
from hatnhan.kernel.ui.text import day as written
from hatnhan.members.queries import names_on
from hatnhan.movements import permissions as movements
from hatnhan.movements.models import Transit

from .tables import BY_SOURCE, FigureRows


def _needs(at: Any) -> dict[str, Any]:
    return {
        "origin_name": Subquery(names_on("unit_id", at.on)),
        "destination_name": Subquery(names_on("destination_id", at.on)),
    }


def _name(row: Any, _table: Any) -> Cell:
    return Cell(row.case__name, "", reverse("movements.transfer", args=[row.case_id]), person=True)


class LeavingRows(FigureRows):
    """Who is on the way from here."""

    model = Transit
    permission = movements.VIEW
    label = gettext_lazy("Những việc chuyển được tính")
    fields = ("case_id", "case__name", "unit_id", "destination_id", "case__origin_text", "case__destination_text")
    columns = (
        Column("name", gettext_lazy("Họ và tên"), _name, fixed=True),
        Column(
            "origin", gettext_lazy("Từ"), lambda row, _t: Cell(row.origin_name or row.case__origin_text or NOTHING),
            needs=_needs,
        ),
        Column(
            "destination", gettext_lazy("Đến"),
            lambda row, _t: Cell(row.destination_name or row.case__destination_text or NOTHING), needs=_needs,
        ),
        Column("since", gettext_lazy("Cấp giấy ngày"), lambda row, _t: Cell(written(row.valid_from)), ("valid_from",)),
        Column("due", gettext_lazy("Hạn nộp giấy"), lambda row, _t: Cell(written(row.due)), ("due",)),
    )  # fmt: skip
    sorts = (Sort("since", gettext_lazy("Cấp giấy ngày"), (Key("valid_from"),)),)
    exact: int = 5000
    side = "unit"

    def base(self) -> QuerySet[Any]:
        """Those whose side here the reader may see."""
        found = rows(self.figure.code, self.question.unit, self.question.when(self.figure), self.question.tree)
        return self.actor.scope(self.permission).filter(found, self.side)

    def counted(self, count: int) -> str:
        return npgettext("transfer", "%(n)s việc", "%(n)s việc", count) % {"n": self.written(count)}


class ComingRows(LeavingRows):
    """Who is on the way to here."""

    side = "destination"


BY_SOURCE["transits_out"] = LeavingRows
BY_SOURCE["transits_in"] = ComingRows
