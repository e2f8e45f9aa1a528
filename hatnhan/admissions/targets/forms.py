"""Forms of targets and of cells without anybody to admit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hatnhan.admissions.choices import NO_SOURCE, TARGETS
from hatnhan.kernel.forms import DayField
from hatnhan.members.forms.fields import REQUIRED, choice_field, text_field


class TargetForm(forms.Form):
    """How many in a year, in total and of groups."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), error_messages={"required": REQUIRED})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in TARGETS.items():
            self.fields[kind] = forms.IntegerField(
                label=label, min_value=0, max_value=100_000, required=kind == "total",
                error_messages={"required": REQUIRED}, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        self.fields["document"] = text_field(gettext_lazy("Văn bản giao chỉ tiêu"), 60)

    def given(self) -> dict[str, Any]:
        """The numbers together, as the action wants them."""
        given = self.cleaned_data
        counts = {kind: given[kind] for kind in TARGETS}
        return {"year": given["year"], "counts": counts, "document": given["document"]}


class NoSourceForm(forms.Form):
    """Why a cell has nobody to admit, from when."""

    why = choice_field(gettext_lazy("Lý do"), NO_SOURCE.items(), radio=True)
    on = DayField(label=gettext_lazy("Từ ngày"))


class EndForm(forms.Form):
    """From when there is somebody again."""

    on = DayField(label=gettext_lazy("Từ ngày"))


class DelegateForm(forms.Form):
    """The decision by which a committee may admit itself."""

    decision = text_field(gettext_lazy("Số quyết định ủy quyền"), 60, required=True)
    on = DayField(label=gettext_lazy("Từ ngày"))
