"""The passphrase of a back-up: from a file, or typed; never among the words of a command, which everybody on the
machine can read."""

import getpass
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def passphrase(file: Path | None, *, twice: bool = False) -> str:
    """The first line of the file, or what is typed for `-`; empty without a file. Raises `CommandError`."""
    if file is None:
        return ""
    if str(file) == "-":
        typed = getpass.getpass(_("Cụm mật khẩu: "))
        if twice and getpass.getpass(_("Gõ lại cụm mật khẩu: ")) != typed:
            raise CommandError(_("Hai lần gõ không giống nhau."))
        return typed
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise CommandError(_("Không đọc được tệp cụm mật khẩu “%(name)s”.") % {"name": file}) from error
    return lines[0].strip() if lines else ""
