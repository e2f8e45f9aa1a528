"""What makes an award wait, kept by its keeper, and the letters of a province's numbers."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action, begin, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Person
from hatnhan.members.queries import last_home
from hatnhan.units.queries import name_of

from ...models import Postponement, ProvinceSymbol
from ...permissions import DECIDE, HOLD
from ..choices import DISCIPLINE
from ..rules import SYMBOL, waits_until


@action("honours.postpone_by_discipline", of=Postponement)
def postpone_by_discipline(
    *, actor: Actor, person: Person, kind: str, decided_on: date, decision: str, reason: str = ""
) -> Postponement:
    """Somebody was disciplined: an award waits six, nine or twelve months from the decision (24-QĐ/TW from 30/7/2021).
    The log says neither which discipline nor why. Refuses a decision of a time without such a rule."""
    home = last_home(person)
    if home is None:
        refuse("home", _("Chưa ghi đồng chí này sinh hoạt ở đâu."))
    actor.require(HOLD, at=home.unit)
    if kind not in DISCIPLINE:
        refuse("kind", _("Hãy chọn hình thức."), field="kind")
    if not nfc(decision):
        raise Refused(Reason("decision", _("Hãy ghi số quyết định."), field="decision"))
    if decided_on > actor.on:
        raise Refused(Reason("future", _("Ngày này chưa tới; chỉ ghi việc đã làm."), field="decided_on"))
    until = waits_until(kind, decided_on, rulebook.at(decided_on))
    if until is None:
        told = _("Vào ngày này chưa có quy định về thời gian chưa xét Huy hiệu Đảng.")
        raise Refused(Reason("no_rule", told, field="decided_on"))
    row = begin(Postponement(person=person, kind=kind, decision=nfc(decision), valid_from=decided_on, valid_to=until))
    _tell(gettext_noop("Ghi thời gian chưa xét Huy hiệu Đảng của đồng chí %(name)s."), person, home.unit, actor)
    return row


@action("honours.lift_postponement")
def lift(*, actor: Actor, row: Postponement, reason: str) -> None:
    """What was recorded is withdrawn: the decision was changed or recorded wrongly."""
    home = last_home(row.person)
    actor.require(HOLD, at=home.unit if home else None)
    if row.voided_at is not None:
        refuse("gone", _("Dòng này đã được rút."))
    if not nfc(reason):
        raise Refused(Reason("reason", _("Hãy ghi lý do."), field="reason"))
    void(row)
    _tell(
        gettext_noop("Rút thời gian chưa xét Huy hiệu Đảng của đồng chí %(name)s."), row.person,
        home.unit if home else None, actor,
    )  # fmt: skip


@action("honours.set_symbol", of=ProvinceSymbol)
def set_symbol(*, actor: Actor, unit: Unit, symbol: str, on: date, reason: str = "") -> ProvinceSymbol:
    """The letters before the numbers of the province's badges from a day on: two or three capitals. A province that
    takes over another's symbol goes on with its numbers."""
    actor.require(DECIDE, at=unit)
    text = nfc(symbol).upper()
    if not SYMBOL.fullmatch(text):
        raise Refused(Reason("symbol", _("Ký hiệu gồm hai hoặc ba chữ cái viết hoa, như NB."), field="symbol"))
    now = ProvinceSymbol.objects.on(on).filter(unit=unit).first()
    if now is not None and now.symbol == text:
        refuse("same", _("Ký hiệu này đang dùng rồi."), field="symbol")
    if now is not None and now.valid_from == on:
        void(now)
    elif now is not None:
        end(now, on)
    row = begin(ProvinceSymbol(unit=unit, symbol=text, valid_from=on))
    act().tell(
        gettext_noop("Ký hiệu số Huy hiệu Đảng của %(unit)s là %(symbol)s."), about=[unit], units=[unit],
        unit=name_of(unit, actor.on), symbol=text,
    )  # fmt: skip
    return row


def _tell(sentence: str, person: Person, unit: Unit | None, actor: Actor) -> None:
    act().tell(sentence, about=[person], units=[unit] if unit else [], name=person.name)
