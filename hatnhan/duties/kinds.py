"""What duties are about. An upper module registers each kind of its duties, and tells how one is shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hatnhan.kernel.actor import Actor


@dataclass(frozen=True)
class Thing:
    """What a duty is about, as the reader may see it: a line of words and the address where it is done."""

    title: str
    href: str = ""


Describe = Callable[[Actor, Iterable[int], date], dict[int, Thing]]


@dataclass(frozen=True)
class Kind:
    """A kind of duty. `describe` answers for the ids of many things in a query or two, and leaves out those that the
    actor may not see; the label is said of them. With `escalates` the superior unit is told once it is overdue;
    `by_hand`: the office itself says that it is done."""

    code: str
    label: Any
    describe: Describe
    escalates: bool = True
    by_hand: bool = False


KINDS: dict[str, Kind] = {}


def duty_kind(*kinds: Kind) -> None:
    """Register kinds of duties."""
    for one in kinds:
        if one.code in KINDS:
            raise RuntimeError(f"two kinds of duties are called {one.code}")
        KINDS[one.code] = one


def things(actor: Actor, asked: Iterable[tuple[str, int]], on: date) -> dict[tuple[str, int], Thing]:
    """What many duties are about, by (kind, id); each kind asks once."""
    wanted: dict[str, set[int]] = {}
    for code, about in asked:
        wanted.setdefault(code, set()).add(about)
    found: dict[tuple[str, int], Thing] = {}
    for code, ids in wanted.items():
        if code in KINDS:
            found |= {(code, pk): thing for pk, thing in KINDS[code].describe(actor, sorted(ids), on).items()}
    return found


def label_of(code: str) -> str:
    """What a kind is called; its code when the module that had it is gone."""
    return str(KINDS[code].label) if code in KINDS else code
