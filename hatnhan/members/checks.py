"""What `hatnhan check` asks of members: numbers that the key opens, offices that the rulebook knows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.checks import Finding, check
from hatnhan.kernel.secrets import KeyProblem, digest, tail, unseal
from hatnhan.rulebook.book import shelf

from .models import PersonNumber, Tenure

SAMPLE = 100


@check("key", gettext_lazy("Khóa mã hóa"), at_start=True)
def key() -> Iterator[Finding]:
    """Of the first and the last hundred numbers at least one opens with this installation's key."""
    rows = PersonNumber.objects.order_by("pk")
    sample = [*rows[:SAMPLE], *rows.reverse()[:SAMPLE]]
    problems = [problem for row in sample if (problem := _problem(row))]
    if problems and len(problems) == len(sample):
        yield Finding(problems[0], _("Đặt lại đúng HATNHAN_FIELD_KEY đã cất riêng; dữ liệu vẫn còn nguyên."))


@check("numbers", gettext_lazy("Số thẻ, số định danh"))
def numbers() -> Iterator[Finding]:
    """Every number can be read, is found by its hash and ends as it is shown."""
    if any(True for _finding in key()):
        yield Finding(_("Chưa xem được số nào, vì khóa không đúng."), _("Sửa phần “Khóa mã hóa” trước."))
        return
    for row in PersonNumber.objects.order_by("pk").iterator(chunk_size=2000):
        text = None if _problem(row) else unseal(row.sealed)
        if text is None or (digest(row.kind, text), tail(text)) != (row.digest, row.tail):
            yield Finding(
                _("Số dòng %(row)s bị sửa trong cơ sở dữ liệu.") % {"row": row.pk},
                _("Mở hồ sơ của đồng chí ấy và ghi lại số."),
            )


def _problem(row: PersonNumber) -> str:
    """Why a number cannot be read, in words; empty when it can."""
    try:
        unseal(row.sealed)
    except KeyProblem as problem:
        return str(problem)
    return ""


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
