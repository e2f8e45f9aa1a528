"""How a duty is spoken of: how long there is still, the day it stands under."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.ui.text import day as written

WEEKDAYS = (
    gettext_lazy("thứ hai"), gettext_lazy("thứ ba"), gettext_lazy("thứ tư"), gettext_lazy("thứ năm"),
    gettext_lazy("thứ sáu"), gettext_lazy("thứ bảy"), gettext_lazy("chủ nhật"),
)  # fmt: skip


def in_words(left: int, counted: str) -> str:
    """How long there is still, or how late it is."""
    if left == 0:
        return _("hạn hôm nay")
    told = {"n": abs(left)}
    if counted == "working":
        return _("quá hạn %(n)s ngày làm việc") % told if left < 0 else _("còn %(n)s ngày làm việc") % told
    return _("quá hạn %(n)s ngày") % told if left < 0 else _("còn %(n)s ngày") % told


def heading(due: date, on: date) -> str:
    """Under which heading of an inbox a duty stands: what is overdue together, else its day."""
    if due < on:
        return _("Quá hạn")
    told = {"weekday": WEEKDAYS[due.weekday()], "day": written(due)}
    if due == on:
        return _("Hôm nay, %(weekday)s %(day)s") % told
    if (due - on).days == 1:
        return _("Ngày mai, %(weekday)s %(day)s") % told
    return _("Hạn %(weekday)s %(day)s") % told
