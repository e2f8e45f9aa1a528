"""The list of temporary transfers."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.queries import names

from .choices import STATES, WHY
from .models import TemporaryStay

Rows = QuerySet[Any]


def _state(row: Any, table: "StayTable") -> Cell:
    if row.state == "away" and row.until <= table.on:
        return Cell(_("Hết hạn, chưa gia hạn"), kind="bad")
    return Cell(str(STATES[row.state]), kind="info" if row.state == "away" else "")


def _name(row: Any, table: "StayTable") -> Cell:
    href = reverse("movements.stay", args=[row.pk])
    below = f"{table.where(row)} · {day(row.until - ONE)} · {_state(row, table).text}"
    return Cell(row.name, str(WHY[row.why]), href, person=True, phone=below)


class StayTable(Listing):
    """Stays among `rows`, which are in scope already: those that end first."""

    model = TemporaryStay
    label = gettext_lazy("Sinh hoạt tạm thời")
    placeholder = gettext_lazy("Tìm theo tên (không cần dấu)")
    fields = (
        "name", "why", "state", "origin_id", "destination_id", "destination_text", "letter_number", "starts", "until",
    )  # fmt: skip
    columns = (
        Column("name", gettext_lazy("Đảng viên"), _name, sort="name", fixed=True),
        Column("way", gettext_lazy("Từ đâu đến đâu"), lambda row, table: Cell(table.where(row))),
        Column("starts", gettext_lazy("Từ ngày"), lambda row, _t: Cell(day(row.starts), row.letter_number)),
        Column("last", gettext_lazy("Đến hết ngày"), lambda row, _t: Cell(day(row.until - ONE)), sort="until"),
        Column("state", gettext_lazy("Tình trạng"), _state),
    )
    filters = (
        Filter(
            "state", gettext_lazy("Tình trạng"), tuple(STATES.items()),
            lambda rows, chosen, _table: rows.filter(state__in=chosen),
        ),
        Filter(
            "late", gettext_lazy("Thời hạn"), (("late", gettext_lazy("Hết hạn, chưa gia hạn")),),
            lambda rows, _chosen, table: rows.filter(state="away", until__lte=table.on), quick=("late",),
        ),
    )  # fmt: skip
    sorts = (
        Sort("until", gettext_lazy("Sắp hết hạn"), (Key("until"),)),
        Sort("name", gettext_lazy("Tên"), (Key("name_key"),)),
    )

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[TemporaryStay]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows

    def base(self) -> Rows:
        """In scope already; those who are back only when they are asked for."""
        return self._given if "state" in self.chosen or self.text else self._given.filter(state="away")

    def search(self, rows: Rows, text: str) -> Rows:
        """By the words of the name, marks or none."""
        return rows.filter(*(Q(name_key__contains=word) for word in plain(text).split()))

    def counted(self, count: int) -> str:
        return ngettext("%(n)s đồng chí", "%(n)s đồng chí", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of both sides."""
        return names({pk for row in self.rows for pk in (row.origin_id, row.destination_id) if pk}, self.on)

    def where(self, row: Any) -> str:
        """From where to where."""
        there = self.units.get(row.destination_id or 0, "") or row.destination_text
        return _("%(old)s → %(new)s") % {"old": self.units.get(row.origin_id, ""), "new": there}
