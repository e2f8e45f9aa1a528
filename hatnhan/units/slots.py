"""What upper modules show on the pages of organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import fill

CARDS, COUNTS = "unit.cards", "unit.counts"


@dataclass(frozen=True)
class Shown:
    """What a slot of the place `unit.cards` gives for one unit: lines (term, text, address or nothing) and links
    (label, address, icon)."""

    lines: tuple[tuple[str, str, str], ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()


def shown(actor: Actor, ids: Iterable[int], on: date) -> dict[int, Shown]:
    """The lines and links of every module for many units."""
    found: dict[int, Shown] = {}
    for one in fill(CARDS, actor, ids, on).values():
        for pk, given in one.items():
            so_far = found.get(pk, Shown())
            found[pk] = Shown(so_far.lines + given.lines, so_far.links + given.links)
    return found


def counts(actor: Actor, parents: Iterable[int], on: date) -> dict[int, dict[int, int]]:
    """Members at and below each unit's children, in one grouped query: {parent: {child: number}}; the parent's own
    under its own id. A slot of the place `unit.counts` gives it."""
    found: dict[int, dict[int, int]] = {}
    for one in fill(COUNTS, actor, parents, on).values():
        found.update(one)
    return found
