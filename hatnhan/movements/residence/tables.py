"""The register of residence links: guests who live here, own members introduced elsewhere."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.vietnamese import plain
from hatnhan.movements.permissions import GUESTS
from hatnhan.units.queries import names

from .choices import GROUPS, LEVELS
from .models import ResidenceComment, ResidenceLink

Rows = QuerySet[Any]
SIDES = {"guests": gettext_lazy("Đến cư trú ở đây"), "away": gettext_lazy("Giới thiệu đi")}


def _name(row: Any, table: "ResidenceTable") -> Cell:
    small = _("sinh %(year)s") % {"year": row.born} if row.born else ""
    href = reverse("movements.residence_link", args=[row.pk])
    return Cell(row.name, small, href, person=True, phone=f"{table.work(row)} → {table.home(row)}")


def _comment(row: Any, table: "ResidenceTable") -> Cell:
    level = table.levels.get(row.key, "")
    return Cell(str(LEVELS.get(level, "")))


def _side(rows: Rows, chosen: list[str], table: "ResidenceTable") -> Rows:
    units, meant = table.actor.scope(GUESTS).units(), Q(pk__in=[])
    if "guests" in chosen:
        meant |= Q(unit__in=units)
    if "away" in chosen:
        meant |= Q(workplace__in=units)
    return rows.filter(meant)


def _commented(rows: Rows, chosen: list[str], table: "ResidenceTable") -> Rows:
    done = ResidenceComment.objects.filter(year=table.on.year).values("link")
    meant = Q(pk__in=[])
    for one in chosen:
        meant |= Q(key__in=done) if one == "yes" else ~Q(key__in=done)
    return rows.filter(meant)


class ResidenceTable(Listing):
    """Links among `rows`, which are in scope already, by name."""

    model = ResidenceLink
    label = gettext_lazy("Giữ mối liên hệ nơi cư trú")
    placeholder = gettext_lazy("Tìm theo tên (không cần dấu)")
    fields = (
        "key", "name", "born", "unit_id", "place", "workplace_id", "workplace_text", "group", "valid_from", "letter",
    )  # fmt: skip
    columns = (
        Column("name", gettext_lazy("Đảng viên"), _name, sort="name", fixed=True),
        Column("work", gettext_lazy("Nơi công tác"), lambda row, table: Cell(table.work(row))),
        Column("home", gettext_lazy("Nơi cư trú"), lambda row, table: Cell(table.home(row))),
        Column(
            "group", gettext_lazy("Diện"), lambda row, _t: Cell(str(GROUPS.get(row.group, "")) if row.group else "")
        ),
        Column("since", gettext_lazy("Từ ngày"), lambda row, _t: Cell(day(row.valid_from), row.letter)),
        Column("comment", gettext_lazy("Nhận xét năm nay"), _comment),
    )
    filters = (
        Filter("side", gettext_lazy("Chiều giới thiệu"), tuple(SIDES.items()), _side, quick=("guests", "away")),
        Filter(
            "commented", gettext_lazy("Nhận xét năm nay"),
            (("no", gettext_lazy("Chưa nhận xét")), ("yes", gettext_lazy("Đã nhận xét"))), _commented, quick=("no",),
        ),
        Filter(
            "group", gettext_lazy("Diện"), tuple((code, label) for code, label in GROUPS.items() if code),
            lambda rows, chosen, _table: rows.filter(group__in=chosen),
        ),
    )  # fmt: skip
    sorts = (Sort("name", gettext_lazy("Tên"), (Key("sort_key"),)),)

    def __init__(
        self, request: HttpRequest, actor: Actor, rows: "QuerySet[ResidenceLink]", unit: int | None = None
    ) -> None:
        super().__init__(request)
        self.actor, self.on, self._given, self.unit = actor, actor.on, rows, unit

    def base(self) -> Rows:
        """In scope already; of one unit and those below it where one is named."""
        if self.unit is None:
            return self._given
        below = Placement.objects.under(self.unit, self.on).values("unit")
        return self._given.filter(Q(unit__in=below) | Q(workplace__in=below))

    def search(self, rows: Rows, text: str) -> Rows:
        """By the words of the name, marks or none."""
        return rows.filter(*(Q(name_key__contains=word) for word in plain(text).split()))

    def counted(self, count: int) -> str:
        return ngettext("%(n)s đồng chí", "%(n)s đồng chí", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of both sides."""
        pairs = ((row.unit_id, row.workplace_id) for row in self.rows)
        return names({pk for pair in pairs for pk in pair if pk}, self.on)

    @cached_property
    def levels(self) -> dict[int, str]:
        """This year's grades by link."""
        keys = [row.key for row in self.rows]
        found = ResidenceComment.objects.filter(link__in=keys, year=self.on.year)
        return dict(found.values_list("link", "level"))

    def work(self, row: Any) -> str:
        """Where the member belongs."""
        return self.units.get(row.workplace_id or 0, "") or row.workplace_text

    def home(self, row: Any) -> str:
        """Where the member lives."""
        return self.units.get(row.unit_id or 0, "") or row.place
