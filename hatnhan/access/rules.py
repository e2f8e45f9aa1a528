"""What a sign-in name and a one-time password look like. Pure: no database, no clock."""

import re
import secrets
from collections.abc import Collection

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.vietnamese import plain

from .choices import ABOVE_CELLS, AT_CELLS

SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58})[a-z0-9]")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, IN_GROUP = 3, 4


def username_blockers(username: str) -> list[Reason]:
    """Why this cannot be a sign-in name: 3 to 60 letters without marks, digits, dots, hyphens, underscores."""
    if SHAPE.fullmatch(username):
        return []
    text = _(
        "Tên đăng nhập “%(name)s” chưa đúng: dùng 3 đến 60 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối, "
        "không có dấu cách, ví dụ nguyen.van.an."
    )
    return [Reason("username", text % {"name": username[:60]}, field="username")]


def place_blockers(role: str, cell: bool) -> list[Reason]:
    """Why a role cannot be given by hand at a cell, or at what is none: its rights would reach too far or nowhere."""
    if cell and role in ABOVE_CELLS:
        return [Reason("place", _("Vai trò này không cấp tại chi bộ. Hãy chọn đảng bộ."), field="unit")]
    if not cell and role in AT_CELLS:
        return [Reason("place", _("Vai trò này chỉ cấp tại chi bộ. Hãy chọn chi bộ."), field="unit")]
    return []


def proposed_username(label: str, taken: Collection[str]) -> str:
    """A free sign-in name from somebody's name: "Nguyễn Văn An" → nguyen.van.an, then nguyen.van.an2 and so on."""
    base = ".".join(plain(label).split())[:54] or "tai.khoan"
    base = base if len(base) >= 3 else f"{base}.tk"
    names = [base, *(f"{base}{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def one_time_password() -> str:
    """Twelve letters and digits in three groups, none that is read for another: 59 random bits, as `kx7m-4qpd-9hrt`."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(IN_GROUP)) for _g in range(GROUPS))
