"""Taking back one small act upon an organisation: a name, a code, a body. Reorganisation is taken back by its event."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel import tree
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Entry, Subject, Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.undo import take_back
from hatnhan.units import permissions, queries

# The right to take an act back is the right to do it.
RIGHTS = {
    "units.found": permissions.FOUND,
    "units.rename": permissions.CHANGE,
    "units.recode": permissions.CHANGE,
    "units.change_kind": permissions.CHANGE,
    "units.switch_regime": permissions.REORGANISE,
    "units.add_body": permissions.CHANGE,
    "units.end_body": permissions.CHANGE,
    "units.add_group": permissions.CHANGE_GROUPS,
    "units.end_group": permissions.CHANGE_GROUPS,
    "units.add_locality": permissions.CHANGE,
    "units.end_locality": permissions.CHANGE,
    "units.lead_locality": permissions.CHANGE,
    "units.leave_locality": permissions.CHANGE,
}


@action("units.undo_act")
def undo_act(*, actor: Actor, unit: Unit, entry: Entry, reason: str) -> None:
    """Take a change of the unit back, as long as nothing was built on it. It needs the right that the change needed, at
    every unit that the change was about."""
    right = RIGHTS.get(entry.code)
    about = Subject.objects.filter(entry=entry, kind=Unit._meta.label_lower).values_list("key", flat=True)
    units = list(Unit.objects.filter(pk__in=[*about]).order_by("pk"))
    if right is None or unit not in units:
        refuse("larger", _("Việc này không hoàn tác ở đây."))
        raise AssertionError
    tree.lock()
    for one in units:
        actor.require(right, at=one)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do."), field="reason")
    name = queries.name_of(unit, actor.on)
    take_back(entry.pk)
    act().tell(
        gettext_noop("Hoàn tác một việc đã ghi cho %(name)s: %(what)s"), about=units, units=units, name=name,
        what=entry.payload.sentence % entry.payload.values,
    )  # fmt: skip
