"""From the cell's review to the decision: votes, appraisal, the grassroots committee, the level that decides."""

from datetime import date

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.admissions import queries, rules
from hatnhan.admissions.competence import Body, Way, way_of
from hatnhan.admissions.flows import BASE, CEREMONY, DECISION, MOVED, VOTES
from hatnhan.admissions.models import AdmissionCase
from hatnhan.admissions.rules import Found, Vote
from hatnhan.duties import actions as duties
from hatnhan.duties.models import Duty
from hatnhan.kernel.action import action
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason, refuse

from .engine import Judged, Said, owe, take


@action("admissions.review")
def review(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The cell resolves with two thirds to propose admission (294-QĐ/TW, item 9.3.4; 06-HD/TW, item 3.6). Two time
    limits begin, by the regulation of this day: for the grassroots committee and for the decision."""
    found = rules.review_blockers(queries.review_facts(case, on), rulebook.at(on, case.unit))
    warned = take(
        actor, case, "review", on, seen, Said(paper, place, vote), _cell(case, "review", on, found), reviewed_on=on
    )
    _decision_owed(actor, case, on)
    return warned


@action("admissions.reject")
def reject(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The cell's votes were not enough; the numbers are reported upwards all the same (06-HD/TW, item 5.1)."""
    return take(actor, case, "reject", on, seen, Said(paper, place, vote), _cell(case, "reject", on))


@action("admissions.reconsider")
def reconsider(
    *, actor: Actor, case: AdmissionCase, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The cell considers somebody again who was not agreed to."""
    return take(actor, case, "reconsider", on, seen)


@action("admissions.appraise")
def appraise(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", place: str = "", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The sectional committee appraises the cell's resolution (06-HD/TW, item 13.3); of a village cell directly under a
    commune, the commune's own body."""
    way = way_of(case.unit, on)
    return take(actor, case, "appraise", on, seen, Said(paper, place), Judged(way.section or way.decider))


@action("admissions.base_review")
def base_review(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The grassroots committee resolves with two thirds of its members (294-QĐ/TW, item 9.3.4; 06-HD/TW, item 3.6)."""
    judged = _base(case, "base_review", on)
    return take(actor, case, "base_review", on, seen, Said(paper, place, vote), judged)


@action("admissions.base_reject")
def base_reject(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, paper: str = "", place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The grassroots committee's votes were not enough."""
    judged = _base(case, "base_reject", on)
    return take(actor, case, "base_reject", on, seen, Said(paper, place, vote), judged, reviewed_on=None)


@action("admissions.return_dossier")
def return_dossier(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", seen: int | None = None, reason: str
) -> list[Reason]:
    """Given back to the cell to be completed: the cell reviews anew. Refuses without a reason."""
    if not reason.strip():
        refuse("reason", _("Hãy ghi cần bổ sung gì."), field="reason")
    way = way_of(case.unit, on)
    body = way.base or way.decider
    return take(actor, case, "return_dossier", on, seen, Said(paper), Judged(body), reviewed_on=None)


@action("admissions.extend_decision")
def extend_decision(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str = "", seen: int | None = None, reason: str
) -> list[Reason]:
    """A special case: 15 working days more, from the rule of the day of the cell's resolution (294-QĐ/TW, 4.3.1).
    Refuses without a reason, twice, and where the rule of that day knows no extension."""
    begun = case.reviewed_on or on
    if not reason.strip():
        refuse("reason", _("Hãy ghi lý do gia hạn."), field="reason")
    if rulebook.at(begun).get("deadline.admission_decide_extended") is None:
        text = _("Quy định ngày %(day)s, ngày chi bộ ra nghị quyết, không có gia hạn.")
        refuse("no_extension", text % {"day": Known.of(begun)})
    if case.steps.filter(verb="extend_decision", day__gte=begun).exists():
        refuse("twice", _("Hồ sơ này đã được gia hạn một lần."))
    way = way_of(case.unit, on)
    warned = take(actor, case, "extend_decision", on, seen, Said(paper), Judged(way.decider))
    duties.withdraw(actor=actor, kind=DECISION, about=case.pk, on=on)
    owe(actor, case, DECISION, "admission_decide_extended", begun, way.decider.unit, "office")
    return warned


@action("admissions.consent")
def record_consent(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The written consent of the province to a re-admission or to an admission past the age (294-QĐ/TW, items 1.1.2,
    3.5), before the decision. Refuses without the number of the paper."""
    if not paper.strip():
        refuse("paper", _("Hãy ghi số văn bản đồng ý."), field="paper")
    return take(actor, case, "consent", on, seen, Said(paper), consent_on=on, consent_paper=paper.strip()[:60])


@action("admissions.decide", of=AdmissionCase)
def decide(
    *, actor: Actor, case: AdmissionCase, on: date, vote: Vote, decision: str, place: str = "",
    seen: int | None = None, reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The competent level decides by more than half, a grassroots committee with delegation by two thirds
    (294-QĐ/TW, item 4.3; 06-HD/TW, item 3.7): one decision per person with its own number. Late is late, and said; a
    decision before the review, without the steps of the way, or by nobody competent is refused."""
    if not decision.strip():
        refuse("decision", _("Hãy ghi số quyết định; mỗi người một quyết định riêng."), field="decision")
    way = way_of(case.unit, on)
    found = _way_blockers(case, way) + _consent_blockers(case, on) + late(case, DECISION, on)
    if case.reviewed_on is None or on < case.reviewed_on:
        found += rules.plainly("review", _("Chi bộ chưa xét nên chưa quyết định được."), field="on")
    said, judged = Said(decision, place, vote), Judged(way.decider, way.vote, None, found)
    warned = take(
        actor, case, "decide", on, seen, said, judged, decided_on=on, decision=decision.strip()[:60],
        decided_at_id=way.decider.unit,
    )  # fmt: skip
    if rulebook.at(on)["admission.ceremony.counted_from"].value == "issued":
        owe(actor, case, CEREMONY, "admission_ceremony", on, case.unit_id, "cell_secretary")
    return warned


@action("admissions.decline")
def decline(
    *, actor: Actor, case: AdmissionCase, on: date, paper: str, place: str = "", seen: int | None = None,
    reason: str = "",
) -> list[Reason]:  # fmt: skip
    """The competent level does not admit; the result is told either way (294-QĐ/TW, item 4.3.1). Refuses without the
    number of the notice."""
    if not paper.strip():
        refuse("paper", _("Hãy ghi số thông báo kết quả gửi chi bộ."), field="paper")
    way = way_of(case.unit, on)
    found = late(case, DECISION, on)
    return take(
        actor, case, "decline", on, seen, Said(paper, place), Judged(way.decider, None, None, found), ended_on=on
    )


@action("admissions.receive_decision")
def receive_decision(
    *, actor: Actor, case: AdmissionCase, on: date, seen: int | None = None, reason: str = ""
) -> list[Reason]:
    """The cell has the decision. Where the rule of the decision's day counts from receipt, the time limit of the
    ceremony begins (294-QĐ/TW, item 4.1; from 26/7/2026 it runs from issue)."""
    if case.received_on is not None:
        refuse("twice", _("Đã ghi ngày nhận quyết định."))
    warned = take(actor, case, "receive_decision", on, seen, received_on=on)
    decided = case.decided_on or on
    if rulebook.at(decided)["admission.ceremony.counted_from"].value == "received":
        owe(actor, case, CEREMONY, "admission_ceremony", on, case.unit_id, "cell_secretary")
    return warned


def late(case: AdmissionCase, kind: str, on: date) -> Found:
    """That the time limit had passed on the day: said and written down, never a refusal."""
    duty = Duty.objects.filter(kind=kind, about=case.pk, state="open", due__lt=on).first()
    if duty is None:
        return Found()
    text = _("Quá hạn: phải xong trước hết ngày %(due)s (%(n)s ngày, %(document)s).")
    told = {"due": Known.of(duty.due), "n": duty.n, "document": duty.document}
    return Found(soft=(Reason("late", text % told, field="on", rule=f"{duty.rule}@"),))


def _decision_owed(actor: Actor, case: AdmissionCase, on: date) -> None:
    way = way_of(case.unit, on)
    owe(actor, case, DECISION, "admission_decide", on, way.decider.unit, "office")
    if way.base is not None:
        owe(actor, case, BASE, "admission_base", on, way.base.unit, "office")
    duties.withdraw(actor=actor, kind=MOVED, about=case.pk, on=on)


def _cell(case: AdmissionCase, verb: str, on: date, found: Found | None = None) -> Judged:
    rule = rulebook.at(on)[VOTES[verb]]
    return Judged(None, rule, queries.bounds_of(case.unit, on), found or Found())


def _base(case: AdmissionCase, verb: str, on: date) -> Judged:
    way = way_of(case.unit, on)
    found = Found()
    if way.base is None:
        text = _("Hồ sơ của chi bộ này không qua đảng ủy cơ sở; %(who)s quyết định.")
        refuse("no_base", text % {"who": way.decider.words})
    if way.section is not None and case.state == "cell_resolved":
        found = rules.by_rule(way.section.rule, "section", _needs(way.section))
    return Judged(way.base, rulebook.at(on)[VOTES[verb]], None, found)


def _way_blockers(case: AdmissionCase, way: Way) -> Found:
    """The levels between the cell and whoever decides have spoken."""
    if way.section is not None and case.state == "cell_resolved":
        return rules.by_rule(way.section.rule, "section", _needs(way.section))
    if way.base is not None and case.state != "base_resolved":
        text = _("%(who)s chưa có nghị quyết nên chưa quyết định được.") % {"who": way.base.words}
        return rules.by_rule(way.base.rule, "base", text)
    return Found()


def _needs(body: Body) -> str:
    return _("%(who)s chưa thẩm định nghị quyết của chi bộ.") % {"who": body.words}


def _consent_blockers(case: AdmissionCase, on: date) -> Found:
    facts = queries.review_facts(case, case.reviewed_on or on)
    consent = case.consent_on is not None and case.consent_on <= on
    book = rulebook.at(case.reviewed_on or on, case.unit)
    found = rules.age_blockers(facts.birth, facts.on, consent, book)
    if case.again and not consent:
        found += rules.by_rule(
            book["readmission.months"],
            "consent",
            _("Kết nạp lại phải có đồng ý bằng văn bản của ban thường vụ tỉnh ủy."),
        )
    return found
