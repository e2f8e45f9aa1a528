"""A meeting from paper to adopted minutes over HTTP, in the roles that see it; and every act with its refusals."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.meetings import actions
from hatnhan.meetings.minutes.rules import MotionSheet, Sheet, TaskSheet
from hatnhan.meetings.models import Attendance, Meeting, MeetingPast, Motion, Task
from hatnhan.members import actions as members
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

DAY = date(2026, 11, 3)


def paper(**changes: Any) -> Sheet:
    given: dict[str, Any] = {"kind": "regular", "held_on": DAY, "started": time(19, 30), "ended": time(21, 10)}
    return Sheet(**{**given, **changes})


def written(world: World, **changes: str) -> dict[str, str]:
    """The form as bà Thủy fills it in: Bình was away with reason, one vote, a resolution, one task."""
    return {
        "held_on": "3/11/2026", "started": "19h30", "ended": "21:10", "kind": "regular", "form": "in_person",
        "place": "Nhà văn hóa thôn Một", "chair": str(world.people["thuy"]), "clerk": str(world.people["an"]),
        "guests": "1", "spoke": "4", f"mark_{world.people['binh']}": "excused",
        "motion_text_1": "Thông qua nghị quyết tháng 11", "motion_for_1": "3", "outcome": "resolution",
        "outcome_text": "Vận động nhân dân làm đường thôn.", "task_text_1": "Họp tổ tự quản",
        "task_leader_1": str(world.people["anh"]), "task_due_1": "20/11/2026", **changes,
    }  # fmt: skip


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def recorded(world: World, **changes: Any) -> Meeting:
    return actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=paper(**changes))


# --- the story ----------------------------------------------------------------------------------------------------


def test_a_secretary_records_a_meeting_from_paper_and_adopts_it(world: World) -> None:
    thuy = world.browser("thuy")
    empty = said(thuy.get("/meetings/"))
    assert "Chưa có buổi sinh hoạt nào" in empty
    form = said(thuy.get("/meetings/record/"))
    assert "Vũ Sáu" in form
    answer = thuy.post("/meetings/record/", written(world))
    assert answer.status_code == 302, said(answer)
    one = Meeting.objects.get()
    assert (one.due, one.present, one.excused, one.unexcused, one.exempt_present) == (5, 4, 1, 0, 0)
    assert (one.minutes, one.spoke, one.tasks, one.tasks_done, one.outcome) == (100, 4, 1, 0, "resolution")
    page = said(thuy.get(f"/meetings/{one.pk}/"))
    assert "Có mặt 4 trên 5 đảng viên phải dự" in page
    # An, Ánh, Thủy, Bình are full; Liên is on probation; Sáu is exempt and not there
    assert "Tán thành 3/4, đạt 75 %. Cần 3: quá nửa" in page.replace("75,0", "75").replace("\xa0", " ")
    assert "Phạm Văn Bình" in page
    assert "chưa trên 90 % số đảng viên phải dự" in page
    assert thuy.post(f"/meetings/{one.pk}/adopt/", {"seen": one.version}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.adopted_on) == ("adopted", TODAY)
    again = thuy.post(f"/meetings/{one.pk}/adopt/", {})
    assert again.status_code == 422
    assert "đã được thông qua ngày 22/11/2026" in said(again)
    locked = thuy.post(f"/meetings/{one.pk}/change/", written(world))
    assert locked.status_code == 422
    assert thuy.post(f"/meetings/{one.pk}/addendum/", {"text": "Đồng chí Ánh bổ sung số liệu."}).status_code == 302
    assert "Đồng chí Ánh bổ sung số liệu." in said(thuy.get(f"/meetings/{one.pk}/"))


def test_the_next_meeting_asks_how_the_tasks_went(world: World) -> None:
    actions.record(
        actor=world.actor("thuy"), unit=world.land.one,
        sheet=paper(held_on=date(2026, 10, 3), tasks=[TaskSheet("Rà soát hộ nghèo", date(2026, 10, 30))]),
    )  # fmt: skip
    task = Task.objects.get()
    thuy = world.browser("thuy")
    assert "Rà soát hộ nghèo" in said(thuy.get("/meetings/record/"))
    answer = thuy.post("/meetings/record/", written(world, **{f"report_{task.pk}": "done"}))
    assert answer.status_code == 302, said(answer)
    task.refresh_from_db()
    assert (task.state, task.done_on, task.reported_in_id) == ("done", DAY, Meeting.objects.get(held_on=DAY).pk)
    assert Meeting.objects.get(held_on=date(2026, 10, 3)).tasks_done == 1


def test_a_task_is_reported_between_meetings_by_one_press(world: World) -> None:
    one, thuy = recorded(world, tasks=[TaskSheet("Việc", TODAY)]), world.browser("thuy")
    task = Task.objects.get()
    assert thuy.post(f"/meetings/tasks/{task.pk}/report/", {"state": "stuck"}).status_code == 302
    assert thuy.post(f"/meetings/tasks/{task.pk}/report/", {"state": "done"}).status_code == 302
    one.refresh_from_db()
    assert one.tasks_done == 1
    with refused("same"):
        actions.report_task(actor=world.actor("thuy"), task=Task.objects.get(), state="done", on=TODAY)
    with refused("on"):
        actions.report_task(actor=world.actor("thuy"), task=Task.objects.get(), state="open", on=date(2026, 11, 2))


def test_what_is_wrong_is_told_and_what_was_written_stays(world: World) -> None:
    thuy = world.browser("thuy")
    answer = thuy.post("/meetings/record/", written(world, motion_for_1="9"))
    assert answer.status_code == 422
    assert "nhiều nhất 3 phiếu" in said(answer)
    assert "Vận động nhân dân làm đường thôn." in said(answer)
    assert "Hãy ghi số tán thành" in said(thuy.post("/meetings/record/", written(world, motion_for_1="")))
    assert "Giờ chưa đúng" in said(thuy.post("/meetings/record/", written(world, started="tối")))
    assert "Hãy ghi hạn xong" in said(thuy.post("/meetings/record/", written(world, task_due_1="")))
    assert not Meeting.objects.exists()


def test_another_day_has_another_roll_and_says_so(world: World) -> None:
    thuy = world.browser("thuy")
    shown = re.search(r'name="people" value="([^"]*)"', thuy.get("/meetings/record/").content.decode())
    assert shown is not None
    sent = written(world, people=shown[1], held_on="3/1/2026")  # before Liên was admitted
    answer = thuy.post("/meetings/record/", sent)
    assert answer.status_code == 422
    assert "Danh sách điểm danh đã đổi" in said(answer)
    again = re.search(r'name="people" value="([^"]*)"', answer.content.decode())
    assert again is not None
    assert str(world.people["lien"]) not in again[1].split(",")
    assert thuy.post("/meetings/record/", {**sent, "people": again[1]}).status_code == 302


def test_two_secretaries_at_once_both_are_told(world: World) -> None:
    one, thuy, binh = recorded(world), world.browser("thuy"), world.browser("binh")
    first = thuy.post(f"/meetings/{one.pk}/change/", written(world, seen=str(one.version)))
    assert first.status_code == 302, said(first)
    late = binh.post(f"/meetings/{one.pk}/change/", written(world, seen=str(one.version), place="Nhà ông Bình"))
    assert late.status_code == 422
    assert "người khác đã thay đổi" in said(late)
    assert Meeting.objects.get().place == "Nhà văn hóa thôn Một"
    past = MeetingPast.objects.get()
    assert (past.values["present"], past.values["place"]) == (5, "")


def test_minutes_that_somebody_changed_meanwhile_are_not_adopted_unread(world: World) -> None:
    one, thuy = recorded(world), world.browser("thuy")
    assert thuy.post(f"/meetings/{one.pk}/change/", written(world, seen="0")).status_code == 302
    late = world.browser("binh").post(f"/meetings/{one.pk}/adopt/", {"seen": "0"})
    assert late.status_code == 422
    assert "người khác đã thay đổi" in said(late)
    assert 'name="seen" value="1"' in late.content.decode()
    assert Meeting.objects.get().state == "recorded"


def test_the_office_sees_and_does_not_write_the_neighbour_sees_nothing(world: World) -> None:
    one, office = recorded(world), world.browser("ha")
    assert office.get(f"/meetings/{one.pk}/").status_code == 200
    assert office.get(f"/meetings/record/?unit={world.land.one.pk}").status_code == 403
    assert office.post(f"/meetings/{one.pk}/adopt/", {}).status_code == 403
    neighbour = world.browser("khoa")
    assert neighbour.get(f"/meetings/{one.pk}/").status_code == 404
    assert "thôn Một" not in said(neighbour.get("/meetings/"))


def test_a_member_sees_the_outcome_and_the_tasks_not_the_roll(world: World) -> None:
    one = recorded(
        world, marks={world.people["binh"]: "unexcused"}, outcome="conclusion", outcome_text="Làm đường.",
        motions=[MotionSheet("Đề nghị kết nạp quần chúng", 3)], tasks=[TaskSheet("Góp ngày công", TODAY)],
    )  # fmt: skip
    page = said(world.browser("an").get(f"/meetings/{one.pk}/"))
    assert "Làm đường." in page
    assert "Góp ngày công" in page
    assert "Phạm Văn Bình" not in page
    assert "kết nạp" not in page
    assert "Phạm Văn Bình" in said(world.browser("thuy").get(f"/meetings/{one.pk}/"))


def test_the_month_says_which_cells_met(world: World) -> None:
    recorded(world)
    page = said(world.browser("ha").get("/meetings/month/?month=2026-11"))
    assert re.search(r"Chi bộ thôn Một 3/11/2026 5/5", page.replace("03/11", "3/11")), page
    assert re.search(r"Chi bộ thôn Hai Chưa lên lịch", page)
    above = said(world.browser("dung").get("/meetings/month/?month=2026-11"))
    assert "Đảng bộ xã Lim Thượng 1/4" in above
    assert world.browser("thuy").get("/meetings/month/").status_code == 403
    assert world.browser("ha").get(f"/meetings/month/?unit={world.land.che.pk}").status_code == 404
    assert world.browser("ha").get("/meetings/month/?month=chin").status_code == 200


# --- acts and their refusals --------------------------------------------------------------------------------------


def test_the_log_says_it_in_words_without_names_of_voters(world: World) -> None:
    recorded(world, marks={world.people["binh"]: "unexcused"}, motions=[MotionSheet("Nghị quyết", 2, 1, reserved=1)])
    entry = last_entry()
    assert entry.code == "meetings.record"
    text = str(entry.payload.body) if hasattr(entry.payload, "body") else str(vars(entry.payload))
    assert "Bình" not in text


def test_days_on_which_the_cell_did_not_stand_or_that_are_to_come(world: World) -> None:
    with refused("not_standing"):
        recorded(world, held_on=date(2025, 7, 3))
    with refused("future"):
        recorded(world, held_on=date(2026, 11, 23))


def test_people_of_other_cells_are_guests(world: World) -> None:
    with refused("strangers"):
        recorded(world, marks={world.people["chi"]: "present"})
    assert recorded(world, guests=1).guests == 1


def test_the_same_meeting_twice_is_refused_a_second_one_in_the_month_only_warned_of(world: World) -> None:
    recorded(world)
    with refused("twice"):
        recorded(world)
    second = recorded(world, held_on=date(2026, 11, 10))
    page = said(world.browser("thuy").get(f"/meetings/{second.pk}/"))
    assert "đã có một buổi sinh hoạt thường kỳ khác" in page


def test_what_was_recorded_by_mistake_is_taken_back_with_a_reason(world: World) -> None:
    one, thuy = recorded(world), world.browser("thuy")
    assert thuy.post(f"/meetings/{one.pk}/withdraw/", {"reason": ""}).status_code == 422
    assert thuy.post(f"/meetings/{one.pk}/withdraw/", {"reason": "Ghi nhầm ngày"}).status_code == 302
    assert thuy.get(f"/meetings/{one.pk}/").status_code == 404
    assert recorded(world).pk != one.pk  # the same day is free again


def test_adopted_minutes_are_not_taken_back_nor_open_ones_added_to(world: World) -> None:
    one, thuy = recorded(world), world.actor("thuy")
    with refused("state"):
        actions.add_addendum(actor=thuy, meeting=one, text="Thêm")
    actions.adopt(actor=thuy, meeting=one)
    with refused("state"):
        actions.withdraw(actor=thuy, meeting=one, reason="Nhầm")
    with refused("text"):
        actions.add_addendum(actor=thuy, meeting=one, text=" ")
    with refused("adopted"):
        actions.adopt(actor=thuy, meeting=one)


@pytest.mark.parametrize(("who", "error"), [("ha", Forbidden), ("an", Forbidden), ("khoa", NotFound)])
def test_only_the_cell_records(world: World, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        actions.record(actor=world.actor(who), unit=world.land.one, sheet=paper())


def test_the_roll_stays_as_it_was_when_somebody_leaves_later(world: World) -> None:
    one = recorded(world, held_on=date(2026, 10, 3))
    members.transfer(actor=boss(), person=world.person("anh"), to=world.land.two, on=DAY)
    assert Attendance.objects.filter(meeting=one).count() == 6
    one.refresh_from_db()
    assert one.due == 5


def test_recording_twenty_takes_few_queries(world: World) -> None:
    for n in range(14):
        world.receive(f"more{n}", f"Ngô Văn Thêm {n}", world.land.one, sex="m", birth="1980")
    sheet = paper(
        motions=[MotionSheet("Một", 10), MotionSheet("Hai", 15)], tasks=[TaskSheet("Việc", TODAY)],
        outcome="resolution", outcome_text="Nghị quyết.",
    )  # fmt: skip
    actor = world.actor("thuy")
    with CaptureQueriesContext(connection) as queries:
        one = actions.record(actor=actor, unit=world.land.one, sheet=sheet)
    assert Attendance.objects.filter(meeting=one).count() == 20
    assert Motion.objects.filter(meeting=one).count() == 2
    assert len(queries) <= 25, [query["sql"] for query in queries]


def test_many_meetings_are_loaded_together_or_none(world: World) -> None:
    good = actions.Held(world.land.one.pk, paper(tasks=[TaskSheet("Việc", DAY)]), done=1)
    bad = actions.Held(world.land.two.pk, paper(held_on=date(2026, 12, 1)))
    with refused("future"):
        actions.load(actor=boss(), unit=world.land.lim, held=[good, bad])
    with refused("nobody"):
        actions.load(actor=boss(), unit=world.land.lim, held=[actions.Held(world.land.far_cell.pk, paper())])
    with refused("none"):
        actions.load(actor=boss(), unit=world.land.lim, held=[])
    assert actions.load(actor=boss(), unit=world.land.lim, held=[good]) == 1
    one = Meeting.objects.get()
    assert (one.state, one.present, one.tasks_done) == ("adopted", 5, 1)


def test_the_form_works_for_a_cell_in_groups(world: World) -> None:
    members.place_in_group(actor=boss(), person=world.person("an"), group=world.group, on=DAY)
    page = said(Client() and world.browser("thuy").get("/meetings/record/"))
    assert "Tổ đảng số 1" in page
    assert "Chưa xếp tổ" in page
