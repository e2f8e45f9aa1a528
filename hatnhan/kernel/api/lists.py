"""A list of the pages as an operation: the same rows, filters, search, order and columns, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router
from pydantic import BaseModel, Field, create_model

from ..listing import Listing, keyset
from ..pages import actor_of
from ..refusal import Reason, Refused
from ..ui.text import moment
from .fields import described
from .pace import take_rows
from .signing import Query, read

MOST = 200
USUAL = 50
MOST_CHOICES = 50

Make = Callable[..., Listing]


@dataclass(frozen=True)
class Value:
    """What a column is for programs, where its text on the page would not do: its type, read from row and listing."""

    kind: Any
    read: Callable[[Any, Any], Any]


def listed(
    router: Router, path: str, table: type[Listing], make: Make, *, name: str, title: Any, about: Any = "",
    keys: Mapping[str, str], values: Mapping[str, Value] | None = None, asks: type[Query] = Query,
    within: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Offer a list. `make(request, query, **path)` gives it for a request; `keys` name ids by the fields that the rows
    carry; `asks` says what else its address takes (unit, day). `values` replace the text of columns."""
    known = dict(values or {})
    query = question(name, table, asks)
    answer = _answer(name, table, keys, known)

    def run(request: HttpRequest, query: Any, **given: Any) -> dict[str, Any]:
        found = make(request, query=query, **given)
        found.strict, found.size = True, query.size
        _refuse_unknown(found)
        return _page(request, found, keys, known)

    read(router, path, run, answer, name=name, title=title, about=about, within=within, query=query)


def question(name: str, table: type[Listing], asks: type[Query]) -> type[Query]:
    """What the address of a list may ask: filters, search, order, columns, and what `asks` takes besides."""
    fields: dict[str, Any] = {}
    if table.searchable:
        fields["q"] = (Annotated[str, Field(max_length=100), described(table.placeholder)], "")
    for one in table.filters:
        fields[one.code] = (Annotated[list[str], Field(max_length=MOST_CHOICES), described(one.label)], [])
    codes = [column.code for column in table.columns]
    orders = [sign + sort.code for sort in table.sorts for sign in ("", "-")]
    fields |= {
        "sort": (Annotated[_one_of(orders), described(_SORT)], orders[0]),
        "col": (Annotated[list[_one_of(codes)], Field(max_length=len(codes)), described(_COLUMNS)], []),  # type: ignore[misc]
        "after": (Annotated[str, Field(max_length=2000), described(_AFTER)], ""),
        "before": (Annotated[str, Field(max_length=2000), described(_BEFORE)], ""),
        "size": (Annotated[int, Field(ge=1, le=MOST), described(_SIZE)], USUAL),
    }
    return create_model(f"{name}.query", __base__=asks, **fields)


def _one_of(codes: list[str]) -> Any:
    return Literal[tuple(codes)]


_SORT = gettext_lazy("Thứ tự; dấu trừ đứng trước thì ngược lại")
_COLUMNS = gettext_lazy("Các cột cần lấy; để trống thì lấy các cột thường dùng")
_AFTER = gettext_lazy("Trang sau dòng này: giá trị next của trang trước")
_BEFORE = gettext_lazy("Trang trước dòng này: giá trị previous")
_SIZE = gettext_lazy("Số dòng một trang")


def _answer(name: str, table: type[Listing], keys: Mapping[str, str], values: Mapping[str, Value]) -> type[BaseModel]:
    row: dict[str, Any] = dict.fromkeys(keys, (int | None, None))
    for column in table.columns:
        kind = values[column.code].kind if column.code in values else str
        row[column.code] = (Annotated[kind | None, described(column.label)], None)
    line = create_model(f"{name}.row", **row)
    page: dict[str, Any] = {
        "rows": (list[line], ...),  # type: ignore[valid-type]
        "count": (Annotated[int, described(gettext_lazy("Số dòng phù hợp"))], ...),
        "exact": (Annotated[bool, described(gettext_lazy("Sai khi có nhiều hơn count dòng"))], ...),
        "next": (str | None, None),
        "previous": (str | None, None),
        "taken_by": (Annotated[str, described(gettext_lazy("Ai lấy, bằng khóa nào, lúc nào"))], ...),
    }
    return create_model(f"{name}.page", **page)


def _refuse_unknown(found: Listing) -> None:
    """Pages overlook a filter value that is no choice any more; a program must not get more than it asked for."""
    reasons = []
    if found.asked.one("sort").removeprefix("-") not in ("", found.sort.code):
        reasons.append(Reason("closed", _("Khóa này không được xem mục đó."), field="sort"))
    for one in type(found).filters:
        known = [value for value, _label in found.offered.get(one.code, [])]
        for value in found.asked.many(one.code):
            if value not in known:
                shown = ", ".join(known[:MOST_CHOICES])
                text = _("Không có lựa chọn “%(value)s”. Có thể chọn: %(known)s.")
                reasons.append(Reason("choice", text % {"value": value[:40], "known": shown or "–"}, field=one.code))
    for name in ("after", "before"):
        asked = found.asked.one(name)
        if asked and keyset.place(asked, found.keys) is None:
            reasons.append(_no_place(name))
    if reasons:
        raise Refused(reasons)


def _no_place(name: str) -> Reason:
    return Reason("cursor", _("Không phải một chỗ trong thứ tự này. Hãy lấy từ next hoặc previous."), field=name)


def _page(request: HttpRequest, found: Listing, keys: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, Any]:
    try:
        rows, before, after = found.page
    except keyset.NoPlace as error:
        raise Refused(_no_place("before" if found.asked.one("before") else "after")) from error
    most = found.most
    take_rows(request, len(rows))
    return {
        "rows": [_row(row, found, keys, values) for row in rows],
        "count": min(found.count, most),
        "exact": found.count <= most,
        "next": keyset.token(rows[-1], found.keys) if rows and after else None,
        "previous": keyset.token(rows[0], found.keys) if rows and before else None,
        "taken_by": f"{actor_of(request).label} · {moment(timezone.now())}",
    }


def _row(row: Any, found: Listing, keys: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, Any]:
    told = {name: getattr(row, field) for name, field in keys.items()}
    for column in found.shown:
        own = values.get(column.code)
        told[column.code] = own.read(row, found) if own else column.cell(row, found).text
    return told
