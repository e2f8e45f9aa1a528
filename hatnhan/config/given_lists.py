"""Lists named on the command line: the file with its columns, and the unit of a code. What cannot be used ends the
command with exit code 2."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from hatnhan.config.speaking import why
from hatnhan.kernel.models import Unit
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.members.imports.reading import Opened, mapped, opened
from hatnhan.units.queries import by_code

UNUSABLE = 2


def unusable(text: str) -> CommandError:
    """The file or the code cannot be used."""
    return CommandError(text, returncode=UNUSABLE)


def unit_with(code: str, on: date) -> Unit:
    """The unit of a code."""
    unit = by_code(code, on)
    if unit is None:
        raise unusable(_("Không có tổ chức nào mang mã “%(code)s”.") % {"code": code})
    return unit


def opened_file(file: str, kind: str, mapping: str = "", sheet: str = "") -> Opened:
    """The file at that sheet or the one most like a list, its columns as recognised or as the file `mapping` says."""
    path = Path(file)
    try:
        of = opened(path, path.name, kind, sheet)
        return mapped(of, json.loads(Path(mapping).read_text(encoding="utf-8"))) if mapping else of
    except FileNotFoundError as error:
        raise unusable(_("Không có tệp “%(name)s”.") % {"name": error.filename}) from error
    except OSError as error:
        raise unusable(_("Không mở được tệp “%(name)s”: %(why)s.") % {"name": file, "why": why(error)}) from error
    except ValueError as error:
        raise unusable(_("Tệp mô tả cột “%(name)s” không phải là JSON.") % {"name": mapping}) from error
    except Unreadable as error:
        raise unusable(str(error)) from error
