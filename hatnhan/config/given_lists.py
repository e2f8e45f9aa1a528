"""Lists named on the command line: the file with its columns, and the unit of a code. What cannot be used ends the
command with exit code 2."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from hatnhan.config.speaking import why
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.sheets.kinds import Unreadable
from hatnhan.members.imports.reading import Opened, mapped, opened, opened_together
from hatnhan.units.models import UnitCode
from hatnhan.units.queries import by_code

UNUSABLE = 2


def unusable(text: str) -> CommandError:
    """The file or the code cannot be used."""
    return CommandError(text, returncode=UNUSABLE)


def unit_with(code: str, on: date, *, then: bool = False) -> Unit:
    """The unit of a code on the day, else the one that bore it last. With `then` the code must be in use on the day;
    the refusal says since when it is, and how such a day is named."""
    unit = by_code(code, on)
    if unit is None:
        raise unusable(_("Không có tổ chức nào mang mã “%(code)s”.") % {"code": code})
    if then and not UnitCode.objects.on(on).filter(code=code.strip()).exists():
        text = _(
            "Ngày %(day)s không có tổ chức nào mang mã “%(code)s”; mã này dùng từ ngày %(first)s. Hãy ghi --on với một "
            "ngày mã này có hiệu lực, ví dụ --on %(example)s."
        )
        borne = UnitCode.objects.unvoided().filter(code=code.strip()).latest("valid_from").valid_from
        raise unusable(text % {"day": Known.of(on), "code": code, "first": Known.of(borne), "example": borne})
    return unit


def opened_file(file: str, kind: str, mapping: str = "", sheet: str = "", together: bool = False) -> Opened:
    """The file at that sheet or the one most like a list, or all its lists `together`; its columns as recognised or as
    the file `mapping` says."""
    path = Path(file)
    try:
        of = opened_together(path, path.name, kind) if together else opened(path, path.name, kind, sheet)
        return mapped(of, json.loads(Path(mapping).read_text(encoding="utf-8"))) if mapping else of
    except FileNotFoundError as error:
        raise unusable(_("Không có tệp “%(name)s”.") % {"name": error.filename}) from error
    except OSError as error:
        raise unusable(_("Không mở được tệp “%(name)s”: %(why)s.") % {"name": file, "why": why(error)}) from error
    except ValueError as error:
        raise unusable(_("Tệp mô tả cột “%(name)s” không phải là JSON.") % {"name": mapping}) from error
    except Unreadable as error:
        raise unusable(str(error)) from error
