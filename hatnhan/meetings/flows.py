"""The states of a meeting's minutes. Adopted minutes are locked; what they lack is added, never rewritten."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.workflow import Flow, Transition

from .permissions import RECORD

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
COLOURS: Mapping[str, Any] = {"recorded": "warn"}
