"""Questions to residence links and comments."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.movements.permissions import GUESTS

from .models import ResidenceComment, ResidenceLink


def visible(actor: Actor, on: date) -> "QuerySet[ResidenceLink]":
    """The links of a day that touch the actor's scope: guests who live there, and own members introduced elsewhere."""
    scope = actor.scope(GUESTS)
    rows = ResidenceLink.objects.on(on)
    if scope.everything:
        return rows
    units = scope.units()
    return rows.filter(Q(unit__in=units) | Q(workplace__in=units))


def find(actor: Actor, pk: int) -> ResidenceLink:
    """A link that the actor may see. Raises `NotFound` for any other."""
    if not actor.scope(GUESTS):
        actor.require(GUESTS)
    row = visible(actor, actor.on).filter(pk=pk).select_related("unit", "workplace", "person").first()
    if row is None:
        raise NotFound(GUESTS)
    return row


def guests_of(unit: Unit, on: date) -> list[ResidenceLink]:
    """The guests of a cell on a day, by name, in one query."""
    return list(ResidenceLink.objects.on(on).filter(unit=unit).order_by("sort_key", "pk"))


def day_of_year(year: int, on: date) -> date:
    """The day as of which a year's guests are commented on: its last, or today."""
    return min(date(year, 12, 31), on)


def free_groups(on: date) -> set[str]:
    """The groups that are commented on only when needed (33-HD/BTCTW, 1.1)."""
    rules = rulebook.at(on).under("residence.group")
    return {code for code, rule in rules.items() if rule.value == "no_activity"}


@dataclass(frozen=True)
class Row:
    """A guest at the desk, with the year's comment as it stands."""

    link: ResidenceLink
    comment: ResidenceComment | None
    before: str


def desk(unit: Unit, year: int, on: date) -> tuple[list[Row], list[ResidenceLink]]:
    """(those who get the year's comment, those who are free of it), in two queries however many there are. `before` is
    what was written last year."""
    day = day_of_year(year, on)
    found, free = guests_of(unit, day), free_groups(day)
    keys = [one.key for one in found]
    written = ResidenceComment.objects.filter(link__in=keys, year__in=(year, year - 1))
    by = {(one.link, one.year): one for one in written}
    rows = []
    for one in found:
        if one.group not in free:
            last = by.get((one.key, year - 1))
            rows.append(Row(one, by.get((one.key, year)), last.text if last else ""))
    return rows, [one for one in found if one.group in free]
