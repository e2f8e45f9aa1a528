"""Taking back one act upon one person, as long as nothing was built on it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access import actions as access
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Entry, Subject
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.undo import take_back, undoes
from hatnhan.members import queries
from hatnhan.members.models import Person, Tenure
from hatnhan.members.undoing import right_for

from .people import require_at_home, touch


@action("members.undo_act")
def undo_act(*, actor: Actor, person: Person, entry: Entry, seen: int | None = None, reason: str) -> None:
    """Take a change of the person back. It needs the right that the change needed, where the person belongs now, where
    the change was recorded, and where the person belongs after it. Refuses what was built on, and acts upon more
    people, which are taken back as a whole elsewhere."""
    right = right_for(entry.code)
    about = Subject.objects.filter(entry=entry, kind=Person._meta.label_lower).values_list("key", flat=True)
    if right is None or list(about) != [person.pk]:
        refuse("larger", _("Việc này không hoàn tác riêng ở hồ sơ của một đồng chí."))
        raise AssertionError
    home = require_at_home(actor, right, person)
    if entry.unit_id is not None:
        actor.require(right, at=entry.unit_id)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do."), field="reason")
    touch(person, seen)
    take_back(entry.pk)
    back = queries.last_home(person)
    if back is not None:
        actor.require(right, at=back.unit)
    act().tell(
        gettext_noop("Hoàn tác một việc đã ghi cho đồng chí %(name)s: %(what)s"), about=[person],
        units=list(dict.fromkeys([home.unit, *([back.unit] if back else [])])), name=person.name,
        what=entry.payload.sentence % entry.payload.values,
    )  # fmt: skip


def _without_its_rights(act_id: int) -> None:
    """Part of the undo of an act: an office that it gave, and that is held no more, leaves no rights behind, also those
    that came later with an account."""
    taken = Tenure.objects.filter(recorded_in=act_id, voided_in=act().id)
    for key, start in dict(taken.values_list("key", "valid_from")).items():
        if not Tenure.objects.unvoided().filter(key=key).exists():
            access.take(actor=act().actor, source=key, on=start)


undoes(lambda _act_id: [], _without_its_rights)
