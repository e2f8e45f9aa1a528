"""`hatnhan backup FILE`: everything but the keys in one file, while the installation runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from hatnhan.config.backup.archive import BadArchive
from hatnhan.config.backup.asking import passphrase
from hatnhan.config.backup.making import sealed_backup
from hatnhan.config.health import refuse_flawed, refuse_keyless


class Command(BaseCommand):
    help = _("Sao lưu dữ liệu vào một tệp, trong lúc chương trình vẫn chạy. Khóa bí mật không nằm trong đó.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("Tệp sẽ ghi; chưa được có."))

        parser.add_argument(
            "--passphrase-file", type=Path, metavar="FILE",
            help=_("Mã hóa tệp bằng cụm mật khẩu ở dòng đầu của tệp này (- : gõ vào); cất cụm mật khẩu riêng một nơi."),
        )  # fmt: skip

        parser.add_argument("--key-lost", action="store_true", help=_("Khóa đã mất: vẫn sao lưu."))

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_keyless()
        if not options["key_lost"]:
            refuse_other_key()
        path: Path = options["file"]
        try:
            manifest = sealed_backup(
                path, passphrase(options["passphrase_file"], twice=True), key_lost=options["key_lost"]
            )
        except BadArchive as error:
            raise CommandError(str(error)) from error
        size = f"{path.stat().st_size / 1_000_000:.1f}".replace(".", ",")
        self.stdout.write(_("Đã sao lưu vào %(file)s (%(size)s MB).") % {"file": path, "size": size})
        self.stdout.write(
            _("Khóa bí mật không nằm trong đó: hãy cất secrets.env riêng một nơi. Dấu khóa: %(key)s.")
            % {"key": manifest.key or "–"}
        )


def refuse_other_key() -> None:
    """Raises CommandError when the key is not the one of the data: a back-up under a wrong key's name would mislead."""
    try:
        refuse_flawed()
    except DatabaseError:  # of an older version: its back-up is made as well
        return
    except CommandError as error:
        text = _("%(wrong)s Nếu khóa đã mất hẳn, thêm --key-lost: vẫn sao lưu được.")
        raise CommandError(text % {"wrong": error}) from error
