"""Merging cells and splitting one in five steps, over HTTP, with members, offices and accounts."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from hatnhan.access.models import Grant
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members import actions as members
from hatnhan.members.models import GroupPlace, Membership, Person, Tenure
from hatnhan.members.reorganise.rules import Strength, strength_reasons, to_do
from hatnhan.rulebook import at
from hatnhan.units import queries
from hatnhan.units.models import UnitEvent
from tests.units.ground import START, tables
from tests.world import World, boss, last_entry

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 1)
STATE = re.compile(r'name="state" value="([^"]*)"')
TAGS = re.compile(r"<[^>]+>")


class Walk:
    """Somebody who walks through the steps, as a browser without scripts does."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.path = client, address.partition("?")[0]
        self.see(client.get(address))

    def see(self, answer: object) -> None:
        while answer.status_code == 302:  # type: ignore[attr-defined]
            self.at = answer["Location"]  # type: ignore[index]
            answer = self.client.get(self.at)
        self.status = answer.status_code  # type: ignore[attr-defined]
        self.html = answer.content.decode()  # type: ignore[attr-defined]
        self.text = " ".join(TAGS.sub(" ", self.html).split())

    def send(self, go: str = "next", **typed: object) -> "Walk":
        state = STATE.search(self.html)
        step = re.search(r'name="step" value="(\d)"', self.html)
        assert state, self.text
        assert step
        self.see(self.client.post(self.path, {"state": state[1], "step": step[1], "go": go, **typed}))
        return self

    @property
    def step(self) -> str:
        found = re.search(r'aria-current="step">\s*<span>(\d)', self.html)
        assert found, self.text
        return found[1]


def merging(world: World, **posts: str) -> Walk:
    """Up to the last step: one and two into one."""
    land = world.land
    walk = Walk(world.browser("ha"), f"/units/merge/?unit={land.one.pk}")
    walk.send(cells=[str(land.one.pk), str(land.two.pk)])
    walk.send(on="2026-11-01", decision="12-QĐ/ĐU")
    walk.send(into=str(land.one.pk), name="Chi bộ thôn Một Hai", code="")
    return walk.send(**posts)


def home(world: World, name: str, on: date = ON) -> Unit:
    return Membership.objects.on(on).get(person=world.people[name], kind="home").unit


def held(unit: Unit, on: date = ON) -> set[tuple[str, str]]:
    return {(row.office, row.person.name) for row in Tenure.objects.on(on).filter(unit=unit).select_related("person")}


def test_two_cells_are_merged_in_five_steps(world: World) -> None:
    land, walk = world.land, Walk(world.browser("ha"), f"/units/merge/?unit={world.land.one.pk}")
    assert walk.step == "1"
    assert "Chi bộ thôn Ba" in walk.text
    assert walk.send(cells=[str(land.one.pk), str(land.two.pk)]).step == "2"
    assert walk.send(on="2026-11-01", decision="12-QĐ/ĐU").step == "3"
    assert walk.send(into=str(land.one.pk), name="Chi bộ thôn Một Hai", code="91.001.102").step == "4"
    assert "Bùi Văn Long (1979)" in walk.text
    chi, long = (str(world.people[name]) for name in ("chi", "long"))
    assert walk.send(secretary=chi, deputy_1=long, deputy_2="").step == "5"
    for words in (
        "Gộp Chi bộ thôn Hai, Chi bộ thôn Một thành Chi bộ thôn Một Hai", "Đảng viên chuyển theo tổ chức",
        "Bí thư Hoàng Thị Chi", "Phó bí thư Bùi Văn Long", "8, trong đó 7 chính thức", "Giấy tờ cần ký",
        "Biên bản bàn giao", "Thôi giữ chức vụ: Lê Thị Thủy (bí thư).",
    ):  # fmt: skip
        assert words in walk.text, words
    assert home(world, "chi") == land.two
    walk.send()
    event = UnitEvent.objects.get()
    assert walk.at == f"/units/events/{event.pk}/"
    assert "Chi bộ thôn Hai sáp nhập vào Chi bộ thôn Một Hai" in walk.text
    assert home(world, "chi") == land.one
    assert home(world, "chi", date(2026, 10, 31)) == land.two
    assert held(land.one) == {("secretary", "Hoàng Thị Chi"), ("deputy_secretary", "Bùi Văn Long")}
    assert queries.codes([land.one.pk], ON) == {land.one.pk: "91.001.102"}
    assert "Đã ghi việc sắp xếp tổ chức." in walk.text
    assert last_entry().code == "units.merge_with_posts"


def test_everything_is_taken_back_as_one(world: World) -> None:
    before = tables()
    walk = merging(world, secretary=str(world.people["chi"]), deputy_1="", deputy_2="").send()
    assert tables() != before
    event = UnitEvent.objects.get()
    world.browser("ha").post(f"/units/events/{event.pk}/undo/")
    assert tables() == before
    assert held(world.land.one) == {("secretary", "Lê Thị Thủy")}
    assert walk.status == 200


def test_after_a_transfer_out_of_the_merged_cell_undo_is_refused_with_the_reason(world: World) -> None:
    merging(world, secretary="", deputy_1="", deputy_2="").send()
    members.transfer(actor=boss(), person=world.person("long"), to=world.land.three, on=date(2026, 11, 10))
    event = UnitEvent.objects.get()
    answer = world.browser("ha").post(f"/units/events/{event.pk}/undo/")
    assert answer.status_code == 422
    assert "sau đó đã có thay đổi khác dựa trên việc này" in answer.content.decode()
    assert home(world, "chi") == world.land.one


def test_the_secretary_who_goes_on_is_offered_and_keeps_the_office(world: World) -> None:
    walk = merging(world)
    assert walk.send(go="back").step == "4"
    thuy = str(world.people["thuy"])
    walk = Walk(world.browser("ha"), f"/units/merge/?unit={world.land.one.pk}")
    walk.send(cells=[str(world.land.one.pk), str(world.land.two.pk)]).send(on="2026-11-01", decision="")
    walk.send(into=str(world.land.one.pk), name="", code="")
    assert f'<option value="{thuy}" selected>' in walk.html
    walk.send(secretary=thuy, deputy_1="", deputy_2="").send()
    assert held(world.land.one) == {("secretary", "Lê Thị Thủy")}
    assert Tenure.objects.filter(person=world.people["thuy"]).count() == 1


def test_cells_become_a_new_one_when_asked_for(world: World) -> None:
    land, walk = world.land, Walk(world.browser("ha"), f"/units/merge/?unit={world.land.lim.pk}")
    walk.send(cells=[str(land.one.pk), str(land.two.pk), str(land.three.pk)]).send(on="2026-11-01", decision="")
    assert walk.send(into="new", name="", code="").status == 422
    assert "Hãy ghi tên tổ chức." in walk.text
    walk.send(into="new", name="Chi bộ thôn Liên Hợp", code="91.001.103")
    walk.send(secretary=str(world.people["thuy"]), deputy_1="", deputy_2="").send()
    fresh = queries.by_code("91.001.103", ON)
    assert fresh is not None
    assert home(world, "an") == home(world, "chi") == fresh
    assert held(fresh) == {("secretary", "Lê Thị Thủy")}
    assert not Placement.objects.on(ON).filter(unit__in=[land.one, land.two, land.three], stands=True).exists()


def test_back_and_reload_keep_what_was_typed(world: World) -> None:
    walk = merging(world, secretary=str(world.people["chi"]), deputy_1="", deputy_2="")
    assert walk.step == "5"
    address = walk.at
    walk.send(go="back")
    assert f'<option value="{world.people["chi"]}" selected>' in walk.html
    walk.send(go="back")
    assert 'value="Chi bộ thôn Một Hai"' in walk.html
    walk.send(go="back", on="ngày lạ", decision="99")
    walk.send(cells=[str(world.land.one.pk), str(world.land.two.pk)])
    assert walk.step == "2"
    again = world.browser("ha").get(address)
    assert again.status_code == 200
    assert "Chi bộ thôn Một Hai" in again.content.decode()


def test_a_wrong_day_is_refused_at_its_step_and_nothing_is_lost(world: World) -> None:
    land, walk = world.land, Walk(world.browser("ha"), f"/units/merge/?unit={world.land.one.pk}")
    assert walk.send(cells=[str(land.one.pk)]).status == 422
    assert "Hãy chọn ít nhất hai chi bộ." in walk.text
    walk.send(cells=[str(land.one.pk), str(land.two.pk)])
    walk.send(on="2025-01-01", decision="12-QĐ/ĐU")
    assert (walk.status, walk.step) == (422, "2")
    assert "không hoạt động vào ngày 1/1/2025" in walk.text
    assert 'value="12-QĐ/ĐU"' in walk.html
    walk.send(on="2031-01-01", decision="12-QĐ/ĐU")
    assert (walk.status, walk.step) == (422, "2")
    assert "Ngày 1/1/2031 còn quá xa" in walk.text
    assert walk.send(on="20225-01-01", decision="").status == 422


def test_one_person_cannot_have_two_posts(world: World) -> None:
    chi = str(world.people["chi"])
    walk = merging(world, secretary=chi, deputy_1=chi, deputy_2="")
    assert (walk.status, walk.step) == (422, "4")
    assert "đã được chọn cho chức vụ khác" in walk.text


def test_a_step_cannot_be_skipped_and_a_forged_state_begins_anew(world: World) -> None:
    client = world.browser("ha")
    answer = client.get(f"/units/merge/?unit={world.land.one.pk}&step=5")
    assert answer.status_code == 302
    assert "step=1" in answer["Location"]
    answer = client.get("/units/merge/?step=3&state=forged")
    assert answer.status_code == 302
    walk = merging(world)
    assert world.browser("dung").get(walk.at).status_code == 302


def test_only_cells_of_the_readers_own_scope_can_be_merged(world: World) -> None:
    client = world.browser("ha")
    assert client.get(f"/units/merge/?unit={world.land.che.pk}").status_code == 404
    assert client.get("/units/merge/?unit=999999").status_code == 404
    walk = Walk(client, f"/units/merge/?unit={world.land.one.pk}")
    walk.send(cells=[str(world.land.one.pk), str(world.land.far_cell.pk)])
    assert walk.status == 422
    for name in ("thuy", "binh", "an"):
        assert world.browser(name).get("/units/merge/").status_code == 403


def test_where_there_are_no_cells_the_page_leads_to_them(world: World) -> None:
    walk = Walk(world.browser("dung"), "/units/merge/")
    assert "không có hai chi bộ trực thuộc" in walk.text
    assert f"?unit={world.land.lim.pk}" in walk.html


def test_access_follows_the_posts(world: World) -> None:
    account = world.account("thuy")
    thuy = world.person("thuy")
    thuy.account = account
    thuy.save()
    members.appoint(
        actor=boss(), person=world.person("chi"), unit=world.land.two, office="secretary", on=date(2026, 9, 1)
    )
    members.end_tenure(actor=boss(), tenure=Tenure.objects.unvoided().get(person=thuy), on=date(2026, 9, 1))
    members.appoint(actor=boss(), person=thuy, unit=world.land.one, office="secretary", on=date(2026, 10, 1))
    assert Grant.objects.on(ON).filter(account=account, source__gt=0).exists()
    merging(world, secretary=str(world.people["chi"]), deputy_1="", deputy_2="").send()
    assert not Grant.objects.on(ON).filter(account=account, source__gt=0).exists()


# --- splitting ----------------------------------------------------------------------------------------------------


def splitting(world: World, *going: str, groups: tuple[str, ...] = (), **posts: str) -> Walk:
    walk = Walk(world.browser("ha"), f"/units/split/?unit={world.land.one.pk}")
    walk.send(unit=str(world.land.one.pk), on="2026-11-01", decision="15-QĐ/ĐU")
    walk.send(name="Chi bộ thôn Một B", code="91.001.110")
    walk.send(people=[str(world.people[name]) for name in going], groups=list(groups))
    return walk.send(**posts) if walk.status == 200 else walk


def test_a_cell_is_split_with_posts_on_both_sides(world: World) -> None:
    thuy, an, binh = (str(world.people[name]) for name in ("thuy", "an", "binh"))
    walk = splitting(world, "thuy", "anh", "sau", secretary=thuy, old_secretary=binh, old_deputy_1=an)
    assert walk.step == "5"
    for words in (
        "Tách Chi bộ thôn Một B từ Chi bộ thôn Một",
        "Bí thư Chi bộ thôn Một B Lê Thị Thủy",
        "3 đảng viên ở lại",
    ):
        assert words in walk.text, words
    walk.send()
    fresh = queries.by_code("91.001.110", ON)
    assert fresh is not None
    assert {name for name in ("thuy", "anh", "sau") if home(world, name) == fresh} == {"thuy", "anh", "sau"}
    assert home(world, "an") == world.land.one
    assert held(fresh) == {("secretary", "Lê Thị Thủy")}
    assert held(world.land.one) == {("secretary", "Phạm Văn Bình"), ("deputy_secretary", "Nguyễn Văn An")}
    assert UnitEvent.objects.get().kind == "split"


def test_a_whole_party_group_goes_with_one_tick(world: World) -> None:
    group = world.group
    assert group is not None
    for name in ("an", "anh", "sau"):
        members.place_in_group(actor=boss(), person=world.person(name), group=group, on=date(2026, 3, 1))
    walk = splitting(world, groups=(str(group.identity),))
    assert walk.step == "5"
    before = tables()
    walk.send()
    assert {home(world, name) for name in ("an", "anh", "sau")} == {queries.by_code("91.001.110", ON)}
    assert not GroupPlace.objects.on(ON).exists()
    world.browser("ha").post(f"/units/events/{UnitEvent.objects.get().pk}/undo/")
    assert tables() == before


def test_somebody_must_go_and_somebody_must_stay(world: World) -> None:
    walk = splitting(world)
    assert (walk.status, walk.step) == (422, "3")
    assert "Hãy chọn đảng viên chuyển sang chi bộ mới." in walk.text
    walk.send(people=[str(world.people[name]) for name in ("an", "anh", "thuy", "binh", "lien", "sau")])
    assert "Phải còn đảng viên ở lại" in walk.text


def test_a_cell_of_three_hundred_and_fifty_can_be_split(world: World) -> None:
    dated = {"valid_from": START, "recorded_at": timezone.now(), "recorded_in": 1}
    people = Person.objects.bulk_create(
        Person(name=f"Ngô Văn Số {n}", sort_key=f"ngo {n:03}", recorded_at=timezone.now(), recorded_in=1)
        for n in range(344)
    )
    Membership.objects.bulk_create(
        Membership(person=person, unit=world.land.one, kind="home", came="loaded", **dated) for person in people
    )
    world.people |= {f"p{n}": person.pk for n, person in enumerate(people)}
    walk = splitting(world, *(f"p{number}" for number in range(0, 344, 2)))
    assert walk.step == "5"
    assert len(walk.at) < 4000
    assert "Chi bộ thôn Một B sẽ có 172 đảng viên, đông hơn 30" in walk.text
    walk.send()
    assert Membership.objects.on(ON).filter(unit=queries.by_code("91.001.110", ON), kind="home").count() == 172


# --- numbers ------------------------------------------------------------------------------------------------------


def test_a_verified_rule_refuses_and_an_unsure_one_warns() -> None:
    small = Strength("Chi bộ nhỏ", 3, 2)
    then, now = strength_reasons(at(date(2025, 10, 1)), small), strength_reasons(at(ON), small)
    assert [[reason.code for reason in some] for some in then] == [["min_full"], []]
    assert [[reason.code for reason in some] for some in now] == [[], ["min_full"]]
    assert now[1][0].source


def test_a_large_cell_is_told_what_it_has_to_see_to() -> None:
    assert [reason.code for reason in to_do(at(ON), Strength("Chi bộ lớn", 41, 35))] == ["groups", "committee"]
    assert to_do(at(ON), Strength("Chi bộ nhỏ", 8, 7)) == []


def test_a_code_that_another_bears_is_refused_for_the_new_cell(world: World) -> None:
    land = world.land
    split = Walk(world.browser("ha"), f"/units/split/?unit={land.one.pk}").send(
        unit=str(land.one.pk), on="2026-11-01", decision=""
    )
    split.send(name="Chi bộ thôn Mới", code="91.001.102")
    assert (split.status, split.step) == (422, "2")
    assert "Mã 91.001.102 đang được dùng cho một tổ chức khác." in split.text
    assert split.send(name="Chi bộ thôn Mới", code="91.001.199").step == "3"

    merge = Walk(world.browser("ha"), f"/units/merge/?unit={land.one.pk}")
    merge.send(cells=[str(land.one.pk), str(land.two.pk)]).send(on="2026-11-01", decision="")
    merge.send(into="new", name="Chi bộ thôn Mới", code="91.001.103")
    assert (merge.status, merge.step) == (422, "3")
    assert "Mã 91.001.103 đang được dùng cho một tổ chức khác." in merge.text
    assert merge.send(into="new", name="Chi bộ thôn Mới", code="91.001.102").step == "4"


def test_the_cells_to_merge_stand_with_their_members(world: World) -> None:
    walk = Walk(world.browser("ha"), f"/units/merge/?unit={world.land.one.pk}")
    assert "Chi bộ thôn Một 6 đảng viên" in walk.text
    assert "Chi bộ thôn Ba 0 đảng viên" in walk.text
