"""What people themselves say about a duty: that it is done, that it is not yet, that somebody must be reminded."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.units.queries import name_of

from ..flows import DUTY
from ..kinds import KINDS, label_of
from ..models import Duty, Owner
from ..permissions import FINISH, REMIND

BACK = 365  # days that somebody may say it was done before the day on which they say so


@action("duties.finish", of=Duty)
def finish(*, actor: Actor, duty: Duty, on: date, note: str = "", reason: str = "") -> Duty:
    """The office says that it was done on a day, if it likes with the number of the paper. Refuses a duty that ends by
    an act of its own, one that does not wait, and a day ahead or before it was opened by more than a year."""
    owner = _owned(actor, duty)
    if duty.state != "open":
        refuse("state", _("Việc này không còn chờ."))
    if on > actor.on:
        refuse("on", _("Chưa thể ghi là xong cho một ngày chưa tới."), field="on")
    if (duty.opened_on - on).days > BACK:
        refuse("on", _("Ngày xong quá xa so với ngày giao. Hãy xem lại năm."), field="on")
    apply(DUTY, duty, "close", actor=actor)
    duty.closed_on, duty.closed_at, duty.closed_in, duty.note = on, act().at, act().id, nfc(note)[:200] or None
    duty.save(update_fields=["state", "closed_on", "closed_at", "closed_in", "note"])
    act().tell(
        gettext_noop("Ghi là xong ngày %(day)s: việc “%(what)s” của %(unit)s, hạn ngày %(due)s."), about=[duty],
        units=[owner.unit], day=Known.of(on), what=label_of(duty.kind), unit=name_of(owner.unit, actor.on),
        due=Known.of(duty.due),
    )  # fmt: skip
    return duty


@action("duties.reopen")
def reopen(*, actor: Actor, duty: Duty, reason: str) -> Duty:
    """It was marked as done by mistake. Refuses without a reason."""
    owner = _owned(actor, duty)
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do mở lại."), field="reason")
    apply(DUTY, duty, "reopen", actor=actor)
    duty.closed_on = duty.closed_at = duty.closed_in = duty.note = None
    duty.save(update_fields=["state", "closed_on", "closed_at", "closed_in", "note"])
    act().tell(
        gettext_noop("Mở lại việc “%(what)s” của %(unit)s, hạn ngày %(due)s."), about=[duty], units=[owner.unit],
        what=label_of(duty.kind), unit=name_of(owner.unit, actor.on), due=Known.of(duty.due),
    )  # fmt: skip
    return duty


@action("duties.remind")
def remind(*, actor: Actor, duties: Sequence[Duty], on: date, reason: str = "") -> int:
    """A superior reminds of duties that wait: they say so in the inbox of those who owe them, and in the day's
    reminder. Those reminded today are left out. Returns how many; refuses when there is none."""
    owners = {row.duty_id: row for row in _owners(duties, on)}
    scope = actor.scope(REMIND)
    waiting = [
        one
        for one in duties
        if one.state == "open" and one.reminded_on != on and one.pk in owners
        and (actor.everything or scope.covers(actor.path_of(owners[one.pk].unit_id)))
    ]  # fmt: skip
    if not actor.everything and not scope:
        raise Forbidden(REMIND)
    if not waiting:
        refuse("none", _("Không có việc nào đang chờ cần nhắc thêm hôm nay."))
    running = act()
    Duty.objects.filter(pk__in=[one.pk for one in waiting]).update(reminded_on=on, reminded_in=running.id)
    running.about(Duty, [one.pk for one in waiting])
    units = list({owners[one.pk].unit_id: owners[one.pk].unit for one in waiting}.values())
    running.tell(
        gettext_noop("Nhắc %(count)s việc đang chờ ở %(places)s đơn vị."), units=units, count=len(waiting),
        places=len(units),
    )  # fmt: skip
    return len(waiting)


def _owners(duties: Sequence[Duty], on: date) -> list[Owner]:
    rows = Owner.objects.on(on).filter(duty__in=[one.pk for one in duties], account__isnull=True)
    return list(rows.select_related("unit"))


def _owned(actor: Actor, duty: Duty) -> Owner:
    """Whose it is, where the actor may say that it is done."""
    kind = KINDS.get(duty.kind)
    if kind is None or not kind.by_hand:
        refuse("kind", _("Việc này tự xong khi bước của nó được làm; không ghi tay."))
    owner: Owner = Owner.objects.on(actor.on).select_related("unit").get(duty=duty)
    actor.require(FINISH, at=owner.unit)
    return owner
