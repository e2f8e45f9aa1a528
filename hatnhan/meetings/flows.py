"""The states of a meeting on its way, and of its minutes. Adopted minutes are locked; what they lack is added, never
rewritten."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition

from .permissions import ANSWER_PROPOSAL, CONFIRM, PLAN, PUBLISH, RECORD, SCORE

MEETING = Flow(
    "meetings.meeting",
    {
        "recorded": _("Đã ghi, chưa thông qua"),
        "adopted": _("Đã thông qua biên bản"),
        "withdrawn": _("Đã bỏ"),
    },
    (
        Transition("change", ("recorded",), "recorded", _("Sửa"), RECORD),
        Transition("adopt", ("recorded",), "adopted", _("Thông qua biên bản"), RECORD),
        Transition("withdraw", ("recorded",), "withdrawn", _("Bỏ buổi sinh hoạt ghi nhầm"), RECORD),
        Transition("add_addendum", ("adopted",), "adopted", _("Ghi bổ sung"), RECORD),
    ),
)
SCORING = Flow(
    "meetings.score",
    {
        "scored": _("Chi bộ đã chấm, chưa biểu quyết"),
        "voted": _("Đã biểu quyết, chờ cấp trên xác nhận"),
        "final": _("Đã xác nhận"),
    },
    (
        Transition("self_score", ("scored", "voted"), "scored", _("Chấm lại"), SCORE),
        Transition("vote_score", ("scored", "voted"), "voted", _("Ghi biểu quyết"), SCORE),
        Transition("confirm_score", ("voted",), "final", _("Xác nhận"), CONFIRM),
        Transition("reopen_score", ("final",), "voted", _("Mở lại"), CONFIRM, reopens=True),
    ),
)
COLOURS: Mapping[str, Any] = {"recorded": "warn"}

# From the plan to the end of the meeting itself. Closing records a `Meeting`, whose minutes go their own way above.
SITTING = Flow(
    "meetings.sitting",
    {
        "planned": _("Đã lên lịch"),
        "invited": _("Đã mời"),
        "open": _("Đang họp"),
        "closed": _("Đã họp xong"),
        "cancelled": _("Đã hủy"),
    },
    (
        Transition("invite", ("planned",), "invited", _("Mời họp"), PLAN),
        Transition("open", ("planned", "invited"), "open", _("Bắt đầu sinh hoạt"), RECORD),
        Transition("close", ("open",), "closed", _("Kết thúc sinh hoạt"), RECORD),
        Transition("change_plan", ("planned",), "planned", _("Đổi ngày, giờ, nơi họp"), PLAN),
        Transition("change_plan", ("invited",), "invited", _("Đổi ngày, giờ, nơi họp"), PLAN),
        Transition("cancel", ("planned", "invited"), "cancelled", _("Hủy buổi này"), PLAN),
    ),
)
SITTING_COLOURS: Mapping[str, Any] = {"open": "info", "cancelled": "warn"}

PACKET = Flow(
    "meetings.packet",
    {"draft": _("Đang soạn"), "published": _("Đã gửi các chi bộ")},
    (
        Transition("change_packet", ("draft",), "draft", _("Sửa"), PUBLISH),
        Transition("publish_packet", ("draft",), "published", _("Gửi các chi bộ"), PUBLISH),
    ),
)

# What a cell asks of the committee above; the answer opens the cell's next meeting.
PROPOSAL = Flow(
    "meetings.proposal",
    {"sent": _("Chờ trả lời"), "answered": _("Đã trả lời"), "withdrawn": _("Đã rút")},
    (
        Transition(
            "answer_proposal", ("sent",), "answered", _("Trả lời"), ANSWER_PROPOSAL, ends=("proposal",),
        ),
        Transition("withdraw_proposal", ("sent",), "withdrawn", _("Rút kiến nghị"), PLAN, ends=("proposal",)),
    ),
)  # fmt: skip

REPORT = Flow(
    "meetings.month_report",
    {"draft": _("Đang soạn"), "handed_in": _("Đã nộp")},
    (
        Transition("write_report", ("draft",), "draft", _("Soạn báo cáo"), PLAN),
        Transition("hand_in_report", ("draft",), "handed_in", _("Nộp Đảng ủy"), PLAN),
    ),
)
