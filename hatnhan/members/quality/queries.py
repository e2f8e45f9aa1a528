"""How many rows each check finds in a unit and below it, and which."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import within
from hatnhan.members import permissions
from hatnhan.members.imports.questions import open_in_scope
from hatnhan.members.models import Membership, PersonNumber
from hatnhan.members.queries import Ground, placed

from .checks import CHECKS, Check, Rows, twins

KEPT_SECONDS = 900


@dataclass(frozen=True)
class Found:
    """A check with the number of its rows."""

    check: Check
    count: int


def rows(check: Check, ground: Ground, paths: list[str] | None = None) -> Rows:
    """The memberships that a check finds under the ground, or under some paths of it. The place in the tree comes
    first, in SQL."""
    ranges: list[Q] = [Q(**within(path, "unit__placements__path")) for path in paths or [ground.path]]
    here = Membership.objects.filter(reduce(or_, ranges), kind="home", **placed("unit__", ground.tree_day))
    if check.strays:
        here = here.filter(voided_at__isnull=True, valid_to__lte=ground.on)
    else:
        here = here.filter(voided_at__isnull=True, valid_from__lte=ground.on, valid_to__gt=ground.on)
    if check.code == "twins":
        return twins(here)
    return here.filter(check.finds(SimpleNamespace(on=ground.on)))


def counted(ground: Ground) -> list[Found]:
    """Every check with its number; one query for each."""
    return [Found(check, rows(check, ground).count()) for check in CHECKS.values()]


def kept(ground: Ground, *, again: bool = False) -> tuple[list[Found], datetime | None]:
    """The same, and when it was counted: in a province the numbers of the last quarter of an hour are shown, unless
    they are to be counted again. None: just now."""
    if not ground.wide:
        return counted(ground), None
    name = f"quality:{ground.unit_id}:{ground.on.isoformat()}"
    held = None if again else cache.get(name)
    if held is None:
        held = ({one.check.code: one.count for one in counted(ground)}, timezone.now())
        cache.set(name, held, KEPT_SECONDS)
    numbers, at = held
    return [Found(check, numbers.get(code, 0)) for code, check in CHECKS.items()], at


def questions(actor: Actor, ground: Ground) -> int | None:
    """How many questions of imports are open here; None for those who do not answer them."""
    if not actor.can(permissions.ANSWER, at=ground.unit_id):
        return None
    here = Placement.objects.on(ground.tree_day).filter(**within(ground.path)).values("unit")
    return open_in_scope(actor).filter(unit__in=here).count()


def unread(ground: Ground) -> int:
    """Numbers here that nobody has compared yet: written before what they say was kept."""
    here: dict[str, Any] = within(ground.path, "person__memberships__unit__placements__path")
    tree = placed("person__memberships__unit__", ground.tree_day)
    holds = {
        "person__memberships__voided_at__isnull": True, "person__memberships__valid_from__lte": ground.on,
        "person__memberships__valid_to__gt": ground.on, "person__memberships__kind": "home",
    }  # fmt: skip
    return PersonNumber.objects.on(ground.on).filter(says__isnull=True, **here, **tree, **holds).count()
