"""What modules tell the API: how a thing is found by its id, its version, and what a permission lets one do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..actor import Actor, NotFound
from ..models import Unit

Find = Callable[[Actor, int], Any]

_FINDS: dict[type, Find] = {}
_MEANS: dict[str, "Meaning"] = {}


@dataclass(frozen=True)
class Meaning:
    """A permission that a token may carry: what it lets one do, and whether it changes anything."""

    code: str
    label: Any
    writes: bool


def finds(kind: type, find: Find) -> None:
    """How a thing is found by its id. `find` raises `NotFound` for what the actor may not know of."""
    _FINDS[kind] = find


def unit_within(actor: Actor, key: int) -> Unit:
    """A unit in the part of the tree in which the actor may do anything at all. Raises `NotFound` for another."""
    unit = Unit.objects.filter(pk=key).first()
    if unit is None or not (actor.everything or actor.reach().covers(actor.path_of(unit))):
        raise NotFound("unit")
    return unit


finds(Unit, unit_within)


def found(kind: type, actor: Actor, key: int) -> Any:
    """The thing of an id. Raises `NotFound`."""
    one = _FINDS[kind](actor, key)
    if one is None:
        raise NotFound(kind.__name__)
    return one


def findable(kind: Any) -> bool:
    """True when things of this kind can be named by an id."""
    return kind in _FINDS


def means(code: str, label: Any, writes: bool = False) -> None:
    """Say what a permission lets a token do; only such permissions can be given to one."""
    _MEANS[code] = Meaning(code, label, writes)


def meanings() -> dict[str, Meaning]:
    """Every permission that a token may carry, in the order of the modules."""
    return dict(_MEANS)


def version_of(thing: Any) -> int | None:
    """The version of a record that counts its changes; None where it has none."""
    version = getattr(thing, "version", None)
    return version if isinstance(version, int) else None
