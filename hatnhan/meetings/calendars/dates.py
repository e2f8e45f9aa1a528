"""The calendar of meetings: a month of one unit and of what hangs under it, and the feed for calendar programs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar as Ics
from icalendar import Event

from hatnhan.access.actors import actor_for
from hatnhan.duties.holidays import calendar_of
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.secrets import digest
from hatnhan.meetings.choices import FEED_SECRETS, KINDS
from hatnhan.meetings.flows import SITTING
from hatnhan.meetings.models import Feed, Sitting
from hatnhan.meetings.permissions import VIEW
from hatnhan.meetings.plan import sittings
from hatnhan.units.queries import names

from . import fixed_days

MOST = 400  # meetings that one page of a month names
HOURS = timedelta(minutes=90)  # how long a calendar shows a meeting whose end nobody knows
BACK, AHEAD = timedelta(days=60), timedelta(days=400)


@dataclass(frozen=True)
class Entry:
    """A meeting on a day: hour, what and whose, the address of its page."""

    hour: str
    title: str
    unit: str
    state: str
    href: str


@dataclass
class Day:
    """A day of the page; `off` on days off, `fixed` on the unit's own fixed day."""

    day: date
    inside: bool
    today: bool
    off: bool
    fixed: bool
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A month in weeks from Monday, and the same as a list of the days on which something is."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    listed: tuple[Day, ...]
    left_out: int
    fixed: str


def page_of(actor: Actor, unit: Unit, first: date) -> Page:
    """The month that begins on `first`, of the unit and of what hangs under it, as far as the actor sees it. The caller
    has asked for the right."""
    proposal = fixed_days.proposed(unit, first, actor.on)
    calendar = calendar_of(first, first, actor.on)
    start = first - timedelta(days=first.weekday())
    end = after(first)
    days: dict[date, Day] = {}
    at = start
    while at < end or at.weekday():
        fixed = bool(proposal and proposal.day == at)
        days[at] = Day(at, at.month == first.month, at == actor.on, at in calendar.off, fixed)
        at += ONE
    rows = list(_seen(actor, unit).filter(day__gte=start, day__lt=at)[: MOST + 1])
    called = names({row.unit_id for row in rows}, actor.on)
    for row in rows[:MOST]:
        days[row.day].entries.append(
            Entry(
                f"{row.starts:%H:%M}", str(KINDS[row.kind]), called.get(row.unit_id, ""),
                str(SITTING.states[row.state]), reverse("meetings.sitting", args=[row.pk]),
            )
        )  # fmt: skip
    every = list(days.values())
    weeks = tuple(tuple(every[n : n + 7]) for n in range(0, len(every), 7))
    listed = tuple(one for one in every if one.inside and (one.entries or one.fixed))
    words = fixed_days.said(proposal, unit.pk, actor.on)
    return Page(first, weeks, listed, max(0, len(rows) - MOST), words)


def _seen(actor: Actor, unit: Unit) -> "QuerySet[Sitting]":
    """Meetings of the unit and below, in the actor's scope; plans only for those who see plans."""
    here = Placement.objects.under(unit, actor.on).values("unit")
    rows = Sitting.objects.filter(sittings.ALIVE, unit__in=here)
    if not sittings.sees_plans(actor, unit):
        rows = rows.filter(state__in=sittings.TOLD)
    return actor.scope(VIEW).filter(rows).order_by("day", "starts", "pk")


def feed_by(secret: str) -> Feed | None:
    """The feed of a secret; None for an unknown or a revoked one."""
    rows = Feed.objects.filter(digest=digest(FEED_SECRETS, secret), revoked_at=None).select_related("account", "unit")
    return rows.first()


def feed_of(feed: Feed, on: date) -> bytes:
    """What a calendar program gets: hours only, under one fixed word. What the holder may no longer see is left out."""
    actor = actor_for(feed.account, on)
    if feed.unit_id is None:
        rows: Iterable[Sitting] = sittings.to_come(actor)
    elif actor.can(VIEW, at=feed.unit_id):
        rows = Sitting.objects.filter(
            unit=feed.unit_id, state__in=sittings.TOLD, day__gte=on - BACK, day__lte=on + AHEAD
        ).order_by("day", "starts", "pk")[:MOST]
    else:
        rows = ()
    return written(rows)


def written(rows: Iterable[Sitting]) -> bytes:
    """Meetings as an iCalendar file, with generic words: neither place nor topic leaves for a foreign calendar."""
    ics = Ics()
    ics.add("prodid", "-//Hat Nhan//VI")
    ics.add("version", "2.0")
    ics.add("x-wr-calname", _("Lịch họp"))
    for row in rows:
        starts = timezone.make_aware(datetime.combine(row.day, row.starts))
        event = Event()
        event.add("uid", f"{row.pk}@hatnhan")
        event.add("dtstamp", row.changed_at or row.recorded_at)
        event.add("sequence", row.version)
        event.add("summary", _("Có buổi họp"))
        event.add("dtstart", starts.astimezone(UTC))
        event.add("dtend", (starts + HOURS).astimezone(UTC))
        ics.add_component(event)
    return bytes(ics.to_ical())
