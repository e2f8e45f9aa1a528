"""One form for a whole meeting, as the secretary has it on paper; works without scripts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.forms import DayField
from hatnhan.kernel.refusal import Refused
from hatnhan.meetings.choices import FORMS, FREE, MARKS, MATTERS, METHODS, OBLIGED, OF_MEMBERS, OUTCOMES, TASK_STATES
from hatnhan.meetings.models import Meeting, Task
from hatnhan.members.forms.fields import choice_field, reason_field, text_field

from .rules import LONGEST_TEXT, Line, MotionSheet, Sheet, TaskSheet, call

MOTIONS, TASKS = 3, 4
NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
DUE_HINT = gettext_lazy("Ví dụ 30/11/2026.")


class HourField(forms.TimeField):
    """An hour as people write it: 19:30, 19h30, 19 giờ 30."""

    def __init__(self, shown: str, **options: Any) -> None:
        wrong = gettext_lazy("Giờ chưa đúng. Hãy ghi như 19:30.")
        super().__init__(
            widget=forms.TimeInput(attrs={"autocomplete": "off", "placeholder": shown}, format="%H:%M"),
            input_formats=["%H:%M", "%Hh%M", "%H.%M", "%H giờ %M", "%Hh"],
            error_messages={"invalid": wrong, "required": gettext_lazy("Hãy ghi giờ.")},
            **options,
        )


def number_field(label: Any, *, required: bool = False) -> forms.IntegerField:
    """A whole number from 0; empty counts as 0."""
    wrong = gettext_lazy("Hãy ghi một số từ 0 đến 9999.")
    return forms.IntegerField(
        label=label, min_value=0, max_value=9999, required=required, widget=forms.TextInput(attrs=NUMBER),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )  # fmt: skip


class MeetingForm(forms.Form):
    """The roll of the day, what was voted, what came out, which tasks were given, how the former ones went."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    people = forms.CharField(widget=forms.HiddenInput, required=False)
    held_on = DayField(label=gettext_lazy("Ngày sinh hoạt"))
    started = HourField("19:30", label=gettext_lazy("Bắt đầu lúc"))
    ended = HourField("21:00", label=gettext_lazy("Kết thúc lúc"))
    kind = choice_field(gettext_lazy("Loại sinh hoạt"), OF_MEMBERS.items(), radio=True)
    form = choice_field(gettext_lazy("Cách họp"), FORMS.items(), radio=True)
    place = text_field(gettext_lazy("Nơi họp"), 120)
    guests = number_field(gettext_lazy("Số khách dự"))
    spoke = number_field(gettext_lazy("Số người phát biểu"))
    outcome = choice_field(gettext_lazy("Kết quả"), OUTCOMES.items(), radio=True)
    outcome_text = forms.CharField(
        label=gettext_lazy("Nội dung nghị quyết hoặc kết luận"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, lines: Sequence[Line], on: date, kinds: Mapping[str, Any] = OF_MEMBERS,
        open_tasks: Sequence[Task] = (), initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.lines, self.open_tasks = lines, open_tasks
        self.called = call(lines, {}, rulebook.at(on))
        self.shown = ",".join(str(line.person) for line in lines)
        defaults = {
            "kind": next(iter(kinds)),
            "form": "in_person",
            "outcome": "none",
            "guests": 0,
            "spoke": 0,
            "held_on": on,
        }
        super().__init__(data, initial={**defaults, **(initial or {}), "people": self.shown})
        self.fields["kind"].choices = list(kinds.items())  # type: ignore[attr-defined]
        offered = [("", gettext_lazy("Chưa ghi")), *((str(line.person), line.name) for line in lines)]
        for name, label in (("chair", gettext_lazy("Chủ trì")), ("clerk", gettext_lazy("Thư ký"))):
            self.fields[name] = _person_field(label, offered)
        for one in self.called:
            marks = OBLIGED if one.due else FREE
            self.fields[f"mark_{one.line.person}"] = forms.ChoiceField(
                label=one.line.name, choices=[(code, MARKS[code]) for code in marks], required=False,
                initial=one.mark, widget=forms.RadioSelect,
            )  # fmt: skip
        written = [int(name.rpartition("_")[2]) for name in initial or {} if name.startswith("motion_text_")]
        self.motion_numbers = range(1, max([MOTIONS, *written]) + 1)
        for number in self.motion_numbers:
            self._add_motion(number)
        for number in range(1, TASKS + 1):
            self.fields[f"task_text_{number}"] = text_field(gettext_lazy("Nhiệm vụ"), LONGEST_TEXT)
            self.fields[f"task_leader_{number}"] = _person_field(gettext_lazy("Người chủ trì"), offered)
            self.fields[f"task_due_{number}"] = DayField(
                label=gettext_lazy("Hạn xong"), required=False, help_text=DUE_HINT
            )
        for task in open_tasks:
            self.fields[f"report_{task.pk}"] = forms.ChoiceField(
                label=task.text, choices=TASK_STATES.items(), required=False, initial=task.state,
                widget=forms.RadioSelect,
            )  # fmt: skip
        if self.is_bound and self.data.get("people", self.shown) != self.shown:
            self.data = {**_plain(self.data), "people": self.shown, "other_roll": "1"}

    def _add_motion(self, number: int) -> None:
        self.fields[f"motion_text_{number}"] = text_field(gettext_lazy("Biểu quyết về việc"), LONGEST_TEXT)
        self.fields[f"motion_rule_{number}"] = _choice(gettext_lazy("Loại việc"), MATTERS.items(), "vote.ordinary")
        self.fields[f"motion_method_{number}"] = _choice(gettext_lazy("Cách biểu quyết"), METHODS.items(), "card")
        for name, label in (
            ("for", gettext_lazy("Tán thành")), ("against", gettext_lazy("Không tán thành")),
            ("abstained", gettext_lazy("Ý kiến khác")), ("reserved", gettext_lazy("Ý kiến bảo lưu")),
        ):  # fmt: skip
            self.fields[f"motion_{name}_{number}"] = number_field(label)

    # --- what the template asks ---

    @property
    def roll(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The members by Party group, each a field of marks; in a cell without groups one list without a name."""
        groups: dict[str, list[forms.BoundField]] = {}
        for line in sorted(self.lines, key=lambda line: (not line.group, line.group)):
            groups.setdefault(line.group, []).append(self[f"mark_{line.person}"])
        return [(name or (_("Chưa xếp tổ") if len(groups) > 1 else ""), fields) for name, fields in groups.items()]

    @property
    def motions(self) -> list[list[forms.BoundField]]:
        names = ("text", "rule", "method", "for", "against", "abstained", "reserved")
        return [[self[f"motion_{name}_{n}"] for name in names] for n in self.motion_numbers]

    @property
    def given(self) -> list[list[forms.BoundField]]:
        return [[self[f"task_{name}_{n}"] for name in ("text", "leader", "due")] for n in range(1, TASKS + 1)]

    @property
    def reports(self) -> list[tuple[Task, forms.BoundField]]:
        return [(task, self[f"report_{task.pk}"]) for task in self.open_tasks]

    # --- what was written ---

    def clean(self) -> dict[str, Any]:
        """A motion needs its words and its votes, a task its words and its day; the roll is that of the day written."""
        given: dict[str, Any] = super().clean() or {}
        for number in self.motion_numbers:
            text, votes = given.get(f"motion_text_{number}"), given.get(f"motion_for_{number}")
            if text and votes is None and f"motion_for_{number}" not in self.errors:
                self.add_error(f"motion_for_{number}", _("Hãy ghi số tán thành."))
            if votes is not None and not text:
                self.add_error(f"motion_text_{number}", _("Hãy ghi biểu quyết về việc gì."))
        for number in range(1, TASKS + 1):
            text, due = given.get(f"task_text_{number}"), given.get(f"task_due_{number}")
            if text and due is None and f"task_due_{number}" not in self.errors:
                self.add_error(f"task_due_{number}", _("Hãy ghi hạn xong."))
            if not text and (due is not None or given.get(f"task_leader_{number}")):
                self.add_error(f"task_text_{number}", _("Hãy ghi nhiệm vụ là gì."))
        if "other_roll" in self.data:
            text = _("Danh sách điểm danh đã đổi theo ngày sinh hoạt. Hãy xem lại từng đồng chí rồi ghi lần nữa.")
            self.add_error("held_on", text)
        return given

    def sheet(self) -> Sheet:
        """The meeting as it was written down; only after validation."""
        given = self.cleaned_data
        chair, clerk = (int(given[name]) if given[name] else None for name in ("chair", "clerk"))
        return Sheet(
            kind=given["kind"], form=given["form"], held_on=given["held_on"], started=given["started"],
            ended=given["ended"], place=given["place"], chair=chair, clerk=clerk, guests=given["guests"] or 0,
            spoke=given["spoke"] or 0, outcome=given["outcome"], outcome_text=given["outcome_text"],
            marks={one.person: mark for one in self.lines if (mark := given.get(f"mark_{one.person}"))},
            motions=[self._motion(n) for n in self.motion_numbers if given[f"motion_text_{n}"]],
            tasks=[
                TaskSheet(given[f"task_text_{n}"], given[f"task_due_{n}"], int(given[f"task_leader_{n}"] or 0) or None)
                for n in range(1, TASKS + 1)
                if given[f"task_text_{n}"]
            ],
            reports={task.pk: state for task in self.open_tasks if (state := given.get(f"report_{task.pk}"))},
        )  # fmt: skip

    def _motion(self, number: int) -> MotionSheet:
        given = {name: self.cleaned_data[f"motion_{name}_{number}"] or 0
                 for name in ("for", "against", "abstained", "reserved")}  # fmt: skip
        return MotionSheet(
            self.cleaned_data[f"motion_text_{number}"], given["for"], given["against"], given["abstained"],
            given["reserved"], self.cleaned_data[f"motion_method_{number}"] or "card",
            self.cleaned_data[f"motion_rule_{number}"] or "vote.ordinary",
        )  # fmt: skip

    def explain(self, refused: Refused, version: int | None = None) -> None:
        """Put reasons at the fields they name. After somebody else's change the next try counts as having seen it."""
        for reason in refused.reasons:
            self.add_error(reason.field if reason.field in self.fields else None, reason.message)
        if version is not None and "stale" in refused.codes:
            self.data = {**_plain(self.data), "seen": version}


def first_values(meeting: Meeting) -> dict[str, Any]:
    """A recorded meeting as the form shows it before it is changed; its tasks are not among them."""
    values = {
        name: getattr(meeting, name)
        for name in (
            "held_on",
            "started",
            "ended",
            "kind",
            "form",
            "place",
            "guests",
            "spoke",
            "outcome",
            "outcome_text",
        )
    }
    values |= {"seen": meeting.version, "chair": meeting.chair_id or "", "clerk": meeting.clerk_id or ""}
    values |= {f"mark_{one.person_id}": one.mark for one in meeting.roll.all()}
    for n, one in enumerate(meeting.motions.order_by("number"), 1):
        values |= {
            f"motion_text_{n}": one.text, f"motion_rule_{n}": one.rule, f"motion_method_{n}": one.method,
            f"motion_for_{n}": one.in_favour, f"motion_against_{n}": one.against,
            f"motion_abstained_{n}": one.abstained, f"motion_reserved_{n}": one.reserved,
        }  # fmt: skip
    return values


def _plain(data: Any) -> dict[str, Any]:
    """What was sent, each name with its last value."""
    return data.dict() if isinstance(data, QueryDict) else dict(data)


def _person_field(label: Any, offered: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=offered, required=False, widget=forms.Select)


def _choice(label: Any, choices: Any, first: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=False, initial=first, widget=forms.Select)


class StepForm(forms.Form):
    """A step upon minutes: nothing to write but the version that was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WithdrawForm(StepForm):
    """Why a meeting is taken back."""

    reason = reason_field(gettext_lazy("Lý do bỏ"))


class AddendumForm(forms.Form):
    """What adopted minutes lack."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung bổ sung"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Hãy ghi nội dung bổ sung.")},
    )  # fmt: skip
