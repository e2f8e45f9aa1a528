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


COMING, OPEN = "unit.coming", "unit.open"


@dataclass(frozen=True)
class Coming:
    """What a slot of the place `unit.coming` tells of one unit: something that falls due on a day of the half-year that
    begins on the day asked for. `what` in words that may hang on a wall, `who` it concerns, or nobody."""

    day: date
    what: str
    who: str = ""


def half_year(day: date) -> tuple[date, date]:
    """The half-year `[first, last)` in which a day lies."""
    first = date(day.year, 1 if day.month < 7 else 7, 1)
    return first, date(day.year, 7, 1) if first.month == 1 else date(day.year + 1, 1, 1)


def coming(actor: Actor, unit: int, first: date) -> list[Coming]:
    """Everything that falls due at a unit in the half-year that begins on a day, by day; each module answers for its
    own. Nothing in it is sensitive: it hangs on a wall."""
    given = [line for one in fill(COMING, actor, [unit], first).values() for line in one.get(unit, ())]
    return sorted(given, key=lambda line: (line.day, line.what, line.who))


@dataclass(frozen=True)
class Unfinished:
    """What a slot of the place `unit.open` tells of one unit: something that whoever takes over must go on with. `part`
    is the heading under which it stands, `when` a day in words or nothing."""

    part: str
    what: str
    when: str = ""
    href: str = ""


def unfinished(actor: Actor, unit: int, on: date) -> dict[str, list[Unfinished]]:
    """Everything open at a unit by part, in the order of the modules."""
    found: dict[str, list[Unfinished]] = {}
    for one in fill(OPEN, actor, [unit], on).values():
        for line in one.get(unit, ()):
            found.setdefault(line.part, []).append(line)
    return found
