"""What is missing or cannot be true: each number opens its rows, each row the act that mends it."""

import json
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Placement, Unit
from hatnhan.members import actions, permissions
from hatnhan.members.models import Membership, Person, PersonNumber, Question, Standing
from hatnhan.members.quality import queries
from hatnhan.members.quality.checks import CHECKS
from hatnhan.members.quality.jobs import read_numbers
from hatnhan.members.queries import ground
from hatnhan.units import actions as units
from tests.units.ground import START
from tests.world import World, boss, last_entry

pytestmark = pytest.mark.django_db


def counts(unit: Unit) -> dict[str, int]:
    land = ground(boss(), permissions.QUALITY, unit.pk, today())
    return {one.check.code: one.count for one in queries.counted(land) if one.count}


def page(world: World, name: str, url: str) -> str:
    answer = world.browser(name).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_a_unit_sees_what_its_records_lack(world: World) -> None:
    before = counts(world.land.lim)
    text = page(world, "ha", "/members/quality/")
    for code, count in before.items():
        assert f'/members/quality/{code}/?unit={world.land.lim.pk}"' in text
        assert re.search(rf"{CHECKS[code].label}.*?<b class=\"num\">{count}</b>", text, re.DOTALL)
    assert before["no_number"] == 6
    assert before["no_decision"] == 6


@pytest.mark.parametrize(
    ("code", "names", "act"),
    [
        ("no_number", {"Phạm Văn Bình", "Vũ Sáu", "Lê Thị Thủy"}, "number"),
        ("no_ceremony", {"Vũ Sáu"}, "change"),
        ("no_official", {"Phạm Văn Bình", "Vũ Sáu"}, "change"),
    ],
)
def test_every_number_opens_exactly_its_rows(world: World, code: str, names: set[str], act: str) -> None:
    text = page(world, "ha", f"/members/quality/{code}/?unit={world.land.one.pk}")
    here = ("an", "anh", "thuy", "binh", "lien", "sau")
    assert {world.person(name).name for name in here if f"/members/{world.people[name]}/" in text} == names
    assert f"{len(names)} hồ sơ" in text
    assert counts(world.land.one)[code] == len(names)
    for person in Person.objects.filter(name__in=names):
        assert f'/members/{person.pk}/{act}/"' in text


def test_a_number_is_held_against_birth_and_sex_without_being_opened(world: World) -> None:
    assert "number" not in counts(world.land.one)
    actions.change(actor=boss(), person=world.person("an"), on=today(), birth=Known("1958-05-03"))
    actions.change(actor=boss(), person=world.person("anh"), on=today(), sex="m")
    assert counts(world.land.one)["number"] == 2
    text = page(world, "thuy", "/members/quality/number/")
    assert "Năm sinh trong số định danh khác ngày sinh đã ghi" in text
    assert "Giới tính trong số định danh khác giới tính đã ghi" in text
    assert "091057000489" not in text
    actions.change(actor=boss(), person=world.person("an"), on=today(), birth=Known("1957"))
    assert counts(world.land.one)["number"] == 1


def test_older_numbers_are_read_by_a_job_in_small_acts(world: World) -> None:
    PersonNumber.objects.update(says=None)
    land = ground(boss(), permissions.QUALITY, world.land.one.pk, today())
    assert queries.unread(land) == 2
    assert "Còn 2 số ghi từ trước chưa được đối chiếu" in page(world, "thuy", "/members/quality/")
    done = read_numbers(JobContext(job_id=1, account_id=None, worker="w", attempt=1))
    assert done == {"read": PersonNumber.objects.count()}
    assert sorted(one.says or "" for one in PersonNumber.objects.all()) == ["1957m", "1957m", "1983f"]
    assert queries.unread(land) == 0
    assert last_entry().payload.values == {"count": 3}


def test_two_records_of_one_person_are_found_where_both_are_seen(world: World) -> None:
    """Another An of the same name and birth stands in the other commune: nobody of one commune learns of it."""
    assert "twins" not in counts(world.land.lim)
    assert counts(world.land.province)["twins"] == 2
    text = page(world, "dung", "/members/quality/twins/")
    assert text.count("Nguyễn Văn An") >= 2
    assert f"/members/{world.people['an']}/merge/" in text
    world.receive("an2", "Nguyễn Văn An", world.land.two, birth="1957-05-03")
    assert counts(world.land.lim)["twins"] == 2
    world.receive("binh2", "Phạm Văn Bình", world.land.two, birth="1965")
    rows = page(world, "ha", "/members/quality/twins/")
    order = [rows.index(f"/members/{world.people[name]}/merge/") for name in ("an", "an2", "binh", "binh2")]
    assert order == sorted(order)  # one beside the other, whatever their cells


def test_a_member_whose_cell_was_closed_by_mistake_is_in_no_cell(world: World) -> None:
    row = Membership.objects.get(person=world.people["sau"])
    actions.correct_row(actor=boss(), row=row, valid_to=date(2026, 10, 1), reason="thử")
    assert counts(world.land.one)["nowhere"] == 1
    assert "Vũ Sáu" in page(world, "ha", "/members/quality/nowhere/")
    actions.leave(actor=boss(), person=world.person("binh"), how="deceased", on=today())
    actions.transfer(actor=boss(), person=world.person("an"), to=None, on=today())
    assert counts(world.land.one)["nowhere"] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("standing", "Chưa ghi là đảng viên dự bị hay chính thức"),
        ("left", "Đã từ trần hoặc ra khỏi Đảng nhưng vẫn còn trong danh sách"),
        ("official", "Ngày chính thức khác với ngày bắt đầu là đảng viên chính thức"),
        ("early", "Ngày chính thức không sau ngày vào Đảng"),
        ("group", "Xếp vào tổ đảng của chi bộ khác"),
    ],
)
def test_what_cannot_be_true_at_once_is_said_in_words(world: World, change: str, said: str) -> None:
    assert "contradict" not in counts(world.land.one)
    person = world.person("an")
    rows = Standing.objects.unvoided().filter(person=person)
    if change == "standing":
        rows.update(voided_at=person.recorded_at, voided_in=1)
    elif change == "left":
        rows.filter(kind="full").update(kind="deceased")
    elif change == "official":
        actions.change(actor=boss(), person=person, on=today(), official_date=Known("1983-01-01"))
    elif change == "early":
        Person.objects.filter(pk=person.pk).update(official_date=Known("1981-04-02"))
    else:
        assert world.group is not None
        actions.place_in_group(actor=boss(), person=person, group=world.group, on=START)
        Membership.objects.unvoided().filter(person=person).update(unit=world.land.two)
    assert counts(world.land.lim)["contradict"] == 1
    text = page(world, "ha", "/members/quality/contradict/")
    assert said.lower() in text.lower()
    assert f'/members/{person.pk}/history/"' in text


def test_members_left_at_a_unit_that_ended(world: World) -> None:
    Placement.objects.on(today()).filter(unit=world.land.two).update(stands=False)
    assert counts(world.land.lim)["ended_unit"] == 2
    assert f"/members/{world.people['chi']}/transfer/" in page(world, "ha", "/members/quality/ended_unit/")


def test_open_questions_of_imports_are_counted_for_those_who_answer_them(world: World) -> None:
    person = world.person("an")
    Question.objects.create(kind="birth", unit=world.land.one, person=person, act=1, opened_at=person.recorded_at)
    assert "Câu hỏi của các lần nhập danh sách" in page(world, "ha", "/members/quality/")
    assert "Câu hỏi của các lần nhập danh sách" not in page(world, "thuy", "/members/quality/")
    assert "Câu hỏi của các lần nhập danh sách" not in page(world, "khoa", "/members/quality/")


def test_a_clean_unit_is_told_so(world: World) -> None:
    text = page(world, "ha", f"/members/quality/?unit={world.land.three.pk}")
    assert "Hồ sơ ở đây không có chỗ nào cần xem lại" in text
    rows = page(world, "ha", f"/members/quality/no_birth/?unit={world.land.three.pk}")
    assert "Không còn hồ sơ nào cần xem lại" in rows


def test_a_province_is_shown_what_was_counted_and_may_count_again(world: World) -> None:
    first = page(world, "dung", "/members/quality/")
    assert "Đếm lúc" in first
    actions.change(actor=boss(), person=world.person("an"), on=today(), birth=None)
    assert str(CHECKS["no_birth"].meaning) not in page(world, "dung", "/members/quality/")
    assert str(CHECKS["no_birth"].meaning) in page(world, "dung", "/members/quality/?again=1")
    assert str(CHECKS["no_birth"].meaning) in page(world, "ha", "/members/quality/")
    assert "Đếm lúc" not in page(world, "ha", "/members/quality/")


# --- who may --------------------------------------------------------------------------------------------------------


def test_nobody_sees_a_unit_outside_the_scope(world: World) -> None:
    here = world.land.one.pk
    for url in (f"/members/quality/?unit={here}", f"/members/quality/no_number/?unit={here}"):
        for name, status in (("thuy", 200), ("binh", 200), ("ha", 200), ("dung", 200), ("khoa", 404), ("an", 403)):
            assert world.browser(name).get(url).status_code == status, (name, url)
    assert world.browser("ha").get("/members/quality/unknown/").status_code == 404
    assert "Đỗ Quang Hải" not in page(world, "thuy", "/members/quality/no_number/")


def test_whoever_may_not_mend_is_led_to_the_record(world: World) -> None:
    text = page(world, "binh", "/members/quality/no_number/")
    assert "Xem hồ sơ" in text
    assert "/number/" not in text
    assert "/number/" in page(world, "thuy", "/members/quality/no_number/")


def test_what_is_narrowed_to_a_child_stays_in_scope(world: World) -> None:
    text = page(world, "ha", f"/members/quality/no_number/?child={world.land.two.pk}")
    assert "Bùi Văn Long" in text
    assert "Vũ Sáu" not in text
    strange = page(world, "ha", f"/members/quality/no_number/?child={world.land.far_cell.pk}&col=wrong_number")
    assert "Lý Thị Khánh" not in strange


# --- the command ----------------------------------------------------------------------------------------------------


def printed(*words: str) -> str:
    out = StringIO()
    call_command("quality", *words, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_same_numbers(world: World) -> None:
    units.recode(actor=boss(), unit=world.land.lim, code="L.1", on=START)
    found: Any = json.loads(printed("L.1", "--json"))
    assert found["name"] == "Đảng bộ xã Lim Thượng"
    assert {one["code"]: one["count"] for one in found["checks"] if one["count"]} == counts(world.land.lim)
    assert found["unread_numbers"] == 0
    assert "Chưa có số thẻ, số định danh" in printed("L.1")
    with pytest.raises(CommandError, match="Không có tổ chức nào mang mã “X”"):
        printed("X")
