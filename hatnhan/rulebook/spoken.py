"""Which rules spoke in which acts: a reference is a rule's key and the first day of its window, "key@2025-07-01"."""

import zlib

from django.db.models import QuerySet

from hatnhan.kernel.action import act
from hatnhan.kernel.models import Entry

KIND = "rulebook.rule"


def spoke(reference: str) -> None:
    """Inside an act: remember that a rule spoke, so that its page leads to the act."""
    key = reference.partition("@")[0]
    if key:
        act().subjects.add((KIND, number_of(key)))


def number_of(key: str) -> int:
    """The number under which the log keeps a rule's key among its subjects."""
    return zlib.crc32(key.encode())


def acts_of(key: str) -> "QuerySet[Entry]":
    """The acts in which a rule spoke, the latest first."""
    rows = Entry.objects.filter(subjects__kind=KIND, subjects__key=number_of(key), refers_to=None)
    return rows.select_related("payload").order_by("-at", "-pk")
