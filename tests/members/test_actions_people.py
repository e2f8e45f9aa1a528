"""Receiving a person, changing what is known, numbers, looks: effect, log, each refusal."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.audit import flaws, in_words
from hatnhan.kernel.known import Known
from hatnhan.kernel.secrets import unseal
from hatnhan.members import actions, queries
from hatnhan.members.models import Membership, Person, PersonNumber, PersonPast, Standing
from tests.units.ground import START, TODAY
from tests.world import CARD, World, boss, last_entry, refused


def receive(world: World, who: str = "thuy", **given: Any) -> Person:
    fields = {"unit": world.land.one, "on": date(2026, 10, 1), "name": "Cao  thị   Mơ", **given}
    return actions.receive(actor=world.actor(who), **fields)


def test_a_received_person_has_a_home_a_standing_and_keys(world: World) -> None:
    person = receive(
        world, birth=Known("1990-05"), ceremony_date=Known("2020-05-19"), official_date=Known("2021-05-19"),
        numbers={"card": "091190000555"},
    )  # fmt: skip
    home = queries.home(person, TODAY)
    assert home is not None
    assert (home.unit, home.came, home.valid_from) == (world.land.one, "transferred", date(2026, 10, 1))
    assert (person.name, person.name_key) == ("Cao thị Mơ", "cao thi mo")
    spelled = Standing.objects.unvoided().filter(person=person).order_by("valid_from")
    assert [(row.kind, row.valid_from) for row in spelled] == [
        ("probationary", date(2020, 5, 19)), ("full", date(2021, 5, 19)),
    ]  # fmt: skip
    assert (person.party_base, person.party_base_provisional) == (date(2020, 5, 19), True)
    entry = last_entry()
    assert (entry.code, entry.actor) == ("members.receive", "Lê Thị Thủy")
    assert in_words(entry)[0] == "Tiếp nhận đồng chí Cao thị Mơ từ ngày 1/10/2026."


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "  "}, "name"),
        ({"sex": "x"}, "sex"),
        ({"standing": "expelled"}, "standing"),
        ({"came": "walked"}, "standing"),
        ({"birth": Known("2030")}, "future"),
        ({"birth": Known("1870-01-01")}, "too_old"),
        ({"birth": Known("1990"), "ceremony_date": Known("1985-01-01")}, "order"),
        ({"ceremony_date": Known("2020-05-19"), "official_date": Known("2019-01-01")}, "order"),
        ({"numbers": {"card": "123"}}, "number"),
        ({"numbers": {"card": "12345678901x"}}, "number"),
        ({"numbers": {"card": CARD["anh"]}}, "number_held"),
        ({"numbers": {"card": CARD["far_an"]}}, "number_held"),
    ],
)
def test_a_person_is_not_received_without_what_is_needed(world: World, given: dict[str, Any], code: str) -> None:
    people = Person.objects.count()
    with refused(code):
        receive(world, **given)
    assert Person.objects.count() == people


def test_a_person_is_received_only_where_one_may(world: World) -> None:
    with pytest.raises(NotFound):
        receive(world, unit=world.land.two)
    with pytest.raises(Forbidden):
        receive(world, "binh")
    with refused("not_standing"):
        receive(world, "ha", on=date(2020, 1, 1))


def test_a_change_keeps_what_was_known_before(world: World) -> None:
    an = world.person("an")
    actions.change(actor=world.actor("thuy"), person=an, on=TODAY, seen=0, occupation="Làm vườn", birth=Known("1957"))
    an.refresh_from_db()
    assert (an.occupation, str(an.birth), an.version) == ("Làm vườn", "1957", 1)
    past = PersonPast.objects.get(person=an)
    assert past.values == {"birth": "1957-05-03", "occupation": "Hưu trí"}
    words = in_words(last_entry())[0]
    assert words == "Điều chỉnh thông tin của đồng chí Nguyễn Văn An: nghề nghiệp, ngày sinh."


def test_the_log_keeps_labels_in_vietnamese_whoever_writes(world: World) -> None:
    an, on = world.person("an"), TODAY
    with override("en"):
        actions.change(actor=boss(), person=an, on=on, occupation="Làm vườn")
        assert last_entry().payload.values["fields"] == "nghề nghiệp"
        actions.set_number(actor=boss(), person=an, kind="old_card", digits="86155781", on=on)
        assert last_entry().payload.values["label"] == "số thẻ cũ"
        row = actions.set_participation(actor=boss(), person=an, kind="abroad", on=on)
        assert last_entry().payload.values["kind"] == "Đang ở nước ngoài"
        actions.withdraw_row(actor=boss(), row=row)
        assert last_entry().payload.values["what"] == "tình trạng sinh hoạt"
        actions.appoint(actor=boss(), person=an, unit=world.land.one, office="deputy_secretary", on=on)
        assert last_entry().payload.values["office"] == "phó bí thư"
        actions.leave(actor=boss(), person=an, how="deceased", on=on)
        assert last_entry().payload.values["how"] == "Từ trần"


def test_the_decision_day_ends_the_provisional_party_age(world: World) -> None:
    anh = world.person("anh")
    assert anh.party_base_provisional
    actions.change(actor=world.actor("thuy"), person=anh, on=TODAY, decision_date=Known("2010-05-30"))
    anh.refresh_from_db()
    assert (anh.party_base, anh.party_base_provisional) == (date(2010, 5, 30), False)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": ""}, "name"),
        ({"occupation": "Hưu trí"}, "same"),
        ({"official_date": Known("1950")}, "order"),
        ({"seen": 7, "name": "Nguyễn Văn Ân"}, "stale"),
    ],
)
def test_a_change_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    with refused(code):
        actions.change(actor=world.actor("thuy"), person=world.person("an"), on=TODAY, **given)
    assert world.person("an").name == "Nguyễn Văn An"


def test_a_change_outside_the_scope_or_without_the_right_is_not_made(world: World) -> None:
    with pytest.raises(NotFound):
        actions.change(actor=world.actor("thuy"), person=world.person("chi"), on=TODAY, name="X")
    with pytest.raises(Forbidden):
        actions.change(actor=world.actor("binh"), person=world.person("an"), on=TODAY, name="X")


def test_an_unknown_field_is_a_mistake_of_the_program(world: World) -> None:
    with pytest.raises(TypeError):
        actions.change(actor=world.actor("thuy"), person=world.person("an"), on=TODAY, religion="x")


def test_a_new_number_ends_the_former_one_and_lies_encrypted(world: World) -> None:
    an = world.person("an")
    warnings = actions.set_number(
        actor=world.actor("thuy"), person=an, kind="card", digits="091 157 000 111", on=date(2026, 1, 1)
    )
    rows = PersonNumber.objects.unvoided().filter(person=an, kind="card").order_by("valid_from")
    assert [(row.tail, row.valid_from, row.valid_to) for row in rows][-1] == (
        "…111", date(2026, 1, 1), date(9999, 12, 31),
    )  # fmt: skip
    assert rows[0].valid_to == date(2026, 1, 1)
    assert "091157000111" not in rows[1].sealed
    assert unseal(rows[1].sealed) == "091157000111"
    assert [warning.code for warning in warnings] == ["number_sex"]
    assert queries.by_number("card", "091157000111") == an


@pytest.mark.parametrize(
    ("kind", "digits", "code"),
    [
        ("passport", "091157000111", "kind"),
        ("card", "", "number"),
        ("national_id", "12345678", "number"),
        ("card", CARD["anh"], "number_held"),
        ("card", CARD["an"], "same"),
    ],
)
def test_a_number_is_refused(world: World, kind: str, digits: str, code: str) -> None:
    with refused(code):
        actions.set_number(actor=world.actor("thuy"), person=world.person("an"), kind=kind, digits=digits, on=TODAY)


def test_two_writers_of_a_number_do_not_overwrite_each_other(world: World) -> None:
    an = world.person("an")
    actions.change(actor=world.actor("ha"), person=an, on=TODAY, phone="0900000999")
    with refused("stale"):
        actions.set_number(
            actor=world.actor("thuy"), person=world.person("an"), kind="card", digits="091157000111", on=TODAY, seen=0
        )


def test_numbers_are_shown_with_a_reason_that_is_logged(world: World) -> None:
    an = world.person("an")
    shown = actions.show_numbers(actor=world.actor("thuy"), person=an, reason="Đối chiếu thẻ")
    assert shown == {"card": CARD["an"]}
    entry = last_entry()
    assert (entry.code, entry.reason) == ("members.show_numbers", "Đối chiếu thẻ")
    assert CARD["an"] not in f"{entry.payload.sentence}{entry.payload.values}{entry.payload.lines}"
    with refused("reason"):
        actions.show_numbers(actor=world.actor("thuy"), person=an, reason="  ")
    with pytest.raises(Forbidden):
        actions.show_numbers(actor=world.actor("binh"), person=an, reason="Xem")
    with pytest.raises(NotFound):
        actions.show_numbers(actor=world.actor("khoa"), person=an, reason="Xem")


def test_a_number_is_searched_whole_and_inside_the_scope(world: World) -> None:
    ha, lim = world.actor("ha"), world.land.lim
    assert actions.number_search(actor=ha, unit=lim, digits=CARD["an"]) == world.person("an")
    assert actions.number_search(actor=ha, unit=lim, digits=CARD["far_an"]) is None
    with refused("digits"):
        actions.number_search(actor=ha, unit=lim, digits="0910570")
    with pytest.raises(Forbidden):
        actions.number_search(actor=world.actor("binh"), unit=world.land.one, digits=CARD["an"])


def test_taking_a_list_out_is_logged_and_over_several_cells_needs_a_second_person(world: World) -> None:
    ha, people = world.actor("ha"), [world.people["an"], world.people["anh"]]
    actions.export(actor=ha, unit=world.land.one, people=people, form="xlsx")
    assert in_words(last_entry()) == ["Lấy danh sách 2 đảng viên của Chi bộ thôn Một ra tệp XLSX."]
    assert set(last_entry().subjects.values_list("key", flat=True)) == set(people)
    with refused("second_person"):
        actions.export(actor=ha, unit=world.land.lim, people=people, form="csv", reason="Đối chiếu")
    with pytest.raises(Forbidden):
        actions.export(actor=world.actor("binh"), unit=world.land.one, people=people, form="csv")


def test_the_log_of_all_this_holds(world: World) -> None:
    receive(world)
    actions.show_numbers(actor=world.actor("thuy"), person=world.person("an"), reason="Đối chiếu")
    assert list(flaws()) == []
    assert Membership.objects.filter(recorded_in=0).count() == 0
    assert START < TODAY
