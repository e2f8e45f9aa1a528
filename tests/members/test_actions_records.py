"""Corrections, withdrawals, two records of one person: effect, log, each refusal, and the way back."""

from datetime import date

import pytest

from hatnhan.access.models import Grant
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.audit import flaws
from hatnhan.kernel.days import FAR
from hatnhan.members import actions, queries
from hatnhan.members.models import (
    GroupPlace,
    Membership,
    Participation,
    Person,
    PersonMerge,
    PersonNumber,
    Standing,
    Tenure,
)
from hatnhan.members.story import Story
from hatnhan.units.queries import names
from tests.units.ground import START, TODAY
from tests.world import CARD, World, boss, refused

DAY = date(2026, 10, 1)


def home(world: World, name: str) -> Membership:
    return Membership.objects.unvoided().select_related("person").get(person=world.people[name], kind="home")


def test_a_corrected_row_stays_readable_as_void(world: World) -> None:
    row = home(world, "an")
    fresh = actions.correct_row(
        actor=world.actor("thuy"), row=row, valid_from=date(2025, 9, 1), came="transferred", reason="Ghi nhầm tháng"
    )
    row.refresh_from_db()
    assert row.voided_at is not None
    assert (fresh.replaces, fresh.valid_from, fresh.valid_to) == (row.pk, date(2025, 9, 1), FAR)
    assert fresh.came == "transferred"
    wrong = [event for event in Story(world.person("an")).events(withdrawn=True) if event.void]
    assert [(event.title, event.why, event.by) for event in wrong] == [
        ("Có tên trong danh sách của Chi bộ thôn Một", "Ghi nhầm tháng", "Lê Thị Thủy")
    ]


def test_a_correction_is_refused(world: World) -> None:
    thuy, row = world.actor("thuy"), home(world, "an")
    with refused("same"):
        actions.correct_row(actor=thuy, row=row, came="loaded")
    with refused("period"):
        actions.correct_row(actor=world.actor("ha"), row=row, valid_to=START)
    with refused("stale"):
        actions.correct_row(actor=thuy, row=row, seen=4, valid_from=DAY)
    with pytest.raises(NotFound):
        actions.correct_row(actor=world.actor("khoa"), row=row, valid_from=DAY)
    with pytest.raises(Forbidden):
        actions.correct_row(actor=world.actor("binh"), row=row, valid_from=DAY)
    actions.correct_row(actor=thuy, row=row, valid_from=date(2025, 9, 1))
    with refused("stale"):
        actions.correct_row(actor=thuy, row=row, valid_from=DAY)


def test_a_corrected_row_may_not_meet_another(world: World) -> None:
    actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=DAY)
    old, new = Membership.objects.unvoided().filter(person=world.people["an"]).order_by("valid_from")
    with refused("overlap"):
        actions.correct_row(actor=world.actor("ha"), row=new, valid_from=date(2025, 7, 1))
    assert Membership.objects.get(pk=old.pk).voided_at is None


def test_a_correction_needs_the_right_of_the_act_it_comes_to(world: World) -> None:
    thuy = world.actor("thuy")
    tenure = Tenure.objects.unvoided().get(person=world.people["thuy"])
    standing = Standing.objects.unvoided().filter(person=world.people["an"]).latest("valid_from")
    with pytest.raises(Forbidden):
        actions.correct_row(actor=thuy, row=tenure, valid_to=TODAY)
    with pytest.raises(Forbidden):
        actions.correct_row(actor=thuy, row=standing, kind="expelled")
    with pytest.raises(Forbidden):
        actions.correct_row(actor=thuy, row=home(world, "an"), valid_to=TODAY)
    with pytest.raises(Forbidden):
        actions.withdraw_row(actor=thuy, row=home(world, "an"))
    number = PersonNumber.objects.unvoided().get(person=world.people["an"])
    with pytest.raises(Forbidden):
        actions.withdraw_row(actor=world.actor("binh"), row=number)


def test_a_corrected_office_gives_its_rights_for_the_right_days(world: World) -> None:
    chi = world.person("chi")
    Person.objects.filter(pk=chi.pk).update(account=world.account("binh"))
    tenure = actions.appoint(
        actor=world.actor("ha"), person=world.person("chi"), unit=world.land.two, office="secretary", on=DAY
    )
    row = Tenure.objects.select_related("person", "unit", "body").get(pk=tenure.pk)
    fresh = actions.correct_row(
        actor=world.actor("ha"), row=row, valid_from=date(2026, 11, 1), office="deputy_secretary"
    )
    grant = Grant.objects.unvoided().get(source=tenure.key)
    assert (grant.role, grant.valid_from) == ("cell_deputy", date(2026, 11, 1))
    actions.withdraw_row(actor=world.actor("ha"), row=fresh)
    assert not Grant.objects.unvoided().filter(source=tenure.key).exists()


def test_a_withdrawn_row_no_longer_holds(world: World) -> None:
    row = Participation.objects.unvoided().select_related("person").get(person=world.people["sau"])
    actions.withdraw_row(actor=world.actor("thuy"), row=row, reason="Ghi nhầm người")
    assert queries.participation(world.person("sau"), TODAY) is None
    assert queries.participation(world.person("sau"), date(2026, 1, 1)) is None
    with refused("stale"):
        actions.withdraw_row(actor=world.actor("thuy"), row=Participation.objects.get(pk=row.pk))


def test_with_the_only_membership_the_whole_record_goes_and_its_number_is_free(world: World) -> None:
    ha = world.actor("ha")
    actions.withdraw_row(actor=ha, row=home(world, "an"), reason="Ghi nhầm, không có người này")
    assert Person.objects.get(pk=world.people["an"]).voided_at is not None
    with pytest.raises(NotFound):
        queries.visible(ha, "members.view", world.people["an"])
    actions.set_number(actor=ha, person=world.person("long"), kind="card", digits=CARD["an"], on=TODAY)
    with refused("in_use"):
        actions.withdraw_row(actor=ha, row=home(world, "thuy"))


@pytest.fixture
def double(world: World) -> World:
    """An a second time, in cell two, with what the first record lacks."""
    world.receive(
        "again", "Nguyễn Văn An", world.land.two, sex="m", birth="1957", hometown="Xã Chè Đông", theory="Trung cấp",
        on=date(2026, 3, 1), numbers={"national_id": "091057000489"},
    )  # fmt: skip
    return world


def merge(world: World) -> PersonMerge:
    return actions.merge_people(
        actor=world.actor("ha"), kept=world.person("an"), gone=world.person("again"), on=TODAY, reason="Một người"
    )


def test_two_records_become_one(double: World) -> None:
    merge(double)
    an = double.person("an")
    assert (an.hometown, an.theory, str(an.birth)) == ("Xã Lim Thượng", "Trung cấp", "3/5/1957")
    assert {row.kind for row in PersonNumber.objects.unvoided().filter(person=an)} == {"card", "national_id"}
    assert [row.unit for row in Membership.objects.unvoided().filter(person=an)] == [double.land.one]
    gone = Person.objects.get(pk=double.people["again"])
    assert (gone.merged_into_id, gone.voided_at is None) == (an.pk, False)
    assert not Membership.objects.unvoided().filter(person=gone).exists()


def test_the_address_of_a_merged_record_leads_to_the_one_that_stayed(double: World) -> None:
    merge(double)
    ha, khoa = double.browser("ha"), double.browser("khoa")
    kept, gone = (f"/members/{double.people[name]}/" for name in ("an", "again"))
    answer = ha.get(gone)
    assert (answer.status_code, answer.headers["Location"]) == (302, kept)
    assert "đã được gộp vào hồ sơ này" in ha.get(kept).content.decode()
    assert khoa.get(gone).status_code == 404


def test_a_merging_is_taken_back_to_the_letter(double: World) -> None:
    before = {
        name: Person.objects.values("hometown", "theory", "voided_at", "merged_into", "account").get(pk=pk)
        for name, pk in double.people.items()
    }
    rows = sorted(Membership.objects.unvoided().values_list("person", "unit", "valid_from", "valid_to"))
    found = merge(double)
    actions.unmerge_people(actor=double.actor("ha"), merge=found)
    after = {
        name: Person.objects.values("hometown", "theory", "voided_at", "merged_into", "account").get(pk=pk)
        for name, pk in double.people.items()
    }
    assert after == before
    assert sorted(Membership.objects.unvoided().values_list("person", "unit", "valid_from", "valid_to")) == rows
    with refused("undone"):
        actions.unmerge_people(actor=double.actor("ha"), merge=PersonMerge.objects.get(pk=found.pk))
    assert list(flaws()) == []


def test_a_merging_on_which_something_was_built_stays(double: World) -> None:
    found = merge(double)
    number = PersonNumber.objects.unvoided().get(person=double.people["an"], kind="national_id")
    actions.withdraw_row(actor=double.actor("ha"), row=number)
    with refused("built_on"):
        actions.unmerge_people(actor=double.actor("ha"), merge=found)


def test_a_filled_field_changed_again_keeps_a_merging(double: World) -> None:
    found = merge(double)
    actions.change(actor=double.actor("ha"), person=double.person("an"), on=TODAY, phone="0900000001")
    actions.change(actor=double.actor("ha"), person=double.person("an"), on=TODAY, theory="Cao cấp")
    with refused("built_on"):
        actions.unmerge_people(actor=double.actor("ha"), merge=found)


def test_the_account_goes_to_the_kept_record_and_back(double: World) -> None:
    Person.objects.filter(pk=double.people["again"]).update(account=double.account("an"))
    found = merge(double)
    assert double.person("an").account == double.account("an")
    actions.unmerge_people(actor=double.actor("ha"), merge=found)
    assert double.person("an").account is None
    assert double.person("again").account == double.account("an")


def test_a_merging_is_refused(double: World) -> None:
    ha, an = double.actor("ha"), double.person("an")
    with refused("same"):
        actions.merge_people(actor=ha, kept=an, gone=double.person("an"), on=TODAY)
    with pytest.raises(NotFound):
        actions.merge_people(actor=ha, kept=an, gone=double.person("far_an"), on=TODAY)
    with pytest.raises(Forbidden):
        actions.merge_people(actor=double.actor("thuy"), kept=an, gone=double.person("anh"), on=TODAY)
    Person.objects.filter(pk=an.pk).update(account=double.account("an"))
    Person.objects.filter(pk=double.people["again"]).update(account=double.account("binh"))
    with refused("accounts"):
        merge(double)
    assert boss().everything


def homes(world: World, name: str) -> list[tuple[str, date, date, str]]:
    rows = Membership.objects.unvoided().filter(person=world.people[name], kind="home").order_by("valid_from")
    return [(names([row.unit_id], TODAY)[row.unit_id], row.valid_from, row.valid_to, row.went) for row in rows]


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 11, 1)])
def test_the_home_before_follows_a_corrected_transfer(world: World, day: date) -> None:
    actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=DAY)
    new = Membership.objects.unvoided().get(person=world.people["an"], valid_to=FAR)
    actions.correct_row(actor=world.actor("ha"), row=new, valid_from=day, reason="Ghi nhầm ngày")
    assert homes(world, "an") == [
        ("Chi bộ thôn Một", START, day, "transferred"), ("Chi bộ thôn Hai", day, FAR, "")
    ]  # fmt: skip


def test_a_withdrawn_transfer_leaves_the_member_at_home_with_office_and_group(world: World) -> None:
    ha = world.actor("ha")
    assert world.group is not None
    actions.place_in_group(actor=ha, person=world.person("thuy"), group=world.group, on=START)
    actions.transfer(actor=ha, person=world.person("thuy"), to=world.land.two, on=DAY)
    new = Membership.objects.unvoided().get(person=world.people["thuy"], valid_to=FAR)
    actions.withdraw_row(actor=ha, row=new, reason="Ghi nhầm người")
    assert homes(world, "thuy") == [("Chi bộ thôn Một", START, FAR, "")]
    assert Tenure.objects.on(TODAY).filter(person=world.people["thuy"], office="secretary").exists()
    assert GroupPlace.objects.on(TODAY).filter(person=world.people["thuy"]).exists()


def test_a_withdrawn_transfer_with_something_built_on_it_still_leads_home(world: World) -> None:
    ha = world.actor("ha")
    actions.transfer(actor=ha, person=world.person("an"), to=world.land.two, on=DAY)
    new = Membership.objects.unvoided().get(person=world.people["an"], valid_to=FAR)
    fresh = actions.correct_row(actor=ha, row=new, valid_from=date(2026, 9, 1), reason="Ghi nhầm ngày")
    actions.withdraw_row(actor=ha, row=fresh, reason="Không chuyển")
    assert homes(world, "an") == [("Chi bộ thôn Một", START, FAR, "")]


def test_a_withdrawn_death_brings_the_member_back(world: World) -> None:
    ha = world.actor("ha")
    actions.leave(actor=ha, person=world.person("sau"), how="deceased", on=DAY)
    row = Standing.objects.unvoided().get(person=world.people["sau"], kind="deceased")
    actions.withdraw_row(actor=ha, row=row, reason="Nhầm người cùng tên")
    assert homes(world, "sau") == [("Chi bộ thôn Một", START, FAR, "")]
    assert queries.participation(world.person("sau"), TODAY) is not None
    assert not Standing.objects.on(TODAY).filter(person=world.people["sau"], kind="deceased").exists()


def test_a_withdrawn_recognition_leaves_the_member_on_probation(world: World) -> None:
    ha = world.actor("ha")
    actions.recognise(actor=ha, person=world.person("lien"), on=DAY)
    row = Standing.objects.unvoided().get(person=world.people["lien"], kind="full")
    actions.withdraw_row(actor=ha, row=row, reason="Chưa đủ ngày")
    now = queries.standing(world.person("lien"), TODAY)
    assert now is not None
    assert (now.kind, now.valid_to) == ("probationary", FAR)
