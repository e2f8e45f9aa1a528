"""Forms of a committee's own obligations."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.forms import DayField

from .choices import OWN_SEATS, SHIFTS

FILL = {"required": _("Hãy điền mục này.")}


class ObligationForm(forms.Form):
    """What must be done, by whom, when in the year, by which paper."""

    label = forms.CharField(label=_("Việc phải làm"), max_length=160, error_messages=FILL)
    seat = forms.ChoiceField(label=_("Nơi phải làm"), choices=list(OWN_SEATS.items()), widget=forms.RadioSelect)
    months = forms.TypedMultipleChoiceField(
        label=_("Vào tháng"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một tháng.")},
    )  # fmt: skip
    day = forms.IntegerField(
        label=_("Ngày trong tháng"), min_value=1, max_value=31, initial=31,
        help_text=_("Từ 1 đến 31; 31 là ngày cuối tháng."),
        error_messages={
            "required": _("Hãy điền mục này."), "invalid": _("Hãy ghi một số."),
            "min_value": _("Ngày trong tháng phải từ 1 đến 31."), "max_value": _("Ngày trong tháng phải từ 1 đến 31."),
        },
    )  # fmt: skip
    shift = forms.ChoiceField(
        label=_("Khi rơi vào ngày nghỉ"), choices=list(SHIFTS.items()), widget=forms.RadioSelect, initial="before"
    )
    decision = forms.CharField(
        label=_("Số văn bản"), max_length=60, error_messages=FILL, help_text=_("Văn bản của cấp ủy quy định việc này.")
    )
    on = DayField(label=_("Áp dụng từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["months"]
        field.choices = [(number, gettext("tháng %(number)s") % {"number": number}) for number in range(1, 13)]


class EndForm(forms.Form):
    """From when on it is no longer owed, and why."""

    on = DayField(label=_("Thôi từ ngày"))
    reason = forms.CharField(
        label=_("Lý do thôi"), max_length=300, error_messages={"required": _("Hãy ghi lý do thôi.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
