"""One step of a case: the right, the order of days, the vote, what rules say, the row of the step, the duties that end.
Every act upon a case goes through `take`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hatnhan import rulebook
from hatnhan.admissions import queries
from hatnhan.admissions.competence import Body
from hatnhan.admissions.flows import ADMISSION, FAILING, RULES
from hatnhan.admissions.models import AdmissionCase, Step
from hatnhan.admissions.permissions import DECIDE
from hatnhan.admissions.rules import Bounds, Found, Vote, day_blockers, vote_blockers
from hatnhan.duties import actions as duties
from hatnhan.kernel.action import act
from hatnhan.kernel.actor import Actor, Forbidden
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason, Refused
from hatnhan.kernel.vietnamese import nfc
from hatnhan.kernel.workflow import Transition, apply
from hatnhan.rulebook import Rule
from hatnhan.rulebook.spoken import spoke
from hatnhan.rulebook.votes import required_votes
from hatnhan.units.queries import name_of


@dataclass(frozen=True)
class Said:
    """What is written down of a step beside its day: the paper's number, where it lies, the vote."""

    paper: str = ""
    place: str = ""
    vote: Vote | None = None


@dataclass(frozen=True)
class Judged:
    """Who takes a step and what it is judged by: the body (None: the cell), the rule of its majority, the bounds of the
    vote's base, and what rules found."""

    body: Body | None = None
    majority: Rule | None = None
    bounds: Bounds | None = None
    found: Found = field(default_factory=Found)


def hold(case: AdmissionCase, seen: int | None) -> None:
    """Hold the case's row until the end of the act. Refuses when somebody else has changed it since it was seen."""
    now = AdmissionCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if seen is not None and now.version != seen:
        text = _("Trong lúc đồng chí đang ghi, người khác đã thay đổi hồ sơ này. Hãy xem lại rồi ghi lần nữa.")
        raise Refused(Reason("stale", text))
    for name in [one.attname for one in AdmissionCase._meta.concrete_fields]:
        setattr(case, name, getattr(now, name))


def take(
    actor: Actor, case: AdmissionCase, verb: str, on: date, seen: int | None = None, said: Said | None = None,
    judged: Judged | None = None, **changes: Any,
) -> list[Reason]:  # fmt: skip
    """Lead the case along the table on a day and write the step down; `changes` are columns of the case that follow.
    Returns what unsure rules have against it. Refuses what stands in the way, and changes nothing then."""
    said, judged = said or Said(), judged or Judged()
    hold(case, seen)
    facts = queries.vetting_facts(case, on, actor.on)
    step = _along(actor, case, verb, facts, judged)
    found = judged.found + Found(tuple(day_blockers(facts)))
    if said.vote is not None and judged.majority is not None:
        found += vote_blockers(said.vote, judged.majority, verb in FAILING, judged.bounds)
    if found.strict:
        raise Refused(found.strict)
    for name, value in changes.items():
        setattr(case, name, value)
    case.since, case.version = on, case.version + 1
    case.save()
    rule = judged.majority or rulebook.at(on).get(RULES.get(verb, ""))
    _write(case, step, on, said, judged, rule, found)
    for kind in step.ends:
        duties.close(actor=actor, kind=kind, about=case.pk, on=on)
    _tell(actor, case, step, on, rule, judged)
    return list(found.soft)


def _along(actor: Actor, case: AdmissionCase, verb: str, facts: Any, judged: Judged) -> Transition:
    one = ADMISSION.find(case.state, verb)
    if one is not None and one.permission is not None:
        at = judged.body.unit if judged.body and one.permission == DECIDE else case.unit_id
        if not actor.can(one.permission, at=at):
            raise Forbidden(one.permission)
    return apply(ADMISSION, case, verb, actor=actor, at=judged.body.unit if judged.body else case.unit_id, facts=facts)


def _write(
    case: AdmissionCase, step: Transition, on: date, said: Said, judged: Judged, rule: Rule | None, found: Found
) -> None:
    votes: dict[str, Any] = {}
    if said.vote is not None:
        needed = required_votes(said.vote.base, judged.majority.value) if judged.majority else None
        votes = {
            "base": said.vote.base, "in_favour": said.vote.in_favour, "against": said.vote.against,
            "method": said.vote.method, "needed": needed,
        }  # fmt: skip
    Step.objects.create(
        case=case, verb=step.verb, state=step.target, day=on, unit_id=judged.body.unit if judged.body else case.unit_id,
        body=judged.body.body if judged.body else "", rule=rule.reference if rule else "", paper=nfc(said.paper),
        place=nfc(said.place), warned=",".join(one.code for one in found.soft)[:200], recorded_at=act().at,
        recorded_in=act().id, **votes,
    )  # fmt: skip
    for one in (rule, *[reason.rule for reason in found.soft]):
        spoke(one.reference if isinstance(one, Rule) else one or "")


def _tell(actor: Actor, case: AdmissionCase, step: Transition, on: date, rule: Rule | None, judged: Judged) -> None:
    """The log names the case by its number: applicants are outsiders whose names are erased one day."""
    with override("vi"):
        what = str(step.label)
    unit = judged.body.unit if judged.body else case.unit_id
    units = [case.unit] if unit == case.unit_id else [case.unit, Unit.objects.get(pk=unit)]
    act().tell(
        gettext_noop("Hồ sơ kết nạp số %(number)s của %(unit)s: %(what)s, ngày %(on)s."), about=[case], units=units,
        number=case.pk, unit=name_of(case.unit_id, on), what=what, on=Known.of(on),
        rule=rule.reference if rule else "",
    )  # fmt: skip


def owe(actor: Actor, case: AdmissionCase, kind: str, deadline: str, on: date, unit: int, role: str) -> None:
    """A time limit begins, where the rulebook of the day knows it."""
    if rulebook.at(on).get(f"deadline.{deadline}") is not None:
        duties.open_duty(
            actor=actor, kind=kind, about=case.pk, deadline=deadline, on=on, unit=Unit.objects.get(pk=unit), role=role,
            person=case.person_id,
        )  # fmt: skip
