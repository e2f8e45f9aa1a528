"""The form of a key for a program."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.api import meanings
from hatnhan.kernel.models import Unit
from hatnhan.units.queries import names

from .actions.tokens import MOST_DAYS, USUAL_DAYS

LASTING = (("30", 30), ("90", USUAL_DAYS), ("180", 180), ("365", MOST_DAYS))


class TokenForm(forms.Form):
    """For which program, for how long, what it may do and where."""

    label = forms.CharField(
        label=gettext_lazy("Chương trình nào dùng khóa này"),
        max_length=60,
        help_text=gettext_lazy("Ví dụ: Phần mềm báo cáo của văn phòng. Nhật ký ghi việc làm bằng khóa theo tên này."),
        error_messages={"required": gettext_lazy("Hãy ghi chương trình nào dùng khóa này.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = sorted((one for one in meanings().values() if actor.can(one.code)), key=lambda one: one.writes)
        self.fields["permissions"] = forms.MultipleChoiceField(
            label=_("Khóa được làm gì"),
            choices=[(one.code, one.label) for one in held],
            help_text=_("Chỉ chọn những việc chương trình thật sự cần."),
            error_messages={"required": _("Hãy chọn ít nhất một việc mà khóa được làm.")},
            widget=forms.CheckboxSelectMultiple,
        )
        self.units = own_units(actor, actor.on)
        self.fields["unit"] = forms.ChoiceField(
            label=_("Ở đâu"),
            choices=[*self.units.items(), ("", _("Mọi nơi tài khoản của tôi có quyền"))],
            required=False,
            initial=next(iter(self.units), ""),
        )
        self.fields["days"] = forms.TypedChoiceField(
            label=_("Dùng được trong bao lâu"), coerce=int, initial=str(USUAL_DAYS),
            choices=[(days, _("%(n)s ngày") % {"n": days}) for days, _n in LASTING],
            error_messages={"required": _("Hãy chọn thời hạn.")},
        )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("Dùng vào việc gì"), max_length=300, required=False,
            help_text=_("Cần ghi khi khóa gồm nhiều chi bộ: người thứ hai đọc lý do này rồi mới xác nhận."),
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """The cleaned values as the action's keywords."""
        given = dict(self.cleaned_data)
        return given | {"unit": Unit.objects.get(pk=int(given["unit"])) if given["unit"] else None}


class AnswerForm(forms.Form):
    """What a second person says about a key."""

    reason = forms.CharField(
        label=gettext_lazy("Ghi chú"), max_length=300, required=False,
        help_text=gettext_lazy("Không xác nhận thì ghi lý do."),
    )  # fmt: skip


def own_units(actor: Actor, on: date) -> dict[str, str]:
    """The units at which the actor has rights, with their names; the highest first."""
    held = sorted({(len(grant.path), grant.unit_id) for grant in actor.grants if grant.unit_id})
    called = names([unit for _length, unit in held], on)
    return {str(unit): called[unit] for _length, unit in held if unit in called}
