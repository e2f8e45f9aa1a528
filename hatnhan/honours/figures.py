"""Figures of badges: who bears which, who falls due in the batch of the day, what was awarded."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hatnhan import rulebook
from hatnhan.kernel.figures import Figure, Source, register
from hatnhan.members.figures import homes

from .badges import queries
from .badges.rules import batch_of
from .models import Badge

Condition = Callable[[date, datetime | None], Q]
LEVELS = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
_MEMBERS, _BADGES = _("đảng viên"), _("huy hiệu")


def _bears(level: int) -> Condition:
    def on(day: date, known_at: datetime | None) -> Q:
        rows = Badge.objects.on(day, known_at=known_at).filter(level=level)
        return Q(person__in=rows.values("person"))

    return on


def _due(day: date, known_at: datetime | None) -> Q:
    """Reach a level in the window of the batch that holds the day, and do not bear it on that day."""
    book = rulebook.at(day)
    window = batch_of(day, book)
    if window is None:
        return Q(pk__in=[])
    found = Q(pk__in=[])
    for level in book["party_age.marks"].value:
        bears = Badge.objects.on(day, known_at=known_at).filter(level=level).values("person")
        found |= queries.reaching(window.first, window.last, [level]) & ~Q(person__in=bears)
    return found


def _awarded() -> QuerySet[Badge]:
    return Badge.objects.all()


badges = Source("badges", _awarded, day="valid_from")


def _figures() -> list[Any]:
    found: list[Any] = [
        Figure(
            "honours.due", _("Đến hạn tặng Huy hiệu Đảng"),
            _("Đảng viên tại đây đủ một mức tuổi đảng trong đợt của ngày này và chưa có Huy hiệu của mức đó."),
            _MEMBERS, homes, _due,
        ),
        Figure(
            "honours.awarded", _("Huy hiệu Đảng đã tặng"),
            _("Huy hiệu Đảng có quyết định tặng trong thời gian này, kể cả truy tặng và cấp lại."), _BADGES, badges,
        ),
        Figure(
            "honours.posthumous", _("Huy hiệu Đảng truy tặng"), _("Huy hiệu Đảng truy tặng trong thời gian này."),
            _BADGES, badges, Q(posthumous=True),
        ),
    ]  # fmt: skip
    for level in LEVELS:
        found.append(
            Figure(
                f"honours.bears.{level}", format_lazy(_("Có Huy hiệu {level} năm"), level=level),
                _("Đảng viên tại đây đang giữ Huy hiệu Đảng của mức này."), _MEMBERS, homes, _bears(level),
            )
        )  # fmt: skip
        found.append(
            Figure(
                f"honours.awarded.{level}", format_lazy(_("Tặng Huy hiệu {level} năm"), level=level),
                _("Huy hiệu Đảng của mức này có quyết định tặng trong thời gian này."), _BADGES, badges,
                Q(level=level),
            )
        )  # fmt: skip
    return found


register(*_figures())
