"""The field's closed lists, with the words people use for them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SEX = {"m": pgettext_lazy("sex", "Nam"), "f": _("Nữ"), "": _("chưa ghi")}

# Standings of a member, and of who has left (members.md §3.2).
MEMBER_STANDINGS = {"probationary": _("Dự bị"), "full": _("Chính thức")}
LEFT_STANDINGS = {
    "deceased": _("Từ trần"),
    "expelled": _("Khai trừ"),
    "struck_off": _("Xóa tên"),
    "resigned": _("Được ra khỏi Đảng"),
    "annulled": _("Hủy quyết định kết nạp"),
}
STANDINGS = {**MEMBER_STANDINGS, **LEFT_STANDINGS}

# Periods of these standings are taken out of Party age (members.md §3.3).
GAP_STANDINGS = ("expelled", "struck_off")

PARTICIPATIONS = {
    "exempt": _("Miễn sinh hoạt"),
    "exempt_for_time": _("Tạm miễn sinh hoạt"),
    "temporary_out": _("Sinh hoạt tạm thời nơi khác"),
    "in_transit": _("Đã cấp giấy giới thiệu, chưa đến nơi"),
    "suspended": _("Đình chỉ sinh hoạt"),
    "abroad": _("Đang ở nước ngoài"),
}
ACTIVE = _("Đang sinh hoạt")

MEMBERSHIP_KINDS = {"home": _("chính thức"), "temporary": _("tạm thời"), "residence": _("nơi cư trú (213)")}

CAME = {
    "loaded": _("có trong danh sách ban đầu"),
    "admitted": _("kết nạp"),
    "transferred": _("chuyển đến"),
    "reorganised": _("chuyển theo tổ chức"),
    "restored": _("phục hồi đảng tịch"),
}
WENT = {
    "transferred": _("chuyển đi"),
    "reorganised": _("chuyển theo tổ chức"),
    **LEFT_STANDINGS,
}

NUMBER_KINDS = {"card": _("Số thẻ đảng viên"), "old_card": _("Số thẻ cũ"), "national_id": _("Số định danh cá nhân")}

# What may be changed of a person, with its label; numbers and dated rows have acts of their own.
FIELDS = {
    "name": _("Họ và tên"),
    "other_name": _("Tên gọi khác"),
    "sex": _("Giới tính"),
    "birth": _("Ngày sinh"),
    "hometown": _("Quê quán"),
    "residence": _("Nơi cư trú"),
    "occupation": _("Nghề nghiệp"),
    "education": _("Trình độ"),
    "theory": _("Lý luận chính trị"),
    "phone": _("Điện thoại"),
    "cv_number": _("Số lý lịch"),
    "decision_date": _("Ngày quyết định kết nạp"),
    "ceremony_date": _("Ngày vào Đảng"),
    "official_date": _("Ngày chính thức"),
    "note": _("Ghi chú"),
    "sealed": _("Mục niêm phong"),
}

EXPORT_STATES = {
    "waiting": _("Chờ duyệt"),
    "approved": _("Đã duyệt"),
    "refused": _("Không duyệt"),
    "withdrawn": _("Đã rút"),
}
