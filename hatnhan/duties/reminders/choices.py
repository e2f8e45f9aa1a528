"""Words of reminders. What goes out of the program is always these fixed words, whatever it is about."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Hạt Nhân: có việc đang chờ đồng chí")
BODY = _("Đồng chí có việc đang chờ. Mời đồng chí đăng nhập vào Hạt Nhân để xem.")
STOPPING = _("Không muốn nhận thư này nữa: %(link)s")
PUSHED = _("Có thông báo mới")

CHANNELS = {"mail": _("Thư điện tử"), "push": _("Báo trên máy")}
STATES = {"waiting": _("Chờ gửi"), "sent": _("Đã gửi"), "failed": _("Không gửi được"), "dropped": _("Không cần gửi")}
TROUBLES = {
    "refused": _("Nơi nhận từ chối"),
    "unreachable": _("Không nối được máy chủ"),
    "no_device": _("Không còn máy nào đăng ký"),
    "no_address": _("Không đọc được địa chỉ"),
    "": "",
}
HOURS = [(hour, f"{hour}:00") for hour in range(24)]
# Services of the makers of browsers; a server speaks to no other address that a browser names.
PUSH_HOSTS = (
    "fcm.googleapis.com", "updates.push.services.mozilla.com", ".push.apple.com", ".notify.windows.com",
)  # fmt: skip
