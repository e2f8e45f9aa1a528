"""django-allauth as this program uses it: no sign-up, no e-mail, and every sentence in the reader's language."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.pages import actor_of

from .actions import change_own_password
from .models import Account
from .passwords import take_as_long

SAID = {
    "account/messages/logged_out.txt": _("Đồng chí đã đăng xuất."),
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu."),
}


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks of its project."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đang bị khóa."),
        "enter_current_password": _("Mật khẩu đang dùng chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "rate_limited": _("Đồng chí thử quá nhiều lần. Hãy đợi một phút rồi thử lại."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu đang dùng."),
        "too_many_login_attempts": _("Đã nhập sai nhiều lần liên tiếp. Hãy đợi 5 phút rồi thử lại."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
        ),
        "username_taken": _("Tên đăng nhập này đã có người dùng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by whoever looks after them."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """A locked account with the right password."""
        return HttpResponseRedirect(reverse("account_inactive"))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong answer takes the same time for every account."""
        account = Account.objects.filter(username=str(credentials.get("username", "")).lower()).first()
        if account is not None and account.has_usable_password():
            take_as_long(account.password, str(credentials.get("password", "")))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "", message: str | None = None,
    ) -> None:  # fmt: skip
        """Our sentences in place of allauth's; where we have none, nothing."""
        if message is None and message_template in SAID:
            message = str(SAID[message_template])
        if message is not None:
            super().add_message(request, level, extra_tags=extra_tags, message=message)

    def set_password(self, user: Any, password: str) -> None:
        """The holder's own new password."""
        change_own_password(actor=actor_of(self.request), account=user, password=password)
