"""`hatnhan rulebook`: whether the rule files hold together on every day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hatnhan.rulebook import problems


class Command(BaseCommand):
    help = _("Đối chiếu các tệp quy định: thời hạn không hở, không chồng, mã nào cũng có.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints every problem; an error when there is one."""
        if found := problems():
            raise CommandError("\n".join(found))
        self.stdout.write(_("Các tệp quy định khớp nhau."))
