"""Figures of residence links: guests and introductions on a day, comments and gatherings in a window. None of them is a
member here."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.figures import Figure, Source, Sum, register

from .models import ResidenceComment, ResidenceGathering, ResidenceLink


def _guests() -> "QuerySet[ResidenceLink]":
    return ResidenceLink.objects.filter(unit__isnull=False)


def _introduced() -> "QuerySet[ResidenceLink]":
    return ResidenceLink.objects.filter(workplace__isnull=False)


def _comments() -> "QuerySet[ResidenceComment]":
    return ResidenceComment.objects.all()


def _gatherings() -> "QuerySet[ResidenceGathering]":
    return ResidenceGathering.objects.all()


guests = Source("residence_guests", _guests)
introduced = Source("residence_introduced", _introduced, unit="workplace")
comments = Source("residence_comments", _comments, day="written_on")
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
        "movements.comments", _("Nhận xét nơi cư trú đã viết"),
        _("Nhận xét năm về đảng viên giữ mối liên hệ với chi bộ ở đây, viết trong thời gian này."), _("nhận xét"),
        comments,
    ),
    Figure(
        "movements.comments_good", _("Nhận xét mức thực hiện tốt"),
        _("Trong số nhận xét đã viết, số ở mức thực hiện tốt."), _("nhận xét"), comments, Q(level="good"),
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
