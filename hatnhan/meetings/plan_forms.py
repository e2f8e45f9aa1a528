"""Forms of a meeting on its way: when and where it is, and steps upon it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import DayField
from hatnhan.members.forms.fields import choice_field, reason_field, text_field

from .choices import FORMS
from .forms import HourField
from .models import Sitting
from .plan_rules import Plan


class PlanForm(forms.Form):
    """When, where and as what a meeting will be held."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=gettext_lazy("Ngày họp"))
    starts = HourField("19:30", label=gettext_lazy("Bắt đầu lúc"))
    place = text_field(gettext_lazy("Nơi họp"), 120)
    kind = choice_field(gettext_lazy("Loại buổi họp"), (), radio=True)
    form = choice_field(gettext_lazy("Cách họp"), FORMS.items(), radio=True)
    topic = text_field(gettext_lazy("Chuyên đề"), 200, gettext_lazy("Chỉ ghi khi có sinh hoạt chuyên đề."))
    chair = forms.ChoiceField(label=gettext_lazy("Chủ trì"), required=False)
    clerk = forms.ChoiceField(label=gettext_lazy("Thư ký"), required=False)

    def __init__(
        self, data: Any = None, *, kinds: Sequence[tuple[str, Any]], people: Sequence[tuple[int, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"kind": kinds[0][0], "form": "in_person", **(initial or {})})
        choices: Any = self.fields["kind"]
        choices.choices = kinds
        offered = [("", gettext_lazy("Chưa định")), *((str(pk), name) for pk, name in people)]
        for name in ("chair", "clerk"):
            chosen: Any = self.fields[name]
            chosen.choices = offered

    def plan(self) -> Plan:
        """The plan as it was written; only after validation."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        chair, clerk = (int(given.pop(name)) if given[name] else given.pop(name) or None for name in ("chair", "clerk"))
        return Plan(**given, chair=chair, clerk=clerk)


def plan_values(sitting: Sitting) -> dict[str, Any]:
    """A planned meeting as the form shows it before it is changed."""
    names = ("day", "starts", "place", "kind", "form", "topic")
    return {
        **{name: getattr(sitting, name) for name in names}, "seen": sitting.version,
        "chair": sitting.chair_id or "", "clerk": sitting.clerk_id or "",
    }  # fmt: skip


class InviteForm(forms.Form):
    """Nothing to write but the version that was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CancelForm(InviteForm):
    """Why a meeting is not held."""

    reason = reason_field(gettext_lazy("Lý do hủy"))
