"""Badges: from the declaration over cell, committee and province to the ceremony, over HTTP and by acts."""

from datetime import date
from typing import Any

import pytest

from hatnhan.duties.models import Duty, Owner
from hatnhan.honours.badges import actions, queries
from hatnhan.honours.badges.choices import CASE_DUTY
from hatnhan.honours.models import Badge, BadgeCase
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.members import actions as members
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db
D = date
FIRST, LAST = D(2026, 12, 1), D(2027, 3, 1)


def declared(world: World, name: str = "hoa", level: int = 40, **options: object) -> BadgeCase:
    given: dict[str, object] = {"on": D(2026, 11, 10), **options}
    return actions.declare(actor=world.actor("thuy"), person=world.person(name), level=level, **given)  # type: ignore[arg-type]


def proposed(world: World) -> BadgeCase:
    case = declared(world)
    actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12), paper="5-NQ/CB", in_favour=7, base=7)
    actions.propose(actor=world.actor("ha"), case=case, on=D(2026, 11, 16), paper="12-TTr/ĐU")
    return case


def decided(world: World) -> BadgeCase:
    case = proposed(world)
    given = {"on": D(2026, 11, 20), "decision": "31-QĐ/TU", "decision_all": "30-QĐ/TU"}
    actions.decide(actor=world.actor("dung"), case=case, **given)  # type: ignore[arg-type]
    return case


# --- the story ------------------------------------------------------------------------------------------------------


def test_a_badge_goes_from_the_declaration_to_the_ceremony_over_http(world: World) -> None:
    thuy, ha, dung = world.browser("thuy"), world.browser("ha"), world.browser("dung")
    page = thuy.get("/honours/badges/?batch=2027-02-03").content.decode()
    assert "Ngô Thị Hoa" in page
    assert "Chưa có tờ khai" in page
    hoa = world.people["hoa"]
    given = {"level": "40", "kind": "ordinary", "on": "10/11/2026", "declared_by": "member"}
    answer = thuy.post(f"/honours/people/{hoa}/declare/", given)
    case = BadgeCase.objects.get()
    assert answer["Location"] == f"/honours/badges/cases/{case.pk}/"
    assert (case.due, case.batch_day) == (D(2026, 12, 10), D(2027, 2, 3))
    here = f"/honours/badges/cases/{case.pk}"
    wrong = thuy.post(f"{here}/review/", {"on": "12/11/2026", "in_favour": "9", "base": "7"})
    assert wrong.status_code == 422
    assert "lớn hơn số được tính 7" in wrong.content.decode()
    thuy.post(f"{here}/review/", {"on": "12/11/2026", "paper": "5-NQ/CB", "in_favour": "7", "base": "7"})
    assert thuy.post(f"{here}/propose/", {"on": "16/11/2026", "paper": "1"}).status_code == 403
    ha.post(f"{here}/propose/", {"on": "16/11/2026", "paper": "12-TTr/ĐU"})
    dung.post(f"{here}/decide/", {"on": "20/11/2026", "decision": "31-QĐ/TU", "decision_all": "30-QĐ/TU"})
    case.refresh_from_db()
    assert (case.state, case.number, case.days) == ("decided", "SV 0000001", 10)
    ha.post(f"{here}/award/", {"on": "22/11/2026", "place": "home"})
    shown = thuy.get(f"{here}/").content.decode()
    assert "Đã trao" in shown
    assert "7/7 tán thành" in shown
    assert "SV 0000001" in thuy.get(f"/honours/people/{hoa}/").content.decode()
    assert not Duty.objects.filter(kind=CASE_DUTY, state="open").exists()


def test_each_step_opens_the_duty_of_the_next(world: World) -> None:
    case = declared(world)

    def owes() -> tuple[int, str]:
        row = Owner.objects.get(duty__kind=CASE_DUTY, duty__about=case.pk, duty__state="open")
        return row.unit_id, row.role

    assert owes() == (world.land.one.pk, "cell_secretary")
    actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12))
    assert owes() == (world.land.lim.pk, "office")
    actions.propose(actor=world.actor("ha"), case=case, on=D(2026, 11, 16), paper="12-TTr/ĐU")
    assert owes() == (world.land.province.pk, "provincial")


def test_a_cell_of_a_grassroots_committee_passes_through_it(world: World) -> None:
    person = world.receive("cu", "Lê Cử", world.land.class_cell, decision_date="1986-12-10", ceremony_date="1986-12-20",
                           official_date="1987-12-20")  # fmt: skip
    case = actions.declare(actor=world.actor("ha"), person=person, level=40, on=D(2026, 11, 2))
    actions.review(actor=world.actor("ha"), case=case, on=D(2026, 11, 3))
    with refused("order"):
        actions.propose(actor=world.actor("ha"), case=case, on=D(2026, 11, 4), paper="1")
    case.refresh_from_db()
    actions.adopt(actor=world.actor("ha"), case=case, on=D(2026, 11, 4), paper="1-NQ/ĐU", in_favour=5, base=6)
    actions.propose(actor=world.actor("ha"), case=case, on=D(2026, 11, 5), paper="2-TTr/ĐU")
    assert BadgeCase.objects.get().state == "proposed"


def test_the_log_tells_the_act_in_words(world: World) -> None:
    decided(world)
    assert last_entry().code == "honours.decide_badge"
    assert last_entry().payload.sentence.startswith("Tặng Huy hiệu")


# --- refusals -------------------------------------------------------------------------------------------------------


def test_a_decision_before_the_review_and_a_day_before_the_last_step_are_refused(world: World) -> None:
    case = declared(world)
    with refused("state"):
        actions.decide(actor=world.actor("dung"), case=case, on=D(2026, 11, 20), decision="1")
    case.refresh_from_db()
    with refused("order"):
        actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 9))
    with refused("future"):
        actions.review(actor=world.actor("thuy"), case=case, on=D(2027, 1, 1))
    with refused("vote_short"):
        actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12), in_favour=3, base=7)


def test_the_same_level_is_declared_once(world: World) -> None:
    declared(world)
    with refused("twice"):
        declared(world)


def test_a_second_writer_is_told_that_somebody_was_quicker(world: World) -> None:
    case = declared(world)
    seen = case.version
    actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12), seen=seen)
    with refused("stale"):
        actions.withdraw(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12), seen=seen)


def test_an_unsure_rule_warns_and_lets_pass_what_was_read(world: World) -> None:
    options: dict[str, Any] = {"kind": "early", "evidence": "Tủ hồ sơ chi bộ", "level": 45}
    with refused("unsure"):
        declared(world, **options)
    assert declared(world, despite=True, **options).kind == "early"


def test_numbers_go_on_and_are_never_given_twice_nor_of_another_type(world: World) -> None:
    decided(world)
    dung = world.actor("dung")
    actions.record_badge(actor=dung, person=world.person("tam"), level=60, on=D(2017, 12, 20), number="SV 00041")
    with refused("number_given"):
        actions.record_badge(actor=dung, person=world.person("an"), level=60, on=D(2018, 1, 1), number="SV 00041")
    with refused("number"):
        actions.record_badge(actor=dung, person=world.person("an"), level=40, on=D(2021, 3, 20), number="SV 00042")
    assert queries.next_serial("SV", 60) == 42
    assert queries.next_serial("SV", 40) == 2
    assert queries.next_serial("HB", 40) == 1


def test_whoever_is_outside_finds_nothing_and_who_lacks_the_right_is_refused(world: World) -> None:
    case = declared(world)
    assert world.browser("khoa").get(f"/honours/badges/cases/{case.pk}/").status_code == 404
    assert world.browser("an").get("/honours/badges/").status_code == 403
    with pytest.raises(NotFound):
        actions.review(actor=world.actor("khoa"), case=case, on=D(2026, 11, 12))
    actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12))
    with pytest.raises(Forbidden):
        actions.propose(actor=world.actor("thuy"), case=case, on=D(2026, 11, 16), paper="1")


# --- discipline, death, loss ----------------------------------------------------------------------------------------


def test_discipline_makes_it_wait_and_only_its_keeper_reads_why(world: World) -> None:
    case = declared(world)
    row = actions.postpone_by_discipline(
        actor=world.actor("dung"), person=world.person("hoa"), kind="warning", decided_on=D(2026, 5, 1),
        decision="9-QĐ/UBKT",
    )  # fmt: skip
    assert row.valid_to == D(2027, 2, 1)
    with refused("postponed"):
        actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12))
    page = world.browser("thuy").get(f"/honours/badges/cases/{case.pk}/").content.decode()
    assert "Hãy hỏi nơi giữ hồ sơ" in page
    assert "9-QĐ/UBKT" not in page
    assert "Cảnh cáo" not in page
    assert "9-QĐ/UBKT" not in str(last_entry().payload.values)
    actions.lift(actor=world.actor("dung"), row=row, reason="Quyết định được thay đổi")
    actions.review(actor=world.actor("thuy"), case=case, on=D(2026, 11, 12))


def test_a_lost_badge_is_issued_again_under_its_own_number(world: World) -> None:
    decided(world)
    badge = Badge.objects.get()
    with refused("still_held"):
        declared(world, kind="reissue", on=D(2026, 11, 22))
    actions.report_lost(actor=world.actor("ha"), badge=badge, on=D(2026, 11, 21), reason="Lũ cuốn trôi")
    again = declared(world, kind="reissue", on=D(2026, 11, 22))
    assert again.batch_day is None
    actions.review(actor=world.actor("thuy"), case=again, on=D(2026, 11, 22))
    actions.propose(actor=world.actor("ha"), case=again, on=D(2026, 11, 22), paper="13-TTr/ĐU")
    actions.decide(actor=world.actor("dung"), case=again, on=D(2026, 11, 22), decision="40-QĐ/TU")
    rows = Badge.objects.unvoided().order_by("valid_from").values_list("state", "number")
    assert list(rows) == [("lost", "SV 0000001"), ("held", "SV 0000002")]


def test_the_exempt_are_entitled(world: World) -> None:
    members.set_participation(actor=boss(), person=world.person("hoa"), kind="exempt", on=D(2026, 9, 1))
    assert [one.person for one in _due(world)] == [world.people["hoa"]]


def _due(world: World, first: date = FIRST, last: date = LAST) -> list[queries.Due]:
    return queries.eligible(world.land.lim, TODAY, first, last)


def test_eligible_are_the_members_of_the_scope_who_reach_a_level_and_were_not_awarded_it(world: World) -> None:
    (one,) = _due(world)
    assert (one.person, one.level, one.day, one.provisional) == (world.people["hoa"], 40, D(2026, 12, 10), False)
    assert [due.level for due in _due(world, D(2027, 12, 1), D(2028, 3, 1))] == [70]
    decided(world)
    assert _due(world) == []


def test_the_day_of_the_29th_of_february_is_counted_in_march(world: World) -> None:
    world.receive("nhuan", "Lê Nhuận", world.land.one, decision_date="1996-02-29", ceremony_date="1996-03-10",
                  official_date="1997-03-10")  # fmt: skip
    nhuan = world.people["nhuan"]
    assert [one.day for one in _due(world, D(2026, 3, 1), D(2026, 3, 2)) if one.person == nhuan] == [D(2026, 3, 1)]
    assert [one for one in _due(world, D(2026, 2, 1), D(2026, 3, 1)) if one.person == nhuan] == []
