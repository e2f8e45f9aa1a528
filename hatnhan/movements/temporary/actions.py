"""A temporary transfer begins, is extended, ends."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.members import actions as members
from hatnhan.members.actions.people import require_at_home
from hatnhan.members.models import Person
from hatnhan.movements.permissions import ISSUE
from hatnhan.movements.transfers.rules import Facts as Own
from hatnhan.movements.transfers.rules import own_blockers
from hatnhan.units.queries import by_code, name_of

from .choices import WHY
from .models import TemporaryStay
from .rules import stay_blockers


@action("movements.begin_stay", of=TemporaryStay)
def begin_stay(
    *, actor: Actor, person: Person, why: str, on: date, last: date, number: str, to: Unit | None = None,
    to_code: str = "", destination_text: str = "", despite: bool = False, reason: str = "",
) -> TemporaryStay:  # fmt: skip
    """Somebody goes elsewhere for a time, with a letter, until the day `last` (294-QĐ/TW, item 6.3.2): there without a
    vote and not counted, at home counted and free to vote. Refuses a time that is too short or too long, where the rule
    is unsure unless `despite`; a letter that was used; the own cell; a second stay."""
    home = require_at_home(actor, ISSUE, person)
    if reasons := own_blockers(Own(own=actor.person_id == person.pk)):
        raise Refused(reasons)
    if why not in WHY:
        refuse("why", _("Hãy chọn lý do chuyển."), field="why")
    if not nfc(number):
        refuse("number", _("Hãy ghi số giấy giới thiệu."), field="number")
    to = (by_code(to_code.strip(), actor.on) if to_code else None) or to
    if to is None and not nfc(destination_text):
        refuse("destination", _("Hãy chọn nơi đến, hoặc ghi tên nơi đến ngoài hệ thống."), field="to")
    until = _until(on, last)
    _fits(why, on, until, despite)
    if TemporaryStay.objects.filter(person=person, state="away").exists():
        refuse("open_case", _("Đồng chí này đang sinh hoạt tạm thời ở nơi khác."))
    used = Q(origin=home.unit, letter_number=nfc(number)) & Q(starts__year=on.year)
    if TemporaryStay.objects.filter(used).exists():
        refuse("letter_used", _("Giấy giới thiệu này đã dùng rồi. Mỗi giấy chỉ dùng một lần."), field="number")
    members.begin_stay(actor=actor, person=person, at=to, on=on, until=until, decision=nfc(number)[:60])
    stay = TemporaryStay.objects.create(
        person=person, name=person.name, name_key=plain(person.name), origin=home.unit, destination=to, why=why,
        destination_text="" if to is not None else nfc(destination_text), letter_number=nfc(number), starts=on,
        first_until=until, until=until, act=act().id,
    )  # fmt: skip
    act().tell(
        gettext_noop("Chuyển sinh hoạt tạm thời đồng chí %(name)s đến %(to)s, đến hết ngày %(last)s."),
        about=[person, stay], units=[home.unit, *([to] if to else [])], name=person.name,
        to=name_of(to, on) if to else stay.destination_text, last=Known.of(last),
    )  # fmt: skip
    return stay


@action("movements.extend_stay", of=TemporaryStay)
def extend_stay(*, actor: Actor, stay: TemporaryStay, last: date, despite: bool = False, reason: str = "") -> None:
    """The stay is extended until another last day; the whole time is judged. Refuses a day that is not later."""
    _hold(actor, stay)
    until = _until(stay.starts, last)
    if until <= stay.until:
        refuse("last", _("Ngày mới phải sau ngày đang ghi."), field="last")
    _fits(stay.why, stay.starts, until, despite)
    members.change_stay(actor=actor, person=stay.person, starts=stay.starts, until=until)
    stay.until = until
    stay.save(update_fields=["until"])
    act().tell(
        gettext_noop("Gia hạn sinh hoạt tạm thời của đồng chí %(name)s đến hết ngày %(last)s."), about=[stay],
        units=_sides(stay), name=stay.name, last=Known.of(last),
    )  # fmt: skip


@action("movements.end_stay", of=TemporaryStay)
def end_stay(*, actor: Actor, stay: TemporaryStay, on: date, reason: str = "") -> None:
    """Somebody is back from the day on. After the last day only the fact is recorded."""
    _hold(actor, stay)
    if not stay.starts < on <= actor.on:
        refuse("on", _("Ngày về phải sau ngày đi và không sau hôm nay."), field="on")
    if on < stay.until:
        members.change_stay(actor=actor, person=stay.person, starts=stay.starts, until=on)
        stay.until = on
    stay.state, stay.ended_on = "ended", on
    stay.save(update_fields=["state", "ended_on", "until"])
    act().tell(
        gettext_noop("Đồng chí %(name)s về sinh hoạt tại chi bộ từ ngày %(on)s."), about=[stay], units=_sides(stay),
        name=stay.name, on=Known.of(on),
    )  # fmt: skip


def _hold(actor: Actor, stay: TemporaryStay) -> None:
    stay.state = TemporaryStay.objects.select_for_update().values_list("state", flat=True).get(pk=stay.pk)
    actor.require(ISSUE, at=stay.origin)
    if stay.state != "away":
        raise Refused(Reason("state", _("Đồng chí này đã về rồi.")))


def _until(starts: date, last: date) -> date:
    if last <= starts:
        refuse("last", _("Ngày cuối phải sau ngày bắt đầu."), field="last")
    return last + ONE


def _fits(why: str, starts: date, until: date, despite: bool) -> None:
    if reasons := stay_blockers(why, starts, until, rulebook.at(starts), despite=despite):
        raise Refused(reasons)


def _sides(stay: TemporaryStay) -> list[Unit]:
    return [unit for unit in (stay.origin, stay.destination) if unit is not None]
