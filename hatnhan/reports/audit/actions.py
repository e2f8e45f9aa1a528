"""Taking the log out is an act as well."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.units.queries import name_of

from .permissions import EXPORT


@action("audit.export")
def export(*, actor: Actor, unit: Unit, count: int, reason: str) -> None:
    """Record that a part of the log was taken out as a file, and why."""
    actor.require(EXPORT, at=unit)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do lấy nhật ký ra."), field="reason")
    act().tell(
        gettext_noop("Lấy %(count)s mục nhật ký của %(unit)s ra tệp."), units=[unit], count=count,
        unit=name_of(unit, actor.on),
    )  # fmt: skip
