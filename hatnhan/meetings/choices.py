"""Small closed lists of meetings, in the words of a cell secretary."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "regular": _("Thường kỳ"),
    "thematic": _("Chuyên đề"),
    "both": _("Thường kỳ và chuyên đề trong một buổi"),
    "extraordinary": _("Bất thường"),
    "committee": _("Họp cấp ủy"),
}
REGULAR, THEMATIC = ("regular", "both"), ("thematic", "both")
COMMITTEE = "committee"  # its roll are those who hold the committee's offices on the day, and no figure counts it
OF_MEMBERS = {code: label for code, label in KINDS.items() if code != COMMITTEE}
COMMITTEE_OFFICES = (
    "secretary", "standing_deputy_secretary", "deputy_secretary", "standing_member", "committee_member",
)  # fmt: skip
FORMS = {"in_person": _("Trực tiếp"), "hybrid": _("Trực tiếp và trực tuyến"), "online": _("Trực tuyến")}

# What the roll says of a member. Whoever is not obliged to attend is `not_due`, or present all the same.
MARKS = {
    "present": _("Có mặt"),
    "late": _("Đến muộn"),
    "excused": _("Vắng có lý do"),
    "unexcused": _("Vắng không lý do"),
    "not_due": _("Không dự"),
}
OBLIGED, FREE = ("present", "late", "excused", "unexcused"), ("not_due", "present")
THERE = ("present", "late")

METHODS = {
    "card": _("Giơ thẻ"),
    "hands": _("Giơ tay"),
    "secret": _("Bỏ phiếu kín"),
    "phone": _("Bấm trên điện thoại"),
}
VOTES = {"for": _("Tán thành"), "against": _("Không tán thành"), "other": _("Ý kiến khác")}
# What is voted on, by the rule that says which majority it needs.
MATTERS = {
    "vote.ordinary": _("Nghị quyết, kết luận, việc khác"),
    "vote.admission.propose": _("Đề nghị kết nạp"),
    "vote.recognition.propose": _("Đề nghị công nhận chính thức"),
    "vote.strike_off.propose": _("Đề nghị xóa tên"),
    "vote.expulsion.propose": _("Đề nghị khai trừ"),
}
MAJORITY_WORDS = {"majority": _("quá nửa"), "two_thirds": _("ít nhất hai phần ba")}

OUTCOMES = {"none": _("Không ra văn bản"), "resolution": _("Nghị quyết"), "conclusion": _("Kết luận")}
TASK_STATES = {"open": _("Đang làm"), "done": _("Xong"), "stuck": _("Vướng")}

PARTS = {"opening": _("Mở đầu"), "main": _("Tiến hành"), "closing": _("Kết thúc")}
ORIGINS = {
    "own": _("chi bộ tự ghi"),
    "template": _("chương trình mẫu"),
    "carried": _("từ kỳ trước"),
    "packet": _("Đảng ủy gửi"),
    "answer": _("trả lời kiến nghị"),
}
# How an item of the agenda stands while the meeting goes on; what is put off comes again at the next meeting.
ITEM_STATES = {"waiting": _("Chưa đến"), "done": _("Đã xong"), "put_off": _("Để kỳ sau")}
TASKS_ITEM = "meetings.tasks"  # the subject of the item under which the open tasks are gone through
GRADES = {"good": _("Tốt"), "fair": _("Khá"), "average": _("Trung bình"), "weak": _("Kém")}
TABLE_KINDS = {"regular": _("Sinh hoạt thường kỳ"), "thematic": _("Sinh hoạt chuyên đề")}
SCORE_MODES = {
    "literal": _("Giữ nguyên điểm (tháng không có chuyên đề thì tối đa thấp hơn 100)"),
    "rescaled": _("Quy đổi ra thang 100"),
}
FEED_SECRETS = "meetings.feed"  # under this purpose the hashes of feed addresses are keyed
PACKET_ITEM, PROPOSAL_ITEM = "meetings.packet_item", "meetings.proposal"  # subjects of agenda items that came so
TASK_DUTY = "meetings.conference_task"
PROPOSAL_DUTY = "meetings.proposal"
REPORT_PARTS = {
    "done": _("Kết quả lãnh đạo tháng qua"),
    "people": _("Tình hình đảng viên, nhân dân"),
    "ahead": _("Nhiệm vụ tháng tới"),
}
