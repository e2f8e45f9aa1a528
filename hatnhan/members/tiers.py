"""What is known of a person, in tiers, each a permission of its own (members.md §9.3, T1 to T3).

Profile, list, filters, files, papers and previews ask here before they show a field. Being a member is itself sensitive
personal data (91/2025/QH15), so already the directory has a permission and a scope; it holds the year of birth, which
tells people of one name apart. Belief, opinion and religion are no
fields: what the central columns say of them travels sealed (`passthrough`), and no tier opens it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from hatnhan.kernel.actor import Actor

from . import permissions

T = TypeVar("T")
Seen = frozenset[str]
"""The tiers that a reader may see."""


@dataclass(frozen=True)
class Tier:
    """A part of the record: what it is called, what opens it, what of it is shown."""

    code: str
    label: Any
    permission: str
    holds: Any


DIRECTORY, CORE, CONTACT, NUMBERS = "directory", "core", "contact", "numbers"
TIERS = {
    DIRECTORY: Tier(
        DIRECTORY, _("Danh bạ"), permissions.VIEW,
        _("họ tên, năm sinh, giới tính, chi bộ, tổ đảng, chức vụ, dự bị hay chính thức"),
    ),
    CORE: Tier(
        CORE, _("Lý lịch đảng viên"), permissions.CORE,
        _("ngày sinh, quê quán, nghề nghiệp, trình độ, các ngày trong Đảng, tuổi đảng, miễn hay đang sinh hoạt"),
    ),
    CONTACT: Tier(CONTACT, _("Liên lạc"), permissions.CONTACT, _("nơi cư trú, điện thoại")),
    NUMBERS: Tier(
        NUMBERS, _("Số thẻ, số định danh"), permissions.NUMBERS,
        _("đủ dãy số, sau khi ghi lý do; mỗi lần xem đều vào nhật ký"),
    ),
}  # fmt: skip
EVERY: Seen = frozenset(TIERS)

# Every field, column, filter and order, by its code. `sealed` is in none: nobody reads it.
TIER_OF = {
    **dict.fromkeys(
        ("name", "other_name", "sex", "unit", "unit_code", "unit_name", "above", "child", "group", "office", "standing",
         "state", "kind", "person"),
        DIRECTORY,
    ),
    **dict.fromkeys(
        ("birth", "age", "hometown", "occupation", "education", "theory", "cv_number", "decision_date", "ceremony_date",
         "official_date", "party_age", "participation", "note", "card", "old_card", "national_id"),
        CORE,
    ),
    **dict.fromkeys(("residence", "phone"), CONTACT),
}  # fmt: skip
UNREAD = frozenset({"sealed"})
# Numbers by their last three digits belong to the core; in full they are a tier of their own.
SENSITIVE = frozenset({NUMBERS})


def seen_at(actor: Actor, unit: int) -> Seen:
    """The tiers that the actor may see of somebody at a unit."""
    return frozenset(code for code, tier in TIERS.items() if actor.can(tier.permission, at=unit))


def seen_over(actor: Actor, path: str, day: date) -> Seen:
    """The tiers of everybody in a list that hangs at `path` in the tree of `day`. In the tree of another day than the
    actor's the rows may stand anywhere in the actor's scope today, so all of that must be open."""
    here = [path] if day == actor.on else list(actor.scope(permissions.VIEW).paths)
    return frozenset(
        code
        for code, tier in TIERS.items()
        if actor.everything or (here and all(actor.scope(tier.permission).covers(one) for one in here))
    )


def shows(seen: Seen, code: str) -> bool:
    """Whether a field, column, filter or order may be shown."""
    return code not in UNREAD and TIER_OF[code] in seen


def open_to(seen: Seen, things: Iterable[T]) -> tuple[T, ...]:
    """Those of columns, filters or orders that may be shown; each bears its code."""
    found: list[Any] = list(things)
    return tuple(one for one in found if shows(seen, one.code))


def needed_for(fields: Iterable[str]) -> set[str]:
    """The permissions without which nobody may write these fields."""
    return {TIERS[TIER_OF[name]].permission for name in fields if name not in UNREAD}
