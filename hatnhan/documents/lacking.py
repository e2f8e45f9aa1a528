"""Which units have working rules in force on a day, and which lack them."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.ui.text import day
from hatnhan.units.queries import card, children

from .models import CommitteeTerm, Paper


@dataclass(frozen=True)
class RulesOf:
    """A unit with its working rules. `old`: they are from before the present term."""

    name: str
    href: str
    symbol: str
    since: str
    old: bool


@dataclass(frozen=True)
class Board:
    """The units of a page, in the order of their names, those that lack rules first."""

    unit: Unit
    name: str
    rows: list[RulesOf]

    @property
    def lacking(self) -> int:
        return sum(not row.symbol for row in self.rows)


def rules_below(actor: Actor, unit: Unit) -> Board:
    """The unit and those that stand directly under it, on the actor's day."""
    own = card(unit, actor.on)
    cards = [*([own] if own else []), *children(unit, actor.on)]
    ids = [one.id for one in cards]
    rows = Paper.objects.filter(unit__in=ids, working_rules=True, day__lte=actor.on).exclude(state="cancelled")
    rows = rows.filter(Q(rules_until=None) | Q(rules_until__gt=actor.on))
    held = {row.unit_id: row for row in rows.order_by("day", "pk")}
    terms = dict(CommitteeTerm.objects.on(actor.on).filter(unit__in=ids).values_list("unit_id", "valid_from"))
    found = []
    for one in cards:
        row = held.get(one.id)
        began = terms.get(one.id)
        href = reverse("documents.paper", args=[row.pk]) if row else f"{reverse('documents.register')}?unit={one.id}"
        found.append(
            RulesOf(one.name, href, row.symbol if row else "", day(row.day) if row else "",
                    bool(row and began and row.day < began))
        )  # fmt: skip
    return Board(unit, own.name if own else _("Tổ chức"), sorted(found, key=lambda row: bool(row.symbol)))
