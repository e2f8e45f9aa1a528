"""Forms of a badge: the declaration, each step, the decision, a badge that was borne before, a wait."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.forms import DayField

from .choices import DECLARED_BY, DISCIPLINE, KINDS, PLACES

NEEDED = {"required": _("Hãy điền mục này.")}


class DeclareForm(forms.Form):
    """What the declaration says."""

    level = forms.TypedChoiceField(label=_("Mức Huy hiệu"), coerce=int)
    kind = forms.ChoiceField(label=_("Trường hợp"), choices=list(KINDS.items()))
    on = DayField(label=_("Ngày nhận tờ khai"))
    declared_by = forms.ChoiceField(label=_("Ai khai"), choices=list(DECLARED_BY.items()))
    evidence = forms.CharField(
        label=_("Giấy xác nhận bệnh nặng đang lưu ở đâu"), max_length=200, required=False,
        help_text=_("Chỉ khi tặng sớm. Ghi nơi lưu giấy, không ghi bệnh gì."),
    )  # fmt: skip
    explanation = forms.CharField(
        label=_("Giải trình"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chỉ khi đề nghị muộn: vì sao muộn, đã xử lý người có trách nhiệm thế nào."),
    )  # fmt: skip
    urgent = forms.BooleanField(
        label=_("Việc gấp: chi ủy đề nghị ngay, chi bộ thông qua ở kỳ họp gần nhất"), required=False
    )
    despite = forms.BooleanField(label=_("Vẫn ghi, đã đọc cảnh báo"), required=False)

    def __init__(self, levels: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["level"]
        field.choices = [(one, f"{one}") for one in levels]


class StepForm(forms.Form):
    """The day of a step, the number of its paper, a note."""

    on = DayField(label=_("Ngày"))
    paper = forms.CharField(label=_("Số văn bản"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Ghi chú"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không ghi chuyện riêng, bệnh tật, kỷ luật của ai."),
    )  # fmt: skip


class VotedForm(StepForm):
    """A step that was voted on."""

    in_favour = forms.IntegerField(label=_("Số tán thành"), min_value=0, max_value=2000, required=False)
    base = forms.IntegerField(label=_("Trên số được tính"), min_value=0, max_value=2000, required=False)
    field_order = ("on", "paper", "in_favour", "base", "note")


class NoteForm(forms.Form):
    """A step that needs only its day and a note."""

    on = DayField(label=_("Ngày"))
    note = forms.CharField(
        label=_("Ghi chú"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không ghi chuyện riêng, bệnh tật, kỷ luật của ai."),
    )  # fmt: skip


class DecideForm(forms.Form):
    """The decisions of the province and the number."""

    on = DayField(label=_("Ngày quyết định"))
    decision_all = forms.CharField(label=_("Số quyết định tập thể"), max_length=60, required=False)
    decision = forms.CharField(label=_("Số quyết định của từng người"), max_length=60, error_messages=NEEDED)
    number_given = forms.CharField(
        label=_("Số Huy hiệu"), max_length=20, required=False,
        help_text=_("Để trống thì lấy số tiếp theo của loại này."),
    )  # fmt: skip


class DecideManyForm(forms.Form):
    """One collective decision for a list, and where its own decisions begin."""

    on = DayField(label=_("Ngày quyết định"))
    decision_all = forms.CharField(label=_("Số quyết định tập thể"), max_length=60, error_messages=NEEDED)
    first = forms.IntegerField(label=_("Số quyết định đầu tiên"), min_value=1, max_value=999_999)
    tail = forms.CharField(
        label=_("Phần sau của số"), max_length=30, initial="-QĐ/TU", required=False, help_text=_("Ví dụ: -QĐ/TU")
    )


class AwardForm(forms.Form):
    """When and where it was handed over."""

    on = DayField(label=_("Ngày trao"))
    place = forms.ChoiceField(label=_("Nơi trao"), choices=list(PLACES.items()))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class RecordForm(forms.Form):
    """A badge that was awarded before."""

    level = forms.TypedChoiceField(label=_("Mức Huy hiệu"), coerce=int)
    on = DayField(label=_("Ngày quyết định"))
    number = forms.CharField(label=_("Số Huy hiệu"), max_length=20, required=False, help_text=_("Như NB 00001."))
    decision = forms.CharField(label=_("Số quyết định"), max_length=60, required=False)

    def __init__(self, levels: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["level"]
        field.choices = [(one, f"{one}") for one in levels]


class EndForm(forms.Form):
    """Lost or returned, and why."""

    on = DayField(label=_("Ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, error_messages=NEEDED)


class HoldForm(forms.Form):
    """What makes an award wait: read by its keeper only."""

    kind = forms.ChoiceField(label=_("Hình thức"), choices=list(DISCIPLINE.items()))
    decided_on = DayField(label=_("Ngày quyết định"))
    decision = forms.CharField(label=_("Số quyết định"), max_length=60, error_messages=NEEDED)


class LiftForm(forms.Form):
    """Why it is withdrawn."""

    reason = forms.CharField(label=_("Lý do rút"), max_length=300, error_messages=NEEDED)


class SymbolForm(forms.Form):
    """The letters before the numbers."""

    symbol = forms.CharField(label=_("Ký hiệu"), max_length=3, error_messages=NEEDED, help_text=_("Như NB."))
    on = DayField(label=_("Dùng từ ngày"))


STEP_FORMS: dict[str, type[forms.Form]] = {
    "review": VotedForm, "adopt": VotedForm, "propose": StepForm, "decide": DecideForm, "award": AwardForm,
    "send_back": NoteForm, "complete": NoteForm, "postpone": NoteForm, "refuse": NoteForm, "withdraw": NoteForm,
}  # fmt: skip
