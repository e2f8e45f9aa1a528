"""The program's own sentences for the papers of a meeting, in Vietnamese as all papers are; a committee may set
others."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.documents.wording import Passage, Template, template

MINUTES, OUTCOME = "meetings.minutes", "meetings.outcome"
COMMITTEE_MINUTES, COMMITTEE_OUTCOME = "meetings.committee_minutes", "meetings.committee_outcome"
KINDS = {
    "regular": "thường kỳ", "thematic": "chuyên đề", "both": "thường kỳ và chuyên đề", "extraordinary": "bất thường",
    "committee": "cấp ủy",
}  # fmt: skip
FORMS = {"in_person": "trực tiếp", "hybrid": "trực tiếp kết hợp trực tuyến", "online": "trực tuyến"}
METHODS = {"card": "giơ thẻ", "hands": "giơ tay", "secret": "bỏ phiếu kín", "phone": "bấm máy"}
# In the order in which the minutes list them; whoever is simply present is only counted.
MARKS = {
    "late": "Đến muộn", "excused": "Vắng có lý do", "unexcused": "Vắng không lý do",
    "not_due": "Không thuộc diện phải dự", "came_free": "Không thuộc diện phải dự nhưng đến dự",
}  # fmt: skip
TASK_STATES = {"open": "đang làm", "done": "xong", "stuck": "vướng"}

MEETING = (
    "chi bộ", "loại", "cách họp", "ngày", "tháng", "nơi họp", "giờ bắt đầu", "giờ kết thúc", "số phút", "chủ trì",
    "thư ký", "phải dự", "có mặt", "tỷ lệ", "vắng có lý do", "vắng không lý do", "khách", "phát biểu", "văn bản",
)  # fmt: skip
VOTE = (
    "nội dung", "cách", "tán thành", "tổng số", "tỷ lệ", "không tán thành", "ý kiến khác", "bảo lưu", "cần", "kết quả",
)  # fmt: skip
MINUTES_TEXTS = (
    ("about", _("Trích yếu"), "sinh hoạt chi bộ {{loại}} tháng {{tháng}}", MEETING),
    (
        "opening", _("Mở đầu"),
        "Vào lúc {{giờ bắt đầu}} ngày {{ngày}}, tại {{nơi họp}}, {{chi bộ}} tổ chức sinh hoạt {{loại}}, họp "
        "{{cách họp}}.",
        MEETING,
    ),
    (
        "people", _("Thành phần"),
        "Chủ trì: đồng chí {{chủ trì}}. Người ghi biên bản: đồng chí {{thư ký}}.\n"
        "Đảng viên phải dự: {{phải dự}}. Có mặt: {{có mặt}}, đạt {{tỷ lệ}}. Vắng có lý do: {{vắng có lý do}}; "
        "vắng không lý do: {{vắng không lý do}}.",
        MEETING,
    ),
    (
        "spoke", _("Số người phát biểu"), "Trong buổi sinh hoạt có {{phát biểu}} đồng chí phát biểu ý kiến.",
        ("phát biểu",),
    ),
    ("nothing_typed", _("Khi chưa ghi diễn biến"), "Diễn biến ghi ở sổ biên bản của chi bộ.", ()),
    (
        "motion", _("Một nội dung biểu quyết"),
        "{{nội dung}}: biểu quyết bằng cách {{cách}}; tán thành {{tán thành}}/{{tổng số}} đồng chí ({{tỷ lệ}}), không "
        "tán thành {{không tán thành}}, ý kiến khác {{ý kiến khác}}, xin bảo lưu ý kiến {{bảo lưu}}; {{kết quả}}.",
        VOTE,
    ),
    (
        "outcome", _("Trước nội dung nghị quyết, kết luận"), "Chi bộ thống nhất ra {{văn bản}}, gồm các nội dung:",
        ("văn bản",),
    ),
    ("no_outcome", _("Khi không ra văn bản"), "Buổi sinh hoạt này không ra nghị quyết, kết luận.", ()),
    (
        "closing", _("Kết thúc, đã thông qua"),
        "Buổi sinh hoạt kết thúc lúc {{giờ kết thúc}} cùng ngày. Biên bản đã được đọc lại và chi bộ nhất trí thông "
        "qua.",
        MEETING,
    ),
    (
        "closing_draft", _("Kết thúc, chưa thông qua"),
        "Buổi sinh hoạt kết thúc lúc {{giờ kết thúc}} cùng ngày. Biên bản còn chờ chi bộ thông qua.",
        MEETING,
    ),
)  # fmt: skip
OUTCOME_TEXTS = (
    ("about", _("Trích yếu"), "lãnh đạo thực hiện nhiệm vụ tháng {{tháng}}", MEETING),
    (
        "opening", _("Mở đầu"),
        "Ngày {{ngày}}, tại {{nơi họp}}, {{chi bộ}} tổ chức sinh hoạt {{loại}}; có mặt {{có mặt}}/{{phải dự}} đảng "
        "viên phải dự, do đồng chí {{chủ trì}} chủ trì. Sau khi thảo luận, chi bộ thống nhất như sau:",
        MEETING,
    ),
    (
        "carrying_out", _("Tổ chức thực hiện"),
        "Các đồng chí được phân công chủ động thực hiện và báo cáo kết quả ở kỳ sinh hoạt gần nhất sau khi đến hạn.",
        MEETING,
    ),
    (
        "vote", _("Kết quả biểu quyết"),
        "Văn bản này được {{tán thành}}/{{tổng số}} đồng chí tán thành, đạt {{tỷ lệ}}.", VOTE,
    ),
    (
        "recipients", _("Nơi nhận, mỗi dòng một nơi"),
        "Đảng ủy (để báo cáo),\nCấp ủy viên phụ trách chi bộ,\nĐảng viên trong chi bộ (để thực hiện),\nLưu chi bộ.",
        MEETING,
    ),
)  # fmt: skip

SAMPLES = {
    "chi bộ": "Chi bộ thôn Mẫu", "loại": "thường kỳ", "cách họp": "trực tiếp", "ngày": "3/11/2026",
    "tháng": "11 năm 2026", "nơi họp": "Nhà văn hóa thôn Mẫu", "giờ bắt đầu": "19 giờ 30", "giờ kết thúc": "21 giờ 10",
    "số phút": "100", "chủ trì": "Nguyễn Thị A", "thư ký": "Trần Văn B", "phải dự": "20", "có mặt": "18",
    "tỷ lệ": "90 %",
    "vắng có lý do": "2", "vắng không lý do": "0", "khách": "1", "phát biểu": "6", "văn bản": "nghị quyết",
    "nội dung": "Thông qua nghị quyết", "cách": "giơ thẻ", "tán thành": "18", "tổng số": "20", "không tán thành": "0",
    "ý kiến khác": "0", "bảo lưu": "0", "cần": "11", "kết quả": "được thông qua",
}  # fmt: skip
# What a committee's meeting says otherwise.
COMMITTEE_TEXTS = {
    "about": "họp cấp ủy tháng {{tháng}}",
    "opening": "Vào lúc {{giờ bắt đầu}} ngày {{ngày}}, tại {{nơi họp}}, cấp ủy của {{chi bộ}} họp {{cách họp}}.",
    "people": "Chủ trì: đồng chí {{chủ trì}}. Người ghi biên bản: đồng chí {{thư ký}}.\n"
    "Cấp ủy viên phải dự: {{phải dự}}. Có mặt: {{có mặt}}, đạt {{tỷ lệ}}. Vắng có lý do: {{vắng có lý do}}; "
    "vắng không lý do: {{vắng không lý do}}.",
    "nothing_typed": "Diễn biến ghi ở sổ họp của cấp ủy.",
    "outcome": "Cấp ủy thống nhất ra {{văn bản}}, gồm các nội dung:",
    "no_outcome": "Cuộc họp này không ra nghị quyết, kết luận.",
    "closing": "Cuộc họp kết thúc lúc {{giờ kết thúc}} cùng ngày. Biên bản đã được đọc lại và cấp ủy nhất trí thông "
    "qua.",
    "closing_draft": "Cuộc họp kết thúc lúc {{giờ kết thúc}} cùng ngày. Biên bản còn chờ cấp ủy thông qua.",
}
COMMITTEE_OUTCOME_TEXTS = {
    "opening": "Ngày {{ngày}}, tại {{nơi họp}}, cấp ủy của {{chi bộ}} họp; có mặt {{có mặt}}/{{phải dự}} cấp ủy viên, "
    "do đồng chí {{chủ trì}} chủ trì. Sau khi thảo luận, cấp ủy thống nhất như sau:",
    "carrying_out": "Các đồng chí được phân công chủ động thực hiện và báo cáo cấp ủy khi đến hạn.",
    "recipients": "Cấp trên trực tiếp (để báo cáo),\nCác đồng chí cấp ủy viên,\nLưu cấp ủy.",
}


def _passages(texts: Sequence[Any], other: Mapping[str, str]) -> tuple[Passage, ...]:
    return tuple(Passage(code, label, other.get(code, text), known) for code, label, text, known in texts)


template(
    Template(MINUTES, _("Biên bản sinh hoạt"), tuple(Passage(*one) for one in MINUTES_TEXTS), SAMPLES),
    Template(OUTCOME, _("Nghị quyết, kết luận của chi bộ"), tuple(Passage(*one) for one in OUTCOME_TEXTS), SAMPLES),
    Template(COMMITTEE_MINUTES, _("Biên bản họp cấp ủy"), _passages(MINUTES_TEXTS, COMMITTEE_TEXTS), SAMPLES),
    Template(
        COMMITTEE_OUTCOME,
        _("Nghị quyết, kết luận của cấp ủy"),
        _passages(OUTCOME_TEXTS, COMMITTEE_OUTCOME_TEXTS),
        SAMPLES,
    ),
)
