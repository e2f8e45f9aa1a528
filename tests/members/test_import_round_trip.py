"""Our own export comes back as it went out: importing it changes nothing."""

from pathlib import Path

import pytest
from django.test import Client

from hatnhan.members import actions as members
from tests.members.lists import Ran, ran
from tests.members.taking import taken
from tests.units.ground import TODAY, tables
from tests.world import World, boss

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world with every field filled somewhere, also such as spreadsheets like to spoil."""
    monkeypatch.setattr("hatnhan.access.middleware.today", lambda: TODAY)
    monkeypatch.setattr("hatnhan.kernel.pages.today", lambda: TODAY)
    members.change(
        actor=boss(), person=world.person("an"), on=TODAY, other_name="Năm Hùng", residence="Thôn Một, xã Lim Thượng",
        education="Đại học", theory="Cao cấp", cv_number="0125", note="=1+1", phone="+84 900 000 123",
    )  # fmt: skip
    members.set_participation(actor=boss(), person=world.person("chi"), kind="abroad", on=TODAY)
    members.set_number(actor=boss(), person=world.person("an"), kind="old_card", digits="86155781", on=TODAY)
    members.appoint(actor=boss(), person=world.person("long"), unit=world.land.lim, office="secretary", on=TODAY)
    members.appoint(actor=boss(), person=world.person("binh"), unit=world.land.one, office="deputy_secretary", on=TODAY)
    return world


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("who", "unit"), [("ha", "91.001"), ("dung", "91")])
def test_what_went_out_comes_in_unchanged(full: World, tmp_path: Path, form: str, who: str, unit: str) -> None:
    comes_back(full, full.browser(who), tmp_path / f"dang-vien.{form}", unit)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_went_out_to_a_reader_of_english_comes_in_unchanged(full: World, tmp_path: Path, form: str) -> None:
    browser = full.browser("dung")
    browser.post("/preferences/", {"language": "en"})
    assert browser.get("/members/export/")["Content-Language"] == "en"
    comes_back(full, browser, tmp_path / f"dang-vien.{form}", "91")


def comes_back(full: World, browser: Client, path: Path, unit: str) -> None:
    """Take the list of the unit out into the file and import it: nothing changes."""
    place = {"91.001": full.land.lim, "91": full.land.province}[unit]
    answer = taken(full, "dung", path.suffix.removeprefix("."), f"?unit={place.pk}", browser=browser)
    assert answer.status_code == 200
    path.write_bytes(answer.content)
    before = tables()
    done: Ran = ran("import", "members", str(path), "--unit", unit, "--on", TODAY.isoformat(), "--json")
    count = 9 if unit == "91.001" else 11
    assert done.counts == (0, 0, count, 0, 0), [row for row in done.told["rows"] if row["outcome"] != "unchanged"]
    assert tables() == before
