"""The steps of a badge up to the province: declared, considered, adopted, proposed; sent back, waiting, given up."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hatnhan import rulebook
from hatnhan.duties import actions as duties
from hatnhan.kernel.action import act, action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.kernel.vietnamese import nfc
from hatnhan.members.models import Person
from hatnhan.members.queries import last_home
from hatnhan.rulebook.spoken import spoke

from ...models import Badge, BadgeCase, BadgeStep
from ...permissions import CELL
from .. import queries
from ..choices import DEATH_DUTY, DECLARED_BY, KINDS, OUTSIDE_BATCHES
from ..levels import line_of
from ..rules import Facts, batch_of, due_on, objections
from .walking import hold, note_step, pass_on, tell, walk


@action("honours.declare_badge", of=BadgeCase)
def declare(
    *, actor: Actor, person: Person, level: int, on: date, kind: str = "ordinary", declared_by: str = "member",
    evidence: str = "", explanation: str = "", urgent: bool = False, despite: bool = False, reason: str = "",
) -> BadgeCase:  # fmt: skip
    """A declaration for a badge came in at the cell. What a verified rule objects to is refused; what an unsure one
    does is refused unless `despite`. Refuses a level that was awarded or is under way."""
    home = last_home(person)
    if home is None:
        refuse("home", _("Chưa ghi đồng chí này sinh hoạt ở đâu."))
    actor.require(CELL, at=home.unit)
    if kind not in KINDS or declared_by not in DECLARED_BY:
        refuse("kind", _("Hãy chọn trường hợp đề nghị."), field="kind")
    if on > actor.on:
        raise Refused(Reason("future", _("Ngày này chưa tới; chỉ ghi việc đã làm."), field="on"))
    evidence, explanation = nfc(evidence), nfc(explanation)
    facts = queries.facts_of(person, on, evidence=bool(evidence), explained=bool(explanation))
    doubted = _judged(level, kind, facts, on, despite)
    others = BadgeCase.objects.filter(person=person, level=level).exclude(state__in=("refused", "withdrawn"))
    again = others.filter(kind="reissue").exclude(state="awarded")
    if (again if kind == "reissue" else others.exclude(kind="reissue")).exists():
        told = _("Đề nghị tặng Huy hiệu %(level)s năm của đồng chí này đã ghi rồi.") % {"level": level}
        raise Refused(Reason("twice", told, field="level"))
    if kind == "reissue" and Badge.objects.unvoided().filter(person=person, level=level, state="held").exists():
        told = _("Huy hiệu %(level)s năm của đồng chí này đang ghi là còn giữ; hãy báo mất trước.") % {"level": level}
        raise Refused(Reason("still_held", told, field="kind"))
    due = due_on(facts.base or on, level)
    window = None if kind in OUTSIDE_BATCHES else batch_of(max(due, on if kind == "late" else due), rulebook.at(on))
    case = BadgeCase.objects.create(
        person=person, unit=home.unit, level=level, kind=kind, due=due, batch_day=window.day if window else None,
        declared_on=on, declared_by=declared_by, evidence=evidence, explanation=explanation, urgent=urgent,
        recorded_at=act().at, recorded_in=act().id,
    )  # fmt: skip
    note_step(actor, case, "declare", on, "", None, None, "")
    tell(gettext_noop("Nhận tờ khai Huy hiệu %(level)s năm của đồng chí %(name)s, ngày %(on)s."), case, on=Known.of(on))
    for rule in doubted:
        act().tell(gettext_noop("Đã báo trước khi ghi: theo %(rule)s thì chưa đúng."), rule=rule)
    pass_on(actor, case, "", line_of(home.unit, on), on)
    if kind == "posthumous":
        duties.close(actor=actor, kind=DEATH_DUTY, about=person.pk, on=actor.on)
    return case


def _judged(level: int, kind: str, facts: Facts, on: date, despite: bool) -> list[str]:
    """Raises what refuses; of what only warns the rules, once it was read."""
    found = objections(level, kind, facts, on, rulebook.at(on))
    for one in found:
        if one.rule is not None:
            spoke(one.rule.reference)
    if hard := [one.reason for one in found if one.refuses]:
        raise Refused(hard)
    if found and not despite:
        text = _("%(said)s Nếu cấp ủy vẫn đề nghị, hãy đánh dấu “Vẫn ghi”.")
        raise Refused(
            [
                Reason("unsure", text % {"said": one.reason.message}, one.reason.field, source=one.reason.source,
                       rule=one.reason.rule)
                for one in found
            ]
        )  # fmt: skip
    return [one.rule.reference for one in found if one.rule is not None]


@action("honours.review_badge", of=BadgeStep)
def review(
    *, actor: Actor, case: BadgeCase, on: date, paper: str = "", in_favour: int | None = None, base: int | None = None,
    note: str = "", seen: int | None = None, reason: str = "",
) -> None:  # fmt: skip
    """The cell resolves to propose, with its vote. Refuses while somebody must still wait after discipline."""
    hold(case, seen)
    until = queries.postponed([case.person_id], on).get(case.person_id)
    if until is not None:
        raise Refused(Reason("postponed", _("Chưa xét được vào lúc này. Hãy hỏi nơi giữ hồ sơ."), field="on"))
    walk(
        actor=actor, case=case, verb="review", on=on, line=line_of(case.unit_id, on), paper=paper,
        in_favour=in_favour, base=base, note=note,
        sentence=gettext_noop("Chi bộ đề nghị tặng Huy hiệu %(level)s năm cho đồng chí %(name)s, ngày %(on)s."),
    )  # fmt: skip


@action("honours.adopt_badge", of=BadgeStep)
def adopt(
    *, actor: Actor, case: BadgeCase, on: date, paper: str, in_favour: int | None = None, base: int | None = None,
    note: str = "", seen: int | None = None, reason: str = "",
) -> None:  # fmt: skip
    """The grassroots committee resolves, lists and writes to the level above."""
    hold(case, seen)
    _paper(paper)
    walk(
        actor=actor, case=case, verb="adopt", on=on, line=line_of(case.unit_id, on), paper=paper, in_favour=in_favour,
        base=base, note=note,
        sentence=gettext_noop("Cấp ủy cơ sở đề nghị tặng Huy hiệu %(level)s năm cho đồng chí %(name)s, ngày %(on)s."),
    )  # fmt: skip


@action("honours.propose_badge", of=BadgeStep)
def propose(
    *, actor: Actor, case: BadgeCase, on: date, paper: str, note: str = "", seen: int | None = None, reason: str = ""
) -> None:
    """The level directly above proposes to the province."""
    hold(case, seen)
    _paper(paper)
    walk(
        actor=actor, case=case, verb="propose", on=on, line=line_of(case.unit_id, on), paper=paper, note=note,
        sentence=gettext_noop("Trình tỉnh tặng Huy hiệu %(level)s năm cho đồng chí %(name)s, ngày %(on)s."),
    )  # fmt: skip


@action("honours.send_back_badge")
def send_back(*, actor: Actor, case: BadgeCase, on: date, note: str, seen: int | None = None, reason: str = "") -> None:
    """The dossier goes back to be completed; it says what is missing."""
    hold(case, seen)
    _note(note)
    walk(
        actor=actor, case=case, verb="send_back", on=on, line=line_of(case.unit_id, on), note=note,
        sentence=gettext_noop("Trả lại hồ sơ Huy hiệu %(level)s năm của đồng chí %(name)s để bổ sung, ngày %(on)s."),
    )  # fmt: skip


@action("honours.complete_badge")
def complete(
    *, actor: Actor, case: BadgeCase, on: date, note: str = "", seen: int | None = None, reason: str = ""
) -> None:
    """What was missing is there, or the wait is over: the cell considers it anew."""
    hold(case, seen)
    walk(
        actor=actor, case=case, verb="complete", on=on, line=line_of(case.unit_id, on), note=note,
        sentence=gettext_noop("Hồ sơ Huy hiệu %(level)s năm của đồng chí %(name)s đã bổ sung, ngày %(on)s."),
    )  # fmt: skip


@action("honours.postpone_badge")
def postpone(
    *, actor: Actor, case: BadgeCase, on: date, note: str = "", seen: int | None = None, reason: str = ""
) -> None:
    """It is not considered for now; the reason stays where it belongs."""
    hold(case, seen)
    walk(
        actor=actor, case=case, verb="postpone", on=on, line=line_of(case.unit_id, on), note=note,
        sentence=gettext_noop("Chưa xét Huy hiệu %(level)s năm của đồng chí %(name)s, ngày %(on)s."),
    )  # fmt: skip


@action("honours.refuse_badge")
def refuse_award(
    *, actor: Actor, case: BadgeCase, on: date, note: str, seen: int | None = None, reason: str = ""
) -> None:
    """It is not awarded, with the reason."""
    hold(case, seen)
    _note(note)
    walk(
        actor=actor, case=case, verb="refuse", on=on, line=line_of(case.unit_id, on), note=note,
        sentence=gettext_noop("Không tặng Huy hiệu %(level)s năm cho đồng chí %(name)s, ngày %(on)s."),
    )  # fmt: skip


@action("honours.withdraw_badge")
def withdraw(
    *, actor: Actor, case: BadgeCase, on: date, note: str = "", seen: int | None = None, reason: str = ""
) -> None:
    """The declaration is taken back."""
    hold(case, seen)
    walk(
        actor=actor, case=case, verb="withdraw", on=on, line=line_of(case.unit_id, on), note=note,
        sentence=gettext_noop("Rút tờ khai Huy hiệu %(level)s năm của đồng chí %(name)s, ngày %(on)s."),
    )  # fmt: skip


def _paper(paper: str) -> None:
    if not nfc(paper):
        raise Refused(Reason("paper", _("Hãy ghi số văn bản."), field="paper"))


def _note(note: str) -> None:
    if not nfc(note):
        raise Refused(Reason("note", _("Hãy ghi rõ vì sao, còn thiếu gì."), field="note"))
