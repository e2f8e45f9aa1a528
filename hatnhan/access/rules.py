"""What a sign-in name and a one-time password look like. Pure: no database, no clock."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.vietnamese import plain

from .choices import ABOVE_CELLS, AT_CELLS

SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58})[a-z0-9]")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, IN_GROUP = 3, 4
# A member's own role is nobody else's; accounts everywhere are given on their own page, not lent.
NOT_STOOD_IN = ("member", "administrator")
LONGEST_STAND_IN = 366


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


@dataclass(frozen=True)
class StandInFacts:
    """What is known when somebody is to act for the holder of a role. `holds` is the role's period (None: withdrawn),
    `here` whether the deputy has a role at the unit or below, `has` whether this very role there."""

    role: str
    holds: tuple[date, date] | None
    borrowed: bool
    own: bool
    active: bool
    here: bool
    has: bool
    name: str
    period: tuple[date, date]


def stand_in_blockers(facts: StandInFacts) -> list[Reason]:
    """Why somebody cannot act for another. The longest time is this program's own rule, so that nobody is forgotten."""
    start, end = facts.period
    told = {"name": facts.name}
    checks = [
        (facts.role in NOT_STOOD_IN, "role", "role", _("Vai trò này không cử người làm thay.")),
        (facts.borrowed, "borrowed", "role", _("Đồng chí đang làm thay người khác nên không cử tiếp người thứ ba.")),
        (facts.own, "self", "deputy", _("Hãy chọn một đồng chí khác.")),
        (not facts.active, "locked", "deputy", _("Tài khoản của đồng chí %(name)s đang bị khóa.") % told),
        (
            not facts.own and not facts.here, "elsewhere", "deputy",
            _("Đồng chí %(name)s không sinh hoạt, công tác trong đơn vị này nên không làm thay được.") % told,
        ),
        (
            not facts.own and facts.has, "has", "deputy",
            _("Đồng chí %(name)s đã có vai trò này trong thời gian đó, không cần làm thay.") % told,
        ),
        (end <= start, "until", "last", _("Ngày kết thúc phải sau ngày bắt đầu.")),
        ((end - start).days > LONGEST_STAND_IN, "long", "last", _("Chỉ làm thay nhiều nhất một năm; sau đó cử lại.")),
        (
            facts.holds is None or start < facts.holds[0] or start >= facts.holds[1], "ended", "on",
            _("Vào ngày bắt đầu, người được thay không giữ vai trò này."),
        ),
        (
            facts.holds is not None and facts.holds[0] <= start < facts.holds[1] < end, "beyond", "last",
            _("Vai trò của người được thay kết thúc trước ngày này; hãy chọn ngày sớm hơn."),
        ),
    ]  # fmt: skip
    return [Reason(code, text, field=field) for wrong, code, field, text in checks if wrong]


def proposed_username(label: str, taken: Collection[str]) -> str:
    """A free sign-in name from somebody's name: "Nguyễn Văn An" → nguyen.van.an, then nguyen.van.an2 and so on."""
    base = ".".join(plain(label).split())[:54] or "tai.khoan"
    base = base if len(base) >= 3 else f"{base}.tk"
    names = [base, *(f"{base}{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def one_time_password() -> str:
    """Twelve letters and digits in three groups, none that is read for another: 59 random bits, as `kx7m-4qpd-9hrt`."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(IN_GROUP)) for _g in range(GROUPS))
