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
from hatnhan.units.queries import name_of, names

SECRETARY, DEPUTIES = "secretary", ("deputy_secretary", "standing_deputy_secretary")


@dataclass(frozen=True)
class Posts:
    """Who is to be secretary and deputy of a cell: exactly these, nobody else."""

    secretary: Person | None = None
    deputies: tuple[Person, ...] = ()


@action("units.merge_with_posts")
def merge_with_posts(
    *, actor: Actor, merging: Sequence[Unit], into: Unit | None, on: date, name: str = "", code: str = "",
    decision: str = "", posts: Posts | None = None, reason: str = "",
) -> Unit:  # fmt: skip
    """Merge cells (`units.actions.merge`) and fill the posts of the one that goes on; with `posts` None they stay as
    they are. Returns that cell."""
    before = names([unit.pk for unit in merging], on)
    target = units.merge(
        actor=actor, units=merging, into=into, on=on, name=name, code=code, decision=decision, reason=reason
    )
    fill_posts(actor, target, posts, on, decision)
    act().tell(
        gettext_noop("Gộp %(before)s thành %(name)s từ ngày %(on)s."), about=[*merging, target],
        units=[target, *merging], before=", ".join(before[unit.pk] for unit in merging), name=name_of(target, on),
        on=Known.of(on),
    )  # fmt: skip
    return target


@action("units.split_with_posts")
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
        gettext_noop("Tách %(name)s từ %(old)s từ ngày %(on)s."), about=[unit, fresh], units=[unit, fresh],
        name=name_of(fresh, on), old=name_of(unit, on), on=Known.of(on),
    )  # fmt: skip
    return fresh


def fill_posts(actor: Actor, unit: Unit, posts: Posts | None, on: date, decision: str) -> None:
    """Inside an act: end the offices of whoever is not named, appoint whoever is not in office yet."""
    if posts is None:
        return
    held = list(Tenure.objects.on(on).filter(unit=unit, body=None, office__in=[SECRETARY, *DEPUTIES]))
    wanted = {(SECRETARY, posts.secretary)} if posts.secretary else set()
    kept = {(row.office, row.person_id) for row in held}
    for row in held:
        stays = row.person == posts.secretary if row.office == SECRETARY else row.person in posts.deputies
        if not stays:
            end_tenure(actor=actor, tenure=row, on=on)
    for person in posts.deputies:
        if not any((office, person.pk) in kept for office in DEPUTIES):
            wanted.add((DEPUTIES[0], person))
    for office, person in sorted(wanted, key=lambda pair: (pair[0] != SECRETARY, pair[1].pk if pair[1] else 0)):
        if person is not None and (office, person.pk) not in kept:
            appoint(actor=actor, person=person, unit=unit, office=office, on=on, decision=decision)
