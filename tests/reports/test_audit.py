"""The log as its readers see it: all of their part of the tree, and nothing of anybody else's."""

import csv
import io
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from hatnhan.access import actions as access
from hatnhan.access.actors import actor_for
from hatnhan.access.models import Account
from hatnhan.kernel.action import ACTIONS
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Entry
from hatnhan.kernel.registries import permissions_of
from hatnhan.members import actions as members
from hatnhan.members.models import ExportRequest
from hatnhan.reports.audit import actions, queries
from hatnhan.reports.audit.tables import kinds
from hatnhan.units import actions as units
from tests.access.cast import opened
from tests.units.ground import TODAY
from tests.world import World, boss, build, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def inspector(world: World) -> Client:
    return signed_in(opened("Ngô Văn Kiểm", "inspector", world.land.lim))


@pytest.fixture
def administrator(world: World) -> Client:
    account = access.create_administrator(actor=boss(), username="quantri", password="mot cau rat dai").account
    return signed_in(account)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=configured.AUTHENTICATION_BACKENDS[0])
    return client


def text(browser: Client, address: str = "/log/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# --- what is read -------------------------------------------------------------------------------------------------


def test_the_office_reads_what_was_done_in_its_commune_the_newest_first(world: World) -> None:
    members.change(actor=world.actor("ha"), person=world.person("an"), on=TODAY, phone="0900000999", reason="Đổi số")
    page = text(world.browser("ha"))
    rows = page.split("<tbody>")[1]
    assert rows.index("Trần Thu Hà") < rows.index("Hệ thống")
    assert "Lý do: Đổi số" in page
    assert "Nguyễn Văn An" in page


def test_nothing_of_another_commune_is_read_counted_found_or_exported(world: World) -> None:
    browser = world.browser("khoa")
    mine = queries.in_scope(world.actor("khoa")).count()
    assert 0 < mine < Entry.objects.count()
    page = text(browser, "/log/?q=Hệ thống")
    assert "Lý Thị Khánh" in page
    for name in ("Hoàng Thị Chi", "Lim", "thôn Một"):
        assert name not in page
    file = browser.post(f"/log/export/?unit={world.land.far_cell.pk}", {"reason": "Kiểm tra"}).content.decode()
    assert "Lý Thị Khánh" in file
    assert "Hoàng Thị Chi" not in file


@pytest.mark.parametrize(
    "address", ["/log/?unit={one}", "/log/?person={an}", "/log/export/?unit={one}", "/log/{entry}/"]
)
def test_an_address_of_another_commune_is_not_there(world: World, address: str) -> None:
    entry = Entry.objects.filter(unit=world.land.one).earliest("id").pk
    where = address.format(one=world.land.one.pk, an=world.people["an"], entry=entry)
    assert world.browser("khoa").get(where).status_code == 404
    assert world.browser("ha").get(where).status_code == 200


def test_members_and_cell_officers_do_not_read_the_log(world: World) -> None:
    for who in ("an", "thuy", "binh"):
        assert world.browser(who).get("/log/").status_code == 403


def test_an_inspector_reads_acts_but_not_those_upon_accounts(world: World, inspector: Client) -> None:
    page = text(inspector)
    assert "Nguyễn Văn An" in page
    assert "tài khoản" not in page.split("<tbody>")[1].lower()


def test_the_administrator_reads_of_accounts_and_of_no_member(world: World, administrator: Client) -> None:
    page = text(administrator)
    assert "quantri" in page
    every = list(queries.in_scope(actor_of("quantri")).values_list("code", flat=True).distinct())
    assert every
    assert {code.partition(".")[0] for code in every} <= {"access", "config"}
    assert administrator.get("/log/?kind=members").content.decode().count("<tr><th") == 0
    assert administrator.get(f"/log/?person={world.people['an']}").status_code == 404
    assert administrator.get("/log/export/").status_code == 403


def actor_of(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username), TODAY)


def test_entries_without_a_unit_are_read_by_installation_administrators_alone(
    world: World, administrator: Client
) -> None:
    entry = Entry.objects.filter(unit=None, code__startswith="access.").latest("id")
    assert administrator.get(f"/log/{entry.pk}/").status_code == 200
    for who in ("ha", "dung"):
        assert world.browser(who).get(f"/log/{entry.pk}/").status_code == 404


def test_every_unit_that_moved_takes_its_log_along(world: World) -> None:
    before = queries.in_scope(world.actor("khoa")).filter(unit=world.land.two).count()
    units.move(actor=boss(), unit=world.land.two, to=world.land.che, on=TODAY)
    assert before == 0
    assert queries.in_scope(world.actor("khoa")).filter(unit=world.land.two).exists()
    assert not queries.in_scope(world.actor("ha")).filter(unit=world.land.two).exists()


def test_a_reference_says_nothing_of_what_is_written_elsewhere(world: World) -> None:
    members.transfer(actor=boss(), person=world.person("chi"), to=world.land.far_cell, on=TODAY, reason="Chuyển nhà")
    main = Entry.objects.filter(code="members.transfer", refers_to=None).latest("id")
    reference = Entry.objects.get(refers_to=main.pk, unit=world.land.far_cell)
    assert main.unit_id == world.land.two.pk
    page = text(world.browser("khoa"), f"/log/{reference.pk}/")
    assert "ghi ở nhật ký của tổ chức khác" in page
    assert "Hoàng Thị Chi" not in page
    assert f"/log/{main.pk}/" not in page
    assert world.browser("khoa").get(f"/log/{main.pk}/").status_code == 404
    assert "Hoàng Thị Chi" in text(world.browser("ha"), f"/log/{main.pk}/")
    assert f"/log/{main.pk}/" in text(world.browser("dung"), f"/log/{reference.pk}/")
    listed = f"/log/?unit={world.land.far_cell.pk}"
    assert "Hoàng Thị Chi" not in text(world.browser("khoa"), listed)
    assert "Ghi ở nhật ký của Chi bộ thôn Hai" in text(world.browser("dung"), listed)


def test_looks_are_read_only_by_those_for_whom_whoever_looked_works(world: World, inspector: Client) -> None:
    """The province's look at a member of the commune is not told to the commune; the office's own is."""
    person = world.person("an")
    members.show_numbers(actor=world.actor("dung"), person=person, reason="Tỉnh thẩm tra")
    members.show_numbers(actor=world.actor("ha"), person=person, reason="Xã đối chiếu")
    office, province = text(world.browser("ha")), text(world.browser("dung"))
    assert "Xã đối chiếu" in office
    assert "Tỉnh thẩm tra" not in office
    assert "Xã đối chiếu" in province
    assert "Tỉnh thẩm tra" in province
    assert "đối chiếu" not in text(inspector)
    assert "Xã đối chiếu" in text(world.browser("ha"), "/log/?kind=looks")


# --- asking -------------------------------------------------------------------------------------------------------


def test_the_log_is_narrowed_by_unit_kind_actor_person_and_days(world: World) -> None:
    browser = world.browser("ha")
    members.change(actor=world.actor("ha"), person=world.person("chi"), on=TODAY, phone="0900000999", reason="Đổi số")
    assert "Hoàng Thị Chi" in text(browser, f"/log/?unit={world.land.two.pk}")
    assert "Hoàng Thị Chi" not in text(browser, f"/log/?unit={world.land.one.pk}").split("<tbody>")[1]
    assert "1 việc phù hợp" in text(browser, "/log/?q=tran thu ha")
    assert "Nguyễn Văn An" not in text(browser, f"/log/?person={world.people['chi']}").split("<tbody>")[1]
    assert "<tbody>" not in text(browser, "/log/?kind=looks")
    today = timezone.localtime(Entry.objects.latest("id").at).date()
    assert "Hoàng Thị Chi" in text(browser, f"/log/?from={today.isoformat()}&to={today.isoformat()}")
    assert "<tbody>" not in text(browser, f"/log/?from={(today + timedelta(days=1)).isoformat()}")
    assert "<tbody>" not in text(browser, f"/log/?to={(today - timedelta(days=1)).isoformat()}")


def test_days_that_cannot_be_are_refused_in_words(world: World) -> None:
    answer = world.browser("ha").get("/log/?from=31/02/2026")
    assert answer.status_code == 422
    assert "31/02/2026" in answer.content.decode()


def test_pages_go_on_by_key_and_the_oldest_can_come_first(world: World) -> None:
    for number in range(60):
        units.rename(actor=boss(), unit=world.land.two, name=f"Chi bộ số {number}", on=TODAY)
    browser = world.browser("ha")
    page = text(browser)
    assert page.count("<tr><th") == 50
    after = page.split('href="/log/?after=')[1].split('"')[0]
    second = text(browser, f"/log/?after={after}")
    assert not set(numbers_in(page)) & set(numbers_in(second))
    assert "Chi bộ số 59" in page
    assert "Đổi tên" not in text(browser, "/log/?sort=at").split("<tbody>")[1].split("</th>")[0]


def numbers_in(page: str) -> list[str]:
    return [part.split("/")[0] for part in page.split('href="/log/')[1:] if part[0].isdigit()]


def test_an_entry_shows_every_line_its_reason_and_whom_it_was_about(world: World) -> None:
    members.change(actor=world.actor("ha"), person=world.person("chi"), on=TODAY, phone="0900000999", reason="Đổi số")
    entry = Entry.objects.latest("id")
    page = text(world.browser("ha"), f"/log/{entry.pk}/")
    for part in ("Trần Thu Hà", "Đổi số", "Hoàng Thị Chi", f"/members/{world.people['chi']}/", "members.change"):
        assert part in page
    with_english = text(english(world), f"/log/{entry.pk}/")
    assert "Reason" in with_english
    of_all = text(english(world), "/log/")
    assert "Kind of act" in of_all
    assert "dut" not in of_all.partition("<main")[2].partition("</p>")[0]


def english(world: World) -> Client:
    Account.objects.filter(pk=world.accounts["ha"]).update(language="en")
    return world.browser("ha")


def test_every_kind_of_act_can_be_asked_for() -> None:
    offered = {code for code, _label in kinds()}
    ours = {code.partition(".")[0] for code in ACTIONS} - {"test", "tests", "audit"}
    assert ours <= offered


# --- the file -----------------------------------------------------------------------------------------------------


def test_the_file_has_words_lines_reason_and_place_and_says_who_took_it_out(world: World) -> None:
    browser = world.browser("ha")
    assert browser.post(f"/log/export/?unit={world.land.two.pk}", {"reason": ""}).status_code == 422
    before = Entry.objects.count()
    assert "/log/export/" in text(browser, f"/log/?unit={world.land.two.pk}")
    answer = browser.post(f"/log/export/?unit={world.land.two.pk}", {"reason": "Kiểm tra quý IV"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Thời điểm", "Người làm", "Tổ chức", "Việc"]
    assert any("Hoàng Thị Chi" in row[3] for row in rows[1:-2])
    assert "Trần Thu Hà" in rows[-2][0]
    assert rows[-1] == ["Lý do: Kiểm tra quý IV"]
    assert Entry.objects.count() == before + 1
    assert Entry.objects.latest("id").code == "audit.export"


def test_the_page_of_an_organisation_leads_to_its_log_for_those_who_read_it(world: World) -> None:
    link = f"/log/?unit={world.land.two.pk}"
    assert link in text(world.browser("ha"), f"/units/{world.land.two.pk}/")
    assert link not in text(world.browser("thuy"), f"/units/{world.land.one.pk}/")


def test_roles_read_the_log_as_decided() -> None:
    readers = {role for role in ("member", "cell_secretary", "cell_deputy", "office", "inspector", "provincial",
                                 "administrator") if "audit.view" in permissions_of(role)}  # fmt: skip
    assert readers == {"office", "inspector", "provincial", "administrator"}


def test_the_log_of_more_than_one_cell_leaves_only_after_a_second_person(world: World, inspector: Client) -> None:
    ha = world.browser("ha")
    assert "cần người thứ hai duyệt" in text(ha, "/log/export/")
    answer = ha.post("/log/export/?kind=members", {"reason": "Kiểm tra quý IV"})
    page = answer.headers["Location"]
    row = ExportRequest.objects.get()
    assert (row.what, row.unit_id, answer.status_code) == ("audit", world.land.lim.pk, 302)
    assert "mục nhật ký" in text(ha, page)
    assert "mục nhật ký" in text(world.browser("dung"), "/members/exports/")
    assert ha.post(f"{page}file/", {"form": "csv"}).status_code == 302
    assert row.fetched_at is None
    assert world.browser("khoa").get(page).status_code == 404
    assert world.browser("dung").post(page, {"act": "approve", "reason": ""}).status_code == 302
    members.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=TODAY)
    file = ha.post(f"{page}file/", {"form": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    assert len(rows) == row.count + 4
    assert f"Yêu cầu số {row.pk}" in rows[-2][0]
    assert "Tiếp nhận" in file
    assert "Chuyển sinh hoạt của đồng chí Nguyễn Văn An" not in file
    assert Entry.objects.latest("id").code == "members.fetch_export"
    with refused("second_person"):
        actions.export(actor=world.actor("ha"), unit=world.land.lim, count=1, reason="x")
    asked = inspector.post("/log/export/", {"reason": "Kiểm tra"})
    assert "mục nhật ký" in text(inspector, asked.headers["Location"])


def test_the_log_of_a_person_leads_to_all_that_the_log_has_about_the_person(world: World) -> None:
    link = f"/log/?person={world.people['an']}"
    assert link in text(world.browser("ha"), world.page("an", "log/"))
    assert link not in text(world.browser("thuy"), world.page("an", "log/"))
    assert "Tiếp nhận" in text(world.browser("ha"), link)
