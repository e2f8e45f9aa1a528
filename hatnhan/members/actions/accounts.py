"""A person's sign-in: opened with the rights of the offices held, taken away when it is no longer theirs."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access import actions as access
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement
from hatnhan.kernel.refusal import refuse
from hatnhan.members import permissions, queries
from hatnhan.members.models import Person, Tenure
from hatnhan.members.roles import role_of

from .people import require_at_home, touch


@action("members.open_account")
def open_account(*, actor: Actor, person: Person, on: date, username: str = "", reason: str = "") -> access.Slip:
    """Give a member a sign-in: the member's role in the home cell, and the rights of every office held, for its days.
    Refuses a second one and somebody without a home on the day."""
    home = queries.home(person, on)
    if home is None:
        refuse("no_home", _("Vào ngày này đồng chí %(name)s chưa thuộc chi bộ nào.") % {"name": person.name})
        raise AssertionError
    actor.require(permissions.ACCOUNT, at=home.unit)
    if person.account_id is not None:
        refuse("account", _("Đồng chí %(name)s đã có tài khoản.") % {"name": person.name})
    slip = access.create_account(
        actor=actor, label=person.name, role="member", unit=home.unit, on=on, username=username
    )
    touch(person, None)
    person.account = slip.account
    person.save(update_fields=["account"])
    kinds = dict(Placement.objects.on(on).values_list("unit_id", "kind").filter(unit__tenures__person=person))
    for row in Tenure.objects.during(on, FAR).filter(person=person).select_related("unit", "body"):
        role = role_of(row.office, kinds.get(row.unit_id, ""), row.body.kind if row.body else None, on)
        if role is not None:
            access.give(
                actor=actor, account=slip.account, role=role, unit=row.unit, on=max(on, row.valid_from),
                until=row.valid_to, source=row.key,
            )  # fmt: skip
    act().tell(
        gettext_noop("Mở tài khoản cho đồng chí %(name)s."), about=[person, slip.account], units=[home.unit],
        name=person.name,
    )  # fmt: skip
    return slip


@action("members.close_account")
def close_account(*, actor: Actor, person: Person, reason: str = "") -> None:
    """Take a sign-in off a person, so that another can be opened."""
    home = require_at_home(actor, permissions.ACCOUNT, person)
    if person.account_id is None:
        refuse("account", _("Đồng chí %(name)s chưa có tài khoản.") % {"name": person.name})
    touch(person, None)
    person.account = None
    person.save(update_fields=["account"])
    act().tell(
        gettext_noop("Gỡ tài khoản khỏi hồ sơ đồng chí %(name)s."), about=[person], units=[home.unit], name=person.name
    )
