"""Forms of conferences and of standing assignments."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.forms import DayField
from hatnhan.meetings.minutes.forms import number_field
from hatnhan.meetings.minutes.rules import LONGEST_TEXT
from hatnhan.meetings.oversight.choices import CONFERENCE_KINDS
from hatnhan.members.forms.fields import choice_field, last_day_field, text_field

from .rules import Given, Group, Sheet

GROUPS, TASKS = 5, 4


class ConferenceForm(forms.Form):
    """A conference from paper: who came by group, the conclusion, what was given to whom."""

    kind = choice_field(gettext_lazy("Loại hội nghị"), CONFERENCE_KINDS.items(), radio=True)
    title = text_field(gettext_lazy("Về việc"), 200, required=True)
    held_on = DayField(label=gettext_lazy("Ngày họp"))
    place = text_field(gettext_lazy("Nơi họp"), 120)
    conclusion = forms.CharField(
        label=gettext_lazy("Kết luận"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any = None, *, targets: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(data, **options)
        offered = [("", gettext_lazy("Người ngoài, ghi chức danh")), *((str(pk), name) for pk, name in targets)]
        for n in range(1, GROUPS + 1):
            self.fields[f"group_label_{n}"] = text_field(gettext_lazy("Thành phần, chức danh"), 120)
            self.fields[f"group_called_{n}"] = number_field(gettext_lazy("Triệu tập"))
            self.fields[f"group_came_{n}"] = number_field(gettext_lazy("Dự"))
        for n in range(1, TASKS + 1):
            self.fields[f"task_text_{n}"] = text_field(gettext_lazy("Việc phải làm"), LONGEST_TEXT)
            self.fields[f"task_unit_{n}"] = forms.ChoiceField(
                label=gettext_lazy("Giao cho"), choices=offered, required=False
            )
            self.fields[f"task_post_{n}"] = text_field(
                gettext_lazy("Chức danh người ngoài"), 120, gettext_lazy("Ví dụ trưởng công an xã; không ghi tên.")
            )
            self.fields[f"task_due_{n}"] = DayField(label=gettext_lazy("Hạn xong"), required=False)

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        return [[self[f"group_{name}_{n}"] for name in ("label", "called", "came")] for n in range(1, GROUPS + 1)]

    @property
    def tasks(self) -> list[list[forms.BoundField]]:
        names = ("text", "unit", "post", "due")
        return [[self[f"task_{name}_{n}"] for name in names] for n in range(1, TASKS + 1)]

    def clean(self) -> dict[str, Any]:
        """A group needs its name, a task its words and its day."""
        given: dict[str, Any] = super().clean() or {}
        for n in range(1, GROUPS + 1):
            if not given.get(f"group_label_{n}") and (given.get(f"group_called_{n}") or given.get(f"group_came_{n}")):
                self.add_error(f"group_label_{n}", _("Hãy ghi thành phần nào."))
        for n in range(1, TASKS + 1):
            text, due = given.get(f"task_text_{n}"), given.get(f"task_due_{n}")
            if text and due is None and f"task_due_{n}" not in self.errors:
                self.add_error(f"task_due_{n}", _("Hãy ghi hạn xong."))
            if not text and (due is not None or given.get(f"task_unit_{n}") or given.get(f"task_post_{n}")):
                self.add_error(f"task_text_{n}", _("Hãy ghi việc phải làm."))
        return given

    def sheet(self) -> Sheet:
        """The conference as it was written down; only after validation."""
        given = self.cleaned_data
        groups = [
            Group(label, max(given[f"group_called_{n}"] or 0, 0) or given[f"group_came_{n}"] or 0,
                  given[f"group_came_{n}"] or 0)
            for n in range(1, GROUPS + 1)
            if (label := given[f"group_label_{n}"])
        ]  # fmt: skip
        tasks = [
            Given(text, given[f"task_due_{n}"], int(given[f"task_unit_{n}"] or 0) or None, given[f"task_post_{n}"])
            for n in range(1, TASKS + 1)
            if (text := given[f"task_text_{n}"])
        ]
        return Sheet(given["kind"], given["title"], given["held_on"], given["place"], given["conclusion"], groups,
                     tasks)  # fmt: skip


class AssignmentForm(forms.Form):
    """Who does what for the cell, since when."""

    text = text_field(
        gettext_lazy("Việc thường xuyên"), 200, gettext_lazy("Ví dụ phụ trách nhóm hộ số 3."), required=True
    )
    on = DayField(label=gettext_lazy("Từ ngày"))
    last = last_day_field()

    def __init__(self, data: Any = None, *, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(data, **options)
        who = choice_field(gettext_lazy("Đồng chí"), [(str(pk), name) for pk, name in people])
        self.fields = {"person": who, **self.fields}

    def given(self) -> dict[str, Any]:
        """The text and its days as the action's keywords."""
        last = self.cleaned_data["last"]
        return {"text": self.cleaned_data["text"], "on": self.cleaned_data["on"],
                "until": last + ONE if last else FAR}  # fmt: skip
