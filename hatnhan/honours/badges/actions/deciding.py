"""The province decides and gives the number; the badge is handed over."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action, begin
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import apply
from hatnhan.rulebook import sentence as source_of

from ...models import Badge, BadgeCase
from ...permissions import DECIDE
from .. import queries
from ..choices import PLACES
from ..flows import BADGE, Way
from ..levels import Line, line_of
from ..rules import number, serial_of
from .walking import hold, in_order, note_step, pass_on, tell, walk


@action("honours.decide_badge", of=BadgeCase)
def decide(
    *, actor: Actor, case: BadgeCase, on: date, decision: str, decision_all: str = "", number_given: str = "",
    seen: int | None = None, reason: str = "",
) -> Badge:  # fmt: skip
    """The province decides to award, with the numbers of both decisions; the badge gets the next number of its type
    under the province's symbol, or the one it bears already. Refuses a number of another type or given before, and
    where nobody has recorded the symbol."""
    hold(case, seen)
    line = line_of(case.unit_id, on)
    actor.require(DECIDE, at=line.province)
    in_order(case, on, actor.on)
    if not nfc(decision):
        raise Refused(Reason("decision", _("Hãy ghi số quyết định của từng người."), field="decision"))
    symbol, serial, text = _numbered(case, line, on, nfc(number_given).upper())
    owed = line.next(case.state)
    way = Way(case.state, owed)
    case.decision, case.decision_all, case.decided_on, case.number = nfc(decision), nfc(decision_all), on, text
    case.days = max(0, (on - case.declared_on).days)
    apply(BADGE, case, "decide", actor=actor, at=line.province, facts=way)
    case.save()
    note_step(actor, case, "decide", on, decision, None, None, "")
    badge = begin(
        Badge(
            person=case.person, unit=case.unit, level=case.level, symbol=symbol, serial=serial, number=text,
            decision=case.decision, case=case, posthumous=case.kind == "posthumous", valid_from=on,
        )
    )  # fmt: skip
    tell(
        gettext_noop("Tặng Huy hiệu %(level)s năm số %(number)s cho đồng chí %(name)s, quyết định %(decision)s."), case,
        number=text, decision=case.decision,
    )  # fmt: skip
    pass_on(actor, case, owed, line, on)
    return badge


@action("honours.decide_badges")
def decide_many(
    *, actor: Actor, cases: Iterable[BadgeCase], on: date, decision_all: str, first: int, tail: str, reason: str = ""
) -> int:
    """Decide a list at once: one collective decision, and for each a decision of its own, numbered from `first` on with
    the `tail` of the symbol. Returns how many; nothing is kept when one of them is refused."""
    chosen = list(cases)
    if not chosen:
        refuse("none", _("Chưa chọn đề nghị nào đang chờ quyết định."))
    act().tell(
        gettext_noop("Quyết định số %(decision)s tặng %(n)s Huy hiệu Đảng."), about=chosen,
        units=list({case.unit_id: case.unit for case in chosen}.values()), decision=nfc(decision_all), n=len(chosen),
    )  # fmt: skip
    for offset, case in enumerate(chosen):
        decide(actor=actor, case=case, on=on, decision=f"{first + offset}{tail}", decision_all=decision_all)
    return len(chosen)


@action("honours.award_badge", of=BadgeCase)
def award(
    *, actor: Actor, case: BadgeCase, on: date, place: str = "base", note: str = "", seen: int | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    """It was handed over: at the grassroots, at home or in hospital; after a death to the family."""
    hold(case, seen)
    if place not in PLACES:
        refuse("place", _("Hãy chọn nơi trao."), field="place")
    case.awarded_on, case.place = on, place
    walk(
        actor=actor, case=case, verb="award", on=on, line=line_of(case.unit_id, on), note=note,
        sentence=gettext_noop("Trao Huy hiệu %(level)s năm cho đồng chí %(name)s, ngày %(on)s."),
    )  # fmt: skip


def _numbered(case: BadgeCase, line: Line, on: date, given: str) -> tuple[str, int, str]:
    """(symbol, running number, number as written). The province is held, so that two never get one number."""
    Unit.objects.select_for_update().get(pk=line.province)
    book = rulebook.at(on)
    rule = book[f"badge.series.{case.level}"]
    symbol = queries.symbol_of(line.province, on)
    if given:
        read = serial_of(given, case.level, book)
        if read is None:
            sample = number(symbol or "NB", case.level, 1, book)
            told = _("Số %(number)s không đúng loại %(level)s năm. Số loại này viết như %(sample)s.")
            said = {"number": given, "level": case.level, "sample": sample}
            raise Refused(Reason("number", told % said, "number_given", source=source_of(rule), rule=rule.reference))
        if Badge.objects.unvoided().filter(number=given).exists():
            told = _("Số %(number)s đã cấp rồi; mỗi số chỉ cấp một lần.") % {"number": given}
            raise Refused(Reason("number_given", told, field="number_given"))
        return *read, given
    if not symbol:
        told = _("Chưa ghi ký hiệu số Huy hiệu Đảng của tỉnh. Hãy ghi ký hiệu, hoặc ghi số đã in trên huy hiệu.")
        raise Refused(Reason("symbol", told, field="number_given"))
    serial = queries.next_serial(symbol, case.level)
    try:
        return symbol, serial, number(symbol, case.level, serial, book)
    except ValueError:
        told = _("Dãy số loại %(level)s năm của ký hiệu %(symbol)s đã hết.") % {"level": case.level, "symbol": symbol}
        raise Refused(Reason("series", told, "number_given", source=source_of(rule), rule=rule.reference)) from None
