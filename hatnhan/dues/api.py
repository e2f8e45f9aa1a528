"""Dues over the API: receipts of a cell, books of units, and the acts upon them. An income is never handed out."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.api import Id, Query, Text, Value, described, finds, listed, means, offer
from hatnhan.kernel.pages import actor_of, working_unit

from . import permissions
from .arrears import actions as arrears
from .books import actions as books
from .books.queries import visible as visible_book
from .matching import actions as matching
from .matching.queries import visible as visible_line
from .models import Exemption, FundEntry, MonthBook, Payment, StatementLine
from .payers import actions as payers
from .payments import actions as payments
from .payments.queries import visible as visible_payment
from .places import collector_of
from .tables import BookTable, PaymentTable

router = Router(tags=["dues"])

means(permissions.VIEW, _("Xem sổ đảng phí, số tổng"))
means(permissions.RECEIPTS, _("Xem phiếu thu của chi bộ"))
means(permissions.COLLECT, _("Thu đảng phí của chi bộ"), writes=True)
means(permissions.CLOSE, _("Khóa sổ, ghi nộp đảng phí"), writes=True)
means(permissions.SPEND, _("Ghi thu chi đảng phí giữ lại"), writes=True)
means(permissions.ACKNOWLEDGE, _("Xác nhận đã nhận đảng phí cấp dưới nộp lên"), writes=True)
means(permissions.MATCH, _("Đối chiếu sao kê đảng phí"), writes=True)


def _entry(actor: Actor, key: int) -> FundEntry:
    row = FundEntry.objects.select_related("unit").filter(pk=key).first()
    if row is None:
        raise NotFound(permissions.VIEW)
    actor.require(permissions.VIEW, at=row.unit_id)
    return row


def _exemption(actor: Actor, key: int) -> Exemption:
    row = Exemption.objects.unvoided().select_related("person").filter(pk=key).first()
    if row is None:
        raise NotFound(permissions.COLLECT)
    collector_of(actor, row.person, actor.on)
    return row


finds(MonthBook, visible_book)
finds(Payment, visible_payment)
finds(StatementLine, visible_line)
finds(FundEntry, _entry)
finds(Exemption, _exemption)


class Where(Query):
    """Of which unit."""

    unit: Annotated[Id | None, described(_("Đơn vị; bỏ trống là nơi cao nhất của khóa"))] = None


def _books(request: HttpRequest, query: Where) -> BookTable:
    """The books of the unit and those below it, where the key may see them."""
    return BookTable(request, actor_of(request), working_unit(request, permissions.VIEW))


def _payments(request: HttpRequest, query: Where) -> PaymentTable:
    """The receipts of the cell, where the key collects."""
    return PaymentTable(request, actor_of(request), working_unit(request, permissions.RECEIPTS))


def _day(field: str) -> Any:
    def value(row: Any, _table: Any) -> str:
        found: date = getattr(row, field)
        return found.isoformat()

    return value


def _number(field: str) -> Value:
    return Value(int, lambda row, _table: getattr(row, field))


listed(
    router, "/dues/books", BookTable, _books, name="dues.books", title=_("Sổ đảng phí đã khóa"), asks=Where,
    about=_("Sổ đảng phí đã khóa của một đơn vị và các đơn vị trực thuộc: chỉ số tổng, mới nhất trước."),
    keys={"book_id": "pk", "unit_id": "unit_id"},
    values={
        "month": Value(str, _day("month")),
        **{name: _number(name) for name in ("collected", "received", "kept", "remitted", "paid", "obliged")},
    },
)  # fmt: skip
listed(
    router, "/dues/receipts", PaymentTable, _payments, name="dues.receipts", title=_("Phiếu thu đảng phí"), asks=Where,
    about=_("Phiếu thu của một chi bộ, cả phiếu đã hủy, mới nhất trước; chỉ cho người thu của chi bộ ấy."),
    keys={"payment_id": "pk", "person_id": "person_id"},
    values={"for": Value(str, _day("month")), "paid_on": Value(str, _day("paid_on")), "amount": _number("amount")},
)  # fmt: skip

SHORT = Text(60)
offer(
    router, "/units/{unit}/dues/month", payments.save_month, name="dues.save_month", title=_("Ghi thu một tháng"),
    types={"channel": Text(8), "reference": SHORT},
)  # fmt: skip
offer(
    router, "/members/{person}/dues/pay", payments.pay, name="dues.pay", title=_("Ghi thu nhiều tháng"),
    types={"channel": Text(8), "reference": SHORT},
)  # fmt: skip
offer(router, "/dues/receipts/{payment}/reverse", payments.reverse, name="dues.reverse", title=_("Hủy phiếu thu"))
offer(
    router, "/members/{person}/dues/class", payers.set_payer, name="dues.set_payer", title=_("Xếp loại mức đóng"),
    types={"kind": Text(20)},
)  # fmt: skip
offer(
    router, "/members/{person}/dues/exempt", payers.exempt, name="dues.exempt", title=_("Miễn đảng phí"),
    types={"kind": Text(20), "paper": Text(120)},
)  # fmt: skip
offer(
    router, "/dues/exemptions/{exemption}/end", payers.end_exemption, name="dues.end_exemption",
    title=_("Đóng đảng phí trở lại"),
)  # fmt: skip
offer(
    router, "/members/{person}/dues/ask", arrears.ask, name="dues.ask", title=_("Đã hỏi lý do"),
    types={"answer": Text(10)},
)  # fmt: skip
offer(router, "/units/{unit}/dues/close", books.close_month, name="dues.close_month", title=_("Khóa sổ tháng"))
offer(router, "/dues/books/{book}/reopen", books.reopen_month, name="dues.reopen_month", title=_("Mở lại sổ tháng"))
offer(
    router, "/dues/books/{book}/hand-up", books.hand_up, name="dues.hand_up", title=_("Nộp lên cấp trên"),
    types={"channel": Text(8), "voucher": SHORT},
)  # fmt: skip
offer(
    router, "/units/{unit}/dues/acknowledge", books.acknowledge, name="dues.acknowledge",
    title=_("Xác nhận đã nhận tiền"),
)  # fmt: skip
offer(
    router, "/units/{unit}/dues/spend", books.spend, name="dues.spend", title=_("Ghi khoản chi"),
    types={"text": Text(200), "paper": SHORT},
)  # fmt: skip
offer(
    router, "/units/{unit}/dues/opening", books.open_fund, name="dues.open_fund", title=_("Ghi số dư chuyển sang"),
    types={"paper": SHORT},
)  # fmt: skip
offer(router, "/dues/fund/{entry}/reverse", books.reverse_entry, name="dues.reverse_entry", title=_("Hủy một dòng"))
offer(
    router, "/units/{unit}/dues/statement", matching.bring, name="dues.bring_statement", title=_("Đưa sao kê lên"),
    types={"channel": Text(8)},
)  # fmt: skip
offer(
    router, "/dues/lines/{line}/receipt", matching.take_line, name="dues.take_line",
    title=_("Lập phiếu thu từ sao kê"),
)  # fmt: skip
offer(
    router, "/dues/lines/{line}/aside", matching.set_line_aside, name="dues.set_aside",
    title=_("Để riêng dòng sao kê"),
)  # fmt: skip
