"""A query compiled once and asked many times with other values. Building one with several subqueries costs Django more
than the database needs to answer it.

Every value is still passed as a parameter. What differs in shape (other columns, other filters) is another query."""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

_FIRST_DAY = date(1, 1, 1)
_FIRST_NUMBER = -8_000_000_000_000_000
AMONG = "among"

Build = Callable[[Any], QuerySet[Any, Any]]


@dataclass(frozen=True)
class _Compiled:
    """The SQL in pieces between its parameters, each of which is a name to fill in or a constant."""

    pieces: list[str]
    parameters: list[tuple[str, Any]]
    converters: list[tuple[int, list[Any], Any]]


class Prepared:
    """`build` gets a namespace with a value of each name and returns the query as `values_list`; `example` gives the
    names and, by its values, their types (date, int, str). `at.among` is a list of primary keys, or a query of them."""

    def __init__(self, build: Build, example: dict[str, Any]) -> None:
        self._build, self._names = build, list(example)
        self._marks = {name: _mark(i, value) for i, (name, value) in enumerate(example.items())}
        self._compiled: dict[str, _Compiled] = {}
        self._row: Any = None

    def rows(self, values: dict[str, Any], among: Sequence[int] | QuerySet[Any, Any] | None = None) -> list[Any]:
        """The rows as named tuples, with the values filled in."""
        if isinstance(among, Sequence) and not among:
            return []
        compiled = self._here()
        try:
            sql, parameters = _filled(compiled, values, among)
        except EmptyResultSet:
            return []
        found = _asked(sql, parameters)
        return [self._row(*_converted(row, compiled.converters)) for row in found]

    def count(self, values: dict[str, Any]) -> int:
        """How many rows there are."""
        sql, parameters = _filled(self._here(), values, None)
        return int(_asked(f"SELECT COUNT(*) FROM ({sql}) counted", parameters)[0][0])

    def reads(self, names: Sequence[str]) -> bool:
        """Whether each of the names is a parameter of the query."""
        found = {name for name, _constant in self._here().parameters}
        return found.issuperset(names)

    def _here(self) -> _Compiled:
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        return self._compiled[connection.vendor]

    def _compile(self) -> _Compiled:
        marks = SimpleNamespace(**self._marks, among=[_FIRST_NUMBER])
        rows = self._build(marks)
        compiler: Any = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        pieces = sql.split("%s")
        if len(pieces) != len(parameters) + 1:
            raise RuntimeError("the text of a query may not hold the sign of a parameter")
        known = {str(mark): name for name, mark in self._marks.items()} | {str(_FIRST_NUMBER): AMONG}
        named = [(known.get(str(value), ""), value) for value in parameters]
        converters = compiler.get_converters([column[0] for column in compiler.select])
        self._row = namedtuple("Row", rows._fields, rename=True)  # type: ignore[attr-defined, misc]
        return _Compiled(pieces, named, [(i, functions, field) for i, (functions, field) in converters.items()])


def _asked(sql: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _mark(i: int, value: Any) -> Any:
    """A value of the same type that stands for the name and occurs nowhere else."""
    if isinstance(value, date):
        return _FIRST_DAY + timedelta(days=i)
    return f"\x02{i}" if isinstance(value, str) else _FIRST_NUMBER + 1 + i


def _filled(compiled: _Compiled, values: dict[str, Any], among: Any) -> tuple[str, list[Any]]:
    text, parameters = [compiled.pieces[0]], []
    for (name, constant), piece in zip(compiled.parameters, compiled.pieces[1:], strict=True):
        sign = "%s"
        if not name:
            parameters.append(constant)
        elif name != AMONG:
            value = values[name]
            is_day = isinstance(value, date)
            parameters.append(connection.ops.adapt_datefield_value(value) if is_day else value)
        elif isinstance(among, QuerySet):
            sign, inner = among.query.sql_with_params()
            parameters += inner
        else:
            sign = ", ".join(["%s"] * len(among))
            parameters += among
        text += [sign, piece]
    return "".join(text), parameters


def _converted(row: Sequence[Any], converters: list[tuple[int, list[Any], Any]]) -> Sequence[Any]:
    if not converters:
        return row
    values = list(row)
    for i, functions, field in converters:
        for function in functions:
            values[i] = function(values[i], field, connection)
    return values
