"""The releasing side: preparing, looking at the papers, issuing the letter, sending again, cancelling."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan.documents import actions as documents
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ahead import not_too_far
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.kernel.workflow import apply
from hatnhan.members import actions as members
from hatnhan.members.actions.people import require_at_home
from hatnhan.members.models import Person
from hatnhan.movements.permissions import OPEN
from hatnhan.movements.transfers import papers, queries, rules
from hatnhan.movements.transfers.choices import CHECKS, WHY
from hatnhan.movements.transfers.flows import TRANSFER
from hatnhan.movements.transfers.models import OPEN as OPEN_STATES
from hatnhan.movements.transfers.models import TransferCase
from hatnhan.rulebook.spoken import spoke
from hatnhan.units.queries import by_code

from . import leading


@action("movements.prepare_transfer", of=TransferCase)
def prepare_transfer(
    *, actor: Actor, person: Person, why: str, moved_on: date, to: Unit | None = None, to_code: str = "",
    destination_text: str = "", proof: str = "", reason: str = "",
) -> TransferCase:  # fmt: skip
    """Begin an official transfer to a unit of this installation (`to`, or its code), or to a place outside that a text
    names (294-QĐ/TW, item 6.3.1). `moved_on` is the day on which the decision takes effect or the residence changed:
    the time limit for the start counts from it, by the rule of that day. Refuses the own cell, a unit that does not
    stand, and a second case of the same member."""
    home = require_at_home(actor, OPEN, person)
    if why not in WHY:
        refuse("why", _("Hãy chọn lý do chuyển."), field="why")
    not_too_far(actor, moved_on)
    if to_code:
        to = by_code(to_code.strip(), actor.on) or to
        if to is None:
            refuse("not_found", _("Không có tổ chức nào mang mã “%(code)s”.") % {"code": to_code}, field="to_code")
    if to is None and not nfc(destination_text):
        refuse("destination", _("Hãy chọn nơi đến, hoặc ghi tên nơi đến ngoài hệ thống."), field="to")
    if to is not None:
        _may_go(person, home.unit, to, max(moved_on, actor.on))
    if not home.open:
        refuse("left", _("Đồng chí %(name)s không còn sinh hoạt ở chi bộ nào.") % {"name": person.name})
    if TransferCase.objects.filter(person=person, state__in=OPEN_STATES).exists():
        text = _("Đồng chí %(name)s đang có một việc chuyển sinh hoạt chưa xong.")
        refuse("open_case", text % {"name": person.name})
    case = TransferCase(
        person=person, name=person.name, name_key=plain(person.name), origin=home.unit, destination=to, why=why,
        destination_text="" if to is not None else nfc(destination_text), proof=nfc(proof), moved_on=moved_on,
        opened_on=actor.on, opened_in=act().id, issuer=queries.keeper(home.unit, actor.on),
    )  # fmt: skip
    case.state = "new"
    transition = apply(TRANSFER, case, "prepare", actor=actor, at=home.unit, facts=leading.facts_of(actor, case))
    case.save(force_insert=True)
    leading.step(case, "prepare", actor.on, home.unit, paper=case.proof, note=reason, inner=True)
    leading.settle_duties(actor, case, transition, actor.on)
    act().tell(
        gettext_noop("Bắt đầu làm thủ tục chuyển sinh hoạt của đồng chí %(name)s từ %(old)s đến %(to)s."),
        about=[person, case], units=[home.unit], name=person.name, old=leading.origin_name(case, actor.on),
        to=leading.destination_name(case, actor.on),
    )  # fmt: skip
    return case


def _may_go(person: Person, home: Unit, to: Unit, on: date) -> None:
    must_stand(to, on, FAR)
    if home.pk == to.pk:
        refuse("already_there", _("Đồng chí %(name)s đã ở chi bộ này.") % {"name": person.name}, field="to")


@action("movements.check_paper")
def check_paper(
    *, actor: Actor, case: TransferCase, code: str, done: bool = True, seen: int | None = None, reason: str = ""
) -> None:
    """A paper of the list was looked at, or, with `done` false, was not. Refuses once the letter is issued."""
    leading.hold(case, seen)
    actor.require(OPEN, at=case.origin)
    if code not in CHECKS:
        refuse("check", _("Không có mục này trong danh sách giấy tờ."), field="code")
    if case.state not in ("preparing", "returned"):
        refuse("state", _("Giấy giới thiệu đã cấp nên danh sách này không sửa được nữa."))
    if reasons := rules.own_blockers(leading.facts_of(actor, case)):
        raise Refused(reasons)
    if done:
        case.checks = {**case.checks, code: actor.on.isoformat()}
    else:
        case.checks = {name: day for name, day in case.checks.items() if name != code}
    case.save(update_fields=["checks", "version"])
    with override("vi"):
        what = str(CHECKS[code]).lower()
    if done:
        leading.step(case, "check", actor.on, case.origin, note=what, inner=True)
    act().tell(
        gettext_noop("Chuyển sinh hoạt của đồng chí %(name)s, đã đối chiếu: %(what)s.") if done
        else gettext_noop("Chuyển sinh hoạt của đồng chí %(name)s, bỏ đánh dấu: %(what)s."),
        about=[case], units=[case.origin] if case.origin else [], name=case.name, what=what,
    )  # fmt: skip


@action("movements.issue_letter", of=TransferCase)
def issue_letter(
    *, actor: Actor, case: TransferCase, on: date, number: str = "", proof: str = "", despite: bool = False,
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """Issue the letter of introduction: with the `number` of a sheet that was filled by hand, or numbered, set and
    frozen in the register of the committee that issues it. From the day on the member is on the way, counted at home
    without a vote. Refuses while something stands in the way, what unsure rules say only unless `despite`; a number
    that was used, and a destination that no longer stands. Returns what unsure rules had against it."""
    leading.not_ahead(actor, on)
    leading.hold(case, seen)
    case.proof = nfc(proof) or case.proof
    facts = queries.letter_facts(actor, case, on, despite=despite)
    transition = apply(TRANSFER, case, "issue", actor=actor, at=case.origin, facts=facts)
    person, home, issuer = case.person, case.origin, case.issuer
    if person is None or home is None or issuer is None:
        refuse("outside", _("Giấy này do nơi khác cấp."))
    if case.destination is not None:
        _may_go(person, home, case.destination, on)
    if number.strip():
        leading.give_letter(case, number, on)
    case.present_by = leading.present_by(on)
    if not number.strip():
        case.paper = documents.register(
            actor=actor, unit=issuer, kind="introduction", day=on, about=papers.about(case, on), despite=True,
            make=lambda given: papers.letter(case, on, given), subject="movements.letter", subject_id=case.pk,
        )  # fmt: skip
        leading.give_letter(case, case.paper.symbol, on)
    paused = members.begin_transit(actor=actor, person=person, on=on, decision=case.letter_number)
    case.resumes, case.resumes_until = paused.kind, paused.until if paused.kind else None
    case.save()
    leading.set_out(case, on)
    leading.step(case, "issue", on, issuer, paper=case.letter_number, note=reason)
    leading.settle_duties(actor, case, transition, on)
    act().tell(
        gettext_noop("Cấp giấy giới thiệu sinh hoạt đảng số %(number)s cho đồng chí %(name)s từ %(old)s đến %(to)s."),
        about=[person, case], units=leading.sides(case), number=case.letter_number, name=person.name,
        old=leading.origin_name(case, on), to=leading.destination_name(case, on),
    )  # fmt: skip
    warnings = rules.judged(facts)[1]
    for reason_ in warnings:
        act().tell(gettext_noop("Đã báo trước khi cấp giấy: %(what)s"), what=reason_.message, rule=reason_.rule or "")
        spoke(reason_.rule or "")
    return warnings


@action("movements.resend_transfer", of=TransferCase)
def resend(*, actor: Actor, case: TransferCase, on: date, note: str = "", seen: int | None = None) -> None:
    """What was missing is complete: the papers go to the receiving side again."""
    leading.not_ahead(actor, on)
    transition = leading.lead(actor, case, "resend", at=case.origin, seen=seen)
    case.save(update_fields=["state", "version"])
    leading.step(case, "resend", on, case.issuer or case.origin, note=note)
    leading.settle_duties(actor, case, transition, on)
    act().tell(
        gettext_noop("Gửi lại hồ sơ chuyển sinh hoạt của đồng chí %(name)s sau khi bổ sung."), about=[case],
        units=leading.sides(case), name=case.name,
    )  # fmt: skip


@action("movements.cancel_transfer", of=TransferCase)
def cancel_transfer(*, actor: Actor, case: TransferCase, on: date, note: str, seen: int | None = None) -> None:
    """The transfer does not take place: the member goes on at home, the letter is no longer good. Refuses without
    saying why, and a day before the letter."""
    if not nfc(note):
        refuse("note", _("Hãy ghi vì sao hủy."), field="note")
    leading.not_ahead(actor, on)
    transition = leading.lead(actor, case, "cancel", at=case.origin or case.destination, seen=seen)
    if case.letter_on is not None:
        if on < case.letter_on:
            text = _("Không thể hủy trước ngày cấp giấy giới thiệu (%(day)s).")
            refuse("before_letter", text % {"day": Known.of(case.letter_on)}, field="on")
        leading.came_in(case, on)
        if case.person is not None:
            members.end_transit(actor=actor, person=case.person, on=on, resume=leading.paused(case))
    case.settled_on, case.carried = on, ""
    case.save(update_fields=["state", "version", "settled_on", "carried"])
    leading.step(case, "cancel", on, case.origin or case.destination, note=note)
    leading.settle_duties(actor, case, transition, on)
    act().tell(
        gettext_noop("Hủy việc chuyển sinh hoạt của đồng chí %(name)s: %(note)s."), about=[case],
        units=leading.sides(case), name=case.name, note=nfc(note),
    )  # fmt: skip
