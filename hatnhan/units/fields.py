"""A form field for an organisation: chosen from a list while there are few, else found by name or code."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement, Unit

from .queries import Card, by_code, cards, find, natural

FEW = 150
OFFERED = 12


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
    """A unit where the actor may do `code`, standing on the actor's day. With `cells` only cells, with `committees` all
    but cells; `without` is left out."""

    def __init__(
        self, actor: Actor, code: str, *, cells: bool = False, committees: bool = False, without: Unit | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        self.actor, self.code, self.without = actor, code, without
        kinds = rulebook.at(actor.on).kinds().values()
        self.kinds = {kind.code for kind in kinds if (kind.cell or not cells) and not (kind.cell and committees)}
        self.offered = self._offered()
        if self.offered:
            choices = [("", _("Chọn trong danh sách")), *((str(card.id), card.name) for card in self.offered)]
            options["widget"] = forms.Select(choices=choices)
        else:
            options["widget"] = UnitInput(attrs={"autocomplete": "off"})
            options.setdefault("help_text", _("Ghi tên hoặc mã; không cần dấu."))
        options.setdefault("error_messages", {"required": _("Hãy chọn tổ chức.")})
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """The unit, or None when it is not required. Offers the units that fit when there are several."""
        text = super().clean(value).strip()
        if not text:
            return None
        if self.offered:
            return self._one(text, {card.id for card in self.offered})
        if text.startswith("#"):
            return self._one(text[1:], None)
        return self._searched(text)

    def _rows(self) -> "QuerySet[Placement]":
        scope = self.actor.scope(self.code)
        rows = Placement.objects.on(self.actor.on).filter(scope.ranges("path"), stands=True, kind__in=self.kinds)
        return rows.exclude(unit=self.without) if self.without is not None else rows

    def _offered(self) -> list[Card]:
        found = list(self._rows().values_list("pk", flat=True)[: FEW + 1])
        if len(found) > FEW:
            return []
        known = cards(Placement.objects.filter(pk__in=found), self.actor.on, coded=False)
        return sorted(known, key=lambda card: (card.path[:-5], natural(card)))

    def _one(self, text: str, allowed: set[int] | None) -> Unit:
        pk = int(text) if text.isdecimal() and len(text) < 19 else 0
        known = pk in allowed if allowed is not None else self._rows().filter(unit=pk).exists()
        if not known:
            raise forms.ValidationError(_("Hãy chọn một tổ chức trong danh sách."))
        return Unit.objects.get(pk=pk)

    def _searched(self, text: str) -> Unit:
        coded = by_code(text, self.actor.on)
        if coded is not None and self._rows().filter(unit=coded).exists():
            return coded
        found = find(text, self.actor.scope(self.code), self.actor.on, limit=100)
        fitting = [
            card for card in found if card.kind in self.kinds and (not self.without or card.id != self.without.pk)
        ]
        if len(fitting) == 1:
            return Unit.objects.get(pk=fitting[0].id)
        if not fitting:
            missing = _("Không tìm thấy tổ chức “%(text)s” trong phạm vi của đồng chí.")
            raise forms.ValidationError(missing % {"text": text})
        if isinstance(self.widget, UnitInput):
            self.widget.candidates = tuple(fitting[:OFFERED])
        raise forms.ValidationError(_("Có %(n)s tổ chức phù hợp, hãy chọn một.") % {"n": len(fitting)})
