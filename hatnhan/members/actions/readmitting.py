"""A person who was a member before is admitted again: the same record, with its gap."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action, begin, end
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.members import permissions, queries
from hatnhan.members.choices import LEFT_STANDINGS
from hatnhan.members.models import Membership, Person, Standing

from .people import derive, standings_of, touch


@action("members.readmit")
def readmit(
    *, actor: Actor, person: Person, unit: Unit, on: date, decided_on: date, decision: str = "",
    seen: int | None = None, reason: str = "",
) -> Person:  # fmt: skip
    """Somebody who left the Party is a probationary member again, from the ceremony on. Party age goes on from the
    first admission, without the time up to the new decision (294-QĐ/TW, items 3.5, 4.5). Refuses whoever has not left,
    or has died."""
    actor.require(permissions.RECEIVE, at=unit)
    not_too_far(actor, on)
    must_stand(unit, on, FAR)
    now = queries.standing(person, on)
    if now is None or now.kind not in LEFT_STANDINGS or now.kind == "deceased" or decided_on <= now.valid_from:
        text = _("Đồng chí %(name)s không phải là người đã ra khỏi Đảng trước ngày quyết định.")
        refuse("standing", text % {"name": person.name})
        raise AssertionError
    touch(person, seen)
    end(now, decided_on)
    begin(Standing(person=person, kind="probationary", decision=decision, valid_from=on))
    begin(Membership(person=person, unit=unit, kind="home", came="admitted", valid_from=on))
    derive(person, standings_of(person))
    person.save()
    act().tell(
        gettext_noop("Kết nạp lại đồng chí %(name)s từ ngày %(on)s."), about=[person], units=[unit], name=person.name,
        on=Known.of(on),
    )  # fmt: skip
    return person
