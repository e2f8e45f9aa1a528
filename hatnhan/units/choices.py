"""Small closed lists of the units module."""

from django.utils.translation import gettext_lazy as _

LOCALITY_KINDS = {"thon": _("thôn"), "ban": _("bản"), "to_dan_pho": _("tổ dân phố"), "khu_pho": _("khu phố")}

EVENT_KINDS = {
    "found": _("thành lập"),
    "merge": _("sáp nhập"),
    "consolidate": _("hợp nhất"),
    "split": _("chia tách"),
    "transfer": _("chuyển giao"),
    "dissolve": _("kết thúc hoạt động"),
}

# What became of a unit that has ended.
ENDED = {
    "merge": _("đã sáp nhập vào %(name)s"),
    "consolidate": _("đã hợp nhất thành %(name)s"),
    "dissolve": _("đã kết thúc, nay thuộc %(name)s"),
}
