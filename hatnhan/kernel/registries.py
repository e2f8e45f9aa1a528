"""What lower modules need from upper ones. Filled in `apps.py` of each module, listed by `hatnhan check`.

Slots: a lower page names a place, an upper module loads what stands there. Bars: reasons why an act must wait.
Participants: what moves along when units are merged, split or dissolved. Motion subjects: whose action follows when
a meeting has decided a case."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.db.models import Q

from .actor import Actor
from .models import Unit
from .refusal import Reason


@dataclass(frozen=True)
class Slot:
    """`load(actor, ids, on)` answers for many rows in one query: {id: whatever the page of the place prints}."""

    place: str
    name: str
    load: Callable[[Actor, Iterable[int], date], dict[int, Any]]
    permission: str | None = None


SLOTS: dict[str, list[Slot]] = {}


def slot(*slots: Slot) -> None:
    """Offer something for a place."""
    for one in slots:
        SLOTS.setdefault(one.place, []).append(one)


def fill(place: str, actor: Actor, ids: Iterable[int], on: date) -> dict[str, dict[int, Any]]:
    """All that stands at a place and that the actor may see: {slot name: {id: value}}."""
    keys = list(ids)
    return {
        one.name: one.load(actor, keys, on)
        for one in SLOTS.get(place, [])
        if one.permission is None or actor.can(one.permission)
    }


Bar = Callable[[Any, date], list[Reason]]
BARS: dict[str, list[Bar]] = {}


def bar(act: str, ask: Bar) -> None:
    """Register who may object to an act upon a thing."""
    BARS.setdefault(act, []).append(ask)


def ask(act: str, thing: Any, on: date) -> list[Reason]:
    """Every reason why the act must wait on that day; empty when nothing stands in its way."""
    return [reason for one in BARS.get(act, []) for reason in one(thing, on)]


@dataclass(frozen=True)
class Moving:
    """What happens to units: those that end or give, the one that takes over, and for a split who goes where.

    `people` are person ids that go to `into`; None means everybody of the ending units."""

    units: tuple[Unit, ...]
    into: Unit | None
    on: date
    people: frozenset[int] | None = None


@dataclass(frozen=True)
class Effect:
    """One line of a preview: what moves and how many."""

    code: str
    label: str
    count: int
    names: tuple[str, ...] = ()


class Participant(Protocol):
    """A module whose rows stand at units."""

    name: str

    def preview(self, moving: Moving) -> list[Effect]:
        """What would move, without writing."""

    def apply(self, actor: Actor, moving: Moving) -> None:
        """Move it, inside the running act."""

    def keeps(self, unit: Unit, on: date) -> list[Reason]:
        """What still stands at a unit that is to end without an heir taking over."""


PARTICIPANTS: list[Participant] = []


def participant(one: Participant) -> None:
    """Register a module that takes part in reorganisation."""
    PARTICIPANTS.append(one)


@dataclass(frozen=True)
class Decided:
    """What adopted minutes say of a case: whose it is, where and when it was decided, by how many votes out of how
    many. `carried` None: it was dealt with, not voted on."""

    subject: str
    key: int
    unit: Unit
    on: date
    carried: bool | None = None
    in_favour: int = 0
    base: int = 0


Owner = Callable[[Actor, Decided], None]
SUBJECTS: dict[str, Owner] = {}


def subject(kind: str, owner: Owner) -> None:
    """Register who is told, inside the running act, when minutes that decide a case of this kind are adopted."""
    if kind in SUBJECTS:
        raise RuntimeError(f"two owners of {kind}")
    SUBJECTS[kind] = owner


def decide(actor: Actor, decided: Decided) -> None:
    """Tell the owner of the case. Of a kind that nobody owns nothing follows."""
    if decided.subject in SUBJECTS:
        SUBJECTS[decided.subject](actor, decided)


LOOKS: set[str] = set()


def looks(*codes: str) -> None:
    """Declare acts that change nothing and only look at something: the log keeps them apart from changes, and whoever
    was looked at can read them."""
    LOOKS.update(codes)


Withholding = Callable[[str, Collection[int] | None, date], Q]
WITHHOLDING: list[Withholding] = []


def withhold(ask: Withholding) -> None:
    """Register who may keep looks back for a time: `ask(kind, keys, day)` gives the condition on entries of the log
    which are not to be shown on the day, about any of these subjects or, without keys, about whichever. It names the
    subjects itself where several are asked about. Looks under an open case appear after its conclusion."""
    WITHHOLDING.append(ask)


def withheld(kind: str, keys: Collection[int] | None, on: date) -> Q:
    """The condition of all entries about subjects that are kept back on the day, in one question for all of them; of
    none when nothing is. Without keys: about whichever subject of the kind."""
    return reduce(or_, (ask(kind, keys, on) for ask in WITHHOLDING), Q(pk__in=[]))


PERMISSIONS: dict[str, frozenset[str]] = {}


def permit(code: str, *roles: str) -> str:
    """Declare a permission and the roles that carry it; returns the code."""
    PERMISSIONS[code] = PERMISSIONS.get(code, frozenset()) | frozenset(roles)
    return code


def permissions_of(role: str) -> frozenset[str]:
    """Everything a role may do where it is granted."""
    return frozenset(code for code, roles in PERMISSIONS.items() if role in roles)
