from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hatnhan.access.first import new_password
from hatnhan.kernel.refusal import Refused


class Command(BaseCommand):
    """`hatnhan password NAME`: a one-time password for an account, printed once."""

    help = _("Cấp mật khẩu dùng một lần cho một tài khoản.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help=_("Tên đăng nhập"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(new_password(options["username"]))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
