"""The states of a duty. Overdue and escalated are not states: an overdue duty is still open."""

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition

# Reopened is only what somebody said was done: a mistaken tick.
DUTY = Flow(
    "duties.duty",
    {"open": _("Đang chờ"), "done": _("Đã xong"), "withdrawn": _("Đã rút")},
    (
        Transition("close", ("open",), "done", _("Xong")),
        Transition("withdraw", ("open",), "withdrawn", _("Rút")),
        Transition("reopen", ("done",), "open", _("Mở lại")),
    ),
)

CAMPAIGN = Flow(
    "duties.campaign",
    {"draft": _("Đang soạn"), "running": _("Đang chạy"), "closed": _("Đã kết thúc"), "dropped": _("Đã bỏ")},
    (
        Transition("start", ("draft",), "running", _("Bắt đầu đợt")),
        Transition("close", ("running",), "closed", _("Kết thúc đợt")),
        Transition("drop", ("draft",), "dropped", _("Bỏ bản soạn")),
    ),
)
