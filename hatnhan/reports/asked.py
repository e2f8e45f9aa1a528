"""What an address asks of figures: unit, days, frame; and the addresses of other questions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.days import ONE, after, back_years, month, today
from hatnhan.kernel.figures import OWN, THEN, BadQuestion, Frame, Named, On, When, Window
from hatnhan.kernel.known import BadDate, parse_known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.pages import working_unit
from hatnhan.kernel.ui.text import day as written
from hatnhan.members.permissions import FIGURES
from hatnhan.units.queries import Card, natural

K = TypeVar("K", int, int | None)
NOW = "now"
CHILDREN, FIRST = 100, 12
"""Units below on a page, and at first."""


def day_from(text: str) -> date:
    """A full date as people or addresses write it. Raises `BadQuestion` with what is allowed."""
    try:
        found = parse_known(text)
    except BadDate as error:
        raise BadQuestion(str(error)) from error
    if found.precision != "day":
        raise BadQuestion(_("“%(text)s” chưa đủ ngày, tháng, năm. Viết như 22/11/2026.") % {"text": text})
    return found.earliest


@dataclass(frozen=True)
class Asked:
    """A unit, the days `first` to `last` (both included), the frame. A stock is asked for on `last`."""

    unit: Unit
    first: date
    last: date
    frame: str
    today: date

    @property
    def window(self) -> Window:
        return Window(self.first, self.last + ONE)

    @property
    def course(self) -> Window:
        """The twelve months that end with the last day."""
        return Window(after(month(back_years(self.last, 1))), self.last + ONE)

    @property
    def tree(self) -> Frame:
        """The tree in which rows are placed: then, or of one day not before the last."""
        if self.frame == THEN:
            return THEN
        return max(self.today, self.last) if self.frame == NOW else day_from(self.frame)

    def when(self, one: Named) -> When:
        """What a figure is asked for."""
        return self.window if one.flow else On(self.last)

    def words(self, one: Named) -> str:
        """The same in words."""
        if not one.flow:
            return _("Ngày %(day)s") % {"day": written(self.last)}
        return _("Từ %(first)s đến %(last)s") % {"first": written(self.first), "last": written(self.last)}

    def frame_words(self) -> str:
        """How rows are placed, in words."""
        if self.frame == THEN:
            return _("Theo tổ chức khi đó")
        if self.frame == NOW:
            return _("Theo tổ chức hiện nay")
        return _("Theo tổ chức ngày %(day)s") % {"day": written(day_from(self.frame))}

    def at(self, unit: int, **changes: Any) -> "Asked":
        """The same asked of another unit, or for other days."""
        return replace(self, unit=Unit(pk=unit), **changes)

    def figure_url(self, one: Named) -> str:
        """The page of a figure."""
        days = {"from": self.first, "to": self.last} if one.flow else {"on": self.last}
        return f"{reverse('reports.figure', args=[one.code])}?{self._query(**days)}"

    def jumps(self) -> list[tuple[str, date]]:
        """Days that are often looked at: today, and the ends of the month, quarter and year before."""
        now = self.today
        quarter = date(now.year, now.month - (now.month - 1) % 3, 1)
        return [
            (_("Hôm nay"), now), (_("Cuối tháng trước"), month(now) - ONE), (_("Cuối quý trước"), quarter - ONE),
            (_("Cuối năm trước"), date(now.year - 1, 12, 31)),
        ]  # fmt: skip

    def dashboard_url(self, **changes: str) -> str:
        """The dashboard, with some names changed."""
        return f"{reverse('reports.dashboard')}?{self._query(**({'on': self.last} | changes))}"

    def all_url(self) -> str:
        """The page of all figures."""
        return f"{reverse('reports.figures')}?{self._query(**{'from': self.first, 'to': self.last})}"

    def _query(self, **days: Any) -> str:
        asked: dict[str, Any] = {"unit": self.unit.pk, **days}
        if self.frame != THEN:
            asked.setdefault("frame", self.frame)
        return urlencode({name: value for name, value in asked.items() if value != THEN})


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks. Without days it is today, and for what happens in time the year up to then. Raises
    `NotFound` and `Forbidden` for the unit, `BadQuestion` for days that cannot be."""
    unit, now = working_unit(request, FIGURES), today()
    given = {name: request.GET.get(name, "").strip() for name in ("on", "from", "to", "frame")}
    last = next((day_from(given[name]) for name in ("to", "on") if given[name]), now)
    first = day_from(given["from"]) if given["from"] else last.replace(month=1, day=1)
    asked = Asked(unit, first, last, given["frame"] or THEN, now)
    if asked.tree != THEN and asked.tree < asked.window.last:
        raise BadQuestion(_("Không thể xếp số liệu theo tổ chức của một ngày trước ngày tính số liệu."))
    return asked


def start_of(request: HttpRequest) -> int | None:
    """How many units below come before the first shown; None: the first few are shown."""
    start = request.GET.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 7 else None


class Some(NamedTuple, Generic[K]):
    """Which of many units below are shown: `keys`, `rest` more come after them, the next page begins at `more`."""

    keys: list[K]
    rest: int
    more: int


def in_order(keys: Iterable[K], called: dict[int, str]) -> list[K]:
    """Units by name; what stands at the unit itself comes last."""
    return sorted(keys, key=lambda key: (key is OWN, by_name(called.get(key, "") if key is not OWN else "")))


def some_of(keys: list[K], start: int | None) -> Some[K]:
    """Without a start the first few, if there are many more; else a page of them."""
    few = start is None and len(keys) > FIRST + 3
    first, shown = start or 0, FIRST if few else CHILDREN
    return Some(keys[first : first + shown], max(0, len(keys) - first - shown), 0 if few else first + shown)


def by_name(name: str) -> tuple[str, int, str]:
    """Order of units by their names, as everywhere."""
    return natural(Card(0, name, "", "", None, "", True))


def short_month(first: date) -> str:
    """A month as it stands below a chart."""
    return _("T%(month)s") % {"month": first.month}
