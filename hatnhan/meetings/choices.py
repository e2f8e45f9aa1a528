"""Small closed lists of meetings, in the words of a cell secretary."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "regular": _("Thường kỳ"),
    "thematic": _("Chuyên đề"),
    "both": _("Thường kỳ và chuyên đề trong một buổi"),
    "extraordinary": _("Bất thường"),
}
REGULAR, THEMATIC = ("regular", "both"), ("thematic", "both")
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

METHODS = {"card": _("Giơ thẻ"), "hands": _("Giơ tay"), "secret": _("Bỏ phiếu kín")}
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
