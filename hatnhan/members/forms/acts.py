"""One form for each act upon a member."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.members import permissions, tiers
from hatnhan.members.choices import CAME, LEFT_STANDINGS, MEMBER_STANDINGS, NUMBER_KINDS, PARTICIPATIONS, SEX
from hatnhan.members.models import Person
from hatnhan.members.recognise.values import phone
from hatnhan.members.story import capital
from hatnhan.units.fields import UnitField
from hatnhan.units.models import Body, Group

from .fields import (
    DayField,
    choice_field,
    decision_field,
    end_of,
    known_field,
    last_day_field,
    reason_field,
    text_field,
)  # fmt: skip

capital_lazy = lazy(capital, str)
FROM = gettext_lazy("Từ ngày")
# What actions call a field, where the form asks for it otherwise.
SAID = {"until": "last", "valid_to": "last"}
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class ActForm(forms.Form):
    """A form about one person. `seen` is the version of the record that the writer has before the eyes."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def explain(self, refused: Refused, person: Person | None = None) -> None:
        """Put the reasons at the fields they name, the others above the form. When somebody else has changed the record
        meanwhile, the next try counts as having seen it."""
        for reason in refused.reasons:
            field = SAID.get(reason.field or "", reason.field)
            self.add_error(field if field in self.fields else None, reason.message)
        if person is not None and "stale" in refused.codes:
            seen = Person.objects.values_list("version", flat=True).get(pk=person.pk)
            self.data = {**self.data.dict(), "seen": seen} if isinstance(self.data, QueryDict) else self.data

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        return dict(self.cleaned_data)


class DayForm(ActForm):
    """An act that holds from a day on."""

    on = DayField(label=FROM)


class RecordFields(forms.Form):
    """What is known of a person."""

    name = text_field(gettext_lazy("Họ và tên"), 120, required=True, attrs={"autocomplete": "off"})
    other_name = text_field(gettext_lazy("Tên gọi khác"), 120)
    sex = choice_field(gettext_lazy("Giới tính"), [("m", SEX["m"]), ("f", SEX["f"])], radio=True, required=False)
    birth = known_field(
        gettext_lazy("Ngày sinh"), gettext_lazy("Theo hồ sơ gốc. Chỉ biết năm thì ghi năm, ví dụ 1957.")
    )
    decision_date = known_field(
        gettext_lazy("Ngày quyết định kết nạp"), gettext_lazy("Tuổi đảng tính từ ngày này. Chưa rõ thì để trống.")
    )
    ceremony_date = known_field(
        gettext_lazy("Ngày vào Đảng"), gettext_lazy("Ngày làm lễ kết nạp; thời gian dự bị tính từ ngày này.")
    )
    official_date = known_field(gettext_lazy("Ngày chính thức"))
    hometown = text_field(gettext_lazy("Quê quán"), 200)
    residence = text_field(gettext_lazy("Nơi cư trú"), 200)
    occupation = text_field(gettext_lazy("Nghề nghiệp"), 120)
    education = text_field(gettext_lazy("Trình độ"), 120)
    theory = text_field(gettext_lazy("Lý luận chính trị"), 20)
    phone = text_field(gettext_lazy("Điện thoại"), 30, attrs={"inputmode": "tel"})
    cv_number = text_field(gettext_lazy("Số lý lịch"), 20)
    note = text_field(gettext_lazy("Ghi chú"), 300)

    def clean_phone(self) -> str:
        """One spelling, the one that lists are read with."""
        text: str = self.cleaned_data["phone"]
        found = phone(text)
        if text and not found:
            raise forms.ValidationError(_("Số điện thoại chưa đúng. Hãy ghi như 0912 345 678."))
        return found


RECORD = tuple(RecordFields.base_fields)


class ReceiveForm(RecordFields, ActForm):
    """A person who was not here before."""

    standing = choice_field(gettext_lazy("Là đảng viên"), MEMBER_STANDINGS.items(), radio=True)
    came = choice_field(
        gettext_lazy("Đến bằng cách nào"),
        [(code, capital_lazy(CAME[code])) for code in ("transferred", "admitted", "restored", "loaded")],
        radio=True,
    )
    card = text_field(
        gettext_lazy("Số thẻ đảng viên"), 20, gettext_lazy("12 chữ số; thẻ cũ có 8 chữ số."), attrs=DIGITS
    )
    national_id = text_field(gettext_lazy("Số định danh cá nhân"), 20, gettext_lazy("12 chữ số."), attrs=DIGITS)
    on = DayField(label=gettext_lazy("Sinh hoạt tại đây từ ngày"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = UnitField(actor, permissions.RECEIVE, cells=True, label=_("Về chi bộ"))
        if len(unit.offered) == 1:
            unit.initial = self.initial["unit"] = str(unit.offered[0].id)
        self.fields["unit"] = unit

    def given(self) -> dict[str, Any]:
        """Numbers together, as the action wants them."""
        given = super().given()
        del given["seen"]
        digits = {kind: given.pop(kind) for kind in ("card", "national_id")}
        return given | {"numbers": {kind: text for kind, text in digits.items() if text}}


class ChangeForm(RecordFields, ActForm):
    """What is known of a person, changed."""

    reason = reason_field(gettext_lazy("Căn cứ điều chỉnh"), required=False)

    @staticmethod
    def now(person: Person) -> dict[str, Any]:
        """What the form shows first."""
        return {name: getattr(person, name) for name in RECORD} | {"seen": person.version}

    def limited_to(self, seen: tiers.Seen) -> Self:
        """The form without the fields of tiers that the writer does not see."""
        for name in [name for name in RECORD if not tiers.shows(seen, name)]:
            del self.fields[name]
        return self


class NumberForm(DayForm):
    """A card or citizen's number."""

    kind = choice_field(gettext_lazy("Loại số"), NUMBER_KINDS.items(), radio=True)
    digits = text_field(gettext_lazy("Dãy số"), 20, gettext_lazy("Chỉ gồm chữ số."), required=True, attrs=DIGITS)
    field_order = ("kind", "digits", "on")


class TransferForm(DayForm):
    """To another cell of this installation."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = UnitField(actor, permissions.RECEIVE, cells=True, label=_("Chuyển đến chi bộ"))
        self.fields["reason"] = reason_field(_("Lý do chuyển, số giấy giới thiệu"), required=False)
        self.order_fields(["to", "on", "reason"])


class SendAwayForm(DayForm):
    """Out of this installation."""

    reason = reason_field(gettext_lazy("Chuyển đến đâu, số giấy giới thiệu"))


class RecogniseForm(DayForm):
    """From probation to full membership."""

    on = DayField(
        label=gettext_lazy("Ngày chính thức"),
        help_text=gettext_lazy("Tròn 12 tháng kể từ ngày vào Đảng, không phải ngày chi bộ họp."),
    )
    decision = decision_field()


class LeaveForm(DayForm):
    """How somebody leaves the Party, or death."""

    how = choice_field(gettext_lazy("Lý do"), LEFT_STANDINGS.items(), radio=True)
    decision = decision_field()
    field_order = ("how", "on", "decision")


class ParticipationForm(DayForm):
    """A deviation from ordinary Party life."""

    kind = choice_field(gettext_lazy("Tình trạng sinh hoạt"), PARTICIPATIONS.items(), radio=True)
    last = last_day_field()
    decision = decision_field()
    field_order = ("kind", "on", "last", "decision")

    def given(self) -> dict[str, Any]:
        """The last day as the end of a half-open period."""
        given = super().given()
        return given | {"until": end_of(given.pop("last"))}


class EndForm(DayForm):
    """The day from which something no longer holds."""


class AppointForm(DayForm):
    """An office at a unit, or in a body of its committee."""

    last = last_day_field()
    decision = decision_field()

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in Body.objects.on(on).filter(unit=unit).order_by("name")}
        offices = [(code, capital(office.label)) for code, office in rulebook.at(on).offices().items()]
        bodies = [("", _("Cấp ủy, chi ủy")), *((key, body.name) for key, body in self.bodies.items())]
        self.fields["office"] = choice_field(_("Chức vụ"), offices)
        if self.bodies:
            self.fields["body"] = forms.ChoiceField(label=_("Ở cơ quan nào"), choices=bodies, required=False)
        self.order_fields(["body", "office", "on", "last", "decision"])

    def given(self) -> dict[str, Any]:
        """The body itself, and the last day as the end of a half-open period."""
        given = super().given()
        return given | {"body": self.bodies.get(given.pop("body", "")), "until": end_of(given.pop("last"))}


class GroupForm(DayForm):
    """A Party group of the own cell, or none."""

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        choices = [*((key, group.name) for key, group in self.groups.items()), ("none", _("Không thuộc tổ nào"))]
        self.fields["group"] = choice_field(_("Tổ đảng"), choices, radio=True)
        self.order_fields(["group", "on"])

    def given(self) -> dict[str, Any]:
        """The group itself, or None."""
        given = super().given()
        return given | {"group": self.groups.get(given["group"])}


class OpenAccountForm(ActForm):
    """A sign-in name, or none to get one from the person's name."""

    username = text_field(
        gettext_lazy("Tên đăng nhập"),
        60,
        gettext_lazy("Để trống thì đặt theo họ tên, ví dụ nguyen.van.an."),
        attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class ReasonForm(ActForm):
    """Why something is looked at, withdrawn or taken out; it stands in the log."""

    reason = reason_field(gettext_lazy("Lý do"))


class MergeForm(ActForm):
    """Two records of one person."""

    reason = reason_field(gettext_lazy("Căn cứ để biết là một người"))
