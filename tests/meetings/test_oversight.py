"""The superior's view: cells by stage and the late ones, reminders, who follows which cells and who came, reports."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hatnhan.duties.models import Duty, Owner
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.models import Unit
from hatnhan.meetings import actions
from hatnhan.meetings.minutes.rules import Sheet
from hatnhan.meetings.models import Following, Meeting, Observer, Reminder, Sitting
from hatnhan.meetings.oversight import following, stages
from hatnhan.meetings.scores import queries as score_queries
from hatnhan.members import actions as members
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

FIRST, DAY = date(2026, 11, 1), date(2026, 11, 3)


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def held(world: World, unit: Unit | None = None, on: date = DAY, **changes: Any) -> Meeting:
    sheet = Sheet(**{"kind": "regular", "held_on": on, "started": time(19), "ended": time(21), **changes})
    return actions.record(actor=boss(), unit=unit or world.land.one, sheet=sheet)


def planned(unit: Unit, on: date, state: str = "planned") -> Sitting:
    """A regular meeting on its way, as planning leaves it."""
    now = timezone.now()
    more: dict[str, Any] = {"opened_at": now} if state == "open" else {}
    if hasattr(Sitting, "invited_at") and state != "planned":
        more["invited_at"] = now
    return Sitting.objects.create(
        unit=unit, kind="regular", state=state, day=on, starts=time(19), recorded_at=now, recorded_in=1, **more
    )


def secretary_of_lim(world: World) -> None:
    """Chi holds an office in the commune's committee."""
    members.appoint(actor=boss(), person=world.person("chi"), unit=world.land.lim, office="secretary", on=DAY)


# --- stages and the month -----------------------------------------------------------------------------------------


def test_every_cell_is_in_one_stage(world: World) -> None:
    held(world)
    planned(world.land.two, date(2026, 11, 25), "invited")
    planned(world.land.three, date(2026, 11, 20))
    month = stages.month_at(world.land.lim, FIRST, TODAY)
    total, parts = stages.counted(month)
    assert {code: n for code, n in total.items() if n} == {"held": 1, "invited": 1, "planned": 1, "none": 1, "late": 2}
    assert parts[world.land.two.pk]["invited"] == 1
    assert parts[world.land.three.pk]["late"] == 1  # its planned day has passed
    above, by_commune = stages.counted(stages.month_at(world.land.province, FIRST, TODAY))
    assert by_commune[world.land.lim.pk] == total
    assert sum(above[code] for code in stages.STAGES) == 5


def test_a_cell_is_not_late_before_the_day_of_the_rule(world: World) -> None:
    early = stages.month_at(world.land.lim, FIRST, date(2026, 11, 10))
    assert early.late_after == date(2026, 11, 10)
    assert stages.counted(early)[0]["late"] == 0
    late = stages.month_at(world.land.lim, FIRST, date(2026, 11, 11))
    assert stages.counted(late)[0]["late"] == 4


def test_the_month_shows_counts_that_open_their_cells(world: World) -> None:
    one, ha = held(world), world.browser("ha")
    page = ha.get("/meetings/month/?month=2026-11")
    assert "Chưa lên lịch 3" in said(page)
    assert "Nhắc 3 chi bộ chậm" in said(page)
    link = re.search(r'href="(/meetings/cells/\?[^"]*stage=held)"', page.content.decode())
    assert link is not None
    cells = ha.get(link[1].replace("&amp;", "&"))
    assert "Chi bộ thôn Một" in said(cells)
    assert "Chi bộ thôn Hai" not in said(cells)
    assert f'href="/meetings/{one.pk}/"' in cells.content.decode()
    late = said(ha.get("/meetings/cells/?month=2026-11&late=yes"))
    assert "Chi bộ thôn Hai" in late
    assert "Chi bộ thôn Một" not in late
    assert "Chi bộ thôn" not in said(ha.get("/meetings/cells/?month=2026-11&stage=open"))


def test_the_month_costs_the_same_for_a_commune_and_a_province(world: World) -> None:
    held(world)
    for who in ("ha", "dung"):
        browser = world.browser(who)
        browser.get("/meetings/month/?month=2026-11")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/meetings/month/?month=2026-11").status_code == 200
        assert len(queries) <= 20, [query["sql"][:150] for query in queries]


def test_only_the_own_cells_are_counted_and_listed(world: World) -> None:
    khoa = world.browser("khoa")
    page = said(khoa.get("/meetings/cells/?month=2026-11"))
    assert "Chi bộ thôn Chè" in page
    assert "thôn Một" not in page
    assert khoa.get(f"/meetings/cells/?unit={world.land.lim.pk}").status_code == 404
    assert world.browser("thuy").get("/meetings/cells/").status_code == 403


# --- reminders ----------------------------------------------------------------------------------------------------


def test_the_late_ones_are_reminded_and_the_meeting_settles_it(world: World) -> None:
    held(world, world.land.two)
    ha = world.browser("ha")
    answer = ha.post("/meetings/remind/", {"month": "2026-11"}, follow=True)
    assert "Đã nhắc 3 chi bộ." in said(answer)
    assert last_entry().code == "meetings.remind"
    owed = Duty.objects.filter(kind="meetings.hold", state="open")
    assert {Owner.objects.get(duty=duty).unit_id for duty in owed} == {
        world.land.one.pk, world.land.three.pk, world.land.class_cell.pk,
    }  # fmt: skip
    inbox = said(world.browser("thuy").get("/duties/"))
    assert "Cấp ủy nhắc: sinh hoạt thường kỳ tháng 11/2026" in inbox
    assert "đã nhắc" in said(ha.get("/meetings/cells/?month=2026-11"))
    ha.post("/meetings/remind/", {"month": "2026-11"})
    assert Reminder.objects.get(unit=world.land.one).times == 2
    assert owed.all().count() == 3
    held(world, on=TODAY)
    assert owed.all().count() == 2
    assert "Cấp ủy nhắc" not in said(world.browser("thuy").get("/duties/"))


def test_nobody_late_nobody_reminded_and_only_by_those_who_may(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.remind(actor=world.actor("thuy"), unit=world.land.one, first=FIRST)
    with pytest.raises(NotFound):
        actions.remind(actor=world.actor("khoa"), unit=world.land.lim, first=FIRST)
    held(world)
    with refused("none"):
        actions.remind(actor=world.actor("ha"), unit=world.land.one, first=FIRST)
    answer = world.browser("ha").post(f"/meetings/remind/?unit={world.land.one.pk}", {"month": "2026-11"}, follow=True)
    assert "Không có chi bộ nào chậm" in said(answer)
    assert world.browser("thuy").post("/meetings/remind/", {}).status_code == 403


# --- who follows, who came ----------------------------------------------------------------------------------------


def test_a_committee_assigns_who_follows_and_the_cell_says_who_came(world: World) -> None:
    secretary_of_lim(world)
    ha, one = world.browser("ha"), held(world, on=date(2026, 11, 20))
    assert "Chưa phân công ai theo dõi" in said(ha.get("/meetings/following/"))
    given = {
        "who": f"p{world.people['chi']}", "target": str(world.land.one.pk), "on": "4/11/2026", "field": "",
        "decision": "7-QĐ/ĐU",
    }  # fmt: skip
    assert ha.post("/meetings/following/assign/", given).status_code == 302
    assert "Hoàng Thị Chi" in said(ha.get("/meetings/following/"))
    twice = ha.post("/meetings/following/assign/", given)
    assert twice.status_code == 422
    assert "đã được phân công" in said(twice)
    assert "Hoàng Thị Chi" in said(world.browser("thuy").get("/meetings/following/"))
    thuy = world.browser("thuy")
    assert "Hoàng Thị Chi theo dõi chi bộ" in said(thuy.get(f"/meetings/{one.pk}/"))
    assert thuy.post(f"/meetings/{one.pk}/observers/", {"people": str(world.people["chi"])}).status_code == 302
    assert Observer.objects.get().person_id == world.people["chi"]
    assert "Hoàng Thị Chi đã dự" in said(thuy.get(f"/meetings/{one.pk}/"))
    assert "Hoàng Thị Chi" not in said(world.browser("an").get(f"/meetings/{one.pk}/"))
    row = Following.objects.unvoided().get()
    assert ha.get(f"/meetings/following/{row.pk}/end/").status_code == 200
    assert ha.post(f"/meetings/following/{row.pk}/end/", {"on": "22/11/2026"}).status_code == 302
    assert following.following_unit(world.land.one, TODAY) == []
    assert [each.person_id for each in following.following_unit(world.land.one, date(2026, 11, 20))] == [
        world.people["chi"]
    ]


def test_who_follows_a_unit_follows_all_below_and_a_field_beside(world: World) -> None:
    secretary_of_lim(world)
    given: dict[str, Any] = {"actor": world.actor("ha"), "committee": world.land.lim, "person": world.person("chi")}
    actions.assign_following(**given, target=world.land.school, on=DAY)
    actions.assign_following(**given, target=world.land.lim, field="Kinh tế", on=DAY)
    rows = following.following_unit(world.land.class_cell, TODAY)
    assert [row.field for row in rows] == ["", "Kinh tế"]
    assert len(following.followed_by(world.people["chi"], TODAY)) == 2


def test_what_is_refused_in_following(world: World) -> None:
    secretary_of_lim(world)
    ha = world.actor("ha")
    given: dict[str, Any] = {"committee": world.land.lim, "target": world.land.one, "on": TODAY}
    with refused("who"):
        actions.assign_following(actor=ha, **given)
    with refused("not_member"):
        actions.assign_following(actor=ha, **given, person=world.person("an"))
    with refused("not_body"):
        actions.assign_following(actor=ha, **given, body=5)
    with refused("not_below"):
        actions.assign_following(actor=ha, **{**given, "target": world.land.far_cell}, person=world.person("chi"))
    with refused("order"):
        actions.assign_following(actor=ha, **given, until=TODAY, person=world.person("chi"))
    row = actions.assign_following(actor=ha, **given, person=world.person("chi"))
    with refused("on"):
        actions.end_following(actor=ha, row=row, on=TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        actions.end_following(actor=world.actor("khoa"), row=row, on=TODAY)
    with refused("stranger"):
        actions.mark_observers(actor=world.actor("thuy"), meeting=held(world), people=[world.people["long"]])
    assert world.browser("thuy").get("/meetings/following/assign/").status_code == 403
    assert world.browser("khoa").get(f"/meetings/following/{row.pk}/end/").status_code == 404
    assert world.browser("an").get("/meetings/following/").status_code == 403


# --- the report ---------------------------------------------------------------------------------------------------


def test_a_meeting_owes_its_report_until_it_is_told_or_adopted(world: World) -> None:
    one, thuy = held(world, on=TODAY), world.browser("thuy")
    duty = Duty.objects.get(kind="meetings.report", about=one.pk)
    assert (duty.state, duty.due) == ("open", TODAY + timedelta(days=2))
    assert "Báo cáo kết quả sinh hoạt ngày 22/11/2026" in said(thuy.get("/duties/"))
    assert "Đã báo cáo cấp trên" in said(thuy.get(f"/meetings/{one.pk}/"))
    assert thuy.post(f"/meetings/{one.pk}/reported/").status_code == 302
    duty.refresh_from_db()
    assert duty.state == "done"
    assert score_queries.facts_of(one).posted_on is not None
    with refused("none"):
        actions.report_result(actor=world.actor("thuy"), meeting=one)
    second = held(world, on=DAY)
    actions.adopt(actor=world.actor("thuy"), meeting=second)
    assert Duty.objects.get(about=second.pk, kind="meetings.report").state == "done"


def test_old_books_and_extraordinary_meetings_owe_no_report(world: World) -> None:
    held(world, on=date(2026, 9, 3))
    held(world, on=TODAY, kind="extraordinary")
    assert not Duty.objects.filter(kind="meetings.report").exists()


def test_a_meeting_taken_back_owes_nothing(world: World) -> None:
    one = held(world, on=TODAY)
    actions.withdraw(actor=world.actor("thuy"), meeting=one, reason="Nhầm")
    assert Duty.objects.get(kind="meetings.report").state == "withdrawn"


def test_only_the_cell_says_that_it_reported(world: World) -> None:
    one = held(world, on=TODAY)
    assert world.browser("ha").post(f"/meetings/{one.pk}/reported/").status_code == 403
    assert world.browser("khoa").post(f"/meetings/{one.pk}/reported/").status_code in (403, 404)


def test_a_fixed_day_says_when_a_cell_is_late(world: World) -> None:
    fixed: dict[str, Any] = {"on": date(2026, 10, 1), "last_day": 5}
    actions.fix_day(actor=boss(), unit=world.land.lim, first_day=3, below=True, **fixed)
    actions.fix_day(actor=boss(), unit=world.land.two, first_day=25, **{**fixed, "last_day": 25})
    actions.fix_day(actor=boss(), unit=world.land.school, first_day=26, below=True, **{**fixed, "last_day": 26})
    month = stages.month_at(world.land.lim, FIRST, date(2026, 11, 6))
    assert month.late_after == date(2026, 11, 5)
    late = stages.late_cells(month)
    assert set(late) == {world.land.one.pk, world.land.three.pk}
    assert stages.late_cells(stages.month_at(world.land.lim, FIRST, date(2026, 11, 5))) == []
    over = stages.month_at(world.land.lim, FIRST, date(2026, 12, 1))
    assert len(stages.late_cells(over)) == 4
    whole = stages.counted(stages.month_at(world.land.province, FIRST, date(2026, 11, 6)))[1]
    assert whole[world.land.lim.pk]["late"] == 2
