"""Small closed lists: roles, reasons for locking, what a reader may set."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROLES = {
    "member": pgettext_lazy("role", "Đảng viên"),
    "cell_secretary": pgettext_lazy("role", "Bí thư chi bộ"),
    "cell_deputy": _("Phó bí thư, chi ủy viên"),
    "office": _("Văn phòng đảng ủy cơ sở"),
    "inspector": _("Ủy ban kiểm tra"),
    "provincial": _("Cơ quan của cấp ủy cấp trên"),
    "administrator": _("Quản trị hệ thống"),
}

AT_CELLS = ("cell_secretary", "cell_deputy")
ABOVE_CELLS = ("office", "inspector", "provincial", "administrator")

ROLE_MEANS = {
    "member": _("Xem thông tin chung của tổ chức nơi mình sinh hoạt."),
    "cell_secretary": _("Xem và ghi danh sách đảng viên của chi bộ, xem số liệu của chi bộ."),
    "cell_deputy": _("Xem danh sách đảng viên và số liệu của chi bộ."),
    "office": _("Làm mọi việc của cơ sở: tổ chức, đảng viên, số liệu, tài khoản của cơ sở và các chi bộ."),
    "inspector": _("Xem danh sách đảng viên và số liệu để kiểm tra, giám sát."),
    "provincial": _("Làm mọi việc của cấp trên cơ sở đối với các tổ chức trực thuộc."),
    "administrator": _("Tạo và khóa tài khoản. Không xem hồ sơ đảng viên."),
}

LOCK_REASONS = {
    "left": _("không còn sinh hoạt, công tác ở đây"),
    "died": _("từ trần"),
    "handed_over": _("đã bàn giao công việc"),
    "misuse": _("nghi bị người khác sử dụng"),
}

# A means of the second factor, as allauth's rows name it.
MEANS = {"totp": _("Ứng dụng tạo mã"), "webauthn": _("Khóa của máy"), "recovery_codes": _("Mã dự phòng")}
MACHINES = {
    "android": _("Điện thoại Android"),
    "android_tablet": _("Máy tính bảng Android"),
    "iphone": _("Điện thoại iPhone"),
    "ipad": _("Máy tính bảng iPad"),
    "windows": _("Máy tính Windows"),
    "mac": _("Máy tính Mac"),
    "linux": _("Máy tính Linux"),
    "chromeos": _("Máy tính Chromebook"),
    "other": _("Máy không rõ loại"),
}
BROWSERS = {
    "coccoc": "Cốc Cốc", "edge": "Edge", "samsung": "Samsung Internet", "opera": "Opera", "zalo": "Zalo",
    "firefox": "Firefox", "chrome": "Chrome", "safari": "Safari", "other": _("trình duyệt khác"),
}  # fmt: skip

STATES = {"open": _("Đang dùng"), "locked": _("Đã khóa"), "fresh": _("Chưa đăng nhập lần nào")}
FACTOR_STATES = {"set_up": _("Đã cài"), "none": _("Chưa cài")}

THEMES = {"auto": _("Theo máy"), "light": _("Sáng"), "dark": _("Tối")}
SIZES = {"md": _("Vừa"), "lg": _("Lớn"), "xl": _("Rất lớn")}
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

# Key of a session: whether its account still has to set up a second factor; asked anew when it is missing.
FACTOR_DUE = "factor_due"
