"""Forms of a payer: class and income, exemption."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..choices import CLASSES, DECIDED, EXEMPT
from ..payments.forms import AmountField, MonthField


class PayerForm(forms.Form):
    """By what somebody pays."""

    kind = forms.ChoiceField(
        label=_("Loại"), choices=tuple(CLASSES.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một loại.")},
    )  # fmt: skip
    month = MonthField(label=_("Từ tháng"))
    base = AmountField(
        label=_("Mức làm căn cứ (đồng mỗi tháng)"), required=False,
        help_text=_("Tiền lương, lương hưu hoặc trợ cấp; loại có mức cố định hay theo lương tối thiểu thì để trống."),
    )  # fmt: skip
    second = AmountField(label=_("Lương, phụ cấp thêm ngoài lương hưu (đồng mỗi tháng)"), required=False)


class ExemptForm(forms.Form):
    """Why nothing is due."""

    kind = forms.ChoiceField(
        label=_("Diện được miễn"), choices=tuple((code, EXEMPT[code]) for code in DECIDED), widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một diện.")},
    )  # fmt: skip
    month = MonthField(label=_("Miễn từ tháng"))
    until = MonthField(label=_("Đóng trở lại từ tháng (nếu đã biết)"), required=False)
    paper = forms.CharField(
        label=_("Giấy tờ ở đâu"), max_length=120, required=False, help_text=_("Số, ngày và nơi giữ; không ghi bệnh."),
    )  # fmt: skip


class AgainForm(forms.Form):
    """From when somebody pays again."""

    month = MonthField(label=_("Đóng trở lại từ tháng"))


def first_values(on: date) -> dict[str, Any]:
    """What a form of a payer begins with."""
    return {"month": on}
