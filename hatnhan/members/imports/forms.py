"""What is asked for when a list is handed over, and when its columns are changed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import DayField
from hatnhan.units.fields import UnitField

TYPES = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt"


class UploadForm(forms.Form):
    """A file, the unit that it is for, and the day from which it holds. A file that was kept from a try before need not
    be chosen again."""

    file = forms.FileField(
        label=gettext_lazy("Bảng tính"),
        widget=forms.FileInput(attrs={"accept": TYPES}),
        help_text=gettext_lazy("XLSX, XLS, ODS hoặc CSV. Cứ để nguyên tệp đang dùng: có dòng tiêu đề là được."),
        error_messages={"required": gettext_lazy("Hãy chọn tệp."), "empty": gettext_lazy("Tệp này trống.")},
    )
    on = DayField(label=gettext_lazy("Ngày ghi nhận"))

    def __init__(self, *args: Any, actor: Actor, code: str, kept: str = "", top: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        label = _("Danh sách của tổ chức")
        hint = _("Chỉ những người, những tổ chức ở đây và trực thuộc mới được ghi.")
        self.fields["unit"] = UnitField(actor, code, label=label, required=not top, help_text=hint)
        self.fields["file"].required = not kept
        self.order_fields(["file", "unit", "on"])

    def clean_on(self) -> date:
        """No day to come."""
        on: date = self.cleaned_data["on"]
        if on > self.actor.on:
            raise forms.ValidationError(_("Ngày ghi nhận không thể sau hôm nay."))
        return on
