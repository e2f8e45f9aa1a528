"""Questions to keys for programs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from hatnhan.kernel.actor import Actor, Grant
from hatnhan.kernel.api import meanings
from hatnhan.units.queries import names

from .actors import actor_for
from .models import Account, Token
from .permissions import APPROVE_TOKEN
from .second_person import over_one_cell

MOST_WAITING = 200


@dataclass(frozen=True)
class Key:
    """A key for a program as pages show it: the row, where it holds, what it may do, whether it is still good."""

    row: Token
    unit: str
    means: list[str]
    good: bool
    waits: bool = False


def tokens_of(account: Account, on: date, now: datetime) -> list[Key]:
    """The keys of an account: those that are good first, then the newest of the others."""
    rows = list(Token.objects.filter(account=account).order_by("-created_at", "-pk")[:100])
    return sorted(_shown(rows, on, now), key=lambda key: not key.good)


def _shown(rows: list[Token], on: date, now: datetime) -> list[Key]:
    called, known = names({row.unit_id for row in rows if row.unit_id}, on), meanings()
    return [
        Key(
            row, called.get(row.unit_id or 0, ""),
            [str(known[code].label) if code in known else code for code in row.permissions], row.holds_at(now),
            row.waits_at(now),
        )
        for row in rows
    ]  # fmt: skip


# --- how far a key reaches ------------------------------------------------------------------------------------------


def reach(whole: Actor, permissions: Iterable[str], unit: int | None) -> tuple[Grant, ...]:
    """What of an actor's grants is left for a key with these permissions, at the unit or wherever they hold."""
    chosen = frozenset(permissions)
    top = whole.path_of(unit) if unit else ""
    found = (_narrowed(grant, chosen, unit, top) for grant in whole.grants)
    return tuple(one for one in found if one is not None)


def _narrowed(grant: Grant, chosen: frozenset[str], unit: int | None, top: str | None) -> Grant | None:
    held = grant.permissions & chosen
    if not held or top is None:
        return None
    if grant.path.startswith(top):
        return replace(grant, permissions=held)
    return Grant(held, unit or 0, top) if top.startswith(grant.path) else None


def needs_second(grants: Iterable[Grant], on: date) -> bool:
    """True when the grants reach over more than one cell."""
    return over_one_cell((grant.unit_id for grant in grants), on)


def grants_of(token: Token, on: date) -> tuple[Grant, ...]:
    """What a key may do where, on the day."""
    return reach(actor_for(token.account, on), token.permissions, token.unit_id)


def may_answer(actor: Actor, token: Token) -> bool:
    """True for another account that has the right everywhere the key reaches."""
    grants = grants_of(token, actor.on)
    return (
        actor.account_id is not None and actor.account_id != token.account_id and bool(grants)
        and all(actor.can(APPROVE_TOKEN, at=grant.unit_id or None) for grant in grants)
    )  # fmt: skip


def waiting(actor: Actor) -> list[Key]:
    """Keys that the actor may answer, the oldest first."""
    now = timezone.now()
    rows = Token.objects.filter(asks=True, confirmed_at=None, revoked_at=None, expires_at__gt=now)
    rows = rows.exclude(account=actor.account_id).select_related("account").order_by("pk")[:MOST_WAITING]
    return _shown([row for row in rows if may_answer(actor, row)], actor.on, now)
