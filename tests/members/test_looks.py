"""Each look at a record is in the log; the member sees who looked, staff only what lies in their own scope."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from hatnhan.kernel import registries
from hatnhan.kernel.models import Entry, Subject
from hatnhan.members import actions, seen
from hatnhan.members.models import Membership, Person
from tests.access.cast import opened
from tests.members.lists import hand_over, listed
from tests.members.taking import taken
from tests.world import World, boss, last_entry

LOOK = "members.look"


@pytest.fixture
def member(world: World) -> World:
    """An has an account that is his."""
    Person.objects.filter(pk=world.people["an"]).update(account=world.accounts["an"])
    return world


@dataclass
class Case:
    """An inspection of a member: looks of one account are kept back while it is open."""

    account: int = 0
    person: int = 0
    open: bool = True


@pytest.fixture
def case() -> Iterator[Case]:
    """As if a later module had an open case about somebody."""
    inspection = Case()

    def keep_back(kind: str, keys: Collection[int] | None, _on: date) -> Q:
        meant = inspection.open and kind == "members.person" and (keys is None or inspection.person in keys)
        about = Subject.objects.filter(kind=kind, key=inspection.person).values("entry")
        return Q(account=inspection.account, pk__in=about) if meant else Q(pk__in=[])

    registries.withhold(keep_back)
    yield inspection
    registries.WITHHOLDING.remove(keep_back)


def own(world: World, page: str = "/me/looks/") -> str:
    return world.browser("an").get(page).content.decode()


def test_opening_a_record_is_logged_once_a_day_for_each_reader(world: World) -> None:
    ha = world.browser("ha")
    for tail in ("", "record/", "history/", "", "change/"):
        assert ha.get(world.page("an", tail)).status_code == 200
    world.browser("thuy").get(world.page("an"))
    looks = Entry.objects.filter(code=LOOK)
    assert set(looks.values_list("account", flat=True)) == {world.accounts["ha"], world.accounts["thuy"]}
    assert looks.count() == 2


def test_a_record_that_is_not_shown_is_not_looked_at(world: World) -> None:
    assert world.browser("ha").get(world.page("khanh")).status_code == 404
    assert world.browser("an").get(world.page("anh")).status_code == 403
    assert not Entry.objects.filter(code=LOOK).exists()


def test_a_member_sees_who_looked_in_what_position_and_why(member: World) -> None:
    member.browser("ha").get(member.page("an"))
    actions.show_numbers(actor=member.actor("thuy"), person=member.person("an"), reason="Đối chiếu thẻ")
    member.browser("dung").get(member.page("an", "summary.pdf"))
    taken(member, "ha", "csv", reason="Báo cáo năm")
    text = own(member)
    for said in ("Trần Thu Hà", "Văn phòng đảng ủy cơ sở, Đảng bộ xã Lim Thượng", "Lê Thị Thủy", "Lý do: Đối chiếu thẻ",
                 "Vũ Anh Dũng", "In phiếu tóm tắt", "ra tệp CSV, yêu cầu số", "Lý do: Báo cáo năm"):  # fmt: skip
        assert said in text, said


def test_the_own_looks_are_nobodys(member: World) -> None:
    member.browser("an").get("/me/")
    assert not Entry.objects.filter(code=LOOK).exists()
    actions.own_export(actor=member.actor("an"), person=member.person("an"), form="json")
    assert "Chưa có ai xem" in own(member)


def test_looks_are_read_page_by_page(member: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "PAGE", 2)
    for why in ("một", "hai", "ba"):
        actions.show_numbers(actor=member.actor("thuy"), person=member.person("an"), reason=f"Lần {why}")
    first = own(member)
    assert "Lần ba" in first
    assert "Lần một" not in first
    older = first.split('href="/me/looks/?before=')[1].split('"')[0]
    assert "Lần một" in own(member, f"/me/looks/?before={older}")
    assert own(member, "/me/looks/?before=x" + "9" * 30)


def test_looks_under_an_open_case_appear_after_its_conclusion(member: World, case: Case) -> None:
    member.accounts["khiem"] = opened("Ngô Văn Khiêm", "inspector", member.land.lim).pk
    case.account, case.person = member.accounts["khiem"], member.people["an"]
    member.browser("khiem").get(member.page("an"))
    member.browser("ha").get(member.page("an"))
    answers = [own(member), member.browser("ha").get(member.page("an", "looks/")).content.decode()]
    answers.append(member.browser("an").post("/me/export/", {"form": "json"}).content.decode())
    for text in answers:
        assert "Trần Thu Hà" in text
        looks = text.split('"may_see"')[0]
        assert "Ngô Văn Khiêm" not in looks
    case.open = False
    assert "Ngô Văn Khiêm" in own(member)


# --- staff --------------------------------------------------------------------------------------------------------


def test_staff_see_the_looks_of_their_own_scope_only(world: World) -> None:
    for who in ("dung", "thuy", "ha"):
        world.browser(who).get(world.page("an"))
    text = world.browser("ha").get(world.page("an", "looks/")).content.decode()
    assert "Lê Thị Thủy" in text
    assert "Vũ Anh Dũng" not in text
    assert "Vũ Anh Dũng" in world.browser("dung").get(world.page("an", "looks/")).content.decode()


@pytest.mark.parametrize("who", ["thuy", "binh"])
def test_in_a_cell_nobody_sees_who_looked(world: World, who: str) -> None:
    world.browser("dung").get(world.page("an"))
    browser = world.browser(who)
    assert browser.get(world.page("an", "looks/")).status_code == 403
    for tail in ("", "record/", "history/", "log/", "who/"):
        assert "Vũ Anh Dũng" not in browser.get(world.page("an", tail)).content.decode(), tail


def test_the_log_of_changes_holds_no_looks(world: World) -> None:
    actions.show_numbers(actor=world.actor("dung"), person=world.person("an"), reason="Thẩm tra")
    text = world.browser("ha").get(world.page("an", "log/")).content.decode()
    assert "Xem số thẻ" not in text
    assert "Tiếp nhận đồng chí Nguyễn Văn An" in text
    look = Entry.objects.filter(code="members.show_numbers").latest("pk")
    assert world.browser("ha").get(world.page("an", f"log/{look.pk}/")).status_code == 404


def test_a_page_of_looks_takes_few_queries(member: World) -> None:
    for who in ("dung", "thuy", "ha"):
        member.browser(who).get(member.page("an"))
    browser = member.browser("an")
    browser.get("/me/looks/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/me/looks/")
    assert len(queries) <= 16, [one["sql"] for one in queries]


def test_the_system_is_named_as_such(member: World) -> None:
    actions.look(actor=boss(), person=member.person("an"))
    assert last_entry().code == LOOK
    assert "Hệ thống" in own(member)


def test_looks_under_an_open_case_are_on_no_page_of_the_log_and_cost_one_condition(member: World, case: Case) -> None:
    case.account, case.person = member.accounts["ha"], member.people["an"]
    member.browser("ha").get(member.page("an"))
    ha = member.browser("ha")
    assert "Xem hồ sơ của đồng chí Nguyễn Văn An" not in ha.get("/log/?kind=looks").content.decode()
    case.open = False
    assert "Xem hồ sơ của đồng chí Nguyễn Văn An" in ha.get("/log/?kind=looks").content.decode()


def test_a_page_that_corrects_a_record_is_a_look_and_a_preview_is_one_for_all_on_it(
    member: World, tmp_path: Path
) -> None:
    ha = member.browser("ha")
    row = Membership.objects.unvoided().get(person=member.people["chi"])
    ha.get(member.page("chi", f"rows/membership/{row.pk}/correct/"))
    assert last_entry().code == LOOK
    rows = [("Nguyễn Văn An", "03/05/1957", "Nhà ở mới"), ("Phạm Văn Bình", "1965", "Nơi khác")]
    path = listed(tmp_path, *rows, head=("Họ và tên", "Ngày sinh", "Nơi cư trú"))
    page = hand_over(ha, path, member.land.one.pk)
    ha.get(page)
    entry = last_entry()
    assert entry.code == "members.look_list"
    seen_people = {one.key for one in entry.subjects.filter(kind="members.person")}
    assert seen_people == {member.people["an"], member.people["binh"]}
    assert "Xem hồ sơ của 2 đồng chí" in own(member)
