"""Forms of collecting: the day and way of a whole grid, several months of one member, taking a receipt back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.forms import DayField

from ..choices import CHANNELS
from ..months import month_in
from ..rules import month_name
from .grid import whole


class MonthField(forms.CharField):
    """A month, typed as 11/2026."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=10,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "11/2026"}),
            error_messages={"required": _("Hãy ghi tháng, như 11/2026.")}, **options,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        return month_name(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        """The first day of the month."""
        text = super().clean(value)
        if not text:
            return None
        found = month_in(text)
        if found is None:
            raise forms.ValidationError(_("Không có tháng này. Hãy ghi như 11/2026, từ tháng 4/2011."), code="invalid")
        return found


class AmountField(forms.CharField):
    """An amount of VND as people type it: 55.000."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("Hãy ghi số tiền.")})
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        found = whole(text)
        if found is None:
            raise forms.ValidationError(_("Số tiền chưa đúng. Hãy ghi bằng chữ số, như 55.000."), code="invalid")
        return found


class GridForm(forms.Form):
    """What holds for everybody who is ticked."""

    paid_on = DayField(label=_("Ngày thu"))
    channel = forms.ChoiceField(label=_("Cách đóng"), choices=tuple(CHANNELS.items()))
    reference = forms.CharField(label=_("Mã giao dịch (nếu có)"), max_length=60, required=False)


class PayForm(GridForm):
    """Several months of one member."""

    first = MonthField(label=_("Từ tháng"))
    last = MonthField(label=_("Đến tháng"))
    amount = AmountField(label=_("Mỗi tháng (đồng)"))
    field_order = ("first", "last", "amount", "paid_on", "channel", "reference")


class ReverseForm(forms.Form):
    """Why a receipt is taken back."""

    reason = forms.CharField(
        label=_("Lý do hủy"), max_length=200, error_messages={"required": _("Hãy ghi lý do hủy phiếu thu.")}
    )
