from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hatnhan.access.actions import reset_passwords
from hatnhan.access.models import Account
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.refusal import Refused


class Command(BaseCommand):
    """`hatnhan password NAME`: a one-time password, printed once; an administrator's way back in."""

    help = _("Cấp mật khẩu dùng một lần cho một tài khoản.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help=_("Tên đăng nhập"))

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"].strip().lower()
        account = Account.objects.filter(username=name).first()
        if account is None:
            raise CommandError(_("Không có tài khoản “%(name)s”.") % {"name": name})
        try:
            slips = reset_passwords(actor=system("cli", today()), accounts=[account], reason="hatnhan password")
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(slips[0].password)
