"""The closed lists of residence links, with the words people use."""

from django.utils.translation import gettext_lazy as _

# Which groups are free of what is a rule (residence.group.*).
GROUPS = {
    "": _("Sinh hoạt với chi bộ nơi cư trú"),
    "barracks": _("Quân đội, công an ở tập trung"),
    "far": _("Thường xuyên công tác xa, lưu động"),
    "rotated": _("Cán bộ luân chuyển ở nhà công vụ"),
    "study": _("Học tập trung dài hạn"),
    "pupil": _("Học sinh, sinh viên học xa nhà"),
    "special": _("Nhiệm vụ đặc biệt, sẵn sàng chiến đấu"),
}
LEVELS = {
    "good": _("Thực hiện tốt"),
    "done": _("Thực hiện đầy đủ"),
    "partly": _("Thực hiện chưa đầy đủ"),
    "not_done": _("Chưa thực hiện"),
}
# What a comment says where nobody wrote own words; the desk lets them be edited for the evening. Papers are Vietnamese.
SENTENCES = {
    "good": "Gương mẫu chấp hành chủ trương của Đảng, pháp luật và quy định nơi cư trú; tích cực tham gia việc chung.",
    "done": "Chấp hành chủ trương của Đảng, pháp luật và quy định nơi cư trú; tham gia đủ việc được mời.",
    "partly": "Chấp hành quy định nơi cư trú; chưa tham gia đủ các buổi được mời.",
    "not_done": "Chưa liên hệ với chi bộ nơi cư trú trong năm.",
}
ENDED = {
    "moved": _("Chuyển nơi ở"),
    "retired": _("Nghỉ hưu, chuyển về sinh hoạt chính thức"),
    "work": _("Đổi nơi công tác"),
    "left": _("Không còn là đảng viên"),
}
