"""`hatnhan facts`: how the kept figures stand; count them anew; verify them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hatnhan.kernel import facts
from hatnhan.kernel.days import today
from hatnhan.kernel.figures import snapshot
from hatnhan.kernel.ui.text import day as written


class Command(BaseCommand):
    help = _(
        "Số liệu gộp theo tháng: xem tình trạng (state), tính lại (count, rebuild), đối chiếu với danh sách (verify)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", default="state", choices=["state", "count", "rebuild", "verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """`verify` prints one line for each place that does not agree and exits with an error when there is one."""
        if options["what"] == "verify":
            self._verify()
            return
        if options["what"] == "count":
            facts.keep_up(today())
        if options["what"] == "rebuild":
            facts.rebuild(today(), lambda sheet, first: self.stdout.write(f"{sheet.code} {first:%m/%Y}"))
        for state in facts.states():
            self.stdout.writelines(f"{line}\n" for line in in_words(state))

    def _verify(self) -> None:
        with snapshot():
            found = list(facts.flaws())
        for flaw in found:
            told = _("%(sheet)s, tháng %(month)s, %(what)s %(where)s, %(column)s: đang giữ %(kept)s, đếm lại %(true)s.")
            self.stdout.write(told % {**flaw.__dict__, "month": f"{flaw.month:%m/%Y}"})
        if found:
            raise CommandError(
                ngettext("%(count)s chỗ không khớp.", "%(count)s chỗ không khớp.", len(found)) % {"count": len(found)}
            )
        self.stdout.write(_("Mọi số liệu gộp đều khớp với danh sách."))


def in_words(state: facts.State) -> list[str]:
    """A sheet's state, a line for each thing that there is to say."""
    if state.first is None or state.day is None:
        lines = [_("%(sheet)s: chưa gộp tháng nào; mọi con số đang được tính trực tiếp.") % {"sheet": state.sheet}]
    else:
        told = {"sheet": state.sheet, "months": state.months, "first": f"{state.first:%m/%Y}"}
        text = _("%(sheet)s: gộp %(months)s tháng, từ tháng %(first)s đến ngày %(day)s.")
        lines = [text % {**told, "day": written(state.day)}]
    if state.outdated:
        lines.append(_("  %(n)s tháng theo định nghĩa cũ, đang chờ tính lại.") % {"n": state.outdated})
    if state.marks:
        lines.append(
            _("  %(units)s tổ chức đang chờ tính lại (%(marks)s dấu).") % {"units": state.units, "marks": state.marks}
        )
    return lines
