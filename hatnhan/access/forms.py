"""Forms of signing in and of looking after accounts."""

from datetime import date
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.forms import DayField
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.vietnamese import nfc
from hatnhan.units.queries import by_code, cards, find, natural

from .choices import LOCK_REASONS
from .models import Account
from .permissions import MANAGE
from .queries import givable, in_scope

FEW = 200
TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def _worded(form: forms.Form, name: str, label: str, missing: str, hint: str = "") -> None:
    """Our words on a field that allauth made."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(TYPED)


class SignInForm(LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, "login", _("Tên đăng nhập"), _("Hãy nhập tên đăng nhập."))
        _worded(self, "password", _("Mật khẩu"), _("Hãy nhập mật khẩu."))


class NewPasswordForm(ChangePasswordForm):
    """A new own password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, "oldpassword", _("Mật khẩu đang dùng"), _("Hãy nhập mật khẩu đang dùng."))
        hint = _("Ít nhất 10 ký tự, không chỉ gồm chữ số. Một câu ngắn dễ nhớ là tốt nhất.")
        _worded(self, "password1", _("Mật khẩu mới"), _("Hãy nhập mật khẩu mới."), hint)
        _worded(self, "password2", _("Nhập lại mật khẩu mới"), _("Hãy nhập lại mật khẩu mới."))

    def clean(self) -> dict[str, Any]:
        """The same twice, and not the one in use."""
        given: dict[str, Any] = self.cleaned_data
        if given.get("password1") and given.get("password2") and given["password1"] != given["password2"]:
            self.add_error("password2", _("Hai lần nhập mật khẩu mới chưa giống nhau."))
        elif given.get("password1") and given["password1"] == given.get("oldpassword"):
            self.add_error("password1", _("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return given


class OwnPasswordForm(ReauthenticateForm):
    """The own password once more, before an act that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, "password", _("Mật khẩu của đồng chí"), _("Hãy nhập mật khẩu."))


class UnitField(forms.CharField):
    """A unit of the actor's scope: chosen from a list while these are few, else found by code or name."""

    def __init__(self, actor: Actor, unit: Unit | None, **options: Any) -> None:
        self.actor = actor
        self.offered = _offered(actor, unit)
        if self.offered:
            options |= {"widget": forms.Select(choices=self.offered)}
        else:
            options |= {"help_text": _("Ghi mã, hoặc tên đủ để chỉ còn một tổ chức.")}
        super().__init__(**options)

    def clean(self, value: Any) -> Unit:
        """The unit. Says which ones fit when there are several."""
        text = super().clean(value)
        if self.offered:
            if text not in {str(pk) for pk, _label in self.offered}:
                raise forms.ValidationError(_("Hãy chọn một đơn vị trong danh sách."))
            return Unit.objects.get(pk=int(text))
        coded = by_code(text, self.actor.on)
        if coded is not None and self.actor.can(MANAGE, at=coded):
            return coded
        fitting = find(text, self.actor.scope(MANAGE), self.actor.on, limit=6)
        if len(fitting) == 1:
            return Unit.objects.get(pk=fitting[0].id)
        if not fitting:
            missing = _("Không tìm thấy đơn vị “%(text)s” trong phạm vi của đồng chí.")
            raise forms.ValidationError(missing % {"text": text})
        told = "; ".join(f"{one.name} ({one.code})" if one.code else one.name for one in fitting[:5])
        raise forms.ValidationError(_("Có nhiều đơn vị phù hợp, hãy ghi mã: %(units)s.") % {"units": told})


def _offered(actor: Actor, unit: Unit | None) -> list[tuple[str, str]]:
    if unit is not None:
        rows = Placement.objects.on(actor.on).filter(unit=unit)
    else:
        rows = Placement.objects.on(actor.on).filter(actor.scope(MANAGE).ranges("path"), stands=True)
    if rows.count() > FEW:
        return []
    known = sorted(cards(rows, actor.on), key=lambda card: (len(card.path), natural(card)))
    offered = [(str(card.id), card.name) for card in known]
    return offered if len(offered) == 1 else [("", _("Chọn đơn vị")), *offered]


class GiveForm(forms.Form):
    """A role at a unit for a period."""

    def __init__(self, *args: Any, actor: Actor, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Vai trò"),
            choices=[("", _("Chọn vai trò")), *givable(actor).items()],
            error_messages={"required": _("Hãy chọn vai trò."), "invalid_choice": _("Hãy chọn vai trò.")},
        )
        self.fields["unit"] = UnitField(
            actor, unit, label=_("Đơn vị"), error_messages={"required": _("Hãy chọn đơn vị.")}
        )
        self.fields["on"] = DayField(label=_("Từ ngày"), initial=actor.on)
        self.fields["last"] = DayField(
            label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa định ngày kết thúc.")
        )

    @property
    def period(self) -> tuple[date, date]:
        """The first day, and the day before which it ends."""
        last: date | None = self.cleaned_data["last"]
        return self.cleaned_data["on"], last + ONE if last else FAR


class CreateForm(GiveForm):
    """A new account with its first role."""

    label = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=200,
        help_text=gettext_lazy("Nhật ký và các trang ghi người dùng tài khoản bằng tên này."),
        error_messages={"required": gettext_lazy("Hãy ghi họ và tên người dùng tài khoản.")},
    )
    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Để trống thì đặt theo họ tên, ví dụ nguyen.van.an."),
        widget=forms.TextInput(attrs={**TYPED, "autocomplete": "off"}),
    )

    def clean_label(self) -> str:
        """One spelling."""
        return nfc(self.cleaned_data["label"])


class LockForm(forms.Form):
    """Why an account is locked."""

    why = forms.ChoiceField(
        label=gettext_lazy("Lý do"),
        choices=[(why, capfirst(label)) for why, label in LOCK_REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn lý do khóa tài khoản.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Ghi chú cho nhật ký"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HandOverForm(forms.Form):
    """Who takes over, where and from when."""

    new = forms.CharField(
        label=gettext_lazy("Tên đăng nhập của người nhận"),
        widget=forms.TextInput(attrs={**TYPED, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Hãy ghi tên đăng nhập của người nhận bàn giao.")},
    )

    def __init__(self, *args: Any, actor: Actor, units: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Đơn vị"), choices=list(units.items()), coerce=int,
            error_messages={"required": _("Hãy chọn đơn vị.")},
        )  # fmt: skip
        self.fields["on"] = DayField(label=_("Từ ngày"), initial=actor.on)

    def clean_new(self) -> Account:
        """The account, whatever the case of its name, among those that the actor looks after."""
        name = self.cleaned_data["new"].strip().lower()
        found: Account | None = in_scope(self.actor).filter(username=name).first()
        if found is None:
            raise forms.ValidationError(_("Không có tài khoản “%(name)s”.") % {"name": name})
        return found
