"""`hatnhan figures`: the same numbers, in words and as JSON."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hatnhan.members import actions
from hatnhan.units import actions as units
from tests import world
from tests.world import World, boss

pytestmark = pytest.mark.django_db

LIM = "91.001"


@pytest.fixture
def land() -> World:
    return world.build()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("figures", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return found


def test_the_figures_of_a_day(land: World) -> None:
    found = as_json(LIM, "--on", "2026-03-31")
    assert found["unit"] == LIM
    assert found["on"] == "2026-03-31"
    assert found["figures"]["members"] == 9
    assert found["figures"]["members.probationary"] == 1
    assert found["figures"]["members.women_share"] == 0.4444
    assert found["figures"]["units.cells"] == 4
    assert "members.in" not in found["figures"]
    assert as_json(LIM, "--on", "31/3/2026") == found


def test_the_figures_of_a_window_hold_both_its_days(land: World) -> None:
    actions.leave(actor=boss(), person=land.person("sau"), how="deceased", on=date(2026, 7, 1))
    found = as_json(LIM, "--from", "2026-02-03", "--to", "2026-07-01")
    assert found["from"] == "2026-02-03"
    assert found["to"] == "2026-07-01"
    assert found["figures"]["members.admitted"] == 1
    assert found["figures"]["members.left"] == 1
    assert found["figures"]["members"] == 8
    assert as_json(LIM, "--from", "2026-02-04", "--to", "2026-06-30")["figures"]["members.admitted"] == 0


def test_the_parts_are_named_and_coded(land: World) -> None:
    found = as_json(LIM, "--on", "2026-03-31", "--code", "members", "--code", "members.women", "--by-child")
    assert [child["name"] for child in found["children"]] == [
        "Chi bộ thôn Hai", "Chi bộ thôn Một", "Đảng bộ Trường Lim Thượng",
    ]  # fmt: skip
    one = found["children"][1]
    assert one == {"code": "91.001.101", "name": "Chi bộ thôn Một", "figures": {"members": 6, "members.women": 3}}


def test_the_course_by_months(land: World) -> None:
    found = as_json(LIM, "--on", "2026-03-31", "--code", "members", "--series")
    assert found["series"]["members"][-3:] == [["2026-01", 8], ["2026-02", 9], ["2026-03", 9]]


def test_in_the_tree_of_a_later_day(land: World) -> None:
    units.move(actor=boss(), unit=land.land.school, to=land.land.che, on=date(2026, 5, 1))
    asked = (LIM, "--on", "2026-03-31", "--code", "members")
    assert as_json(*asked)["figures"] == {"members": 9}
    assert as_json(*asked, "--frame", "2026-06-01")["figures"] == {"members": 8}


def test_in_words(land: World) -> None:
    codes = ("--code", "members", "--code", "members.women_share")
    text = run(LIM, "--on", "2026-03-31", *codes, "--by-child", "--series")
    assert "Đảng bộ xã Lim Thượng (91.001), ngày 31/3/2026" in text
    assert "44,4\u00a0%" in text
    assert "Chi bộ thôn Một (91.001.101)" in text
    assert "2026-03" in text


def test_a_unit_that_does_not_stand_says_so(land: World) -> None:
    assert "Ngày này tổ chức không hoạt động." in run(LIM, "--on", "2019-01-01", "--code", "members")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("91.999",), "Không có tổ chức nào mang mã “91.999”."),
        ((LIM, "--code", "members.giants"), "Không có số liệu mang mã “members.giants”."),
        ((LIM, "--on", "2026-13-01"), "Ngày “2026-13-01”"),
        ((LIM, "--on", "2026"), "chưa đủ ngày, tháng, năm"),
        ((LIM, "--on", "0001-01-01"), "năm"),
        ((LIM, "--on", "2026-01-01", "--to", "2026-02-01"), "không dùng cả hai"),
        ((LIM, "--from", "2026-03-01", "--to", "2026-02-01"), "Ngày cuối không thể trước ngày đầu."),
        ((LIM, "--code", "members.in"), "được tính trong một khoảng thời gian"),
        ((LIM, "--on", "2026-03-31", "--frame", "2026-01-01"), "theo tổ chức của một ngày trước"),
        ((LIM, "--from", "1950-01-01", "--to", "2026-01-01", "--series"), "20 năm"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(land: World, arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as caught:
        run(*arguments)
    assert caught.value.returncode == 2
