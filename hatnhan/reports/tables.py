"""The rows behind a figure as a list: exactly those that it counts, as far as the reader may see them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.figures import Count, Figure, rows
from hatnhan.kernel.listing import Cell, Column, Key, Listing, Sort
from hatnhan.kernel.models import Placement
from hatnhan.kernel.ui.text import NOTHING
from hatnhan.kernel.ui.text import day as written
from hatnhan.meetings import permissions as meetings
from hatnhan.meetings.minutes.tables import MeetingTable
from hatnhan.meetings.models import Meeting
from hatnhan.members.choices import LEFT_STANDINGS, SEX
from hatnhan.members.models import Membership
from hatnhan.members.permissions import VIEW
from hatnhan.members.queries import names_on
from hatnhan.units import permissions as units

from .asked import Asked


class FigureRows(Listing):
    """A figure's rows within the reader's scope of today: of a time past a unit may belong to somebody else now."""

    searchable = False
    permission = VIEW

    def __init__(self, request: HttpRequest, actor: Actor, figure: Figure, asked: Asked) -> None:
        super().__init__(request)
        self.actor, self.figure, self.question = actor, figure, asked
        self.value: int | None = None

    def base(self) -> QuerySet[Any]:
        found = rows(self.figure.code, self.question.unit, self.question.when(self.figure), self.question.tree)
        return found if self.sees_all else self.actor.scope(self.permission).filter(found)

    @cached_property
    def sees_all(self) -> bool:
        """True when no unit can hang outside of the reader's scope today."""
        scope = self.actor.scope(self.permission)
        tops = Placement.objects.on(self.actor.on).filter(parent__isnull=True)
        return scope.everything or (scope.whole and not tops.exclude(path__in=scope.paths).exists())

    @cached_property
    def count(self) -> int:
        """As the figure says, where its rows are those of the list and all are seen; then they need no counting."""
        alike = isinstance(self.figure.measure, Count) and self.figure.source.rows().model is self.model
        if self.value is not None and alike and self.sees_all:
            return min(self.value, self.most + 1)
        return super().count

    def values(self) -> dict[str, Any]:
        return {"on": self.question.last}

    @property
    def day_query(self) -> str:
        """What links carry along of another day."""
        return "" if self.question.last == self.actor.on else f"?on={self.question.last.isoformat()}"


# --- members ------------------------------------------------------------------------------------------------------


def _unit_needs(at: Any) -> dict[str, Any]:
    return {"unit_name": Subquery(names_on("unit_id", at.on))}


def _other_needs(at: Any) -> dict[str, Any]:
    return {
        "origin_name": Subquery(names_on("origin_id", at.on)),
        "destination_name": Subquery(names_on("destination_id", at.on)),
    }


def _name(row: Any, table: "MemberRows") -> Cell:
    birth = row.person__birth
    said = [str(SEX[row.person__sex]) if row.person__sex else ""]
    said.append(_("sinh %(year)s") % {"year": birth.year} if birth else "")
    href = f"{table.profiles}{row.person_id}/{table.day_query}"
    small = " · ".join(part for part in said if part)
    return Cell(row.person__name, small, href, person=True, phone=row.unit_name or "")


def _day_of(field: str) -> Any:
    return lambda row, _table: Cell(written(getattr(row, field)))


def _how(row: Any, _table: Any) -> Cell:
    return Cell(str(LEFT_STANDINGS.get(row.went, NOTHING)))


_NAME = Column(
    "name", gettext_lazy("Họ và tên"), _name, ("person__name", "person__sex", "person__birth"), sort="name", fixed=True,
    needs=_unit_needs,
)  # fmt: skip
_UNIT = Column("unit", gettext_lazy("Chi bộ"), lambda row, _t: Cell(row.unit_name or NOTHING), needs=_unit_needs)
_CAME = Column("valid_from", gettext_lazy("Ở đây từ ngày"), _day_of("valid_from"), ("valid_from",), sort="day")
_ORIGIN = Column(
    "origin", gettext_lazy("Từ đâu"), lambda row, _t: Cell(row.origin_name or _("ngoài hệ thống")), needs=_other_needs
)
_WENT = Column("valid_to", gettext_lazy("Từ ngày"), _day_of("valid_to"), ("valid_to",), sort="day")
_DESTINATION = Column(
    "destination", gettext_lazy("Đi đâu"), lambda row, _t: Cell(row.destination_name or _("ngoài hệ thống")),
    needs=_other_needs,
)  # fmt: skip
_BY_NAME = (Key("person__sort_key"), Key("person_id"))


class MemberRows(FigureRows):
    """Members, or their arrivals or departures."""

    model = Membership
    label = gettext_lazy("Những đồng chí được tính")
    fields = ("person_id", "unit_id", "came", "went")
    columns: Sequence[Column] = (_NAME, _UNIT, _CAME)
    sorts: Sequence[Sort] = (
        Sort("name", gettext_lazy("Họ và tên"), _BY_NAME, through="person"),
        Sort("day", gettext_lazy("Ngày"), (Key("valid_from"), *_BY_NAME)),
    )
    exact: int = 5000

    def __init__(self, request: HttpRequest, actor: Actor, figure: Figure, asked: Asked) -> None:
        super().__init__(request, actor, figure, asked)
        self.profiles = reverse("members.list")

    def walks(self, sort: Sort) -> bool:
        """Nobody has two homes on one day; in a window somebody may come and go twice."""
        return bool(sort.through) and not self.figure.flow

    def counted(self, count: int) -> str:
        if self.figure.flow:
            return ngettext("%(n)s lượt", "%(n)s lượt", count) % {"n": self.written(count)}
        return ngettext("%(n)s người", "%(n)s người", count) % {"n": self.written(count)}


class ArrivalRows(MemberRows):
    """Who was admitted or arrived."""

    columns = (_NAME, _UNIT, _CAME)


class TransferInRows(MemberRows):
    """Who arrived, and from where."""

    columns = (_NAME, _UNIT, _CAME, _ORIGIN)


class TransferOutRows(MemberRows):
    """Who went, and where to."""

    columns = (_NAME, _UNIT, _WENT, _DESTINATION)
    sorts = (MemberRows.sorts[0], Sort("day", gettext_lazy("Ngày"), (Key("valid_to"), *_BY_NAME)))


class LeftRows(TransferOutRows):
    """Who died or left the Party, and how."""

    columns = (_NAME, _UNIT, _WENT, Column("went", gettext_lazy("Lý do"), _how))


# --- units --------------------------------------------------------------------------------------------------------


def _unit_name(row: Any, table: "UnitRows") -> Cell:
    href = reverse("units.unit", args=[row.unit_id]) + table.day_query
    return Cell(row.unit_name or NOTHING, href=href, phone=table.kind(row.kind))


class UnitRows(FigureRows):
    """Organisations, in the order of the tree."""

    model = Placement
    label = gettext_lazy("Những tổ chức được tính")
    permission = units.VIEW
    fields = ("unit_id", "kind")
    columns = (
        Column("name", gettext_lazy("Tổ chức"), _unit_name, fixed=True, needs=_unit_needs),
        Column("kind", gettext_lazy("Loại hình"), lambda row, table: Cell(table.kind(row.kind))),
        Column(
            "above", gettext_lazy("Trực thuộc"), lambda row, _t: Cell(row.above_name or NOTHING),
            needs=lambda at: {"above_name": Subquery(names_on("parent_id", at.on))},
        ),
    )  # fmt: skip
    sorts = (Sort("tree", gettext_lazy("Theo cây tổ chức"), (Key("path"),)),)

    def kind(self, code: str) -> str:
        """What a kind is called on the day."""
        kinds = rulebook.at(self.question.last).kinds()
        return str(kinds[code].label) if code in kinds else code

    def counted(self, count: int) -> str:
        return ngettext("%(n)s tổ chức", "%(n)s tổ chức", count) % {"n": self.written(count)}


# --- meetings -----------------------------------------------------------------------------------------------------


class MeetingRows(FigureRows):
    """Meetings, by day; of what is counted over grades or rolls the meetings that these belong to."""

    model = Meeting
    label = gettext_lazy("Những buổi sinh hoạt được tính")
    permission = meetings.VIEW
    fields = MeetingTable.fields
    columns = MeetingTable.columns
    sorts = MeetingTable.sorts

    def base(self) -> QuerySet[Any]:
        found = rows(self.figure.code, self.question.unit, self.question.when(self.figure), self.question.tree)
        if found.model is not Meeting:
            found = Meeting.objects.filter(pk__in=found.values("meeting"))
        return self.actor.scope(self.permission).filter(found)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s buổi", "%(n)s buổi", count) % {"n": self.written(count)}


BY_SOURCE: dict[str, type[FigureRows]] = {}
"""Lists of rows that have a file of their own, by the code of the source."""


def rows_kind(figure: Figure) -> type[FigureRows]:
    """Which list shows the figure's rows."""
    source = figure.source.code
    if source in BY_SOURCE:
        return BY_SOURCE[source]
    if source == "standing":
        return UnitRows
    if source.startswith("meetings"):
        return MeetingRows
    if source == "departures":
        return TransferOutRows if figure.border else LeftRows
    if source == "arrivals":
        return TransferInRows if figure.border else ArrivalRows
    return MemberRows


def rows_table(
    request: HttpRequest, actor: Actor, figure: Figure, asked: Asked, value: int | None = None
) -> FigureRows:
    """The list that fits the figure's rows. `value` is the figure's own number, if it is known."""
    table = rows_kind(figure)(request, actor, figure, asked)
    table.value = value
    return table


def may_list(actor: Actor, figure: Figure, unit: Any) -> bool:
    """True when the reader may see rows, not only numbers."""
    return actor.can(rows_kind(figure).permission, at=unit)


def unlisted(table: FigureRows, value: int) -> int:
    """How many counted rows are not listed because they stand at units outside the reader's scope today."""
    if table.count > table.exact or not table.figure.measure.additive:
        return 0
    return max(0, value - table.count)
