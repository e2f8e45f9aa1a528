"""The list of a unit's meetings, the latest first."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day, num, pct
from hatnhan.meetings.choices import KINDS, OUTCOMES, REGULAR, THEMATIC
from hatnhan.meetings.flows import COLOURS, MEETING
from hatnhan.meetings.models import Meeting
from hatnhan.members.queries import names_on

from . import queries

Rows = QuerySet[Any]
YEARS, ASKED = 6, ("regular", "thematic", "extraordinary")


def _day(row: Any, _table: Any) -> Cell:
    said = " · ".join(filter(None, [row.unit_name, attendance(row)]))
    return Cell(day(row.held_on), str(KINDS[row.kind]), reverse("meetings.meeting", args=[row.pk]), phone=said)


def attendance(row: Any) -> str:
    """Present of those obliged, and the share: 18/20, 90 %."""
    return f"{num(row.present)}/{num(row.due)}, {pct(row.present / row.due if row.due else None, 0)}"


def _state(row: Any, _table: Any) -> Cell:
    return Cell(str(MEETING.states[row.state]), kind=COLOURS.get(row.state, ""))


def _years(table: "MeetingTable") -> list[tuple[str, Any]]:
    return [(str(year), str(year)) for year in range(table.on.year, table.on.year - YEARS, -1)]


def _in_years(rows: Rows, chosen: list[str], _table: Any) -> Rows:
    return rows.filter(held_on__year__in=[int(year) for year in chosen])


def _of_kinds(rows: Rows, chosen: list[str], _table: Any) -> Rows:
    meant = {"regular": REGULAR, "thematic": THEMATIC, "extraordinary": ("extraordinary",)}
    return rows.filter(kind__in={kind for one in chosen for kind in meant[one]})


class MeetingTable(Listing):
    """Meetings of a unit and of what hangs under it, within the reader's scope."""

    model = Meeting
    label = gettext_lazy("Buổi sinh hoạt")
    searchable = False
    fields = ("unit_id", "held_on", "kind", "present", "due", "outcome", "state", "minutes")
    columns = (
        Column(
            "day", gettext_lazy("Ngày"), _day, sort="day", fixed=True,
            needs=lambda at: {"unit_name": Subquery(names_on("unit_id", at.on))},
        ),
        Column(
            "unit", gettext_lazy("Chi bộ"), lambda row, _t: Cell(row.unit_name or ""),
            needs=lambda at: {"unit_name": Subquery(names_on("unit_id", at.on))},
        ),
        Column("attendance", gettext_lazy("Có mặt"), lambda row, _t: Cell(attendance(row))),
        Column("minutes", gettext_lazy("Số phút"), lambda row, _t: Cell(num(row.minutes))),
        Column(
            "outcome", gettext_lazy("Kết quả"),
            lambda row, _t: Cell(str(OUTCOMES[row.outcome]) if row.outcome != "none" else ""),
        ),
        Column("state", gettext_lazy("Biên bản"), _state),
    )  # fmt: skip
    filters = (
        Filter("year", gettext_lazy("Năm"), _years, _in_years),
        Filter(
            "kind", gettext_lazy("Loại"), tuple((code, KINDS[code]) for code in ASKED),
            _of_kinds, quick=("thematic",),
        ),
        Filter(
            "state", gettext_lazy("Biên bản"), tuple((code, MEETING.states[code]) for code in ("recorded", "adopted")),
            lambda rows, chosen, _table: rows.filter(state__in=chosen), quick=("recorded",),
        ),
    )  # fmt: skip
    sorts = (Sort("day", gettext_lazy("Ngày"), (Key("held_on"),)),)
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, unit: Unit) -> None:
        super().__init__(request)
        self.actor, self.on, self.unit = actor, actor.on, unit

    @property
    def descending(self) -> bool:
        """The latest first, unless asked otherwise."""
        return self.asked.one("sort") != "day"

    def usual(self) -> list[Column]:
        """Of a single cell every row has the same name: it needs no column."""
        below = Placement.objects.on(self.on).filter(parent=self.unit, stands=True).exists()
        return [column for column in super().usual() if below or column.code != "unit"]

    def values(self) -> dict[str, Any]:
        return {"on": self.on}

    def base(self) -> Rows:
        return self._given

    @cached_property
    def _given(self) -> Rows:
        return queries.of_unit(self.actor, self.unit)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s buổi", "%(n)s buổi", count) % {"n": self.written(count)}
