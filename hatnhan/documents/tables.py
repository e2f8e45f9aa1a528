"""The register of a unit as a list: the latest first, with search without marks."""

from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day, num
from hatnhan.kernel.vietnamese import plain
from hatnhan.units.models import UnitName

from . import queries
from .choices import DIRECTIONS, SECRECY
from .flows import COLOURS, PAPER
from .models import Paper

Rows = QuerySet[Any]
YEARS = 8


def title(row: Any) -> str:
    """What a paper is about; of a secret one only its mark."""
    return str(SECRECY[row.secrecy]) if row.secrecy else str(row.about)


def _paper(row: Any, table: "PaperTable") -> Cell:
    below = " · ".join(filter(None, [day(row.day), table.kinds.get(row.kind, ""), row.party]))
    return Cell(row.symbol, title(row), reverse("documents.paper", args=[row.pk]), phone=below)


def _number(row: Any, _table: Any) -> Cell:
    arrival = row.direction == "in"
    return Cell(num(row.number) if arrival else "", day(row.received_on) if arrival else "")


def _state(row: Any, _table: Any) -> Cell:
    return Cell(str(PAPER.states[row.state]), kind=COLOURS.get(row.state, ""))


def _of_words(rows: Rows, text: str) -> Rows:
    found = Q()
    for word in plain(text).split():
        found &= Q(key__contains=word)
    return rows.filter(found)


def _years(table: "PaperTable") -> list[tuple[str, Any]]:
    return [(str(year), str(year)) for year in range(table.on.year, table.on.year - YEARS, -1)]


def _unit_name(at: Any) -> dict[str, Any]:
    rows = UnitName.objects.on(at.on).filter(unit=OuterRef("unit_id")).values("name")[:1]
    return {"unit_name": Subquery(rows)}


class PaperTable(Listing):
    """Papers of a unit's register; with the filter `where` those of all below it as well."""

    model = Paper
    label = gettext_lazy("Sổ văn bản")
    placeholder = gettext_lazy("Tìm số, trích yếu, nội dung (không cần dấu)")
    fields = (
        "unit_id", "direction", "kind", "number", "symbol", "day", "received_on", "about", "party", "secrecy", "state",
    )  # fmt: skip
    columns = (
        Column("paper", gettext_lazy("Số, ký hiệu và trích yếu"), _paper, fixed=True),
        Column("day", gettext_lazy("Ngày văn bản"), lambda row, _t: Cell(day(row.day)), sort="day"),
        Column("kind", gettext_lazy("Thể loại"), lambda row, table: Cell(table.kinds.get(row.kind, row.kind))),
        Column("party", gettext_lazy("Nơi gửi, người ký"), lambda row, _t: Cell(row.party)),
        Column("arrival", gettext_lazy("Số đến, ngày đến"), _number),
        Column("unit", gettext_lazy("Tổ chức"), lambda row, _t: Cell(row.unit_name or ""), shown=False,
               needs=_unit_name),
        Column("state", gettext_lazy("Tình trạng"), _state),
    )  # fmt: skip
    filters = (
        Filter(
            "direction", gettext_lazy("Đi, đến"), tuple(DIRECTIONS.items()),
            lambda rows, chosen, _t: rows.filter(direction__in=chosen), quick=("out", "in"),
        ),
        Filter(
            "kind", gettext_lazy("Thể loại"), lambda table: list(table.kinds.items()),
            lambda rows, chosen, _t: rows.filter(kind__in=chosen),
        ),
        Filter("year", gettext_lazy("Năm"), _years,
               lambda rows, chosen, _t: rows.filter(day__year__in=[int(year) for year in chosen])),
        Filter(
            "state", gettext_lazy("Tình trạng"), tuple(PAPER.states.items()),
            lambda rows, chosen, _t: rows.filter(state__in=chosen), quick=("adopted",),
        ),
        Filter("where", gettext_lazy("Phạm vi"), (("below", gettext_lazy("Cả các tổ chức trực thuộc")),),
               lambda rows, _chosen, _t: rows),
    )  # fmt: skip
    sorts = (Sort("day", gettext_lazy("Ngày văn bản"), (Key("day"),)),)
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, unit: Unit) -> None:
        super().__init__(request)
        self.actor, self.on, self.unit = actor, actor.on, unit

    @property
    def descending(self) -> bool:
        """The latest first, unless asked otherwise."""
        return self.asked.one("sort") != "day"

    @property
    def below(self) -> bool:
        """Whether the papers of all units below are asked for as well."""
        return "below" in self.asked.many("where")

    def usual(self) -> list[Column]:
        """Over several units each row says whose it is."""
        return [column for column in self.columns if column.shown or column.fixed or self.below]

    def values(self) -> dict[str, Any]:
        return {"on": self.on}

    def base(self) -> Rows:
        return self._given

    @cached_property
    def _given(self) -> Rows:
        return queries.register_of(self.actor, self.unit, below=self.below)

    def search(self, rows: Rows, text: str) -> Rows:
        """By number, abstract, sender and text, without marks; the text of minutes is not looked at."""
        return _of_words(rows, text)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The types by their labels."""
        types = rulebook.at(self.on).paper_types().values()
        return {one.code: str(one.label)[:1].upper() + str(one.label)[1:] for one in types}

    def counted(self, count: int) -> str:
        return ngettext("%(n)s văn bản", "%(n)s văn bản", count) % {"n": self.written(count)}


def heads() -> list[str]:
    """The heads of the register as a file."""
    return [
        _("Đi, đến"), _("Số đến"), _("Số và ký hiệu"), _("Ngày văn bản"), _("Ngày đến"), _("Thể loại"), _("Trích yếu"),
        _("Nơi gửi, người ký"), _("Độ mật"), _("Tình trạng"), _("Ghi chú"),
    ]  # fmt: skip


FILE = (Column("file", "", lambda row, _t: Cell(), fields=("note",)),)


def lines(table: PaperTable, limit: int) -> list[list[Any]]:
    """The rows of the file, in the order of the list."""
    found: list[list[Any]] = []
    for row in table.every_row(FILE):
        if len(found) == limit:
            break
        arrival = row.direction == "in"
        found.append([
            str(DIRECTIONS[row.direction]), row.number if arrival else "", row.symbol, day(row.day),
            day(row.received_on), table.kinds.get(row.kind, row.kind), row.about, row.party,
            str(SECRECY[row.secrecy]) if row.secrecy else "", str(PAPER.states[row.state]), row.note,
        ])  # fmt: skip
    return found
