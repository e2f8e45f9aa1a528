"""The lists of campaigns and of the units of one."""

from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement
from hatnhan.kernel.ui.text import day, num
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.models import UnitName
from hatnhan.units.queries import names

from ..flows import CAMPAIGN as FLOW
from ..models import Campaign, Piece, Target
from ..words import in_words
from . import queries
from .choices import COLOURS, OBSTACLES, PROGRESS
from .rules import percent

Rows = QuerySet[Any]


def _title(row: Any, table: "CampaignTable") -> Cell:
    below = f"{FLOW.states[row.state]} · {table.units.get(row.unit_id, '')}"
    return Cell(row.title, row.document, reverse("duties.campaign", args=[row.pk]), phone=below)


def _state(row: Any, _table: Any) -> Cell:
    said = _("đến %(day)s") % {"day": day(row.closed_on)} if row.closed_on else ""
    since = _("từ %(day)s") % {"day": day(row.started_on)} if row.started_on and not said else said
    return Cell(str(FLOW.states[row.state]), small=since, kind=COLOURS.get(row.state, ""))


class CampaignTable(Listing):
    """Campaigns among `rows`, which the view has put in scope: the newest first."""

    model = Campaign
    label = gettext_lazy("Đợt công tác")
    searchable = False
    fields = ("title", "document", "state", "unit_id", "started_on", "closed_on")
    columns = (
        Column("title", gettext_lazy("Đợt công tác"), _title, fixed=True),
        Column("unit", gettext_lazy("Cấp ủy"), lambda row, table: Cell(table.units.get(row.unit_id, ""))),
        Column("state", gettext_lazy("Tình trạng"), _state),
    )
    filters = (
        Filter(
            "state", gettext_lazy("Tình trạng"), tuple(FLOW.states.items()),
            lambda rows, chosen, _table: rows.filter(state__in=chosen), quick=("running", "closed"),
        ),
    )  # fmt: skip
    sorts = (Sort("newest", gettext_lazy("Mới nhất"), (Key("made_at"),), falls=True),)

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[Campaign]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows

    def base(self) -> Rows:
        """In scope already; without the drafts that were dropped, unless they are asked for."""
        return self._given if "state" in self.chosen else self._given.exclude(state="dropped")

    @property
    def descending(self) -> bool:
        """The newest first, unless the oldest are asked for."""
        return self.asked.one("sort") != "newest"

    def counted(self, count: int) -> str:
        return ngettext("%(n)s đợt", "%(n)s đợt", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of the page's committees."""
        return names({row.unit_id for row in self.rows}, self.on)


# --- its units ----------------------------------------------------------------------------------------------------


def _name_key(at: Any) -> dict[str, Any]:
    rows = UnitName.objects.on(at.on).filter(unit=OuterRef("unit_id")).values("key")[:1]
    return {"name_key": Subquery(rows)}


def _unit(row: Any, table: "TargetTable") -> Cell:
    said = [table.progress(row), table.where(row)[0], str(OBSTACLES[row.obstacle]) if row.obstacle else ""]
    href = reverse("duties.target", args=[table.campaign.pk, row.pk])
    return Cell(table.units.get(row.unit_id, ""), href=href, phone=" · ".join(filter(None, said)))


def _progress(row: Any, table: "TargetTable") -> Cell:
    return Cell(table.progress(row), kind="ok" if row.finished_on else "")


def _where(row: Any, table: "TargetTable") -> Cell:
    said, small, kind = table.where(row)
    return Cell(said, small=small, kind=kind)


def _obstacle(row: Any, _table: Any) -> Cell:
    return Cell(str(OBSTACLES[row.obstacle]), kind="warn") if row.obstacle else Cell()


def _visited(row: Any, _table: Any) -> Cell:
    return Cell(day(row.visited_on))


def _narrow(rows: Rows, chosen: list[str], table: "TargetTable") -> Rows:
    meant = Q(pk__in=[])
    for one in chosen:
        meant |= {
            "idle": Q(done=0),
            "begun": Q(done__gt=0, finished_on__isnull=True),
            "finished": Q(finished_on__isnull=False),
            "late": Q(pk__in=queries.late(table.campaign, table.on)),
            "obstacle": ~Q(obstacle=""),
            "unvisited": Q(visited_on__isnull=True),
        }[one]
    return rows.filter(meant)


def _branches(table: "TargetTable") -> list[tuple[str, Any]]:
    return [(str(one.unit), one.name) for one in table.branches]


def _in_branch(rows: Rows, chosen: list[str], table: "TargetTable") -> Rows:
    meant = Q(pk__in=[])
    for one in chosen:
        meant |= Q(unit__in=Placement.objects.under(int(one), table.on).values("unit"))
    return rows.filter(meant)


class TargetTable(Listing):
    """The units of a campaign among `rows`, which the view has put in scope: those that are least far first."""

    model = Target
    label = gettext_lazy("Đơn vị trong đợt")
    placeholder = gettext_lazy("Tìm đơn vị (không cần dấu)")
    fields = ("unit_id", "done", "finished_on", "obstacle", "visited_on")
    columns = (
        Column("unit", gettext_lazy("Đơn vị"), _unit, sort="name", fixed=True),
        Column("progress", gettext_lazy("Tiến độ"), _progress, sort="progress"),
        Column("where", gettext_lazy("Bước đang chờ"), _where),
        Column("obstacle", gettext_lazy("Vướng mắc"), _obstacle),
        Column("visited", gettext_lazy("Đến gần nhất"), _visited),
    )
    filters = (
        Filter(
            "progress", gettext_lazy("Tiến độ"), tuple(PROGRESS.items()), _narrow, quick=("late", "obstacle", "idle")
        ),
        Filter(
            "obstacle", gettext_lazy("Vướng mắc"), tuple(OBSTACLES.items()),
            lambda rows, chosen, _table: rows.filter(obstacle__in=chosen),
        ),
        Filter("branch", gettext_lazy("Thuộc"), _branches, _in_branch),
    )  # fmt: skip
    sorts = (
        Sort("progress", gettext_lazy("Tiến độ"), (Key("done"), Key("unit_id"))),
        Sort("name", gettext_lazy("Tên đơn vị"), (Key("name_key", empty="~"),), needs=_name_key),
    )
    exact = 20_000

    def __init__(
        self, request: HttpRequest, actor: Actor, rows: "QuerySet[Target]", campaign: Campaign,
        branches: tuple[queries.Branch, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows
        self.campaign, self.branches = campaign, branches
        self.steps = campaign.steps.count()

    def base(self) -> Rows:
        """In scope already."""
        return self._given

    def search(self, rows: Rows, text: str) -> Rows:
        """By the words of the name, marks or none."""
        named = UnitName.objects.on(self.on).filter(*(Q(key__contains=word) for word in plain(text).split()))
        return rows.filter(unit__in=named.values("unit"))

    def values(self) -> dict[str, Any]:
        return {"on": self.on}

    def counted(self, count: int) -> str:
        return ngettext("%(n)s đơn vị", "%(n)s đơn vị", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of the page's units."""
        return names({row.unit_id for row in self.rows}, self.on)

    @cached_property
    def _next(self) -> dict[int, Piece]:
        return queries.next_steps([row.pk for row in self.rows])

    def progress(self, row: Any) -> str:
        """60 %, 3/5 steps."""
        told = {"percent": num(percent(row.done, self.steps)), "done": row.done, "steps": self.steps}
        return _("%(percent)s %%, %(done)s/%(steps)s bước") % told

    def where(self, row: Any) -> tuple[str, str, str]:
        """The step that the unit is at, how late it is, and the colour."""
        piece = self._next.get(row.pk)
        if piece is None or self.campaign.state != "running":
            return (piece.step.label if piece else "", "", "")
        left = (piece.due - self.on).days
        return piece.step.label, in_words(left, "fixed"), "bad" if left < 0 else ""

    def whole(self) -> list[Any]:
        """Every row that was asked for, for a file."""
        rows = list(self.every_row(self.columns))
        self.__dict__["units"] = names({row.unit_id for row in rows}, self.on)
        self.__dict__["_next"] = queries.next_steps([row.pk for row in rows])
        return rows
