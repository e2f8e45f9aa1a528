"""`hatnhan restore FILE`: bring back a back-up; what was there is kept beside."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hatnhan.config.backup.archive import BadArchive
from hatnhan.config.backup.asking import passphrase
from hatnhan.config.backup.restoring import NotRestored, Restored, Wishes, restore
from hatnhan.config.backup.sealing import is_sealed, unsealed
from hatnhan.kernel.ui.text import moment


class Command(BaseCommand):
    help = _("Khôi phục dữ liệu từ một bản sao lưu; dữ liệu đang có vẫn được giữ lại bên cạnh.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("Bản sao lưu do “hatnhan backup” ghi."))
        parser.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help=_("Cụm mật khẩu của bản sao lưu (- : gõ vào).")
        )
        parser.add_argument("--replace", action="store_true", help=_("Thay dữ liệu đang có ở đây."))
        parser.add_argument("--key-lost", action="store_true", help=_("Khóa đã mất: khôi phục mọi thứ trừ các số."))
        parser.add_argument("--with-flaws", action="store_true", help=_("Khôi phục cả khi dữ liệu có chỗ sai."))

    def handle(self, *args: Any, **options: Any) -> None:
        wishes = Wishes(options["replace"], options["key_lost"], options["with_flaws"])
        try:
            done = _restored(options["file"], options["passphrase_file"], wishes)
        except (BadArchive, NotRestored) as error:
            raise CommandError(str(error)) from error
        for line in done.wrong:
            self.stdout.write(f"  - {line}")
        at = moment(datetime.fromisoformat(done.manifest.at))
        self.stdout.write(_("Đã khôi phục dữ liệu lúc %(at)s.") % {"at": at})
        if done.kept:
            self.stdout.write(_("Dữ liệu trước đó nằm ở: %(place)s. Hãy xóa khi đã yên tâm.") % {"place": done.kept})
        self.stdout.write(_("Hãy chạy “hatnhan check” rồi “hatnhan serve”."))


def _restored(file: Path, asked: Path | None, wishes: Wishes) -> Restored:
    """From a file in clear, or from one under a passphrase."""
    if not is_sealed(file):
        return restore(file, wishes)
    words = passphrase(asked)
    if not words:
        raise CommandError(_("Bản sao lưu này có cụm mật khẩu. Hãy thêm --passphrase-file TỆP, hoặc - để gõ vào."))
    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with unsealed(file, words, folder) as clear:
        return restore(clear, wishes)
