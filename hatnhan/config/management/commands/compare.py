"""`hatnhan compare members FILE --unit CODE`: a list held against what is here, without changing anything."""

import json
import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.config.given_lists import opened_file, unit_with, unusable
from hatnhan.config.speaking import day, why
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.vietnamese import plain
from hatnhan.members.imports.checking import cells_of, check_sheets
from hatnhan.members.imports.comparing import Comparison, compare
from hatnhan.members.imports.reading import missing_column

LABELS = {
    "only_here": gettext_lazy("chỉ có ở đây"), "only_there": gettext_lazy("chỉ có trong tệp"),
    "different": gettext_lazy("khác nhau"), "missing": gettext_lazy("còn thiếu thông tin"),
    "unclear": gettext_lazy("chưa rõ"),
}  # fmt: skip


class Command(BaseCommand):
    help = _("Đối khớp một danh sách đảng viên với dữ liệu ở đây; không thay đổi gì.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("members",), help=_("danh sách đảng viên"))
        parser.add_argument("file", help=_("tệp XLSX, XLS, ODS, CSV"))
        parser.add_argument("--unit", required=True, metavar="CODE", help=_("mã tổ chức: phạm vi của danh sách"))
        parser.add_argument("--on", type=day, metavar="DAY", help=_("ngày đối khớp"))
        parser.add_argument("--sheet", default="", metavar="NAME", help=_("trang của tệp, nếu có nhiều trang"))
        parser.add_argument("--mapping", default="", metavar="FILE", help=_("JSON: ý nghĩa của các cột"))
        parser.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
        parser.add_argument("--sheets", default="", metavar="DIR", help=_("ghi phiếu đối khớp PDF, mỗi chi bộ một tệp"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints who is only here, only there, different, missing, unclear."""
        on = options["on"] or today()
        unit = unit_with(options["unit"], on)
        of = opened_file(options["file"], "members", options["mapping"], options["sheet"])
        if of.lacks:
            raise unusable(str(missing_column(of)))
        found = compare(of.entries(on), actor=system("cli", on), unit=unit, on=on, source=of.book.name)
        if options["json"]:
            self.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False))
        else:
            self._tell(found)
        if options["sheets"]:
            self._sheets(Path(options["sheets"]), unit, on, quiet=options["json"])

    def _tell(self, found: Comparison) -> None:
        self.stdout.write(_("Giống nhau: %(count)s.") % {"count": found.same})
        for tab, label in LABELS.items():
            people = getattr(found, tab)
            self.stdout.write(f"{str(label).capitalize()}: {len(people)}")
            for one in people:
                born = f", {Known(one.birth)}" if one.birth else ""
                row = _(" (dòng %(row)s)") % {"row": one.row} if one.row else ""
                self.stdout.write(f"  {one.name}{born}, {one.unit}{row}")
                for said, here, there in one.said:
                    words = f"{said}: {here or '…'} → {there}" if tab == "different" else said or there
                    self.stdout.write(f"    {words}")

    def _sheets(self, folder: Path, unit: Unit, on: date, *, quiet: bool) -> None:
        """One PDF for each cell that has members."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            cells = cells_of(unit, on)
            for pk, name, _count in cells:
                paper = check_sheets(unit, [pk], on, who="system:cli", at=timezone.localtime())
                target = folder / f"{pk}-{'-'.join(plain(name).split())[:80]}.pdf"
                descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(paper.pdf())
        except OSError as error:
            text = _("Không ghi được phiếu vào “%(folder)s”: %(why)s.")
            raise CommandError(text % {"folder": folder, "why": why(error)}) from error
        if not quiet:
            self.stdout.write(_("Đã ghi %(count)s tệp phiếu vào %(folder)s.") % {"count": len(cells), "folder": folder})
