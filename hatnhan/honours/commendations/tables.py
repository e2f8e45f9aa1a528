"""The list of commendations of a unit and those below."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.vietnamese import plain
from hatnhan.rulebook.words import Words
from hatnhan.units.queries import names

from ..models import Commendation
from .flows import COMMENDATION

Rows = QuerySet[Any]


def _who(row: Any, table: "CommendationTable") -> Cell:
    unit = table.units.get(row.unit_id, "")
    href = reverse("honours.commendation", args=[row.pk])
    return Cell(row.person__name or unit, small=unit if row.person__name else "", href=href,
                phone=f"{row.year} · {COMMENDATION.states[row.state]}")  # fmt: skip


class CommendationTable(Listing):
    """Commendations among `rows`, which the view has put in scope, the latest year first."""

    model = Commendation
    label = gettext_lazy("Khen thưởng")
    placeholder = gettext_lazy("Tìm họ tên (không cần dấu)")
    fields = ("person_id", "person__name", "unit_id", "kind", "year", "state", "decision", "decided_on")
    columns = (
        Column("who", gettext_lazy("Ai, tổ chức nào"), _who, fixed=True),
        Column("kind", gettext_lazy("Hình thức"), lambda row, table: Cell(table.kinds.get(row.kind, row.kind))),
        Column("year", gettext_lazy("Năm"), lambda row, _table: Cell(str(row.year)), sort="year"),
        Column(
            "state", gettext_lazy("Tình trạng"),
            lambda row, _table: Cell(str(COMMENDATION.states[row.state]), small=day(row.decided_on),
                                     kind="ok" if row.state == "decided" else ""),
        ),
    )  # fmt: skip
    filters = (
        Filter(
            "state", gettext_lazy("Tình trạng"), tuple(COMMENDATION.states.items()),
            lambda rows, chosen, _table: rows.filter(state__in=chosen), quick=("proposed",),
        ),
        Filter(
            "target", gettext_lazy("Của"),
            (("member", gettext_lazy("Đảng viên")), ("unit", gettext_lazy("Tổ chức"))),
            lambda rows, chosen, _table: rows.filter(
                Q(person__isnull=False) if chosen == ["member"] else Q(person__isnull=True) if chosen == ["unit"]
                else Q()
            ),
        ),
    )  # fmt: skip
    sorts = (Sort("year", gettext_lazy("Năm"), (Key("year"),)),)
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[Commendation]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows
        found = rulebook.at(self.on).under("commendation.kind")
        self.kinds = {code: kind_label(rule.value) for code, rule in found.items()}

    def base(self) -> Rows:
        """In scope already."""
        return self._given

    def search(self, rows: Rows, text: str) -> Rows:
        return rows.filter(*(Q(person__name_key__contains=word) for word in plain(text).split()))

    def counted(self, count: int) -> str:
        return ngettext("%(n)s đề nghị", "%(n)s đề nghị", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of the page's units."""
        return names({row.unit_id for row in self.rows}, self.on)


def kind_label(value: Any) -> str:
    """What a rule of data calls something, in the reader's language, with a capital."""
    words = Words(value["label_vi"], value["label_en"])
    return str(words)[:1].upper() + str(words)[1:]
