"""`hatnhan audit verify`: walk the log's chains and tell every place where they do not hold; `hatnhan audit digest`:
write down where they end, to be kept elsewhere."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hatnhan.kernel import digests
from hatnhan.kernel.chains import flaws, told
from hatnhan.kernel.guards import missing
from hatnhan.kernel.models import Entry
from hatnhan.kernel.ui.text import moment


class Command(BaseCommand):
    help = _("Đối chiếu nhật ký (verify), ghi bản niêm để lưu ở nơi khác (digest).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "digest"], help=_("verify: đối chiếu; digest: ghi bản niêm"))
        parser.add_argument(
            "--digest", metavar="FILE", type=Path, default=None,
            help=_("verify: đối chiếu với bản niêm này (mặc định: bản mới nhất của thư mục digests)"),
        )  # fmt: skip
        parser.add_argument("--to", metavar="FILE", default="", help=_("digest: chép thêm ra tệp này; - là in ra"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "digest":
            self._digest(options["to"])
        else:
            self._verify(options["digest"])

    def _digest(self, to: str) -> None:
        """Into the folder, and where it was asked for."""
        path = digests.draw_up()
        text = path.read_text(encoding="utf-8")
        if to == "-":
            self.stdout.write(text, ending="")
            return
        if to:
            try:
                digests.write(Path(to), text)
            except OSError as error:
                wrong = {"file": to, "why": error.strerror}
                raise CommandError(_("Không ghi được tệp %(file)s: %(why)s.") % wrong) from error
        count = len(digests.read(path).heads)
        self.stdout.write(
            ngettext(
                "Đã niêm %(count)s chuỗi nhật ký vào %(file)s. Hãy giữ một bản ở ngoài máy chủ này.",
                "Đã niêm %(count)s chuỗi nhật ký vào %(file)s. Hãy giữ một bản ở ngoài máy chủ này.", count,
            ) % {"file": to or path, "count": count}
        )  # fmt: skip

    def _verify(self, file: Path | None) -> None:
        """Prints one line a flaw; exits with an error when there is one."""
        try:
            digest = digests.read(file) if file else digests.last()
        except digests.BadDigest as error:
            raise CommandError(str(error)) from error
        count = 0
        for line in _found(digest):
            self.stdout.write(line)
            count += 1
        if count:
            raise CommandError(
                ngettext("Nhật ký có %(count)s chỗ không khớp.", "Nhật ký có %(count)s chỗ không khớp.", count)
                % {"count": count}
            )
        said = _("Nhật ký nguyên vẹn: %(count)s mục.") % {"count": Entry.objects.count()}
        if digest:
            said += " " + _("Khớp với bản niêm lúc %(at)s.") % {"at": moment(digest.at)}
        else:
            said += " " + _("Chưa có bản niêm nào; hãy chạy “hatnhan audit digest”.")
        self.stdout.write(said)


def _found(digest: digests.Digest | None) -> Iterator[str]:
    yield from (told(flaw) for flaw in flaws(sealed=digest.heads if digest else None))
    yield from digests.broken()
    for name in missing():
        yield _("Thiếu chốt bảo vệ %(name)s trong cơ sở dữ liệu, hoặc chốt ấy đã bị đổi.") % {"name": name}
