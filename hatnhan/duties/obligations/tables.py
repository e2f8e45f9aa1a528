"""The list of terms: which units owe what, and how far they are."""

from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.listing import Cell, Column, Filter, Key, Listing, Sort
from hatnhan.kernel.ui.text import day
from hatnhan.kernel.working_days import Calendar
from hatnhan.units.queries import names

from ..models import Term
from ..tables import lateness_of
from .choices import TERM_STATES
from .queries import label_of, named

Rows = QuerySet[Any]


def _unit(row: Any, table: "TermTable") -> Cell:
    said, _kind = lateness_of(row.duty__state, row.duty__due, row.duty__closed_on, "fixed", table.on, table.calendar)
    below = f"{table.what(row)} · {said}"
    return Cell(table.units.get(row.unit_id, ""), href=reverse("duties.duty", args=[row.duty_id]), phone=below)


def _what(row: Any, table: "TermTable") -> Cell:
    return Cell(table.what(row))


def _due(row: Any, _table: "TermTable") -> Cell:
    return Cell(day(row.duty__due))


def _state(row: Any, table: "TermTable") -> Cell:
    said, kind = lateness_of(row.duty__state, row.duty__due, row.duty__closed_on, "fixed", table.on, table.calendar)
    return Cell(said, kind=kind if kind in {"bad", "warn"} else "")


def _states(rows: Rows, chosen: list[str], table: "TermTable") -> Rows:
    meant = Q(pk__in=[])
    for one in chosen:
        meant |= {
            "waiting": Q(duty__state="open", duty__due__gte=table.on),
            "overdue": Q(duty__state="open", duty__due__lt=table.on),
            "done": Q(duty__state="done"),
            "late": Q(duty__state="done", duty__closed_on__gt=F("duty__due")),
        }[one]
    return rows.filter(meant)


def _codes(table: "TermTable") -> list[tuple[str, Any]]:
    return sorted(table.called.items(), key=lambda pair: pair[1])


class TermTable(Listing):
    """Terms among `rows`, which the view has put in scope."""

    model = Term
    label = gettext_lazy("Việc định kỳ của các đơn vị")
    searchable = False
    fields = ("unit_id", "code", "period", "duty_id", "duty__state", "duty__due", "duty__closed_on")
    columns = (
        Column("unit", gettext_lazy("Đơn vị"), _unit, fixed=True),
        Column("what", gettext_lazy("Việc"), _what),
        Column("due", gettext_lazy("Hạn"), _due, sort="due"),
        Column("state", gettext_lazy("Tình trạng"), _state),
    )
    filters = (
        Filter("state", gettext_lazy("Tình trạng"), tuple(TERM_STATES.items()), _states, quick=("overdue", "done")),
        Filter("code", gettext_lazy("Việc"), _codes, lambda rows, chosen, _table: rows.filter(code__in=chosen)),
    )
    sorts = (Sort("due", gettext_lazy("Hạn"), (Key("duty__due"), Key("unit_id"))),)
    exact = 20_000

    def __init__(self, request: HttpRequest, actor: Actor, rows: "QuerySet[Term]") -> None:
        super().__init__(request)
        self.actor, self.on, self._given = actor, actor.on, rows

    def base(self) -> Rows:
        """In scope already."""
        return self._given

    def counted(self, count: int) -> str:
        return ngettext("%(n)s việc", "%(n)s việc", count) % {"n": self.written(count)}

    @cached_property
    def called(self) -> dict[str, str]:
        """The obligations among all rows of the view."""
        return named(self._given.order_by().values_list("code", flat=True).distinct(), self.on)

    @cached_property
    def units(self) -> dict[int, str]:
        """The names of the page's units."""
        return names({row.unit_id for row in self.rows}, self.on)

    @cached_property
    def calendar(self) -> Calendar:
        """Terms fall due on named days: lateness is counted in calendar days, whatever the calendar says."""
        return Calendar()

    def what(self, row: Any) -> str:
        """The obligation of a row, with its month."""
        return label_of(self.called.get(row.code, row.code), row.period)
