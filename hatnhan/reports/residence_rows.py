"""The rows behind the figures of residence links: guests, introductions, gatherings."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.figures import rows
from hatnhan.kernel.listing import Cell, Column, Key, Sort
from hatnhan.kernel.ui.text import NOTHING, num
from hatnhan.kernel.ui.text import day as written
from hatnhan.members.queries import names_on
from hatnhan.movements import permissions as movements
from hatnhan.movements.models import ResidenceGathering, ResidenceLink

from .tables import BY_SOURCE, FigureRows


def _home(at: Any) -> dict[str, Any]:
    return {"unit_name": Subquery(names_on("unit_id", at.on))}


def _work(at: Any) -> dict[str, Any]:
    return {"work_name": Subquery(names_on("workplace_id", at.on))}


_UNIT = Column("unit", gettext_lazy("Chi bộ"), lambda row, _t: Cell(row.unit_name or NOTHING), needs=_home, fixed=True)


class _ResidenceRows(FigureRows):
    """What they share."""

    permission = movements.GUESTS
    side = "unit"
    exact: int = 20_000

    def base(self) -> QuerySet[Any]:
        """Those whose side here the reader may see."""
        found = rows(self.figure.code, self.question.unit, self.question.when(self.figure), self.question.tree)
        return self.actor.scope(self.permission).filter(found, self.side)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s dòng", "%(n)s dòng", count) % {"n": self.written(count)}


class GuestRows(_ResidenceRows):
    """Who lives here and works elsewhere."""

    model = ResidenceLink
    label = gettext_lazy("Những đồng chí được tính")
    fields = ("name", "unit_id", "place", "workplace_id", "workplace_text", "valid_from")
    columns = (
        Column("name", gettext_lazy("Họ và tên"), lambda row, _t: Cell(row.name, person=True), fixed=True),
        Column(
            "work", gettext_lazy("Nơi công tác"), lambda row, _t: Cell(row.work_name or row.workplace_text or NOTHING),
            needs=_work,
        ),
        Column(
            "home", gettext_lazy("Nơi cư trú"), lambda row, _t: Cell(row.unit_name or row.place or NOTHING), needs=_home
        ),
        Column("since", gettext_lazy("Từ ngày"), lambda row, _t: Cell(written(row.valid_from))),
    )  # fmt: skip
    sorts = (Sort("name", gettext_lazy("Họ và tên"), (Key("sort_key"),)),)


class IntroducedRows(GuestRows):
    """Who works here and lives elsewhere."""

    side = "workplace"


class GatheringRows(_ResidenceRows):
    """Gatherings with their numbers."""

    model = ResidenceGathering
    label = gettext_lazy("Những buổi được tính")
    fields = ("unit_id", "asked", "came", "valid_from")
    columns = (
        _UNIT,
        Column("day", gettext_lazy("Ngày"), lambda row, _t: Cell(written(row.valid_from))),
        Column("asked", gettext_lazy("Mời"), lambda row, _t: Cell(num(row.asked)), numeric=True),
        Column("came", gettext_lazy("Dự"), lambda row, _t: Cell(num(row.came)), numeric=True),
    )
    sorts = (Sort("day", gettext_lazy("Ngày"), (Key("valid_from"),)),)


BY_SOURCE["residence_guests"] = GuestRows
BY_SOURCE["residence_introduced"] = IntroducedRows
BY_SOURCE["residence_gatherings"] = GatheringRows
