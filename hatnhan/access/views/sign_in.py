"""Signing in and out by django-allauth, on pages of ours."""

import json
from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.access.forms import NewPasswordForm, OwnPasswordForm, SignInForm
from hatnhan.access.models import Account
from hatnhan.kernel.pages import page, render


class Answered:
    """A form with errors is answered with 422, and keeps what was typed."""

    def form_invalid(self, form: Any) -> HttpResponse:
        view: Any = self
        response: HttpResponse = view.render_to_response(view.get_context_data(form=form), status=422)
        return response


class SignIn(Answered, allauth.LoginView):
    """Name and password; in a demo installation its sign-ins as well."""

    template_name = "access/sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "demo_sign_ins": demo_sign_ins()}


class SignOut(allauth.LogoutView):
    """Asks first, unless the button of the menu was pressed."""

    template_name = "access/sign_out.html"


class ChangePassword(Answered, allauth.PasswordChangeView):
    """A new own password; the other sessions of the account end."""

    template_name = "access/change_password.html"
    form_class = NewPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, Account) and not request.user.has_usable_password():
            return HttpResponseRedirect(reverse("account_reset_password"))
        self.forced = bool(getattr(request.user, "must_change_password", False))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "forced": self.forced}

    def get_default_success_url(self) -> str:
        return settings.LOGIN_REDIRECT_URL if self.forced else reverse("access.preferences")


class ConfirmPassword(Answered, allauth.ReauthenticateView):
    """The own password once more, before passwords of others are made."""

    template_name = "access/confirm_password.html"
    form_class = OwnPasswordForm


sign_in = page("account_login", _("Đăng nhập"), public=True)(SignIn.as_view())
sign_out = page("account_logout", _("Đăng xuất"), public=True)(SignOut.as_view())
change_password = page("account_change_password", _("Đổi mật khẩu"))(ChangePassword.as_view())
confirm_password = page("account_reauthenticate", _("Xác nhận mật khẩu"))(ConfirmPassword.as_view())


@page("account_reset_password", _("Quên mật khẩu"), public=True)
def forgot(request: HttpRequest) -> HttpResponse:
    """Whom to ask: there is no e-mail to send a link to."""
    return render(request, "access/forgot.html")


@page("account_inactive", _("Tài khoản bị khóa"), public=True)
def locked(request: HttpRequest) -> HttpResponse:
    """The right password of a locked account."""
    return render(request, "access/locked.html", status=403)


def demo_sign_ins() -> list[dict[str, str]]:
    """What `hatnhan demo` wrote: username, password and label of each; nothing in a real installation."""
    if not settings.HATNHAN_DEMO:
        return []
    try:
        written = json.loads((settings.DATA / "demo").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = ("username", "password", "label")
    return [{name: str(one.get(name, "")) for name in names} for one in written if isinstance(one, dict)]
