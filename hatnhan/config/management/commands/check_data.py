"""`hatnhan check`: everything in the data that is not as it must be, and the act that mends it. (Django has a command
called check already, so the file bears another name; `config/commands.py` knows both.)"""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hatnhan.kernel.checks import CHECKS

SHOWN = 20


class Command(BaseCommand):
    help = _("Kiểm tra dữ liệu: nhật ký, chốt bảo vệ, cây tổ chức, khoảng thời gian, khóa, mã.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", metavar="CODE", action="append", default=None, choices=sorted(CHECKS),
            help=_("Chỉ kiểm tra phần này: %(codes)s.") % {"codes": ", ".join(sorted(CHECKS))},
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a part; below it what is wrong and what mends it. Exits with an error when something is."""
        total = sum(self._part(code) for code in options["only"] or CHECKS)
        if total:
            told = ngettext("Có %(n)s chỗ cần sửa.", "Có %(n)s chỗ cần sửa.", total)
            raise CommandError(told % {"n": total})
        self.stdout.write(_("Mọi phần đều đúng."))

    def _part(self, code: str) -> int:
        """Print one part; of many findings only the first, and how many more."""
        count, mends = 0, Counter[str]()
        for finding in CHECKS[code].ask():
            if not count:
                self.stdout.write(_("%(part)s: có chỗ sai") % {"part": CHECKS[code].label})
            count += 1
            mends[finding.mend] += 1
            if count <= SHOWN:
                self.stdout.write(f"  - {finding.what}")
        if not count:
            self.stdout.write(_("%(part)s: đúng") % {"part": CHECKS[code].label})
        if count > SHOWN:
            more = ngettext("và %(n)s chỗ khác", "và %(n)s chỗ khác", count - SHOWN)
            self.stdout.write("  - " + more % {"n": count - SHOWN})
        for mend in mends:
            self.stdout.write("  " + _("Cách sửa: %(act)s") % {"act": mend})
        return count
