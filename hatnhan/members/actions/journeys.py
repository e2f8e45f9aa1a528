"""The way of a member from one cell to another, for the module that keeps the case: it calls these inside its own acts,
which have asked for the right of the side that acts. On its own only the program itself may call one."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action, begin, restate
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.members import queries
from hatnhan.members.models import Membership, Participation, Person
from hatnhan.units.queries import name_of

from .people import touch
from .ways import cut, moved, must_be_here


@dataclass(frozen=True)
class Paused:
    """The deviation from ordinary Party life that a way interrupts: it goes on at its end, until its own."""

    kind: str = ""
    until: date = FAR
    decision: str = ""


@action("members.begin_transit")
def begin_transit(*, actor: Actor, person: Person, on: date, decision: str, reason: str = "") -> Paused:
    """From the day on somebody is on the way with a letter: counted at home, without a vote. What was recorded of the
    participation pauses; it is returned."""
    _inside(actor, "members.begin_transit")
    home = _home(person)
    must_be_here(actor, person, home, on)
    touch(person, None)
    now = queries.participation(person, on)
    cut(Participation.objects.filter(person=person), on)
    begin(Participation(person=person, kind="in_transit", decision=decision, valid_from=on))
    act().tell(
        gettext_noop("Đồng chí %(name)s đã có giấy giới thiệu từ ngày %(on)s; vẫn tính ở %(unit)s."), about=[person],
        units=[home.unit], name=person.name, on=Known.of(on), unit=name_of(home.unit, on),
    )  # fmt: skip
    return Paused(now.kind, now.valid_to, now.decision) if now is not None else Paused()


@action("members.end_transit")
def end_transit(*, actor: Actor, person: Person, on: date, resume: Paused, reason: str = "") -> None:
    """The way is over without a new home; what was paused goes on from the day."""
    _inside(actor, "members.end_transit")
    home = _home(person)
    touch(person, None)
    _arrive(person, on, resume)
    act().tell(
        gettext_noop("Đồng chí %(name)s sinh hoạt trở lại ở %(unit)s từ ngày %(on)s."), about=[person],
        units=[home.unit], name=person.name, on=Known.of(on), unit=name_of(home.unit, on),
    )  # fmt: skip


@action("members.complete_transfer")
def complete_transfer(
    *, actor: Actor, person: Person, to: Unit | None, on: date, resume: Paused, reason: str = ""
) -> Membership | None:
    """The home moves on the day on which somebody is taken in, or with `to` None out of this installation. Refuses a
    unit that does not stand, the own cell, and somebody who is no longer at home."""
    _inside(actor, "members.complete_transfer")
    now = _home(person)
    must_be_here(actor, person, now, on)
    if to is not None:
        must_stand(to, on, FAR)
        if now.unit_id == to.pk:
            refuse("already_there", _("Đồng chí %(name)s đã ở chi bộ này.") % {"name": person.name}, field="cell")
    touch(person, None)
    if to is not None:
        _arrive(person, on, resume)
    fresh = moved(actor, person, now, to, on)
    act().tell(
        gettext_noop("Chuyển sinh hoạt của đồng chí %(name)s từ %(old)s đến %(to)s từ ngày %(on)s."), about=[person],
        units=[now.unit, *([to] if to else [])], name=person.name, old=name_of(now.unit, on),
        to=name_of(to, on) if to else "…", on=Known.of(on),
    )  # fmt: skip
    return fresh


def _arrive(person: Person, on: date, resume: Paused) -> None:
    """No longer on the way; what was paused goes on."""
    cut(Participation.objects.filter(person=person, kind="in_transit"), on)
    busy = Participation.objects.during(on, FAR).filter(person=person).exists()
    if resume.kind and resume.until > on and not busy:
        begin(
            Participation(
                person=person, kind=resume.kind, decision=resume.decision, valid_from=on, valid_to=resume.until
            )
        )


def _home(person: Person) -> Membership:
    row = queries.last_home(person)
    if row is None:
        refuse("no_home", _("Đồng chí này chưa thuộc chi bộ nào."))
    return row


def _inside(actor: Actor, code: str) -> None:
    if act().depth == 1 and not actor.everything:
        raise Forbidden(code)


@action("members.begin_stay")
def begin_stay(
    *, actor: Actor, person: Person, at: Unit | None, on: date, until: date, decision: str, reason: str = ""
) -> None:
    """Somebody is temporarily elsewhere from the day on until before a day: counted and free to vote at home, and with
    `at` a guest there (294-QĐ/TW, item 6.3.2). Refuses the own cell, and another deviation in that time."""
    _inside(actor, "members.begin_stay")
    home = _home(person)
    must_be_here(actor, person, home, on)
    if at is not None:
        must_stand(at, on, until)
        if at.pk == home.unit_id:
            refuse("already_there", _("Đồng chí %(name)s đã ở chi bộ này.") % {"name": person.name}, field="to")
    if Participation.objects.during(on, until).filter(person=person).exists():
        refuse("overlap", _("Trong thời gian này đã ghi một tình trạng sinh hoạt khác."), field="on")
    touch(person, None)
    stay = {"person": person, "valid_from": on, "valid_to": until}
    begin(Participation(kind="temporary_out", decision=decision, **stay))
    if at is not None:
        begin(Membership(unit=at, kind="temporary", came="transferred", origin=home.unit, **stay))
    act().tell(
        gettext_noop("Đồng chí %(name)s sinh hoạt tạm thời ở %(at)s từ ngày %(on)s."), about=[person],
        units=[home.unit, *([at] if at else [])], name=person.name, at=name_of(at, on) if at else "…", on=Known.of(on),
    )  # fmt: skip


@action("members.change_stay")
def change_stay(*, actor: Actor, person: Person, starts: date, until: date, reason: str = "") -> None:
    """The stay that began on `starts` lasts until before another day: longer, or shorter when somebody comes back."""
    _inside(actor, "members.change_stay")
    touch(person, None)
    rows = {"person": person, "valid_from": starts, "voided_at__isnull": True}
    for row in Participation.objects.filter(kind="temporary_out", **rows):
        restate(row, valid_to=until)
    for there in Membership.objects.filter(kind="temporary", **rows):
        restate(there, valid_to=until)
    act().tell(
        gettext_noop("Đồng chí %(name)s sinh hoạt tạm thời nơi khác đến trước ngày %(until)s."), about=[person],
        units=[_home(person).unit], name=person.name, until=Known.of(until),
    )  # fmt: skip
