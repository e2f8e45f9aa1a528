"""The rows behind the figures of dues: closed books; of payers who paid which month, without amounts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.dues import permissions as dues
from hatnhan.dues.models import MonthBook, Payment
from hatnhan.dues.tables import BOOK_COLUMNS, BOOK_SORTS
from hatnhan.kernel.listing import Cell, Column, Key, Sort

from .tables import BY_SOURCE, FigureRows


class BookRows(FigureRows):
    """Closed books."""

    model = MonthBook
    permission = dues.VIEW
    label = gettext_lazy("Những sổ đảng phí được tính")
    fields = ("unit_id", "month")
    columns = BOOK_COLUMNS
    sorts = BOOK_SORTS
    exact: int = 20_000

    def counted(self, count: int) -> str:
        return ngettext("%(n)s sổ", "%(n)s sổ", count) % {"n": self.written(count)}


def _payer(row: Any, _table: Any) -> Cell:
    return Cell(row.person__name, "", reverse("dues.member", args=[row.person_id]), person=True)


class PayerRows(FigureRows):
    """Who paid which month; only where the reader collects."""

    model = Payment
    permission = dues.RECEIPTS
    label = gettext_lazy("Những phiếu thu được tính")
    fields = ("person_id", "unit_id", "month")
    columns = (
        Column("name", gettext_lazy("Họ và tên"), _payer, ("person__name",), fixed=True),
        Column(
            "month", gettext_lazy("Tháng"), lambda row, _t: Cell(f"{row.month.month}/{row.month.year}"), ("month",),
            sort="month",
        ),
    )  # fmt: skip
    sorts = (Sort("month", gettext_lazy("Tháng"), (Key("month"),)),)

    def counted(self, count: int) -> str:
        return ngettext("%(n)s phiếu thu", "%(n)s phiếu thu", count) % {"n": self.written(count)}


BY_SOURCE["dues.books"] = BookRows
BY_SOURCE["dues.payments"] = PayerRows
