"""Forms around a running meeting: opening it without preparation, and what is said at its end."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hatnhan.meetings.choices import FORMS, OF_MEMBERS
from hatnhan.meetings.minutes.forms import HourField, number_field
from hatnhan.meetings.minutes.rules import Line
from hatnhan.members.forms.fields import choice_field, text_field


def _person(label: Any, lines: Sequence[Line]) -> forms.ChoiceField:
    offered = [("", gettext_lazy("Chưa ghi")), *((str(line.person), line.name) for line in lines)]
    return forms.ChoiceField(label=label, choices=offered, required=False, widget=forms.Select)


class OpenForm(forms.Form):
    """What must be known when a meeting begins; all but the kind may be left empty."""

    kind = choice_field(gettext_lazy("Loại sinh hoạt"), OF_MEMBERS.items(), radio=True)
    form = choice_field(gettext_lazy("Cách họp"), FORMS.items(), radio=True)
    place = text_field(gettext_lazy("Nơi họp"), 120)
    agenda = forms.CharField(
        label=gettext_lazy("Chương trình, mỗi dòng một nội dung"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, lines: Sequence[Line], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"kind": "regular", "form": "in_person", **(initial or {})})
        self.fields["chair"] = _person(gettext_lazy("Chủ trì"), lines)
        self.fields["clerk"] = _person(gettext_lazy("Thư ký"), lines)

    def given(self) -> dict[str, Any]:
        """What opening takes; only after validation."""
        said = self.cleaned_data
        people = {name: int(said[name]) if said[name] else None for name in ("chair", "clerk")}
        return {"kind": said["kind"], "form": said["form"], "place": said["place"],
                "agenda": said["agenda"].splitlines(), **people}  # fmt: skip


class CloseForm(forms.Form):
    """What is said when a meeting ends."""

    started = HourField("19:30", label=gettext_lazy("Bắt đầu lúc"))
    ended = HourField("21:00", label=gettext_lazy("Kết thúc lúc"))
    spoke = number_field(gettext_lazy("Số người phát biểu"))

    def __init__(self, data: Any = None, *, lines: Sequence[Line], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["chair"] = _person(gettext_lazy("Chủ trì"), lines)
        self.fields["clerk"] = _person(gettext_lazy("Thư ký"), lines)


class CodeForm(forms.Form):
    """The code on the door."""

    code = forms.CharField(
        label=gettext_lazy("Mã cửa"), max_length=8, help_text=gettext_lazy("Sáu chữ số dán ở cửa phòng họp."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Hãy ghi mã dán ở cửa phòng họp.")},
    )  # fmt: skip
