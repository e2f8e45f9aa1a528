"""Merging and splitting cells together with their new posts: one act, undone as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.members.actions import appoint, end_tenure
from hatnhan.members.models import Person, Tenure
from hatnhan.units import actions as units
from hatnhan.units.models import UnitName
from hatnhan.units.queries import name_of

SECRETARY, DEPUTIES = "secretary", ("deputy_secretary", "standing_deputy_secretary")


@dataclass(frozen=True)
class Posts:
    """Who is to be secretary and deputy of a cell: exactly these, nobody else."""

    secretary: Person | None = None
    deputies: tuple[Person, ...] = ()


@action("units.merge_with_posts", of=UnitName)
def merge_with_posts(
    *, actor: Actor, merging: Sequence[Unit], into: Unit | None, on: date, name: str = "", code: str = "",
    decision: str = "", posts: Posts | None = None, reason: str = "",
) -> Unit:  # fmt: skip
    """Merge cells (`units.actions.merge`) and fill the posts of the one that goes on; with `posts` None they stay as
    they are. Returns that cell."""
    target = units.merge(
        actor=actor, units=merging, into=into, on=on, name=name, code=code, decision=decision, reason=reason
    )
    fill_posts(actor, target, posts, on, decision)
    act().tell(
        gettext_noop("Gộp chi bộ và bố trí chức vụ tại %(name)s từ ngày %(on)s."), about=[*merging, target],
        units=[target, *merging], name=name_of(target, on), on=Known.of(on),
    )  # fmt: skip
    return target


@action("units.split_with_posts", of=UnitName)
def split_with_posts(
    *, actor: Actor, unit: Unit, people: Sequence[int], on: date, name: str, code: str = "", decision: str = "",
    posts: Posts | None = None, staying: Posts | None = None, reason: str = "",
) -> Unit:  # fmt: skip
    """Split a cell (`units.actions.split`) and fill the posts of the new one and, with `staying`, of the first. Returns
    the new cell."""
    fresh = units.split(
        actor=actor, unit=unit, name=name, people=people, on=on, code=code, decision=decision, reason=reason
    )
    fill_posts(actor, fresh, posts, on, decision)
    fill_posts(actor, unit, staying, on, decision)
    act().tell(
        gettext_noop("Tách chi bộ và bố trí chức vụ tại %(name)s và %(old)s từ ngày %(on)s."), about=[unit, fresh],
        units=[unit, fresh], name=name_of(fresh, on), old=name_of(unit, on), on=Known.of(on),
    )  # fmt: skip
    return fresh


def fill_posts(actor: Actor, unit: Unit, posts: Posts | None, on: date, decision: str) -> None:
    """Inside an act: end the offices of whoever is not named, appoint whoever is not in office yet."""
    if posts is None:
        return
    held = holders(unit, on)
    for row in leaving(held, posts):
        end_tenure(actor=actor, tenure=row, on=on)
    if posts.secretary is not None and not _holds(held, posts.secretary, (SECRETARY,)):
        appoint(actor=actor, person=posts.secretary, unit=unit, office=SECRETARY, on=on, decision=decision)
    for person in posts.deputies:
        if not _holds(held, person, DEPUTIES):
            appoint(actor=actor, person=person, unit=unit, office=DEPUTIES[0], on=on, decision=decision)


def holders(unit: Unit, on: date) -> list[Tenure]:
    """Secretary and deputies of a cell on the day."""
    rows = Tenure.objects.on(on).filter(unit=unit, body=None, office__in=[SECRETARY, *DEPUTIES])
    return list(rows.select_related("person").order_by("valid_from", "pk"))


def leaving(held: Sequence[Tenure], posts: Posts) -> list[Tenure]:
    """Those of the tenures that do not go on: their holder is not named for that post."""
    return [
        row
        for row in held
        if (row.person != posts.secretary if row.office == SECRETARY else row.person not in posts.deputies)
    ]


def _holds(held: Sequence[Tenure], person: Person, offices: Sequence[str]) -> bool:
    return any(row.person_id == person.pk and row.office in offices for row in held)
