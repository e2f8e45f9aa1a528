"""Conferences with numbers by group and tasks out of their conclusion; standing assignments of members."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest

from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.meetings import actions
from hatnhan.meetings.conferences.rules import Given, Group, Sheet
from hatnhan.meetings.models import Assignment, Conference, ConferenceTask
from hatnhan.members.models import Person
from tests.units.ground import TODAY
from tests.world import World, last_entry, refused

DAY = date(2026, 11, 10)


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def paper(**changes: Any) -> Sheet:
    given: dict[str, Any] = {
        "kind": "giao_ban", "title": "Giao ban tháng 11", "held_on": DAY, "conclusion": "Làm đường.",
        "groups": [Group("Bí thư chi bộ", 4, 3), Group("Trưởng thôn", 3, 3)],
    }  # fmt: skip
    return Sheet(**{**given, **changes})


# --- conferences --------------------------------------------------------------------------------------------------


def test_a_giao_ban_with_outsiders_by_post_becomes_tasks(world: World) -> None:
    ha = world.browser("ha")
    assert "Chưa ghi hội nghị nào" in said(ha.get("/meetings/conferences/"))
    given = {
        "kind": "giao_ban", "title": "Giao ban tháng 11", "held_on": "10/11/2026", "conclusion": "Làm đường thôn.",
        "group_label_1": "Bí thư chi bộ", "group_called_1": "4", "group_came_1": "3", "group_label_2": "Trưởng thôn",
        "group_called_2": "3", "group_came_2": "3", "task_text_1": "Đo đạc tuyến đường",
        "task_post_1": "Cán bộ địa chính",
        "task_due_1": "20/11/2026", "task_text_2": "Vận động hiến đất", "task_unit_2": str(world.land.one.pk),
        "task_due_2": "30/11/2026",
    }  # fmt: skip
    wrong = ha.post("/meetings/conferences/record/", {**given, "group_came_1": "5", "task_post_2": "Trưởng thôn"})
    assert wrong.status_code == 422
    assert "số dự 5 nhiều hơn số triệu tập 4" in said(wrong)
    assert "chỉ một trong hai" in said(wrong)
    assert "Làm đường thôn." in said(wrong)
    answer = ha.post("/meetings/conferences/record/", given)
    assert answer.status_code == 302, said(answer)
    one = Conference.objects.get()
    page = said(ha.get(f"/meetings/conferences/{one.pk}/"))
    assert "Cán bộ địa chính · hạn 20/11/2026" in page
    assert "6/7" in page
    assert "Quá hạn" in page
    assert "Chi bộ thôn Một" in page
    assert "Đo đạc tuyến đường" in said(ha.get("/meetings/conferences/"))
    task = ConferenceTask.objects.get(post="Cán bộ địa chính")
    assert ha.post(f"/meetings/conferences/tasks/{task.pk}/report/", {"state": "done"}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.done_on) == ("done", TODAY)
    assert "6/7" in str(last_entry().payload.values) or last_entry().code == "meetings.report_conference_task"


def test_who_sees_conferences(world: World) -> None:
    one = actions.confer(actor=world.actor("ha"), unit=world.land.lim, sheet=paper())
    assert world.browser("dung").get(f"/meetings/conferences/{one.pk}/").status_code == 200
    assert world.browser("khoa").get(f"/meetings/conferences/{one.pk}/").status_code == 404
    assert world.browser("thuy").get("/meetings/conferences/").status_code == 403
    assert "Giao ban tháng 11" not in said(world.browser("khoa").get("/meetings/conferences/"))
    with pytest.raises(NotFound):
        actions.confer(actor=world.actor("khoa"), unit=world.land.lim, sheet=paper())
    with pytest.raises(Forbidden):
        actions.confer(actor=world.actor("thuy"), unit=world.land.one, sheet=paper())


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"kind": "party"}, "kind"), ({"title": " "}, "title"), ({"held_on": TODAY + timedelta(days=1)}, "future"),
     ({"groups": [Group("A", 1, 2)]}, "came"), ({"groups": [Group("A", 1, 1), Group("A", 1, 1)]}, "labels"),
     ({"tasks": [Given("Việc", DAY - timedelta(days=1), post="Trưởng thôn")]}, "task_due"),
     ({"tasks": [Given("Việc", DAY)]}, "task_who")],
)  # fmt: skip
def test_what_cannot_be_true_of_a_conference(world: World, changes: dict[str, Any], code: str) -> None:
    with refused(code):
        actions.confer(actor=world.actor("ha"), unit=world.land.lim, sheet=paper(**changes))


def test_tasks_go_to_units_below_only(world: World) -> None:
    with refused("elsewhere"):
        actions.confer(
            actor=world.actor("ha"), unit=world.land.lim,
            sheet=paper(tasks=[Given("Việc", DAY, unit=world.land.far_cell.pk)]),
        )  # fmt: skip


def test_a_conference_is_taken_back_with_a_reason_unless_something_is_done(world: World) -> None:
    ha, tasks = world.actor("ha"), [Given("Việc", DAY, post="Trưởng thôn")]
    one = actions.confer(actor=ha, unit=world.land.lim, sheet=paper(tasks=tasks))
    address = f"/meetings/conferences/{one.pk}/withdraw/"
    assert world.browser("ha").post(address, {"reason": ""}).status_code == 422
    with refused("stale"):
        actions.withdraw_conference(actor=ha, conference=one, reason="Nhầm", seen=7)
    task = ConferenceTask.objects.get()
    with refused("on"):
        actions.report_conference_task(actor=ha, task=task, state="done", on=DAY - timedelta(days=1))
    with refused("state"):
        actions.report_conference_task(actor=ha, task=task, state="lost", on=DAY)
    actions.report_conference_task(actor=ha, task=task, state="done", on=DAY)
    with refused("same"):
        actions.report_conference_task(actor=ha, task=task, state="done", on=DAY)
    with refused("done"):
        actions.withdraw_conference(actor=ha, conference=one, reason="Nhầm")
    actions.report_conference_task(actor=ha, task=task, state="open", on=DAY)
    assert world.browser("ha").post(address, {"reason": "Ghi nhầm"}).status_code == 302
    assert world.browser("ha").get(f"/meetings/conferences/{one.pk}/").status_code == 404


# --- standing assignments -----------------------------------------------------------------------------------------


def test_a_member_looks_after_something_from_month_to_month(world: World) -> None:
    thuy = world.browser("thuy")
    assert "Chưa phân công việc thường xuyên" in said(thuy.get("/meetings/assignments/"))
    given = {"person": str(world.people["an"]), "text": "Phụ trách nhóm hộ số 3", "on": "1/11/2026"}
    assert thuy.post("/meetings/assignments/add/", {**given, "text": ""}).status_code == 422
    assert thuy.post("/meetings/assignments/add/", given).status_code == 302
    again = thuy.post("/meetings/assignments/add/", given)
    assert again.status_code == 422
    assert "đã được phân công cho đồng chí ấy" in said(again)
    assert "Phụ trách nhóm hộ số 3" in said(thuy.get(world.page("an")))
    assert "Phụ trách nhóm hộ số 3" in said(world.browser("an").get("/meetings/assignments/"))
    Person.objects.filter(pk=world.people["an"]).update(account=world.accounts["an"])
    assert "Phụ trách nhóm hộ số 3" in said(world.browser("an").get("/me/"))
    data = json.loads(world.browser("an").post("/me/export/", {"form": "json"}).content)
    assert data["assignments"] == [{"what": "Phụ trách nhóm hộ số 3", "from": "2026-11-01", "before": None}]
    row = Assignment.objects.unvoided().get()
    assert thuy.post(f"/meetings/assignments/{row.pk}/end/", {"on": "22/11/2026"}).status_code == 302
    assert "Phụ trách" not in said(thuy.get(world.page("an")))
    assert Assignment.objects.on(date(2026, 11, 21)).exists()


def test_what_is_refused_in_assignments(world: World) -> None:
    given: dict[str, Any] = {"unit": world.land.one, "person": world.person("an"), "text": "Việc", "on": TODAY}
    thuy = world.actor("thuy")
    with refused("stranger"):
        actions.assign(actor=thuy, **{**given, "person": world.person("chi")})
    with refused("text"):
        actions.assign(actor=thuy, **{**given, "text": " "})
    with refused("order"):
        actions.assign(actor=thuy, **given, until=TODAY)
    with pytest.raises(Forbidden):
        actions.assign(actor=world.actor("ha"), **given)
    with pytest.raises(NotFound):
        actions.assign(actor=world.actor("khoa"), **given)
    row = actions.assign(actor=thuy, **given)
    with refused("on"):
        actions.end_assignment(actor=thuy, row=row, on=TODAY - timedelta(days=1))
    assert world.browser("ha").get(f"/meetings/assignments/{row.pk}/end/").status_code == 403
    assert world.browser("khoa").get(f"/meetings/assignments/?unit={world.land.one.pk}").status_code == 404
    actions.end_assignment(actor=thuy, row=row, on=TODAY)
    assert not Assignment.objects.unvoided().exists()
