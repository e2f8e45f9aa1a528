"""`hatnhan audit verify`: walk the log's chains and tell every place where they do not hold."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hatnhan.kernel.audit import flaws
from hatnhan.kernel.guards import missing
from hatnhan.kernel.models import Entry


class Command(BaseCommand):
    help = "Đối chiếu nhật ký: tìm mọi chỗ bị sửa, bị thiếu hoặc bị cắt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints one line a flaw; exits with an error when there is one."""
        words = {
            "gap": _("thiếu một mục ở trước"),
            "order": _("không nối với mục trước"),
            "entry": _("đã bị sửa"),
            "payload": _("nội dung đã bị sửa"),
            "cut": _("các mục cuối đã bị cắt"),
        }
        found = [
            _("Chuỗi %(chain)s, mục %(number)s: %(what)s.")
            % {"chain": flaw.chain, "number": flaw.number, "what": words[flaw.what]}
            for flaw in flaws()
        ]
        found += [_("Thiếu chốt bảo vệ %(name)s trong cơ sở dữ liệu.") % {"name": name} for name in missing()]
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(
                ngettext("Nhật ký có %(count)s chỗ không khớp.", "Nhật ký có %(count)s chỗ không khớp.", len(found))
                % {"count": len(found)}
            )
        self.stdout.write(_("Nhật ký nguyên vẹn: %(count)s mục.") % {"count": Entry.objects.count()})
