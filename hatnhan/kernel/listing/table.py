"""The list itself: a declaration that is asked by one address."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import SimpleNamespace
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from .. import pages
from ..ui.text import num
from ..vietnamese import plain
from . import compiled, keyset
from .asked import Asked
from .compiled import Laid, Shape
from .drawing import line
from .parts import Chip, Column, Filter, Group, Key, Line, Sort

FRAGMENT = "list"


class Listing:
    """A list of rows of one model. A subclass declares what may be asked and gives the rows in scope; an instance is
    the answer to one address.

    `base` must apply scope and unit; all else is laid over it. Two queries: the first counts up to `exact` rows, or in
    a list that search and filters narrow finds up to `cap` keys; the second fetches the page. Of more rows than are
    counted the page is read along the order, where an index allows it; fewer are sorted, because the index also holds
    all the rows that are not in the list.

    With `select` each row begins with a checkbox of that name, of the form with the id `chosen`, unless `selectable`
    says no."""

    model: ClassVar[type[Model]]
    columns: Sequence[Column] = ()
    fields: ClassVar[tuple[str, ...]] = ()
    filters: Sequence[Filter] = ()
    sorts: Sequence[Sort] = ()
    label: ClassVar[Any] = gettext_lazy("Danh sách")
    placeholder: ClassVar[Any] = gettext_lazy("Tìm (không cần dấu)")
    searchable: ClassVar[bool] = True
    select: ClassVar[str] = ""
    size: int = 50
    cap: ClassVar[int] = 1000
    exact: int = 1000
    # A reader of a page who asks for a place that is gone begins anew; a program is told so.
    strict: bool = False

    def __init__(self, request: HttpRequest) -> None:
        self.asked = Asked(request.path, request.GET)

    # --- what a subclass says ---

    def base(self) -> QuerySet[Any]:
        """The rows that the reader may see, in the unit and on the day of the address."""
        raise NotImplementedError

    def laid(self) -> Laid | None:
        """How the rows of `base` without filters are made from the names of `values` alone, so that their query is
        compiled once; None where it cannot be said."""
        return None

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Those of the rows that are meant by what was typed."""
        return rows

    def values(self) -> dict[str, Any]:
        """What annotations depend on, by name: days, numbers, texts. Nothing else may differ between two addresses."""
        return {}

    def usual(self) -> list[Column]:
        """The columns that stand there when none were chosen."""
        return [column for column in self.columns if column.fixed or column.shown]

    def counted(self, count: int) -> str:
        """The number of rows in words; `count` may be written as "more than"."""
        return ngettext("%(n)s dòng", "%(n)s dòng", count) % {"n": self.written(count)}

    def selectable(self, row: Any) -> bool:
        """Whether a row may be chosen."""
        return bool(self.select)

    def walks(self, sort: Sort) -> bool:
        """Whether the table behind `sort.through` has at most one row of the list for each of its own."""
        return bool(sort.through)

    # --- what the address says ---

    @cached_property
    def text(self) -> str:
        return " ".join(self.asked.one("q").split())[:100] if self.searchable else ""

    @cached_property
    def sort(self) -> Sort:
        code = self.asked.one("sort").removeprefix("-")
        return next((sort for sort in self.sorts if sort.code == code), self.sorts[0])

    @property
    def descending(self) -> bool:
        return self.asked.one("sort") == f"-{self.sort.code}"

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        return (*self.sort.keys, Key("pk"))

    @cached_property
    def shown(self) -> list[Column]:
        """The columns that stand there: the chosen ones, else the usual ones."""
        chosen = self.asked.many("col")
        wanted = [column for column in self.columns if column.fixed or column.code in chosen]
        return wanted if chosen else self.usual()

    @cached_property
    def offered(self) -> dict[str, list[tuple[str, Any]]]:
        """Each filter's choices as (value, label), worked out once."""
        return {one.code: self._offers(one) for one in self.filters}

    def _offers(self, one: Filter) -> list[tuple[str, Any]]:
        if callable(one.choices):
            return [(str(value), label) for value, label in one.choices(self)]
        known = (type(self), one.code, get_language())
        if known not in _SAID:
            _SAID[known] = [(str(value), str(label)) for value, label in one.choices]
        return _SAID[known]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The filters that are on, with those of their values that are among the choices."""
        found = {}
        for code, choices in self.offered.items():
            asked = self.asked.many(code)
            values = [value for value, _label in choices if value in asked]
            if values:
                found[code] = values
        return found

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.chosen)

    # --- rows ---

    @cached_property
    def found(self) -> QuerySet[Any]:
        """Every row that was asked for, in no order. Signs without a letter or digit find nothing."""
        rows = self.base()
        for one in self.filters:
            if one.code in self.chosen:
                rows = one.narrow(rows, self.chosen[one.code], self)
        if not self.text:
            return rows
        return self.search(rows, self.text) if plain(self.text) else rows.none()

    @cached_property
    def _few(self) -> list[Any]:
        return list(self.found.order_by().values_list("pk", flat=True)[: self.cap + 1])

    @cached_property
    def count(self) -> int:
        """How many rows there are; one more than are counted when there are more."""
        if self.narrowed:
            return len(self._few)
        laid = self.laid()
        if laid is not None:
            return compiled.count(type(self), laid, self.values(), self.exact)
        return self.found.order_by()[: self.exact + 1].count()

    @property
    def many(self) -> bool:
        """True when there are too many rows to sort them all for one page."""
        return self.count > self.cap

    @property
    def page(self) -> tuple[list[Any], bool, bool]:
        """(rows, whether some come before, whether some come after). Raises `NoPlace` when it is `strict`."""
        return self._page

    @property
    def most(self) -> int:
        """Up to how many rows they are counted."""
        return self.cap if self.narrowed else self.exact

    @cached_property
    def _page(self) -> tuple[list[Any], bool, bool]:
        """(rows, whether some come before, whether some come after)."""
        backwards = bool(self.asked.one("before"))
        here = keyset.place(self.asked.one("before") or self.asked.one("after"), self.keys)
        against = backwards != self.descending if here else self.descending
        rows = self._slice(here, against, self.size + 1)
        more = len(rows) > self.size
        rows = rows[: self.size]
        if here and backwards:
            return rows[::-1], more, True
        return rows, here is not None, more

    def _slice(self, here: list[Any] | None, against: bool, limit: int) -> list[Any]:
        walking = self.count > self.most and self.walks(self.sort)
        shape = Shape(self.model, self.fields, tuple(self.shown), self.sort, against, limit, walking)
        try:
            return self._rows_of(shape, here or [])
        except keyset.NoPlace:
            if self.strict:
                raise
            return self._rows_of(replace(shape, against=self.descending), [])

    def _rows_of(self, shape: Shape, here: list[Any]) -> list[Any]:
        values, laid = self.values(), None if self.narrowed else self.laid()
        if laid is not None and (rows := compiled.page(type(self), shape, laid, values, here)) is not None:
            return rows
        few = self.narrowed and not self.many
        found = self.model._default_manager.filter(pk__in=self._few) if few else self.found
        among = compiled.picked(shape, found, SimpleNamespace(**values), here, found is self.found)
        return compiled.details(type(self), shape, values, among)

    def every_row(self, columns: Sequence[Column]) -> Iterator[Any]:
        """All rows that were asked for, in order, with what these columns read: for a file."""
        at = SimpleNamespace(**self.values())
        rows = compiled.in_order(self.found, self.sort, at, True)
        whole = compiled.read(rows, self.fields, columns, replace(self.sort, needs=None), self.keys, at)
        return keyset.ordered(whole, self.keys, self.descending).iterator(chunk_size=2000)

    # --- what the template draws ---

    @cached_property
    def rows(self) -> list[Any]:
        return self._page[0]

    @cached_property
    def lines(self) -> list[Line]:
        drawers = [(column.cell, column.numeric) for column in self.shown]
        return [
            line(row.pk, [(cell(row, self), numeric) for cell, numeric in drawers], self.selectable(row))
            for row in self.rows
        ]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The heads as the kit's table wants them."""
        return [self._head(column) for column in self.shown]

    def _head(self, column: Column) -> dict[str, Any]:
        head: dict[str, Any] = {"label": column.label, "numeric": column.numeric, "phone": column.fixed}
        if column.sort:
            here = column.sort == self.sort.code
            turned = here and not self.descending
            head["sort_url"] = self.asked.address(sort=f"-{column.sort}" if turned else column.sort)
            falling = self.descending != self.sort.falls
            head["sorted"] = ("descending" if falling else "ascending") if here else ""
        return head

    @property
    def summary(self) -> str:
        """How many there are."""
        said = self.counted(self.count)
        return _("%(rows)s phù hợp") % {"rows": said} if self.narrowed else said

    def written(self, count: int) -> str:
        """A number of rows as it is printed."""
        return _("hơn %(n)s") % {"n": num(self.most)} if count > self.most else num(count)

    @property
    def prev_url(self) -> str | None:
        rows, before, _after = self._page
        return self.asked.address(before=keyset.token(rows[0], self.keys)) if rows and before else None

    @property
    def next_url(self) -> str | None:
        rows, _before, after = self._page
        return self.asked.address(after=keyset.token(rows[-1], self.keys)) if rows and after else None

    @property
    def first_url(self) -> str:
        return self.asked.address(after=None, before=None)

    @property
    def search_url(self) -> str:
        """The address to which a script adds what is typed."""
        return self.asked.address(q=None)

    @property
    def plain_url(self) -> str:
        """The list without search and filters."""
        return self.asked.address(q=None, **dict.fromkeys(self.offered))

    @cached_property
    def chips(self) -> list[Chip]:
        """One chip for each filter value that is on."""
        return [self._chip(code, value, True) for code, values in self.chosen.items() for value in values]

    @cached_property
    def quick(self) -> list[Chip]:
        """Filter values that are offered with one press and not on."""
        return [
            self._chip(one.code, value, False)
            for one in self.filters
            for value in one.quick
            if one.code not in self.chosen and any(value == known for known, _label in self.offered[one.code])
        ]

    def _chip(self, code: str, value: str, on: bool) -> Chip:
        label = next(str(label) for known, label in self.offered[code] if known == value)
        now = self.chosen.get(code, [])
        values = [one for one in now if one != value] if on else [*now, value]
        turned: dict[str, Any] = {code: values}
        return Chip(label, self.asked.address(**turned), on)

    @cached_property
    def groups(self) -> list[Group]:
        """The filters with their choices, for the panel."""
        return [
            Group(
                one.code, one.label,
                tuple((v, label, v in self.chosen.get(one.code, ())) for v, label in self.offered[one.code]),
            )
            for one in self.filters
            if self.offered[one.code]
        ]  # fmt: skip

    @cached_property
    def around(self) -> Hashable:
        """What everything around the rows depends on: all that is asked but the page, and what may be asked."""
        asked = tuple((name, tuple(values)) for name, values in self.asked.besides_pages().items())
        offered = tuple((code, tuple(choices)) for code, choices in self.offered.items())
        columns = tuple((column.code, column in self.shown, column.sort) for column in self.columns)
        return (type(self), self.asked.path, asked, offered, columns)

    @property
    def optional(self) -> list[tuple[Column, bool]]:
        """The columns that may be chosen, with whether they stand there."""
        return [(column, column in self.shown) for column in self.columns if not column.fixed]

    def respond(self, request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The page; or, for a script that asks for the list alone, only that."""
        wanted = request.headers
        alone = wanted.get("HX-Target") == FRAGMENT and "HX-History-Restore-Request" not in wanted
        answer = pages.render(request, "kit/list_alone.html" if alone else template, {**(context or {}), "table": self})
        answer.headers["Vary"] = "HX-Request, HX-Target, Cookie"
        return answer


_SAID: dict[Any, list[tuple[str, Any]]] = {}
"""Choices that are the same for everybody, by language."""
