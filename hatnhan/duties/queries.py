"""Questions to duties: mine, a unit's, overdue ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hatnhan.access.choices import ROLES
from hatnhan.access.models import Grant, StandIn
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Placement, Unit
from hatnhan.units.queries import names

from .choices import ABOVE
from .models import Duty, Owner
from .permissions import VIEW
from .rules import SOON


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


@dataclass(frozen=True)
class Tally:
    """How many of some duties wait, and of those how many are overdue, due within three days, told to the superior."""

    waiting: int
    overdue: int
    soon: int
    escalated: int


def tally(duties: "QuerySet[Duty]", on: date) -> Tally:
    """The four numbers over an inbox, in one query; each is the length of the list that the same filter shows."""
    open_ones = Q(state="open")
    last = on + timedelta(days=SOON)
    found = duties.order_by().aggregate(
        waiting=Count("pk", filter=open_ones),
        overdue=Count("pk", filter=open_ones & Q(due__lt=on)),
        soon=Count("pk", filter=open_ones & Q(due__gte=on, due__lte=last)),
        escalated=Count("pk", filter=open_ones & Q(escalated_on__isnull=False)),
    )
    return Tally(**found)


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


@dataclass(frozen=True)
class Holder:
    """Somebody who holds an office on a day; of a stand-in the last day of it."""

    name: str
    until: date | None = None


def holders(unit: Unit | int, role: str, on: date) -> list[Holder]:
    """Who holds an office on a day, stand-ins last: what the office owes waits in their inboxes. Two queries."""
    held = Grant.objects.on(on).filter(unit=unit, role=role, account__is_active=True).select_related("account")
    rows = list(held.order_by("account__sort_key", "pk"))
    standing_in = {row.key: row.last for row in StandIn.objects.on(on).filter(key__in=[row.source for row in rows])}
    found = [Holder(str(row.account), standing_in.get(row.source)) for row in rows]
    return sorted(dict.fromkeys(found), key=lambda one: one.until is not None)


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
