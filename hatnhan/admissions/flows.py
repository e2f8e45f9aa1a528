"""The states of a case and its steps: one table. Who acts, which votes are asked, what falls due and which paper a step
makes stand beside it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition

from . import rules
from .permissions import DECIDE, PREPARE

POOL = ("listed", "sympathiser", "class_done", "allowed", "applied", "declared", "vetting", "opinions")
SENT = ("cell_resolved", "section_appraised", "base_resolved")
PROPOSED = ("recognition_cell", "recognition_appraised", "recognition_base")
STRIKING = ("strike_cell", "strike_base")
MEMBER = ("probationary", *PROPOSED, "sent_up", *STRIKING)
BEFORE_MEMBER = (*POOL, *SENT, "decided")

# Which duty each time limit of the table opens.
DECISION, CEREMONY, BASE = "admissions.decision", "admissions.ceremony", "admissions.base"
RECORD, REVIEW, RECOGNITION = "admissions.record", "admissions.review", "admissions.recognition"
VETTING, FORWARD, MOVED = "admissions.vetting", "admissions.forward", "admissions.moved"
REEXAMINE = "admissions.reexamine"
DUTIES = (DECISION, CEREMONY, BASE, RECORD, REVIEW, RECOGNITION, FORWARD, MOVED, REEXAMINE)

ADMISSION = Flow(
    "admissions.case",
    {
        "new": _("Mới"),
        "listed": _("Quần chúng ưu tú"),
        "sympathiser": _("Cảm tình Đảng"),
        "class_done": _("Đã học lớp nhận thức về Đảng"),
        "allowed": _("Được làm hồ sơ"),
        "applied": _("Đã nộp đơn"),
        "declared": _("Đã khai lý lịch"),
        "vetting": _("Đang thẩm tra lý lịch"),
        "opinions": _("Lấy ý kiến, chờ chi bộ xét"),
        "cell_resolved": _("Chi bộ đã có nghị quyết"),
        "section_appraised": _("Đã thẩm định"),
        "base_resolved": _("Đảng ủy cơ sở đã có nghị quyết"),
        "decided": _("Đã có quyết định, chờ lễ kết nạp"),
        "probationary": _("Đảng viên dự bị"),
        "recognition_cell": _("Chi bộ đề nghị công nhận"),
        "recognition_appraised": _("Đã thẩm định đề nghị công nhận"),
        "recognition_base": _("Đảng ủy cơ sở đề nghị công nhận"),
        "sent_up": _("Báo cáo cấp trên sau các lần biểu quyết không đủ"),
        "strike_cell": _("Chi bộ đề nghị xóa tên"),
        "strike_base": _("Đảng ủy cơ sở đề nghị xóa tên"),
        "official": _("Đảng viên chính thức"),
        "rejected": _("Chi bộ, đảng ủy cơ sở chưa tán thành"),
        "declined": _("Cấp có thẩm quyền không kết nạp"),
        "delisted": _("Đưa ra khỏi nguồn"),
        "moved_out": _("Chuyển đi nơi khác"),
        "struck_off": _("Xóa tên đảng viên dự bị"),
        "annulled": _("Hủy quyết định kết nạp"),
        "deceased": _("Từ trần"),
    },
    (
        Transition("list", ("new",), "listed", _("Đưa vào danh sách quần chúng ưu tú"), PREPARE),
        Transition("propose_class", ("listed",), "sympathiser", _("Cử đi học lớp nhận thức về Đảng"), PREPARE),
        Transition(
            "record_class", ("listed", "sympathiser", "class_done"), "class_done", _("Ghi giấy chứng nhận học lớp"),
            PREPARE,
        ),
        Transition("allow_dossier", ("class_done",), "allowed", _("Cho làm hồ sơ kết nạp"), DECIDE),
        Transition("apply", ("allowed",), "applied", _("Ghi đơn xin vào Đảng"), PREPARE),
        Transition("declare", ("applied",), "declared", _("Ghi lý lịch đã khai"), PREPARE),
        Transition("begin_vetting", ("declared",), "vetting", _("Bắt đầu thẩm tra lý lịch"), PREPARE),
        Transition(
            "gather_opinions", ("vetting",), "opinions", _("Kết thúc thẩm tra, lấy ý kiến"), PREPARE,
            rules.vetting_blockers,
        ),
        Transition("renew_dossier", ("opinions",), "opinions", _("Bổ sung hồ sơ quá hạn"), PREPARE),
        Transition(
            "review", ("opinions",), "cell_resolved", _("Chi bộ xét, tán thành"), PREPARE,
            deadlines=(DECISION, BASE),
        ),
        Transition("reject", ("opinions",), "rejected", _("Chi bộ xét, không đủ tán thành"), PREPARE),
        Transition(
            "reconsider", ("rejected",), "opinions", _("Xét lại"), PREPARE, reopens=True,
        ),
        Transition("appraise", ("cell_resolved",), "section_appraised", _("Thẩm định nghị quyết"), DECIDE),
        Transition(
            "base_review", ("cell_resolved", "section_appraised"), "base_resolved", _("Đảng ủy cơ sở xét, tán thành"),
            DECIDE, ends=(BASE,),
        ),
        Transition(
            "base_reject", ("cell_resolved", "section_appraised"), "rejected", _("Đảng ủy cơ sở không đủ tán thành"),
            DECIDE, ends=(BASE, DECISION),
        ),
        Transition(
            "return_dossier", SENT, "opinions", _("Trả lại để bổ sung"), DECIDE, ends=(BASE, DECISION),
        ),
        *(
            Transition("extend_decision", (state,), state, _("Gia hạn thời gian quyết định"), DECIDE) for state in SENT
        ),
        *(
            Transition("consent", (state,), state, _("Ghi văn bản đồng ý của cấp có thẩm quyền"), DECIDE)
            for state in ("opinions", *SENT)
        ),
        Transition(
            "decide", SENT, "decided", _("Quyết định kết nạp"), DECIDE, deadlines=(CEREMONY,),
            ends=(DECISION, BASE, MOVED),
        ),
        Transition(
            "decline", SENT, "declined", _("Không kết nạp"), DECIDE, ends=(DECISION, BASE, MOVED),
        ),
        Transition(
            "receive_decision", ("decided",), "decided", _("Ghi ngày nhận quyết định"), PREPARE, deadlines=(CEREMONY,),
        ),
        Transition(
            "hold_ceremony", ("decided",), "probationary", _("Ghi lễ kết nạp"), PREPARE,
            deadlines=(RECORD, REVIEW), ends=(CEREMONY,),
        ),
        Transition("declare_record", ("probationary",), "probationary", _("Ghi đã khai lý lịch đảng viên"), PREPARE,
                   ends=(RECORD,)),
        Transition("finish_class", ("probationary",), "probationary", _("Ghi lớp đảng viên mới"), PREPARE),
        Transition("extend_probation", ("probationary",), "probationary", _("Kéo dài thời gian dự bị"), DECIDE),
        Transition(
            "propose_recognition", ("probationary",), "recognition_cell", _("Chi bộ xét công nhận, tán thành"),
            PREPARE, deadlines=(RECOGNITION,), ends=(REVIEW,),
        ),
        Transition(
            "fail_recognition", ("probationary",), "probationary", _("Chi bộ xét công nhận, không đủ tán thành"),
            PREPARE,
        ),
        Transition(
            "send_up", ("probationary",), "sent_up", _("Báo cáo cấp trên quyết định"), PREPARE,
            deadlines=(RECOGNITION,), ends=(REVIEW,),
        ),
        Transition(
            "appraise_recognition", ("recognition_cell",), "recognition_appraised", _("Thẩm định đề nghị công nhận"),
            DECIDE,
        ),
        Transition(
            "base_recognition", ("recognition_cell", "recognition_appraised"), "recognition_base",
            _("Đảng ủy cơ sở đề nghị công nhận"), DECIDE,
        ),
        *(
            Transition("extend_recognition", (state,), state, _("Gia hạn quyết định công nhận"), DECIDE)
            for state in PROPOSED
        ),
        Transition(
            "recognise", (*PROPOSED, "sent_up"), "official", _("Quyết định công nhận chính thức"), DECIDE,
            ends=(RECOGNITION, RECORD),
        ),
        Transition(
            "propose_strike", ("probationary",), "strike_cell", _("Chi bộ đề nghị xóa tên"), PREPARE, ends=(REVIEW,)
        ),
        Transition("base_strike", ("strike_cell",), "strike_base", _("Đảng ủy cơ sở đề nghị xóa tên"), DECIDE),
        Transition(
            "strike_off", (*STRIKING, "sent_up"), "struck_off", _("Quyết định xóa tên"), DECIDE,
            ends=(RECORD, RECOGNITION),
        ),
        Transition("delist", (*POOL, "rejected"), "delisted", _("Đưa ra khỏi nguồn"), PREPARE, ends=DUTIES),
        Transition("move_out", BEFORE_MEMBER, "moved_out", _("Chuyển đi nơi ngoài hệ thống"), DECIDE, ends=DUTIES),
        *(
            Transition("restate_decision", (state,), state, _("Ghi quyết định làm lại do sai thủ tục"), DECIDE)
            for state in ("decided", *MEMBER, "official")
        ),
        *(Transition("move", (state,), state, _("Chuyển hồ sơ đến chi bộ mới"), DECIDE) for state in (*POOL, *SENT)),
        *(Transition("forward", (state,), state, _("Ghi đã chuyển hồ sơ đến nơi mới"), DECIDE, ends=(FORWARD,))
          for state in SENT),
        Transition("move_decided", ("decided",), "decided", _("Chuyển quyết định đến chi bộ mới"), DECIDE),
        Transition("move_late", ("decided",), "cell_resolved", _("Hủy quyết định, chuyển hồ sơ"), DECIDE,
                   ends=(CEREMONY,)),
        *(Transition("petition", (state,), state, _("Kiến nghị xem xét lại thủ tục"), DECIDE,
                     deadlines=(REEXAMINE,)) for state in (*SENT, "decided")),
        *(Transition("answer_petition", (state,), state, _("Trả lời kiến nghị"), DECIDE, ends=(REEXAMINE,))
          for state in (*SENT, "decided")),
        Transition(
            "annul", ("decided", *MEMBER, "official"), "annulled", _("Hủy quyết định kết nạp"), DECIDE, ends=DUTIES
        ),
        Transition("record_death", BEFORE_MEMBER, "deceased", _("Ghi từ trần"), PREPARE, ends=DUTIES),
    ),
)  # fmt: skip

COLOURS: Mapping[str, Any] = {
    "rejected": "warn", "sent_up": "warn", "official": "ok", "probationary": "info", "decided": "info",
}  # fmt: skip
# Which majority a step needs; the deciding body's own rule is that of `competence`.
VOTES: Mapping[str, str] = {
    "review": "vote.admission.propose", "reject": "vote.admission.propose", "base_review": "vote.admission.propose",
    "base_reject": "vote.admission.propose", "propose_recognition": "vote.recognition.propose",
    "fail_recognition": "vote.recognition.propose", "base_recognition": "vote.recognition.propose",
    "propose_strike": "vote.strike_off.propose", "base_strike": "vote.strike_off.propose",
}  # fmt: skip
FAILING = ("reject", "base_reject", "fail_recognition")
IN_CELL = ("review", "reject", "propose_recognition", "fail_recognition", "propose_strike")
DECIDING = ("decide", "recognise", "strike_off")
# The rule under which a step is taken, where it is not its vote.
RULES: Mapping[str, str] = {
    "record_class": "admission.certificate.months", "renew_dossier": "admission.dossier.months",
    "hold_ceremony": "deadline.admission_ceremony", "receive_decision": "admission.ceremony.counted_from",
    "declare_record": "deadline.admission_cv", "extend_probation": "recognition.extension.months",
    "extend_decision": "deadline.admission_decide_extended",
    "extend_recognition": "deadline.recognition_decide_extended",
    "send_up": "vote.recognition.max_failed", "recognise": "admission.probation.months",
    "begin_vetting": "deadline.vetting_domestic", "appraise": "authority.two_tier.resolution_appraise",
}  # fmt: skip
