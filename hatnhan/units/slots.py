"""What upper modules show on the pages of organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.registries import fill

CARDS, COUNTS, TILES, GROUPS = "unit.cards", "unit.counts", "unit.tiles", "unit.groups"


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


@dataclass(frozen=True)
class Tiles:
    """What a slot of the place `unit.tiles` tells of one unit that is looked at alone: numbers in large (number, words)
    and lines (term, text)."""

    numbers: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


def tiles(actor: Actor, unit: int, on: date) -> Tiles:
    """The numbers and lines of every module for one unit."""
    given = [one[unit] for one in fill(TILES, actor, [unit], on).values() if unit in one]
    return Tiles(tuple(n for one in given for n in one.numbers), tuple(n for one in given for n in one.lines))


def people_in_groups(actor: Actor, unit: int, on: date) -> dict[int, tuple[int, str]]:
    """How many belong to each Party group of a cell, under 0 how many to none, and the address of their list:
    {group: (number, address)}. A slot of the place `unit.groups` gives it."""
    found: dict[int, tuple[int, str]] = {}
    for one in fill(GROUPS, actor, [unit], on).values():
        found.update(one.get(unit, {}))
    return found
