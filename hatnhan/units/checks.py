"""What `hatnhan check` asks of organisations: kinds and regimes that the rulebook knows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.checks import Finding, check
from hatnhan.kernel.models import Placement
from hatnhan.rulebook.book import shelf

from .models import RegimeSwitch


@check("unit_codes", gettext_lazy("Loại hình và mô hình tổ chức"))
def codes() -> Iterator[Finding]:
    """Codes in unvoided rows that no version of the rulebook has."""
    books = [rulebook.at(day) for day in shelf().days()]
    kinds = {code for book in books for code in book.kinds()}
    regimes = {code for book in books for code in book.regimes()}
    mend = _("Nếu tệp quy định bị sửa, lấy lại tệp của phiên bản này; nếu không, đổi loại hình ở trang tổ chức.")
    for kind in _distinct(Placement, "kind", kinds):
        yield Finding(_("Không có loại hình tổ chức nào mang mã “%(code)s”.") % {"code": kind}, mend)
    for regime in _distinct(RegimeSwitch, "regime", regimes):
        yield Finding(_("Không có mô hình tổ chức nào mang mã “%(code)s”.") % {"code": regime}, mend)


def _distinct(model: type[Placement | RegimeSwitch], field: str, known: set[str]) -> list[str]:
    rows = model.objects.unvoided().exclude(**{f"{field}__in": known}).order_by(field)
    return list(rows.values_list(field, flat=True).distinct())
