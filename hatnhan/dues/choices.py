"""Small closed lists of dues: who pays by which rate, why nothing is due, how money comes in, what is asked."""

from datetime import date

from django.utils.translation import gettext_lazy as _

FIRST_MONTH = date(2011, 4, 1)  # when 342-QĐ/TW took effect; no dues are recorded from before
MOST = 1_000_000_000  # VND: a typing error, not dues of a month

# The classes of the rulebook (`dues.class.…`), in the order in which forms offer them.
CLASSES = {
    "insured": _("Hưởng lương, đóng bảo hiểm xã hội bắt buộc"),
    "benefit": _("Hưởng trợ cấp ốm đau, thai sản"),
    "pensioner": _("Hưởng lương hưu"),
    "pensioner_working": _("Hưởng lương hưu và có thêm lương, phụ cấp"),
    "uninsured": _("Không đóng bảo hiểm xã hội bắt buộc, dưới tuổi nghỉ hưu"),
    "uninsured_retired": _("Không đóng bảo hiểm xã hội bắt buộc, đủ tuổi nghỉ hưu"),
    "student": _("Học sinh, sinh viên"),
    "allowance": _("Hưởng trợ cấp (mất sức, thương binh, bảo trợ xã hội)"),
    "abroad": _("Đang ở ngoài nước"),
}
# What somebody's base is, as forms ask for it; a class that is not here needs none.
BASES = {
    "wage": _("Tiền lương làm căn cứ đóng bảo hiểm xã hội"),
    "benefit": _("Trợ cấp hằng tháng"),
    "pension": _("Lương hưu hằng tháng"),
    "both": _("Lương hưu hằng tháng"),
    "fixed": _("Mức đóng chi bộ đã định"),
}

BY_AGE = "party_age"
# Why nothing is due; reasons of health are not recorded.
EXEMPT = {
    BY_AGE: _("Đủ tuổi đảng được miễn"),
    "household": _("Hộ nghèo, cận nghèo"),
    "social_pension": _("Trợ cấp hưu trí xã hội"),
    "other": _("Trường hợp khác theo quy định"),
}
DECIDED = tuple(code for code in EXEMPT if code != BY_AGE)

CHANNELS = {"cash": _("Tiền mặt"), "portal": _("Cổng dịch vụ công"), "bank": _("Chuyển khoản")}

# What somebody answered who was asked about months not paid; no more is kept.
ANSWERS = {
    "away": _("đi vắng"),
    "hardship": _("khó khăn"),
    "forgot": _("chưa kịp"),
    "exempt": _("thuộc diện miễn"),
}

# What stands in the book of what is kept.
FUND = {
    "opening": _("Số dư chuyển sang"),
    "share": _("Trích giữ lại"),
    "activity": _("Chi hoạt động"),
    "moved": _("Chuyển theo sắp xếp tổ chức"),
}
