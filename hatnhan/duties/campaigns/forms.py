"""Forms of campaigns."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.forms import DayField

from ..models import Campaign, Step
from .choices import MOST_STEPS, OBSTACLES
from .rules import StepSheet

FILL = {"required": _("Hãy điền mục này.")}


class PlanForm(forms.Form):
    """What is wanted, by which paper, in which steps, each with its last day."""

    title = forms.CharField(label=_("Tên đợt công tác"), max_length=160, error_messages=FILL)
    aim = forms.CharField(
        label=_("Mục đích, yêu cầu"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    document = forms.CharField(label=_("Số văn bản"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_STEPS + 1):
            told = {"number": number}
            self.fields[f"step_{number}"] = forms.CharField(
                label=gettext("Bước %(number)s") % told, max_length=160, required=False
            )
            self.fields[f"due_{number}"] = DayField(label=gettext("Hạn của bước %(number)s") % told, required=False)

    def clean(self) -> dict[str, Any]:
        """A step needs its day, a day its step."""
        given: dict[str, Any] = super().clean() or {}
        for number in range(1, MOST_STEPS + 1):
            label, due = given.get(f"step_{number}"), given.get(f"due_{number}")
            if label and due is None and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("Hãy ghi hạn của bước này."))
            if due is not None and not label:
                self.add_error(f"step_{number}", _("Hãy ghi tên bước, hoặc bỏ trống hạn."))
        return given

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each step, for the page."""
        return [(self[f"step_{number}"], self[f"due_{number}"]) for number in range(1, MOST_STEPS + 1)]

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        data = self.cleaned_data
        steps = [
            StepSheet(data[f"step_{number}"], data[f"due_{number}"])
            for number in range(1, MOST_STEPS + 1)
            if data.get(f"step_{number}") and data.get(f"due_{number}")
        ]
        return {"title": data["title"], "aim": data["aim"], "document": data["document"], "steps": steps}


def planned(campaign: Campaign) -> dict[str, Any]:
    """A draft as the form's first values."""
    found: dict[str, Any] = {"title": campaign.title, "aim": campaign.aim, "document": campaign.document}
    for step in Step.objects.filter(campaign=campaign):
        found |= {f"step_{step.number}": step.label, f"due_{step.number}": step.due}
    return found


class StepForm(forms.Form):
    """On which day a step was done."""

    on = DayField(label=_("Xong ngày"))


class ObstacleForm(forms.Form):
    """What stands in the way."""

    kind = forms.ChoiceField(label=_("Vướng mắc"), choices=list(OBSTACLES.items()))
    text = forms.CharField(
        label=_("Nói rõ thêm"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không ghi tên người."),
    )  # fmt: skip


class VisitForm(forms.Form):
    """Who came, by post, and when."""

    on = DayField(label=pgettext_lazy("visit", "Ngày đến"))
    post = forms.CharField(
        label=_("Người đến"), max_length=120, error_messages=FILL,
        help_text=_("Ghi chức danh, ví dụ: Phó Bí thư Thường trực, tổ công tác số 2."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Kết quả, việc thống nhất"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    """Why something is taken back or ended."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, error_messages=FILL, widget=forms.Textarea(attrs={"rows": 2})
    )
