"""Small closed lists of duties and of the calendar."""

from django.utils.translation import gettext_lazy as _

# The role that answers for a unit to which something was escalated.
ABOVE = ("office", "provincial")

SHOWN = {
    "overdue": _("Quá hạn"),
    "soon": _("Đến hạn trong 3 ngày"),
    "escalated": _("Đã báo cấp trên"),
    "done": _("Đã xong"),
    "withdrawn": _("Đã rút"),
}

DAY_KINDS = {
    "off": _("Ngày nghỉ"),
    "work": _("Ngày làm việc, làm bù"),
    "whole": _("Lịch nghỉ của cả năm đã đủ"),
}

COUNTED = {"working": _("ngày làm việc"), "calendar": _("ngày"), "fixed": _("ngày ấn định")}
