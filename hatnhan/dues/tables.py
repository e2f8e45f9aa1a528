"""Lists of dues: the closed books of a unit and those below it, and the receipts of a cell."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day, num
from hatnhan.members.queries import names_on

from .choices import CHANNELS
from .models import MonthBook, Payment
from .permissions import RECEIPTS, VIEW
from .rules import month_name

YEARS = 6


def _unit_needs(at: Any) -> dict[str, Any]:
    return {"unit_name": Subquery(names_on("unit_id", at.on))}


def _sum(field: str) -> Any:
    return lambda row, _table: Cell(num(getattr(row, field)))


def _years(table: Any) -> list[tuple[str, Any]]:
    return [(str(year), str(year)) for year in range(table.on.year, table.on.year - YEARS, -1)]


def _book(row: Any, _table: Any) -> Cell:
    return Cell(month_name(row.month), row.unit_name or "", reverse("dues.book", args=[row.pk]))


BOOK_COLUMNS = (
    Column("month", gettext_lazy("Tháng"), _book, ("month",), sort="month", fixed=True, needs=_unit_needs),
    Column("collected", gettext_lazy("Thu (đồng)"), _sum("collected"), ("collected",), numeric=True),
    Column("received", gettext_lazy("Cấp dưới nộp lên"), _sum("received"), ("received",), numeric=True),
    Column("kept", gettext_lazy("Giữ lại"), _sum("kept"), ("kept",), numeric=True),
    Column("remitted", gettext_lazy("Nộp lên"), _sum("remitted"), ("remitted",), numeric=True),
    Column("paid", gettext_lazy("Đã đóng"), _sum("paid"), ("paid",), numeric=True),
    Column("obliged", gettext_lazy("Phải đóng"), _sum("obliged"), ("obliged",), numeric=True),
)
BOOK_SORTS = (Sort("month", gettext_lazy("Tháng"), (Key("month"),)),)


class BookTable(Listing):
    """The closed books of a unit and of what hangs under it, the latest first; sums only."""

    model = MonthBook
    label = gettext_lazy("Sổ đảng phí đã khóa")
    searchable = False
    fields: ClassVar[tuple[str, ...]] = ("unit_id", "month")
    columns: Sequence[Column] = BOOK_COLUMNS
    filters = (
        Filter(
            "year", gettext_lazy("Năm"), _years,
            lambda rows, chosen, _table: rows.filter(month__year__in=[int(year) for year in chosen]),
        ),
    )  # fmt: skip
    sorts = BOOK_SORTS
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, unit: Unit) -> None:
        super().__init__(request)
        self.actor, self.on, self.unit = actor, actor.on, unit

    @property
    def descending(self) -> bool:
        """The latest first, unless asked otherwise."""
        return self.asked.one("sort") != "month"

    def values(self) -> dict[str, Any]:
        return {"on": self.on}

    def base(self) -> "QuerySet[Any]":
        return self._given

    @cached_property
    def _given(self) -> "QuerySet[Any]":
        below = Placement.objects.under(self.unit, self.on).values("unit")
        return self.actor.scope(VIEW).filter(MonthBook.objects.filter(voided_at=None, unit__in=below))

    def counted(self, count: int) -> str:
        return ngettext("%(n)s sổ", "%(n)s sổ", count) % {"n": self.written(count)}


def _receipt(row: Any, _table: Any) -> Cell:
    number = f"{row.receipt}/{row.receipt_year}" if row.receipt else "–"
    return Cell(row.person__name, number, reverse("dues.receipt", args=[row.pk]), person=True)


class PaymentTable(BookTable):
    """The receipts of a cell, reversals among them, the latest first; for those who collect there."""

    model = Payment  # type: ignore[assignment]
    label = gettext_lazy("Phiếu thu đảng phí")
    fields = ("unit_id", "person_id", "receipt", "receipt_year", "month", "paid_on", "amount", "channel")
    columns = (
        Column("payer", gettext_lazy("Người đóng"), _receipt, ("person__name",), fixed=True),
        Column("for", gettext_lazy("Tháng"), lambda row, _t: Cell(month_name(row.month)), ("month",), sort="month"),
        Column("amount", gettext_lazy("Số tiền (đồng)"), _sum("amount"), ("amount",), numeric=True),
        Column("paid_on", gettext_lazy("Ngày thu"), lambda row, _t: Cell(day(row.paid_on)), ("paid_on",)),
        Column(
            "channel", gettext_lazy("Cách đóng"), lambda row, _t: Cell(str(CHANNELS[row.channel])), ("channel",)
        ),
        Column("reference", gettext_lazy("Mã giao dịch"), lambda row, _t: Cell(row.reference), ("reference",)),
    )  # fmt: skip

    @cached_property
    def _given(self) -> "QuerySet[Any]":
        return self.actor.scope(RECEIPTS).filter(Payment.objects.filter(unit=self.unit))

    def counted(self, count: int) -> str:
        return ngettext("%(n)s phiếu thu", "%(n)s phiếu thu", count) % {"n": self.written(count)}
