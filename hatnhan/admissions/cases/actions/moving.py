"""An applicant who moves, or dies, before becoming a member (06-HD/TW, item 3.9: the table is data)."""

from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.admissions import rules
from hatnhan.admissions.competence import way_of
from hatnhan.admissions.flows import FORWARD, MOVED, POOL, REEXAMINE, SENT
from hatnhan.admissions.models import AdmissionCase, Helper, Introducer
from hatnhan.duties import actions as duties
from hatnhan.duties.holidays import calendar_of
from hatnhan.kernel.action import action, end, void
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, refuse
from hatnhan.kernel.tree import must_stand
from hatnhan.kernel.working_days import between

from .engine import Judged, Said, hold, owe, take

LATE = 30  # working days after the move in which a decision still holds (06-HD/TW, item 3.9)


@action("admissions.move")
def move(
    *, actor: Actor, case: AdmissionCase, to: Unit | None, on: date, paper: str = "", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The applicant moves to another cell, or with `to` None out of this installation. What follows depends on how far
    the case is: the cell goes on, the dossier is forwarded and decided within time limits, or the decision goes along,
    or is annulled (06-HD/TW, item 3.9)."""
    hold(case, seen)
    if to is None:
        judged = Judged(way_of(case.unit, on).decider)
        warned = take(actor, case, "move_out", on, None, Said(paper), judged, ended_on=on, end_reason="moved")
        _let_go(case, on)
        return warned
    must_stand(to, on, on.replace(year=on.year + 1, day=min(on.day, 28)))
    if to.pk == case.unit_id:
        refuse("already_there", _("Hồ sơ đã ở chi bộ này."), field="to")
    old, new = way_of(case.unit, on).decider, way_of(to, on).decider
    point = point_of(case, on, same=old.unit == new.unit)
    verb = {"decided_late": "move_late"}.get(point, "move_decided" if case.state == "decided" else "move")
    changes: dict[str, object] = {"unit_id": to.pk, "moved_on": on}
    if point == "decided_late":
        changes |= {"decided_on": None, "decision": "", "decided_at_id": None, "received_on": None}
    warned = take(actor, case, verb, on, None, Said(paper), Judged(old), **changes)
    case.unit = to
    _let_go(case, on)
    _owed(actor, case, point, on, old.unit, new.unit)
    return warned


def point_of(case: AdmissionCase, on: date, *, same: bool) -> str:
    """How far the case is, as the table has it; a decision is late when it lies more than 30 working days after the
    move was recorded."""
    late = False
    if case.decided_on is not None and case.moved_on is not None and case.decided_on > case.moved_on:
        calendar = calendar_of(case.moved_on, case.decided_on, on)
        late = between(case.moved_on, case.decided_on, calendar) > LATE
    elif case.decided_on is not None and on < case.decided_on:
        late = between(on, case.decided_on, calendar_of(on, case.decided_on, case.decided_on)) > LATE
    return rules.move_point(case.state, case.decided_on, late, same)


@action("admissions.petition")
def petition(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The new side found a defect in what was done: the level that issued it examines again within 60 working days
    (06-HD/TW, item 3.9)."""
    if not paper.strip():
        refuse("paper", _("Hãy ghi số văn bản kiến nghị."), field="paper")
    way = way_of(case.unit, on)
    warned = take(actor, case, "petition", on, seen, Said(paper), Judged(way.decider))
    owe(actor, case, REEXAMINE, "admission_reexamine", on, case.decided_at_id or way.decider.unit, "office")
    return warned


@action("admissions.answer_petition")
def answer_petition(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The level that issued it has examined again."""
    if not paper.strip():
        refuse("paper", _("Hãy ghi số văn bản trả lời."), field="paper")
    way = way_of(case.unit, on)
    return take(actor, case, "answer_petition", on, seen, Said(paper), Judged(way.decider))


@action("admissions.record_death")
def record_death(
    *, actor: Actor, case: AdmissionCase, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The applicant has died before becoming a member."""
    warned = take(actor, case, "record_death", on, seen, ended_on=on, end_reason="died")
    _let_go(case, on)
    return warned


def _let_go(case: AdmissionCase, on: date) -> None:
    """Whoever helped and introduced at the old place no longer does; those who take over are replacements."""
    rows: list[Helper | Introducer] = [*Helper.objects.on(on).filter(applicant=case.applicant)]
    rows += [*Introducer.objects.on(on).filter(case=case)] if case.state in (*POOL, "moved_out", "deceased") else []
    for row in rows:
        if row.valid_from < on:
            end(row, on)
        else:
            void(row)


def _owed(actor: Actor, case: AdmissionCase, point: str, on: date, old: int, new: int) -> None:
    """The time limits of the move: to forward at the old level, to decide at the new one."""
    duties.withdraw(actor=actor, kind="admissions.decision", about=case.pk, on=on)
    duties.withdraw(actor=actor, kind="admissions.base", about=case.pk, on=on)
    if case.state not in SENT:
        return
    owe(actor, case, FORWARD, "admission_forward", on, old, "office")
    if rulebook.at(on).get("deadline.admission_decide_moved") is not None:
        owe(actor, case, MOVED, "admission_decide_moved", on, new, "office")


@action("admissions.forward")
def forward(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The old level has sent letter and dossier on to the new one."""
    return take(actor, case, "forward", on, seen, Said(paper))
