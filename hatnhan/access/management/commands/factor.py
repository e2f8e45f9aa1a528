from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hatnhan.access.actions import reset_factor
from hatnhan.access.models import Account
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.refusal import Refused


class Command(BaseCommand):
    """`hatnhan factor NAME --reason TEXT`: take a second factor away; the way back in of an administrator who lost the
    device."""

    help = _("Đặt lại xác minh hai bước của một tài khoản (mất điện thoại).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help=_("Tên đăng nhập"))
        parser.add_argument("--reason", default="", help=_("Lý do; người dùng tài khoản sẽ đọc"))

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"].strip().lower()
        account = Account.objects.filter(username=name).first()
        if account is None:
            raise CommandError(_("Không có tài khoản “%(name)s”.") % {"name": name})
        try:
            reset_factor(actor=system("cli", today()), account=account, reason=options["reason"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(_("Đã đặt lại xác minh hai bước của tài khoản %(name)s.") % {"name": account.username})
