"""A case from being listed to full membership, by its acts."""

from datetime import date

from hatnhan.admissions.cases import actions
from hatnhan.admissions.models import AdmissionCase
from hatnhan.admissions.pool import actions as pool
from hatnhan.admissions.rules import Vote
from hatnhan.duties.models import Duty
from hatnhan.kernel.known import Known
from hatnhan.members.models import Membership, Person, Standing
from tests.admissions.conftest import DAYS, Path
from tests.world import World, last_entry, refused


def test_an_applicant_becomes_a_probationary_and_a_full_member_by_the_acts_of_members(world: World, path: Path) -> None:
    case = path.to("probationary")
    person = Person.objects.get(pk=case.person_id or 0)
    assert (person.decision_date, person.ceremony_date) == (Known.of(DAYS["decide"]), Known.of(DAYS["ceremony"]))
    assert Membership.objects.get(person=person).came == "admitted"
    assert case.probation_ends == date(2027, 2, 25)
    later = date(2027, 3, 3)
    pool.record_certificate(actor=world.actor("thuy"), case=case, on=date(2026, 9, 1), kind="new_member")
    actions.propose_recognition(actor=world.actor("thuy", later), case=case, on=later, vote=Vote(4, 3))
    decided = date(2027, 4, 20)
    actions.recognise(actor=world.actor("ha", decided), case=case, on=decided, vote=Vote(9, 9), decision="40-QĐ/ĐU")
    assert case.state == "official"
    assert case.official_on == date(2027, 2, 25)  # however late the decision
    held = Standing.objects.on(decided).get(person=person)
    assert (held.kind, held.valid_from) == ("full", date(2027, 2, 25))


def test_time_limits_follow_the_steps(world: World, path: Path) -> None:
    case = path.to("cell_resolved")
    waits = {one.kind: one for one in Duty.objects.filter(state="open")}
    assert set(waits) == {"admissions.decision"}
    assert (waits["admissions.decision"].n, waits["admissions.decision"].document) == (45, "294-QĐ/TW")
    assert case.state == "cell_resolved"


def test_the_log_names_a_case_by_its_number_only(path: Path) -> None:
    path.to("cell_resolved")
    assert "Mận" not in str(last_entry().payload.lines)


def test_a_decision_before_the_review_is_refused(world: World, path: Path) -> None:
    case = path.to("opinions")
    with refused("state"):
        actions.decide(actor=world.actor("ha"), case=case, on=DAYS["decide"], vote=Vote(9, 9), decision="1")
    case = AdmissionCase.objects.get(pk=case.pk)
    actions.review(actor=world.actor("thuy"), case=case, on=DAYS["review"], vote=Vote(4, 4))
    with refused("review", "order"):
        actions.decide(actor=world.actor("ha"), case=case, on=date(2026, 1, 4), vote=Vote(9, 9), decision="1")
