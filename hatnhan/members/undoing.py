"""What can still be undone of a change, and by which act: the right it needs is the right that the change needed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Entry
from hatnhan.members import permissions
from hatnhan.members.models import ImportRun, PersonMerge
from hatnhan.units import permissions as of_units
from hatnhan.units.models import UnitEvent

# Acts upon one person, with the right of whoever takes them back.
RIGHTS = {
    "members.receive": permissions.RECEIVE,
    "members.change": permissions.CHANGE,
    "members.set_number": permissions.NUMBERS,
    "members.recognise": permissions.CHANGE,
    "members.set_participation": permissions.CHANGE,
    "members.end_participation": permissions.CHANGE,
    "members.place_in_group": permissions.CHANGE,
    "members.transfer": permissions.TRANSFER,
    "members.leave": permissions.LEAVE,
    "members.appoint": permissions.APPOINT,
    "members.end_tenure": permissions.APPOINT,
    # What a correction comes to may be any of the others, so taking one back is for those who may do them all.
    "members.correct": permissions.LEAVE,
    "members.withdraw": permissions.LEAVE,
}


@dataclass(frozen=True)
class Way:
    """Where something larger is undone as a whole."""

    label: str
    url: str


def right_for(code: str) -> str | None:
    """The right to undo an act of this kind from the person's page; None when it is not undone there."""
    return RIGHTS.get(code)


def elsewhere(actor: Actor, entry: Entry) -> Way | None:
    """Where an act upon more than this person is undone, for those who may."""
    merge = PersonMerge.objects.filter(act=entry.pk, undone_in__isnull=True).first()
    if merge is not None:
        return Way(_("Tách lại hai hồ sơ"), reverse("members.profile", args=[merge.kept_id]))
    run: Any = ImportRun.objects.filter(act=entry.pk, undone_in__isnull=True).first()
    if run is not None and run.unit_id is not None and actor.can(permissions.IMPORT, at=run.unit_id):
        return Way(_("Lần nhập danh sách"), reverse("members.import_run", args=[run.pk]))
    event: Any = UnitEvent.objects.filter(act=entry.pk, undone_in__isnull=True).first()
    if event is not None and entry.unit_id is not None and actor.can(of_units.REORGANISE, at=entry.unit_id):
        return Way(_("Việc sắp xếp tổ chức"), reverse("units.event", args=[event.pk]))
    return None
