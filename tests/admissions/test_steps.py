"""What steps refuse and what follows: votes at meetings, failed votes, extension, moving, leaving, erasing."""

from datetime import date, time

import pytest

from hatnhan.admissions.cases import actions
from hatnhan.admissions.jobs import erase
from hatnhan.admissions.models import AdmissionCase, Applicant, Introducer, Step, Vetting
from hatnhan.admissions.pool import actions as pool
from hatnhan.admissions.rules import Vote
from hatnhan.admissions.targets import actions as targets
from hatnhan.admissions.targets import queries as results
from hatnhan.duties.models import Duty
from hatnhan.kernel.known import Known
from hatnhan.meetings import actions as meetings
from hatnhan.meetings.minutes.rules import MotionSheet, Sheet
from hatnhan.meetings.models import AgendaItem
from hatnhan.meetings.plan.rules import Plan
from hatnhan.members import actions as members
from hatnhan.members.models import Person, Standing
from hatnhan.rulebook.actions import set_local
from hatnhan.units import actions as units
from tests.admissions.conftest import DAYS, Path
from tests.units.ground import TODAY
from tests.world import World, boss, refused


def test_nobody_is_listed_without_being_told_and_of_minors_only_the_name_is_kept(world: World, path: Path) -> None:
    with refused("told"):
        path.listed(told_on=None)
    with refused("minor"):
        path.listed(birth=Known("2010-01-01"))
    with refused("minor"):
        path.listed(minor=True)
    case = path.listed(minor=True, sex="", birth=None, sector="", helper=world.person("anh"))
    assert (case.applicant.birth, case.applicant.sector) == (None, "")
    with refused("never"):
        path.listed(left_how="corruption", left_on=date(2010, 1, 1))
    assert Applicant.objects.filter(cases__left_how="corruption").count() == 0


def test_vetting_is_closed_only_by_right_answers(world: World, path: Path) -> None:
    case, actor = path.to("vetting"), world.actor("thuy")
    duty = Duty.objects.get(kind="admissions.vetting")
    assert (duty.n, duty.counted) == (30, "working")
    with refused("vetting"):
        actions.gather_opinions(actor=actor, case=case, on=DAYS["opinions"])
    one = Vetting.objects.get(case=case)
    actions.answer_vetting(actor=actor, vetting=one, on=DAYS["answer"], right=False)
    case.refresh_from_db()
    with refused("vetting_wrong"):
        actions.gather_opinions(actor=actor, case=case, on=DAYS["opinions"])
    abroad = actions.ask_vetting(
        actor=actor, case=AdmissionCase.objects.get(pk=case.pk), on=DAYS["answer"], abroad=True
    )
    assert Duty.objects.get(kind="admissions.vetting", about=abroad.pk).n == 90


def test_a_review_refuses_what_the_regulation_of_its_day_does_not_allow(world: World, path: Path) -> None:
    case, actor = path.to("opinions"), world.actor("thuy")
    with refused("above_base"):
        actions.review(actor=actor, case=case, on=DAYS["review"], vote=Vote(4, 5))
    case.refresh_from_db()
    with refused("votes"):
        actions.review(actor=actor, case=case, on=DAYS["review"], vote=Vote(4, 2))
    row = Introducer.objects.filter(case=case).order_by("pk")[0]
    actions.end_introducer(actor=actor, introducer=row, on=date(2025, 12, 20))
    case.refresh_from_db()
    warned = actions.review(actor=actor, case=case, on=DAYS["review"], vote=Vote(4, 4))
    assert [one.code for one in warned] == ["introducers"]  # the Charter's number was not checked: it warns
    assert Step.objects.get(case=case, verb="review").warned == "introducers"


def test_adopted_minutes_take_the_step_and_a_vote_that_fails_is_reported(world: World, path: Path) -> None:
    case, actor = path.to("opinions"), world.actor("thuy")
    plan = Plan("regular", date(2026, 12, 3), time(19), place="Nhà văn hóa")
    sitting = meetings.plan(actor=actor, unit=world.land.one, plan=plan)
    actions.put_on_agenda(actor=actor, case=case, sitting=sitting)
    item = AgendaItem.objects.get(sitting=sitting, subject="admissions.review")
    assert (item.subject_id, item.rule) == (case.pk, "vote.admission.propose")
    with refused("twice"):
        actions.put_on_agenda(actor=actor, case=case, sitting=sitting)
    for votes, state in ((2, "rejected"), (4, "cell_resolved")):
        case.refresh_from_db()
        if case.state == "rejected":
            actions.reconsider(actor=actor, case=case, on=DAYS["review"])
        motion = MotionSheet(
            "Xét kết nạp", votes, rule="vote.admission.propose", subject="admissions.review", subject_id=case.pk
        )
        day = DAYS["review"] if votes == 2 else date(2026, 1, 15)
        held = Sheet("regular", day, time(19), time(21), place="Nhà văn hóa", motions=[motion])
        meetings.adopt(actor=actor, meeting=meetings.record(actor=actor, unit=world.land.one, sheet=held))
        case.refresh_from_db()
        assert case.state == state
    assert Step.objects.filter(case=case, verb="review").get().in_favour == 4


def test_minutes_are_adopted_even_when_the_case_has_gone_on(world: World, path: Path) -> None:
    case, actor = path.to("cell_resolved"), world.actor("thuy")
    motion = MotionSheet("Xét kết nạp", 4, rule="vote.admission.propose", subject="admissions.review",
                         subject_id=case.pk)  # fmt: skip
    held = Sheet("regular", date(2026, 1, 15), time(19), time(21), place="Nhà văn hóa", motions=[motion])
    meeting = meetings.record(actor=actor, unit=world.land.one, sheet=held)
    meetings.adopt(actor=actor, meeting=meeting)
    case.refresh_from_db()
    assert case.state == "cell_resolved"
    assert case.steps.filter(verb="review").count() == 1


def test_a_late_decision_is_late_and_said(world: World, path: Path) -> None:
    case = path.to("cell_resolved")
    warned = actions.decide(
        actor=world.actor("ha"), case=case, on=date(2026, 5, 4), vote=Vote(9, 9), decision="30-QĐ/ĐU"
    )
    assert "late" in [one.code for one in warned]


def test_an_extension_takes_fifteen_days_more_once(world: World, path: Path) -> None:
    case, actor = path.to("cell_resolved"), world.actor("ha")
    with refused("reason"):
        actions.extend_decision(actor=actor, case=case, on=date(2026, 2, 20), reason=" ")
    actions.extend_decision(actor=actor, case=case, on=date(2026, 2, 20), reason="Đang xác minh thêm")
    assert Duty.objects.get(kind="admissions.decision", state="open").n == 60
    with refused("twice"):
        actions.extend_decision(actor=actor, case=case, on=date(2026, 2, 21), reason="Thêm")


def test_of_a_school_the_grassroots_committee_resolves_before_the_commune_decides(world: World, path: Path) -> None:
    case = path.to("cell_resolved")
    AdmissionCase.objects.filter(pk=case.pk).update(unit=world.land.class_cell)
    case.refresh_from_db()
    with refused("base"):
        actions.decide(actor=world.actor("ha"), case=case, on=DAYS["decide"], vote=Vote(9, 9), decision="1-QĐ/ĐU")
    case.refresh_from_db()
    actions.base_review(actor=world.actor("ha"), case=case, on=date(2026, 1, 20), vote=Vote(13, 9))
    targets.delegate(actor=world.actor("ha"), unit=world.land.school, decision="3-QĐ/ĐU", on=date(2026, 2, 1))
    with refused("votes"):  # delegated: two thirds, not more than half
        actions.decide(actor=world.actor("ha"), case=case, on=DAYS["decide"], vote=Vote(13, 8), decision="1-QĐ/ĐU")
    case.refresh_from_db()
    actions.decide(actor=world.actor("ha"), case=case, on=DAYS["decide"], vote=Vote(13, 9), decision="1-QĐ/ĐU")
    assert case.decided_at_id == world.land.school.pk


def test_three_failed_votes_go_up_and_the_level_above_decides(world: World, path: Path) -> None:
    case = path.to("probationary")
    pool.record_certificate(actor=world.actor("thuy"), case=case, on=date(2026, 9, 1), kind="new_member")
    for month in (3, 4, 5):
        case.refresh_from_db()
        on = date(2027, month, 3)
        actions.fail_recognition(actor=world.actor("thuy", on), case=case, on=on, vote=Vote(4, 2))
    assert (case.state, case.failed) == ("sent_up", 3)
    on = date(2027, 6, 1)
    actions.strike_off(actor=world.actor("ha", on), case=case, on=on, vote=Vote(9, 8), decision="50-QĐ/ĐU")
    assert Standing.objects.on(on).get(person=case.person_id).kind == "struck_off"


def test_probation_is_extended_only_where_the_province_allows_it(world: World, path: Path) -> None:
    case, on = path.to("probationary"), date(2026, 11, 1)
    with refused("off"):
        actions.extend_probation(actor=world.actor("ha"), case=case, on=on, months=6, paper="8-QĐ/ĐU")
    set_local(
        actor=boss(), unit=world.land.province, key="recognition.extension.months", value=6, decision="4-QĐ/TU",
        on=date(2026, 1, 1),
    )  # fmt: skip
    actions.extend_probation(actor=world.actor("ha"), case=case, on=on, months=6, paper="8-QĐ/ĐU")
    assert case.probation_ends == date(2027, 8, 25)


def test_recognition_waits_for_twelve_months_and_the_class(world: World, path: Path) -> None:
    case, on = path.to("probationary"), date(2027, 2, 24)
    with refused("probation"):
        actions.propose_recognition(actor=world.actor("thuy", on), case=case, on=on, vote=Vote(4, 4))
    case.refresh_from_db()
    on = date(2027, 2, 25)
    warned = actions.propose_recognition(actor=world.actor("thuy", on), case=case, on=on, vote=Vote(4, 4))
    assert [one.code for one in warned] == ["new_member_class"]


def test_a_wrongful_admission_is_annulled_and_a_wrong_procedure_done_again(world: World, path: Path) -> None:
    case, actor, on = path.to("probationary"), world.actor("ha"), date(2026, 6, 1)
    with refused("reason"):
        actions.restate_decision(actor=actor, case=case, on=on, decision="77-QĐ/ĐU", reason="")
    actions.restate_decision(actor=actor, case=case, on=on, decision="77-QĐ/ĐU", reason="Sai thẩm quyền ký")
    assert (case.decision, case.ceremony_on, case.state) == ("77-QĐ/ĐU", DAYS["ceremony"], "probationary")
    actions.annul(actor=actor, case=case, on=on, decision="78-QĐ/ĐU")
    assert Standing.objects.on(on).get(person=case.person_id).kind == "annulled"


def test_who_left_is_admitted_again_with_the_gap_taken_out(world: World, path: Path) -> None:
    old = world.person("anh")
    members.leave(actor=world.actor("ha"), person=old, how="struck_off", on=date(2025, 8, 20))
    case = path.listed(
        name=old.name, person=old, left_how="struck_off", left_on=date(2025, 8, 20), birth=Known("1983-11-05")
    )
    AdmissionCase.objects.filter(pk=case.pk).update(
        state="decided", reviewed_on=DAYS["review"], decided_on=DAYS["decide"], received_on=DAYS["receive"],
        since=DAYS["receive"], decision="12-QĐ/ĐU",
    )  # fmt: skip
    case.refresh_from_db()
    actions.hold_ceremony(actor=world.actor("thuy"), case=case, on=DAYS["ceremony"])
    again = Person.objects.get(pk=old.pk)
    assert case.person_id == old.pk
    assert [one.kind for one in Standing.objects.unvoided().filter(person=old).order_by("valid_from")] == [
        "probationary", "full", "struck_off", "probationary",
    ]  # fmt: skip
    assert again.ceremony_date == Known("2010-06-15")
    assert again.party_base == date(2010, 6, 15) + (DAYS["decide"] - date(2025, 8, 20))


def test_an_applicant_who_moves(world: World, path: Path) -> None:
    actor, on = world.actor("dung"), date(2026, 1, 20)
    case = path.to("cell_resolved")
    actions.move(actor=actor, case=case, to=world.land.far_cell, on=on)
    open_ones = {one.kind: one.n for one in Duty.objects.filter(about=case.pk, state="open")}
    assert (case.unit_id, open_ones) == (world.land.far_cell.pk, {"admissions.forward": 15, "admissions.moved": 30})
    decided = path.to("decided", name="Tạ Văn Bưởi")
    actions.move(actor=actor, case=decided, to=world.land.two, on=date(2026, 2, 10))
    assert (decided.state, decided.decision) == ("decided", "12-QĐ/ĐU")  # the same level: the decision goes along
    early = path.to("opinions", name="Hạ Thị Lê")
    actions.move(actor=actor, case=early, to=None, on=on)
    assert early.state == "moved_out"


def test_data_of_whoever_was_taken_off_are_erased_after_a_year(world: World, path: Path) -> None:
    case = path.to("listed")
    pool.delist(actor=world.actor("thuy"), case=case, why="wish", on=date(2025, 11, 21))
    kept = path.to("listed", name="Tạ Văn Bưởi")
    assert erase(None) == {"erased": 1}
    gone = Applicant.objects.get(pk=case.applicant_id)
    assert (gone.name, gone.birth, gone.sector, gone.erased_on) == ("", None, "", TODAY)
    assert Applicant.objects.get(pk=kept.applicant_id).name == "Tạ Văn Bưởi"
    assert "Thông tin đã xóa" in world.browser("thuy").get(f"/admissions/{case.pk}/").content.decode()


def test_targets_are_held_against_admissions_and_nobody_is_ranked(world: World, path: Path) -> None:
    path.to("probationary")
    actor, land = world.actor("ha"), world.land
    with refused("above"):
        targets.set_target(actor=actor, unit=land.lim, year=2026, counts={"total": 2, "women": 3})
    targets.set_target(actor=actor, unit=land.lim, year=2026, counts={"total": 4, "women": 2, "young": 2})
    lines = {one.kind: (one.reached, one.target) for one in results.against(land.lim, 2026, TODAY)}
    assert lines["total"] == (2, 4)  # Liên of the world, and the one who went the whole way
    assert (lines["young"], lines["countryside"]) == ((1, 2), (1, None))
    targets.record_no_source(actor=world.actor("thuy"), unit=land.one, why="away", on=TODAY)
    shown = world.browser("ha").get("/admissions/targets/?year=2026").content.decode()
    assert "không còn: người trẻ đi làm ăn" in shown
    assert world.browser("thuy").get("/admissions/targets/set/").status_code == 403


def test_cases_go_along_when_cells_are_merged(world: World, path: Path) -> None:
    case = path.to("listed")
    units.merge(actor=boss(), units=[world.land.one], into=world.land.two, on=date(2026, 11, 1))
    assert AdmissionCase.objects.get(pk=case.pk).unit_id == world.land.two.pk


@pytest.mark.parametrize("verb", ["review", "decide", "recognise"])
def test_a_day_to_come_is_refused(world: World, path: Path, verb: str) -> None:
    case = path.to({"review": "opinions", "decide": "cell_resolved", "recognise": "cell_resolved"}[verb])
    later = date(2026, 11, 23)
    with refused("future" if verb != "recognise" else "state"):
        if verb == "review":
            actions.review(actor=world.actor("thuy"), case=case, on=later, vote=Vote(4, 4))
        elif verb == "decide":
            actions.decide(actor=world.actor("ha"), case=case, on=later, vote=Vote(9, 9), decision="1")
        else:
            actions.recognise(actor=world.actor("ha"), case=case, on=later, vote=Vote(9, 9), decision="1")
