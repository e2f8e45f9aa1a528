"""Figures of residence links: guests and introductions on a day, gatherings in a window. None is a member here."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Figure, Source, Sum, register

from .models import ResidenceGathering, ResidenceLink


def _guests() -> "QuerySet[ResidenceLink]":
    return ResidenceLink.objects.filter(unit__isnull=False)


def _introduced() -> "QuerySet[ResidenceLink]":
    return ResidenceLink.objects.filter(workplace__isnull=False)


def _gatherings() -> "QuerySet[ResidenceGathering]":
    return ResidenceGathering.objects.all()


guests = Source("residence_guests", _guests)
introduced = Source("residence_introduced", _introduced, unit="workplace")
gatherings = Source("residence_gatherings", _gatherings, day="valid_from")

register(
    Figure(
        "movements.guests", _("Đảng viên đang công tác cư trú ở đây (213)"),
        _("Đảng viên của nơi khác giữ mối liên hệ với chi bộ ở đây trong ngày này; không tính vào đảng số."),
        _("người"), guests,
    ),
    Figure(
        "movements.introduced", _("Đảng viên đã giới thiệu về nơi cư trú (213)"),
        _("Đảng viên của đây đã được giới thiệu giữ mối liên hệ với nơi cư trú trong ngày này."), _("người"),
        introduced,
    ),
    Figure(
        "movements.gatherings", _("Buổi gặp mặt đảng viên giữ mối liên hệ"),
        _("Buổi chi bộ gặp mặt đảng viên đang công tác cư trú ở đây, trong thời gian này."), _("buổi"), gatherings,
    ),
    Figure(
        "movements.gathering_came", _("Lượt dự gặp mặt"),
        _("Lượt đảng viên giữ mối liên hệ đến dự các buổi gặp mặt trong thời gian này."), _("lượt"), gatherings,
        measure=Sum("came"),
    ),
)  # fmt: skip
