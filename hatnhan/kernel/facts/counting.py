"""The numbers of a month, unit by unit and path by path, counted from the rows by the figures' own definitions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet

from ..days import ONE, after
from ..figures.counting import at_level, levelled, with_held
from ..figures.definitions import Figure, Source
from ..models import Placement
from ..period import known
from .sheet import LEVELS, Sheet

Cell = tuple[int, str]
"""A unit and its path."""
Numbers = list[int]
Places = dict[int, list[tuple[date, date, str]]]


def numbers(sheet: Sheet, month: date, day: date, units: Collection[int] | None = None) -> dict[Cell, Numbers]:
    """What a month says of each cell, without zeros: what held on `day`, what happened from the first up to it."""
    places, wide = _places(month, day, units), len(sheet.columns)
    place = {column: number for number, column in enumerate(sheet.columns)}
    found: dict[Cell, Numbers] = {}
    for source, figures in _by_source(sheet):
        columns = [place[column] for figure in figures for column in sheet.columns_of(figure)]
        for unit, on, counted in _counted(source, figures, month, day, units):
            path = _path(places.get(unit, ()), on)
            if path is None or not any(counted):
                continue
            row = found.setdefault((unit, path), [0] * wide)
            for column, number in zip(columns, counted, strict=True):
                row[column] += number
    return found


def _by_source(sheet: Sheet) -> Iterable[tuple[Source, list[Figure]]]:
    groups: dict[Source, list[Figure]] = defaultdict(list)
    for figure in sheet.figures():
        groups[figure.source].append(figure)
    return groups.items()


def _counted(
    source: Source, figures: Sequence[Figure], month: date, day: date, units: Collection[int] | None
) -> Iterable[tuple[int, date, Sequence[int]]]:
    """(unit, the day whose path counts, numbers)"""
    rows: QuerySet[Any] = source.rows().filter(known(None)).order_by()
    if units is not None:
        rows = rows.filter(**{f"{source.unit}__in": units})
    wheres = [figure.condition(day, None) for figure in figures]
    if any(figure.border for figure in figures):
        rows = levelled(rows, source, LEVELS)
    measures = {
        f"f{number}_{level}": figure.measure.over(where)
        for number, figure in enumerate(figures)
        for level, where in enumerate(_wheres(figure, wheres[number]))
    }
    if source.day is None:
        rows = with_held(rows.filter(valid_from__lte=day, valid_to__gt=day), source, figures, day, None)
        grouped = rows.values(at=F(f"{source.unit}_id")).annotate(**measures)
        return ((unit, day, counted) for unit, *counted in grouped.values_list("at", *measures))
    rows = rows.filter(**{f"{source.day}__gte": month, f"{source.day}__lte": day})
    if all(wheres):
        rows = rows.filter(reduce(or_, wheres))
    grouped = rows.values(at=F(f"{source.unit}_id"), on=F(source.day)).annotate(**measures)
    return ((unit, on, counted) for unit, on, *counted in grouped.values_list("at", "on", *measures))


def _wheres(figure: Figure, where: Q) -> list[Q]:
    """The condition of each of a figure's columns."""
    return [where & at_level(level) for level in range(LEVELS)] if figure.border else [where]


def _places(month: date, day: date, units: Collection[int] | None) -> Places:
    rows = Placement.objects.during(month, min(day, after(month) - ONE) + ONE)
    if units is not None:
        rows = rows.filter(unit__in=units)
    places: Places = defaultdict(list)
    for unit, start, end, path in rows.values_list("unit_id", "valid_from", "valid_to", "path"):
        places[unit].append((start, end, path))
    return places


def _path(places: Iterable[tuple[date, date, str]], on: date) -> str | None:
    return next((path for start, end, path in places if start <= on < end), None)
