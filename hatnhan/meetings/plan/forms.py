"""Forms of a meeting on its way: when and where it is, and steps upon it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import DayField
from hatnhan.meetings.choices import FORMS, MATTERS, PARTS
from hatnhan.meetings.minutes.forms import HourField, number_field
from hatnhan.meetings.models import AgendaItem, Sitting
from hatnhan.members.forms.fields import choice_field, reason_field, text_field

from .agendas import LONGEST_TEXT, LONGEST_TITLE, ItemSheet
from .rules import Plan


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


class ItemForm(forms.Form):
    """One item of the agenda."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = text_field(gettext_lazy("Nội dung"), LONGEST_TITLE, required=True)
    part = choice_field(gettext_lazy("Phần"), PARTS.items(), radio=True)
    minutes = number_field(gettext_lazy("Số phút"))
    speaker = forms.ChoiceField(label=gettext_lazy("Người trình bày"), required=False)
    rule = forms.ChoiceField(
        label=gettext_lazy("Biểu quyết"), required=False,
        choices=[("", gettext_lazy("Không biểu quyết")), *MATTERS.items()],
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Dự thảo để đọc trước"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Đảng viên đọc trên điện thoại từ khi mời. Về tư tưởng: không ghi tên người."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, people: Sequence[tuple[int, str]], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"part": "main", "minutes": 0, **(initial or {})})
        chosen: Any = self.fields["speaker"]
        chosen.choices = [("", gettext_lazy("Chưa định")), *((str(pk), name) for pk, name in people)]

    def sheet(self) -> ItemSheet:
        """The item as it was written; only after validation."""
        given = self.cleaned_data
        return ItemSheet(
            title=given["title"], part=given["part"], text=given["text"], minutes=given["minutes"] or 0,
            speaker=int(given["speaker"]) if given["speaker"] else None, rule=given["rule"],
        )  # fmt: skip


def item_values(item: AgendaItem) -> dict[str, Any]:
    """An item as the form shows it before it is changed."""
    names = ("title", "part", "minutes", "rule", "text")
    return {
        **{name: getattr(item, name) for name in names},
        "speaker": item.speaker_id or "",
        "seen": item.version,
    }


class PrepareForm(forms.Form):
    """Who prepared the meeting, when, and what was agreed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_on = DayField(label=gettext_lazy("Ngày bàn"))
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Ai đã bàn"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn những đồng chí đã bàn.")},
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Đã thống nhất"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Hãy ghi đã thống nhất những gì.")},
        help_text=gettext_lazy("Việc đã làm được, việc tháng tới, việc phải bàn hoặc biểu quyết."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, people: Sequence[tuple[int, str]], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        chosen: Any = self.fields["people"]
        chosen.choices = [(str(pk), name) for pk, name in people]


class ChoreForm(forms.Form):
    """A small job of preparation."""

    text = text_field(gettext_lazy("Việc cần chuẩn bị"), 200, required=True)
    who = forms.ChoiceField(label=gettext_lazy("Ai làm"), required=False)
    due_on = DayField(label=gettext_lazy("Hạn xong"))

    def __init__(self, data: Any = None, *, people: Sequence[tuple[int, str]], due: date) -> None:
        super().__init__(data, initial={"due_on": due})
        chosen: Any = self.fields["who"]
        chosen.choices = [("", gettext_lazy("Chưa định")), *((str(pk), name) for pk, name in people)]


class RemarkForm(forms.Form):
    """A comment or a question before the meeting."""

    text = forms.CharField(
        label=gettext_lazy("Ý kiến, câu hỏi"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy viết ý kiến.")},
        help_text=gettext_lazy("Chỉ bí thư và phó bí thư đọc được; xóa sau buổi họp."),
    )  # fmt: skip
