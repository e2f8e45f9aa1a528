"""Pages by key: "the fifty after this row" instead of "rows 500 to 550", so a page is as fast at any depth and nothing
is shown twice or left out when rows come or go between two pages."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from .parts import Key

PREFIX = "place"
_LARGEST = 2**63 - 1


class NoPlace(ValueError):
    """What stands in the address is no place in this order."""


def names(keys: Sequence[Key]) -> list[str]:
    """What the parts of the order are called in annotated rows."""
    return [f"{PREFIX}{i}" for i in range(len(keys))]


def annotated(rows: QuerySet[Any], keys: Sequence[Key]) -> QuerySet[Any]:
    """The rows with the parts of the order under names of their own."""
    return rows.annotate(**{f"{PREFIX}{i}": _expression(key) for i, key in enumerate(keys)})


def _expression(key: Key) -> Any:
    if key.empty is None:
        return F(key.path)
    return Coalesce(F(key.path), Value(key.empty))


def ordered(rows: QuerySet[Any], keys: Sequence[Key], backwards: bool) -> QuerySet[Any]:
    """Annotated rows in the order of the keys, or against it."""
    sign = "-" if backwards else ""
    return rows.order_by(*(f"{sign}{PREFIX}{i}" for i in range(len(keys))))


def check(values: Sequence[Any]) -> None:
    """Raises `NoPlace` for a value that no database takes."""
    if any(isinstance(value, int) and abs(value) > _LARGEST for value in values) or not all(
        storable(str(value)) for value in values
    ):
        raise NoPlace("not a place in this order")


def beyond(rows: QuerySet[Any], values: Sequence[Any], backwards: bool) -> QuerySet[Any]:
    """Annotated rows that come after the values in the order of the keys, or with `backwards` before them.

    Raises `NoPlace` when the values cannot be compared with the keys."""
    check(values)
    for i, value in enumerate(values):
        whole = isinstance(rows.query.annotations[f"{PREFIX}{i}"].output_field, IntegerField)
        if whole != isinstance(value, int):
            raise NoPlace("not a place in this order")
    over = "lt" if backwards else "gt"
    found = Q()
    for i, value in enumerate(values):
        same = {f"{PREFIX}{j}": values[j] for j in range(i)}
        found |= Q(**same, **{f"{PREFIX}{i}__{over}": value})
    # Said twice so that the database can use an index on the first part.
    first = Q(**{f"{PREFIX}0__{over}e": values[0]})
    try:
        return rows.filter(first, found)
    except (ValidationError, TypeError, ValueError) as error:
        raise NoPlace("not a place in this order") from error


def storable(text: str) -> bool:
    """False for a text with a character that no database keeps: NUL, or half of a pair."""
    return not any(ch == "\0" or "\ud800" <= ch <= "\udfff" for ch in text)


def token(row: Any, keys: Sequence[Key]) -> str:
    """The place of an annotated row, as it stands in an address."""
    values = [_plain(getattr(row, f"{PREFIX}{i}")) for i in range(len(keys))]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place(text: str, keys: Sequence[Key]) -> list[Any] | None:
    """The values of a token; None for anything that is not one of this order."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(values, list) or len(values) != len(keys):
        return None
    return values if all(type(value) in (str, int) for value in values) else None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "iso", value)
