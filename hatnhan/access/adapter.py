"""django-allauth as this program uses it: no sign-up, no e-mail, and every sentence in the reader's language."""

from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from hatnhan.kernel.pages import actor_of
from hatnhan.kernel.secrets import seal, unseal
from hatnhan.kernel.ui.text import day

from .actions import change_own_password
from .factor_queries import announced_to
from .models import Account
from .passwords import take_as_long
from .presence import notice

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
        here = self.request.session.session_key or ""
        change_own_password(actor=actor_of(self.request), account=user, password=password, session=here)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Signed in: from now on the session is one of the account's machines."""
        super().login(request, user)
        notice(request, user)
        on = actor_of(request).on
        if (coming := announced_to(user, on)) is not None:
            given = {"on": day(coming.valid_from), "n": (coming.valid_from - on).days}
            messages.info(
                request,
                gettext(
                    "Từ ngày %(on)s, vai trò của đồng chí bắt buộc xác minh hai bước. Còn %(n)s ngày để cài, ở trang "
                    "“Tài khoản của tôi”."
                )
                % given,
            )

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Before an act that matters the password is asked; the session has passed its second factor already."""
        if not getattr(user, "is_authenticated", False) or not user.has_usable_password():
            return []
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]


class FactorAdapter(DefaultMFAAdapter):
    """What allauth asks about the second factor."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Chưa xác minh được. Hãy thử lại."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes are sealed with the installation's key."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """How an app names its entry."""
        return "Hạt Nhân"

    def build_totp_svg(self, url: str) -> str:
        """The square code, dark on white also on a dark page, since a camera reads nothing else."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the name of the machine in the address."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Hạt Nhân"}
