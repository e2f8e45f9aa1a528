# ruff: noqa: N999 - the command's own name
"""`hatnhan import units FILE`, `hatnhan import members FILE --unit CODE`, `hatnhan import undo ID`."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.config.given_lists import opened_file, unit_with, unusable
from hatnhan.config.speaking import day
from hatnhan.kernel import facts
from hatnhan.kernel.actor import system
from hatnhan.kernel.days import today
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.members.imports.actions import runs
from hatnhan.members.imports.running import AnyPlan, Order, carry_out, planned
from hatnhan.members.models import ImportRun

COUNTS = {
    "new": gettext_lazy("mới"), "changed": gettext_lazy("thay đổi"), "unchanged": gettext_lazy("không đổi"),
    "questions": gettext_lazy("cần hỏi lại"), "refused": gettext_lazy("bị từ chối"),
}  # fmt: skip


class Command(BaseCommand):
    help = _("Nhập danh sách tổ chức hoặc đảng viên từ bảng tính, hoặc hoàn tác một lần nhập.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _("Mã kết thúc: 0 xong, 1 có dòng bị từ chối nên chưa ghi gì, 2 không dùng được tệp hoặc mã.")
        parser.add_argument("what", choices=("units", "members", "undo"), help=_("tổ chức, đảng viên, hay hoàn tác"))
        parser.add_argument("file", metavar="FILE|ID", help=_("tệp XLSX, XLS, ODS, CSV; với undo: số của lần nhập"))
        parser.add_argument("--unit", default="", metavar="CODE", help=_("mã tổ chức: phạm vi của danh sách"))
        parser.add_argument("--on", type=day, metavar="DAY", help=_("ngày ghi nhận (mặc định: hôm nay)"))
        parser.add_argument("--dry-run", action="store_true", help=_("chỉ xem trước, không ghi"))
        parser.add_argument(
            "--skip-refused", action="store_true", help=_("ghi các dòng nhận được, bỏ các dòng bị từ chối")
        )
        parser.add_argument("--json", action="store_true", help=_("in kết quả từng dòng dạng JSON"))
        parser.add_argument("--sheet", default="", metavar="NAME", help=_("trang của tệp, nếu có nhiều trang"))
        parser.add_argument(
            "--all-sheets", action="store_true", help=_("đọc chung mọi trang có danh sách, mỗi chi bộ một trang")
        )
        parser.add_argument("--mapping", default="", metavar="FILE", help=_("JSON: ý nghĩa của các cột"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Everything is decided by the options; prints what would be or was done."""
        on = options["on"] or today()
        if options["what"] == "undo":
            self._undo(options["file"], on)
            return
        if options["what"] == "members" and not options["unit"]:
            raise unusable(_("Hãy ghi --unit: mã tổ chức nhận danh sách đảng viên."))
        unit = unit_with(options["unit"], on, then=True) if options["unit"] else None
        of = opened_file(options["file"], options["what"], options["mapping"], options["sheet"], options["all_sheets"])
        order = Order(of, system("cli", on), unit, on, options["skip_refused"])
        self._run(order, dry=options["dry_run"], as_json=options["json"])

    def _run(self, order: Order, *, dry: bool, as_json: bool) -> None:
        refused: Refused | None = None
        plans: list[AnyPlan] = []
        noted: list[ImportRun] = []
        try:
            if dry:
                plans.append(planned(order))
            else:
                carry_out(
                    order, expected=plans.append, written=lambda plan, act: runs.note(order, plan, act, noted.append)
                )
                facts.keep_up(today())
        except Unreadable as error:
            raise unusable(str(error)) from error
        except Refused as error:
            refused = error
        if not plans:
            raise CommandError("\n".join(reason.message for reason in refused.reasons) if refused else "")
        plan, run = plans[-1], noted[-1] if noted else None
        if as_json:
            self.stdout.write(json.dumps(plan.as_dict(), ensure_ascii=False))
        else:
            self._tell(order, plan, run, dry=dry)
        counts = plan.counts()
        stopped = counts["refused"] > 0 and not order.skip_refused
        if refused is not None and not stopped:
            raise CommandError("\n".join(reason.message for reason in refused.reasons))
        if stopped:
            sys.exit(1)

    def _tell(self, order: Order, plan: AnyPlan, run: ImportRun | None, *, dry: bool) -> None:
        counts = plan.counts()
        for warning in order.of.notes():
            self.stdout.write(_("Lưu ý: %(text)s") % {"text": warning})
        self.stdout.write(", ".join(f"{counts[name]} {label}" for name, label in COUNTS.items()) + ".")
        for line in plan.lines:
            if line.outcome in ("refused", "question"):
                who = " · ".join(part for part in (line.name, getattr(line, "birth", "")) if part)
                sign = "✗" if line.outcome == "refused" else "?"
                self.stdout.write(f"  {sign} {' '.join(line.problems)}" + (f" [{who}]" if who else ""))
        if dry:
            self.stdout.write(_("Mới xem trước, chưa ghi gì."))
        elif run is not None:
            self.stdout.write(_("Đã ghi. Để hoàn tác: hatnhan import undo %(id)s") % {"id": run.pk})
        elif counts["refused"] and not order.skip_refused:
            self.stdout.write(_("Chưa ghi gì vì có dòng bị từ chối. Hãy sửa tệp, hoặc thêm --skip-refused."))
        else:
            self.stdout.write(_("Không có gì phải ghi."))

    def _undo(self, number: str, on: date) -> None:
        run = ImportRun.objects.filter(pk=int(number)).first() if number.isdigit() and len(number) < 19 else None
        if run is None:
            raise unusable(_("Không có lần nhập số %(number)s.") % {"number": number})
        try:
            runs.undo(actor=system("cli", on), run=run)
        except Refused as refused:
            raise CommandError("\n".join(reason.message for reason in refused.reasons)) from refused
        self.stdout.write(_("Đã hoàn tác lần nhập %(number)s.") % {"number": number})
