"""Small closed lists of papers, in the words of an office."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DIRECTIONS = {"out": pgettext_lazy("paper", "Đi"), "in": pgettext_lazy("paper", "Đến")}
BODIES = {
    "cell": _("Chi bộ"),
    "committee": _("Đảng ủy (ban chấp hành)"),
    "standing": _("Ban thường vụ"),
    "congress": _("Đại hội"),
    "office": _("Văn phòng đảng ủy"),
    "inspection": _("Ủy ban kiểm tra"),
    "province": _("Tỉnh ủy, thành ủy"),
}
# Which bodies issue papers at a unit, by what the unit is; the first is the usual one.
BODIES_AT = {
    "cell": ("cell", "congress"),
    "committee": ("committee", "standing", "office", "inspection", "congress"),
    "province": ("province",),
}
SECRECY = {"mat": _("Mật"), "toi_mat": _("Tối mật"), "tuyet_mat": _("Tuyệt mật")}
ROLES = {
    "content": _("Bản đã đóng lại"),
    "docx": _("Bản để soạn tiếp"),
    "scan": _("Bản chụp đã ký"),
    "page": _("Trang viết tay"),
    "attachment": _("Tệp kèm theo"),
}
REACHES = {"unit": _("Chỉ nơi này"), "below": _("Nơi này và các tổ chức trực thuộc")}
