"""What `hatnhan check` asks of members: numbers that the key opens, offices that the rulebook knows."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.checks import Finding, check
from hatnhan.kernel.secrets import KeyProblem, digest, tail, unseal
from hatnhan.rulebook.book import shelf

from .models import PersonNumber, Tenure

SAMPLE = 100


@check("numbers", gettext_lazy("Số thẻ, số định danh"), at_start=True)
def numbers() -> Iterator[Finding]:
    """The first and the last hundred numbers can be read with this installation's key and are found by their hash."""
    rows = PersonNumber.objects.order_by("pk")
    for row in {row.pk: row for row in chain(rows[:SAMPLE], rows.reverse()[:SAMPLE])}.values():
        try:
            text = unseal(row.sealed)
        except KeyProblem as problem:
            yield Finding(str(problem), _("Đặt lại đúng HATNHAN_FIELD_KEY đã cất riêng; dữ liệu vẫn còn nguyên."))
            return
        except ValueError:
            text = ""
        if (digest(row.kind, text), tail(text)) != (row.digest, row.tail):
            yield Finding(
                _("Số dòng %(row)s bị sửa trong cơ sở dữ liệu.") % {"row": row.pk},
                _("Mở hồ sơ của đồng chí ấy và ghi lại số."),
            )


@check("office_codes", gettext_lazy("Chức vụ"))
def offices() -> Iterator[Finding]:
    """Codes of offices that no version of the rulebook has."""
    known = {code for day in shelf().days() for code in rulebook.at(day).offices()}
    rows = Tenure.objects.unvoided().exclude(office__in=known).order_by("office")
    for code in rows.values_list("office", flat=True).distinct():
        yield Finding(
            _("Không có chức vụ nào mang mã “%(code)s”.") % {"code": code},
            _("Nếu tệp quy định bị sửa, lấy lại tệp của phiên bản này; nếu không, đính chính ở hồ sơ."),
        )
