"""`hatnhan demo`: fill an empty installation with an invented world."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hatnhan.access.models import Account
from hatnhan.config.demo.build import SEED, build
from hatnhan.config.speaking import count, day
from hatnhan.kernel.days import today
from hatnhan.kernel.models import Unit


class Command(BaseCommand):
    help = _("Dựng dữ liệu trình diễn trong một thư mục dữ liệu còn trống.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--members", type=count, metavar="N", default=0, help=_("thêm chừng ấy đảng viên ở các xã khác")
        )
        parser.add_argument("--on", type=day, metavar="DAY", help=_("ngày của dữ liệu (mặc định: hôm nay)"))
        parser.add_argument("--seed", type=count, metavar="N", default=SEED, help=_("số khác cho một thế giới khác"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses a database in which anything lies: demonstration data never gets among real data."""
        if Unit.objects.exists() or Account.objects.exists():
            raise CommandError(_("Cơ sở dữ liệu đã có dữ liệu. Chỉ dựng dữ liệu trình diễn ở nơi còn trống."))
        build(
            Path(settings.DATA), options["on"] or today(), seed=options["seed"], members=options["members"],
            say=self.stdout.write,
        )  # fmt: skip
