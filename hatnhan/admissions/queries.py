"""Questions to cases: who may see one, what is open, what is known of it."""

from datetime import date

from django.db.models import QuerySet

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.meetings.minutes.queries import lines_of
from hatnhan.members.models import Standing
from hatnhan.rulebook import Rule
from hatnhan.rulebook.words import Words

from . import rules
from .models import AdmissionCase, Applicant, Certificate, DossierPaper, Helper, Introducer, Opinion, Vetting
from .permissions import VIEW

# A base is counted without these when they are away (294-QĐ/TW, item 9.3); the temporarily exempt are exempt.
MEANT = {"exempt": ("exempt", "exempt_for_time")}


def visible(actor: Actor, key: int) -> AdmissionCase:
    """A case in the actor's scope. Raises `NotFound` for any other, and for the actor's own: nobody reads the file on
    oneself (members.md §9.3)."""
    rows = AdmissionCase.objects.filter(pk=key).select_related("applicant", "unit", "person")
    found = actor.scope(VIEW).filter(rows).first() if actor.scope(VIEW) else None
    if found is None or (found.person_id is not None and found.person_id == actor.person_id):
        raise NotFound(VIEW)
    return found


def in_scope(actor: Actor) -> "QuerySet[AdmissionCase]":
    """Every case that the actor may see."""
    rows = actor.scope(VIEW).filter(AdmissionCase.objects.all()) if actor.scope(VIEW) else AdmissionCase.objects.none()
    return rows.exclude(person=actor.person_id) if actor.person_id else rows


def helper_of(applicant: Applicant, on: date) -> Helper | None:
    """Who helps on the day."""
    return Helper.objects.on(on).filter(applicant=applicant).select_related("person").first()


def certificate_of(applicant: Applicant, kind: str, on: date) -> Certificate | None:
    """The latest certificate of a class that was issued by the day."""
    rows = Certificate.objects.filter(applicant=applicant, kind=kind, issued_on__lte=on)
    return rows.order_by("-issued_on").first()


def items_on(on: date) -> dict[str, Rule]:
    """The papers that a dossier needs on a day, by code, in the order of the rulebook."""
    return rulebook.at(on).under("admission.paper")


def have(case: AdmissionCase, on: date) -> dict[str, date]:
    """{code: since when}: the papers of the dossier that are there on the day. The certificate, vetting, introducers
    and opinions say it themselves."""
    rows = DossierPaper.objects.filter(case=case, received_on__lte=on).order_by("received_on")
    found = dict(rows.values_list("item", "received_on"))
    certificate = certificate_of(case.applicant, "awareness", on)
    if certificate is not None:
        found["certificate"] = certificate.issued_on
    answered = [one.answered_on for one in Vetting.objects.filter(case=case)]
    if answered and all(answered):
        found["vetting"] = max(day for day in answered if day is not None)
    introduced = Introducer.objects.on(on).filter(case=case).order_by("-valid_from")
    if "introducer" not in found and (one := introduced.filter(kind="member").first()) is not None:
        found["introducer"] = one.valid_from
    if one := introduced.exclude(kind="member").first():
        found["union"] = one.valid_from
    given = Opinion.objects.filter(case=case, given_on__lte=on).order_by("-given_on").first()
    if given is not None:
        found["opinions"] = given.given_on
    return found


def lacking(case: AdmissionCase, on: date) -> list[str]:
    """Codes of the papers that the dossier lacks on a day, by the rules of that day."""
    return rules.missing(items_of(case, on), have(case, on), renewed_on(case))


def items_of(case: AdmissionCase, on: date) -> dict[str, Rule]:
    """The papers that this dossier needs: a union's resolution only where a union introduces."""
    unions = Introducer.objects.on(on).filter(case=case).exclude(kind="member").exists()
    return {code: rule for code, rule in items_on(on).items() if code != "union" or unions}


def renewed_on(case: AdmissionCase) -> date | None:
    """The day from which what is renewed must be new; None while the dossier was never renewed."""
    renewed = case.steps.filter(verb="renew_dossier").order_by("-pk").values_list("day", flat=True).first()
    return renewed if renewed == case.dossier_on else None


def review_facts(case: AdmissionCase, on: date) -> rules.ReviewFacts:
    """What the cell's review on a day is judged by."""
    introduced = list(Introducer.objects.on(on).filter(case=case))
    people = [one.person_id for one in introduced if one.person_id]
    full = set(Standing.objects.on(on).filter(person__in=people, kind="full").values_list("person_id", flat=True))
    certificate, items = certificate_of(case.applicant, "awareness", on), items_on(on)
    return rules.ReviewFacts(
        on=on, birth=case.applicant.birth, certificate_on=certificate.issued_on if certificate else None,
        dossier_on=case.dossier_on,
        introducers=[
            rules.Introduced(one.kind, one.person_id is None or one.person_id in full, one.together_since,
                             one.replacement)
            for one in introduced
        ],
        lacking=[label_of(items[code]) for code in lacking(case, on) if code != "certificate"],
        consent=case.consent_on is not None and case.consent_on <= on, again=case.again, left_how=case.left_how,
        left_on=case.left_on, readmitted_before=readmitted_before(case),
    )  # fmt: skip


def readmitted_before(case: AdmissionCase) -> bool:
    """Whether the person was admitted again once already, as far as this installation knows."""
    earlier = AdmissionCase.objects.filter(person__isnull=False, again=True).exclude(pk=case.pk)
    return case.person_id is not None and earlier.filter(person=case.person_id).exists()


def label_of(rule: Rule) -> str:
    """What a paper of the dossier is called, in the reader's language."""
    return str(Words(rule.value["label_vi"], rule.value["label_en"]))


def bounds_of(unit: Unit | int, on: date) -> rules.Bounds:
    """How large the base of a vote of the cell may be on a day: with all who may be left out absent, and with all of
    them there (294-QĐ/TW, item 9.3)."""
    book = rulebook.at(on)
    out = set(book["vote.base.leave_out_always"].value)
    loose = {kind for one in book["vote.base.leave_out_if_absent"].value for kind in MEANT.get(one, (one,))}
    entitled = [line for line in lines_of(unit, on, grouped=False) if line.full and line.deviation not in out]
    return rules.Bounds(sum(line.deviation not in loose for line in entitled), len(entitled))


def vetting_facts(case: AdmissionCase, on: date, today: date) -> rules.StepFacts:
    """What a step is judged by."""
    rows = list(Vetting.objects.filter(case=case).values_list("answered_on", "right"))
    return rules.StepFacts(
        on, today, case.since, waiting=sum(day is None for day, _right in rows),
        wrong=sum(right is False for _day, right in rows), asked=len(rows),
    )  # fmt: skip


def erasable(on: date) -> list[AdmissionCase]:
    """Cases that ended without a member, whose applicant is in no open case, and whose data are still here."""
    rows = AdmissionCase.objects.filter(
        ended_on__lt=on, person__isnull=True, applicant__erased_on__isnull=True,
        state__in=("delisted", "declined", "moved_out", "deceased"),
    )  # fmt: skip
    still = AdmissionCase.objects.filter(ended_on__isnull=True).values("applicant")
    return list(rows.exclude(applicant__in=still).select_related("unit"))
