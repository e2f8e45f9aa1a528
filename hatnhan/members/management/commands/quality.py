"""`hatnhan quality`: what is missing or cannot be true in the records of a unit."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.ui.text import num
from hatnhan.members import permissions
from hatnhan.members.quality import queries
from hatnhan.members.queries import ground
from hatnhan.units.queries import by_code


class Command(BaseCommand):
    help = _("Chất lượng dữ liệu của một tổ chức: chỗ thiếu, trùng, mâu thuẫn trong hồ sơ.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", metavar="UNIT", help=_("mã tổ chức"))
        parser.add_argument("--json", action="store_true", help=_("in ra dạng JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each check."""
        on = today()
        unit = by_code(options["unit"], on)
        if unit is None:
            text = _("Không có tổ chức nào mang mã “%(code)s”.") % {"code": options["unit"]}
            raise CommandError(text, returncode=2)
        actor = system("cli", on)
        land = ground(actor, permissions.QUALITY, unit.pk, on)
        lines = [(one.check.code, str(one.check.label), one.count) for one in queries.counted(land)]
        lines.append(("questions", _("Câu hỏi của các lần nhập danh sách"), queries.questions(actor, land) or 0))
        if options["json"]:
            found = {
                "unit": options["unit"], "name": land.name, "on": on.isoformat(),
                "checks": [{"code": code, "label": label, "count": count} for code, label, count in lines],
                "unread_numbers": queries.unread(land),
            }  # fmt: skip
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        self.stdout.write(f"{land.name} ({options['unit']})\n")
        for _code, label, count in lines:
            self.stdout.write(f"  {num(count):>7}  {label}")
