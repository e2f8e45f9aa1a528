"""The form that lists a promising person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.admissions.choices import LEFT, SECTORS, SEX
from hatnhan.admissions.permissions import PREPARE
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.forms import DayField
from hatnhan.members.forms.fields import choice_field, known_field, text_field
from hatnhan.units.fields import UnitField


class ListForm(forms.Form):
    """Who is listed, by which cell, and when the person was told."""

    name = text_field(gettext_lazy("Họ và tên"), 120, required=True, attrs={"autocomplete": "off"})
    minor = forms.BooleanField(label=gettext_lazy("Chưa đủ 18 tuổi: chỉ ghi họ tên và người giúp đỡ"), required=False)
    sex = choice_field(gettext_lazy("Giới tính"), SEX.items(), radio=True, required=False)
    birth = known_field(gettext_lazy("Ngày sinh"))
    sector = choice_field(gettext_lazy("Đang làm việc, học tập"), SECTORS.items(), required=False)
    on = DayField(label=gettext_lazy("Ngày chi bộ đưa vào danh sách"))
    told_on = DayField(
        label=gettext_lazy("Ngày đã báo cho người ấy biết"),
        help_text=gettext_lazy("Không ai bị đưa vào danh sách mà không được biết."),
    )
    left_how = choice_field(
        gettext_lazy("Nếu là kết nạp lại: ra khỏi Đảng vì sao"), LEFT.items(),
        gettext_lazy("Để trống nếu chưa từng là đảng viên."), required=False,
    )  # fmt: skip
    left_on = DayField(
        label=gettext_lazy("Ra khỏi Đảng, hoặc được xóa án tích, từ ngày"), required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = UnitField(actor, PREPARE, cells=True, label=_("Chi bộ"))
        if len(unit.offered) == 1:
            unit.initial = self.initial["unit"] = str(unit.offered[0].id)
        self.fields["unit"] = unit
        self.order_fields(["unit", "name"])
