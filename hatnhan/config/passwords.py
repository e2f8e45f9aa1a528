"""Django's password checks, with sentences a secretary understands."""

from typing import Any

from django.contrib.auth import password_validation as checks
from django.utils.translation import gettext as _


class LongEnough(checks.MinimumLengthValidator):
    """At least `min_length` characters (setting; 10)."""

    def get_error_message(self) -> str:
        return _("Mật khẩu quá ngắn: cần ít nhất %(n)s ký tự.") % {"n": self.min_length}

    def get_help_text(self) -> str:
        return _("Mật khẩu có ít nhất %(n)s ký tự; một câu ngắn dễ nhớ là tốt nhất.") % {"n": self.min_length}


class NotCommon(checks.CommonPasswordValidator):
    """Not one of the 20,000 passwords that are tried first."""

    def get_error_message(self) -> str:
        return _("Mật khẩu này quá nhiều người dùng, dễ bị đoán ra.")

    def get_help_text(self) -> str:
        return _("Không dùng mật khẩu quá phổ biến.")


class NotOnlyDigits(checks.NumericPasswordValidator):
    """Not a telephone number or a birthday."""

    def get_error_message(self) -> str:
        return _("Mật khẩu không được chỉ gồm chữ số.")

    def get_help_text(self) -> str:
        return _("Không dùng số điện thoại hay ngày sinh làm mật khẩu.")


class NotLikeTheAccount(checks.UserAttributeSimilarityValidator):
    """Not the account's own name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(user_attributes=("username",), **options)

    def get_error_message(self) -> str:
        return _("Mật khẩu quá giống tên đăng nhập.")

    def get_help_text(self) -> str:
        return _("Mật khẩu không được giống tên đăng nhập.")
