"""The list of duties: what is overdue first, then by the day they are due."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Line, Listing, Sort
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.working_days import Calendar

from . import queries, words
from .choices import SHOWN
from .flows import DUTY
from .holidays import calendar_of
from .kinds import KINDS, Thing, label_of, things
from .models import Duty
from .rules import SOON, days_left

Rows = QuerySet[Any]


def lateness(row: Any, on: date, calendar: Calendar) -> tuple[str, str]:
    """How a duty stands in time: words and their colour."""
    return lateness_of(row.state, row.due, row.closed_on, row.counted, on, calendar)


def lateness_of(
    state: str, due: date, closed_on: date | None, counted: str, on: date, calendar: Calendar
) -> tuple[str, str]:
    """The same of its single facts."""
    if state == "done" and closed_on is not None:
        late = days_left(due, closed_on, counted, calendar)
        return (_("xong muộn %(n)s ngày") % {"n": late}, "muted") if late > 0 else (_("xong đúng hạn"), "")
    if state != "open":
        return str(DUTY.states[state]), ""
    left = days_left(on, due, counted, calendar)
    return words.in_words(left, counted), "bad" if left < 0 else "warn" if left <= SOON else ""


def _what(row: Any, table: "DutyTable") -> Cell:
    thing = table.thing(row)
    said, _kind = lateness(row, table.on, table.calendar)
    whose = table.owners.get(row.pk)
    below = " · ".join(filter(None, [f"{day(row.due)}, {said}", whose.unit if whose else ""]))
    href = thing.href or reverse("duties.duty", args=[row.pk])
    return Cell(thing.title or label_of(row.kind), label_of(row.kind) if thing.title else "", href, phone=below)


def _due(row: Any, table: "DutyTable") -> Cell:
    said, kind = lateness(row, table.on, table.calendar)
    return Cell(said, small=day(row.due), kind=kind if kind in {"bad", "warn"} else "")


def _whose(row: Any, table: "DutyTable") -> Cell:
    whose = table.owners.get(row.pk)
    return Cell(whose.unit, small=whose.who) if whose else Cell()


def _state(row: Any, table: "DutyTable") -> Cell:
    if row.escalated_on and row.state == "open":
        return Cell(_("Đã báo cấp trên"), small=day(row.escalated_on), kind="info")
    if row.reminded_on and row.state == "open":
        return Cell(_("Cấp trên đã nhắc"), small=day(row.reminded_on), kind="info")
    return Cell(str(DUTY.states[row.state]) if row.state != "open" else "")


def _opened(row: Any, _table: "DutyTable") -> Cell:
    return Cell(_("Xem"), small=_("giao ngày %(day)s") % {"day": day(row.opened_on)}, href=f"/duties/{row.pk}/")


def _shown(rows: Rows, chosen: list[str], table: "DutyTable") -> Rows:
    meant = Q(pk__in=[])
    for one in chosen:
        meant |= {
            "overdue": Q(state="open", due__lt=table.on),
            "soon": Q(state="open", due__gte=table.on, due__lte=table.on + timedelta(days=SOON)),
            "escalated": Q(state="open", escalated_on__isnull=False),
            "done": Q(state="done"),
            "withdrawn": Q(state="withdrawn"),
        }[one]
    return rows.filter(meant)


def _kinds(_table: "DutyTable") -> list[tuple[str, Any]]:
    return [(one.code, one.label) for one in KINDS.values()]


class DutyTable(Listing):
    """Duties among `rows`, which the view has put in scope. Open ones, unless others are asked for."""

    model = Duty
    label = gettext_lazy("Việc cần làm")
    searchable = False
    fields = (
        "kind", "about", "due", "counted", "state", "opened_on", "closed_on", "escalated_on", "reminded_on",
    )  # fmt: skip
    columns = (
        Column("what", gettext_lazy("Việc"), _what, fixed=True),
        Column("due", gettext_lazy("Hạn"), _due, sort="due"),
        Column("whose", gettext_lazy("Nơi phải làm"), _whose),
        Column("state", gettext_lazy("Tình trạng"), _state),
        Column("opened", gettext_lazy("Hạn tính thế nào"), _opened),
    )
    filters = (
        Filter("state", gettext_lazy("Tình trạng"), tuple(SHOWN.items()), _shown, quick=("overdue", "soon", "done")),
        Filter("kind", gettext_lazy("Loại việc"), _kinds, lambda rows, chosen, _table: rows.filter(kind__in=chosen)),
    )
    sorts = (Sort("due", gettext_lazy("Hạn"), (Key("due"),)),)
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[Duty]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows

    def base(self) -> Rows:
        """In scope already; only open ones when no state is asked for."""
        return self._given if "state" in self.chosen else self._given.filter(state="open")

    def counted(self, count: int) -> str:
        return ngettext("%(n)s việc", "%(n)s việc", count) % {"n": self.written(count)}

    @cached_property
    def calendar(self) -> Calendar:
        """Of all days between those of the page's duties and today."""
        days = [self.on, *(row.due for row in self.rows), *(row.closed_on for row in self.rows if row.closed_on)]
        return calendar_of(min(days), max(days), self.on)

    @cached_property
    def owners(self) -> dict[int, queries.Whose]:
        """Whose the page's duties are."""
        return queries.owners([row.pk for row in self.rows], self.on)

    @cached_property
    def _things(self) -> dict[tuple[str, int], Thing]:
        return things(self.actor, [(row.kind, row.about) for row in self.rows], self.on)

    @property
    def groups_of_days(self) -> list[tuple[str, list[Line]]]:
        """The page's lines under the day on which they are due; what is overdue stands together. Other states, and the
        latest first, have no such groups: one without a heading."""
        if self.descending or (set(self.chosen.get("state", ())) - {"overdue", "soon", "escalated"}):
            return [("", self.lines)]
        found: dict[str, list[Line]] = {}
        for row, line in zip(self.rows, self.lines, strict=True):
            found.setdefault(words.heading(row.due, self.on), []).append(line)
        return list(found.items())

    def thing(self, row: Any) -> Thing:
        return self._things.get((row.kind, row.about), Thing(""))
