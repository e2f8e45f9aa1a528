"""The calendar of holidays: from the rulebook, with this installation's own entries, over HTTP and by acts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hatnhan import rulebook
from hatnhan.duties import actions
from hatnhan.duties.holidays import calendar_of, doubt, entries
from hatnhan.duties.models import LocalDay
from hatnhan.kernel.working_days import add, is_working
from tests.access.cast import administrator, browser
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 4, 29), False), (date(2024, 5, 4), True), (date(2025, 4, 26), True), (date(2025, 5, 2), False),
        (date(2026, 1, 2), False), (date(2026, 1, 10), True), (date(2026, 2, 20), False), (date(2026, 2, 23), True),
        (date(2026, 4, 27), False), (date(2026, 8, 22), True), (date(2026, 8, 31), False), (date(2026, 9, 3), True),
        (date(2027, 5, 3), False),
    ],
)  # fmt: skip
def test_days_that_were_announced(day: date, works: bool) -> None:
    assert is_working(day, calendar_of(day, day, TODAY)) is works


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_known_year_has_the_days_of_the_law_and_says_where_from(year: int) -> None:
    """Eleven days off by law (Labour Code, article 112): those that fall on a weekend are moved, exchanges cancel."""
    named = rulebook.at(TODAY).holidays(year)
    verified = [one for one in named if one.rule.verified]
    off = sum((one.last - one.first).days + 1 for one in verified if not one.works)
    assert off - sum(1 for one in verified if one.works) in {11, 13}
    assert all(rulebook.sentence(one.rule) for one in named)


def test_a_day_of_which_the_law_was_not_found_counts_as_work_and_says_so() -> None:
    calendar = calendar_of(date(2026, 11, 20), date(2026, 11, 30), TODAY)
    due = add(date(2026, 11, 23), 1, calendar)
    assert due == date(2026, 11, 24)
    assert "24/11/2026" in doubt(calendar.doubts(date(2026, 11, 23), due))


def test_a_year_without_its_holidays_is_said_in_a_sentence() -> None:
    calendar = calendar_of(date(2026, 12, 30), date(2029, 1, 3), TODAY)
    said = doubt(calendar.doubts(date(2026, 12, 30), date(2029, 1, 3)))
    assert said.startswith("Chưa nạp đủ lịch nghỉ năm 2027, 2028, 2029")


def test_the_page_of_a_year_shows_every_day_with_its_source(world: World) -> None:
    text = world.browser("thuy").get("/calendar/?year=2026").content.decode()
    for part in ("16/2/2026 – 20/2/2026", "Làm bù", "Thông báo lịch nghỉ lễ, tết năm 2026", "chưa đối chiếu, chưa trừ"):
        assert part in text
    assert "Ghi thêm vào lịch" not in text
    assert "chưa được nạp đủ" in world.browser("thuy").get("/calendar/?year=2027").content.decode()
    assert world.browser("an").get("/calendar/").status_code == 403
    assert world.browser("ha").get("/calendar/add/").status_code == 403


@pytest.fixture
def keeper(world: World) -> Client:
    return browser(administrator())


FILLED = {"kind": "off", "first": "8/2/2027", "last": "10/2/2027", "label": "Tết Nguyên đán", "decision": "12/TB"}


def test_the_administrator_adds_days_and_open_duties_are_counted_again(world: World, keeper: Client) -> None:
    duty = actions.open_duty(
        actor=boss(), kind="tests.thing", about=1, deadline="acknowledge", on=date(2027, 2, 5), unit=world.land.one,
        role="cell_secretary",
    )  # fmt: skip
    assert (duty.due, duty.provisional) == (date(2027, 2, 9), True)
    answer = keeper.post("/calendar/add/", FILLED)
    assert answer.headers["Location"] == "/calendar/?year=2027"
    duty.refresh_from_db()
    assert (duty.due, duty.provisional) == (date(2027, 2, 12), True)
    assert "tính lại hạn của %(count)s việc" in last_entry().payload.sentence
    assert last_entry().payload.values["count"] == 1
    keeper.post("/calendar/add/", {"kind": "whole", "first": "1/1/2027", "decision": "99/TB"})
    duty.refresh_from_db()
    assert duty.provisional is False
    page = keeper.get("/calendar/?year=2027").content.decode()
    assert "12/TB" in page
    assert "chưa được nạp đủ" not in page
    row = LocalDay.objects.get(kind="off")
    assert keeper.post(f"/calendar/{row.pk}/void/", {"reason": ""}).status_code == 422
    keeper.post(f"/calendar/{row.pk}/void/", {"reason": "ghi nhầm ngày"})
    duty.refresh_from_db()
    assert duty.due == date(2027, 2, 9)
    assert last_entry().reason == "ghi nhầm ngày"
    assert keeper.get(f"/calendar/{row.pk}/void/").status_code == 404


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"decision": ""}, "Hãy điền mục này."),
        ({"label": ""}, "Hãy ghi dịp nghỉ"),
        ({"last": "7/2/2027"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"last": "7/8/2027"}, "Một dòng ghi nhiều nhất 31 ngày."),
        ({"first": "30/2/2027"}, "Ngày chưa đúng."),
        ({"kind": "holiday"}, "holiday"),
    ],
)
def test_an_entry_is_refused_and_nothing_typed_is_lost(keeper: Client, given: dict[str, str], message: str) -> None:
    answer = keeper.post("/calendar/add/", {**FILLED, **given})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert message in text
    assert f'value="{given.get("first", "8/2/2027")}"' in text
    assert not LocalDay.objects.exists()


def test_a_local_entry_overrules_the_rulebook_and_not_another() -> None:
    given: Any = {"actor": boss(), "label": "Làm bù", "decision": "5/CV"}
    actions.add_day(kind="work", first=date(2026, 9, 1), last=date(2026, 9, 1), **given)
    assert is_working(date(2026, 9, 1), calendar_of(date(2026, 9, 1), date(2026, 9, 1), TODAY))
    with refused("overlap"):
        actions.add_day(kind="off", first=date(2026, 8, 30), last=date(2026, 9, 1), **given)
    lines = [one for one in entries(2026, TODAY) if one.first == date(2026, 9, 1)]
    assert {one.kind for one in lines} == {"off", "work"}
