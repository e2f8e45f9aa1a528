"""`hatnhan init`: everything between a fresh installation and the first sign-in. May be run again at any time."""

import argparse
import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hatnhan.access.actions import create_administrator
from hatnhan.access.models import Account
from hatnhan.config.renumbered import take_new_names
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.refusal import Refused


class Command(BaseCommand):
    help = _("Chuẩn bị thư mục dữ liệu, khóa bí mật, cơ sở dữ liệu và quản trị viên đầu tiên.")
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        who = parser.add_mutually_exclusive_group()
        who.add_argument("--admin", metavar="NAME", default="", help=_("Tên đăng nhập của quản trị viên đầu tiên."))
        who.add_argument("--no-admin", action="store_true", help=_("Không tạo quản trị viên."))
        parser.add_argument(
            "--password-stdin", action="store_true", help=_("Đọc mật khẩu của quản trị viên từ đầu vào chuẩn.")
        )

    def handle(self, **options: Any) -> None:
        take_new_names()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.stdout.write(_("Dữ liệu: %(folder)s") % {"folder": settings.DATA})
        if not options["no_admin"]:
            self._administrator(options["admin"], options["password_stdin"])

    def _administrator(self, name: str, from_stdin: bool) -> None:
        password = sys.stdin.readline().rstrip("\r\n") if from_stdin else ""
        if not name:
            if Account.objects.filter(installation_admin=True).exists():
                return
            if from_stdin or not sys.stdin.isatty():
                self.stdout.write(_("Chưa có quản trị viên. Hãy chạy: hatnhan init --admin TÊN-ĐĂNG-NHẬP"))
                return
            name, password = asked()
        try:
            slip = create_administrator(
                actor=system("cli", today()), username=name, password=password or None, reason="hatnhan init"
            )
        except Refused as refused:
            raise CommandError("\n".join(str(reason.message) for reason in refused.reasons)) from refused
        self.stdout.write(_("Quản trị viên: %(name)s") % {"name": slip.account.username})
        if not password:
            self.stdout.write(_("Mật khẩu dùng một lần: %(password)s") % {"password": slip.password})


def asked() -> tuple[str, str]:
    """Name and password typed at the terminal; an empty password means a one-time one."""
    name = input(_("Tên đăng nhập của quản trị viên [quantri]: ")).strip() or "quantri"
    password = getpass(_("Mật khẩu (để trống: cấp mật khẩu dùng một lần): "))
    if password and getpass(_("Nhập lại mật khẩu: ")) != password:
        raise CommandError(_("Hai lần nhập mật khẩu khác nhau."))
    return name, password
