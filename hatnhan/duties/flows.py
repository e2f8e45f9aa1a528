"""The states of a duty. Overdue and escalated are not states: an overdue duty is still open."""

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition

DUTY = Flow(
    "duties.duty",
    {"open": _("Đang chờ"), "done": _("Đã xong"), "withdrawn": _("Đã rút")},
    (
        Transition("close", ("open",), "done", _("Xong")),
        Transition("withdraw", ("open",), "withdrawn", _("Rút")),
    ),
)
