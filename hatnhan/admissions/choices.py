"""Small closed lists of admission."""

from django.utils.translation import gettext_lazy as _

MINOR = 18  # years; of whoever is younger only the name and who helps are kept
PLACE = 120

SEX = {"m": _("Nam"), "f": _("Nữ")}
SECTORS = {
    "countryside": _("Lao động nông thôn"),
    "private": _("Doanh nghiệp tư nhân"),
    "state_firm": _("Doanh nghiệp có vốn nhà nước"),
    "official": _("Cán bộ, công chức, viên chức"),
    "student": _("Học sinh, sinh viên"),
    "forces": _("Lực lượng vũ trang"),
    "other": _("Nơi khác"),
}
DELIST_REASONS = {
    "wish": _("Theo nguyện vọng của người ấy"),
    "moved": _("Không còn ở địa bàn"),
    "unready": _("Chưa phấn đấu theo yêu cầu"),
    "age": _("Quá tuổi"),
    "listed_wrongly": _("Ghi nhầm"),
}
SOURCES = {
    "union": _("Tổ chức chính trị - xã hội nơi công tác"),
    "residence": _("Chi ủy nơi cư trú"),
    "workplace": _("Nơi làm việc"),
}
INTRODUCERS = {
    "member": _("Đảng viên chính thức"),
    "youth_union": _("Nghị quyết của đoàn thanh niên"),
    "trade_union": _("Nghị quyết của công đoàn"),
}
METHODS = {"card": _("Giơ thẻ"), "secret": _("Bỏ phiếu kín"), "hands": _("Giơ tay")}
CLASSES = {"awareness": _("Bồi dưỡng nhận thức về Đảng"), "new_member": _("Bồi dưỡng đảng viên mới")}
# Why somebody left the Party who asks to be admitted again. Those of `readmission.never` are refused, and not kept.
LEFT = {
    "struck_off": _("Bị xóa tên"),
    "hardship": _("Xin ra vì hoàn cảnh gia đình đặc biệt khó khăn"),
    "minor_crime": _("Án về tội ít nghiêm trọng, đã xóa án tích"),
    "abandoned": _("Tự ý bỏ sinh hoạt"),
    "asked": _("Xin ra khỏi Đảng"),
    "disunity": _("Gây mất đoàn kết nghiêm trọng"),
    "corruption": _("Án về tội tham nhũng"),
    "serious_crime": _("Án về tội nghiêm trọng trở lên"),
}
TARGETS = {
    "total": _("Kết nạp"),
    "women": _("Nữ"),
    "young": _("Dưới 30 tuổi"),
    "countryside": _("Lao động nông thôn"),
    "private": _("Doanh nghiệp tư nhân"),
}
NO_SOURCE = {
    "all_members": _("Những người đủ tuổi đều đã là đảng viên"),
    "away": _("Người trẻ đi làm ăn, học tập xa"),
    "old": _("Dân cư chủ yếu là người cao tuổi"),
    "small": _("Đơn vị ít người"),
    "other": _("Lý do khác, đã báo cáo cấp trên"),
}
