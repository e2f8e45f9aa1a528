"""Fixed days, the calendar of a month, the themes of a year and feeds: over HTTP, with refusals; and days off."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from hatnhan.access.models import Account
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.working_days import Calendar as DaysOff
from hatnhan.meetings import actions
from hatnhan.meetings.calendars import fixed_days
from hatnhan.meetings.minutes.rules import Sheet
from hatnhan.meetings.models import Feed, MeetingDay, Sitting, Theme
from hatnhan.meetings.plan.rules import Plan
from hatnhan.members.models import Person
from tests.units.ground import START, TODAY
from tests.world import World, refused

DECEMBER, DAY = date(2026, 12, 1), date(2026, 12, 3)


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def planned(world: World, invite: bool = False, **changes: Any) -> Sitting:
    thuy = world.actor("thuy")
    plan = Plan(**{"kind": "regular", "day": DAY, "starts": time(19, 30), "place": "Nhà văn hóa", **changes})
    one = actions.plan(actor=thuy, unit=world.land.one, plan=plan)
    if invite:
        actions.invite(actor=thuy, sitting=one)
    return one


# --- fixed days ---------------------------------------------------------------------------------------------------


def test_one_day_for_a_commune_holds_in_every_cell_that_set_none(world: World) -> None:
    ha, thuy = world.browser("ha"), world.browser("thuy")
    given = {"first_day": "3", "last_day": "", "starts": "19:30", "place": "", "on": "22/11/2026", "below": "on"}
    assert ha.post(f"/meetings/fixed-day/?unit={world.land.lim.pk}", given).status_code == 302
    month = said(thuy.get("/meetings/checklist/?month=2026-12"))
    assert "Ngày cố định của Đảng bộ xã Lim Thượng là mùng 3, 19:30." in month
    form = thuy.get("/meetings/plan/?month=2026-12").content.decode()
    assert 'value="03/12/2026"' in form
    assert 'value="19:30"' in form
    own = {"first_day": "5", "last_day": "7", "starts": "", "place": "", "on": "22/11/2026"}
    assert thuy.post("/meetings/fixed-day/", own).status_code == 302
    month = said(thuy.get("/meetings/checklist/?month=2026-12"))
    assert "Ngày cố định ở đây là ngày 5 đến 7." in month
    assert thuy.post("/meetings/fixed-day/end/", {}).status_code == 302
    assert fixed_days.fixed_day(world.land.one, DECEMBER).unit_id == world.land.lim.pk  # type: ignore[union-attr]
    assert fixed_days.fixed_day(world.land.far_cell, DECEMBER) is None


def test_a_changed_day_keeps_what_held_before(world: World) -> None:
    thuy, one = world.actor("thuy"), world.land.one
    actions.fix_day(actor=thuy, unit=one, first_day=3, last_day=3, on=START)
    actions.fix_day(actor=thuy, unit=one, first_day=8, last_day=8, on=DECEMBER)
    assert [fixed_days.fixed_day(one, day).first_day for day in (TODAY, DECEMBER)] == [3, 8]  # type: ignore[union-attr]
    actions.fix_day(actor=thuy, unit=one, first_day=9, last_day=9, on=DECEMBER)
    assert MeetingDay.objects.unvoided().count() == 2


@pytest.mark.parametrize(("first", "last"), [(0, 1), (5, 4), (28, 29), (31, 31)])
def test_days_that_not_every_month_has(world: World, first: int, last: int) -> None:
    with refused("days"):
        actions.fix_day(actor=world.actor("thuy"), unit=world.land.one, first_day=first, last_day=last, on=TODAY)


def test_a_cell_speaks_for_itself_only_and_nobody_else_for_it(world: World) -> None:
    given: Any = {"unit": world.land.one, "first_day": 3, "last_day": 3, "on": TODAY}
    with refused("below"):
        actions.fix_day(actor=world.actor("thuy"), **given, below=True)
    with pytest.raises(Forbidden):
        actions.fix_day(actor=world.actor("ha"), **given)
    with pytest.raises(NotFound):
        actions.fix_day(actor=world.actor("khoa"), **given)
    with refused("none"):
        actions.end_fixed_day(actor=world.actor("thuy"), unit=world.land.one, on=TODAY)
    assert world.browser("thuy").post("/meetings/fixed-day/", {"first_day": "31"}).status_code == 422


def test_on_a_day_off_the_next_day_is_proposed(world: World) -> None:
    row = MeetingDay(unit=world.land.one, first_day=1, last_day=3)
    january = date(2027, 1, 1)
    off = DaysOff(off=frozenset({january}))
    assert fixed_days.day_at_work(row, january, off) == date(2027, 1, 2)
    assert fixed_days.day_at_work(row, january, DaysOff()) == january
    whole = DaysOff(off=frozenset(date(2027, 1, day) for day in range(1, 32)))
    assert fixed_days.day_at_work(row, january, whole) == january
    actions.fix_day(actor=world.actor("thuy"), unit=world.land.one, first_day=1, last_day=1, on=START)
    words = said(world.browser("thuy").get("/meetings/checklist/?month=2026-01"))
    assert "Ngày 1/1/2026 là ngày nghỉ: đề xuất ngày 3/1/2026, chi bộ quyết định." in words


# --- the calendar -------------------------------------------------------------------------------------------------


def test_the_calendar_shows_plans_to_those_who_prepare_and_invitations_to_members(world: World) -> None:
    planned(world)
    page = "/meetings/calendar/?month=2026-12"
    assert "Thứ năm 3/12/2026, 19:30" in said(world.browser("thuy").get(page))
    assert "19:30" not in said(world.browser("an").get(page))
    planned(world, invite=True, day=date(2026, 12, 4))
    assert "Thứ sáu 4/12/2026, 19:30" in said(world.browser("an").get(page))
    whole = said(world.browser("ha").get(page))
    assert "Chi bộ thôn Một" in whole
    assert "Chi bộ thôn Một" not in said(world.browser("khoa").get(page))
    assert "chưa có buổi họp nào" in said(world.browser("thuy").get("/meetings/calendar/?month=2027-02"))


def test_the_calendar_takes_few_queries(world: World) -> None:
    for day in range(1, 9):
        planned(world, day=date(2026, 12, day))
    ha = world.browser("ha")
    ha.get("/meetings/calendar/?month=2026-12")
    with CaptureQueriesContext(connection) as queries:
        ha.get("/meetings/calendar/?month=2026-12")
    assert len(queries) <= 20, [query["sql"] for query in queries]


# --- themes -------------------------------------------------------------------------------------------------------


def test_themes_of_the_year_by_quarter(world: World) -> None:
    thuy = world.browser("thuy")
    assert "Mỗi quý ít nhất 1 lần" in said(thuy.get("/meetings/themes/"))
    given = {"quarter": "4", "topic": "Giữ sạch nguồn nước", "drafter": str(world.people["anh"])}
    assert thuy.post("/meetings/themes/", given).status_code == 302
    assert thuy.post("/meetings/themes/", {**given, "topic": ""}).status_code == 422
    sheet = Sheet("thematic", date(2026, 8, 20), time(19), time(21))
    actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=sheet)
    shown = said(thuy.get("/meetings/themes/"))
    assert "Giữ sạch nguồn nước Trần Thị Ánh chuẩn bị" in shown
    assert "đã họp 20/8/2026" in shown
    theme = Theme.objects.get()
    assert thuy.post("/meetings/themes/withdraw/", {"theme": theme.pk}).status_code == 302
    theme.refresh_from_db()
    with refused("gone"):
        actions.withdraw_theme(actor=world.actor("thuy"), theme=theme)
    with refused("quarter"):
        actions.add_theme(actor=world.actor("thuy"), unit=world.land.one, year=2026, quarter=5, topic="Nước")
    with refused("stranger"):
        actions.add_theme(
            actor=world.actor("thuy"), unit=world.land.one, year=2026, quarter=1, topic="Nước",
            drafter=world.people["chi"],
        )  # fmt: skip


# --- feeds --------------------------------------------------------------------------------------------------------


def made(page: str) -> str:
    found = re.search(r"/meetings/feeds/([\w-]+)\.ics", page)
    assert found
    return found.group()


def test_a_feed_tells_hours_under_one_generic_word_until_it_is_revoked(world: World) -> None:
    Person.objects.filter(pk=world.people["an"]).update(account=world.account("an"))
    planned(world, invite=True, topic="Chuyên đề kín")
    an, anybody = world.browser("an"), Client()
    address = made(an.post("/meetings/feeds/", {"whose": "own"}).content.decode())
    answer = anybody.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Có buổi họp"]
    assert b"DTSTART:20261203T123000Z" in answer.content  # 19:30 in Vietnam
    for word in ("Nhà văn hóa", "Chuyên đề", "chi bộ", "Một"):
        assert word not in answer.content.decode()
    assert address not in an.get("/meetings/feeds/").content.decode()  # shown once
    row = Feed.objects.get()
    assert an.post("/meetings/feeds/revoke/", {"feed": row.pk}).status_code == 302
    assert anybody.get(address).status_code == 404
    with refused("gone"):
        actions.revoke_feed(actor=world.actor("an"), feed=row)


def test_a_unit_s_feed_ends_with_its_holder_s_rights(world: World) -> None:
    planned(world, invite=True)
    thuy = world.browser("thuy")
    address = made(thuy.post("/meetings/feeds/", {"whose": "unit"}).content.decode())
    assert b"VEVENT" in Client().get(address).content
    Account.objects.filter(pk=world.accounts["thuy"]).update(is_active=False, locked_because="left")
    assert b"VEVENT" not in Client().get(address).content


def test_feeds_are_their_holder_s_own(world: World) -> None:
    actions.create_feed(actor=world.actor("thuy"), account=world.account("thuy"))
    row = Feed.objects.get()
    with pytest.raises(Forbidden):
        actions.revoke_feed(actor=world.actor("ha"), feed=row)
    with pytest.raises(Forbidden):
        actions.create_feed(actor=world.actor("ha"), account=world.account("thuy"))
    assert world.browser("ha").post("/meetings/feeds/revoke/", {"feed": row.pk}).status_code == 404
    for _more in range(9):
        actions.create_feed(actor=world.actor("thuy"), account=world.account("thuy"))
    assert world.browser("thuy").post("/meetings/feeds/", {"whose": "own"}).status_code == 422
    assert Client().get("/meetings/feeds/unknown.ics").status_code == 404
