"""What an import may leave to people to decide, and which answers there are."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.actor import Actor
from hatnhan.members import permissions
from hatnhan.members.models import Question

ELSEWHERE = "number_elsewhere"

_DIFFERENT = _("Không phải một người")
KINDS: Mapping[str, Any] = {
    ELSEWHERE: _("Số đang thuộc về đồng chí ở tổ chức khác"),
    "moved": _("Danh sách ghi chi bộ khác"),
    "left": _("Đồng chí nay không thuộc chi bộ nào"),
    "same_name": _("Cùng họ tên, chưa đủ ngày sinh"),
    "number_differs": _("Số trong danh sách khác số đã ghi"),
    "birth": _("Ngày sinh khác nhau"),
}
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    ELSEWHERE: {"moved": _("Đã chuyển đến"), "different": _DIFFERENT, "wrong": _("Số trong danh sách sai")},
    "moved": {"moved": _("Đã chuyển đến"), "keep": _("Chưa chuyển, danh sách sai"), "different": _DIFFERENT},
    "left": {"wrong": _("Danh sách sai"), "different": _DIFFERENT},
    "same_name": {"same": _("Cùng một người"), "different": _DIFFERENT},
    "number_differs": {
        "list": _("Số trong danh sách đúng"), "keep": _("Số đã ghi đúng"), "different": _DIFFERENT,
    },
    "birth": {"list": _("Ngày trong danh sách đúng"), "keep": _("Ngày trong hồ sơ đúng"), "different": _DIFFERENT},
}  # fmt: skip

HINTS: Mapping[str, Any] = {
    "moved": _("Chuyển sinh hoạt của đồng chí đến chi bộ ghi trong danh sách, từ hôm nay."),
    "different": _("Hai người khác nhau. Nơi hỏi nhập lại danh sách; số thẻ nào trùng thì phải sửa."),
    "wrong": _("Hồ sơ giữ nguyên. Nơi hỏi sửa lại dòng này."),
    "keep": _("Hồ sơ giữ nguyên; lần nhập sau không hỏi lại."),
    "list": _("Ghi theo danh sách."),
    "same": _("Lần nhập sau ghi vào hồ sơ này."),
}


def open_in_scope(actor: Actor) -> "QuerySet[Question]":
    """The open questions that the actor may answer, the latest first."""
    rows = Question.objects.filter(closed_at__isnull=True).select_related("person", "unit", "asked_by")
    return actor.scope(permissions.ANSWER).filter(rows).order_by("-opened_at", "-pk")
