"""The program's own sentences of badge papers; a committee may set others."""

from django.utils.translation import gettext_lazy as _

from hatnhan.documents.wording import Passage, Template, template

LETTER, REQUEST = "honours.badge_letter", "honours.badge_request"
WHO = ("đồng chí", "mức", "chi bộ", "ngày trao")

template(
    Template(
        LETTER, _("Thư báo tặng Huy hiệu Đảng"),
        (
            Passage(
                "told", _("Tin báo"),
                "Đồng chí {{đồng chí}}, đang sinh hoạt tại {{chi bộ}}, được tặng Huy hiệu {{mức}} năm tuổi đảng theo "
                "quyết định số {{quyết định}}; số Huy hiệu {{số}}.",
                (*WHO, "quyết định", "số"),
            ),
            Passage(
                "invited", _("Lời mời"),
                "Trân trọng mời đồng chí dự lễ trao Huy hiệu Đảng đợt {{ngày trao}}. Nếu sức khỏe không cho phép, xin "
                "đồng chí báo chi bộ để lễ trao được tổ chức tại nhà.",
                WHO,
            ),
            Passage("thanks", _("Lời cảm ơn"), "Xin chúc mừng và cảm ơn những đóng góp của đồng chí.", WHO),
        ),
        {"đồng chí": "Nguyễn Thị Mẫu", "mức": "40", "chi bộ": "Chi bộ thôn Mẫu", "ngày trao": "3/2/2027",
         "quyết định": "31-QĐ/TU", "số": "SV 0000001"},
    ),
    Template(
        REQUEST, _("Tờ trình đề nghị tặng Huy hiệu Đảng"),
        (
            Passage(
                "asked", _("Lời đề nghị"),
                "{{nơi đề nghị}} đã xét hồ sơ và đề nghị tặng Huy hiệu Đảng cho {{số người}} đồng chí có tên dưới đây, "
                "{{đợt}}.",
                ("nơi đề nghị", "số người", "đợt"),
            ),
            Passage("attached", _("Kèm theo"), "Hồ sơ của từng đồng chí gửi kèm.", ("nơi đề nghị",)),
        ),
        {"nơi đề nghị": "Đảng ủy xã Mẫu", "số người": "3", "đợt": "đợt 3/2/2027"},
    ),
)  # fmt: skip
