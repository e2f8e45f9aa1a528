"""What is asked: a unit, a time, the tree in which rows are placed, and the moment as of which all is known."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.utils.translation import gettext as _

from ..days import ONE, after, months
from ..models import Placement
from ..period import known
from .definitions import THEN, BadQuestion, Frame
from .definitions import When as Time

T = TypeVar("T")
YEARS = 20  # the longest course by months


class Stretch(NamedTuple):
    """Days `[start, end)` on which the unit hangs at one path."""

    path: str
    start: date
    end: date


# What is asked of the database once within a snapshot.
MOMENT: ContextVar[dict[Any, Any] | None] = ContextVar("moment", default=None)


def once(key: tuple[Any, ...], ask: Callable[[], T]) -> T:
    """An answer that cannot change within a snapshot, asked at most once in it."""
    known_already = MOMENT.get()
    if known_already is None:
        return ask()
    if key not in known_already:
        known_already[key] = ask()
    found: T = known_already[key]
    return found


@dataclass(frozen=True)
class Question:
    """A unit, a time, the frame in which rows are placed, and, if not now, the moment as of which rows and tree are
    known (attributes without dates, as sex and birth, are always those known now). `only` leaves all but some units'
    rows out of account; `shown` are the children that are told apart, of many."""

    unit: int
    when: Time
    frame: Frame = THEN
    known_at: datetime | None = None
    only: frozenset[int] | None = None
    shown: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.frame != THEN and self.frame < self.when.last:
            raise BadQuestion(_("Không thể xếp số liệu theo tổ chức của một ngày trước ngày tính số liệu."))

    def shows(self, child: int | None) -> bool:
        """Whether a child, or None for the unit itself, is told apart."""
        return self.shown is None or child is None or child in self.shown

    @cached_property
    def stood(self) -> list[Stretch]:
        """When and where the unit stood; neighbours at one path are joined. Within a snapshot it is asked once."""
        return once(("places", self.unit, self.known_at), self._places)

    def _places(self) -> list[Stretch]:
        rows = Placement.objects.filter(known(self.known_at), unit=self.unit, stands=True).order_by("valid_from")
        found: list[Stretch] = []
        for path, start, end in rows.values_list("path", "valid_from", "valid_to"):
            if found and found[-1].path == path and found[-1].end == start:
                found[-1] = Stretch(path, found[-1].start, end)
            else:
                found.append(Stretch(path, start, end))
        return found

    def stretches(self, first: date, last: date) -> list[Stretch]:
        """The parts of the days `[first, last]` and the path that the unit has for each."""
        if self.frame != THEN:
            return [Stretch(s.path, first, last + ONE) for s in self.stood if s.start <= self.frame < s.end]
        cut = [Stretch(s.path, max(s.start, first), min(s.end, last + ONE)) for s in self.stood]
        return [s for s in cut if s.start < s.end]


def month_ends(question: Question) -> dict[date, date]:
    """{first day of the month: the day for which a stock is shown}. Raises `BadQuestion` for too many months."""
    first, last = question.when.first, question.when.last
    if last.year - first.year > YEARS:
        raise BadQuestion(_("Chỉ xem diễn biến theo tháng trong nhiều nhất %(years)s năm.") % {"years": YEARS})
    return {m: min(after(m) - ONE, last) for m in months(first, last + ONE)}
