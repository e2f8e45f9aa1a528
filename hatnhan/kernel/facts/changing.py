"""Which units' kept numbers may not be read: those that wait to be counted again, and for a day that is not the month's
own those in which something changes between the two days."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from ..days import FAR
from ..figures.definitions import Figure
from ..figures.question import Question
from ..models import Placement
from ..paths import within
from ..period import known
from .sheet import Sheet

APART = 1500  # units; with more the whole question is counted live


class TooMany(Exception):
    """So much waits to be counted again that counting everything is quicker."""


def marked(sheet: Sheet, question: Question, first: date, last: date) -> set[int]:
    """Units with marks of the days, that stand within the asked one or of which something is kept there. Raises
    `TooMany`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT unit_id FROM kernel_mark WHERE sheet = %s AND last >= %s AND first <= %s LIMIT %s",
            [sheet.code, _day(first), _day(last), APART + 1],
        )
        found = {unit for (unit,) in cursor.fetchall()}
        if not found:
            return found
        paths = sorted({place.path for place in question.stood})
        ranges = " OR ".join(["(x.path >= %s AND x.path < %s)"] * len(paths)) or "1 = 0"
        reach = [edge for path in paths for edge in (path, path + "~")]
        cursor.execute(
            "SELECT DISTINCT m.unit_id FROM kernel_mark m WHERE m.sheet = %s AND m.last >= %s AND m.first <= %s AND ("
            f"EXISTS (SELECT 1 FROM {sheet.facts._meta.db_table} x WHERE x.unit_id = m.unit_id AND ({ranges})) OR "
            "EXISTS (SELECT 1 FROM kernel_placement x WHERE x.unit_id = m.unit_id AND x.voided_at IS NULL "
            f"AND ({ranges}))) LIMIT %s",
            [sheet.code, _day(first), _day(last), *reach, *reach, APART + 1],
        )
        found = {unit for (unit,) in cursor.fetchall()}
    if len(found) > APART:
        raise TooMany
    return found


def changed_between(
    sheet: Sheet, figures: Sequence[Figure], question: Question, early: date, late: date
) -> set[int]:  # fmt: skip
    """Units in which a counted row, or one that it reads, begins or ends after the one day and not after the other, or
    whose path changes. Raises `TooMany`."""
    unit = sheet.counted.unit
    rows: Any = sheet.counted.rows().filter(known(None))
    moved: Any = Placement.objects.unvoided().filter(valid_from__gt=early, valid_from__lte=late)
    asked = [rows.filter(edge) for edge in _edges(early, late)]
    if any(figure.uses for figure in figures):
        holding = rows.filter(valid_from__lte=late, valid_to__gt=early)
        for held in sheet.held:
            table: Any = held.model._default_manager.filter(voided_at__isnull=True)
            keys = [key for edge in _edges(early, late) for key in _few(table.filter(edge), f"{held.through}_id")]
            asked.append(holding.filter(**{f"{held.through}__in": keys}))
    places = sorted({place.path for place in question.stood})
    here = reduce(or_, (Q(**within(path, f"{unit}__placements__path")) for path in places), Q(pk__in=[]))
    here &= known(None, f"{unit}__placements__")
    found = set(_few(moved, "unit_id"))
    for some in asked:
        found |= set(_few(some.filter(here), f"{unit}_id"))
    if len(found) > APART:
        raise TooMany
    return found


def _edges(early: date, late: date) -> list[Q]:
    """Beginnings, and ends; the far day is said not to be meant, so that the small index of ends serves."""
    begins = Q(valid_from__gt=early, valid_from__lte=late)
    return [begins, Q(valid_to__gt=early, valid_to__lte=late, valid_to__lt=FAR)]


def _few(rows: QuerySet[Any], column: str) -> list[int]:
    found = list(rows.order_by().values_list(column, flat=True).distinct()[: APART + 1])
    if len(found) > APART:
        raise TooMany
    return found


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)
