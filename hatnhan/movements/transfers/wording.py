"""The program's own sentences for the papers of a transfer, in Vietnamese as all papers are; a committee may set
others. Fields and words are this program's own."""

from django.utils.translation import gettext_lazy as _

from hatnhan.documents.wording import Passage, Template, template

LETTER, NOTICE = "movements.letter", "movements.notice"
FIELDS = (
    "họ và tên", "ngày sinh", "ngày vào đảng", "ngày chính thức", "tình trạng", "số giấy", "ngày cấp", "nơi đi",
    "nơi đến", "lý do", "căn cứ", "đảng phí đến", "hạn nộp", "kèm theo",
)  # fmt: skip
SAMPLES = {
    "họ và tên": "Nguyễn Văn Mẫu", "ngày sinh": "03/5/1977", "ngày vào đảng": "02/4/2001",
    "ngày chính thức": "02/4/2002", "tình trạng": "chính thức", "số giấy": "12-GT/ĐU", "ngày cấp": "16/11/2026",
    "nơi đi": "Chi bộ thôn Mẫu, Đảng bộ xã Mẫu", "nơi đến": "Đảng ủy xã Thử", "lý do": "chuyển nơi cư trú",
    "căn cứ": "Giấy xác nhận cư trú", "đảng phí đến": "11/2026", "hạn nộp": "28/12/2026",
    "kèm theo": "hồ sơ đảng viên đã niêm phong",
}  # fmt: skip
LETTER_TEXTS = (
    ("about", _("Trích yếu"), "chuyển sinh hoạt đảng chính thức của đồng chí {{họ và tên}}"),
    ("opening", _("Mở đầu"), "Giới thiệu đồng chí {{họ và tên}}, sinh ngày {{ngày sinh}}, đảng viên {{tình trạng}}, "
     "vào Đảng ngày {{ngày vào đảng}}, chính thức ngày {{ngày chính thức}}."),
    ("way", _("Từ đâu đến đâu"), "Đang sinh hoạt tại {{nơi đi}}. Nay chuyển sinh hoạt đảng chính thức đến "
     "{{nơi đến}}.\n"
     "Lý do: {{lý do}}. Căn cứ: {{căn cứ}}."),
    ("dues", _("Đảng phí"), "Đã đóng đảng phí đến hết tháng {{đảng phí đến}}."),
    ("enclosed", _("Kèm theo"), "Kèm theo: {{kèm theo}}."),
    ("until", _("Thời hạn"), "Đồng chí {{họ và tên}} nộp giấy này cho chi bộ nơi đến chậm nhất ngày {{hạn nộp}}."),
    ("recipients", _("Nơi nhận"), "Đồng chí có tên trên,\nLưu hồ sơ."),
)  # fmt: skip
NOTICE_TEXTS = (
    ("about", _("Trích yếu"), "đồng chí {{họ và tên}} chuyển sinh hoạt đảng"),
    ("opening", _("Mở đầu"), "Ngày {{ngày cấp}} đã cấp giấy giới thiệu số {{số giấy}} cho đồng chí {{họ và tên}} "
     "chuyển sinh hoạt đảng chính thức từ {{nơi đi}} đến {{nơi đến}}."),
    ("ask", _("Đề nghị"), "Đề nghị nơi đến theo dõi và tiếp nhận trước ngày {{hạn nộp}}; nếu đồng chí ấy chưa đến "
     "thì báo lại."),
    ("recipients", _("Nơi nhận"), "Nơi đến (để theo dõi),\nLưu hồ sơ."),
)  # fmt: skip

template(
    Template(
        LETTER, _("Giấy giới thiệu sinh hoạt đảng"), tuple(Passage(*one, FIELDS) for one in LETTER_TEXTS), SAMPLES
    ),
    Template(NOTICE, _("Phiếu báo chuyển sinh hoạt"), tuple(Passage(*one, FIELDS) for one in NOTICE_TEXTS), SAMPLES),
)
