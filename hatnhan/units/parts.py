"""Counting rows by the children of several units at once."""

from collections import defaultdict
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from hatnhan.kernel.paths import WIDTH, unit_of, within

Parts = dict[int, dict[int, int]]


def by_child(rows: QuerySet[Any], parents: Mapping[int, str], path: str = "path", where: Q | None = None) -> Parts:
    """{parent: {child: number of rows}}, rows at the parent itself under its own id.

    `parents` are ids with their paths, none below another; `path` is the column that says where a row hangs, `where`
    what else is asked of the placement that it belongs to (one join, so one condition). One query for each depth."""
    found: Parts = {pk: {} for pk in parents}
    depths: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, place in parents.items():
        depths[len(place)][place] = pk
    for length, places in depths.items():
        reach = reduce(or_, (Q(**within(place, path)) for place in places))
        groups = (
            rows.filter(reach & (where or Q()))
            .order_by()
            .annotate(part=Substr(F(path), 1, length + WIDTH))
            .values_list("part")
        )
        for part, number in groups.annotate(n=Count("pk")):
            pk = places[part[:length]]
            found[pk][unit_of(part[-WIDTH:]) if len(part) > length else pk] = number
    return found
