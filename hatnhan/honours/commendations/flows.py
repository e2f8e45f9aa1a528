"""A commendation is proposed, then decided or not; what was proposed may be withdrawn."""

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition

from ..permissions import COMMEND, DECIDE_COMMENDATION

COMMENDATION = Flow(
    "honours.commendation",
    {
        "proposed": _("Đã đề nghị"),
        "decided": _("Đã khen thưởng"),
        "refused": _("Không khen thưởng"),
        "withdrawn": _("Đã rút"),
    },
    [
        Transition("decide", ("proposed",), "decided", _("Ghi quyết định khen thưởng"), DECIDE_COMMENDATION),
        Transition("refuse", ("proposed",), "refused", _("Không khen thưởng"), DECIDE_COMMENDATION),
        Transition("withdraw", ("proposed",), "withdrawn", _("Rút đề nghị"), COMMEND),
    ],
)
