"""Questions to keys for programs."""

from dataclasses import dataclass
from datetime import date, datetime

from hatnhan.kernel.api import meanings
from hatnhan.units.queries import names

from .models import Account, Token


@dataclass(frozen=True)
class Key:
    """A key for a program as pages show it: the row, where it holds, what it may do, whether it is still good."""

    row: Token
    unit: str
    means: list[str]
    good: bool


def tokens_of(account: Account, on: date, now: datetime) -> list[Key]:
    """The keys of an account: those that are good first, then the newest of the others."""
    rows = list(Token.objects.filter(account=account).order_by("-created_at", "-pk")[:100])
    called, known = names({row.unit_id for row in rows if row.unit_id}, on), meanings()
    keys = [
        Key(
            row, called.get(row.unit_id or 0, ""),
            [str(known[code].label) if code in known else code for code in row.permissions], row.holds_at(now),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(keys, key=lambda key: not key.good)
