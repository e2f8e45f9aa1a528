"""Figures of quality: final grades of meetings, on the day the meeting was held."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Figure, Ratio, Source, register

from .models import ScoreResult


def _graded() -> QuerySet[ScoreResult]:
    return ScoreResult.objects.all()


grades = Source("meetings.grades", _graded, day="held_on")

register(
    Figure(
        "meetings.graded", _("Buổi sinh hoạt đã chốt điểm"),
        _("Buổi sinh hoạt đã chấm điểm, biểu quyết và được xác nhận."), _("buổi"), grades,
    ),
    Figure(
        "meetings.graded_good", _("Buổi sinh hoạt xếp tốt"), _("Trong số buổi đã chốt điểm, số buổi xếp tốt."),
        _("buổi"), grades, Q(grade="good"),
    ),
    Figure(
        "meetings.graded_fair", _("Buổi sinh hoạt xếp khá"), _("Trong số buổi đã chốt điểm, số buổi xếp khá."),
        _("buổi"), grades, Q(grade="fair"),
    ),
    Figure(
        "meetings.graded_average", _("Buổi sinh hoạt xếp trung bình"),
        _("Trong số buổi đã chốt điểm, số buổi xếp trung bình."), _("buổi"), grades, Q(grade="average"),
    ),
    Figure(
        "meetings.graded_weak", _("Buổi sinh hoạt xếp kém"), _("Trong số buổi đã chốt điểm, số buổi xếp kém."),
        _("buổi"), grades, Q(grade="weak"),
    ),
    Ratio(
        "meetings.good_share", _("Tỷ lệ buổi sinh hoạt xếp tốt"),
        _("Số buổi xếp tốt chia cho số buổi đã chốt điểm."), "meetings.graded_good", "meetings.graded",
    ),
)  # fmt: skip
