"""Small closed lists of the superior's view."""

from django.utils.translation import gettext_lazy as _

# How far a cell is with the regular meeting of a month.
STAGE_WORDS = {
    "none": _("Chưa lên lịch"),
    "planned": _("Đã lên lịch"),
    "invited": _("Đã mời"),
    "open": _("Đang họp"),
    "held": _("Đã họp"),
    "adopted": _("Đã thông qua biên bản"),
    "scored": _("Đã chốt điểm"),
}
CONFERENCE_KINDS = {
    "giao_ban": _("Giao ban"),
    "review": _("Sơ kết, tổng kết"),
    "study": _("Học tập, quán triệt"),
    "other": _("Hội nghị khác"),
}
