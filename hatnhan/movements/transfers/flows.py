"""The states of an official transfer, and the rules that object to its steps."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition
from hatnhan.movements.permissions import ISSUE, OPEN, RECEIVE

from .rules import arrival_blockers, letter_blockers, own_blockers

START, FOLLOW, TAKE_IN = "movements.transfer_start", "movements.transfer_follow", "movements.transfer_receive"
COMPLETE, PROPOSE = "movements.transfer_complete", "movements.transfer_propose"
# By which time limit of the rulebook each duty is due.
LIMITS: Mapping[str, str] = {
    START: "transfer_start", FOLLOW: "transfer_present", TAKE_IN: "transfer_present", COMPLETE: "transfer_complete",
    PROPOSE: "transfer_propose",
}  # fmt: skip

TRANSFER = Flow(
    "movements.transfer",
    {
        "new": _("Chưa lập"),
        "preparing": _("Đang làm thủ tục"),
        "in_transit": _("Đã cấp giấy, chưa đến nơi"),
        "returned": _("Trả lại để bổ sung"),
        "timed_out": _("Quá hạn nộp giấy"),
        "received": _("Đã tiếp nhận"),
        "cancelled": _("Đã hủy"),
    },
    (
        Transition(
            "prepare", ("new",), "preparing", _("Làm thủ tục chuyển sinh hoạt"), OPEN, own_blockers, deadlines=(START,)
        ),
        Transition(
            "note_arrival", ("new",), "in_transit", _("Ghi giấy giới thiệu gửi đến"), RECEIVE, deadlines=(TAKE_IN,)
        ),
        Transition(
            "issue", ("preparing",), "in_transit", _("Cấp giấy giới thiệu"), ISSUE, letter_blockers,
            deadlines=(FOLLOW, TAKE_IN), ends=(START,),
        ),
        Transition(
            "receive", ("in_transit", "timed_out"), "received", _("Tiếp nhận vào chi bộ"), RECEIVE, arrival_blockers,
            ends=(FOLLOW, TAKE_IN, PROPOSE),
        ),
        Transition(
            "confirm_left", ("in_transit", "timed_out"), "received", _("Ghi nơi đến đã tiếp nhận"), ISSUE, own_blockers,
            ends=(FOLLOW, TAKE_IN, PROPOSE),
        ),
        Transition(
            "give_back", ("in_transit", "timed_out"), "returned", _("Trả lại để bổ sung"), RECEIVE, own_blockers,
            deadlines=(COMPLETE,), ends=(TAKE_IN, PROPOSE),
        ),
        Transition(
            "resend", ("returned",), "in_transit", _("Gửi lại sau khi bổ sung"), ISSUE, own_blockers,
            deadlines=(TAKE_IN,), ends=(COMPLETE,),
        ),
        Transition(
            "redirect", ("in_transit", "timed_out"), "in_transit", _("Chuyển tiếp đến nơi khác"), RECEIVE, own_blockers,
            deadlines=(TAKE_IN,), ends=(TAKE_IN, PROPOSE),
        ),
        Transition(
            "time_out", ("in_transit",), "timed_out", _("Ghi quá hạn nộp giấy"), deadlines=(PROPOSE,), ends=(TAKE_IN,)
        ),
        Transition(
            "cancel", ("preparing", "in_transit", "returned", "timed_out"), "cancelled", _("Hủy việc chuyển"), ISSUE,
            own_blockers, ends=(START, FOLLOW, TAKE_IN, COMPLETE, PROPOSE),
        ),
    ),
)  # fmt: skip

COLOURS: Mapping[str, Any] = {
    "preparing": "info", "in_transit": "info", "returned": "warn", "timed_out": "bad", "received": "ok"
}  # fmt: skip
