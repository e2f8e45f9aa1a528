"""How a member attended: on the own cell's page, to the member, in the copy; and the figures of persons."""

import json
import re
from datetime import date, time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.kernel.figures import Window, table, value
from hatnhan.meetings import actions
from hatnhan.meetings.minutes import attendance
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import Task
from hatnhan.members import actions as members
from hatnhan.members.models import Person
from tests.units.ground import TODAY
from tests.world import World, boss

MONTHS = (8, 9, 10, 11)


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def held(world: World, month: int, **marks: str) -> None:
    named = {world.people[name]: mark for name, mark in marks.items()}
    sheet = Sheet("regular", date(2026, month, 3), time(19), time(21), marks=named)
    actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=sheet)


def four_months(world: World) -> None:
    held(world, 8)
    held(world, 9, binh="excused")
    held(world, 10, binh="unexcused", lien="late")
    held(world, 11)


def test_the_own_cell_reads_it_exemptions_first_and_is_asked_to_ask(world: World) -> None:
    four_months(world)
    page = said(world.browser("thuy").get(world.page("binh")))
    assert "Dự sinh hoạt năm 2026" in page
    assert "2/4 kỳ dự trên kỳ phải dự" in page
    assert "Trước khi nhận xét, hãy hỏi thăm vì sao vắng." in page
    assert "3/10/2026 Vắng không lý do" in page.replace("03/10", "3/10")
    exempt = said(world.browser("thuy").get(world.page("sau")))
    assert "nên không phải dự từ đó" in exempt
    assert "kỳ dự trên kỳ phải dự" not in exempt


def test_above_the_own_cell_nobody_reads_it(world: World) -> None:
    four_months(world)
    for who in ("ha", "dung"):
        assert "Dự sinh hoạt năm" not in said(world.browser(who).get(world.page("binh")))


def test_a_member_reads_the_own_and_takes_it_along(world: World) -> None:
    four_months(world)
    Person.objects.filter(pk=world.people["an"]).update(account=world.accounts["an"])
    an = world.browser("an")
    page = said(an.get("/me/"))
    assert "4/4 kỳ dự trên kỳ phải dự" in page
    assert "hãy hỏi thăm" not in page
    data = json.loads(an.post("/me/export/", {"form": "json"}).content)
    assert [row["mark"] for row in data["meetings"]] == ["present"] * 4
    assert data["meetings"][0]["day"] == "2026-08-03"
    assert an.post("/me/export/", {"form": "pdf"}).status_code == 200


def test_many_people_cost_two_queries(world: World) -> None:
    four_months(world)
    thuy = world.actor("thuy")
    with CaptureQueriesContext(connection) as queries:
        found = attendance.cards(thuy, list(world.people.values()), TODAY)
    assert len(queries) <= 2
    assert set(found) == {world.people[name] for name in ("an", "anh", "thuy", "binh", "lien", "sau")}
    assert attendance.copy(thuy, [world.people["binh"]], TODAY) == {}


def test_persons_who_attended_every_time_are_counted_once(world: World) -> None:
    four_months(world)
    year = Window(date(2026, 8, 1), date(2026, 12, 1))
    for unit in (world.land.one, world.land.lim, world.land.province):
        assert value("meetings.obliged_persons", unit, year) == 5
        assert value("meetings.attended_all", unit, year) == 4
    november = Window(date(2026, 11, 1), date(2026, 12, 1))
    assert value("meetings.attended_all", world.land.lim, november) == 5
    months = table(["meetings.attended_all"], world.land.lim, year, by="month")
    assert [months.part(date(2026, month, 1), "meetings.attended_all") for month in MONTHS] == [5, 4, 4, 5]
    assert months.total["meetings.attended_all"] == 4


def test_who_moved_counts_once_in_the_commune(world: World) -> None:
    held(world, 10)
    members.transfer(actor=boss(), person=world.person("anh"), to=world.land.two, on=date(2026, 10, 20))
    actions.record(
        actor=boss(), unit=world.land.two, sheet=Sheet("regular", date(2026, 11, 3), time(19), time(21)),
    )  # fmt: skip
    both = Window(date(2026, 10, 1), date(2026, 12, 1))
    assert value("meetings.attended_all", world.land.lim, both) == 5 + 2
    found = table(["meetings.attended_all"], world.land.lim, both)
    assert found.part(world.land.one.pk, "meetings.attended_all") == 5
    assert found.part(world.land.two.pk, "meetings.attended_all") == 3


def test_the_page_of_a_figure_of_persons_opens(world: World) -> None:
    four_months(world)
    for code in ("meetings.attended_all", "meetings.graded_good", "meetings.attended_all_share"):
        answer = world.browser("ha").get(f"/figures/{code}/")
        assert answer.status_code == 200, code


def test_tasks_done_in_time_and_cells_with_a_theme(world: World) -> None:
    def task(text: str, on: date) -> TaskSheet:
        return TaskSheet(text, on)

    one = actions.record(
        actor=world.actor("thuy"), unit=world.land.one,
        sheet=Sheet("both", date(2026, 10, 3), time(19), time(21, 30),
                    tasks=[task("Sớm", date(2026, 10, 20)), task("Muộn", date(2026, 10, 20)),
                           task("Chưa", date(2026, 11, 20))]),
    )  # fmt: skip
    early, late, _open = Task.objects.filter(meeting=one).order_by("pk")
    actions.report_task(actor=world.actor("thuy"), task=early, state="done", on=date(2026, 10, 20))
    actions.report_task(actor=world.actor("thuy"), task=late, state="done", on=date(2026, 10, 21))
    october, quarter = Window(date(2026, 10, 1), date(2026, 11, 1)), Window(date(2026, 10, 1), date(2027, 1, 1))
    assert value("meetings.tasks_due", world.land.lim, october) == 2
    assert value("meetings.tasks_in_time", world.land.lim, october) == 1
    assert value("meetings.tasks_due", world.land.province, quarter) == 3
    assert value("meetings.thematic_cells", world.land.province, quarter) == 1
    assert world.browser("ha").get("/figures/meetings.tasks_in_time/").status_code == 200


def test_meetings_on_their_fixed_day_and_on_the_day_instead_of_a_holiday(world: World) -> None:
    actions.fix_day(actor=boss(), unit=world.land.lim, first_day=1, last_day=1, below=True, on=date(2025, 12, 1))
    for unit, day in ((world.land.one, date(2026, 10, 1)), (world.land.two, date(2026, 10, 9))):
        sheet = Sheet("regular", day, time(19), time(21))
        actions.adopt(actor=boss(), meeting=actions.record(actor=boss(), unit=unit, sheet=sheet))
    moved = actions.record(
        actor=boss(), unit=world.land.one, sheet=Sheet("regular", date(2026, 5, 2), time(19), time(21))
    )
    actions.adopt(actor=boss(), meeting=moved)  # 1 May is a holiday
    open_one = actions.record(
        actor=boss(), unit=world.land.one, sheet=Sheet("regular", date(2026, 11, 1), time(19), time(21))
    )
    assert open_one.on_day is None
    year = Window(date(2026, 1, 1), date(2027, 1, 1))
    assert value("meetings.day_fixed", world.land.lim, year) == 3
    assert value("meetings.on_day", world.land.lim, Window(date(2026, 10, 1), date(2026, 11, 1))) == 1
    assert value("meetings.on_day", world.land.lim, Window(date(2026, 5, 1), date(2026, 6, 1))) == 1
