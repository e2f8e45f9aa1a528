"""The board of transfers: every case in scope, by stage, with its age and what it waits for."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.duties.kinds import label_of
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.vietnamese import plain
from hatnhan.movements.permissions import VIEW
from hatnhan.units.queries import names

from . import queries
from .choices import CUSTODY, WHY
from .flows import COLOURS, TRANSFER
from .models import OPEN, TransferCase

Rows = QuerySet[Any]
STATES = {code: label for code, label in TRANSFER.states.items() if code != "new"}
SIDES = {"out": gettext_lazy("Chuyển đi"), "in": gettext_lazy("Chuyển đến")}


def _name(row: Any, table: "TransferTable") -> Cell:
    below = " · ".join(filter(None, (table.where(row), str(TRANSFER.states[row.state]), table.age(row))))
    return Cell(row.name, str(WHY[row.why]), reverse("movements.transfer", args=[row.pk]), person=True, phone=below)


def _state(row: Any, _table: Any) -> Cell:
    return Cell(str(TRANSFER.states[row.state]), kind=COLOURS.get(row.state, ""))


def _waits(row: Any, table: "TransferTable") -> Cell:
    due = next(iter(table.dues.get(row.pk, ())), None)
    if due is None:
        return Cell(day(row.settled_on) if row.settled_on else "")
    said = _("quá hạn từ %(day)s") if due.late else _("hạn %(day)s")
    return Cell(said % {"day": day(due.day)}, label_of(due.kind), kind="bad" if due.late else "")


def _side(rows: Rows, chosen: list[str], table: "TransferTable") -> Rows:
    units = table.actor.scope(VIEW).units()
    meant = Q(pk__in=[])
    if "out" in chosen:
        meant |= Q(origin__in=units)
    if "in" in chosen:
        meant |= Q(destination__in=units, letter_on__isnull=False)
    return rows.filter(meant)


class TransferTable(Listing):
    """Transfers among `rows`, which are in scope already: the oldest of those that are not settled first."""

    model = TransferCase
    label = gettext_lazy("Chuyển sinh hoạt đảng")
    placeholder = gettext_lazy("Tìm theo tên (không cần dấu)")
    fields = (
        "name", "why", "state", "origin_id", "origin_text", "destination_id", "destination_text", "opened_on",
        "letter_on", "settled_on", "custody", "letter_number",
    )  # fmt: skip
    columns = (
        Column("name", gettext_lazy("Đảng viên"), _name, sort="name", fixed=True),
        Column("way", gettext_lazy("Từ đâu đến đâu"), lambda row, table: Cell(table.where(row))),
        Column("state", gettext_lazy("Đang ở bước"), _state),
        Column("age", gettext_lazy("Đã bao lâu"), lambda row, table: Cell(table.age(row)), sort="opened"),
        Column("due", gettext_lazy("Việc đang chờ"), _waits),
        Column("letter", gettext_lazy("Giấy giới thiệu"),
               lambda row, _table: Cell(row.letter_number, day(row.letter_on) if row.letter_on else ""), shown=False),
        Column("custody", gettext_lazy("Hồ sơ"), lambda row, _table: Cell(str(CUSTODY[row.custody])), shown=False),
    )  # fmt: skip
    filters = (
        Filter(
            "state", gettext_lazy("Bước"), tuple(STATES.items()),
            lambda rows, chosen, _table: rows.filter(state__in=chosen),
        ),
        Filter("side", gettext_lazy("Chiều chuyển"), tuple(SIDES.items()), _side, quick=("out", "in")),
        Filter(
            "late", gettext_lazy("Thời hạn"), (("late", gettext_lazy("Quá hạn")),),
            lambda rows, _chosen, table: rows.filter(pk__in=queries.overdue(table.on)), quick=("late",),
        ),
        Filter(
            "why", gettext_lazy("Lý do"), tuple(WHY.items()), lambda rows, chosen, _table: rows.filter(why__in=chosen)
        ),
    )  # fmt: skip
    sorts = (
        Sort("opened", gettext_lazy("Lâu nhất"), (Key("opened_on"),), falls=True),
        Sort("name", gettext_lazy("Tên"), (Key("name_key"),)),
    )

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[TransferCase]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows

    def base(self) -> Rows:
        """In scope already; those that are settled only when they are asked for."""
        return self._given if "state" in self.chosen or self.text else self._given.filter(state__in=OPEN)

    def search(self, rows: Rows, text: str) -> Rows:
        """By the words of the name, marks or none."""
        return rows.filter(*(Q(name_key__contains=word) for word in plain(text).split()))

    def counted(self, count: int) -> str:
        return ngettext("%(n)s việc", "%(n)s việc", count) % {"n": self.written(count)}

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of both sides of the page's cases."""
        pairs = ((row.origin_id, row.destination_id) for row in self.rows)
        return names({pk for pair in pairs for pk in pair if pk}, self.on)

    @cached_property
    def dues(self) -> dict[int, list[queries.Due]]:
        """What the page's cases wait for."""
        return queries.dues([row.pk for row in self.rows], self.on)

    def where(self, row: Any) -> str:
        """From where to where."""
        return _("%(old)s → %(new)s") % {
            "old": self.units.get(row.origin_id or 0, "") or row.origin_text,
            "new": self.units.get(row.destination_id or 0, "") or row.destination_text,
        }

    def age(self, row: Any) -> str:
        """Days since it was opened, until it was settled."""
        n = ((row.settled_on or self.on) - row.opened_on).days
        return ngettext("%(n)s ngày", "%(n)s ngày", n) % {"n": n}
