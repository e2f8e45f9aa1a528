"""What reaches over more than one cell needs a second person: whoever wants it says why, somebody else with the right
answers. Lists that are taken out, and keys for programs, ask here."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.registries import permissions_of
from hatnhan.units.queries import names

from .choices import ROLES
from .models import Grant


def over_one_cell(units: Iterable[int], on: date) -> bool:
    """True unless the units are one single cell of the day."""
    asked = set(units)
    if len(asked) != 1:
        return bool(asked)
    kind = Placement.objects.on(on).filter(unit__in=asked).values_list("kind", flat=True).first()
    known = rulebook.at(on).kinds().get(kind or "")
    return known is None or not known.cell


def positions(code: str, unit: int, actor: Actor) -> list[str]:
    """The positions of those who can answer the actor at this unit, the nearest first, without names: they may stand
    above what the actor sees. Empty where the actor's is the only such account."""
    path = Placement.objects.path_of(unit, actor.on) or ""
    above = [unit_of(part) for part in reversed(segments(path))]
    roles = [role for role in ROLES if code in permissions_of(role)]
    rows = Grant.objects.on(actor.on).filter(unit__in=above, role__in=roles, account__is_active=True)
    held = list(rows.exclude(account=actor.account_id).values_list("unit", "role").distinct())
    called = names({pk for pk, _role in held}, actor.on)
    return [f"{ROLES[role]}, {called.get(pk, '')}" for pk, role in sorted(held, key=lambda one: above.index(one[0]))]


def check_answer(actor: Actor, *, asked_by: int, waits: bool, approved: bool, reason: str) -> None:
    """Refuses an answer to one's own request, a second answer, and a no without a reason."""
    if actor.account_id is None or actor.account_id == asked_by:
        refuse("own", _("Đồng chí không tự duyệt yêu cầu của mình; cần người thứ hai."))
    if not waits:
        refuse("answered", _("Yêu cầu này đã được trả lời."))
    if not approved and not reason.strip():
        refuse("reason", _("Hãy ghi lý do không duyệt."), field="reason")
