"""From the ceremony to full membership: the person becomes a member by the acts of members, and by nothing else."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.admissions import queries, rules
from hatnhan.admissions.competence import way_of
from hatnhan.admissions.flows import CEREMONY, RECOGNITION, RECORD, REVIEW, VOTES
from hatnhan.admissions.models import AdmissionCase
from hatnhan.admissions.rules import Found, Vote
from hatnhan.duties import actions as duties
from hatnhan.kernel.action import action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason, Refused, refuse
from hatnhan.members import actions as members
from hatnhan.members.models import Person
from hatnhan.rulebook import sentence

from .deciding import late
from .engine import Judged, Said, owe, take


@action("admissions.hold_ceremony")
def hold_ceremony(
    *, actor: Actor, case: AdmissionCase, on: date, place: str = "", seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The ceremony in the cell: the person becomes a probationary member, for 12 months from this day (294-QĐ/TW, items
    4.1, 4.2). Time limits begin: to declare the record (38-HD/BTCTW), and to review when the 12 months are over."""
    if case.decided_on is None:
        refuse("decision", _("Chưa có quyết định kết nạp."))
    if reasons := rules.dates_blockers(case.applicant.birth, case.decided_on, on):
        raise Refused(reasons)
    ends = rules.add_months(on, rulebook.at(on)["admission.probation.months"].value)
    judged = Judged(found=late(case, CEREMONY, on))
    warned = take(
        actor, case, "hold_ceremony", on, seen, Said(place=place), judged, ceremony_on=on, probation_ends=ends
    )
    case.person = _member(actor, case, on)
    case.age = case.applicant.birth.years_on(on) if case.applicant.birth else None
    case.save(update_fields=["person", "age"])
    owe(actor, case, RECORD, "admission_cv", on, case.unit_id, "cell_secretary")
    owe(actor, case, REVIEW, "recognition_review", ends, case.unit_id, "cell_secretary")
    return warned


def _member(actor: Actor, case: AdmissionCase, on: date) -> Person:
    """The record of the new member, by the act that takes people in; of somebody who was one before, the same record
    with its gap."""
    dates: dict[str, Any] = {"decision_date": Known.of(case.decided_on or on), "ceremony_date": Known.of(on)}
    if case.person is not None:
        return members.readmit(
            actor=actor, person=case.person, unit=case.unit, on=on, decided_on=case.decided_on or on,
            decision=case.decision,
        )  # fmt: skip
    one = case.applicant
    return members.receive(
        actor=actor, unit=case.unit, on=on, name=one.name, standing="probationary", came="admitted", sex=one.sex,
        birth=one.birth, **dates,
    )  # fmt: skip


@action("admissions.declare_record")
def declare_record(
    *, actor: Actor, case: AdmissionCase, on: date, place: str = "", seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The new member has declared the member's record and sheet, within 30 working days (38-HD/BTCTW)."""
    return take(actor, case, "declare_record", on, seen, Said(place=place), Judged(found=late(case, RECORD, on)))


@action("admissions.extend_probation")
def extend_probation(
    *, actor: Actor, case: AdmissionCase, on: date, months: int, paper: str, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """Probation goes on for some months, where the province allows it; nowhere else (members.md §2.3). Once."""
    rule = rulebook.at(on, case.unit)["recognition.extension.months"]
    if not rule.value:
        text = _("Nơi này không áp dụng kéo dài thời gian dự bị. Cấp tỉnh có thể cho áp dụng ở mục quy định.")
        raise Refused(Reason("off", text, rule=rule.reference))
    if not 1 <= months <= rule.value:
        refuse("months", _("Được kéo dài từ 1 đến %(n)s tháng.") % {"n": rule.value}, field="months")
    if case.steps.filter(verb="extend_probation").exists():
        refuse("twice", _("Thời gian dự bị đã được kéo dài một lần."))
    way = way_of(case.unit, on)
    ends = rules.add_months(case.probation_ends or on, months)
    warned = take(actor, case, "extend_probation", on, seen, Said(paper), Judged(way.decider), probation_ends=ends)
    duties.withdraw(actor=actor, kind=REVIEW, about=case.pk, on=on)
    owe(actor, case, REVIEW, "recognition_review", ends, case.unit_id, "cell_secretary")
    return warned


@action("admissions.propose_recognition")
def propose_recognition(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The cell proposes recognition with two thirds, once the 12 months are over and the class of new members was
    attended (294-QĐ/TW, items 4.2, 9.3.4). The time limit of the decision begins."""
    judged = _cell(case, "propose_recognition", on)
    warned = take(actor, case, "propose_recognition", on, seen, Said(paper, place, vote), judged)
    owe(actor, case, RECOGNITION, "recognition_decide", on, way_of(case.unit, on).decider.unit, "office")
    return warned


@action("admissions.fail_recognition")
def fail_recognition(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The cell's votes on recognition were not enough. After three such votes the levels above are asked to decide
    (294-QĐ/TW, item 4.2.3): the case goes up by itself."""
    judged = _cell(case, "fail_recognition", on)
    warned = take(actor, case, "fail_recognition", on, seen, Said(paper, place, vote), judged, failed=case.failed + 1)
    if case.failed >= rulebook.at(on)["vote.recognition.max_failed"].value:
        warned += take(actor, case, "send_up", on)
        owe(actor, case, RECOGNITION, "recognition_decide", on, way_of(case.unit, on).decider.unit, "office")
    return warned


@action("admissions.appraise_recognition")
def appraise_recognition(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", place: str = "", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The cell's resolution on recognition is appraised (06-HD/TW, item 13.3)."""
    way = way_of(case.unit, on)
    return take(actor, case, "appraise_recognition", on, seen, Said(paper, place), Judged(way.section or way.decider))


@action("admissions.base_recognition")
def base_recognition(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The grassroots committee proposes recognition with two thirds (294-QĐ/TW, item 9.3.4)."""
    return take(actor, case, "base_recognition", on, seen, Said(paper, place, vote), _base(case, on))


@action("admissions.extend_recognition")
def extend_recognition(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", seen: int | None = None, reason: str
) -> list[Reason]:
    """A special case: 15 working days more for the decision on recognition (294-QĐ/TW, item 4.3.1). Once, with a
    reason."""
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do gia hạn."), field="reason")
    if case.steps.filter(verb="extend_recognition").exists():
        refuse("twice", _("Hồ sơ này đã được gia hạn một lần."))
    proposed = case.steps.filter(verb="propose_recognition").order_by("-pk").values_list("day", flat=True).first() or on
    if rulebook.at(proposed).get("deadline.recognition_decide_extended") is None:
        refuse("no_extension", _("Quy định ngày chi bộ ra nghị quyết không có gia hạn."))
    way = way_of(case.unit, on)
    warned = take(actor, case, "extend_recognition", on, seen, Said(paper), Judged(way.decider))
    duties.withdraw(actor=actor, kind=RECOGNITION, about=case.pk, on=on)
    owe(actor, case, RECOGNITION, "recognition_decide_extended", proposed, way.decider.unit, "office")
    return warned


@action("admissions.recognise")
def recognise(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, decision: str, place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The decision on recognition. The official day is the end of probation, however late the decision (294-QĐ/TW, item
    4.2.2; 06-HD/TW, item 4.2)."""
    if not decision.strip():
        refuse("decision", _("Hãy ghi số quyết định."), field="decision")
    way, official = way_of(case.unit, on), case.probation_ends or on
    found = late(case, RECOGNITION, on)
    if way.base is not None and case.state not in ("recognition_base", "sent_up"):
        text = _("%(who)s chưa có nghị quyết nên chưa quyết định được.") % {"who": way.base.words}
        found += rules.by_rule(way.base.rule, "base", text)
    judged = Judged(way.decider, way.vote, None, found)
    warned = take(
        actor, case, "recognise", on, seen, Said(decision, place, vote), judged, official_on=official, ended_on=on
    )
    members.recognise(actor=actor, person=_person(case), on=official, decision=decision.strip()[:60])
    return warned


@action("admissions.propose_strike")
def propose_strike(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The cell proposes with two thirds to strike a probationary member off (06-HD/TW, item 4.6)."""
    rule = rulebook.at(on)[VOTES["propose_strike"]]
    judged = Judged(None, rule, queries.bounds_of(case.unit, on))
    return take(actor, case, "propose_strike", on, seen, Said(paper, place, vote), judged)


@action("admissions.base_strike")
def base_strike(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The grassroots committee proposes it with two thirds (06-HD/TW, item 4.6)."""
    way = way_of(case.unit, on, "strike_off_decide")
    if way.base is None:
        refuse("no_base", _("Hồ sơ của chi bộ này không qua đảng ủy cơ sở."))
    judged = Judged(way.base, rulebook.at(on)[VOTES["base_strike"]])
    return take(actor, case, "base_strike", on, seen, Said(paper, place, vote), judged)


@action("admissions.strike_off")
def strike_off(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, decision: str, place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The level that admits strikes off (06-HD/TW, items 4.6, 11.1)."""
    if not decision.strip():
        refuse("decision", _("Hãy ghi số quyết định."), field="decision")
    way, found = way_of(case.unit, on, "strike_off_decide"), Found()
    if way.base is not None and case.state == "strike_cell":
        text = _("%(who)s chưa có nghị quyết nên chưa quyết định được.") % {"who": way.base.words}
        found = rules.by_rule(way.base.rule, "base", text)
    judged = Judged(way.decider, way.vote, None, found)
    warned = take(actor, case, "strike_off", on, seen, Said(decision, place, vote), judged, ended_on=on)
    members.leave(actor=actor, person=_person(case), how="struck_off", on=on, decision=decision.strip()[:60])
    return warned


@action("admissions.annul")
def annul(
    *, actor: Actor, case: AdmissionCase, on: date, decision: str, consent: str = "", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """A wrongful admission, where the standards were not met: the level that decided annuls and the name is struck;
    where that level has gone or another is competent now, the present one does with its superior's written consent,
    whose number is `consent` (294-QĐ/TW, item 4.4; 38-HD/BTCTW, item I.3)."""
    if not decision.strip():
        refuse("decision", _("Hãy ghi số quyết định hủy."), field="decision")
    way = way_of(case.unit, on, "admission_annul")
    if case.decided_at_id not in (None, way.decider.unit) and not consent.strip():
        text = _("Quyết định kết nạp do nơi khác ban hành: cần đồng ý bằng văn bản của cấp trên trước khi hủy.")
        refuse("consent", text, field="consent", source=sentence(way.decider.rule), rule=way.decider.rule.reference)
    was_member = case.person_id is not None and case.ceremony_on is not None
    said = Said(decision, consent)
    warned = take(actor, case, "annul", on, seen, said, Judged(way.decider), ended_on=on, end_reason="standards")
    if was_member:
        members.leave(actor=actor, person=_person(case), how="annulled", on=on, decision=decision.strip()[:60])
    return warned


@action("admissions.restate_decision")
def restate_decision(
    *, actor: Actor, case: AdmissionCase, on: date, decision: str, place: str = "", seen: int | None = None,
    reason: str,
) -> list[Reason]:  # fmt: skip
    """The standards were met, but competence or procedure were wrong: only the wrong steps are done again, and the new
    decision states the same days of admission and full membership (294-QĐ/TW, item 4.4). Refuses without a reason."""
    if not decision.strip():
        refuse("decision", _("Hãy ghi số quyết định."), field="decision")
    if not reason.strip():
        refuse("reason", _("Hãy ghi bước nào đã làm sai."), field="reason")
    way = way_of(case.unit, on, "admission_annul")
    said, judged = Said(decision, place), Judged(way.decider)
    return take(actor, case, "restate_decision", on, seen, said, judged, decision=decision.strip()[:60])


def _person(case: AdmissionCase) -> Person:
    return Person.objects.get(pk=case.person_id or 0)


def _cell(case: AdmissionCase, verb: str, on: date) -> Judged:
    given = queries.certificate_of(case.applicant, "new_member", on)
    months = rulebook.at(on)["admission.probation.months"]
    found = rules.recognition_blockers(on, case.probation_ends or on, given.issued_on if given else None, months)
    return Judged(None, rulebook.at(on)[VOTES[verb]], queries.bounds_of(case.unit, on), found)


def _base(case: AdmissionCase, on: date) -> Judged:
    way = way_of(case.unit, on)
    if way.base is None:
        refuse("no_base", _("Hồ sơ của chi bộ này không qua đảng ủy cơ sở."))
    return Judged(way.base, rulebook.at(on)[VOTES["base_recognition"]])
