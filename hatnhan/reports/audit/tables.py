"""The log as a list: the newest first, by day range, organisation, kind of act, actor and person."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext, pgettext, pgettext_lazy

from hatnhan.kernel.action import ACTIONS
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name
from hatnhan.kernel.days import ONE
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Entry, Unit
from hatnhan.kernel.registries import LOOKS
from hatnhan.kernel.ui.text import day, moment, num
from hatnhan.members.models import Person
from hatnhan.members.queries import names_on
from hatnhan.reports.asked import day_from

from . import queries

SHORT = 220


class AuditTable(Listing):
    """Acts in the reader's part of the log. A reference stands for an act that is written elsewhere."""

    model = Entry
    label = gettext_lazy("Nhật ký")
    placeholder = gettext_lazy("Tìm theo người làm (không cần dấu)")
    fields = (
        "at", "code", "actor", "reason", "request_id", "refers_to", "chain", "number", "payload__sentence",
        "payload__values",
    )  # fmt: skip
    filters = (
        Filter(
            "kind", pgettext_lazy("log", "Loại việc"), lambda _table: kinds(),
            lambda rows, chosen, _table: of_kinds(rows, chosen),
        ),
        Filter(
            "person", gettext_lazy("Đồng chí"), lambda table: table.persons,
            lambda rows, _chosen, table: queries.about(rows, table.person) if table.person else rows,
        ),
    )  # fmt: skip
    sorts = (Sort("at", gettext_lazy("Thời điểm"), (Key("at"),)),)

    def __init__(self, request: HttpRequest, actor: Actor, unit: Unit | None) -> None:
        """Raises `BadQuestion` for days that cannot be, `NotFound` for a person whom the reader may not see."""
        super().__init__(request)
        self.actor, self.unit = actor, unit
        self.entries = reverse("audit.list")
        self.until: datetime | None = None
        self.first, self.last = self._day("from"), self._day("to")
        asked = self.asked.one("person")
        self.person: Person | None = (
            queries.visible_person(actor, int(asked)) if asked.isdecimal() and len(asked) < 19 else None
        )

    def _day(self, name: str) -> date | None:
        text = self.asked.one(name).strip()
        return day_from(text) if text else None

    @property
    def descending(self) -> bool:
        """The newest first, unless the oldest are asked for."""
        return self.asked.one("sort") != self.sort.code

    def base(self) -> QuerySet[Any]:
        rows = queries.in_scope(self.actor)
        if self.unit is not None:
            rows = queries.under(rows, self.actor, self.unit)
        if self.first is not None:
            rows = rows.filter(at__gte=midnight(self.first))
        if self.last is not None:
            rows = rows.filter(at__lt=midnight(self.last + ONE))
        return rows if self.until is None else rows.filter(at__lt=self.until)

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.by_whom(rows, text)

    def values(self) -> dict[str, Any]:
        return {"on": self.actor.on}

    def counted(self, count: int) -> str:
        return npgettext("log", "%(n)s việc", "%(n)s việc", count) % {"n": self.written(count)}

    @cached_property
    def persons(self) -> list[tuple[str, str]]:
        """The person of the address as the only choice."""
        return [(str(self.person.pk), self.person.name)] if self.person else []

    @cached_property
    def mains(self) -> dict[int, tuple[str, str]]:
        """What the references of the page refer to, as far as the reader may see it."""
        return queries.mains(self.actor, [row.refers_to for row in self.rows])

    @property
    def days(self) -> str:
        """The range of days in words."""
        if self.first and self.last:
            return _("Từ %(first)s đến %(last)s") % {"first": day(self.first), "last": day(self.last)}
        if self.first:
            return _("Từ %(first)s") % {"first": day(self.first)}
        return _("Đến %(last)s") % {"last": day(self.last)} if self.last else _("Mọi ngày")


def midnight(on: date) -> datetime:
    """When a day begins in Vietnam."""
    return timezone.make_aware(datetime.combine(on, time()))


def kinds() -> list[tuple[str, str]]:
    """Looks and exports, then the modules whose acts are logged, under their names."""
    modules = sorted({code.partition(".")[0] for code in ACTIONS} & set(apps.app_configs))
    named = [(module, str(apps.get_app_config(module).verbose_name)) for module in modules if module != "config"]
    return [("looks", _("Xem số, tra số, lấy danh sách ra")), *named, ("config", _("Máy chủ"))]


def of_kinds(rows: QuerySet[Any], chosen: list[str]) -> QuerySet[Any]:
    """Acts of some modules, or looks."""
    meant = Q(pk__in=[])
    for kind in chosen:
        meant |= Q(code__in=LOOKS) if kind == "looks" else Q(code__startswith=f"{kind}.")
    return rows.filter(meant)


# --- cells --------------------------------------------------------------------------------------------------------


def words(row: Any) -> str:
    """The act in one sentence; of a reference, that it is written elsewhere."""
    if row.refers_to is not None:
        return _("Việc liên quan đến tổ chức này, ghi ở nhật ký của tổ chức khác.")
    return queries.said(row.payload__sentence or "", row.payload__values or {})


def _what(row: Any, table: AuditTable) -> Cell:
    said, small = words(row), []
    if row.refers_to in table.mains:
        said, where = table.mains[row.refers_to]
        small.append(_("Ghi ở nhật ký của %(unit)s") % {"unit": where} if where else _("Ghi ở nơi khác"))
    if row.reason:
        small.append(_("Lý do: %(reason)s") % {"reason": row.reason})
    if row.more:
        small.append(ngettext("và %(n)s việc kèm theo", "và %(n)s việc kèm theo", row.more) % {"n": num(row.more)})
    return Cell(
        said if len(said) <= SHORT else said[: SHORT - 1] + "…", " · ".join(small), f"{table.entries}{row.pk}/",
        phone=" · ".join(filter(None, [moment(row.at), actor_name(row.actor), row.unit_name or ""])),
    )  # fmt: skip


def _more(_at: Any) -> dict[str, Any]:
    function = "JSONB_ARRAY_LENGTH" if connection.vendor == "postgresql" else "JSON_ARRAY_LENGTH"
    return {"more": Func(F("payload__lines"), function=function, output_field=IntegerField())}


def _unit(at: Any) -> dict[str, Any]:
    return {"unit_name": Subquery(names_on("unit_id", at.on))}


AuditTable.columns = (
    Column("what", pgettext_lazy("log", "Việc"), _what, fixed=True, needs=lambda at: _more(at) | _unit(at)),
    Column("at", gettext_lazy("Thời điểm"), lambda row, _t: Cell(moment(row.at)), sort="at"),
    Column("who", gettext_lazy("Người làm"), lambda row, _t: Cell(actor_name(row.actor))),
    Column("unit", gettext_lazy("Tổ chức"), lambda row, _t: Cell(row.unit_name or "–")),
)

# --- the file -----------------------------------------------------------------------------------------------------

FILE = (
    Column("what", pgettext_lazy("log", "Việc"), _what, needs=_unit),
    Column("lines", gettext_lazy("Việc kèm theo"), _what, fields=("payload__lines",)),
)
IN_FILE = 50


def heads() -> list[str]:
    """The heads of the file."""
    return [
        _("Thời điểm"), _("Người làm"), _("Tổ chức"), pgettext("log", "Việc"), _("Việc kèm theo"), _("Lý do"),
        _("Mã yêu cầu"), _("Mã việc"), _("Chuỗi"), pgettext("log", "Mục"),
    ]  # fmt: skip


def lines(table: AuditTable, limit: int) -> Iterator[list[Any]]:
    """The rows of the file, in the order of the list; of an act with very many lines the first."""
    for count, row in enumerate(table.every_row(FILE)):
        if count == limit:
            return
        inner = row.payload__lines or []
        text = "; ".join(queries.said(*pair) for pair in inner[:IN_FILE]) + ("; …" if len(inner) > IN_FILE else "")
        yield [
            moment(row.at), actor_name(row.actor), row.unit_name or "", words(row), text, row.reason, row.request_id,
            row.code, row.chain, row.number,
        ]  # fmt: skip
