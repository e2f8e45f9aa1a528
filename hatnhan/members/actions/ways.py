"""How members move and change: transfer, recognition, participation, leaving, Party groups."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access import actions as access
from hatnhan.duties import actions as duties
from hatnhan.kernel.action import act, action, begin, end, end_all, restate, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Refused, refuse
from hatnhan.kernel.registries import ask
from hatnhan.kernel.tree import must_stand
from hatnhan.members import leaving, permissions, queries
from hatnhan.members.choices import LEFT_STANDINGS, PARTICIPATIONS
from hatnhan.members.models import GroupPlace, Membership, Participation, Person, Standing, Tenure
from hatnhan.units.models import Group
from hatnhan.units.queries import line_of, name_of

from .people import derive, require_at_home, set_fields, standings_of, touch


@action("members.transfer")
def transfer(
    *, actor: Actor, person: Person, to: Unit | None, on: date, seen: int | None = None, reason: str = ""
) -> Membership | None:
    """Move somebody's home to another unit from the day on, or with `to` None out of this installation
    (294-QĐ/TW, item 6.3). Refuses when something later is recorded and when a module objects.

    Here and in every other act, `seen` is the version of the record that the writer saw: when somebody else has
    changed it since, nothing is written."""
    now = _open_home(actor, permissions.TRANSFER, person, on)
    if to is not None:
        actor.require(permissions.RECEIVE, at=to)
        must_stand(to, on, FAR)
        if now.unit_id == to.pk:
            refuse("already_there", _("Đồng chí %(name)s đã ở chi bộ này.") % {"name": person.name}, field="to")
    if reasons := ask("transfer", person, on):
        raise Refused(reasons)
    touch(person, seen)
    fresh = moved(actor, person, now, to, on)
    act().tell(
        gettext_noop("Chuyển sinh hoạt của đồng chí %(name)s từ %(old)s đến %(to)s từ ngày %(on)s."), about=[person],
        units=[now.unit, *([to] if to else [])], name=person.name, old=name_of(now.unit, on),
        to=name_of(to, on) if to else "…", on=_day(on),
    )  # fmt: skip
    return fresh


@action("members.recognise")
def recognise(
    *, actor: Actor, person: Person, on: date, decision: str = "", seen: int | None = None, reason: str = ""
) -> None:
    """A probationary member becomes full from the day on: 12 months after the ceremony (294-QĐ/TW, item 4.2). The
    official day is this day, unless another is known already."""
    home = require_at_home(actor, permissions.CHANGE, person)
    now = queries.standing(person, on)
    if now is None or now.kind != "probationary":
        refuse("standing", _("Đồng chí %(name)s không phải là đảng viên dự bị vào ngày này.") % {"name": person.name})
        raise AssertionError
    touch(person, seen)
    if now.valid_from == on:
        restate(now, kind="full", decision=decision)
    else:
        end(now, on)
        begin(Standing(person=person, kind="full", decision=decision, valid_from=on, valid_to=now.valid_to))
    if person.official_date is None:
        set_fields(person, on, official_date=Known.of(on))
    act().tell(
        gettext_noop("Công nhận đồng chí %(name)s là đảng viên chính thức từ ngày %(on)s."), about=[person],
        units=[home.unit], name=person.name, on=_day(on),
    )  # fmt: skip


@action("members.leave")
def leave(
    *, actor: Actor, person: Person, how: str, on: date, decision: str = "", seen: int | None = None, reason: str = ""
) -> None:
    """Somebody dies, is expelled or struck off, or leaves at own request: the standing changes, home, offices and
    group end, and the account is locked that day."""
    now = _open_home(actor, permissions.LEAVE, person, on)
    if how not in LEFT_STANDINGS:
        refuse("how", _("Hãy chọn lý do ra khỏi Đảng hoặc từ trần."), field="how")
    touch(person, seen)
    end(now, on, went=how)
    cut(Standing.objects.filter(person=person), on)
    begin(Standing(person=person, kind=how, decision=decision, valid_from=on))
    if person.official_date is not None and person.official_date.earliest > on:
        set_fields(person, on, official_date=None)
    _leave_group(person, on)
    _let_go(actor, person, on, "died" if how == "deceased" else "left")
    derive(person, standings_of(person))
    person.save()
    act().tell(
        gettext_noop("%(how)s: đồng chí %(name)s, từ ngày %(on)s."), about=[person], units=[now.unit],
        name=person.name, how=LEFT_STANDINGS[how], on=_day(on),
    )  # fmt: skip
    leaving.tell(actor, person, how, on, now.unit)


@action("members.set_participation")
def set_participation(
    *, actor: Actor, person: Person, kind: str, on: date, until: date = FAR, decision: str = "",
    seen: int | None = None, reason: str = "",
) -> Participation:  # fmt: skip
    """Somebody is exempt, suspended, temporarily elsewhere … from the day on, until a day or for good
    (294-QĐ/TW, item 7; members.md §3.4). Another deviation that holds on the day ends."""
    home = require_at_home(actor, permissions.CHANGE, person)
    if kind not in PARTICIPATIONS:
        refuse("kind", _("Hãy chọn tình trạng sinh hoạt."), field="kind")
    if until <= on:
        refuse("until", _("Ngày kết thúc phải sau ngày bắt đầu."), field="until")
    touch(person, seen)
    for row in Participation.objects.during(on, until).filter(person=person):
        if row.valid_from < on and row.valid_to <= until:
            end(row, on)
        else:
            refuse("overlap", _("Trong thời gian này đã ghi một tình trạng sinh hoạt khác."), field="on")
    row = begin(Participation(person=person, kind=kind, decision=decision, valid_from=on, valid_to=until))
    act().tell(
        gettext_noop("%(kind)s: đồng chí %(name)s, từ ngày %(on)s."), about=[person], units=[home.unit],
        name=person.name, kind=PARTICIPATIONS[kind], on=_day(on),
    )  # fmt: skip
    return row


@action("members.end_participation")
def end_participation(*, actor: Actor, row: Participation, on: date, seen: int | None = None, reason: str = "") -> None:
    """Back to ordinary Party life from the day on."""
    home = require_at_home(actor, permissions.CHANGE, row.person)
    if row.voided_at is not None or not row.valid_from < on < row.valid_to:
        refuse("ended", _("Tình trạng này không kéo dài đến ngày đã chọn."), field="on")
    touch(row.person, seen)
    end(row, on)
    act().tell(
        gettext_noop("Đồng chí %(name)s sinh hoạt trở lại từ ngày %(on)s."), about=[row.person], units=[home.unit],
        name=row.person.name, on=_day(on),
    )  # fmt: skip


@action("members.place_in_group")
def place_in_group(
    *, actor: Actor, person: Person, group: Group | None, on: date, seen: int | None = None, reason: str = ""
) -> None:
    """Put a member into a Party group of the own cell from the day on, or with None into no group."""
    home = require_at_home(actor, permissions.CHANGE, person)
    if group is not None and group.unit_id != home.unit_id:
        refuse("group", _("Tổ đảng phải thuộc chi bộ của đồng chí đó."), field="group")
    if on < home.valid_from or (group is not None and not group.holds_on(on)):
        refuse("day", _("Vào ngày này tổ đảng chưa có hoặc đồng chí chưa về chi bộ."), field="on")
    touch(person, seen)
    _leave_group(person, on)
    if group is not None:
        begin(GroupPlace(person=person, group=group, valid_from=on))
    act().tell(
        gettext_noop("Xếp đồng chí %(name)s vào %(group)s từ ngày %(on)s."), about=[person], units=[home.unit],
        name=person.name, group=group.name if group else "…", on=_day(on),
    )  # fmt: skip


def moved(actor: Actor, person: Person, now: Membership, to: Unit | None, on: date) -> Membership | None:
    """End a home and begin the next one, or none here, with all that goes along: group, offices, account, duties.
    Inside the running act, which has asked for the right."""
    end(now, on, went="transferred", destination=to)
    _leave_group(person, on)
    if to is None:
        _let_go(actor, person, on, "left")
        return None
    _leave_offices(actor, Tenure.objects.filter(person=person, unit=now.unit), on)
    fresh = begin(Membership(person=person, unit=to, kind="home", came="transferred", origin=now.unit, valid_from=on))
    if person.account is not None:
        access.follow(actor=actor, account=person.account, into=to, on=on)
    duties.follow(actor=actor, person=person.pk, line=line_of(to, on), without=person.account_id, on=on)
    return fresh


def _let_go(actor: Actor, person: Person, on: date, why: str) -> None:
    """Nobody here any more: participation, offices and the account end."""
    cut(Participation.objects.filter(person=person), on)
    _leave_offices(actor, Tenure.objects.filter(person=person), on)
    if person.account is not None:
        access.person_gone(actor=actor, account=person.account, on=on, why=why)


def _leave_offices(actor: Actor, tenures: QuerySet[Tenure], on: date) -> None:
    keys = list(tenures.filter(voided_at__isnull=True, valid_to__gt=on).values_list("key", flat=True))
    cut(tenures, on)
    for key in keys:
        access.take(actor=actor, source=key, on=on)


def cut(rows: QuerySet[Any], on: date) -> None:
    """Nothing of these holds from the day on: what has begun ends, what was to begin later is void."""
    open_rows = rows.filter(voided_at__isnull=True, valid_to__gt=on)
    void(open_rows.filter(valid_from__gte=on))
    end_all(open_rows.filter(valid_from__lt=on), on)


def _leave_group(person: Person, on: date) -> None:
    for row in GroupPlace.objects.during(on, FAR).filter(person=person):
        if row.valid_from < on:
            end(row, on)
        else:
            refuse("group_later", _("Sau ngày này đồng chí này đã được xếp vào tổ đảng khác."), field="on")


def _open_home(actor: Actor, code: str, person: Person, on: date) -> Membership:
    now = require_at_home(actor, code, person)
    must_be_here(actor, person, now, on)
    return now


def must_be_here(actor: Actor, person: Person, now: Membership, on: date) -> None:
    """Refuses when the home has ended, or began on the day or later."""
    not_too_far(actor, on)
    if not now.open:
        refuse("left", _("Đồng chí %(name)s không còn sinh hoạt ở chi bộ nào.") % {"name": person.name})
    if now.valid_from >= on:
        text = _("Đồng chí này mới về chi bộ ngày %(day)s; hãy chọn ngày sau đó.")
        refuse("later", text % {"day": _day(now.valid_from)}, field="on")


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
