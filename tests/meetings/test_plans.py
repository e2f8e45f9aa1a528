"""A meeting from its plan to the invitation over HTTP, in the roles that see it; and every act with its refusals."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.meetings import actions
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import AgendaItem, Sitting
from hatnhan.meetings.plan.rules import Plan
from tests.units.ground import TODAY
from tests.world import World, last_entry, refused

DAY = date(2026, 12, 3)


def agreed(**changes: Any) -> Plan:
    return Plan(**{"kind": "regular", "day": DAY, "starts": time(19, 30), "place": "Nhà văn hóa thôn Một", **changes})


def planned(world: World, **changes: Any) -> Sitting:
    return actions.plan(actor=world.actor("thuy"), unit=world.land.one, plan=agreed(**changes))


def written(world: World, **changes: str) -> dict[str, str]:
    """The form as bà Thủy fills it in."""
    return {
        "day": "3/12/2026", "starts": "19h30", "place": "Nhà văn hóa thôn Một", "kind": "regular",
        "form": "in_person", "chair": str(world.people["thuy"]), "clerk": "", "topic": "", **changes,
    }  # fmt: skip


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- the story ----------------------------------------------------------------------------------------------------


def test_a_secretary_plans_invites_and_the_members_see_it(world: World) -> None:
    thuy, an = world.browser("thuy"), world.browser("an")
    month = said(thuy.get("/meetings/checklist/?month=2026-12"))
    assert "Tháng 12 chưa lên lịch họp." in month
    answer = thuy.post("/meetings/plan/", written(world))
    assert answer.status_code == 302, said(answer)
    one = Sitting.objects.get()
    page = f"/meetings/sittings/{one.pk}/"
    assert "19:30 · Thứ năm 3/12/2026 · Nhà văn hóa thôn Một" in said(thuy.get(page))
    assert an.get(page).status_code == 404  # a plan is the committee's own until it invites
    assert thuy.post(page + "invite/", {"seen": one.version}).status_code == 302
    one.refresh_from_db()
    assert one.state == "invited"
    assert one.invited_at is not None
    assert "Thứ năm 3/12/2026" in said(an.get(page))
    assert an.get(page + "change/").status_code == 403
    month = said(thuy.get("/meetings/checklist/?month=2026-12"))
    assert "xong 2/8 bước" in month
    assert "Chi ủy chuẩn bị trước hết ngày 28/11/2026" in month


def test_what_the_last_meeting_left_open_goes_onto_the_agenda(world: World) -> None:
    thuy = world.actor("thuy")
    sheet = Sheet("regular", date(2026, 11, 3), time(19), time(21), tasks=[TaskSheet("Rà soát hộ nghèo", TODAY)])
    actions.record(actor=thuy, unit=world.land.one, sheet=sheet)
    one = planned(world)
    item = AgendaItem.objects.get(sitting=one)
    assert (item.origin, item.subject, item.part) == ("carried", "meetings.tasks", "main")
    page = said(world.browser("thuy").get(f"/meetings/sittings/{one.pk}/"))
    assert "Kiểm điểm việc đã giao ở các kỳ trước" in page
    assert "Rà soát hộ nghèo" in page


def test_the_plan_is_changed_and_cancelled_with_a_reason(world: World) -> None:
    one, thuy = planned(world), world.browser("thuy")
    page = f"/meetings/sittings/{one.pk}/"
    answer = thuy.post(page + "change/", written(world, day="5/12/2026", seen=str(one.version)))
    assert answer.status_code == 302, said(answer)
    one.refresh_from_db()
    assert (one.day, one.version) == (date(2026, 12, 5), 1)
    assert thuy.post(page + "cancel/", {"reason": ""}).status_code == 422
    assert thuy.post(page + "cancel/", {"reason": "Bão, dời sang tuần sau"}).status_code == 302
    assert last_entry().reason == "Bão, dời sang tuần sau"
    assert "Tháng 12 chưa lên lịch họp." in said(thuy.get("/meetings/checklist/?month=2026-12"))
    assert thuy.post(page + "invite/", {}).status_code == 422
    assert planned(world, day=date(2026, 12, 5)).pk != one.pk  # the hour is free again


def test_two_who_change_the_plan_at_once_lose_nothing_and_are_both_told(world: World) -> None:
    one, thuy, binh = planned(world), world.browser("thuy"), world.browser("binh")
    page = f"/meetings/sittings/{one.pk}/"
    seen = str(one.version)
    assert binh.post(page + "change/", written(world, place="Đình làng", seen=seen)).status_code == 302
    answer = thuy.post(page + "change/", written(world, starts="20:00", place="Hội trường", seen=seen))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Phạm Văn Bình đã thay đổi buổi này lúc" in text
    assert 'value="Hội trường"' in text
    assert "Phạm Văn Bình sửa lần cuối lúc" in said(thuy.get(page))
    one.refresh_from_db()
    assert (one.place, one.starts) == ("Đình làng", time(19, 30))
    again = written(world, starts="20:00", place="Hội trường", seen=str(one.version))
    assert thuy.post(page + "change/", again).status_code == 302
    assert "Lê Thị Thủy sửa lần cuối lúc" in said(binh.get(page))


def test_the_checklist_speaks_english_and_takes_few_queries(world: World) -> None:
    planned(world)
    thuy = world.browser("thuy")
    thuy.get("/meetings/checklist/?month=2026-12")
    with CaptureQueriesContext(connection) as queries:
        thuy.get("/meetings/checklist/?month=2026-12")
    assert len(queries) <= 20, [query["sql"] for query in queries]
    thuy.cookies["django_language"] = "en"
    account = world.account("thuy")
    account.language = "en"
    account.save()
    assert "Invite" in said(thuy.get("/meetings/checklist/?month=2026-12"))


def test_a_month_recorded_from_paper_counts_as_planned_and_held(world: World) -> None:
    sheet = Sheet("regular", date(2026, 11, 3), time(19), time(21))
    actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=sheet)
    page = said(world.browser("thuy").get("/meetings/checklist/"))
    assert "xong 6/8 bước" in page
    assert "Đọc lại và thông qua" in page


# --- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("past", {"day": date(2026, 11, 21)}),
        ("far", {"day": date(2028, 1, 1)}),
        ("kind", {"kind": "party"}),
        ("form", {"form": "letter"}),
    ],
)
def test_plans_that_cannot_be(world: World, code: str, changes: dict[str, Any]) -> None:
    with refused(code):
        planned(world, **changes)
    assert not Sitting.objects.exists()


def test_one_meeting_at_an_hour_and_people_of_the_cell_only(world: World) -> None:
    planned(world)
    with refused("twice"):
        planned(world)
    with refused("strangers"):
        planned(world, starts=time(8), chair=world.people["chi"])


def test_short_notice_is_warned_of_and_recorded_not_refused(world: World) -> None:
    one = planned(world, day=date(2026, 11, 23))
    page = said(world.browser("thuy").get(f"/meetings/sittings/{one.pk}/invite/"))
    assert "Mời sát ngày họp: nên mời trước 2 ngày. Vẫn mời được." in page
    actions.invite(actor=world.actor("thuy"), sitting=one)
    assert last_entry().payload.values["rule"].startswith("meeting.invite.days_before@")
    with refused("state"):
        actions.invite(actor=world.actor("thuy"), sitting=one)


def test_nobody_invites_to_a_day_that_is_over(world: World) -> None:
    one = planned(world, day=TODAY)
    with refused("past"):
        actions.invite(actor=world.actor("thuy", date(2026, 11, 23)), sitting=one)


@pytest.mark.parametrize(("who", "error"), [("ha", Forbidden), ("an", Forbidden), ("khoa", NotFound)])
def test_only_the_cell_plans_its_meetings(world: World, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        actions.plan(actor=world.actor(who), unit=world.land.one, plan=agreed())


def test_a_committee_plans_its_own_meeting_and_no_cell_s(world: World) -> None:
    ha = world.actor("ha")
    with refused("kind"):
        actions.plan(actor=ha, unit=world.land.lim, plan=agreed())
    assert actions.plan(actor=ha, unit=world.land.lim, plan=agreed(kind="committee")).kind == "committee"


def test_pages_of_another_commune_do_not_exist(world: World) -> None:
    one, khoa = planned(world), world.browser("khoa")
    for tail in ("", "change/", "invite/", "cancel/"):
        assert khoa.get(f"/meetings/sittings/{one.pk}/{tail}").status_code == 404, tail
    ha = world.browser("ha")
    assert ha.get(f"/meetings/sittings/{one.pk}/").status_code == 200
    assert ha.get(f"/meetings/sittings/{one.pk}/change/").status_code == 403
