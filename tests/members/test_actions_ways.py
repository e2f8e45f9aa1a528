"""Transfer, recognition, participation, leaving, Party groups, offices: effect, log, each refusal."""

from datetime import date
from typing import Any

import pytest

from hatnhan.access.models import Account, Grant
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.audit import in_words
from hatnhan.kernel.days import FAR
from hatnhan.kernel.known import Known
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import BARS, bar
from hatnhan.members import actions, queries
from hatnhan.members.models import GroupPlace, Membership, Participation, Person, Standing, Tenure
from hatnhan.units import actions as units
from tests.units.ground import START, TODAY
from tests.world import World, boss, last_entry, refused

DAY = date(2026, 10, 1)


def homes(person: Person) -> list[tuple[int, date, date]]:
    rows = Membership.objects.unvoided().filter(person=person, kind="home").order_by("valid_from")
    return [(row.unit_id, row.valid_from, row.valid_to) for row in rows]


def test_a_transfer_ends_one_home_and_begins_the_next(world: World) -> None:
    an, land = world.person("an"), world.land
    actions.transfer(actor=world.actor("ha"), person=an, to=land.two, on=DAY, reason="Chuyển nơi ở")
    assert homes(an) == [(land.one.pk, START, DAY), (land.two.pk, DAY, FAR)]
    old, new = Membership.objects.unvoided().filter(person=an).order_by("valid_from")
    assert (old.went, old.destination, new.came, new.origin) == ("transferred", land.two, "transferred", land.one)
    assert in_words(last_entry())[0] == (
        "Chuyển sinh hoạt của đồng chí Nguyễn Văn An từ Chi bộ thôn Một đến Chi bộ thôn Hai từ ngày 1/10/2026."
    )


def test_a_transfer_ends_offices_and_group_in_the_old_cell(world: World) -> None:
    thuy = world.person("thuy")
    actions.place_in_group(actor=boss(), person=thuy, group=world.group, on=START)
    actions.transfer(actor=world.actor("ha"), person=world.person("thuy"), to=world.land.two, on=DAY)
    assert not Tenure.objects.on(DAY).filter(person=thuy).exists()
    assert not GroupPlace.objects.on(DAY).filter(person=thuy).exists()
    assert Tenure.objects.on(date(2026, 9, 30)).filter(person=thuy).exists()


def test_an_account_follows_its_member(world: World) -> None:
    an, account = world.person("an"), world.account("an")
    Person.objects.filter(pk=an.pk).update(account=account)
    actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=DAY)
    held = Grant.objects.on(TODAY).filter(account=account)
    assert [(row.role, row.unit) for row in held] == [("member", world.land.two)]


def test_who_goes_away_leaves_offices_and_account_behind(world: World) -> None:
    thuy, account = world.person("thuy"), world.account("thuy")
    Person.objects.filter(pk=thuy.pk).update(account=account)
    actions.transfer(actor=world.actor("ha"), person=world.person("thuy"), to=None, on=DAY, reason="Về quê")
    assert homes(thuy) == [(world.land.one.pk, START, DAY)]
    assert not Tenure.objects.on(DAY).filter(person=thuy).exists()
    assert not Account.objects.get(pk=account.pk).is_active


@pytest.mark.parametrize(
    ("name", "to", "on", "code"),
    [("an", "one", DAY, "already_there"), ("an", "two", START, "later"), ("an", "two", date(2020, 1, 1), "later")],
)
def test_a_transfer_is_refused(world: World, name: str, to: str, on: date, code: str) -> None:
    with refused(code):
        actions.transfer(actor=world.actor("ha"), person=world.person(name), to=getattr(world.land, to), on=on)


def test_a_transfer_needs_rights_on_both_sides(world: World) -> None:
    with pytest.raises(NotFound):
        actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.far_cell, on=DAY)
    with pytest.raises(NotFound):
        actions.transfer(actor=world.actor("khoa"), person=world.person("an"), to=world.land.far_cell, on=DAY)
    with pytest.raises(Forbidden):
        actions.transfer(actor=world.actor("thuy"), person=world.person("an"), to=None, on=DAY)


def test_another_module_may_object_to_a_transfer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BARS, "transfer", [])
    bar("transfer", lambda _person, _on: [Reason("arrears", "Còn nợ đảng phí.")])
    with refused("arrears"):
        actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=DAY)


def test_who_has_gone_is_not_transferred_again(world: World) -> None:
    actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=None, on=DAY)
    with refused("left"):
        actions.transfer(actor=world.actor("ha"), person=world.person("an"), to=world.land.two, on=TODAY)


def test_a_probationary_member_becomes_full(world: World) -> None:
    lien = world.person("lien")
    actions.recognise(actor=world.actor("thuy"), person=lien, on=date(2027, 2, 3), decision="15-QĐ/ĐU")
    rows = Standing.objects.unvoided().filter(person=lien).order_by("valid_from")
    assert [(row.kind, row.valid_from, row.decision) for row in rows] == [
        ("probationary", date(2026, 2, 3), ""), ("full", date(2027, 2, 3), "15-QĐ/ĐU"),
    ]  # fmt: skip
    with refused("standing"):
        actions.recognise(actor=world.actor("thuy"), person=world.person("an"), on=TODAY)


@pytest.mark.parametrize("how", ["deceased", "expelled", "struck_off", "resigned", "annulled"])
def test_who_leaves_the_party_leaves_everything(world: World, how: str) -> None:
    sau = world.person("sau")
    actions.leave(actor=world.actor("ha"), person=sau, how=how, on=DAY, decision="3-QĐ/ĐU")
    assert homes(sau) == [(world.land.one.pk, START, DAY)]
    standing = queries.standing(sau, TODAY)
    assert standing is not None
    assert (standing.kind, standing.valid_from, standing.open) == (how, DAY, True)
    assert not Participation.objects.on(DAY).filter(person=sau).exists()
    last = Membership.objects.unvoided().get(person=sau)
    assert last.went == how


def test_a_recognition_to_come_falls_away_with_death(world: World) -> None:
    lien = world.person("lien")
    actions.recognise(actor=boss(), person=lien, on=date(2027, 2, 3))
    actions.leave(actor=world.actor("ha"), person=world.person("lien"), how="deceased", on=DAY)
    rows = Standing.objects.unvoided().filter(person=lien).order_by("valid_from")
    assert [(row.kind, row.valid_from, row.valid_to) for row in rows] == [
        ("probationary", date(2026, 2, 3), DAY), ("deceased", DAY, FAR),
    ]  # fmt: skip
    assert world.person("lien").official_date is None


def test_the_day_of_recognition_is_the_official_day_until_it_is_taken_back(world: World) -> None:
    lien, day = world.person("lien"), date(2027, 2, 3)
    actions.recognise(actor=boss(), person=lien, on=day)
    assert world.person("lien").official_date == Known.of(day)
    actions.undo_act(actor=boss(), person=world.person("lien"), entry=last_entry(), reason="nhầm ngày")
    assert world.person("lien").official_date is None


def test_an_official_day_that_is_known_stays_when_the_recognition_comes_late(world: World) -> None:
    lien = world.person("lien")
    actions.change(actor=boss(), person=lien, on=DAY, official_date=Known("2027-02-03"))
    actions.recognise(actor=boss(), person=world.person("lien"), on=date(2027, 3, 20))
    assert world.person("lien").official_date == Known("2027-02-03")


def test_the_secretary_who_dies_gives_up_office_and_access(world: World) -> None:
    thuy, account = world.person("thuy"), world.account("thuy")
    Person.objects.filter(pk=thuy.pk).update(account=account)
    actions.leave(actor=world.actor("ha"), person=world.person("thuy"), how="deceased", on=DAY)
    assert not Tenure.objects.on(DAY).filter(person=thuy).exists()
    assert not Grant.objects.on(TODAY).filter(account=account).exists()
    assert Account.objects.get(pk=account.pk).locked_because == "died"


def test_leaving_is_refused(world: World) -> None:
    an = world.person("an")
    with refused("how"):
        actions.leave(actor=world.actor("ha"), person=an, how="bored", on=DAY)
    with refused("later"):
        actions.leave(actor=world.actor("ha"), person=an, how="deceased", on=START)
    with refused("stale"):
        actions.leave(actor=world.actor("ha"), person=an, how="deceased", on=DAY, seen=3)
    with pytest.raises(Forbidden):
        actions.leave(actor=world.actor("thuy"), person=an, how="deceased", on=DAY)


def test_a_deviation_ends_the_one_before(world: World) -> None:
    sau = world.person("sau")
    actions.set_participation(actor=world.actor("thuy"), person=sau, kind="suspended", on=DAY)
    rows = Participation.objects.unvoided().filter(person=sau).order_by("valid_from")
    assert [(row.kind, row.valid_from, row.valid_to) for row in rows] == [
        ("exempt", START, DAY), ("suspended", DAY, FAR),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "tired"}, "kind"),
        ({"kind": "abroad", "until": DAY}, "until"),
        ({"kind": "abroad", "until": date(2026, 12, 1)}, "overlap"),
        ({"kind": "abroad", "on": START}, "overlap"),
        ({"kind": "abroad", "seen": 9}, "stale"),
    ],
)
def test_a_deviation_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    fields = {"on": DAY, **given}
    with refused(code):
        actions.set_participation(actor=world.actor("thuy"), person=world.person("sau"), **fields)


def test_back_to_party_life(world: World) -> None:
    sau = world.person("sau")
    row = queries.participation(sau, TODAY)
    assert row is not None
    actions.end_participation(actor=world.actor("thuy"), row=row, on=DAY)
    assert queries.participation(sau, TODAY) is None
    with refused("ended"):
        actions.end_participation(actor=world.actor("thuy"), row=Participation.objects.get(pk=row.pk), on=DAY)


def test_a_party_group_of_the_own_cell(world: World) -> None:
    an, thuy = world.person("an"), world.actor("thuy")
    actions.place_in_group(actor=thuy, person=an, group=world.group, on=DAY)
    assert GroupPlace.objects.on(TODAY).get(person=an).group == world.group
    actions.place_in_group(actor=thuy, person=world.person("an"), group=None, on=date(2026, 11, 1))
    assert not GroupPlace.objects.on(TODAY).filter(person=an).exists()


def test_a_party_group_is_refused(world: World) -> None:
    other = units.add_group(actor=boss(), unit=world.land.two, name="Tổ đảng số 1", on=START)
    with refused("group"):
        actions.place_in_group(actor=world.actor("thuy"), person=world.person("an"), group=other, on=DAY)
    with refused("day"):
        actions.place_in_group(actor=world.actor("thuy"), person=world.person("lien"), group=world.group, on=START)
    actions.place_in_group(actor=boss(), person=world.person("an"), group=world.group, on=TODAY)
    with refused("group_later"):
        actions.place_in_group(actor=world.actor("thuy"), person=world.person("an"), group=None, on=DAY)


def test_a_new_secretary_follows_the_old_one(world: World) -> None:
    binh, land = world.person("binh"), world.land
    tenure = actions.appoint(actor=world.actor("ha"), person=binh, unit=land.one, office="secretary", on=DAY)
    assert Tenure.objects.on(DAY).get(unit=land.one, office="secretary").person == binh
    assert Tenure.objects.on(date(2026, 9, 30)).get(unit=land.one, office="secretary").person == world.person("thuy")
    actions.end_tenure(actor=world.actor("ha"), tenure=tenure, on=TODAY)
    assert not Tenure.objects.on(TODAY).filter(unit=land.one, office="secretary").exists()


def test_an_office_grants_its_rights_for_its_days(world: World) -> None:
    chi, land = world.person("chi"), world.land
    Person.objects.filter(pk=chi.pk).update(account=world.account("binh"))
    tenure = actions.appoint(
        actor=world.actor("ha"), person=world.person("chi"), unit=land.two, office="secretary", on=DAY
    )
    grant = Grant.objects.on(TODAY).get(source=tenure.key)
    assert (grant.role, grant.unit) == ("cell_secretary", land.two)
    actions.end_tenure(actor=world.actor("ha"), tenure=tenure, on=date(2026, 11, 1))
    assert not Grant.objects.on(TODAY).filter(source=tenure.key).exists()


def test_an_appointment_is_refused(world: World) -> None:
    ha, chi, land = world.actor("ha"), world.person("chi"), world.land
    body = units.add_body(actor=boss(), unit=land.lim, kind="office", on=START)
    for given, code in (
        ({"office": "king"}, "office"),
        ({"office": "secretary", "until": DAY}, "until"),
        ({"office": "head", "body": body}, "body"),
        ({"office": "secretary", "on": date(2020, 1, 1)}, "not_standing"),
    ):
        fields: dict[str, Any] = {"on": DAY, **given}
        with refused(code):
            actions.appoint(actor=ha, person=chi, unit=land.two, **fields)
    with refused("same"):
        actions.appoint(actor=ha, person=world.person("thuy"), unit=land.one, office="secretary", on=DAY)
    with pytest.raises(NotFound):
        actions.appoint(actor=ha, person=world.person("khanh"), unit=land.two, office="secretary", on=DAY)
    with pytest.raises(Forbidden):
        actions.appoint(actor=world.actor("thuy"), person=world.person("an"), unit=land.one, office="secretary", on=DAY)
    tenure = Tenure.objects.on(TODAY).get(unit=land.one, office="secretary")
    with refused("later"):
        actions.end_tenure(actor=ha, tenure=tenure, on=START)
    actions.end_tenure(actor=ha, tenure=tenure, on=DAY)
    with refused("ended"):
        actions.end_tenure(actor=ha, tenure=Tenure.objects.get(pk=tenure.pk), on=DAY)
