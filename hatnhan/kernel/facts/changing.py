"""Which units' kept numbers may not be read: those that wait to be counted again, and for a day that is not the month's
own those in which something changes between the two days."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q

from ..figures.definitions import Source
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
        return _few({unit for (unit,) in cursor.fetchall()})


def changed_between(sheet: Sheet, source: Source, question: Question, early: date, late: date) -> set[int]:
    """Units in which a row of the source, or one that it reads, begins or ends after the one day and not after the
    other, or whose path changes. Raises `TooMany`."""
    edges = [
        known(None, prefix)
        & (
            Q(**{f"{prefix}valid_from__gt": early, f"{prefix}valid_from__lte": late})
            | Q(**{f"{prefix}valid_to__gt": early, f"{prefix}valid_to__lte": late})
        )
        for prefix in ("", *(f"{path}__" for path in source.held.values()))
    ]
    places = sorted({place.path for place in question.stood})
    here = reduce(or_, (Q(**within(path, f"{source.unit}__placements__path")) for path in places), Q(pk__in=[]))
    found: set[int] = set()
    for edge in edges:
        rows: Any = source.rows().filter(known(None), valid_from__lte=late, valid_to__gte=early).filter(edge)
        rows = rows.filter(here & known(None, f"{source.unit}__placements__"))
        units = rows.order_by().values_list(f"{source.unit}_id", flat=True).distinct()
        found |= set(units[: APART + 1])
    moved = Placement.objects.unvoided().filter(valid_from__gt=early, valid_from__lte=late)
    found |= set(moved.order_by().values_list("unit_id", flat=True).distinct()[: APART + 1])
    return _few(found)


def _few(units: set[int]) -> set[int]:
    if len(units) > APART:
        raise TooMany
    return units


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)
