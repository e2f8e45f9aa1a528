"""The queries of a page, compiled once for each shape: to build them costs more than the database needs to answer.
What differs between two requests of one shape is passed as parameters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery

from ..prepared import Prepared
from . import keyset
from .parts import Column, Key, Sort

Laid = Callable[[Any], QuerySet[Any]]
"""The rows of a list without search and filters, from a namespace of what `Listing.values` names."""

_PREPARED: dict[Any, Prepared | None] = {}


@dataclass(frozen=True)
class Shape:
    """All that makes one page's query another than a second's, besides its parameters. `walking`: along the index of
    the table behind `sort.through`; `against`: the keys from the last to the first."""

    model: type[Model]
    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    sort: Sort
    against: bool
    limit: int
    walking: bool

    @property
    def keys(self) -> tuple[Key, ...]:
        return (*self.sort.keys, Key("pk"))

    @property
    def code(self) -> tuple[Any, ...]:
        """What tells it from the other shapes of its list."""
        columns = tuple(column.code for column in self.columns)
        return (columns, self.sort.code, self.against, self.limit, self.walking)


def count(table: type, laid: Laid, values: dict[str, Any], most: int) -> int:
    """How many rows there are, up to one more than `most`."""
    known = (table, most)
    prepared = _PREPARED.get(known) or Prepared(lambda at: laid(at).order_by().values_list("pk")[: most + 1], values)
    _PREPARED[known] = prepared
    return prepared.count(values)


def page(table: type, shape: Shape, laid: Laid, values: dict[str, Any], here: Sequence[Any]) -> list[Any] | None:
    """The rows of a page that begins after `here`; None when its order cannot be compiled ahead. Raises
    `keyset.NoPlace` when `here` is no place in the order."""
    keyset.check(here)
    places = {f"here{i}": value for i, value in enumerate(here)}
    known = (table, shape.code, tuple(type(value) for value in here))
    if known not in _PREPARED:
        prepared = Prepared(built(shape, laid, list(places)), values | places)
        _PREPARED[known] = prepared if _compiles(prepared, list(places)[: -1 if shape.walking else None]) else None
    prepared_page = _PREPARED[known]
    return None if prepared_page is None else prepared_page.rows(values | places)


def details(table: type, shape: Shape, values: dict[str, Any], among: QuerySet[Any, Any]) -> list[Any]:
    """The rows with these keys, with all that the cells read."""
    known = (table, shape.code)
    prepared = _PREPARED.get(known) or Prepared(lambda at: _drawn(shape, at), values)
    _PREPARED[known] = prepared
    return prepared.rows(values, among)


def picked(shape: Shape, rows: QuerySet[Any], at: Any, here: Sequence[Any], whole: bool) -> QuerySet[Any]:
    """The primary keys of the page's rows, as a subquery. `whole`: the rows still have the joins of `Listing.base`."""
    if shape.walking:
        return _walked(shape, rows, here)
    rows = keyset.annotated(in_order(rows, shape.sort, at, whole), shape.keys)
    if here:
        rows = keyset.beyond(rows, here, shape.against)
    return keyset.ordered(rows, shape.keys, shape.against)[: shape.limit].values("pk")


def in_order(rows: QuerySet[Any], sort: Sort, at: Any, whole: bool) -> QuerySet[Any]:
    """The rows with what their order needs."""
    needs = (sort.joined if whole else None) or sort.needs
    return rows.annotate(**needs(at)) if needs else rows


def read(
    rows: QuerySet[Any], fields: Sequence[str], columns: Sequence[Column], sort: Sort, keys: Sequence[Key], at: Any
) -> QuerySet[Any, Any]:
    """Rows as named tuples: the key, the parts of the order, and what the columns read."""
    needs: dict[str, Any] = {}
    for column in columns:
        needs |= column.needs(at) if column.needs else {}
    ordering = sort.needs(at) if sort.needs else {}
    names = dict.fromkeys([*fields, *(path for column in columns for path in column.fields), *needs])
    whole = keyset.annotated(rows.annotate(**{**needs, **ordering}), keys)
    return whole.values_list("pk", *keyset.names(keys), *names, named=True)


def built(shape: Shape, laid: Laid, places: Sequence[str]) -> Callable[[Any], QuerySet[Any, Any]]:
    """The query of a page, from a namespace of what `Listing.values` names and of the parts of the place."""

    def build(at: Any) -> QuerySet[Any, Any]:
        here = [getattr(at, name) for name in places]
        among = picked(shape, laid(at), at, here, True)
        return _drawn(shape, SimpleNamespace(**{**vars(at), "among": among}))

    return build


def _drawn(shape: Shape, at: Any) -> QuerySet[Any, Any]:
    rows = shape.model._default_manager.filter(pk__in=at.among)
    whole = read(rows, shape.fields, shape.columns, shape.sort, shape.keys, at)
    return keyset.ordered(whole, shape.keys, shape.against)


def _compiles(prepared: Prepared, places: Sequence[str]) -> bool:
    """Whether every part of the place is a parameter: a day or another value that Django converts is not."""
    try:
        return prepared.reads(places)
    except keyset.NoPlace:
        return False


def _walked(shape: Shape, rows: QuerySet[Any], here: Sequence[Any]) -> QuerySet[Any]:
    """Along the index of the table behind `through`, asking of each of its rows whether it is in the list."""
    through = shape.sort.through
    related: Any = shape.model._meta.get_field(through).related_model
    keys = [Key(_behind(key.path, through), key.empty) for key in shape.sort.keys]
    mine = rows.order_by().filter(**{through: OuterRef("pk")}).values("pk")[:1]
    along = related._default_manager.annotate(_row=Subquery(mine)).filter(_row__isnull=False)
    along = keyset.annotated(along, keys)
    if here:
        along = keyset.beyond(along, here[:-1], shape.against)
    return keyset.ordered(along, keys, shape.against)[: shape.limit].values("_row")


def _behind(path: str, through: str) -> str:
    """A path of the row as seen from the table behind its foreign key."""
    return "pk" if path == f"{through}_id" else path.removeprefix(f"{through}__")
