"""A roll in numbers without names, who attended from elsewhere, the average duration; a committee's own meeting, which
its office records; what goes on where a cell went up in another; what a conference gave to do; the inbox."""

from datetime import date, time
from typing import Any

import pytest
from django.utils import timezone

from hatnhan.duties.models import Duty
from hatnhan.kernel.actor import Forbidden
from hatnhan.kernel.figures import REGISTRY, Ratio, Window, quotient
from hatnhan.kernel.models import Unit
from hatnhan.meetings import actions
from hatnhan.meetings.conferences.rules import Given
from hatnhan.meetings.conferences.rules import Sheet as Conferred
from hatnhan.meetings.minutes.rules import MotionSheet, Sheet
from hatnhan.meetings.models import Attendance, Following, Meeting, Sitting
from hatnhan.meetings.plan.rules import Plan
from hatnhan.members import actions as members
from hatnhan.units import actions as units
from hatnhan.units.models import UnitEvent
from tests.meetings.test_live import all_there, opened
from tests.meetings.test_live_phones import own_account
from tests.meetings.test_meetings import DAY, paper, recorded, said
from tests.units.ground import TODAY
from tests.world import World, boss, refused


def test_numbers_alone_are_enough_and_name_nobody(world: World) -> None:
    one = recorded(world, absent=(1, 1), motions=[MotionSheet("Thông qua nghị quyết", 3)])
    assert (one.due, one.present, one.excused, one.unexcused, one.by_numbers) == (5, 3, 1, 1, True)
    assert not Attendance.objects.filter(meeting=one).exists()
    page = said(world.browser("thuy").get(f"/meetings/{one.pk}/"))
    assert "Có mặt 3 trên 5 đảng viên phải dự" in page
    assert "Ghi bằng số, không có tên người vắng." in page
    actions.change(actor=world.actor("thuy"), meeting=one, sheet=paper(guests=2))
    one.refresh_from_db()
    assert (one.present, one.by_numbers, one.guests) == (3, True, 2)  # the numbers stay until somebody is named
    actions.change(actor=world.actor("thuy"), meeting=one, sheet=paper(marks={world.people["binh"]: "excused"}))
    one.refresh_from_db()
    assert (one.present, one.excused, one.by_numbers) == (4, 1, False)
    assert Attendance.objects.filter(meeting=one, mark="excused").count() == 1


def test_with_nobody_absent_the_roll_is_known_by_name(world: World) -> None:
    one = recorded(world, absent=(0, 0))
    assert not one.by_numbers
    assert Attendance.objects.filter(meeting=one, mark="present").count() == 5


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"absent": (4, 2)}, "absent"),
        ({"absent": (-1, 0)}, "absent"),
        ({"absent": (2, 2), "motions": [MotionSheet("Thông qua", 2)]}, "votes"),
        ({"absent": (3, 1), "spoke": 2}, "spoke"),
    ],
)
def test_numbers_that_cannot_be_true(world: World, changes: dict[str, Any], code: str) -> None:
    with refused(code):
        recorded(world, **changes)
    with refused("both"):
        recorded(world, absent=(1, 0), marks={world.people["binh"]: "excused"})


def test_the_short_form_takes_two_numbers_and_minds_names_that_do_not_fit(world: World) -> None:
    thuy = world.browser("thuy")
    given = {
        "held_on": "3/11/2026", "kind": "regular", "started": "19:30", "ended": "21:00", "outcome": "none",
        "excused_n": "2", "unexcused_n": "1", "guests": "0", "spoke": "1",
    }  # fmt: skip
    wrong = thuy.post("/meetings/record/short/", {**given, "excused": [str(world.people["binh"])]})
    assert wrong.status_code == 422
    assert "Ghi 2 người vắng nhưng đánh dấu 1 người" in said(wrong)
    assert thuy.post("/meetings/record/short/", given).status_code == 302
    one = Meeting.objects.get()
    assert (one.present, one.excused, one.unexcused, one.by_numbers) == (2, 2, 1, True)


def test_who_attended_from_elsewhere_stays_on_the_roll(world: World) -> None:
    sitting = opened(world)
    all_there(world, sitting)
    actions.call_roll(
        actor=world.actor("thuy"), sitting=sitting, person=world.people["anh"], mark="present", online=True
    )
    begun = timezone.localtime(sitting.opened_at).time().replace(second=0, microsecond=0)
    ending = actions.Ending(min(begun, time(22)), time(23, 30))
    one = actions.close_sitting(actor=world.actor("thuy"), sitting=sitting, ending=ending)
    assert list(Attendance.objects.filter(meeting=one, online=True).values_list("person_id", flat=True)) == [
        world.people["anh"]
    ]
    assert "Có mặt, trực tuyến" in said(world.browser("thuy").get(f"/meetings/{one.pk}/"))


def test_the_average_duration_is_minutes_and_no_share(world: World) -> None:
    recorded(world)  # 100 minutes
    recorded(world, held_on=date(2026, 11, 10), started=time(19), ended=time(20, 25), kind="thematic")
    one = REGISTRY["meetings.minutes_average"]
    assert isinstance(one, Ratio)
    found = quotient("meetings.minutes_average", world.land.one, Window(date(2026, 11, 1), date(2026, 12, 1)))
    assert one.written(found.share) == "92,5 phút"
    page = said(world.browser("ha").get("/figures/meetings.minutes_average/?from=2026-11-01"))
    assert "phút" in page
    assert "92,5 %" not in page


def test_the_office_records_a_committee_meeting_and_nothing_of_a_cell(world: World) -> None:
    ha, land = world.browser("ha"), world.land
    members.appoint(actor=boss(), person=world.person("binh"), unit=land.lim, office="secretary", on=date(2026, 1, 5))
    given = {
        "held_on": "3/11/2026", "started": "8:00", "ended": "10:00", "kind": "committee", "form": "in_person",
        "outcome": "conclusion", "outcome_text": "Tập trung làm đường.", "guests": "0", "spoke": "0",
    }  # fmt: skip
    form = ha.get(f"/meetings/record/?unit={land.lim.pk}")
    assert form.status_code == 200
    assert 'value="regular"' not in form.content.decode()
    answer = ha.post(f"/meetings/record/?unit={land.lim.pk}", given)
    assert answer.status_code == 302, said(answer)
    one = Meeting.objects.get(kind="committee")
    assert (one.unit_id, one.due, one.present) == (land.lim.pk, 1, 1)
    assert ha.post(f"/meetings/{one.pk}/adopt/", {"seen": one.version}).status_code == 302
    assert "Đã thông qua" in said(ha.get(f"/meetings/{one.pk}/"))
    assert ha.get(f"/meetings/record/?unit={land.one.pk}").status_code == 403
    with pytest.raises(Forbidden):
        actions.record(actor=world.actor("ha"), unit=land.one, sheet=Sheet("regular", DAY, time(8), time(10)))


def planned(unit: Unit, kind: str, day: date, starts: time, place: str = "") -> Sitting:
    return Sitting.objects.create(
        unit=unit, kind=kind, day=day, starts=starts, place=place, recorded_at=timezone.now(), recorded_in=1
    )


def test_what_is_ahead_goes_on_where_the_cell_went_up(world: World) -> None:
    land, office = world.land, world.actor("ha")
    members.appoint(actor=boss(), person=world.person("binh"), unit=land.lim, office="secretary", on=date(2026, 1, 5))
    actions.assign_following(
        actor=office, committee=land.lim, target=land.two, on=date(2026, 6, 1), person=world.person("binh")
    )
    row = planned(land.two, "regular", date(2026, 12, 3), time(19, 30), "Nhà văn hóa thôn Hai")
    same = planned(land.two, "thematic", date(2026, 12, 5), time(19))
    planned(land.one, "thematic", date(2026, 12, 5), time(19))
    effects = {one.code: one.count for one in units.preview_merge([land.one, land.two], land.one, TODAY)}
    assert (effects["sittings"], effects["following"]) == (1, 1)
    units.merge(actor=boss(), units=[land.one, land.two], into=land.one, on=TODAY)
    row.refresh_from_db()
    same.refresh_from_db()
    assert (row.unit_id, row.place) == (land.one.pk, "Nhà văn hóa thôn Hai")
    assert same.unit_id == land.two.pk  # the cell that goes on has its own meeting at that hour
    now = Following.objects.on(TODAY).get()
    assert (now.target_id, now.person_id) == (land.one.pk, world.people["binh"])
    assert Following.objects.on(date(2026, 7, 1)).get().target_id == land.two.pk
    units.undo_event(actor=boss(), event=UnitEvent.objects.latest("pk"))
    row.refresh_from_db()
    assert (row.unit_id, row.came_from) == (land.two.pk, None)
    assert Following.objects.on(TODAY).get().target_id == land.two.pk


def test_what_a_conference_gives_to_do_waits_in_the_inbox_of_the_cell(world: World) -> None:
    given = [Given("Vận động hiến đất", date(2026, 12, 10), unit=world.land.one.pk)]
    sheet = Conferred(kind="giao_ban", title="Giao ban", held_on=date(2026, 11, 10), conclusion="Làm.", tasks=given)
    one = actions.confer(actor=world.actor("ha"), unit=world.land.lim, sheet=sheet)
    duty = Duty.objects.get(kind="meetings.conference_task")
    assert (duty.due, duty.counted, duty.state) == (date(2026, 12, 10), "fixed", "open")
    assert "Vận động hiến đất (hội nghị ngày 10/11/2026)" in said(world.browser("thuy").get("/duties/"))
    task = one.tasks.get()
    actions.report_conference_task(actor=world.actor("ha"), task=task, state="done", on=TODAY)
    duty.refresh_from_db()
    assert duty.state == "done"
    actions.report_conference_task(actor=world.actor("ha"), task=task, state="stuck", on=TODAY)
    assert Duty.objects.filter(kind="meetings.conference_task", state="open").count() == 1
    actions.withdraw_conference(actor=world.actor("ha"), conference=one, reason="Ghi nhầm")
    assert not Duty.objects.filter(kind="meetings.conference_task", state="open").exists()


def test_members_are_told_of_the_meeting_in_their_own_inbox(world: World) -> None:
    own_account(world, "an")
    plan = Plan("regular", date(2026, 12, 3), time(19, 30), place="Nhà văn hóa thôn Một")
    one = actions.plan(actor=world.actor("thuy"), unit=world.land.one, plan=plan)
    an = world.browser("an")
    assert "Sinh hoạt thường kỳ tháng 12/2026" not in said(an.get("/duties/"))
    actions.invite(actor=world.actor("thuy"), sitting=one)
    page = said(an.get("/duties/"))
    assert "Sinh hoạt thường kỳ tháng 12/2026" in page
    assert "19:30 · Thứ năm 3/12/2026 · Nhà văn hóa thôn Một" in page
    assert "chưa trả lời" in page
    assert "Sinh hoạt thường kỳ tháng 12/2026" not in said(world.browser("khoa").get("/duties/"))
