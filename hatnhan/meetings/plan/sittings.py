"""Questions to meetings on their way: who may see one, what is planned for a month, what the next one takes over."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, Forbidden, NotFound
from hatnhan.kernel.days import after
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import within
from hatnhan.meetings.choices import COMMITTEE, COMMITTEE_OFFICES, REGULAR
from hatnhan.meetings.minutes import queries
from hatnhan.meetings.models import AgendaItem, Meeting, Sitting
from hatnhan.meetings.oversight.following import followed_by, following_unit
from hatnhan.meetings.permissions import PLAN, RECORD, ROLL, VIEW
from hatnhan.members.models import Membership, Tenure

ALIVE = ~Q(state="cancelled")
EDITABLE = ("planned", "invited", "open")  # the agenda may still change
TOLD = ("invited", "open", "closed")  # what members see: a plan is the committee's own until it invites


def visible(actor: Actor, key: int) -> Sitting:
    """A meeting on its way in the actor's scope. Raises `NotFound` for any other, and for members until they are
    invited."""
    rows = Sitting.objects.filter(pk=key).select_related("unit", "chair", "clerk")
    found = actor.scope(VIEW).filter(rows).first() if actor.scope(VIEW) else None
    found = found or _called_to(actor, rows.first())
    if found is None or not (found.state in TOLD or sees_plans(actor, found.unit_id)):
        raise NotFound(VIEW)
    return found


def _called_to(actor: Actor, sitting: Sitting | None) -> Sitting | None:
    """A committee's meeting is seen by whoever sits on the committee, wherever the home is; a cell's also by the
    committee member who follows it from above, once members are invited."""
    if sitting is None or actor.person_id is None:
        return None
    if sitting.state in TOLD and actor.person_id in followers(sitting.unit_id, actor.on):
        return sitting
    if sitting.kind != COMMITTEE:
        return None
    roll = queries.roll_of(sitting.unit_id, actor.on, COMMITTEE)
    return sitting if actor.person_id in {line.person for line in roll} else None


def sees_plans(actor: Actor, unit: Unit | int) -> bool:
    """Whoever prepares meetings or reads their roll also sees them before the invitation."""
    return actor.can(PLAN, at=unit) or actor.can(ROLL, at=unit)


def is_cell(unit: Unit | int, on: date) -> bool:
    """Members belong to the unit on the day."""
    rows = Placement.objects.on(on).filter(unit=unit).values_list("kind", flat=True)
    kind = rulebook.at(on).kinds().get(rows.first() or "")
    return bool(kind and kind.cell)


def may_plan(actor: Actor, unit: Unit | int) -> bool:
    """A cell's meetings are planned by its own people, a committee's by its office."""
    return actor.can(PLAN, at=unit) and (actor.can(RECORD, at=unit) or not is_cell(unit, actor.on))


def must_plan(actor: Actor, unit: Unit | int) -> None:
    """Raises `NotFound` outside the actor's reach and `Forbidden` within it without the right."""
    actor.require(PLAN, at=unit)
    if not may_plan(actor, unit):
        raise Forbidden(PLAN)


def of_month(unit: Unit | int, first: date) -> "QuerySet[Sitting]":
    """What is planned or was held in the month that begins on `first`, in order of time; what was cancelled not."""
    rows = Sitting.objects.filter(ALIVE, unit=unit, day__gte=first, day__lt=after(first))
    return rows.select_related("chair", "clerk", "meeting").order_by("day", "starts", "pk")


def recorded_in(unit: Unit | int, first: date) -> Meeting | None:
    """The regular meeting that was recorded from paper, without having been planned here."""
    rows = Meeting.objects.filter(unit=unit, voided_at__isnull=True, kind__in=REGULAR, sitting=None)
    return rows.filter(held_on__gte=first, held_on__lt=after(first)).order_by("held_on").first()


def put_off(unit: Unit | int, before: date) -> list[AgendaItem]:
    """What the last meeting before the day put off, in its order."""
    last = Sitting.objects.filter(unit=unit, state="closed", day__lt=before).order_by("-day", "-starts").first()
    return list(AgendaItem.objects.filter(sitting=last, state="put_off")) if last else []


def followers(unit: Unit | int, on: date) -> dict[int, str]:
    """(person: name) of the committee members who follow the unit from above."""
    return {row.person.pk: row.person.name for row in following_unit(unit, on) if row.person is not None}


def to_come(actor: Actor) -> list[Sitting]:
    """The meetings to which the actor is called from today on, in order of time: those of the home, of committees on
    which the actor sits, and of the units that the actor follows for a committee."""
    if actor.person_id is None:
        return []
    home = Membership.objects.on(actor.on).filter(person=actor.person_id, kind="home").values("unit")
    seats = Tenure.objects.on(actor.on).filter(person=actor.person_id, office__in=COMMITTEE_OFFICES).values("unit")
    tops = [row.target_id for row in followed_by(actor.person_id, actor.on)]
    paths = Placement.objects.on(actor.on).filter(unit__in=tops).values_list("path", flat=True)
    below = reduce(or_, (Q(**within(path)) for path in paths), Q(pk__in=[]))
    followed = Placement.objects.on(actor.on).filter(below).values("unit")
    mine = Q(unit__in=home) & ~Q(kind=COMMITTEE) | Q(unit__in=seats, kind=COMMITTEE)
    mine |= Q(unit__in=followed) & ~Q(kind=COMMITTEE) if tops else Q(pk__in=[])
    rows = Sitting.objects.filter(mine, state__in=("invited", "open"), day__gte=actor.on)
    return list(rows.order_by("day", "starts", "pk"))


def item_of(sitting: Sitting, key: int) -> AgendaItem:
    """An item of the meeting's agenda. Raises `NotFound` for any other."""
    found = AgendaItem.objects.filter(pk=key, sitting=sitting).select_related("sitting__unit").first()
    if found is None:
        raise NotFound(VIEW)
    return found
