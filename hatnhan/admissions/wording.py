"""The program's own sentences for the papers of admission, in Vietnamese as all papers are; a committee may set others.
Nothing here is the wording of an official form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.documents.wording import Passage, Template, template

FIELDS = (
    "người vào Đảng", "ngày sinh", "chi bộ", "nơi ra văn bản", "ngày", "tổng số", "tán thành", "không tán thành",
    "tỷ lệ", "cần", "cách", "số quyết định", "ngày quyết định", "ngày chi bộ họp", "ngày kết nạp", "ngày chính thức",
    "người giúp đỡ", "người giới thiệu", "căn cứ",
)  # fmt: skip
SAMPLES = {
    "người vào Đảng": "Nguyễn Thị A", "ngày sinh": "6/5/2001", "chi bộ": "Chi bộ thôn Mẫu",
    "nơi ra văn bản": "Đảng ủy xã Mẫu", "ngày": "5/1/2026", "tổng số": "12", "tán thành": "11", "không tán thành": "1",
    "tỷ lệ": "91,7 %", "cần": "8", "cách": "bỏ phiếu kín", "số quyết định": "12-QĐ/ĐU", "ngày quyết định": "6/2/2026",
    "ngày chi bộ họp": "5/1/2026", "ngày kết nạp": "25/2/2026", "ngày chính thức": "25/2/2027",
    "người giúp đỡ": "Trần Văn B", "người giới thiệu": "Trần Văn B, Lê Thị C",
    "căn cứ": "Quy định 294-QĐ/TW, mục 9.3.4",
}  # fmt: skip
VOTED = (
    "Sau khi nghe báo cáo và thảo luận, {{nơi ra văn bản}} biểu quyết bằng cách {{cách}}: tán thành {{tán thành}}/"
    "{{tổng số}} đồng chí, đạt {{tỷ lệ}}; không tán thành {{không tán thành}}. Số cần có là {{cần}} ({{căn cứ}})."
)
PERSON = "{{người vào Đảng}}, sinh ngày {{ngày sinh}}"
# step: (label, what it is about, what it says, who gets it); a line of the text is a paragraph. [người] stands for
# PERSON, [biểu quyết] for VOTED.
TEXTS = {
    "list": (
        _("Nghị quyết đưa vào danh sách quần chúng ưu tú"),
        "theo dõi, giúp đỡ quần chúng ưu tú",
        "Ngày {{ngày}}, {{chi bộ}} rà soát nguồn kết nạp và thống nhất đưa {{người vào Đảng}} vào danh sách quần "
        "chúng ưu tú.\nChi bộ phân công đồng chí {{người giúp đỡ}} theo dõi, giúp đỡ, hằng tháng báo cáo chi bộ. "
        "Người được đưa vào danh sách đã được báo cho biết.",
        "Cấp ủy cấp trên (để báo cáo),\nĐồng chí được phân công,\nLưu chi bộ.",
    ),
    "propose_class": (
        _("Đề nghị cử đi học lớp nhận thức về Đảng"),
        "cử quần chúng ưu tú học lớp bồi dưỡng nhận thức về Đảng",
        "{{chi bộ}} đề nghị cấp ủy cho [người], tham gia lớp bồi dưỡng nhận thức về Đảng gần nhất.\nĐồng chí "
        "{{người giúp đỡ}} đang được phân công giúp đỡ.",
        "Cấp ủy cấp trên,\nLưu chi bộ.",
    ),
    "allow_dossier": (
        _("Thông báo cho làm hồ sơ kết nạp"),
        "cho làm hồ sơ đề nghị kết nạp đảng viên",
        "{{nơi ra văn bản}} đồng ý để {{chi bộ}} hướng dẫn [người], làm hồ sơ xin vào Đảng.\nChi bộ thực hiện đủ "
        "các bước và báo cáo kết quả.",
        "{{chi bộ}} (để thực hiện),\nLưu văn phòng.",
    ),
    "gather_opinions": (
        _("Báo cáo tổng hợp thẩm tra và ý kiến nhận xét"),
        "kết quả thẩm tra lý lịch và lấy ý kiến nhận xét",
        "Đến ngày {{ngày}}, việc thẩm tra lý lịch của [người], đã có đủ trả lời.\nÝ kiến nhận xét của các tổ chức "
        "và của chi ủy nơi cư trú kèm theo hồ sơ; người giới thiệu: {{người giới thiệu}}.",
        "Cấp ủy cấp trên,\nLưu chi bộ.",
    ),
    "review": (
        _("Nghị quyết của chi bộ đề nghị kết nạp"),
        "đề nghị kết nạp đảng viên",
        "Ngày {{ngày}}, {{chi bộ}} họp xét đề nghị kết nạp [người], vào Đảng. Người giới thiệu: {{người giới "
        "thiệu}}.\n[biểu quyết]\nChi bộ đề nghị cấp ủy cấp trên xét kết nạp.",
        "Cấp ủy cấp trên (để xét),\nLưu hồ sơ, chi bộ.",
    ),
    "appraise": (
        _("Báo cáo thẩm định nghị quyết của chi bộ"),
        "thẩm định nghị quyết của chi bộ về kết nạp đảng viên",
        "{{nơi ra văn bản}} đã thẩm định nghị quyết ngày {{ngày chi bộ họp}} của {{chi bộ}} đề nghị kết nạp "
        "[người].\nHồ sơ và các bước đã làm được đối chiếu; kết quả gửi kèm để cấp ủy xét.",
        "Cấp ủy cấp trên,\n{{chi bộ}},\nLưu hồ sơ.",
    ),
    "base_review": (
        _("Nghị quyết của đảng ủy cơ sở đề nghị kết nạp"),
        "đề nghị kết nạp đảng viên",
        "Xét nghị quyết ngày {{ngày chi bộ họp}} của {{chi bộ}} đề nghị kết nạp [người].\n[biểu quyết]\n{{nơi ra "
        "văn bản}} đề nghị cấp có thẩm quyền quyết định.",
        "Cấp có thẩm quyền,\n{{chi bộ}},\nLưu hồ sơ.",
    ),
    "decide": (
        _("Quyết định kết nạp"),
        "kết nạp đảng viên",
        "Kết nạp [người], vào Đảng; sinh hoạt tại {{chi bộ}}.\nChi bộ tổ chức lễ kết nạp trong thời hạn quy định; "
        "thời gian dự bị tính từ ngày làm lễ.\nQuyết định này có hiệu lực từ ngày ký ({{căn cứ}}).",
        "{{chi bộ}},\nNgười có tên trong quyết định,\nLưu hồ sơ.",
    ),
    "decline": (
        _("Thông báo không kết nạp"),
        "kết quả xét kết nạp đảng viên",
        "{{nơi ra văn bản}} đã xét đề nghị kết nạp [người], của {{chi bộ}} và chưa đồng ý kết nạp.\nChi bộ báo cho "
        "người ấy biết.",
        "{{chi bộ}},\nLưu hồ sơ.",
    ),
    "hold_ceremony": (
        _("Biên bản lễ kết nạp"),
        "lễ kết nạp đảng viên",
        "Ngày {{ngày}}, {{chi bộ}} tổ chức lễ kết nạp [người], theo Quyết định số {{số quyết định}} ngày {{ngày "
        "quyết định}}.\nĐồng chí {{người giúp đỡ}} được phân công tiếp tục giúp đỡ trong thời gian dự bị.\nThời "
        "gian dự bị đến hết ngày {{ngày chính thức}}.",
        "Lưu hồ sơ, chi bộ.",
    ),
    "propose_recognition": (
        _("Nghị quyết của chi bộ đề nghị công nhận chính thức"),
        "đề nghị công nhận đảng viên chính thức",
        "Ngày {{ngày}}, {{chi bộ}} họp xét công nhận đảng viên chính thức đối với đồng chí [người], kết nạp ngày "
        "{{ngày kết nạp}}.\n[biểu quyết]\nNgày chính thức đề nghị tính từ {{ngày chính thức}}.",
        "Cấp ủy cấp trên (để xét),\nLưu hồ sơ, chi bộ.",
    ),
    "base_recognition": (
        _("Nghị quyết của đảng ủy cơ sở đề nghị công nhận chính thức"),
        "đề nghị công nhận đảng viên chính thức",
        "Xét nghị quyết của {{chi bộ}} đề nghị công nhận đồng chí [người].\n[biểu quyết]",
        "Cấp có thẩm quyền,\n{{chi bộ}},\nLưu hồ sơ.",
    ),
    "recognise": (
        _("Quyết định công nhận chính thức"),
        "công nhận đảng viên chính thức",
        "Công nhận đồng chí [người], sinh hoạt tại {{chi bộ}}, là đảng viên chính thức từ ngày {{ngày chính "
        "thức}}.\nQuyết định được công bố tại kỳ sinh hoạt gần nhất của chi bộ.",
        "{{chi bộ}},\nNgười có tên trong quyết định,\nLưu hồ sơ.",
    ),
    "propose_strike": (
        _("Nghị quyết của chi bộ đề nghị xóa tên"),
        "đề nghị xóa tên đảng viên dự bị",
        "Ngày {{ngày}}, {{chi bộ}} họp xét đồng chí [người], đảng viên dự bị.\n[biểu quyết]",
        "Cấp ủy cấp trên (để xét),\nLưu hồ sơ, chi bộ.",
    ),
    "base_strike": (
        _("Nghị quyết của đảng ủy cơ sở đề nghị xóa tên"),
        "đề nghị xóa tên đảng viên dự bị",
        "Xét nghị quyết của {{chi bộ}} đối với đồng chí [người], đảng viên dự bị.\n[biểu quyết]",
        "Cấp có thẩm quyền,\n{{chi bộ}},\nLưu hồ sơ.",
    ),
    "strike_off": (
        _("Quyết định xóa tên đảng viên dự bị"),
        "xóa tên đảng viên dự bị",
        "Xóa tên đồng chí [người], đảng viên dự bị của {{chi bộ}}, trong danh sách đảng viên.",
        "{{chi bộ}},\nNgười có tên trong quyết định,\nLưu hồ sơ.",
    ),
    "annul": (
        _("Quyết định hủy quyết định kết nạp"),
        "hủy quyết định kết nạp đảng viên",
        "Hủy Quyết định số {{số quyết định}} ngày {{ngày quyết định}} kết nạp [người], do không đủ tiêu chuẩn theo "
        "quy định.\n{{chi bộ}} xóa tên người ấy trong danh sách đảng viên.",
        "{{chi bộ}},\nNgười có tên trong quyết định,\nLưu hồ sơ.",
    ),
}


def code_of(verb: str) -> str:
    """Under which code a committee adapts the sentences of a step's paper."""
    return f"admissions.{verb}"


def _template(verb: str, label: Any, about: str, text: str, recipients: str) -> Template:
    said = text.replace("[người]", PERSON).replace("[biểu quyết]", VOTED)
    passages = (
        Passage("about", _("Trích yếu"), about, FIELDS),
        Passage("text", _("Nội dung"), said, FIELDS),
        Passage("recipients", _("Nơi nhận, mỗi dòng một nơi"), recipients, FIELDS),
    )
    return Template(code_of(verb), label, passages, SAMPLES)


template(*(_template(verb, *texts) for verb, texts in TEXTS.items()))
