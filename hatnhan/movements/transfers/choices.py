"""The closed lists of transfers, with the words people use."""

from django.utils.translation import gettext_lazy as _

WHY = {
    "work": _("Chuyển công tác"),
    "retired": _("Nghỉ hưu, nghỉ chế độ"),
    "moved": _("Chuyển nơi cư trú"),
    "demobilised": _("Xuất ngũ, phục viên, chuyển ngành"),
    "contract": _("Hợp đồng lao động dài hạn"),
    "studied": _("Học xong, ra trường"),
    "dissolved": _("Tổ chức đảng cũ kết thúc hoạt động"),
    "other": _("Lý do khác, có giấy tờ kèm theo"),
}

# What is looked at before a letter is issued; for whom each holds is a rule (transfer.check.*).
CHECKS = {
    "self_review": _("Bản kiểm điểm có nhận xét, đóng dấu"),
    "card": _("Đã đối chiếu thẻ đảng viên"),
    "dues": _("Đảng phí đã đóng hết tháng này"),
    "dossier": _("Hồ sơ đủ theo mục lục, mục lục đã xác nhận"),
    "helper": _("Nhận xét của người giúp đỡ đảng viên dự bị"),
}

# Where the dossier is.
CUSTODY = {
    "kept": _("Ở nơi đi"),
    "sealed": _("Đã niêm phong, còn ở nơi đi"),
    "carried": _("Đã giao, đang trên đường"),
    "arrived": _("Nơi đến đã nhận"),
}
# Which way of custody leads on from which.
CUSTODY_AFTER = {"kept": ("sealed",), "sealed": ("kept", "carried"), "carried": ("arrived", "kept"), "arrived": ()}

# What a step of the story was, beside the verbs of the flow.
STEPS = {
    "prepare": _("Bắt đầu làm thủ tục"),
    "note_arrival": _("Ghi giấy giới thiệu nơi khác gửi đến"),
    "check": _("Đối chiếu giấy tờ"),
    "issue": _("Cấp giấy giới thiệu"),
    "receive": _("Tiếp nhận vào chi bộ"),
    "confirm_left": _("Nơi đến báo đã tiếp nhận"),
    "give_back": _("Trả lại để bổ sung"),
    "resend": _("Gửi lại sau khi bổ sung"),
    "redirect": _("Chuyển tiếp đến nơi khác"),
    "cancel": _("Hủy việc chuyển"),
    "time_out": _("Quá hạn nộp giấy giới thiệu"),
    "seal": _("Niêm phong hồ sơ"),
    "hand_over": _("Giao hồ sơ"),
    "take_dossier": _("Nơi đến nhận hồ sơ"),
    "unseal": _("Mở niêm phong, giữ lại hồ sơ"),
}
ICONS = {
    "issue": "file-check", "receive": "check", "confirm_left": "check", "give_back": "undo-2",
    "redirect": "arrow-up-right", "cancel": "x", "time_out": "clock", "seal": "lock",
    "hand_over": "send", "take_dossier": "folder",
}  # fmt: skip
