"""The cells of a committee in a month, each with its stage, as a list that opens the meeting."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day
from hatnhan.meetings.choices import GRADES, REGULAR
from hatnhan.meetings.minutes.tables import attendance
from hatnhan.meetings.models import UNVOIDED, Meeting, Reminder, ScoreResult
from hatnhan.meetings.permissions import MONTH
from hatnhan.members.queries import names_on

from . import stages
from .choices import STAGE_WORDS

Rows = QuerySet[Any]


def _held(at: Any, column: str) -> Any:
    rows = Meeting.objects.filter(UNVOIDED, unit=OuterRef("unit_id"), kind__in=REGULAR)
    rows = rows.filter(held_on__gte=at.first, held_on__lt=at.end).order_by("-held_on", "-pk")
    return Subquery(rows.values(column)[:1])


def _planned(at: Any, column: str) -> Any:
    rows = stages.sittings_of(at).filter(unit=OuterRef("unit_id"), state__in=["planned", "invited", "open"])
    return Subquery(rows.order_by("day").values(column)[:1])


def _grade(at: Any) -> Any:
    rows = ScoreResult.objects.filter(UNVOIDED, unit=OuterRef("unit_id"), kind__in=REGULAR)
    return Subquery(rows.filter(held_on__gte=at.first, held_on__lt=at.end).order_by("-held_on").values("grade")[:1])


def _stage_needs(at: Any) -> dict[str, Any]:
    reminded = Reminder.objects.filter(unit=OuterRef("unit_id"), first=at.first)
    return {"stage": stages.stage(at), "reminded": Exists(reminded)}


def _needs(at: Any) -> dict[str, Any]:
    return {
        "unit_name": Subquery(names_on("unit_id", at.on)), "meeting": _held(at, "pk"), "held_on": _held(at, "held_on"),
        "present": _held(at, "present"), "due": _held(at, "due"), "planned": _planned(at, "day"),
        "stage": stages.stage(at), "sitting": _planned(at, "pk"),
    }  # fmt: skip


def _name(row: Any, table: "CellTable") -> Cell:
    href = f"{reverse('meetings.list')}?unit={row.unit_id}"
    if row.meeting or row.sitting:
        page, key = ("meetings.meeting", row.meeting) if row.meeting else ("meetings.sitting", row.sitting)
        href = reverse(page, args=[key])
    return Cell(row.unit_name or "", href=href, phone=f"{STAGE_WORDS[row.stage]} {_when(row)}".strip())


def _when(row: Any) -> str:
    return day(row.held_on) if row.held_on else day(row.planned) if row.planned else ""


def _stage(row: Any, table: "CellTable") -> Cell:
    waits, late = row.stage in stages.WAITING, row.pk in table.late
    small = [_("chậm") if late else "", _("đã nhắc") if row.reminded and waits else ""]
    return Cell(str(STAGE_WORDS[row.stage]), ", ".join(part for part in small if part), kind="warn" if late else "")


class CellTable(Listing):
    """Cells below a unit in the month, in the order of the tree."""

    model = Placement
    label = gettext_lazy("Chi bộ")
    searchable = False
    fields = ("unit_id", "kind")
    columns = (
        Column("name", gettext_lazy("Chi bộ"), _name, fixed=True, needs=_needs),
        Column("stage", gettext_lazy("Bước"), _stage, needs=_stage_needs),
        Column("day", gettext_lazy("Ngày"), lambda row, _t: Cell(_when(row)), needs=_needs),
        Column(
            "attendance", gettext_lazy("Có mặt"), lambda row, _t: Cell(attendance(row) if row.meeting else ""),
            needs=_needs,
        ),
        Column(
            "grade", gettext_lazy("Xếp loại"), lambda row, _t: Cell(str(GRADES[row.grade]) if row.grade else ""),
            needs=lambda at: {"grade": _grade(at)},
        ),
    )  # fmt: skip
    filters = (
        Filter(
            "stage", gettext_lazy("Bước"), tuple(STAGE_WORDS.items()),
            lambda rows, chosen, _table: rows.filter(stage__in=chosen),
        ),
        Filter(
            "late", gettext_lazy("Chậm"), (("yes", gettext_lazy("Chi bộ chậm")),),
            lambda rows, _chosen, _table: rows.filter(late=True), quick=("yes",),
        ),
    )  # fmt: skip
    sorts = (Sort("tree", gettext_lazy("Theo cây tổ chức"), (Key("path"),)),)
    exact = 5000

    def __init__(self, request: HttpRequest, actor: Actor, unit: Unit, first: date) -> None:
        super().__init__(request)
        self.actor, self.on, self.unit = actor, actor.on, unit
        self.month = stages.month_at(unit, first, actor.on)

    def values(self) -> dict[str, Any]:
        return {"on": self.month.day, "first": self.month.first, "end": self.month.end}

    @cached_property
    def late(self) -> set[int]:
        """Which of the rows of the page are late."""
        shown = [row.pk for row in self.page[0]]
        return set(stages.cells(self.month).filter(late=True, pk__in=shown).values_list("pk", flat=True))

    def base(self) -> Rows:
        return self.actor.scope(MONTH).filter(stages.cells(self.month))

    def counted(self, count: int) -> str:
        return ngettext("%(n)s chi bộ", "%(n)s chi bộ", count) % {"n": self.written(count)}
