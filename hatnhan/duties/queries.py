"""Questions to duties: mine, a unit's, overdue ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from hatnhan.access.choices import ROLES
from hatnhan.access.models import Grant
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Placement, Unit
from hatnhan.units.queries import names

from .choices import ABOVE
from .models import Duty, Owner
from .permissions import VIEW


def mine(actor: Actor) -> "QuerySet[Duty]":
    """What the actor's account owes on the actor's day, and what the offices owe that it holds; also what was
    escalated to a unit whose office it holds. In SQL, without asking first."""
    held = Grant.objects.on(actor.on).filter(account=actor.account_id or 0)
    office = Exists(held.filter(role=OuterRef("role"), unit=OuterRef("unit")))
    owned = Owner.objects.on(actor.on).filter(Q(account=actor.account_id or 0) | Q(office))
    raised = Exists(held.filter(role__in=ABOVE, unit=OuterRef("escalated_to")))
    return Duty.objects.filter(Q(pk__in=owned.values("duty")) | Q(raised))


def of_unit(unit: Unit | int, on: date) -> "QuerySet[Duty]":
    """What the offices of a unit and of those below it owe. What an account owes itself is nobody else's."""
    here = Placement.objects.under(unit, on).values("unit")
    owned = Owner.objects.on(on).filter(unit__in=here, account__isnull=True)
    return Duty.objects.filter(pk__in=owned.values("duty"))


def visible(actor: Actor, key: int) -> Duty:
    """A duty of the actor's own, or of an office in the scope. Raises `NotFound` for any other."""
    if actor.everything:
        found = Duty.objects.filter(pk=key).first()
    else:
        scope = Owner.objects.on(actor.on).filter(account__isnull=True, unit__in=actor.scope(VIEW).units())
        here = Duty.objects.filter(pk__in=scope.values("duty")) if actor.scope(VIEW) else Duty.objects.none()
        found = (mine(actor) | here).filter(pk=key).first()
    if found is None:
        raise NotFound(VIEW)
    return found


def waiting(actor: Actor) -> int:
    """How much waits for the actor."""
    return mine(actor).filter(state="open").count() if actor.account_id else 0


def overdue(duties: "QuerySet[Duty]", on: date) -> "QuerySet[Duty]":
    """Those whose last day has passed."""
    return duties.filter(state="open", due__lt=on)


@dataclass(frozen=True)
class Whose:
    """Whose a duty is, in words."""

    unit_id: int
    role: str
    unit: str
    who: str


def owners(duties: Iterable[int], on: date) -> dict[int, Whose]:
    """Whose many duties are on a day, in two queries."""
    rows = list(Owner.objects.on(on).filter(duty__in=list(duties)).select_related("account"))
    called = names({row.unit_id for row in rows}, on)
    return {row.duty_id: Whose(row.unit_id, row.role, called.get(row.unit_id, ""), _who(row)) for row in rows}


def _who(row: Owner) -> str:
    return str(row.account) if row.account else str(ROLES.get(row.role, row.role))


def competent(line: Iterable[int], on: date, *, without: int | None = None) -> tuple[int, str]:
    """Which office answers for a person: of the units in the line upwards the first that has somebody with the right
    role, other than the account `without`. With nobody anywhere, the office of the second unit, or of the first."""
    units = list(line)
    rows = Grant.objects.on(on).filter(unit__in=units, role__in=("cell_secretary", *ABOVE), account__is_active=True)
    held = {(row.unit_id, row.role) for row in rows.exclude(account=without or 0)}
    for at, pk in enumerate(units):
        for role in ("cell_secretary",) if at == 0 else ABOVE:
            if (pk, role) in held:
                return pk, role
    return (units[1], "office") if len(units) > 1 else (units[0], "office")


def in_words(left: int, counted: str) -> str:
    """How long there is still, or how late it is."""
    if left == 0:
        return _("hạn hôm nay")
    told = {"n": abs(left)}
    if counted == "working":
        return _("quá hạn %(n)s ngày làm việc") % told if left < 0 else _("còn %(n)s ngày làm việc") % told
    return _("quá hạn %(n)s ngày") % told if left < 0 else _("còn %(n)s ngày") % told
