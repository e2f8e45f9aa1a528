"""An official transfer between two sides: prepared, released, on the way, taken in; and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from hatnhan import rulebook
from hatnhan.documents import actions as documents
from hatnhan.duties.models import Duty, Owner
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.audit import flaws
from hatnhan.kernel.days import today
from hatnhan.kernel.figures import On, table
from hatnhan.kernel.models import Entry, Unit
from hatnhan.members import actions as members
from hatnhan.members.queries import last_home, participation
from hatnhan.movements.models import TransferCase, Transit
from hatnhan.movements.transfers import actions, queries, rules
from hatnhan.movements.transfers.choices import CHECKS
from hatnhan.movements.transfers.flows import TRANSFER
from hatnhan.movements.transfers.jobs import mark_overdue
from hatnhan.units import actions as units
from tests.api.program import program
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 11, 16)


def prepared(world: World, name: str = "an", to: Unit | None = None, **more: Any) -> TransferCase:
    given = {"why": "moved", "moved_on": date(2026, 11, 2), "proof": "Giấy xác nhận cư trú", **more}
    return actions.prepare_transfer(
        actor=world.actor("ha"), person=world.person(name), to=to or world.land.far_cell, **given
    )


def checked(world: World, case: TransferCase, *without: str) -> TransferCase:
    for code in CHECKS:
        if code not in without:
            actions.check_paper(actor=world.actor("ha"), case=case, code=code)
    return case


def issued(world: World, name: str = "an", to: Unit | None = None, on: date = ISSUED, number: str = "12-GT/ĐU") -> Any:
    case = checked(world, prepared(world, name, to, moved_on=on - timedelta(days=10)))
    actions.issue_letter(actor=world.actor("ha"), case=case, on=on, number=number, despite=True)
    return case


# --- the way ----------------------------------------------------------------------------------------------------------


def test_the_home_moves_on_the_day_of_being_taken_in_and_not_before(world: World) -> None:
    case = issued(world)
    home = last_home(world.person("an"))
    assert home is not None
    assert (home.unit, home.open) == (world.land.one, True)
    assert participation(world.person("an"), ISSUED).kind == "in_transit"  # type: ignore[union-attr]
    actions.receive_transfer(actor=world.actor("khoa"), case=case, cell=world.land.far_cell, on=date(2026, 11, 20))
    home = last_home(world.person("an"))
    assert home is not None
    assert (home.unit, home.valid_from, home.origin) == (world.land.far_cell, date(2026, 11, 20), world.land.one)
    assert participation(world.person("an"), date(2026, 11, 20)) is None
    assert case.state == "received"
    assert list(Transit.objects.unvoided().filter(case=case).values_list("valid_from", "valid_to")) == [
        (ISSUED, date(2026, 11, 20))
    ]


def test_the_receiving_side_sees_the_letter_before_the_member_is_theirs_and_nothing_from_before(world: World) -> None:
    case = checked(world, prepared(world))
    khoa = world.actor("khoa")
    assert not queries.visible(khoa).exists()
    with pytest.raises(NotFound):
        queries.find(khoa, case.pk)
    actions.issue_letter(actor=world.actor("ha"), case=case, on=ISSUED, number="12-GT/ĐU", despite=True)
    page = world.browser("khoa").get(f"/transfers/{case.pk}/").content.decode()
    assert "Nguyễn Văn An" in page
    assert "12-GT/ĐU" in page
    assert "Giấy xác nhận cư trú" not in page
    assert "Đối chiếu giấy tờ" not in page
    assert world.browser("khoa").get(world.page("an")).status_code == 404
    actions.receive_transfer(actor=khoa, case=case, cell=world.land.far_cell, on=TODAY)
    assert world.browser("khoa").get(world.page("an")).status_code == 200
    assert world.browser("ha").get(f"/transfers/{case.pk}/").status_code == 200


def test_the_log_lies_in_the_chain_of_the_one_side_and_the_other_has_a_reference(world: World) -> None:
    case = issued(world)
    main = last_entry()
    assert main.code == "movements.issue_letter"
    assert main.unit == world.land.one
    assert Entry.objects.filter(refers_to=main.pk, unit=world.land.far_cell, chain=world.land.far_cell.chain).exists()
    actions.receive_transfer(actor=world.actor("khoa"), case=case, cell=world.land.far_cell, on=TODAY)
    main = last_entry()
    assert (main.code, main.unit) == ("movements.receive_transfer", world.land.one)
    assert Entry.objects.filter(refers_to=main.pk, chain=world.land.far_cell.chain).exists()
    assert list(flaws()) == []


def test_each_step_opens_and_closes_the_duties_of_the_right_office(world: World) -> None:
    case = prepared(world)
    start = Duty.objects.get(kind="movements.transfer_start", about=case.pk)
    assert (start.opened_on, start.n, start.counted) == (date(2026, 11, 2), 60, "working")
    checked(world, case)
    actions.issue_letter(actor=world.actor("ha"), case=case, on=ISSUED, number="12-GT/ĐU", despite=True)
    start.refresh_from_db()
    assert start.state == "done"
    owed = {one.kind: one for one in Duty.objects.filter(about=case.pk, state="open", kind__startswith="movements.")}
    assert set(owed) == {"movements.transfer_follow", "movements.transfer_receive"}
    assert {one.n for one in owed.values()} == {30}
    here, there = (Owner.objects.get(duty=owed[f"movements.transfer_{kind}"]) for kind in ("follow", "receive"))
    assert (here.unit, here.role) == (world.land.lim, "office")
    assert (there.unit, there.role) == (world.land.che, "office")
    actions.receive_transfer(actor=world.actor("khoa"), case=case, cell=world.land.far_cell, on=TODAY)
    assert not Duty.objects.filter(about=case.pk, state="open", kind__startswith="movements.").exists()


def test_a_committee_may_be_addressed_and_chooses_the_cell(world: World) -> None:
    case = issued(world, to=world.land.che)
    with refused("cell"):
        actions.receive_transfer(actor=world.actor("khoa"), case=case, cell=world.land.che, on=TODAY)
    actions.receive_transfer(actor=world.actor("khoa"), case=case, cell=world.land.far_cell, on=TODAY)
    assert case.cell == world.land.far_cell


def test_who_was_exempt_is_exempt_again_after_the_way(world: World) -> None:
    case = issued(world, "sau")
    assert participation(world.person("sau"), ISSUED).kind == "in_transit"  # type: ignore[union-attr]
    actions.receive_transfer(actor=world.actor("khoa"), case=case, cell=world.land.far_cell, on=TODAY)
    assert participation(world.person("sau"), TODAY).kind == "exempt"  # type: ignore[union-attr]


def test_given_back_completed_sent_again(world: World) -> None:
    case, khoa = issued(world), world.actor("khoa")
    with refused("note"):
        actions.give_back(actor=khoa, case=case, on=TODAY, note=" ")
    actions.give_back(actor=khoa, case=case, on=TODAY, note="Thiếu bản kiểm điểm")
    assert case.state == "returned"
    assert "Thiếu bản kiểm điểm" in world.browser("ha").get(f"/transfers/{case.pk}/").content.decode()
    with refused("state"):
        actions.receive_transfer(actor=khoa, case=case, cell=world.land.far_cell, on=TODAY)
    actions.resend(actor=world.actor("ha"), case=case, on=TODAY, note="Đã bổ sung")
    actions.receive_transfer(actor=khoa, case=case, cell=world.land.far_cell, on=TODAY)
    assert case.state == "received"


def test_sent_on_by_the_receiving_side_with_a_letter_of_its_own(world: World) -> None:
    case, khoa = issued(world), world.actor("khoa")
    with refused("same_place"):
        actions.redirect(actor=khoa, case=case, on=TODAY, number="3", to=world.land.one)
    actions.redirect(actor=khoa, case=case, on=TODAY, number="3-GT", to_code="91.001.102")
    assert (case.state, case.destination, case.issuer) == ("in_transit", world.land.two, world.land.far_cell)
    assert queries.find(khoa, case.pk) == case
    with pytest.raises(NotFound):
        actions.receive_transfer(actor=khoa, case=case, cell=world.land.two, on=TODAY)
    actions.receive_transfer(actor=world.actor("ha"), case=case, cell=world.land.two, on=TODAY)
    assert last_home(world.person("an")).unit == world.land.two  # type: ignore[union-attr]


def test_cancelled_the_member_goes_on_at_home(world: World) -> None:
    case = issued(world)
    actions.cancel_transfer(actor=world.actor("ha"), case=case, on=TODAY, note="Không chuyển nữa")
    assert participation(world.person("an"), TODAY) is None
    assert last_home(world.person("an")).unit == world.land.one  # type: ignore[union-attr]
    assert not Duty.objects.filter(about=case.pk, state="open", kind__startswith="movements.").exists()


def test_out_of_this_installation_and_into_it(world: World) -> None:
    ha = world.actor("ha")
    case = actions.prepare_transfer(
        actor=ha, person=world.person("chi"), why="work", moved_on=date(2026, 11, 2), proof="12-QĐ",
        destination_text="Đảng ủy phường Mai Sơn",
    )  # fmt: skip
    checked(world, case)
    actions.issue_letter(actor=ha, case=case, on=ISSUED, number="13-GT", despite=True)
    actions.confirm_left(actor=ha, case=case, on=TODAY, paper="5-PB")
    assert not last_home(world.person("chi")).open  # type: ignore[union-attr]
    given: dict[str, Any] = {
        "to": world.land.two,
        "name": "Mai Văn Đông",
        "origin_text": "Đảng ủy phường Mai Sơn",
        "number": "7-GT",
    }
    case = actions.note_arrival(actor=ha, letter_on=date(2026, 11, 10), birth=None, **given)
    with refused("letter_used"):
        actions.note_arrival(actor=ha, letter_on=date(2026, 11, 10), **given)
    person = actions.receive_transfer(actor=ha, case=case, cell=world.land.two, on=TODAY)
    assert last_home(person).came == "transferred"  # type: ignore[union-attr]
    assert TransferCase.objects.get(pk=case.pk).carried == ""


def test_the_dossier_goes_sealed_and_is_taken_in_with_a_certified_table_of_contents(world: World) -> None:
    ha, khoa, case = world.actor("ha"), world.actor("khoa"), checked(world, prepared(world))
    with refused("no_letter"):
        actions.hand_over_dossier(actor=ha, case=case, on=TODAY)
    actions.seal_dossier(actor=ha, case=case, on=TODAY)
    actions.issue_letter(actor=ha, case=case, on=ISSUED, number="12-GT", despite=True)
    with refused("custody"):
        actions.take_dossier(actor=khoa, case=case, on=TODAY, certified=True)
    actions.hand_over_dossier(actor=ha, case=case, on=TODAY, note="Đồng chí An mang theo")
    with refused("uncertified"):
        actions.take_dossier(actor=khoa, case=case, on=TODAY)
    actions.take_dossier(actor=khoa, case=case, on=TODAY, certified=True)
    assert case.custody == "arrived"


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_what_is_refused_at_the_beginning(world: World) -> None:
    with refused("already_there"):
        prepared(world, to=world.land.one)
    with refused("destination"):
        actions.prepare_transfer(actor=world.actor("ha"), person=world.person("an"), why="moved", moved_on=TODAY)
    units.dissolve(actor=boss(), unit=world.land.three, on=date(2026, 11, 1), heir=None)
    with refused("not_standing"):
        prepared(world, to=world.land.three)
    prepared(world)
    with refused("open_case"):
        prepared(world)
    with refused("transfer_open"):
        members.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=TODAY)


def test_a_destination_that_ended_meanwhile_does_not_get_a_letter(world: World) -> None:
    case = checked(world, prepared(world, to=world.land.three))
    units.dissolve(actor=boss(), unit=world.land.three, on=date(2026, 11, 1), heir=None)
    with refused("not_standing"):
        actions.issue_letter(actor=world.actor("ha"), case=case, on=ISSUED, number="1", despite=True)


def test_verified_rules_refuse_the_letter_and_unsure_ones_are_confirmed(world: World) -> None:
    case, ha = checked(world, prepared(world), "dues", "dossier"), world.actor("ha")
    with refused("check.dues", "check.dossier"):
        actions.issue_letter(actor=ha, case=case, on=ISSUED, number="1")
    with refused("check.dues"):
        actions.issue_letter(actor=ha, case=case, on=ISSUED, number="1", despite=True)
    actions.check_paper(actor=ha, case=case, code="dues")
    warnings = actions.issue_letter(actor=ha, case=case, on=ISSUED, number="1", despite=True)
    assert [one.code for one in warnings] == ["check.dossier"]
    assert all(one.source and one.rule for one in warnings)


def test_a_letter_is_used_once(world: World) -> None:
    issued(world)
    case = checked(world, prepared(world, "chi"))
    with refused("letter_used"):
        actions.issue_letter(actor=world.actor("ha"), case=case, on=ISSUED, number="12-gt/đu", despite=True)


def test_of_two_decisions_at_once_the_second_is_refused(world: World) -> None:
    case = issued(world)
    seen = case.version
    mine, theirs = (queries.find(world.actor("khoa"), case.pk) for _n in range(2))
    actions.receive_transfer(actor=world.actor("khoa"), case=mine, cell=world.land.far_cell, on=TODAY, seen=seen)
    with refused("stale"):
        actions.give_back(actor=world.actor("khoa"), case=theirs, on=TODAY, note="Thiếu", seen=seen)
    with refused("state"):
        actions.receive_transfer(actor=world.actor("khoa"), case=theirs, cell=world.land.far_cell, on=TODAY)


def test_each_side_does_its_own(world: World) -> None:
    case = issued(world)
    with pytest.raises((Forbidden, NotFound)):
        actions.receive_transfer(actor=world.actor("ha"), case=case, cell=world.land.two, on=TODAY)
    with pytest.raises((Forbidden, NotFound)):
        actions.cancel_transfer(actor=world.actor("khoa"), case=case, on=TODAY, note="x")
    with pytest.raises(Forbidden):
        actions.issue_letter(actor=world.actor("thuy"), case=prepared(world, "anh"), on=TODAY, number="9")


# --- time -------------------------------------------------------------------------------------------------------------


def test_a_letter_of_1_april_2026_is_presented_in_30_working_days_and_considered_after_three_months(
    world: World,
) -> None:
    """members.md §11, example 19."""
    case = issued(world, on=date(2026, 4, 1))
    assert case.present_by == date(2026, 5, 18)
    assert rules.abandoned_after(date(2026, 4, 1), rulebook.at(date(2026, 4, 1))) == date(2026, 7, 1)
    assert mark_overdue(date(2026, 7, 1)) == 0
    assert mark_overdue(date(2026, 7, 2)) == 1
    case.refresh_from_db()
    assert case.state == "timed_out"
    assert last_home(world.person("an")).open  # type: ignore[union-attr]
    duty = Duty.objects.get(kind="movements.transfer_propose", about=case.pk, state="open")
    assert Owner.objects.get(duty=duty).unit in (world.land.che, world.land.province)
    assert mark_overdue(date(2026, 7, 2)) == 0
    with refused("late"):
        actions.receive_transfer(actor=world.actor("khoa"), case=case, cell=world.land.far_cell, on=TODAY)
    actions.receive_transfer(
        actor=world.actor("khoa"), case=case, cell=world.land.far_cell, on=TODAY, explanation="Ốm dài ngày"
    )


@pytest.mark.parametrize(("moved_on", "n"), [(date(2025, 6, 30), 90), (date(2025, 7, 1), 60), (date(2026, 11, 2), 60)])
def test_the_limit_for_the_start_is_that_of_the_day_of_the_act(moved_on: date, n: int) -> None:
    assert rulebook.at(moved_on).deadline("transfer_start").n == n


def test_every_state_and_verb_of_the_table(world: World) -> None:
    assert TRANSFER.final("received")
    assert TRANSFER.final("cancelled")
    for state in TRANSFER.states:
        for verb in TRANSFER.verbs:
            one = TRANSFER.find(state, verb)
            assert one is None or one.target in TRANSFER.states


# --- pages, papers, figures -------------------------------------------------------------------------------------------


def test_the_letter_without_a_number_goes_through_the_register_and_is_frozen(world: World) -> None:
    ha = world.actor("ha")
    documents.begin_term(actor=boss(), unit=world.land.lim, on=date(2025, 8, 1), name="2025–2030")
    case = checked(world, prepared(world))
    actions.issue_letter(actor=ha, case=case, on=ISSUED, despite=True)
    assert case.paper is not None
    assert case.letter_number == case.paper.symbol
    assert case.paper.kind == "introduction"
    browser = world.browser("ha")
    for name in ("letter.pdf", "letter.docx", "notice.pdf", "notice.docx"):
        assert browser.get(f"/transfers/{case.pk}/{name}").status_code == 200, name
    assert world.browser("khoa").get(f"/transfers/{case.pk}/letter.pdf").status_code == 404
    assert world.browser("khoa").get(f"/transfers/{case.pk}/notice.pdf").status_code == 200


def test_from_the_profile_to_the_letter_over_pages(world: World) -> None:
    browser = world.browser("ha")
    profile = browser.get(world.page("an")).content.decode()
    path = f"/members/{world.people['an']}/transfers/prepare/"
    assert path in profile
    assert "Chi bộ thôn Hai" in browser.get(path).content.decode()
    found = browser.get(path, {"find": "thon che"}).content.decode()
    assert f"?to={world.land.far_cell.pk}" in found
    address = f"{path}?to={world.land.far_cell.pk}"
    wrong = browser.post(address, {"why": "", "moved_on": "x", "proof": "Giấy"})
    assert wrong.status_code == 422
    assert "Hãy ghi như 22/11/2026" in wrong.content.decode()
    done = browser.post(address, {"why": "moved", "moved_on": f"{today():%d/%m/%Y}", "proof": "Giấy"})
    case = TransferCase.objects.get()
    assert done["Location"] == f"/transfers/{case.pk}/"
    for code in CHECKS:
        browser.post(f"/transfers/{case.pk}/check/", {"code": code})
    page = browser.get(f"/transfers/{case.pk}/").content.decode()
    assert "Đủ giấy tờ" in page
    sent = browser.post(
        f"/transfers/{case.pk}/issue/", {"on": f"{today():%d/%m/%Y}", "number": "12-GT", "despite": "on"}
    )
    assert sent.status_code == 302
    assert "Đã cấp giấy giới thiệu, chưa đến nơi" in browser.get(world.page("an")).content.decode()
    assert path not in browser.get(world.page("an")).content.decode()


def test_figures_say_who_is_on_the_way_and_who_is_late(world: World) -> None:
    issued(world, on=date(2026, 4, 1))
    issued(world, "chi", number="13")
    codes = ["movements.leaving", "movements.leaving_late", "movements.coming", "movements.coming_late"]

    def at(unit: Unit) -> list[Any]:
        found = table(codes, unit, On(TODAY)).total
        return [found[code] for code in codes]

    assert at(world.land.lim) == [2, 1, 0, 0]
    assert at(world.land.che) == [0, 0, 2, 1]


def test_over_the_api_a_case_goes_its_whole_way(world: World) -> None:
    ha, khoa = program(world, "ha"), program(world, "khoa")
    body = {"why": "moved", "moved_on": "2026-11-02", "to_code": "91.002.101", "proof": "Giấy"}
    made = ha.post(f"/members/{world.people['an']}/transfers", body)
    assert made.status == 200, made.said
    path = f"/transfers/{made.said['id']}"
    assert khoa.get(path).status == 404
    for code in CHECKS:
        assert ha.post(f"{path}/check", {"code": code}).status == 200
    answer = ha.post(f"{path}/issue", {"on": "2026-11-16", "number": "12", "despite": True})
    assert answer.status == 200, answer.said
    assert khoa.get("/transfers").said["count"] == 1
    assert khoa.post(f"{path}/receive", {"cell": world.land.far_cell.pk, "on": "2026-11-20"}).status == 200
    assert ha.get(path).said["state"] == "received"
