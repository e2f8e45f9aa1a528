"""Small closed lists of obligations."""

from django.utils.translation import gettext_lazy as _

KIND = "duties.obligation"

# Who may owe a committee's own obligation, with the levels that this means; further levels only the rulebook names.
OWN_SEATS = {
    "cell": _("Các chi bộ"),
    "grassroots": _("Các đảng ủy xã, phường và đảng ủy, chi bộ cơ sở"),
}
SEATS_OF = {"cell": ("cell",), "grassroots": ("grassroots", "direct_superior")}
SEAT_WORDS = {
    "cell": _("Chi bộ"),
    "section": _("Đảng ủy bộ phận"),
    "grassroots": _("Đảng ủy, chi bộ cơ sở"),
    "direct_superior": _("Cấp ủy cấp trên trực tiếp"),
    "province": _("Cấp ủy cấp tỉnh"),
    "central": _("Trung ương"),
}
SHIFTS = {
    "before": _("Làm trước, vào ngày làm việc liền trước"),
    "after": _("Lùi sang ngày làm việc liền sau"),
    "none": _("Giữ nguyên ngày đó"),
}
TERM_STATES = {
    "waiting": _("Chưa làm"),
    "overdue": _("Quá hạn"),
    "done": _("Đã xong"),
    "late": _("Xong muộn"),
}
