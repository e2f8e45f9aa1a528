"""`hatnhan work`: one process that does background jobs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hatnhan.config.health import refuse_unready
from hatnhan.kernel.worker import Loop


class Command(BaseCommand):
    help = _("Chạy các việc nền (hatnhan serve tự chạy lệnh này).")
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        refuse_unready()
        Loop().run()
