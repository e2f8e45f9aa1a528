"""The wall sheet of a cell and the paper of a hand-over: lines of every module, one page, nothing sensitive."""

import re
from datetime import date

import pytest

from hatnhan.documents import pdf
from hatnhan.honours.badges import actions as badges
from hatnhan.kernel.days import FAR
from hatnhan.members import actions as members
from hatnhan.reports.sheets.content import hand_over, wall_sheet
from hatnhan.units.slots import Coming, coming, half_year, unfinished
from tests.world import World, boss, build

pytestmark = pytest.mark.django_db
D = date


@pytest.fixture
def world(db: None) -> World:
    return build()


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", made))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [(D(2026, 6, 30), D(2026, 1, 1), D(2026, 7, 1)), (D(2026, 7, 1), D(2026, 7, 1), D(2027, 1, 1))],
)
def test_a_half_year(day: date, first: date, last: date) -> None:
    assert half_year(day) == (first, last)


def test_badges_probation_exemption_and_offices_hang_on_the_wall_and_a_suspension_does_not(world: World) -> None:
    land, who = world.land, boss()
    world.receive("hoa", "Ngô Thị Hoa", land.one, decision_date="1987-03-10", ceremony_date="1987-03-20",
                  official_date="1988-03-20")  # fmt: skip
    given = {"actor": who, "on": D(2026, 9, 1)}
    members.set_participation(**given, person=world.person("binh"), kind="exempt_for_time", until=D(2027, 3, 1))  # type: ignore[arg-type]
    members.set_participation(**given, person=world.person("anh"), kind="suspended", until=D(2027, 3, 1))  # type: ignore[arg-type]
    found = coming(world.actor("thuy"), land.one.pk, D(2027, 1, 1))
    assert [(line.day, line.who) for line in found] == [
        (D(2027, 2, 3), "Đặng Thị Liên"), (D(2027, 2, 28), "Phạm Văn Bình"), (D(2027, 3, 10), "Ngô Thị Hoa"),
    ]  # fmt: skip
    page = world.browser("thuy").get("/reports/coming/?on=2027-01-01").content.decode()
    assert "Huy hiệu Đảng 40 năm" in page
    assert "Trần Thị Ánh" not in page
    sheet = wall_sheet(world.actor("thuy"), land.one, D(2027, 1, 1))
    assert "Ngô Thị Hoa" in sheet.text()
    assert world.browser("thuy").get("/reports/coming/sheet.docx?on=2027-01-01").status_code == 200


def test_the_sheet_of_twenty_is_one_page_and_that_of_350_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def many(n: int) -> list[Coming]:
        return [Coming(D(2027, 1, 1 + at % 28), "Huy hiệu Đảng 40 năm", f"Nguyễn Văn {at}") for at in
                range(n)]  # fmt: skip

    def made(n: int) -> int:
        monkeypatch.setattr("hatnhan.reports.sheets.content.coming", lambda _actor, _unit, _first: many(n))
        return pages(pdf.official(wall_sheet(world.actor("thuy"), world.land.one, D(2027, 1, 1))))

    assert made(20) == 1
    assert made(350) > 5


def test_a_committee_chooses_a_cell_and_nobody_sees_another_commune(world: World) -> None:
    page = world.browser("ha").get("/reports/coming/").content.decode()
    assert "Chi bộ thôn Hai" in page
    assert "thôn Chè" not in page
    assert world.browser("ha").get(f"/reports/coming/?unit={world.land.far_cell.pk}").status_code == 404
    assert world.browser("an").get("/reports/coming/").status_code == 403


def test_the_one_who_takes_over_gets_everything_open_in_one_paper(world: World) -> None:
    world.receive("hoa", "Ngô Thị Hoa", world.land.one, decision_date="1986-12-10", ceremony_date="1986-12-20",
                  official_date="1987-12-20")  # fmt: skip
    thuy = world.actor("thuy")
    badges.declare(actor=thuy, person=world.person("hoa"), level=40, on=D(2026, 11, 10))
    parts = unfinished(thuy, world.land.one.pk, thuy.on)
    assert list(parts) == ["Việc đang chờ", "Đề nghị tặng Huy hiệu Đảng"]
    paper = hand_over(thuy, world.land.one)
    assert "Huy hiệu 40 năm, đồng chí Ngô Thị Hoa" in paper.text()
    assert "còn 2 việc đang mở" in paper.text()
    answer = world.browser("thuy").get("/reports/hand-over/list.pdf")
    assert answer.content.startswith(b"%PDF")
    assert "Đề nghị tặng Huy hiệu Đảng" in world.browser("thuy").get("/reports/hand-over/").content.decode()
    assert world.browser("binh").get("/reports/hand-over/").status_code == 403


def test_an_empty_cell_has_nothing_to_hand_over(world: World) -> None:
    assert "không còn việc nào" in hand_over(world.actor("ha"), world.land.three).text()
    assert FAR not in [line.day for line in coming(world.actor("ha"), world.land.three.pk, D(2026, 7, 1))]
