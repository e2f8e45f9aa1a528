"""Small closed lists of campaigns."""

from django.utils.translation import gettext_lazy as _

KIND = "duties.campaign"
MOST_STEPS = 8

OBSTACLES = {
    "people": _("Thiếu người làm"),
    "guidance": _("Chưa rõ hướng dẫn"),
    "papers": _("Thiếu giấy tờ, hồ sơ"),
    "means": _("Thiếu kinh phí, cơ sở vật chất"),
    "network": _("Thiếu máy, mạng"),
    "elsewhere": _("Chờ nơi khác trả lời"),
    "disaster": _("Thiên tai, dịch bệnh"),
    "other": _("Việc khác"),
}
PROGRESS = {
    "idle": _("Chưa làm bước nào"),
    "begun": _("Đang làm"),
    "finished": _("Đã xong"),
    "late": _("Có bước quá hạn"),
    "obstacle": _("Đang vướng"),
    "unvisited": _("Chưa ai đến"),
}
COLOURS = {"running": "info", "draft": "warn"}
