"""Who may do something to an account."""

from django.utils.translation import gettext as _

from hatnhan.access.models import Account
from hatnhan.access.permissions import GIVE, MANAGE
from hatnhan.access.queries import in_scope, may_manage
from hatnhan.kernel.actor import Actor, Forbidden, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse


def may_look_after(actor: Actor, account: Account) -> None:
    """Raises `NotFound` for an account outside the part of the tree that the actor looks after, and `Forbidden` for
    one there with a role that the actor may not give: whoever could reset its password could act as its holder."""
    if not in_scope(actor).filter(pk=account.pk).exists():
        raise NotFound(MANAGE)
    if not may_manage(actor, account):
        raise Forbidden(MANAGE)


def may_give(actor: Actor, role: str, unit: Unit) -> None:
    """Raises `NotFound` or `Forbidden` when the actor may not give the role at the unit."""
    if role not in GIVE:
        refuse("role", _("Hãy chọn vai trò."), field="role")
    actor.require(GIVE[role], at=unit)
