"""Who can be the second person for a list over more than one cell: another account with the right, there or above."""

from hatnhan.access.choices import ROLES
from hatnhan.access.models import Grant
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.registries import permissions_of
from hatnhan.members import permissions
from hatnhan.units.queries import names


def of(unit: int, actor: Actor) -> list[str]:
    """The positions of those who can answer a request of the actor for this unit, the nearest first, without names:
    they may stand above what the actor sees. Empty where the actor's is the only such account."""
    path = Placement.objects.path_of(unit, actor.on) or ""
    above = [unit_of(part) for part in reversed(segments(path))]
    roles = [role for role in ROLES if permissions.APPROVE_EXPORT in permissions_of(role)]
    rows = Grant.objects.on(actor.on).filter(unit__in=above, role__in=roles, account__is_active=True)
    held = list(rows.exclude(account=actor.account_id).values_list("unit", "role").distinct())
    called = names({pk for pk, _role in held}, actor.on)
    return [f"{ROLES[role]}, {called.get(pk, '')}" for pk, role in sorted(held, key=lambda one: above.index(one[0]))]
