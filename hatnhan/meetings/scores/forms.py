"""Forms of scoring: points by criterion, the vote in numbers, the confirmation, a committee's own table."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.forms import DayField
from hatnhan.meetings.choices import SCORE_MODES
from hatnhan.meetings.minutes.forms import StepForm, number_field
from hatnhan.members.forms.fields import choice_field, last_day_field, reason_field, text_field

from .rules import NUMBERS, Criterion, Proposal, Table

FEW = 5  # up to so many points are chosen, more are typed
EXTRA = 4  # criteria of its own that a committee may add at a time
PAPER_DAY_WORDS = {"calendar": gettext_lazy("ngày theo lịch"), "hours": gettext_lazy("đủ 24 giờ")}


class PointsForm(forms.Form):
    """The points of a meeting by criterion; what is proposed is filled in and explained."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, table: Table, thematic: bool, proposals: Mapping[str, Proposal],
        given: Mapping[str, int], version: int | None, reasoned: bool = False,
    ) -> None:  # fmt: skip
        proposed = {code: one.points for code, one in proposals.items() if one.points is not None}
        super().__init__(data, initial={"seen": version, **proposed, **given})
        self.table, self.thematic, self.reasoned = table, thematic, reasoned
        for one in table.criteria(thematic):
            self.fields[one.code] = _points(one, proposals.get(one.code))
        if reasoned:
            self.fields["reason"] = reason_field(gettext_lazy("Lý do, nếu cho điểm khác"), required=False)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the table."""
        asked = {one.code for one in self.table.criteria(self.thematic)}
        return [
            (group.label, [self[one.code] for one in group.criteria if one.code in asked])
            for group in self.table.groups
            if any(one.code in asked for one in group.criteria)
        ]

    def points(self) -> dict[str, int]:
        """Points by criterion; only after validation."""
        return {one.code: int(self.cleaned_data[one.code]) for one in self.table.criteria(self.thematic)}


def _points(one: Criterion, proposal: Proposal | None) -> forms.Field:
    label = _("%(label)s (tối đa %(most)s)") % {"label": one.label, "most": one.most}
    hint = ""
    if proposal is not None:
        hint = proposal.why
        if proposal.points is not None:
            hint = _("Gợi ý %(points)s điểm. %(why)s") % {"points": proposal.points, "why": proposal.why}
    wrong = _("Hãy chấm từ 0 đến %(most)s điểm.") % {"most": one.most}
    if one.most > FEW:
        return forms.IntegerField(
            label=label, help_text=hint, min_value=0, max_value=one.most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
        )  # fmt: skip
    words = {option.points: f"{option.points} · {option.label}" for option in one.options}
    choices = [("", _("Chọn điểm"))] + [(str(n), words.get(n, str(n))) for n in range(one.most, -1, -1)]
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices, error_messages={"required": wrong, "invalid_choice": wrong}
    )


class VoteForm(StepForm):
    """The members' vote on the points: numbers only."""

    in_favour = number_field(gettext_lazy("Tán thành"), required=True)
    against = number_field(gettext_lazy("Không tán thành"))
    abstained = number_field(gettext_lazy("Ý kiến khác"))


class ReopenForm(StepForm):
    """Why a final grade is taken back."""

    reason = reason_field(gettext_lazy("Lý do mở lại"))


class TableForm(forms.Form):
    """A committee's own table, made from one of the book: points changed, criteria left out (0 points) or added."""

    decision = text_field(gettext_lazy("Số quyết định"), 60, gettext_lazy("Ví dụ 12-QĐ/ĐU."), required=True)
    on = DayField(label=gettext_lazy("Từ ngày"))
    last = last_day_field()
    mode = choice_field(gettext_lazy("Tháng không có chuyên đề"), SCORE_MODES.items(), radio=True)
    good = number_field(gettext_lazy("Tốt từ"), required=True)
    fair = number_field(gettext_lazy("Khá từ"), required=True)
    average = number_field(gettext_lazy("Trung bình từ"), required=True)
    year_good_least = number_field(gettext_lazy("Năm tốt: ít nhất mấy kỳ tốt"), required=True)
    edge_duration = number_field(gettext_lazy("Họp trên một nửa nhưng thiếu quá 30 phút: mấy điểm"), required=True)
    edge_speakers = number_field(gettext_lazy("Đúng một nửa phát biểu: mấy điểm"), required=True)
    paper_day = choice_field(gettext_lazy("Tài liệu trước 1 ngày, tính theo"), PAPER_DAY_WORDS.items(), radio=True)
    confirm = forms.BooleanField(label=gettext_lazy("Cấp trên xác nhận thì mới chốt điểm"), required=False)

    def __init__(self, data: Any = None, *, value: Mapping[str, Any], table: Table, **options: Any) -> None:
        initial = {name: value[name] for name in (*NUMBERS, "mode", "paper_day", "confirm", "gates")}
        super().__init__(data, initial={**initial, **options.pop("initial", {})}, **options)
        self.value, self.table = value, table
        codes = [(one.code, one.label) for one in table.criteria()]
        self.fields["gates"] = forms.MultipleChoiceField(
            label=gettext_lazy("Muốn xếp tốt phải đạt tối đa ở"), choices=codes, required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        for one in table.criteria():
            self.fields[f"label_{one.code}"] = text_field(gettext_lazy("Tên mục"), 200, required=True)
            self.fields[f"label_{one.code}"].initial = one.label
            self.fields[f"most_{one.code}"] = number_field(gettext_lazy("Điểm tối đa (0: bỏ mục)"), required=True)
            self.fields[f"most_{one.code}"].initial = one.most
            for n, option in enumerate(one.options):
                self.fields[f"step_{one.code}_{n}"] = number_field(option.label, required=True)
                self.fields[f"step_{one.code}_{n}"].initial = option.points
        for n in range(1, EXTRA + 1):
            self.fields[f"extra_label_{n}"] = text_field(gettext_lazy("Mục thêm"), 200)
            self.fields[f"extra_most_{n}"] = number_field(gettext_lazy("Điểm tối đa"))

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, list[forms.BoundField]]]]]:
        """(heading, [(criterion, its fields)]) in the order of the table."""
        return [
            (group.label, [(one.label, self._fields_of(one)) for one in group.criteria]) for group in self.table.groups
        ]

    def _fields_of(self, one: Criterion) -> list[forms.BoundField]:
        steps = [self[f"step_{one.code}_{n}"] for n in range(len(one.options))]
        return [self[f"label_{one.code}"], self[f"most_{one.code}"], *steps]

    @property
    def extras(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"extra_label_{n}"], self[f"extra_most_{n}"]) for n in range(1, EXTRA + 1)]

    def clean(self) -> dict[str, Any]:
        """Steps of a criterion do not exceed its points; an added criterion has a name and points."""
        given: dict[str, Any] = super().clean() or {}
        for one in self.table.criteria():
            most = given.get(f"most_{one.code}")
            for n in range(len(one.options)):
                step = given.get(f"step_{one.code}_{n}")
                if most and step is not None and step > most:
                    self.add_error(f"step_{one.code}_{n}", _("Hãy ghi từ 0 đến %(most)s.") % {"most": most})
        for n in range(1, EXTRA + 1):
            if bool(given.get(f"extra_label_{n}")) != bool(given.get(f"extra_most_{n}")):
                self.add_error(f"extra_label_{n}", _("Mục thêm cần cả tên và điểm tối đa."))
        return given

    def made(self) -> dict[str, Any]:
        """The table as data; only after validation."""
        given = self.cleaned_data
        groups = [{**group, "criteria": self._criteria(group["criteria"])} for group in self.value["groups"]]
        added = [
            {"code": f"own_{n}", "most": given[f"extra_most_{n}"], "label_vi": label, "label_en": label}
            for n in range(1, EXTRA + 1)
            if (label := given[f"extra_label_{n}"])
        ]
        if added:
            groups.append({"label_vi": "Mục của cấp ủy", "label_en": "The committee's own", "criteria": added})
        kept = {one["code"] for group in groups for one in group["criteria"]}
        return {
            **self.value, "groups": [group for group in groups if group["criteria"]],
            "gates": [code for code in given["gates"] if code in kept], "mode": given["mode"],
            "confirm": given["confirm"], "paper_day": given["paper_day"], **{name: given[name] for name in NUMBERS},
        }  # fmt: skip

    def _criteria(self, criteria: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        given, kept = self.cleaned_data, []
        for one in criteria:
            code = one["code"]
            if not given[f"most_{code}"]:
                continue
            label = given[f"label_{code}"]
            words = {} if label in (one["label_vi"], one["label_en"]) else {"label_vi": label, "label_en": label}
            steps = [{**step, "points": given[f"step_{code}_{n}"]} for n, step in enumerate(one.get("options", ()))]
            kept.append({**one, **words, "most": given[f"most_{code}"], "options": steps})
        return kept

    def given(self) -> dict[str, Any]:
        """The decision and its days as the action's keywords."""
        last = self.cleaned_data["last"]
        return {"decision": self.cleaned_data["decision"], "on": self.cleaned_data["on"],
                "until": last + ONE if last else FAR}  # fmt: skip
