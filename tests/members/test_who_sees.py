"""Who can see a record, and why: offices and roles by unit; staff see no further than their own scope."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.access import actions as access
from hatnhan.access.models import Grant
from hatnhan.members import actions, who_sees
from hatnhan.members.models import Membership, Person
from tests.access.cast import administrator, opened
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry


def labels(found: who_sees.Seers) -> list[tuple[str, list[str]]]:
    return [(place.name, [reader.label for reader in place.readers]) for place in found.places]


def test_from_the_cell_upwards_with_names(world: World) -> None:
    found = who_sees.seers(world.person("an"), TODAY)
    assert labels(found) == [
        ("Chi bộ thôn Một", ["Phạm Văn Bình", "Lê Thị Thủy"]),
        ("Đảng bộ xã Lim Thượng", ["Trần Thu Hà"]),
        ("Đảng bộ tỉnh Sơn Vân", ["Vũ Anh Dũng"]),
    ]
    assert not found.partial


def test_it_says_why_by_office_by_grant_and_with_what(world: World) -> None:
    actions.appoint(actor=boss(), person=world.person("long"), unit=world.land.lim, office="secretary", on=TODAY)
    actions.open_account(actor=boss(), person=world.person("long"), on=TODAY)
    place = who_sees.seers(world.person("an"), TODAY).places[1]
    said = {reader.label: (reader.why, reader.tiers) for reader in place.readers}
    assert said["Bùi Văn Long"][0] == "theo chức vụ Bí thư"
    assert said["Trần Thu Hà"][0] == "được cấp quyền"
    assert "Số thẻ, số định danh" in said["Trần Thu Hà"][1]


def test_whoever_stands_in_is_named_with_for_whom_and_until_when(world: World) -> None:
    grant = Grant.objects.unvoided().select_related("account", "unit").get(account=world.accounts["thuy"])
    access.stand_in(
        actor=world.actor("thuy"), grant=grant, deputy=world.account("an"), on=TODAY, until=TODAY + timedelta(days=8)
    )
    cell = who_sees.seers(world.person("anh"), TODAY).places[0]
    said = {reader.label: (reader.why, reader.period) for reader in cell.readers}
    assert said["Nguyễn Văn An"] == ("làm thay đồng chí Lê Thị Thủy", "từ ngày 22/11/2026 đến hết ngày 29/11/2026")
    later = who_sees.seers(world.person("anh"), TODAY + timedelta(days=8)).places[0]
    assert "Nguyễn Văn An" not in [reader.label for reader in later.readers]


def test_only_roles_in_force_on_the_day_and_open_accounts_count(world: World) -> None:
    grant = Grant.objects.unvoided().get(account=world.accounts["ha"])
    access.end_grant(actor=boss(), grant=grant, on=TODAY)
    access.lock(actor=boss(), account=world.account("binh"), why="misuse", on=TODAY)
    assert labels(who_sees.seers(world.person("an"), TODAY))[0] == ("Chi bộ thôn Một", ["Lê Thị Thủy"])
    assert "Đảng bộ xã Lim Thượng" not in [place.name for place in who_sees.seers(world.person("an"), TODAY).places]
    earlier = who_sees.seers(world.person("an"), TODAY - timedelta(days=30))
    assert "Đảng bộ xã Lim Thượng" in [place.name for place in earlier.places]


def test_whoever_can_see_is_named_and_nobody_else_can(world: World) -> None:
    named = {reader.label for place in who_sees.seers(world.person("an"), TODAY).places for reader in place.readers}
    for name in world.accounts:
        status = world.browser(name).get(world.page("an")).status_code
        assert (status == 200) == (world.account(name).label in named), name


def test_a_guest_is_seen_at_both_places(world: World) -> None:
    person, khoa = world.person("an"), world.browser("khoa")
    assert khoa.get(world.page("an")).status_code == 404
    first = Membership.objects.unvoided().get(person=person)
    Membership.objects.create(
        person=person, unit=world.land.far_cell, kind="temporary", came="transferred", valid_from=date(2026, 11, 1),
        recorded_at=first.recorded_at, recorded_in=first.recorded_in,
    )  # fmt: skip
    names = [place.name for place in who_sees.seers(person, TODAY).places]
    assert names[:2] == ["Chi bộ thôn Một", "Đảng bộ xã Lim Thượng"]
    assert "Đảng bộ xã Chè Đông" in names
    text = khoa.get(world.page("an")).content.decode()
    assert "0900000123" in text
    assert last_entry().code == "members.look"
    assert khoa.get(world.page("an", "log/")).status_code == 200


def test_of_somebody_who_moved_only_the_new_place_sees(world: World) -> None:
    actions.transfer(actor=boss(), person=world.person("an"), to=world.land.two, on=date(2026, 11, 1))
    assert "Chi bộ thôn Một" not in [place.name for place in who_sees.seers(world.person("an"), TODAY).places]


def test_staff_see_no_further_than_their_own_scope(world: World) -> None:
    text = world.browser("thuy").get(world.page("an", "who/")).content.decode()
    assert "Phạm Văn Bình" in text
    assert "Trần Thu Hà" not in text
    assert "Vũ Anh Dũng" not in text
    assert "của cấp trên cũng có thể xem" in text
    office = world.browser("ha").get(world.page("an", "who/")).content.decode()
    assert "Trần Thu Hà" in office
    assert "Vũ Anh Dũng" not in office
    assert world.browser("khoa").get(world.page("an", "who/")).status_code == 404


def test_the_member_sees_all_and_who_looks_after_accounts(world: World) -> None:
    Person.objects.filter(pk=world.people["an"]).update(account=world.accounts["an"])
    administrator()
    text = world.browser("an").get("/me/who/").content.decode()
    for said in ("Lê Thị Thủy", "Trần Thu Hà", "Vũ Anh Dũng", "Quản trị hệ thống", "không mở được hồ sơ"):
        assert said in text, said


def test_queries_do_not_grow_with_readers(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            who_sees.seers(Person.objects.get(pk=world.people["an"]), TODAY)
        return len(queries)

    few = count()
    for number in range(5):
        opened(f"Cán bộ số {number}", "office", world.land.lim)
    assert count() == few <= 12
