"""Taking the log out is an act as well."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.registries import looks
from hatnhan.units.queries import name_of

from .permissions import EXPORT
from .queries import is_cell

looks("audit.export")


@action("audit.export")
def export(*, actor: Actor, unit: Unit, count: int, reason: str) -> None:
    """Record that the log of one cell was taken out as a file, and why. Refuses a unit with cells below it: what names
    members of more than one cell is not taken out by one person alone."""
    actor.require(EXPORT, at=unit)
    if not is_cell(unit, actor):
        refuse("second_person", _("Mỗi lần chỉ lấy ra nhật ký của một chi bộ. Hãy mở nhật ký từ trang của chi bộ ấy."))
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do lấy nhật ký ra."), field="reason")
    act().tell(
        gettext_noop("Lấy %(count)s mục nhật ký của %(unit)s ra tệp."), units=[unit], count=count,
        unit=name_of(unit, actor.on),
    )  # fmt: skip
