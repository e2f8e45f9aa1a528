"""Asking for a correction and answering: each step leads along the table, and opens and closes its duties."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan.duties import actions as duties
from hatnhan.duties.queries import competent
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.secrets import seal, tail, unseal
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import Transition, apply
from hatnhan.members import actions as members
from hatnhan.members import queries, rules
from hatnhan.members.choices import NUMBER_KINDS
from hatnhan.members.models import Correction, Membership, Person
from hatnhan.units.queries import line_of

from .fields import LABELS, OTHER, flaw_of, kept, value_of
from .flows import CORRECTION, DUTIES, Facts


@action("members.ask_correction")
def ask_correction(
    *, actor: Actor, person: Person, field: str, right: Any, why: str, evidence: str = "", reason: str = ""
) -> Correction:
    """A member asks that a field of the own record be corrected to `right`; two duties begin with their legal limits
    (to acknowledge, to answer). Refuses a second request about the same field while one waits."""
    if actor.person_id != person.pk:
        raise NotFound("members.ask_correction")
    home = queries.last_home(person)
    if home is None:
        refuse("no_home", _("Hồ sơ của đồng chí chưa thuộc chi bộ nào. Hãy báo trực tiếp với cấp ủy."))
        raise AssertionError
    stated, evidence, why = kept(right).strip(), nfc(evidence), nfc(why)
    _check(person, field, stated, why)
    row = Correction(
        person=person, field=field, stated=seal(stated), why=why, evidence=evidence, asked_on=actor.on,
        asked_at=act().at, asked_in=act().id, tail=tail(stated) if field in NUMBER_KINDS else "",
    )  # fmt: skip
    step = apply(CORRECTION, row, "ask", actor=actor)
    row.save(force_insert=True)
    pk, role = competent(line_of(home.unit, actor.on), actor.on, without=person.account_id)
    unit = Unit.objects.get(pk=pk)
    for deadline in step.deadlines:
        duties.open_duty(
            actor=actor, kind=DUTIES[deadline], about=row.pk, deadline=deadline, on=actor.on, unit=unit, role=role,
            person=person.pk,
        )  # fmt: skip
    act().tell(
        gettext_noop("Đồng chí %(name)s đề nghị điều chỉnh: %(field)s."), about=[person, row], units=[home.unit],
        name=person.name, field=_label(field),
    )  # fmt: skip
    return row


@action("members.acknowledge_correction")
def acknowledge_correction(*, actor: Actor, row: Correction, reason: str = "") -> None:
    """The office has the request and says so."""
    home, step = _step(actor, row, "acknowledge")
    row.acknowledged_on = actor.on
    row.save(update_fields=["state", "acknowledged_on"])
    _end(actor, row, step)
    _tell(row, home, gettext_noop("Báo đã nhận đề nghị của đồng chí %(name)s: %(field)s."))


@action("members.accept_correction", of=Correction)
def accept_correction(
    *, actor: Actor, row: Correction, answer: str = "", digits: str = "", seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The record is corrected as was asked. Of a number the office writes the digits from the paper (`digits`), and
    they must be those of the request: nobody has to see it in full. Something `other` is set right by its own act
    before; the answer then says what was done. Returns warnings."""
    home, step = _step(actor, row, "accept", answer, needs_answer=row.field == OTHER)
    warnings: list[Reason] = []
    person, why = row.person, _("Theo đề nghị của đảng viên")
    if row.field in NUMBER_KINDS:
        _same_digits(row, digits)
        if not _borne(person, row):
            warnings = members.set_number(
                actor=actor, person=person, kind=row.field, digits=unseal(row.stated), on=actor.on, seen=seen
            )
    elif row.field != OTHER:
        value = value_of(row)
        if getattr(person, row.field) != value:
            members.change(actor=actor, person=person, on=actor.on, seen=seen, reason=why, **{row.field: value})
    _answered(actor, row, answer)
    _end(actor, row, step)
    _tell(row, home, gettext_noop("Điều chỉnh theo đề nghị của đồng chí %(name)s: %(field)s."))
    return warnings


@action("members.refuse_correction", of=Correction)
def refuse_correction(*, actor: Actor, row: Correction, answer: str, reason: str = "") -> None:
    """The record stays, and the member is told why."""
    home, step = _step(actor, row, "refuse", answer, needs_answer=True)
    _answered(actor, row, answer)
    _end(actor, row, step)
    _tell(row, home, gettext_noop("Không điều chỉnh theo đề nghị của đồng chí %(name)s: %(field)s."))


@action("members.withdraw_correction")
def withdraw_correction(*, actor: Actor, row: Correction, reason: str = "") -> None:
    """The member no longer asks."""
    if actor.person_id != row.person_id:
        raise NotFound("members.withdraw_correction")
    home = queries.last_home(row.person)
    step = apply(CORRECTION, row, "withdraw", actor=actor)
    _answered(actor, row, "")
    for deadline in step.ends:
        duties.withdraw(actor=actor, kind=DUTIES[deadline], about=row.pk, on=actor.on)
    _tell(row, home, gettext_noop("Đồng chí %(name)s rút đề nghị điều chỉnh: %(field)s."))


def _check(person: Person, field: str, stated: str, why: str) -> None:
    if field not in LABELS:
        refuse("field", _("Hãy chọn chỗ cần điều chỉnh."), field="field")
    if not stated:
        refuse("right", _("Hãy ghi thế nào là đúng."), field="right")
    if not why:
        refuse("why", _("Hãy ghi vì sao cần điều chỉnh."), field="why")
    if flaw := flaw_of(field, stated):
        refuse("right", flaw, field="right")
    if field in NUMBER_KINDS:
        refusals, _warnings = rules.number_blockers(field, stated, "", None)
        if refusals:
            raise Refused([Reason(one.code, one.message, field="right") for one in refusals])
    waits = Correction.objects.filter(person=person, field=field, state__in=("asked", "acknowledged"))
    if field != OTHER and waits.exists():
        refuse("open", _("Đồng chí đã có đề nghị về mục này đang chờ trả lời. Rút đề nghị cũ nếu muốn ghi lại."))


def _step(
    actor: Actor, row: Correction, verb: str, answer: str = "", *, needs_answer: bool = False
) -> tuple[Membership | None, Transition]:
    """Lead the request on, with its row held until the end of the act."""
    row.state = Correction.objects.select_for_update().values_list("state", flat=True).get(pk=row.pk)
    home = queries.last_home(row.person)
    facts = Facts(own=actor.person_id == row.person_id, answer=answer, needs_answer=needs_answer)
    step = apply(CORRECTION, row, verb, actor=actor, at=home.unit if home else 0, facts=facts)
    return home, step


def _answered(actor: Actor, row: Correction, answer: str) -> None:
    row.answered_on, row.answered_in, row.answer = actor.on, act().id, nfc(answer)
    row.save(update_fields=["state", "answered_on", "answered_in", "answer"])


def _end(actor: Actor, row: Correction, step: Transition) -> None:
    for deadline in step.ends:
        duties.close(actor=actor, kind=DUTIES[deadline], about=row.pk, on=actor.on)


def _same_digits(row: Correction, digits: str) -> None:
    typed = "".join(ch for ch in digits if ch.isdigit())
    if not typed:
        refuse("digits", _("Hãy ghi dãy số theo giấy tờ gốc."), field="digits")
    if typed != "".join(ch for ch in unseal(row.stated) if ch.isdigit()):
        text = _("Dãy số theo giấy tờ khác với số đồng chí ấy đề nghị. Hãy xem lại, hoặc trả lời không điều chỉnh.")
        refuse("digits", text, field="digits")


def _borne(person: Person, row: Correction) -> bool:
    found = queries.by_number(row.field, "".join(ch for ch in unseal(row.stated) if ch.isdigit()))
    return found is not None and found.pk == person.pk


def _tell(row: Correction, home: Membership | None, sentence: str) -> None:
    act().tell(
        sentence, about=[row.person, row], units=[home.unit] if home else [], name=row.person.name,
        field=_label(row.field),
    )  # fmt: skip


def _label(field: str) -> str:
    with override("vi"):
        return str(LABELS[field]).lower()
