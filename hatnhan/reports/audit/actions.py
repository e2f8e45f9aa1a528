"""Taking the log out is an act as well."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.access.second_person import over_one_cell
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.registries import looks
from hatnhan.units.queries import name_of

from .permissions import EXPORT

looks("audit.export")


@action("audit.export")
def export(*, actor: Actor, unit: Unit, count: int, reason: str) -> None:
    """Record that the log of one cell was taken out as a file, and why. Refuses a unit with cells below it: what names
    members of more than one cell is not taken out by one person alone."""
    actor.require(EXPORT, at=unit)
    if over_one_cell([unit.pk], actor.on):
        refuse("second_person", _("Nhật ký của nhiều chi bộ cần người thứ hai duyệt."))
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do lấy nhật ký ra."), field="reason")
    act().tell(
        gettext_noop("Lấy %(count)s mục nhật ký của %(unit)s ra tệp."), units=[unit], count=count,
        unit=name_of(unit, actor.on),
    )  # fmt: skip
