"""Counting what stands at units by the children of several units at once."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import WIDTH, unit_of, within

Parts = dict[int, dict[int, int]]
FEW = 12


def by_child(on: date, parents: Mapping[int, str], placed: Q, rows: QuerySet[Any] | None = None) -> Parts:
    """{parent: {child: number}} of the placements that meet `placed` on the day, or of the `rows` that stand at these
    units (column `unit`); what is at the parent itself under its own id.

    `parents` are ids with their paths, none below another. One grouped query for all parents of one depth; rows are
    first counted for each unit by its index, which neither database does by itself."""
    found: Parts = {pk: {} for pk in parents}
    depths: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, path in parents.items():
        depths[len(path)][path] = pk
    for length, places in depths.items():
        hung = Placement.objects.on(on).filter(placed, _reach(list(places))).order_by()
        groups = hung.annotate(part=Substr(F("path"), 1, length + WIDTH)).values("part")
        for group in groups.annotate(n=_number(rows)).values_list("part", "n"):
            part, number = group
            parent = places.get(part[:length])
            if parent is not None and number:
                found[parent][unit_of(part[-WIDTH:]) if len(part) > length else parent] = number
    return found


def _number(rows: QuerySet[Any] | None) -> Any:
    if rows is None:
        return Count("pk")
    at_unit = rows.filter(unit=OuterRef("unit")).order_by().values("unit").annotate(n=Count("pk")).values("n")
    return Sum(Subquery(at_unit))


def _reach(paths: list[str]) -> Q:
    """All that hangs at or under the paths, and for many of them perhaps more: then the range that holds them all."""
    if len(paths) <= FEW:
        return reduce(or_, (Q(**within(path)) for path in paths))
    first, last = min(paths), max(paths)
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return Q(**within(first[: shared // WIDTH * WIDTH]))
