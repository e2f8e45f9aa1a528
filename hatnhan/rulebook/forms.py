"""Forms of the rulebook."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.forms import DayField
from hatnhan.rulebook.rule import Rule


class LocalForm(forms.Form):
    """Another value for a committee, its decision and its days."""

    def __init__(self, *args: Any, rule: Rule, units: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        local = rule.local
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Cấp ủy quy định"), choices=list(units.items()), coerce=int,
            error_messages={"required": _("Hãy chọn cấp ủy."), "invalid_choice": _("Hãy chọn cấp ủy.")},
        )  # fmt: skip
        hint = _("Từ %(least)s đến %(most)s.") % {"least": local.at_least, "most": local.at_most} if local else ""
        self.fields["value"] = forms.IntegerField(
            label=_("Quy định là"), help_text=hint, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"required": _("Hãy ghi một số."), "invalid": _("Hãy ghi một số nguyên.")},
        )  # fmt: skip
        self.fields["decision"] = forms.CharField(
            label=_("Số quyết định"), max_length=60, help_text=_("Ví dụ 12-QĐ/ĐU."),
            error_messages={"required": _("Hãy ghi số quyết định của cấp ủy.")},
        )  # fmt: skip
        self.fields["on"] = DayField(label=_("Từ ngày"))
        self.fields["last"] = DayField(
            label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa định ngày kết thúc.")
        )

    def clean_value(self) -> int:
        """Bounds are judged by the action; here only what no column holds."""
        given: int = self.cleaned_data["value"]
        if abs(given) > 1_000_000:
            raise forms.ValidationError(_("Hãy ghi một số nguyên."))
        return given

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords, but for the unit."""
        given = dict(self.cleaned_data)
        last = given.pop("last")
        del given["unit"]
        return given | {"until": last + ONE if last else FAR}
