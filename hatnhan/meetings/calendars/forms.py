"""Forms of what holds for many months: the fixed day, a theme of the year, a calendar's address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import DayField
from hatnhan.meetings.minutes.forms import NUMBER, HourField
from hatnhan.members.forms.fields import choice_field, text_field

QUARTERS = {1: gettext_lazy("Quý I"), 2: gettext_lazy("Quý II"), 3: gettext_lazy("Quý III"), 4: gettext_lazy("Quý IV")}


def _day_of_month(label: Any, *, required: bool) -> forms.IntegerField:
    wrong = gettext_lazy("Hãy ghi một ngày từ 1 đến 28.")
    return forms.IntegerField(
        label=label, min_value=1, max_value=28, required=required, widget=forms.TextInput(attrs=NUMBER),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong, "required": wrong},
    )  # fmt: skip


class FixedDayForm(forms.Form):
    """On which days of the month a unit meets."""

    first_day = _day_of_month(gettext_lazy("Ngày trong tháng"), required=True)
    last_day = _day_of_month(gettext_lazy("Đến ngày (nếu là một khoảng)"), required=False)
    starts = HourField("19:30", label=gettext_lazy("Giờ họp"), required=False)
    place = text_field(gettext_lazy("Nơi họp"), 120)
    on = DayField(label=gettext_lazy("Từ ngày"))
    below = forms.BooleanField(label=gettext_lazy("Áp dụng cho mọi tổ chức trực thuộc chưa tự định"), required=False)

    def __init__(self, data: Any = None, *, cell: bool, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if cell:
            del self.fields["below"]

    def days(self) -> dict[str, Any]:
        """What was written, as the action takes it; only after validation."""
        given = dict(self.cleaned_data)
        given["last_day"] = given["last_day"] or given["first_day"]
        return given


class ThemeForm(forms.Form):
    """A thematic meeting planned for a quarter."""

    quarter = choice_field(gettext_lazy("Quý"), QUARTERS.items())
    topic = text_field(gettext_lazy("Chuyên đề"), 200, required=True)
    drafter = forms.ChoiceField(label=gettext_lazy("Người chuẩn bị"), required=False)

    def __init__(self, data: Any = None, *, people: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        chosen: Any = self.fields["drafter"]
        chosen.choices = [("", gettext_lazy("Chưa định")), *((str(pk), name) for pk, name in people)]
