"""The states of a registered paper. Its number is never given again, also when it is cancelled."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition

from .permissions import REGISTER

PAPER = Flow(
    "documents.paper",
    {
        "adopted": _("Đã vào sổ, chưa ký"),
        "signed": _("Đã ký"),
        "received": _("Đã nhận"),
        "cancelled": _("Đã hủy số"),
    },
    (
        Transition("sign", ("adopted",), "signed", _("Đưa bản đã ký lên"), REGISTER),
        Transition("cancel", ("adopted", "signed", "received"), "cancelled", _("Hủy số"), REGISTER),
    ),
    also=("received",),
)
COLOURS: Mapping[str, Any] = {"adopted": "warn", "cancelled": "bad"}
