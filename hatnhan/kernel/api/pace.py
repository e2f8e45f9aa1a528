"""How much one key may ask: requests a minute, rows a day. Counted in the memory of each server process, so that
reading never costs a write."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..refusal import Reason
from .answers import Bad

MINUTE, DAY = 60, 86_400


@dataclass
class Pace:
    """So many per stretch of `seconds` and key."""

    seconds: int
    _taken: dict[int, tuple[int, int]] = field(default_factory=dict)

    def take(self, key: int, count: int, most: int) -> int:
        """Count up; 0, or the seconds until the next stretch when there are too many."""
        now = int(time.time())
        stretch = now // self.seconds
        before = self._taken.get(key, (stretch, 0))
        taken = (before[1] if before[0] == stretch else 0) + count
        self._taken[key] = (stretch, taken)
        return (stretch + 1) * self.seconds - now if taken > most else 0

    def forget(self) -> None:
        """Begin anew, for tests."""
        self._taken.clear()


REQUESTS, ROWS = Pace(MINUTE), Pace(DAY)


def take_request(key: int) -> None:
    """One request more of a key. Raises `Bad` when these are too many."""
    if wait := REQUESTS.take(key, 1, settings.HATNHAN_API_PER_MINUTE):
        text = _("Quá nhiều yêu cầu. Hãy đợi %(n)s giây.")
        raise Bad(429, Reason("too_many", text % {"n": wait}), wait)


def take_rows(request: HttpRequest, count: int) -> None:
    """Rows that a list gives to the key of the request. Raises `Bad` when these are too many for a day."""
    asked: Any = request
    if wait := ROWS.take(asked.token.pk, count, settings.HATNHAN_API_ROWS_PER_DAY):
        text = _("Khóa này đã lấy đủ %(n)s dòng trong ngày. Cần cả danh sách thì dùng trang xuất danh sách.")
        raise Bad(429, Reason("too_many_rows", text % {"n": settings.HATNHAN_API_ROWS_PER_DAY}), wait)
