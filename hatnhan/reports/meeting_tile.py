"""One number of the dashboard: how many cells met this month, with the way to the month of meetings."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE, month
from hatnhan.kernel.figures import Window, table
from hatnhan.kernel.ui.text import num, pct
from hatnhan.meetings.permissions import MONTH

from .asked import Asked
from .dashboard import Tile

CODES = ("meetings.met", "meetings.due", "meetings.present")


def meetings_of(asked: Asked, actor: Actor, cells: int) -> Tile | None:
    """Of a committee with that many cells, for those who see the month of meetings; the same few queries whatever hangs
    below."""
    if cells < 2 or not actor.can(MONTH, at=asked.unit):
        return None
    first = month(asked.last)
    total = table(CODES, asked.unit, Window(first, asked.last + ONE), asked.tree, by=None).total
    present = total["meetings.present"] / total["meetings.due"] if total["meetings.due"] else None
    return Tile(
        _("Chi bộ đã họp tháng %(month)s") % {"month": f"{first.month}/{first.year}"},
        f"{num(total['meetings.met'])}/{num(cells)}",
        f"{reverse('meetings.month')}?unit={asked.unit.pk}&month={first:%Y-%m}",
        _("tỷ lệ dự %(share)s") % {"share": pct(present)} if present is not None else "",
    )
