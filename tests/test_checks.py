"""`hatnhan check` finds what somebody changed in the database, and says what mends it."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoDbBlocker, Settings

from hatnhan.access import actions
from hatnhan.kernel import guards
from hatnhan.kernel.actor import system
from hatnhan.kernel.checks import CHECKS, Finding, check, findings
from hatnhan.kernel.days import today
from hatnhan.kernel.models import Placement
from hatnhan.members.models import Membership, PersonNumber, Tenure
from tests.kernel.logbook import edit
from tests.world import World, build

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


def found(*codes: str) -> list[str]:
    return [f"{one.code}: {finding.what}" for one, finding in findings(codes or None)]


def said(*words: str) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_data", *words, stdout=out)
    return out.getvalue()


def test_a_world_made_by_actions_is_right_in_every_part(world: World) -> None:
    assert found() == []
    out = io.StringIO()
    call_command("check_data", stdout=out)
    assert out.getvalue().count(": đúng") == len(CHECKS)


def placement(world: World) -> int:
    return int(Placement.objects.unvoided().get(unit=world.land.two).pk)


def test_a_path_that_says_something_else_than_the_parents_is_found(world: World) -> None:
    edit(f"UPDATE kernel_placement SET path = 'zzzzz' || path WHERE id = {placement(world)}")
    assert found("tree") == [f"tree: Tổ chức {world.land.two.pk}: đường dẫn không khớp với cấp trên."]
    edit(f"UPDATE kernel_placement SET path = SUBSTR(path, 6, 10) || '00000' WHERE id = {placement(world)}")
    assert len(found("tree")) == 1


def test_a_unit_that_hangs_nowhere_on_some_day_is_found(world: World) -> None:
    edit(f"UPDATE kernel_placement SET valid_to = '2026-06-01' WHERE id = {placement(world)}")
    assert "có ngày không nằm ở đâu" in " ".join(found("tree"))


def test_a_unit_that_hangs_under_one_not_yet_founded_is_found(world: World) -> None:
    edit(f"UPDATE kernel_placement SET valid_from = '2020-01-01' WHERE id = {placement(world)}")
    assert "chưa có vào ngày đó" in " ".join(found("tree"))


def test_periods_that_overlap_or_run_backwards_are_found(world: World) -> None:
    row = Membership.objects.unvoided().filter(kind="home").first()
    assert row
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE members_membership DROP CONSTRAINT membership_home_once")
        else:
            cursor.execute("DROP TRIGGER membership_home_once_insert")
            cursor.execute("DROP TRIGGER membership_home_once_update")
    assert any("membership_home_once" in line for line in found("guards"))
    row.pk = None
    row.save(force_insert=True)
    assert len([line for line in found("periods") if "trùng thời gian" in line]) == 1
    assert "Cách sửa: " in said("--only", "periods")


def test_a_missing_guard_of_a_period_is_put_back(world: World) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE units_unitname DROP CONSTRAINT unitname_once")
        else:
            cursor.execute("DROP TRIGGER unitname_once_update")
    assert len(found("guards")) == 1
    guards.install()
    assert found("guards") == []


def test_a_guard_that_no_longer_guards_is_found_and_put_back(world: World) -> None:
    """Its name alone says nothing: somebody may have put another trigger there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE kernel_subject DISABLE TRIGGER kernel_subject_keep_all")
            cursor.execute("ALTER TABLE kernel_payload ENABLE REPLICA TRIGGER kernel_payload_keep")
            cursor.execute("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
            cursor.execute(
                "CREATE OR REPLACE TRIGGER kernel_entry_keep BEFORE UPDATE OR DELETE ON kernel_entry "
                "FOR EACH ROW EXECUTE FUNCTION nothing()"
            )
        else:
            for name, of in (("kernel_entry_keep_update", "kernel_entry"), ("unitname_once_insert", "units_unitname"),
                             ("kernel_payload_keep_delete", "kernel_payload")):  # fmt: skip
                cursor.execute(f"DROP TRIGGER {name}")
                cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {of} BEGIN SELECT 1; END")
    assert len(found("guards")) == 3
    guards.install()
    assert found("guards") == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_entry SET reason = 'khác'")


def test_an_edited_entry_of_the_log_is_found(world: World) -> None:
    edit("UPDATE kernel_entry SET reason = 'khác' WHERE number = 2 AND chain = 0")
    assert found("log") == ["log: Chuỗi 0, mục 2: đã bị sửa."]


def test_numbers_under_another_key_and_edited_numbers_are_found(world: World, settings: Settings) -> None:
    first, second, *_more, last = PersonNumber.objects.order_by("pk").values_list("pk", flat=True)
    edit(
        f"UPDATE members_personnumber SET sealed = 'abcd' WHERE id = {first}",
        f"UPDATE members_personnumber SET digest = 'x' WHERE id = {second}",
        f"UPDATE members_personnumber SET tail = '…000' WHERE id = {last}",
    )
    edited = [f"numbers: Số dòng {pk} bị sửa trong cơ sở dữ liệu." for pk in (first, second, last)]
    assert found("key", "numbers") == edited
    settings.HATNHAN_FIELD_KEY = "another key altogether"
    unseen = "numbers: Chưa xem được số nào, vì khóa không đúng."
    assert found("key", "numbers") == ["key: Khóa mã hóa không đúng với dữ liệu này (HATNHAN_FIELD_KEY).", unseen]
    settings.HATNHAN_FIELD_KEY = ""
    assert found("key", "numbers") == ["key: Thiếu khóa mã hóa dữ liệu (HATNHAN_FIELD_KEY).", unseen]


def test_codes_that_nobody_knows_are_found(world: World) -> None:
    actions.require_factor(actor=system("cli", today()), role="office", on=today())
    edit(
        "UPDATE access_requiredfactor SET role = 'role_y'",
        f"UPDATE kernel_placement SET kind = 'kind_x' WHERE id = {placement(world)}",
        f"UPDATE members_tenure SET office = 'office_x' WHERE id = {Tenure.objects.unvoided().earliest('pk').pk}",
        "UPDATE access_grant SET role = 'role_x' WHERE role = 'member'",
    )
    every = " ".join(found("unit_codes", "office_codes", "roles"))
    for code in ("kind_x", "office_x", "role_x", "role_y"):
        assert f"“{code}”" in every


def test_many_findings_are_told_in_short() -> None:
    @check("test.many", "Thử")
    def many() -> Iterator[Finding]:
        yield from (Finding(f"chỗ {number}", "bấm lại") for number in range(50))

    try:
        text = said("--only", "test.many")
    finally:
        del CHECKS["test.many"]
    assert "chỗ 19" in text
    assert "chỗ 20" not in text
    assert "và 30 chỗ khác" in text
    assert text.count("Cách sửa: bấm lại") == 1
