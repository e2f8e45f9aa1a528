"""`hatnhan init`: everything between a fresh installation and the first sign-in. May be run again at any time."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = _("Chuẩn bị thư mục dữ liệu, khóa bí mật, cơ sở dữ liệu và quản trị viên đầu tiên.")
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--no-admin", action="store_true", help=_("Không tạo quản trị viên."))

    def handle(self, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.stdout.write(_("Dữ liệu: %(folder)s") % {"folder": settings.DATA})
