"""Campaigns: planned, units chosen in four ways, started by bulk, told of by the units, seen on a board, closed."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from hatnhan.access.models import Grant
from hatnhan.duties.campaigns import actions, queries
from hatnhan.duties.campaigns.rules import StepSheet, percent, plan_flaws
from hatnhan.duties.models import Campaign, Duty, Obstacle, Owner, Piece, Step, Target, Visit
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.days import today
from hatnhan.kernel.figures import Window, table
from hatnhan.kernel.models import Unit
from hatnhan.units import actions as units
from tests.api.program import program
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db


def steps(*days: int) -> list[StepSheet]:
    return [StepSheet(f"Bước {n}", today() + timedelta(days=day)) for n, day in enumerate(days, start=1)]


def draft(world: World, *days: int, name: str = "ha", unit: Unit | None = None) -> Campaign:
    return actions.plan_campaign(
        actor=world.actor(name, today()), unit=unit or world.land.lim, title="Làm sạch dữ liệu đảng viên",
        steps=steps(*(days or (10, 20))), document="12-KH/ĐU",
    )  # fmt: skip


def running(world: World, *days: int, chosen: Sequence[Unit] = ()) -> Campaign:
    campaign, ha = draft(world, *days), world.actor("ha", today())
    land = world.land
    actions.add_targets(actor=ha, campaign=campaign, units=[unit.pk for unit in chosen or (land.one, land.two)])
    actions.start_campaign(actor=ha, campaign=campaign, on=today())
    return campaign


def at(campaign: Campaign, unit: Unit) -> Target:
    return Target.objects.select_related("campaign", "unit").get(campaign=campaign, unit=unit)


def step(campaign: Campaign, number: int) -> Step:
    return Step.objects.get(campaign=campaign, number=number)


def text(world: World, name: str, path: str) -> str:
    return str(world.browser(name).get(path).content.decode())


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "days", "codes"),
    [("Đợt", (1, 2), []), (" ", (1,), ["title"]), ("Đợt", (), ["steps"]), ("Đợt", (5, 2), ["order"]),
     ("Đợt", range(9), ["steps"])],
)  # fmt: skip
def test_a_plan_needs_a_name_and_steps_in_order(title: str, days: Sequence[int], codes: list[str]) -> None:
    sheets = [StepSheet("Bước", date(2026, 12, 1) + timedelta(days=day)) for day in days]
    assert [one.code for one in plan_flaws(title, sheets)] == codes


@pytest.mark.parametrize(("done", "of", "share"), [(0, 5, 0), (2, 3, 66), (3, 3, 100), (0, 0, 0)])
def test_progress_is_rounded_down(done: int, of: int, share: int) -> None:
    assert percent(done, of) == share


# --- the story --------------------------------------------------------------------------------------------------------


def test_a_committee_plans_chooses_and_starts_over_http(world: World) -> None:
    ha, land = world.browser("ha"), world.land
    ahead = [f"{today() + timedelta(days=day):%d/%m/%Y}" for day in (7, 14)]
    given = {
        "title": "Chuẩn bị đại hội chi bộ", "document": "31-KH/ĐU", "step_1": "Lập tiểu ban", "due_1": ahead[0],
        "step_2": "Trình đề án nhân sự", "due_2": ahead[1],
    }  # fmt: skip
    answer = ha.post("/campaigns/add/", {**given, "due_2": ""})
    assert answer.status_code == 422
    assert "Hãy ghi hạn của bước này." in answer.content.decode()
    assert 'value="Trình đề án nhân sự"' in answer.content.decode()
    where = ha.post("/campaigns/add/", given).headers["Location"]
    campaign = Campaign.objects.get()
    assert where == f"/campaigns/{campaign.pk}/choose/"
    assert "Chi bộ thôn" in ha.get(where).content.decode()
    ha.post(where, {"how": "kinds", "kind": ["village_cell"], "within": ""})
    assert Target.objects.count() == 3
    assert ha.post(where, {"how": "kinds", "kind": ["village_cell"]}).status_code == 422
    ha.post(where, {"how": "picked", "unit": [land.school.pk]})
    answer = ha.post(where, {"how": "list", "list": "91.001.001.01\nChi bộ không có\n"})
    assert "Chi bộ không có" in answer.content.decode()
    assert Target.objects.count() == 5
    assert "Chi bộ thôn Hai" in ha.get(f"{where}?q=thon+hai").content.decode()
    gone = Target.objects.get(unit=land.school)
    ha.post(f"/campaigns/{campaign.pk}/units/{gone.pk}/remove/")
    assert Target.objects.count() == 4
    assert "4 đơn vị phải làm 2 bước" in ha.get(f"/campaigns/{campaign.pk}/start/").content.decode()
    ha.post(f"/campaigns/{campaign.pk}/start/")
    campaign.refresh_from_db()
    assert (campaign.state, campaign.started_on) == ("running", today())
    assert Duty.objects.filter(kind="duties.campaign", state="open").count() == 8
    assert last_entry().payload.values["targets"] == 4
    assert "Lập tiểu ban · Chuẩn bị đại hội chi bộ" in text(world, "thuy", "/duties/")


def test_a_secretary_tells_of_steps_and_obstacles_and_the_board_follows(world: World) -> None:
    campaign = running(world)
    target, thuy = at(campaign, world.land.one), world.browser("thuy")
    path = f"/campaigns/{campaign.pk}/units/{target.pk}/"
    first = step(campaign, 1)
    assert thuy.post(f"{path}steps/{first.pk}/", {"on": "32/1/2026"}).status_code == 422
    assert thuy.post(f"{path}steps/{first.pk}/", {"on": f"{today():%d/%m/%Y}"}).headers["Location"] == path
    target.refresh_from_db()
    assert (target.done, target.finished_on) == (1, None)
    assert last_entry().payload.sentence.startswith("%(unit)s xong bước")
    assert (
        Duty.objects.get(kind="duties.campaign", about=Piece.objects.get(target=target, step=first).pk).state == "done"
    )
    thuy.post(f"{path}obstacle/", {"kind": "guidance", "text": "Mẫu phiếu chưa thống nhất"})
    board = text(world, "ha", f"/campaigns/{campaign.pk}/")
    for words in ("25 %", "Chưa rõ hướng dẫn: 1", "50 %, 1/2 bước"):
        assert words in board
    assert "Mẫu phiếu chưa thống nhất" in text(world, "ha", path)
    thuy.post(f"{path}obstacle/gone/")
    thuy.post(f"{path}steps/{step(campaign, 2).pk}/", {"on": f"{today():%d/%m/%Y}"})
    target.refresh_from_db()
    assert (target.done, target.obstacle, target.finished_on) == (2, "", today())
    thuy.post(f"{path}steps/{first.pk}/back/")
    target.refresh_from_db()
    assert (target.done, target.finished_on) == (1, None)
    assert "Làm sạch dữ liệu" in text(world, "thuy", "/duties/")


def test_visits_are_recorded_by_post_and_struck_out_by_those_who_lead(world: World) -> None:
    campaign = running(world)
    target, ha = at(campaign, world.land.one), world.browser("ha")
    path = f"/campaigns/{campaign.pk}/units/{target.pk}/"
    given = {"on": f"{today():%d/%m/%Y}", "post": "Phó Bí thư Thường trực", "note": "Thống nhất làm trong tuần"}
    assert ha.post(f"{path}visits/", {**given, "post": ""}).status_code == 422
    ha.post(f"{path}visits/", given)
    visit = Visit.objects.get()
    target.refresh_from_db()
    assert target.visited_on == today()
    assert "Phó Bí thư Thường trực" in text(world, "thuy", path)
    assert world.browser("thuy").post(f"{path}visits/", given).status_code == 403
    assert ha.post(f"{path}visits/{visit.pk}/void/", {"reason": ""}).status_code == 422
    ha.post(f"{path}visits/{visit.pk}/void/", {"reason": "ghi nhầm chi bộ"})
    assert at(campaign, world.land.one).visited_on is None
    assert not Visit.objects.unvoided().exists()


def test_what_is_late_is_found_reminded_and_closed(world: World) -> None:
    campaign, land = running(world, 0, 20), world.land
    Piece.objects.filter(step__number=1).update(due=today() - timedelta(days=2))
    Duty.objects.filter(due=today()).update(due=today() - timedelta(days=2))
    ha = world.browser("ha")
    page = ha.get(f"/campaigns/{campaign.pk}/?progress=late").content.decode()
    assert "2 đơn vị phù hợp" in page
    assert "quá hạn 2 ngày" in page
    ha.post(f"/campaigns/{campaign.pk}/remind/")
    assert Duty.objects.filter(reminded_on=today()).count() == 2
    assert ha.post(f"/campaigns/{campaign.pk}/remind/").status_code == 422
    ha.post(f"/campaigns/{campaign.pk}/close/")
    campaign.refresh_from_db()
    assert campaign.state == "closed"
    assert not Duty.objects.filter(kind="duties.campaign", state="open").exists()
    assert "0 đơn vị phù hợp" in ha.get(f"/campaigns/{campaign.pk}/?progress=late").content.decode()
    with refused("state"):
        actions.report_step(
            actor=world.actor("thuy", today()), target=at(campaign, land.one), step=step(campaign, 1), on=today()
        )


def test_the_list_goes_into_a_workbook(world: World) -> None:
    campaign = running(world)
    answer = world.browser("ha").get(f"/campaigns/{campaign.pk}/units.xlsx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


# --- scope ------------------------------------------------------------------------------------------------------------


def test_each_sees_the_part_of_the_own_scope(world: World) -> None:
    land, dung = world.land, world.actor("dung", today())
    campaign = actions.plan_campaign(actor=dung, unit=land.province, title="Đổi thẻ đảng viên", steps=steps(5))
    cells = [land.one.pk, land.two.pk, land.far_cell.pk]
    actions.add_targets(actor=dung, campaign=campaign, units=cells)
    assert world.browser("ha").get(f"/campaigns/{campaign.pk}/").status_code == 404
    actions.start_campaign(actor=dung, campaign=campaign, on=today())
    path = f"/campaigns/{campaign.pk}/"
    assert "3 đơn vị" in text(world, "dung", path)
    assert "Theo nơi trực thuộc" not in text(world, "dung", path)
    actions.add_targets(actor=dung, campaign=campaign, units=[land.three.pk])
    assert "Theo nơi trực thuộc" in text(world, "dung", path)
    ha = text(world, "ha", path)
    assert "3 đơn vị" in ha
    assert "Chi bộ thôn Chè" not in ha
    assert "Nhắc đơn vị quá hạn" not in ha
    assert "1 đơn vị" in text(world, "thuy", path)
    far = at(campaign, land.far_cell)
    assert world.browser("ha").get(f"{path}units/{far.pk}/").status_code == 404
    assert world.browser("ha").post(f"{path}close/").status_code == 403
    assert world.browser("thuy").post(f"{path}close/").status_code == 403
    assert world.browser("an").get(path).status_code == 403
    assert "Đổi thẻ" not in text(world, "an", "/duties/")


def test_nobody_tells_for_another_unit_or_runs_what_is_not_theirs(world: World) -> None:
    campaign, land = running(world), world.land
    khoa, thuy = world.actor("khoa", today()), world.actor("thuy", today())
    two = at(campaign, land.two)
    with pytest.raises(NotFound):
        actions.report_step(actor=khoa, target=two, step=step(campaign, 1), on=today())
    with pytest.raises(NotFound):
        actions.report_obstacle(actor=thuy, target=two, kind="people", on=today())
    with pytest.raises(Forbidden):
        actions.plan_campaign(actor=thuy, unit=land.one, title="Đợt", steps=steps(1))
    with refused("outside"):
        actions.add_targets(actor=world.actor("ha", today()), campaign=draft(world), units=[land.far_cell.pk])


# --- refusals and corners ---------------------------------------------------------------------------------------------


def test_a_campaign_without_units_or_with_a_day_past_does_not_start(world: World) -> None:
    ha, campaign = world.actor("ha", today()), draft(world, -3, 5)
    with refused("units", "due"):
        actions.start_campaign(actor=ha, campaign=campaign, on=today())
    actions.revise_campaign(actor=ha, campaign=campaign, title="Sửa lại", steps=steps(4))
    actions.add_targets(actor=ha, campaign=campaign, units=[world.land.one.pk])
    assert actions.start_campaign(actor=ha, campaign=campaign, on=today()) == 1
    with refused("state"):
        actions.revise_campaign(actor=ha, campaign=campaign, title="Sửa nữa", steps=steps(4))
    with refused("state"):
        actions.start_campaign(actor=ha, campaign=campaign, on=today())


@pytest.mark.parametrize(("days", "code"), [(1, "on"), (-1, "on")])
def test_a_step_is_not_done_tomorrow_nor_before_the_campaign(world: World, days: int, code: str) -> None:
    campaign = running(world)
    with refused(code):
        actions.report_step(
            actor=world.actor("thuy", today()), target=at(campaign, world.land.one), step=step(campaign, 1),
            on=today() + timedelta(days=days),
        )  # fmt: skip


def test_the_same_step_twice_and_a_strange_obstacle_are_refused(world: World) -> None:
    campaign, thuy = running(world), world.actor("thuy", today())
    target, first = at(campaign, world.land.one), step(campaign, 1)
    with refused("open"):
        actions.take_back_step(actor=thuy, target=target, step=first, on=today())
    actions.report_step(actor=thuy, target=target, step=first, on=today())
    with refused("done"):
        actions.report_step(actor=thuy, target=target, step=first, on=today())
    with refused("kind"):
        actions.report_obstacle(actor=thuy, target=target, kind="laziness", on=today())
    with refused("none"):
        actions.clear_obstacle(actor=thuy, target=target, on=today())


def test_units_join_and_leave_a_campaign_that_runs(world: World) -> None:
    campaign, ha, land = running(world), world.actor("ha", today()), world.land
    actions.add_targets(actor=ha, campaign=campaign, units=[land.three.pk])
    assert Duty.objects.filter(kind="duties.campaign", state="open").count() == 6
    with refused("reason"):
        actions.remove_target(actor=ha, target=at(campaign, land.three))
    actions.remove_target(actor=ha, target=at(campaign, land.three), reason="chi bộ chờ sáp nhập")
    assert Duty.objects.filter(kind="duties.campaign", state="open").count() == 4
    assert queries.board(campaign, queries.targets(ha, campaign), today()).units == 2


def test_a_merged_unit_leaves_its_steps_to_its_heir(world: World) -> None:
    campaign, land = running(world), world.land
    units.merge(actor=boss(), units=[land.one, land.two], into=land.one, on=today())
    assert set(Owner.objects.on(today()).values_list("unit", flat=True)) == {land.one.pk}
    actions.report_step(
        actor=world.actor("thuy", today()), target=at(campaign, land.two), step=step(campaign, 1), on=today()
    )


def test_an_office_passes_on_with_its_steps(world: World) -> None:
    running(world)
    assert Grant.objects.filter(account=world.account("thuy")).exists()
    assert len(re.findall(r"Làm sạch dữ liệu", text(world, "thuy", "/duties/"))) == 2


def test_figures_count_the_rows_that_they_open(world: World) -> None:
    campaign, land = running(world, 1, 3), world.land
    thuy = world.actor("thuy", today())
    actions.report_step(actor=thuy, target=at(campaign, land.one), step=step(campaign, 1), on=today())
    actions.report_obstacle(actor=thuy, target=at(campaign, land.one), kind="people", on=today())
    window = Window(today(), today() + timedelta(days=9))
    codes = ["duties.campaign_due", "duties.campaign_done", "duties.campaign_obstacles", "duties.campaign_visits"]
    total = table(codes, land.lim, window).total
    assert [total[code] for code in codes] == [4, 1, 1, 0]
    last = today() + timedelta(days=8)
    page = text(world, "ha", f"/figures/duties.campaign_due/?from={today()}&to={last}&unit={land.lim.pk}")
    assert "Chi bộ thôn Hai" in page
    assert Obstacle.objects.unvoided().count() == 1


def test_programs_read_the_lists_and_tell_of_a_step(world: World) -> None:
    campaign = running(world)
    caller, target = program(world, "thuy"), at(campaign, world.land.one)
    assert [row["campaign"] for row in caller.get("/campaigns").said["rows"]] == [campaign.pk]
    (row,) = caller.get("/campaigns/units", campaign=campaign.pk).said["rows"]
    assert (row["target"], row["progress"]) == (target.pk, 0)
    answer = caller.post(
        f"/campaigns/units/{target.pk}/step", {"step": step(campaign, 1).pk, "on": today().isoformat()}
    )
    assert answer.status == 200, answer.said
    refusal: Any = caller.post(f"/campaigns/{campaign.pk}/close", {"on": today().isoformat()})
    assert refusal.status == 403


def test_thousands_of_units_start_in_one_act(world: World) -> None:
    land, ha = world.land, world.actor("ha", today())
    many = [
        units.found(actor=boss(), name=f"Chi bộ số {n}", kind="village_cell", parent=land.lim, on=today())
        for n in range(30)
    ]
    campaign = draft(world, 5, 6, 7)
    actions.add_targets(actor=ha, campaign=campaign, units=[unit.pk for unit in many])
    assert actions.start_campaign(actor=ha, campaign=campaign, on=today()) == 90
    assert last_entry().code == "duties.start_campaign"
    assert Owner.objects.filter(unit=many[7], role="cell_secretary").count() == 3
