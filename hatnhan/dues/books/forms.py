"""Forms of the books: handing up, opening again, what is spent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.forms import DayField

from ..choices import CHANNELS
from ..payments.forms import AmountField


class HandUpForm(forms.Form):
    """How the share of the level above was handed up."""

    sent_on = DayField(label=_("Ngày nộp"))
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=tuple(CHANNELS.items()))
    voucher = forms.CharField(label=_("Số chứng từ"), max_length=60, required=False)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Lý do"), max_length=200, error_messages={"required": _("Hãy ghi lý do.")})


class AcknowledgeForm(forms.Form):
    """When what was handed up has come."""

    received_on = DayField(label=_("Ngày nhận"))


class SpendForm(forms.Form):
    """What was spent on what."""

    day = DayField(label=_("Ngày chi"))
    amount = AmountField(label=_("Số tiền (đồng)"))
    text = forms.CharField(label=_("Nội dung chi"), max_length=200, error_messages={"required": _("Hãy ghi nội dung.")})
    paper = forms.CharField(label=_("Số chứng từ"), max_length=60, required=False)


class OpenFundForm(forms.Form):
    """What had been kept before."""

    day = DayField(label=_("Số dư của ngày"))
    amount = AmountField(label=_("Số dư (đồng)"))
    paper = forms.CharField(label=_("Theo giấy tờ nào"), max_length=60, required=False)
