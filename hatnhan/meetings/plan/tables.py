"""Meetings on their way as a list."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day
from hatnhan.meetings.choices import KINDS
from hatnhan.meetings.flows import SITTING, SITTING_COLOURS
from hatnhan.meetings.models import Sitting
from hatnhan.meetings.permissions import VIEW
from hatnhan.members.queries import names_on

from . import sittings

Rows = QuerySet[Any]


def named(at: Any) -> dict[str, Any]:
    """The name of each row's unit on the day of the list."""
    return {"unit_name": Subquery(names_on("unit_id", at.on))}


class OfUnit(Listing):
    """Rows of a unit and of what hangs under it, within the reader's scope."""

    searchable = False
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, unit: Unit) -> None:
        super().__init__(request)
        self.actor, self.on, self.unit = actor, actor.on, unit

    @property
    def descending(self) -> bool:
        """The latest first, unless asked otherwise."""
        return self.asked.one("sort") != "day"

    def values(self) -> dict[str, Any]:
        return {"on": self.on}


class SittingTable(OfUnit):
    """Meetings on their way; plans only for those who see plans."""

    model = Sitting
    label = gettext_lazy("Buổi họp")
    fields = ("unit_id", "day", "starts", "kind", "state", "place")
    columns = (
        Column(
            "day", gettext_lazy("Ngày"),
            lambda row, _t: Cell(day(row.day), str(KINDS[row.kind]), reverse("meetings.sitting", args=[row.pk])),
            sort="day", fixed=True,
        ),
        Column("unit", gettext_lazy("Tổ chức"), lambda row, _t: Cell(row.unit_name or ""), needs=named),
        Column("starts", gettext_lazy("Giờ"), lambda row, _t: Cell(f"{row.starts:%H:%M}")),
        Column("place", gettext_lazy("Nơi họp"), lambda row, _t: Cell(row.place)),
        Column(
            "state", gettext_lazy("Trạng thái"),
            lambda row, _t: Cell(str(SITTING.states[row.state]), kind=SITTING_COLOURS.get(row.state, "")),
        ),
    )  # fmt: skip
    filters = (
        Filter(
            "state", gettext_lazy("Trạng thái"), tuple(SITTING.states.items()),
            lambda rows, chosen, _table: rows.filter(state__in=chosen), quick=("invited",),
        ),
    )  # fmt: skip
    sorts = (Sort("day", gettext_lazy("Ngày"), (Key("day"),)),)

    def base(self) -> Rows:
        return self._given

    @cached_property
    def _given(self) -> Rows:
        here = Placement.objects.under(self.unit, self.on).values("unit")
        rows = Sitting.objects.filter(unit__in=here)
        if not sittings.sees_plans(self.actor, self.unit):
            rows = rows.filter(state__in=sittings.TOLD)
        return self.actor.scope(VIEW).filter(rows)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s buổi", "%(n)s buổi", count) % {"n": self.written(count)}
