"""Paths of unit ids: five base-36 digits a level, so that an ancestor is a prefix and a subtree is a range."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

WIDTH = 5
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def segment(pk: int) -> str:
    """The five digits of one unit; room for 60 million units."""
    text = ""
    while pk:
        pk, digit = divmod(pk, 36)
        text = DIGITS[digit] + text
    return text.rjust(WIDTH, "0")


def unit_of(text: str) -> int:
    """The unit id of one segment."""
    return int(text, 36)


def segments(path: str) -> list[str]:
    """The segments of a path, the top first."""
    return [path[i : i + WIDTH] for i in range(0, len(path), WIDTH)]


def within(path: str, field: str = "path") -> dict[str, str]:
    """Lookups for a unit and all that hangs under it."""
    return {f"{field}__gte": path, f"{field}__lt": path + "~"}


def below(path: str, field: str = "path") -> dict[str, str]:
    """Lookups for what hangs strictly under a unit."""
    return {f"{field}__gt": path, f"{field}__lt": path + "~"}


class ByteOrderedField(models.CharField):
    """Text compared byte by byte on every database: a range on it is wrong under a language's collation."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        return super().db_parameters(connection) | {"collation": "C" if connection.vendor == "postgresql" else None}


class PathField(ByteOrderedField):
    """A path of up to twelve levels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 60, **kwargs})
