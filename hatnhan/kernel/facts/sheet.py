"""What a module keeps: its two tables, the sources that they are counted from, and what these depend on."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Model, QuerySet

from ..fact_models import Facts, Sums, Whole
from ..figures.definitions import REGISTRY, Figure, Source
from ..period import Dated

PROBE = date(2025, 3, 31)
LEVELS = 6  # of border figures; no organisation that has organisations below it lies deeper


@dataclass(frozen=True, eq=False)
class Rows:
    """Dated rows that stand at units and are counted. `same` are the columns whose change counts for the whole period,
    `begins` and `ends` those that speak of the first and of the last day only."""

    rows: Callable[[], QuerySet[Any]]
    same: Sequence[str]
    begins: Sequence[str] = ()
    ends: Sequence[str] = ()
    unit: str = "unit"


@dataclass(frozen=True, eq=False)
class Held:
    """Dated rows that counted rows read through the one to whom both belong (`through`, a column of both)."""

    model: type[Dated]
    same: Sequence[str]
    through: str = "person"


@dataclass(frozen=True, eq=False)
class Sheet:
    """Kept figures of a module. A figure is kept when its rows add up, its source is among `sources` and the tables
    have a column for it, named like its code.

    A border figure has a column for each level: how many units the paths of a row's two units have in common on its
    day. A path of n units is entered or left by the rows of the levels below n; so these columns add up, and one row
    of sums answers for a unit what is no sum of its children's answers."""

    code: str
    facts: type[Facts]
    sums: type[Sums]
    sources: Sequence[Source]
    counted: Rows
    held: Sequence[Held] = ()
    attributes: type[Model] | None = None
    """The model of those to whom rows belong, whose `eligible` fields figures read."""

    @cached_property
    def columns(self) -> list[str]:
        """The numbers of a row, in the order of the table."""
        return [f.name for f in self.facts._meta.concrete_fields if isinstance(f, Whole)]

    def column(self, code: str) -> str:
        """`members.age.18_30.women` is `age_18_30_women`."""
        return code.removeprefix(f"{self.code}.").replace(".", "_")

    def columns_of(self, figure: Figure) -> list[str]:
        """The columns of a figure."""
        column = self.column(figure.code)
        return [f"{column}_{level}" for level in range(LEVELS)] if figure.border else [column]

    def keeps(self, figure: Figure) -> bool:
        """Persons do not add up: they are counted live."""
        adds = figure.measure.additive and figure.source in self.sources
        return adds and self._known.issuperset(self.columns_of(figure))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.columns)

    @cached_property
    def borders(self) -> list[Source]:
        """The sources of border figures: their rows count by where their other unit stood, too."""
        return list({figure.source: None for figure in self.figures() if figure.border})

    def figures(self) -> list[Figure]:
        """The kept ones, in the order of the columns."""
        kept = [f for f in REGISTRY.values() if isinstance(f, Figure) and self.keeps(f)]
        found = {self.columns_of(f)[0]: f for f in kept}
        return [found[column] for column in self.columns if column in found]


SHEETS: dict[str, Sheet] = {}


def keep(sheet: Sheet) -> None:
    """Let a sheet be kept. Raises RuntimeError for a code given twice."""
    if sheet.code in SHEETS:
        raise RuntimeError(f"two sheets are called {sheet.code}")
    SHEETS[sheet.code] = sheet


def sheet_of(figure: Figure) -> Sheet | None:
    """Where a figure is kept, if it is."""
    return next((sheet for sheet in SHEETS.values() if sheet.keeps(figure)), None)


def steady(figure: Figure) -> bool:
    """True when the condition is the same on every day: ages move without anybody writing."""
    return not callable(figure.where)


@dataclass(frozen=True)
class _Key:
    """What a version is made of, for remembering it."""

    sheet: Sheet
    figures: tuple[Figure, ...]
    wheres: tuple[Any, ...] = field(hash=False, default=())


def version(sheet: Sheet) -> str:
    """A fingerprint of what would be asked of the database: another definition, another fingerprint."""
    figures = tuple(sheet.figures())
    return _version(_Key(sheet, figures, tuple(figure.where for figure in figures)))


@lru_cache(maxsize=64)
def _version(key: _Key) -> str:
    whole = hashlib.sha256()
    for figure in key.figures:
        asked = figure.source.rows().filter(figure.condition(PROBE, None)) if not figure.uses else None
        said = str(asked.query) if asked is not None else f"{figure.condition(PROBE, None)!r} {figure.uses}"
        counted = f"{figure.source.code}|{figure.source.day}|{figure.measure!r}|{LEVELS if figure.border else 1}"
        whole.update(f"{figure.code}|{counted}|{said}\n".encode())
    return whole.hexdigest()[:16]
