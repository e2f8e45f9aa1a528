"""Taking a whole import back."""

from pathlib import Path

import pytest

from hatnhan.kernel.audit import flaws
from hatnhan.kernel.models import Entry
from hatnhan.members import actions as members
from hatnhan.members.models import ImportRun, Membership, Person, PersonNumber, Question
from tests.fixtures.lists import Cell
from tests.members.lists import LUA, import_members, listed, ran
from tests.units.ground import TODAY, tables
from tests.world import World, boss

pytestmark = pytest.mark.django_db

HEAD: list[Cell] = ["Họ và tên", "Ngày sinh", "Điện thoại", "Tình trạng", "Số thẻ", "Chi bộ"]
ROWS: list[list[Cell]] = [
    ["Cao Văn Dũng", "12/4/1960", "", "", "091060000411", "thôn Hai"],
    ["Lê Thị Thủy", "9/1/1970", "0912345678", "Miễn sinh hoạt", "091170000013", "thôn Một"],
    ["Hoàng Thị Chi", "", "", "", "", "thôn Hai"],
]


def brought(folder: Path) -> str:
    """One new, one changed, one question; returns the number of the import."""
    assert import_members(listed(folder, *ROWS, head=HEAD)).counts == (1, 1, 0, 1, 0)
    return str(ImportRun.objects.latest("pk").pk)


def people() -> list[tuple[object, ...]]:
    """What is known of everybody who is held to be there."""
    rows = Person.objects.filter(voided_at=None).order_by("pk")
    return list(rows.values_list("name", "phone", "birth", "party_base", "sort_key", "sealed"))


def test_everything_is_as_before(world: World, tmp_path: Path) -> None:
    before = (tables(), people())
    number = brought(tmp_path)
    assert (tables(), people()) != before
    done = ran("import", "undo", number)
    assert done.code == 0, done.text
    assert (tables(), people()) == before
    assert not Question.objects.filter(closed_at=None).exists()
    assert list(flaws()) == []


def test_after_it_the_list_goes_in_again(world: World, tmp_path: Path) -> None:
    ran("import", "undo", brought(tmp_path))
    brought(tmp_path)
    assert PersonNumber.objects.unvoided().filter(tail="…411").count() == 1


def test_only_once(world: World, tmp_path: Path) -> None:
    number = brought(tmp_path)
    ran("import", "undo", number)
    assert ran("import", "undo", number).code == 1


def test_not_after_a_new_person_was_changed(world: World, tmp_path: Path) -> None:
    number = brought(tmp_path)
    person = Person.objects.get(name="Cao Văn Dũng")
    members.change(actor=boss(), person=person, on=TODAY, phone="0900000999")
    done = ran("import", "undo", number)
    assert done.code == 1
    assert "đã có thay đổi khác" in done.text
    assert Membership.objects.on(TODAY).filter(person=person).exists()


def test_not_after_a_changed_person_was_changed_again(world: World, tmp_path: Path) -> None:
    number = brought(tmp_path)
    members.change(actor=boss(), person=world.person("thuy"), on=TODAY, phone="0900000999")
    assert ran("import", "undo", number).code == 1
    assert world.person("thuy").phone == "0900000999"


def test_not_after_a_new_person_got_an_office(world: World, tmp_path: Path) -> None:
    number = brought(tmp_path)
    person = Person.objects.get(name="Cao Văn Dũng")
    members.appoint(actor=boss(), person=person, unit=world.land.two, office="deputy_secretary", on=TODAY)
    assert ran("import", "undo", number).code == 1


def test_another_import_beside_it_does_not_matter(world: World, tmp_path: Path) -> None:
    number = brought(tmp_path)
    import_members(listed(tmp_path, LUA))
    assert ran("import", "undo", number).code == 0
    assert Person.objects.get(name="Võ Thị Lụa").voided_at is None


def test_the_log_says_what_came_in_and_what_went(world: World, tmp_path: Path) -> None:
    ran("import", "undo", brought(tmp_path))
    codes = Entry.objects.filter(refers_to=None).order_by("id").values_list("code", flat=True)
    assert list(codes)[-2:] == ["members.import", "members.undo_import"]
