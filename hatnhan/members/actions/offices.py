"""Appointing to an office and ending it. The office grants its rights at the unit for the same days."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.access import actions as access
from hatnhan.kernel.action import act, action, begin, end
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.audit import new_id
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.members import permissions
from hatnhan.members.models import Membership, Person, Tenure
from hatnhan.members.roles import role_of
from hatnhan.units.models import Body
from hatnhan.units.queries import name_of

from .people import require_at_home, touch


@action("members.appoint")
def appoint(
    *, actor: Actor, person: Person, unit: Unit, office: str, on: date, until: date = FAR, body: Body | None = None,
    decision: str = "", seen: int | None = None, reason: str = "",
) -> Tenure:  # fmt: skip
    """Let somebody hold an office at a unit, or in a body of its committee, from the day on. A new secretary ends the
    tenure of the one before on that day, and with it the access."""
    actor.require(permissions.APPOINT, at=unit)
    require_at_home(actor, permissions.VIEW, person)
    not_too_far(actor, on)
    if until <= on:
        refuse("until", _("Ngày kết thúc phải sau ngày bắt đầu."), field="until")
    if body is not None and (body.unit_id != unit.pk or not body.holds_on(on)):
        refuse("body", _("Cơ quan này không thuộc tổ chức đã chọn vào ngày này."), field="body")
    must_stand(unit, on, until)
    offices = rulebook.at(on).offices()
    if office not in offices:
        refuse("office", _("Không có chức vụ “%(office)s”.") % {"office": office}, field="office")
    if not Membership.objects.on(on).filter(person=person, kind="home").exists():
        refuse("no_home", _("Vào ngày này đồng chí %(name)s chưa thuộc chi bộ nào.") % {"name": person.name})
    same = Tenure.objects.during(on, until).filter(unit=unit, office=office, body=body)
    if same.filter(person=person).exists():
        refuse("same", _("Đồng chí %(name)s đang giữ chức vụ này.") % {"name": person.name}, field="office")
    touch(person, seen)
    if offices[office].single:
        for row in same:
            end_tenure(actor=actor, tenure=row, on=on)
    tenure = begin(
        Tenure(
            person=person, unit=unit, body=body, office=office, decision=decision, key=new_id(), valid_from=on,
            valid_to=until,
        )
    )  # fmt: skip
    role = role_of(office, Placement.objects.on(on).get(unit=unit).kind, body.kind if body else None, on)
    if person.account is not None and role is not None:
        access.give(actor=actor, account=person.account, role=role, unit=unit, on=on, until=until, source=tenure.key)
    act().tell(
        gettext_noop("Đồng chí %(name)s giữ chức vụ %(office)s tại %(unit)s từ ngày %(on)s."), about=[person],
        units=[unit], name=person.name, office=offices[office].label, unit=body.name if body else name_of(unit, on),
        on=_day(on),
    )  # fmt: skip
    return tenure


@action("members.end_tenure")
def end_tenure(*, actor: Actor, tenure: Tenure, on: date, seen: int | None = None, reason: str = "") -> None:
    """End an office before the day; the access that came with it ends the same day."""
    actor.require(permissions.APPOINT, at=tenure.unit)
    if tenure.voided_at is not None or tenure.valid_to <= on:
        refuse("ended", _("Chức vụ này đã kết thúc từ trước."), field="on")
    if tenure.valid_from >= on:
        text = _("Chức vụ bắt đầu từ ngày %(day)s; hãy chọn ngày sau đó.")
        refuse("later", text % {"day": _day(tenure.valid_from)}, field="on")
    touch(tenure.person, seen)
    end(tenure, on)
    access.take(actor=actor, source=tenure.key, on=on)
    act().tell(
        gettext_noop("Đồng chí %(name)s thôi giữ chức vụ tại %(unit)s từ ngày %(on)s."), about=[tenure.person],
        units=[tenure.unit], name=tenure.person.name, unit=name_of(tenure.unit, on), on=_day(on),
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
