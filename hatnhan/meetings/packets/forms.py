"""Forms of what goes down and comes up: a packet of the month, a proposal, its answer, the monthly report."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.meetings.choices import MATTERS, REPORT_PARTS
from hatnhan.meetings.minutes.forms import number_field
from hatnhan.meetings.models import MonthReport, Packet
from hatnhan.meetings.plan.agendas import LONGEST_TEXT, ItemSheet
from hatnhan.members.forms.fields import text_field

from .month_facts import Phrases

ITEMS = 6


class PacketForm(forms.Form):
    """A packet: its title and a handful of items; empty ones are left out."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    month = forms.ChoiceField(label=gettext_lazy("Tháng"))
    title = text_field(gettext_lazy("Tên"), 200, required=True)

    def __init__(self, data: Any = None, *, months: list[date], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        chosen: Any = self.fields["month"]
        chosen.choices = [(f"{one:%Y-%m-%d}", f"{one.month}/{one.year}") for one in months]
        for n in range(1, ITEMS + 1):
            self.fields[f"item_{n}"] = text_field(gettext_lazy("Nội dung"), 200)
            self.fields[f"minutes_{n}"] = number_field(gettext_lazy("Số phút"))
            self.fields[f"rule_{n}"] = forms.ChoiceField(
                label=gettext_lazy("Biểu quyết"), required=False,
                choices=[("", gettext_lazy("Không biểu quyết")), *MATTERS.items()],
            )  # fmt: skip
            self.fields[f"text_{n}"] = forms.CharField(
                label=gettext_lazy("Hướng dẫn, tin hoặc dự thảo"), required=False, max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each item."""
        names = ("item", "minutes", "rule", "text")
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, ITEMS + 1)]

    def clean(self) -> dict[str, Any]:
        """A text needs the name of its item."""
        given: dict[str, Any] = super().clean() or {}
        for n in range(1, ITEMS + 1):
            if given.get(f"text_{n}") and not given.get(f"item_{n}") and f"item_{n}" not in self.errors:
                self.add_error(f"item_{n}", _("Hãy ghi nội dung của mục."))
        return given

    def items(self) -> list[ItemSheet]:
        """The items that were written; only after validation."""
        given = self.cleaned_data
        return [
            ItemSheet(
                given[f"item_{n}"], text=given[f"text_{n}"], minutes=given[f"minutes_{n}"] or 0, rule=given[f"rule_{n}"]
            )
            for n in range(1, ITEMS + 1)
            if given[f"item_{n}"]
        ]


def packet_values(packet: Packet) -> dict[str, Any]:
    """A packet as the form shows it before it is changed."""
    values: dict[str, Any] = {"seen": packet.version, "month": f"{packet.first:%Y-%m-%d}", "title": packet.title}
    for n, item in enumerate(packet.items.order_by("pk"), 1):
        values |= {
            f"item_{n}": item.title,
            f"minutes_{n}": item.minutes,
            f"rule_{n}": item.rule,
            f"text_{n}": item.text,
        }
    return values


class ProposalForm(forms.Form):
    """What a cell asks of the committee above."""

    text = forms.CharField(
        label=gettext_lazy("Kiến nghị"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Hãy ghi kiến nghị.")},
        help_text=gettext_lazy("Như đã ghi trong biên bản; ý kiến chung của chi bộ, không ghi tên người."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The answer to a proposal."""

    answer = forms.CharField(
        label=gettext_lazy("Trả lời"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Hãy ghi câu trả lời.")},
        help_text=gettext_lazy("Chi bộ đọc câu này đầu tiên ở kỳ sinh hoạt sau."),
    )  # fmt: skip


class ReportForm(forms.Form):
    """The cell's own words of the month; phrases that are ticked are added at the end of their part."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, banks: list[Phrases], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for code, label in REPORT_PARTS.items():
            hint = gettext_lazy("Theo nhóm việc (đất đai, giá cả, môi trường …); không ghi tên người.")
            self.fields[code] = forms.CharField(
                label=label, required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}),
                help_text=hint if code == "people" else "",
            )  # fmt: skip
            offered = dict.fromkeys(phrase for bank in banks for phrase in bank.parts[code])
            self.fields[f"phrases_{code}"] = forms.MultipleChoiceField(
                label=gettext_lazy("Câu mẫu"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(phrase, phrase) for phrase in offered],
            )  # fmt: skip

    @property
    def parts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each part with its phrases."""
        return [(self[code], self[f"phrases_{code}"]) for code in REPORT_PARTS]

    def texts(self) -> dict[str, str]:
        """The parts as they were written, with the phrases that were ticked; only after validation."""
        found = {}
        for code in REPORT_PARTS:
            text = self.cleaned_data[code]
            added = [phrase for phrase in self.cleaned_data[f"phrases_{code}"] if phrase not in text]
            found[code] = "\n".join(part for part in [text, *added] if part)
        return found


def report_values(row: MonthReport | None, last: MonthReport | None) -> dict[str, Any]:
    """The report as it stands; a new one begins with last month's words, what was ahead then being done now."""
    if row is not None:
        return {"seen": row.version, **{code: getattr(row, code) for code in REPORT_PARTS}}
    if last is None:
        return {"seen": 0}
    return {"seen": 0, "done": last.ahead or last.done, "people": last.people, "ahead": last.ahead}
