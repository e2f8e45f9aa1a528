"""Veteran statuses, rest-cure rounds with their five groups, commendations of members and organisations."""

from datetime import date

import pytest

from hatnhan.honours.badges import actions as badges
from hatnhan.honours.commendations import actions as commendations
from hatnhan.honours.models import Commendation, RestCall, RestRound, VeteranStatus
from hatnhan.honours.rest import actions, queries
from hatnhan.honours.veterans import actions as veterans
from hatnhan.kernel.actor import Forbidden, NotFound
from tests.world import World, last_entry, refused

pytestmark = pytest.mark.django_db
D = date


def a_round(world: World, places: int = 2) -> RestRound:
    return actions.plan_rest(
        actor=world.actor("ha"), unit=world.land.lim, name="Đợt mùa thu", place="Bãi Cát", first=D(2026, 11, 1),
        last=D(2026, 11, 8), places=places,
    )  # fmt: skip


def entitled(world: World) -> None:
    """Tám by a recognition, An by the 40-year badge, Hoa by a paper."""
    dung = world.actor("dung")
    veterans.recognise_veteran(
        actor=dung, person=world.person("tam"), kind="pre_uprising", on=D(2010, 5, 1), decision="7-QĐ/TU",
        paper="Tủ hồ sơ xã",
    )  # fmt: skip
    badges.record_badge(actor=dung, person=world.person("an"), level=40, on=D(2021, 3, 20))
    actions.mark_for_rest(
        actor=dung, person=world.person("hoa"), group="colonel_retired", on=D(2020, 1, 1), decision="9-QĐ"
    )


def test_those_entitled_are_found_by_five_groups_and_who_was_never_called_comes_first(world: World) -> None:
    entitled(world)
    found = queries.entitled(world.land.lim, D(2026, 11, 22))
    assert {
        world.people["an"]: "badge",
        world.people["tam"]: "pre_uprising",
        world.people["hoa"]: "colonel_retired",
    } == {one.person: one.group for one in found}
    rest = a_round(world)
    assert actions.call_to_rest(actor=world.actor("ha"), rest=rest, people=[found[0].person]) == 1
    actions.tell_rest(actor=world.actor("ha"), call=RestCall.objects.get(), state="went")
    again = queries.entitled(world.land.lim, D(2026, 11, 22))
    assert again[-1].person == found[0].person
    assert again[-1].last == D(2026, 11, 1)
    assert [one.calls for one in again] == [0, 0, 1]


def test_a_round_is_called_over_http_and_refuses_strangers_and_more_than_its_places(world: World) -> None:
    entitled(world)
    ha = world.browser("ha")
    given = {"name": "Đợt mùa đông", "place": "Bãi Cát", "first": "01/11/2026", "last": "08/11/2026", "places": "1"}
    answer = ha.post("/honours/rest/add/", given)
    here = answer["Location"]
    assert "chưa được gọi lần nào" in ha.get(here).content.decode()
    ha.post(here, {"person": [str(world.people["an"])]})
    call = RestCall.objects.select_related("round").get()
    assert (call.person_id, call.entitled_by) == (world.people["an"], "badge")
    with refused("places"):
        actions.call_to_rest(actor=world.actor("ha"), rest=call.round, people=[world.people["tam"]])
    with refused("entitled"):
        actions.call_to_rest(actor=world.actor("ha"), rest=call.round, people=[world.people["chi"]])
    with refused("twice"):
        actions.call_to_rest(actor=world.actor("ha"), rest=call.round, people=[world.people["an"]])
    assert world.browser("thuy").post(here, {"person": ["1"]}).status_code == 404
    assert ha.post("/honours/rest/add/", {**given, "last": "01/10/2026"}).status_code == 422


def test_a_veteran_is_recognised_once_and_by_the_province(world: World) -> None:
    given = {"person": world.person("tam"), "kind": "pre_1945", "on": D(2009, 1, 1), "decision": "7-QĐ/TU"}
    with pytest.raises(Forbidden):
        veterans.recognise_veteran(actor=world.actor("ha"), **given)  # type: ignore[arg-type]
    row = veterans.recognise_veteran(actor=world.actor("dung"), **given)  # type: ignore[arg-type]
    with refused("twice"):
        veterans.recognise_veteran(actor=world.actor("dung"), **given)  # type: ignore[arg-type]
    veterans.withdraw_veteran(actor=world.actor("dung"), row=row, reason="Ghi nhầm người")
    assert not VeteranStatus.objects.unvoided().exists()


def test_a_commendation_goes_from_the_proposal_to_the_decision_over_http(world: World) -> None:
    thuy, ha = world.browser("thuy"), world.browser("ha")
    given = {"kind": "member_year", "person": str(world.people["an"]), "year": "2025", "what": "Xuất sắc trong năm",
             "on": "10/11/2026"}  # fmt: skip
    here = thuy.post("/honours/commendations/add/", given)["Location"]
    row = Commendation.objects.get()
    assert thuy.post(f"{here}decide/", {"on": "20/11/2026", "decision": "5-QĐ/ĐU"}).status_code == 403
    assert ha.post(f"{here}decide/", {"on": "01/11/2026", "decision": "5-QĐ/ĐU"}).status_code == 422
    ha.post(f"{here}decide/", {"on": "20/11/2026", "decision": "5-QĐ/ĐU"})
    row.refresh_from_db()
    assert (row.state, row.decision) == ("decided", "5-QĐ/ĐU")
    assert last_entry().code == "honours.decide_commendation"
    assert "Nguyễn Văn An" in ha.get("/honours/commendations/").content.decode()
    assert world.browser("khoa").get(here).status_code == 404


def test_kinds_are_for_members_cells_or_the_grassroots_and_once_a_year(world: World) -> None:
    ha, land = world.actor("ha"), world.land
    given = {"actor": ha, "year": 2025, "what": "Tiêu biểu", "on": D(2026, 11, 10)}
    with refused("target"):
        commendations.commend(unit=land.one, kind="member_year", **given)  # type: ignore[arg-type]
    with refused("target"):
        commendations.commend(unit=land.one, kind="cell_year", person=world.person("an"), **given)  # type: ignore[arg-type]
    with refused("home"):
        commendations.commend(unit=land.two, kind="member_year", person=world.person("an"), **given)  # type: ignore[arg-type]
    commendations.commend(unit=land.one, kind="cell_year", **given)  # type: ignore[arg-type]
    with refused("twice"):
        commendations.commend(unit=land.one, kind="cell_year", **given)  # type: ignore[arg-type]
    commendations.commend(unit=land.school, kind="base_year", **given)  # type: ignore[arg-type]
    with refused("year"):
        commendations.commend(unit=land.one, kind="praise", **{**given, "year": 2027})  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        commendations.commend(unit=land.far_cell, kind="praise", **given)  # type: ignore[arg-type]
