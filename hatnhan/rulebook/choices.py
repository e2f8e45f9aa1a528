"""What the evidence marks mean, in words."""

from django.utils.translation import gettext_lazy as _

MARKS = {
    "P": _("đã đối chiếu với văn bản gốc"),
    "S": _("theo báo, trang văn bản pháp luật"),
    "V": _("theo trang công khai"),
    "L": _("theo hướng dẫn của một địa phương"),
    "Q": _("theo đề thi, tài liệu hỏi đáp"),
    "G": _("theo tài liệu công khai khác"),
    "M": _("theo trí nhớ, chưa đối chiếu"),
    "I": _("suy ra, chưa đối chiếu"),
    "D": _("quy ước của chương trình"),
}
SEATS = {
    "cell": _("chi bộ"),
    "section": _("đảng bộ bộ phận"),
    "grassroots": _("cấp ủy cơ sở"),
    "direct_superior": _("cấp ủy cấp trên trực tiếp của cơ sở"),
    "province": _("tỉnh ủy, thành ủy"),
    "central": _("Trung ương"),
}
VALUES = {
    "majority": _("quá nửa"),
    "two_thirds": _("ít nhất hai phần ba"),
    "whole": _("đã biết cả năm"),
    "fixed": _("mới biết các ngày cố định"),
    "working": _("ngày làm việc"),
    "calendar": _("ngày"),
}
