"""The figures of dues, by the month of the book. Sums of đồng add up over units; what is handed up counts for a unit
only when it leaves it, so that collected = kept + handed up + on its way. None shows one member's payment."""

from typing import Any

from django.db.models import DateTimeField, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Distinct, Figure, Ratio, Source, Sum, register

from .models import LIVE, MonthBook, Payment


def _books() -> "QuerySet[MonthBook]":
    return MonthBook.objects.all()


def _payments() -> QuerySet[Any]:
    """Receipts that hold; nothing of the table is ever voided."""
    return Payment.objects.filter(LIVE).annotate(voided_at=Value(None, DateTimeField()))


books = Source("dues.books", _books, day="month", other="upper")
payments = Source("dues.payments", _payments, day="month")

register(
    Figure(
        "dues.collected", _("Đảng phí đã thu (đồng)"),
        _("Tiền đảng phí đã thu theo sổ đã khóa của các tháng trong thời gian này."), _("đồng"), books,
        measure=Sum("collected"),
    ),
    Figure(
        "dues.kept", _("Đảng phí giữ lại (đồng)"),
        _("Phần đảng phí các cấp được trích giữ lại theo sổ đã khóa."), _("đồng"), books, measure=Sum("kept"),
    ),
    Figure(
        "dues.remitted", _("Đảng phí nộp lên cấp trên (đồng)"),
        _("Phần đảng phí ra khỏi đơn vị, nộp lên cấp trên; nộp trong nội bộ đơn vị không tính."), _("đồng"), books,
        measure=Sum("remitted"), border=True,
    ),
    Figure(
        "dues.books_closed", _("Sổ tháng đã khóa"), _("Sổ đảng phí của các tháng trong thời gian này đã khóa."),
        _("sổ"), books,
    ),
    Figure(
        "dues.payers", _("Đảng viên đã đóng đảng phí"),
        _("Đảng viên có phiếu thu của ít nhất một tháng trong thời gian này, mỗi người tính một lần."),
        _("đảng viên"), payments, measure=Distinct("person"),
    ),
    Figure(
        "dues.obliged", _("Lượt phải đóng đảng phí"),
        _("Lượt đảng viên phải đóng của từng tháng, theo sổ đã khóa."), _("lượt"), books, measure=Sum("obliged"),
    ),
    Figure(
        "dues.paid", _("Lượt đã đóng đảng phí"),
        _("Trong số lượt phải đóng, số đã đóng khi khóa sổ."), _("lượt"), books, measure=Sum("paid"),
    ),
    Ratio(
        "dues.paid_share", _("Tỷ lệ đóng đảng phí"), _("Số lượt đã đóng chia cho số lượt phải đóng."), "dues.paid",
        "dues.obliged",
    ),
    Figure(
        "dues.exempt_age", _("Lượt miễn đảng phí do đủ tuổi đảng"),
        _("Lượt đảng viên được miễn của từng tháng do đủ tuổi đảng, theo sổ đã khóa."), _("lượt"), books,
        measure=Sum("exempt_party_age"),
    ),
    Figure(
        "dues.exempt_household", _("Lượt miễn đảng phí do hộ nghèo, cận nghèo"),
        _("Lượt đảng viên được miễn của từng tháng do thuộc hộ nghèo, cận nghèo, theo sổ đã khóa."), _("lượt"), books,
        measure=Sum("exempt_household"),
    ),
    Figure(
        "dues.exempt_social_pension", _("Lượt miễn đảng phí do trợ cấp hưu trí xã hội"),
        _("Lượt đảng viên được miễn của từng tháng do hưởng trợ cấp hưu trí xã hội, theo sổ đã khóa."), _("lượt"),
        books, measure=Sum("exempt_social_pension"),
    ),
    Figure(
        "dues.exempt_other", _("Lượt miễn đảng phí trường hợp khác"),
        _("Lượt đảng viên được miễn của từng tháng trong trường hợp khác theo quy định, theo sổ đã khóa."), _("lượt"),
        books, measure=Sum("exempt_other"),
    ),
)  # fmt: skip
