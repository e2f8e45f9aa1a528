"""What a list is declared of: columns, filters, sorts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from markupsafe import Markup

Row = Any
Needs = Callable[[Any], Mapping[str, Any]]
"""Annotations, from a namespace of what `Listing.values` names: they are compiled once for all values."""


class Cell(NamedTuple):
    """What stands in one place of the table. `kind` (ok, warn, bad, info) makes the text a badge; with `person` the
    initials of the text stand before it; `phone` is said below the text where the other columns are not shown."""

    text: str = ""
    small: str = ""
    href: str = ""
    kind: str = ""
    person: bool = False
    phone: str = ""


@dataclass(frozen=True)
class Column:
    """A column. `cell` draws it from a row and the listing; `fields` are the paths it reads of the row (there a double
    underscore stays), `needs` what the query must annotate for it.

    `sort` is the code of the sort that its head offers. A `fixed` column cannot be left out; one not `shown` stands
    there only when it is chosen."""

    code: str
    label: Any
    cell: Callable[[Row, Any], Cell]
    fields: tuple[str, ...] = ()
    sort: str = ""
    numeric: bool = False
    shown: bool = True
    fixed: bool = False
    needs: Needs | None = None


@dataclass(frozen=True)
class Key:
    """One part of an order: a path or annotation of the row. Where it may be null, `empty` stands for null: a value
    that sorts after every other. Texts must be stored byte ordered, so that all databases agree."""

    path: str
    empty: Any = None


@dataclass(frozen=True)
class Sort:
    """An order that readers can choose. The primary key is always added as the last part.

    `through` names a foreign key of the row whose table has an index on all of `keys`: a large list is then read along
    that index. It is only right where each of its rows has at most one row in the list. `falls` says that readers see
    the order of the keys as falling: the earliest day first is the greatest age first.

    `needs` names what the query must annotate for the keys. `joined`, where it is given, says the same by joins that
    the rows of `Listing.base` already have: it is used while those are sorted."""

    code: str
    label: Any
    keys: tuple[Key, ...]
    through: str = ""
    falls: bool = False
    needs: Needs | None = None
    joined: Needs | None = None


Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Filter:
    """A question that narrows the list. `choices` are (value, label), the same for everybody or worked out for the
    listing; a filter without choices is not shown. `narrow` takes the rows, the chosen values (never empty, each one
    of the choices) and the listing. `quick` are values offered with one press."""

    code: str
    label: Any
    choices: Choices | Callable[[Any], Choices]
    narrow: Callable[[QuerySet[Any], list[str], Any], QuerySet[Any]]
    quick: tuple[str, ...] = ()


class Line(NamedTuple):
    """A row of the page: its key, the text of its first cell, that cell and those after it as HTML, and whether it may
    be chosen."""

    key: Any
    name: str
    first: Markup
    rest: Markup
    selectable: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter value that is on or offered, and the address that turns it."""

    label: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A filter as the panel shows it: its choices with whether each is chosen."""

    code: str
    label: Any
    choices: tuple[tuple[str, Any, bool], ...]
