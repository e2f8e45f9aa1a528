"""Forms of residence links, and what the desk sends."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.members.forms.fields import DayField, choice_field, text_field
from hatnhan.movements.permissions import COMMENT
from hatnhan.units.fields import UnitField

from .actions import Line
from .choices import ENDED, GROUPS, SENTENCES
from .queries import Row

GROUP = gettext_lazy("Diện")


def _group() -> Any:
    field = forms.ChoiceField(label=GROUP, choices=list(GROUPS.items()), required=False)
    return field


class GuestForm(forms.Form):
    """A working member of another place who lives here."""

    name = text_field(gettext_lazy("Họ và tên"), 120, required=True, attrs={"autocomplete": "off"})
    born = forms.IntegerField(
        label=gettext_lazy("Năm sinh"), required=False, min_value=1900, max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    workplace_text = text_field(gettext_lazy("Nơi công tác"), 200, required=True)
    address = text_field(gettext_lazy("Địa chỉ"), 200)
    phone = text_field(gettext_lazy("Điện thoại"), 30, attrs={"inputmode": "tel"})
    letter = text_field(gettext_lazy("Số giấy giới thiệu"), 60)
    on = DayField(label=gettext_lazy("Từ ngày"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = UnitField(actor, COMMENT, cells=True, label=_("Chi bộ nơi cư trú"))
        if len(unit.offered) == 1:
            self.initial.setdefault("unit", str(unit.offered[0].id))
        self.fields["unit"], self.fields["group"] = unit, _group()
        self.order_fields(["unit", "name", "born", "workplace_text", "group", "address", "phone", "letter", "on"])


class IntroduceForm(forms.Form):
    """An own member to the cell where he or she lives."""

    letter = text_field(gettext_lazy("Số giấy giới thiệu"), 60)
    on = DayField(label=gettext_lazy("Từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = _group()
        self.order_fields(["group", "letter", "on"])


class EndLinkForm(forms.Form):
    """The link ends."""

    why = choice_field(gettext_lazy("Lý do"), ENDED.items(), radio=True)
    on = DayField(label=gettext_lazy("Từ ngày"))


class GatheringForm(forms.Form):
    """How many were asked and how many came."""

    on = DayField(label=gettext_lazy("Ngày gặp mặt"))
    place = text_field(gettext_lazy("Địa điểm"), 120)
    asked = forms.IntegerField(
        label=gettext_lazy("Số được mời"),
        min_value=0,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    came = forms.IntegerField(
        label=gettext_lazy("Số đến dự"),
        min_value=0,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class SentForm(forms.Form):
    """The comments have gone."""

    paper = text_field(gettext_lazy("Số công văn hoặc mã trên cổng dịch vụ"), 60)
    on = DayField(label=gettext_lazy("Ngày gửi"))


class Desk:
    """What the desk sent: the evening's sentences, and for each guest a grade, own words and how often the guest came.
    Left without a grade a guest is left out; without own words the sentence of the grade stands."""

    def __init__(self, given: QueryDict | None, rows: list[Row]) -> None:
        self.given = given
        self.sentences = {code: self._sentence(code, text) for code, text in SENTENCES.items()}
        self.rows = rows

    def _sentence(self, code: str, usual: str) -> str:
        asked = self.given.get(f"sentence_{code}", "") if self.given is not None else ""
        return asked.strip()[:500] or usual

    def line(self, row: Row) -> dict[str, Any]:
        """What stands in the fields of a guest."""
        key = row.link.key
        if self.given is not None:
            return {name: self.given.get(f"{name}_{key}", "").strip() for name in ("level", "text", "attended")}
        now = row.comment
        own = now.text if now is not None and now.text not in self.sentences.values() else ""
        came = str(now.attended) if now is not None and now.attended is not None else ""
        return {"level": now.level if now else "", "text": own, "attended": came}

    def lines(self) -> list[Line]:
        """The comments that were chosen; those that were sent before are left as they are."""
        found = []
        for row in self.rows:
            said = self.line(row)
            if said["level"] and not (row.comment is not None and row.comment.sent_on):
                came = int(said["attended"]) if said["attended"].isdecimal() and len(said["attended"]) < 4 else None
                found.append(
                    Line(row.link.key, said["level"], said["text"] or self.sentences.get(said["level"], ""), came)
                )
        return found
