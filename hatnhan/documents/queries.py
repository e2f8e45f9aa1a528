"""Questions to the register and the library."""

from datetime import date

from django.db.models import Max, Q, QuerySet

from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Placement, Unit
from hatnhan.units.queries import line_of

from .models import CommitteeTerm, File, Paper
from .permissions import READ, VIEW


def term_of(unit: Unit | int, on: date) -> CommitteeTerm | None:
    """The term that runs at a unit on a day."""
    return CommitteeTerm.objects.on(on).filter(unit=unit).first()


def terms(unit: Unit | int) -> "QuerySet[CommitteeTerm]":
    """The terms of a unit, the latest first."""
    return CommitteeTerm.objects.unvoided().filter(unit=unit).order_by("-valid_from")


def next_number(unit: Unit | int, series: str) -> int:
    """The number after the highest that was ever given, cancelled ones included."""
    highest = Paper.objects.filter(unit=unit, series=series).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def register_of(actor: Actor, unit: Unit | int, *, below: bool = False) -> "QuerySet[Paper]":
    """The papers in the register of a unit, or of it and all that hangs under it; within the reader's scope. What an
    ended unit registered lies with its heir."""
    here = Placement.objects.under(unit, actor.on)
    rows = Placement.objects.on(actor.on).filter(unit__in=here.values("unit"))
    if not below:
        own = unit.pk if isinstance(unit, Unit) else unit
        path = Placement.objects.path_of(own, actor.on)
        rows = rows.filter(Q(unit=own) | Q(path=path, stands=False))
    return actor.scope(VIEW).filter(Paper.objects.filter(unit__in=rows.values("unit")))


def visible(actor: Actor, key: int) -> Paper:
    """A paper that the actor may read: in the register of the scope, or in a library that reaches the actor. Raises
    `NotFound` for any other."""
    rows = Paper.objects.select_related("unit", "term", "folder")
    found = actor.scope(VIEW).filter(rows.filter(pk=key)).first() if actor.scope(VIEW) else None
    found = found or rows.filter(pk__in=library(actor).filter(pk=key).values("pk")).first()
    if found is None:
        raise NotFound(VIEW)
    return found


def library(actor: Actor) -> "QuerySet[Paper]":
    """The published papers that reach the reader: of the own units, and of those above them that publish for all below;
    in a scope of many units those of all of them."""
    scope = actor.scope(READ)
    if not scope:
        return Paper.objects.none()
    shown = Paper.objects.filter(~Q(reach=""), ~Q(state="cancelled"))
    if scope.everything:
        return shown
    held = [grant.unit_id for grant in actor.grants if READ in grant.permissions]
    above = {pk for unit in held for pk in line_of(unit, actor.on)}
    return shown.filter(Q(unit__in=scope.units()) | Q(unit__in=above, reach="below"))


def file_of(actor: Actor, key: int) -> File:
    """A file of a paper that the actor may read. Raises `NotFound` for any other."""
    found = File.objects.filter(pk=key).select_related("paper").first()
    if found is None:
        raise NotFound(VIEW)
    visible(actor, found.paper_id)
    return found


def of_subject(subject: str, key: int) -> Paper | None:
    """The paper of a thing that counts: not one whose number was cancelled."""
    return Paper.objects.filter(subject=subject, subject_id=key).exclude(state="cancelled").first()
