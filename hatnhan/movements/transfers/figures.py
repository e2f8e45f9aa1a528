"""Figures of transfers: who is on the way, out and in, how many of them late, and letters issued. How many came and
went is counted where homes are (`members.in`, `members.out`)."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Figure, Source, register

from .models import Transit


def _leaving() -> "QuerySet[Transit]":
    return Transit.objects.filter(unit__isnull=False)


def _coming() -> "QuerySet[Transit]":
    return Transit.objects.filter(destination__isnull=False)


leaving = Source("transits_out", _leaving)
coming = Source("transits_in", _coming, unit="destination")


def _late(day: date, _known_at: datetime | None) -> Q:
    return Q(due__lt=day)


_CASES = _("việc chuyển")

register(
    Figure(
        "movements.leaving", _("Đã cấp giấy đi, nơi đến chưa nhận"),
        _("Việc chuyển sinh hoạt chính thức đi từ đây đã có giấy giới thiệu mà nơi đến chưa tiếp nhận."), _CASES,
        leaving,
    ),
    Figure(
        "movements.leaving_late", _("Đi quá hạn nộp giấy"),
        _("Trong số đã cấp giấy đi, số đã quá hạn nộp giấy giới thiệu ở nơi đến."), _CASES, leaving, _late,
    ),
    Figure(
        "movements.coming", _("Đang chuyển đến, chưa tiếp nhận"),
        _("Việc chuyển sinh hoạt chính thức đến đây đã có giấy giới thiệu mà chưa tiếp nhận vào chi bộ."), _CASES,
        coming,
    ),
    Figure(
        "movements.coming_late", _("Đến quá hạn nộp giấy"),
        _("Trong số đang chuyển đến, số đã quá hạn nộp giấy giới thiệu."), _CASES, coming, _late,
    ),
)  # fmt: skip
