"""The receiving side: a letter from elsewhere, taking somebody in, giving back, sending on."""

import json
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import refuse
from hatnhan.kernel.secrets import seal, unseal
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.vietnamese import nfc, plain
from hatnhan.kernel.workflow import apply
from hatnhan.members import actions as members
from hatnhan.members.models import Person
from hatnhan.movements.permissions import RECEIVE
from hatnhan.movements.transfers import queries
from hatnhan.movements.transfers.choices import WHY
from hatnhan.movements.transfers.flows import TRANSFER
from hatnhan.movements.transfers.models import TransferCase
from hatnhan.movements.transfers.rules import ArrivalFacts
from hatnhan.units.queries import by_code, name_of

from . import leading

CARRIED = ("sex", "birth", "decision_date", "ceremony_date", "official_date")


@action("movements.note_arrival", of=TransferCase)
def note_arrival(
    *, actor: Actor, to: Unit, name: str, origin_text: str, number: str, letter_on: date, why: str = "work",
    standing: str = "full", birth: Known | None = None, ceremony_date: Known | None = None, sex: str = "",
    carried: dict[str, Any] | None = None, reason: str = "",
) -> TransferCase:  # fmt: skip
    """A letter from outside this installation has come: somebody is on the way to a unit here. Refuses a letter that
    was noted before, one of a day to come, and a unit that does not stand."""
    actor.require(RECEIVE, at=to)
    must_stand(to, actor.on, FAR)
    for field, text, said in (
        ("name", name, _("Hãy ghi họ và tên.")), ("origin_text", origin_text, _("Hãy ghi nơi cấp giấy.")),
        ("number", number, _("Hãy ghi số giấy giới thiệu.")),
    ):  # fmt: skip
        if not nfc(text):
            refuse(field, said, field=field)
    if letter_on > actor.on:
        refuse("future", _("Ngày cấp giấy ở sau hôm nay."), field="letter_on")
    if why not in WHY:
        refuse("why", _("Hãy chọn lý do chuyển."), field="why")
    known = {"standing": standing, "sex": sex, "birth": birth, "ceremony_date": ceremony_date, **(carried or {})}
    case = TransferCase(
        name=nfc(name), name_key=plain(name), origin_text=nfc(origin_text), destination=to, why=why, moved_on=letter_on,
        carried=seal(json.dumps({key: _plain(value) for key, value in known.items() if value}, ensure_ascii=False)),
        opened_on=actor.on, opened_in=act().id, custody="carried", present_by=leading.present_by(letter_on),
    )  # fmt: skip
    transition = apply(TRANSFER, case, "note_arrival", actor=actor, at=to)
    leading.give_letter(case, number, letter_on)
    case.save(force_insert=True)
    leading.set_out(case, letter_on)
    leading.step(case, "note_arrival", actor.on, to, paper=case.letter_number, note=reason)
    leading.settle_duties(actor, case, transition, letter_on)
    act().tell(
        gettext_noop("Ghi giấy giới thiệu số %(number)s của đồng chí %(name)s từ %(old)s chuyển đến %(to)s."),
        about=[case], units=[to], number=case.letter_number, name=case.name, old=case.origin_text,
        to=name_of(to, actor.on),
    )  # fmt: skip
    return case


def _plain(value: Any) -> Any:
    return value.iso if isinstance(value, Known) else value


@action("movements.receive_transfer", of=TransferCase)
def receive_transfer(
    *, actor: Actor, case: TransferCase, cell: Unit, on: date, explanation: str = "", seen: int | None = None,
    reason: str = "",
) -> Person:  # fmt: skip
    """Take the member into a cell: the home moves on this day. Refuses a day before the letter; a letter that is late
    without an explanation (294-QĐ/TW, item 6.3.1c); a cell that does not stand or is the releasing one; and a letter
    that was taken in, given back, redirected or cancelled since."""
    leading.not_ahead(actor, on)
    leading.hold(case, seen)
    facts = _arrival(actor, case, on, explanation)
    transition = apply(TRANSFER, case, "receive", actor=actor, at=case.destination, facts=facts)
    actor.require(RECEIVE, at=cell)
    kinds = rulebook.at(on).kinds()
    if (kind := kinds.get(queries.kind_of(cell, on))) is not None and not kind.cell:
        refuse("cell", _("Hãy chọn chi bộ, không chọn đảng bộ."), field="cell")
    leading.came_in(case, on)
    person = case.person
    if person is None:
        person = case.person = _newly(actor, case, cell, on)
    else:
        members.complete_transfer(actor=actor, person=person, to=cell, on=on, resume=leading.paused(case))
    case.cell, case.settled_on, case.carried = cell, on, ""
    case.save()
    leading.step(case, "receive", on, cell, paper=case.letter_number, note=explanation)
    leading.settle_duties(actor, case, transition, on)
    act().tell(
        gettext_noop("Tiếp nhận đồng chí %(name)s vào %(to)s ngày %(on)s, giấy giới thiệu số %(number)s."),
        about=[person, case], units=leading.sides(case), name=case.name, to=name_of(cell, on), on=Known.of(on),
        number=case.letter_number,
    )  # fmt: skip
    return person


def _arrival(actor: Actor, case: TransferCase, on: date, explained: str) -> ArrivalFacts:
    rule = rulebook.at(case.letter_on or on).deadline("transfer_present").rule
    own = leading.facts_of(actor, case).own
    return ArrivalFacts(
        own=own, on=on, letter_on=case.letter_on or on, present_by=case.present_by, explained=explained, rule=rule
    )


def _newly(actor: Actor, case: TransferCase, cell: Unit, on: date) -> Person:
    """Somebody from outside gets a record of what the letter says."""
    told = json.loads(unseal(case.carried))
    numbers = told.pop("numbers", None)
    fields: dict[str, Any] = {
        name: Known(value) if name in ("birth", "decision_date", "ceremony_date", "official_date") else value
        for name, value in told.items()
        if name != "standing"
    }
    return members.receive(
        actor=actor, unit=cell, on=on, name=case.name, standing=told.get("standing", "full"), came="transferred",
        numbers=numbers, **fields,
    )  # fmt: skip


@action("movements.confirm_left", of=TransferCase)
def confirm_left(
    *, actor: Actor, case: TransferCase, on: date, paper: str = "", seen: int | None = None, reason: str = ""
) -> None:
    """The notice of a receiving side outside this installation has come: the member is no longer here from the day on.
    Refuses when the receiving side is here: it takes the member in itself."""
    leading.not_ahead(actor, on)
    transition = leading.lead(actor, case, "confirm_left", at=case.origin, seen=seen)
    if case.destination is not None or case.person is None:
        refuse("inside", _("Nơi đến có trong hệ thống này nên nơi đến tự ghi tiếp nhận."))
    if case.letter_on is None or on < case.letter_on:
        refuse("before_letter", _("Ngày tiếp nhận không thể trước ngày cấp giấy giới thiệu."), field="on")
    leading.came_in(case, on)
    members.complete_transfer(actor=actor, person=case.person, to=None, on=on, resume=leading.paused(case))
    case.settled_on = on
    case.save(update_fields=["state", "version", "settled_on"])
    leading.step(case, "confirm_left", on, case.issuer or case.origin, paper=paper)
    leading.settle_duties(actor, case, transition, on)
    act().tell(
        gettext_noop("%(to)s đã tiếp nhận đồng chí %(name)s từ ngày %(on)s."), about=[case.person, case],
        units=leading.sides(case), to=case.destination_text, name=case.name, on=Known.of(on),
    )  # fmt: skip


@action("movements.give_back_transfer", of=TransferCase)
def give_back(*, actor: Actor, case: TransferCase, on: date, note: str, seen: int | None = None) -> None:
    """The papers are not complete: they go back to the releasing side, which is told what is missing."""
    if not nfc(note):
        refuse("note", _("Hãy ghi còn thiếu gì."), field="note")
    leading.not_ahead(actor, on)
    transition = leading.lead(actor, case, "give_back", at=case.destination, seen=seen)
    if case.origin is None:
        refuse("outside", _("Nơi đi ở ngoài hệ thống; hãy liên hệ với nơi đó, việc này vẫn để chờ."))
    case.save(update_fields=["state", "version"])
    leading.step(case, "give_back", on, case.destination, note=note)
    leading.settle_duties(actor, case, transition, on)
    act().tell(
        gettext_noop("Trả lại hồ sơ chuyển sinh hoạt của đồng chí %(name)s để bổ sung: %(note)s."), about=[case],
        units=leading.sides(case), name=case.name, note=nfc(note),
    )  # fmt: skip


@action("movements.redirect_transfer", of=TransferCase)
def redirect(
    *, actor: Actor, case: TransferCase, on: date, number: str, to: Unit | None = None, to_code: str = "",
    destination_text: str = "", note: str = "", seen: int | None = None,
) -> None:  # fmt: skip
    """A wrong address, or somebody who goes on: the receiving side writes a letter of its own to another place; the
    papers do not go back (06-HD/TW, item 10.3c). The time for presenting begins again with the new letter."""
    leading.not_ahead(actor, on)
    before = case.destination
    transition = leading.lead(actor, case, "redirect", at=before, seen=seen)
    if to_code:
        to = by_code(to_code.strip(), actor.on) or to
    if to is None and not nfc(destination_text):
        refuse("destination", _("Hãy chọn nơi đến, hoặc ghi tên nơi đến ngoài hệ thống."), field="to")
    if not nfc(number):
        refuse("number", _("Hãy ghi số giấy giới thiệu."), field="number")
    if case.letter_on is not None and on < case.letter_on:
        refuse("before_letter", _("Giấy mới không thể có ngày trước giấy cũ."), field="on")
    if to is not None:
        must_stand(to, on, FAR)
        if to.pk in (case.origin_id, case.destination_id):
            refuse("same_place", _("Hãy chọn một nơi khác với nơi đi và nơi đến đang ghi."), field="to")
    leading.came_in(case, on)
    case.destination, case.destination_text = to, "" if to is not None else nfc(destination_text)
    case.custody = "carried" if case.custody == "arrived" else case.custody
    case.issuer, case.present_by = before, leading.present_by(on)
    leading.give_letter(case, number, on)
    case.save()
    leading.set_out(case, on)
    leading.step(case, "redirect", on, before, paper=case.letter_number, note=note)
    leading.settle_duties(actor, case, transition, on)
    act().tell(
        gettext_noop("Chuyển tiếp đồng chí %(name)s từ %(old)s đến %(to)s, giấy giới thiệu số %(number)s."),
        about=[case], units=[*leading.sides(case), *([before] if before else [])], name=case.name,
        old=name_of(before, on) if before else "…", to=leading.destination_name(case, on), number=case.letter_number,
    )  # fmt: skip
