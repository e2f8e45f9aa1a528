"""Forms of the second factor: codes, passkeys, resetting, what roles need."""

import time
from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.kernel.forms import DayField
from hatnhan.kernel.vietnamese import nfc

ASKED = "passkey_asked"
MINUTES = 5


class CodeForm(forms.Form):
    """A code from an app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Mã xác minh"),
        max_length=40,
        error_messages={"required": gettext_lazy("Hãy nhập mã.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none",
                "autocorrect": "off", "spellcheck": "false",
            }
        ),
    )  # fmt: skip


class SecondStepForm(CodeForm):
    """The same at signing in; `app`: the account has an app."""

    def __init__(self, *args: Any, app: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_app = _("Sáu chữ số đang hiện trong ứng dụng tạo mã; hoặc tám chữ số của một mã dự phòng.")
        without = _("Không mang theo máy đã cài khóa thì nhập tám chữ số của một mã dự phòng.")
        self.fields["code"].help_text = with_app if app else without


class Passkey(forms.Form):
    """What a browser answers about a passkey: unreadable, late and repeated answers are refused in words."""

    def clean(self) -> dict[str, Any]:
        """Checked by allauth; whatever it stumbles over in a made-up answer is a wrong answer."""
        try:
            given: dict[str, Any] = super().clean() or {}
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
            raise ValidationError(_wrong()) from error
        return given

    def _clean_fields(self) -> None:
        try:
            super()._clean_fields()  # type: ignore[misc]
        except (TypeError, ValueError, KeyError, AttributeError, IndexError):
            self.add_error(None, _wrong())

    def problems(self) -> list[str]:
        """Why it was refused; the hidden field has no place of its own for it."""
        return list(dict.fromkeys(str(text) for texts in self.errors.values() for text in texts))


def _wrong() -> str:
    return _("Không đọc được câu trả lời của trình duyệt. Hãy thử lại.")


class AddPasskeyForm(Passkey, AddWebAuthnForm):
    """A new passkey with a name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên để nhận ra")
        self.fields["name"].help_text = _("Ví dụ: điện thoại của tôi, máy ở văn phòng.")
        self.fields["name"].initial = ""
        self.initial.pop("name", None)
        self.fields["name"].widget.attrs |= {"maxlength": 60, "autocomplete": "off"}
        self.fields["credential"].error_messages |= {"required": _missing(), "invalid": _wrong()}

    def clean_name(self) -> str:
        """One spelling, never empty."""
        return nfc(self.cleaned_data["name"])[:60] or _("Khóa của máy")


class PasskeyForm(Passkey, AuthenticateWebAuthnForm):
    """A passkey at signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {"required": _missing(), "invalid": _wrong()}


def _missing() -> str:
    return _("Trình duyệt chưa trả lời. Hãy bấm nút và làm theo hướng dẫn của máy.")


def passkey_asked(session: Any) -> None:
    """A question to a passkey goes out now."""
    session[ASKED] = int(time.time())


def too_late(session: Any) -> bool:
    """True when the question is older than five minutes, was answered already, or never asked. It holds once."""
    asked = session.pop(ASKED, None)
    return asked is None or time.time() - asked > MINUTES * 60


def late_sentence() -> str:
    """The answer to a question that holds no more."""
    return _("Lần hỏi này đã hết hạn hoặc đã dùng rồi. Hãy bấm nút để thử lại.")


class ResetForm(forms.Form):
    """Why somebody's second factor is taken away."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Người dùng tài khoản sẽ đọc lý do này ở lần đăng nhập sau."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do, ví dụ: mất điện thoại.")},
    )


class RequireForm(forms.Form):
    """From which day a role needs a second factor, or no longer does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=_("Từ ngày"))
        self.fields["reason"] = forms.CharField(
            label=_("Ghi chú cho nhật ký"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
