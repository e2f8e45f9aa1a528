"""The form of one's own reminders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import HOURS


class RemindersForm(forms.Form):
    """Which channels, when, and when not."""

    mail = forms.BooleanField(label=_("Gửi thư điện tử"), required=False)
    address = forms.CharField(label=_("Địa chỉ thư"), max_length=200, required=False)
    push = forms.BooleanField(label=_("Báo trên máy đã đăng ký"), required=False)
    hour = forms.TypedChoiceField(label=_("Nhắc từ lúc"), coerce=int, choices=HOURS)
    quiet_from = forms.TypedChoiceField(label=_("Không nhắc từ lúc"), coerce=int, choices=HOURS)
    quiet_to = forms.TypedChoiceField(label=_("đến lúc"), coerce=int, choices=HOURS)

    def __init__(self, *args: Any, shown: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = (
            _("Đang dùng %(address)s. Để trống nếu giữ nguyên.") % {"address": shown} if shown else ""
        )
