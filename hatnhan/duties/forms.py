"""Forms of a duty and of the calendar of holidays."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.forms import DayField

from .choices import DAY_KINDS

REQUIRED = {"required": _("Hãy điền mục này.")}


class DayForm(forms.Form):
    """Days off, days at work, or a year that is wholly known."""

    kind = forms.ChoiceField(label=_("Ghi gì"), choices=list(DAY_KINDS.items()), widget=forms.RadioSelect)
    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chỉ một ngày."))
    label = forms.CharField(
        label=_("Dịp gì"), max_length=120, required=False, help_text=_("Ví dụ: Tết Nguyên đán, làm bù cho ngày 2/1.")
    )
    decision = forms.CharField(
        label=_("Số văn bản"), max_length=60, error_messages=REQUIRED,
        help_text=_("Văn bản quy định ngày nghỉ hoặc hoán đổi."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        return {**self.cleaned_data, "last": self.cleaned_data["last"] or self.cleaned_data["first"]}


class VoidForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=_("Lý do bỏ"), max_length=300, error_messages={"required": _("Hãy ghi lý do bỏ.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class FinishForm(forms.Form):
    """On which day it was done, and by which paper."""

    on = DayField(label=_("Xong ngày"))
    note = forms.CharField(
        label=_("Số văn bản hoặc ghi chú ngắn"), max_length=200, required=False,
        help_text=_("Không bắt buộc. Không ghi chuyện riêng của ai."),
    )  # fmt: skip
