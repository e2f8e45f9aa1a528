"""Fields that several forms share: a date as known, a decision, a reason."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.forms import DayField
from hatnhan.kernel.known import KnownInput

REQUIRED = gettext_lazy("Hãy điền mục này.")


def known_field(label: Any, hint: Any = "") -> KnownInput:
    """A date as known: 3/5/1957, 5/1957 or 1957."""
    return KnownInput(
        label=label, required=False, help_text=hint, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def text_field(
    label: Any, most: int, hint: Any = "", *, required: bool = False, attrs: dict[str, str] | None = None
) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, error_messages={"required": REQUIRED},
        widget=forms.TextInput(attrs={**(attrs or {})}),
    )  # fmt: skip


def choice_field(label: Any, choices: Any, hint: Any = "", required: bool = True, radio: bool = False) -> Any:
    """One of a few."""
    offered = list(choices) if radio else [("", gettext_lazy("Chọn trong danh sách")), *choices]
    return forms.ChoiceField(
        label=label, choices=offered, required=required, help_text=hint, error_messages={"required": REQUIRED},
        widget=forms.RadioSelect() if radio else forms.Select(),
    )  # fmt: skip


def decision_field() -> forms.CharField:
    """Number of the paper behind the act."""
    return text_field(gettext_lazy("Số quyết định"), 60, gettext_lazy("Ví dụ 12-QĐ/ĐU. Để trống nếu chưa có."))


def reason_field(label: Any, required: bool = True) -> forms.CharField:
    """Why; it stands in the log."""
    return forms.CharField(
        label=label, max_length=300, required=required, error_messages={"required": gettext_lazy("Hãy ghi lý do.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


def last_day_field() -> DayField:
    """The last day of a period; empty for an open end."""
    label = gettext_lazy("Đến hết ngày")
    return DayField(label=label, required=False, help_text=gettext_lazy("Để trống nếu chưa định ngày kết thúc."))


def end_of(last: date | None) -> date:
    """The day before which a period ends, from its last day as people write it."""
    return last + ONE if last else FAR


__all__ = [
    "DayField", "choice_field", "decision_field", "end_of", "known_field", "last_day_field",
    "reason_field", "text_field",
]  # fmt: skip
