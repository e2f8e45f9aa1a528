"""Fields that several forms share: a unit found by search, a date as known, a decision."""

from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.access.forms import DayField
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.known import KnownInput
from hatnhan.kernel.models import Placement, Unit
from hatnhan.units.queries import Card, by_code, cards, find, natural

FEW = 150
SHOWN = 12
REQUIRED = gettext_lazy("Mục này cần được ghi.")


class UnitInput(forms.TextInput):
    """A text that is searched, and below it the units that it may mean as radio buttons named NAME_pick."""

    candidates: tuple[Card, ...] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The text, and what it may mean."""
        shown = "" if str(value or "").startswith("#") else value
        text = super().render(name, shown, attrs, renderer)
        if not self.candidates:
            return text
        offers = format_html_join(
            "", '<label class="choice"><input type="radio" name="{}_pick" value="{}"><span>{}</span></label>',
            ((name, card.id, f"{card.name} ({card.code})" if card.code else card.name) for card in self.candidates),
        )  # fmt: skip
        return format_html('{}<input type="hidden" name="{}_of" value="{}">{}', text, name, shown or "", offers)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was picked, as long as the text is still the one that offered it; else the text."""
        text, picked = data.get(name, ""), data.get(f"{name}_pick", "")
        return f"#{picked}" if picked and data.get(f"{name}_of", "") == text else text


class UnitField(forms.CharField):
    """A unit where the actor may do `code`, standing on the actor's day: chosen from a list while they are few, else
    found by name or code. With `cells`, only cells."""

    def __init__(self, actor: Actor, code: str, *, cells: bool, **options: Any) -> None:
        self.actor, self.code, self.cells = actor, code, cells
        self.offered = self._offered()
        if self.offered:
            choices = [("", _("Chọn trong danh sách")), *((str(card.id), card.name) for card in self.offered)]
            options["widget"] = forms.Select(choices=choices)
        else:
            options["widget"] = UnitInput(attrs={"autocomplete": "off"})
            options.setdefault("help_text", _("Ghi tên hoặc mã; không cần dấu."))
        options.setdefault("error_messages", {"required": _("Hãy chọn tổ chức.")})
        super().__init__(**options)

    def _offered(self) -> list[Card]:
        scope = self.actor.scope(self.code)
        rows = self._kinds(Placement.objects.on(self.actor.on).filter(scope.ranges("path"), stands=True))
        found = list(rows.values_list("pk", flat=True)[: FEW + 1])
        if len(found) > FEW:
            return []
        known = cards(Placement.objects.filter(pk__in=found), self.actor.on)
        return sorted(known, key=lambda card: (card.path[:-5], natural(card)))

    def _kinds(self, rows: Any) -> Any:
        if not self.cells:
            return rows
        kinds = rulebook.at(self.actor.on).kinds()
        return rows.filter(kind__in=[code for code, kind in kinds.items() if kind.cell])

    def clean(self, value: Any) -> Any:
        """The unit, or None when it is not required. Offers the units that fit when there are several."""
        text = super().clean(value).strip()
        if not text:
            return None
        if self.offered:
            return self._one(text, {card.id for card in self.offered})
        if text.startswith("#"):
            unit = Unit.objects.filter(pk=int(text[1:])).first() if text[1:].isdecimal() and len(text) < 19 else None
            if unit is not None and self.actor.can(self.code, at=unit):
                return unit
            raise forms.ValidationError(_("Hãy chọn một tổ chức trong danh sách."))
        return self._searched(text)

    def _one(self, text: str, allowed: set[int]) -> Unit:
        if not text.isdecimal() or len(text) > 18 or int(text) not in allowed:
            raise forms.ValidationError(_("Hãy chọn một tổ chức trong danh sách."))
        return Unit.objects.get(pk=int(text))

    def _searched(self, text: str) -> Unit:
        coded = by_code(text, self.actor.on)
        if coded is not None and self.actor.can(self.code, at=coded):
            return coded
        fitting = find(text, self.actor.scope(self.code), self.actor.on, limit=100)
        if self.cells:
            kinds = rulebook.at(self.actor.on).kinds()
            fitting = [card for card in fitting if card.kind in kinds and kinds[card.kind].cell]
        if len(fitting) == 1:
            return Unit.objects.get(pk=fitting[0].id)
        if not fitting:
            missing = _("Không tìm thấy tổ chức “%(text)s” trong phạm vi của đồng chí.")
            raise forms.ValidationError(missing % {"text": text})
        self.widget.candidates = tuple(fitting[:SHOWN])
        raise forms.ValidationError(_("Có %(n)s tổ chức phù hợp, hãy chọn một.") % {"n": len(fitting)})


def known_field(label: Any, hint: Any = "", required: bool = False, latest: date | None = None) -> KnownInput:
    """A date as known: 3/5/1957, 5/1957 or 1957."""
    options: dict[str, Any] = {"latest": latest} if latest else {}
    return KnownInput(
        label=label, required=required, help_text=hint, error_messages={"required": REQUIRED},
        widget=forms.TextInput(attrs={"placeholder": "22/11/1990", "autocomplete": "off", "inputmode": "numeric"}),
        **options,
    )  # fmt: skip


def text_field(label: Any, most: int, hint: Any = "", required: bool = False, **attrs: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, error_messages={"required": REQUIRED},
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


def choice_field(label: Any, choices: Any, hint: Any = "", required: bool = True, radio: bool = False) -> Any:
    """One of a few."""
    offered = list(choices) if radio else [("", gettext_lazy("Chọn trong danh sách")), *choices]
    return forms.ChoiceField(
        label=label, choices=offered, required=required, help_text=hint, error_messages={"required": REQUIRED},
        widget=forms.RadioSelect() if radio else forms.Select(),
    )  # fmt: skip


def decision_field() -> forms.CharField:
    """Number of the paper behind the act."""
    return text_field(gettext_lazy("Số quyết định"), 60, gettext_lazy("Ví dụ 12-QĐ/ĐU. Để trống nếu chưa có."))


def reason_field(label: Any, required: bool = True) -> forms.CharField:
    """Why; it stands in the log."""
    return forms.CharField(
        label=label, max_length=300, required=required, error_messages={"required": gettext_lazy("Hãy ghi lý do.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


def last_day_field(label: Any = gettext_lazy("Đến hết ngày")) -> DayField:
    """The last day of a period; empty for an open end."""
    return DayField(label=label, required=False, help_text=gettext_lazy("Để trống nếu chưa định ngày kết thúc."))


def end_of(last: date | None) -> date:
    """The day before which a period ends, from its last day as people write it."""
    return last + ONE if last else FAR


__all__ = [
    "DayField", "UnitField", "choice_field", "decision_field", "end_of", "known_field", "last_day_field",
    "reason_field", "text_field",
]  # fmt: skip
