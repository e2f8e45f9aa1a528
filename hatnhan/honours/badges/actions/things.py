"""The badge itself: one that was awarded before the program, one that was lost, one that is taken back."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action, begin, end
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Person
from hatnhan.members.queries import last_home
from hatnhan.rulebook import sentence as source_of
from hatnhan.units.queries import name_of

from ...models import Badge
from ...permissions import ADOPT
from ..rules import serial_of


@action("honours.record_badge", of=Badge)
def record_badge(
    *, actor: Actor, person: Person, level: int, on: date, number: str = "", decision: str = "", reason: str = ""
) -> Badge:
    """Somebody bears a badge that was awarded earlier: from the dossier. Refuses a level that there is none of, one
    that is recorded already, and a number of another type or given to somebody else."""
    home = last_home(person)
    if home is None:
        refuse("home", _("Chưa ghi đồng chí này sinh hoạt ở đâu."))
    actor.require(ADOPT, at=home.unit)
    book = rulebook.at(actor.on)
    levels = book["party_age.marks"]
    if level not in levels.value:
        told = _("Không có Huy hiệu %(level)s năm.") % {"level": level}
        raise Refused(Reason("level", told, "level", source=source_of(levels), rule=levels.reference))
    if on > actor.on:
        raise Refused(Reason("future", _("Ngày này chưa tới; chỉ ghi việc đã làm."), field="on"))
    if Badge.objects.unvoided().filter(person=person, level=level).exists():
        told = _("Đồng chí này đã được tặng Huy hiệu %(level)s năm.") % {"level": level}
        raise Refused(Reason("held", told, field="level"))
    text = nfc(number).upper()
    read = serial_of(text, level, book) if text else None
    if text and read is None:
        told = _("Số %(number)s không đúng loại %(level)s năm.") % {"number": text, "level": level}
        raise Refused(Reason("number", told, field="number", source=source_of(book[f"badge.series.{level}"])))
    if text and Badge.objects.unvoided().filter(number=text).exists():
        told = _("Số %(number)s đã cấp rồi; mỗi số chỉ cấp một lần.") % {"number": text}
        raise Refused(Reason("number_given", told, field="number"))
    symbol, serial = read or ("", None)
    badge = begin(
        Badge(
            person=person, unit=home.unit, level=level, symbol=symbol, serial=serial, number=text,
            decision=nfc(decision), valid_from=on,
        )
    )  # fmt: skip
    _tell(gettext_noop("Ghi Huy hiệu %(level)s năm đã tặng đồng chí %(name)s, ngày %(on)s."), badge, on)
    return badge


@action("honours.report_lost")
def report_lost(*, actor: Actor, badge: Badge, on: date, reason: str) -> Badge:
    """A badge was lost, with the reason; with a good one it may be issued again (06-HD/TW, item 18.4)."""
    return _ended(
        actor, badge, on, "lost", gettext_noop("Đồng chí %(name)s báo mất Huy hiệu %(level)s năm, ngày %(on)s."), reason
    )


@action("honours.take_back")
def take_back(*, actor: Actor, badge: Badge, on: date, reason: str) -> Badge:
    """A badge is returned by somebody who is put out of the Party; a family keeps that of the dead."""
    return _ended(
        actor, badge, on, "returned",
        gettext_noop("Thu lại Huy hiệu %(level)s năm của đồng chí %(name)s, ngày %(on)s."), reason,
    )  # fmt: skip


def _ended(actor: Actor, badge: Badge, on: date, state: str, sentence: str, reason: str) -> Badge:
    home = last_home(badge.person)
    actor.require(ADOPT, at=home.unit if home else badge.unit)
    if badge.voided_at is not None or badge.state != "held":
        refuse("ended", _("Huy hiệu này không còn ghi là đang giữ."))
    if not badge.valid_from < on <= actor.on:
        raise Refused(Reason("on", _("Ngày này phải sau ngày tặng và không sau hôm nay."), field="on"))
    if not nfc(reason):
        raise Refused(Reason("reason", _("Hãy ghi lý do."), field="reason"))
    ended = end(badge, on, state=state)
    _tell(sentence, ended, on)
    return ended


def _tell(sentence: str, badge: Badge, on: date) -> None:
    act().tell(
        sentence, about=[badge, badge.person], units=[badge.unit], name=badge.person.name, level=badge.level,
        on=Known.of(on), unit=name_of(badge.unit_id, on),
    )  # fmt: skip
