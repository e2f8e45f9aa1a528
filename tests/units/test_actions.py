"""Founding, names, codes, kinds, regimes, bodies, localities and Party groups: effect, log and refusal."""

from datetime import date

import pytest

from hatnhan.kernel.actor import Actor, Forbidden, Grant, NotFound
from hatnhan.kernel.audit import flaws, in_words
from hatnhan.kernel.models import Entry, Placement, Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.registries import permissions_of
from hatnhan.units import actions, queries
from hatnhan.units.models import Body, Group, LocalityCell, RegimeSwitch
from tests.units.ground import START, TODAY, Ground, boss, found

pytestmark = pytest.mark.django_db

PAST, FUTURE = date(2026, 3, 1), date(2027, 3, 1)


def officer(unit: Unit, role: str = "office") -> Actor:
    row = Placement.objects.on(TODAY).get(unit=unit)
    return Actor("chị Hà", TODAY, account_id=7, grants=(Grant(permissions_of(role), unit.pk, row.path),))


def last_words() -> list[str]:
    return in_words(Entry.objects.filter(refers_to=None).latest("pk"))


def codes_of(call: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()  # type: ignore[operator]
    return refused.value.codes


# --- founding -----------------------------------------------------------------------------------------------------


def test_a_unit_is_founded_with_name_code_and_kind(g: Ground) -> None:
    unit = found("  Chi  bộ thôn Bốn ", "village_cell", g.lim, PAST, code=" 91.001.104 ")
    card = queries.card(unit, PAST)
    assert card is not None
    assert (card.name, card.code, card.kind, card.stands) == ("Chi bộ thôn Bốn", "91.001.104", "village_cell", True)
    assert last_words() == ["Thành lập Chi bộ thôn Bốn từ ngày 1/3/2026."]
    assert list(flaws()) == []


@pytest.mark.parametrize(
    ("name", "kind", "where", "code", "expected"),
    [
        (" ", "village_cell", "lim", "", ["name"]),
        ("Chi bộ", "no_such_kind", "lim", "", ["kind"]),
        ("Chi bộ", "district", "province", "", ["kind"]),
        ("Chi bộ", "village_cell", "one", "", ["parent"]),
        ("Chi bộ", "village_cell", "lim", "91.001.101", ["code"]),
    ],
)
def test_a_founding_that_cannot_be_is_refused(
    g: Ground, name: str, kind: str, where: str, code: str, expected: list[str]
) -> None:
    assert codes_of(lambda: found(name, kind, getattr(g, where), PAST, code=code)) == expected


def test_a_kind_is_judged_by_the_rules_of_the_founding_day(g: Ground) -> None:
    old = date(2025, 3, 1)
    top = found("Đảng bộ tỉnh Cũ", "province", None, date(2020, 1, 1))
    district = found("Đảng bộ huyện Mây Nước", "district", top, date(2020, 1, 1))
    found("Đảng bộ xã Cũ", "base_committee", district, old)
    assert codes_of(lambda: found("Đảng bộ huyện Muộn", "district", top, date(2025, 7, 1))) == ["kind"]


def test_a_grassroots_unit_and_a_commune_open_their_own_chains_of_the_log(g: Ground) -> None:
    assert (g.school.chain, g.class_cell.chain) == (g.school.pk, g.school.pk)
    assert (g.lim.chain, g.one.chain, g.province.chain) == (g.lim.pk, g.lim.pk, 0)


def test_only_the_program_founds_a_top(g: Ground) -> None:
    assert codes_of(
        lambda: actions.found(actor=officer(g.lim), name="Đỉnh", kind="province", parent=None, on=PAST)
    ) == ["parent"]


# --- names and codes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [PAST, FUTURE])
def test_a_name_and_a_code_change_from_a_day_on(g: Ground, on: date) -> None:
    actions.rename(actor=boss(), unit=g.one, name="Chi bộ thôn Nhất", on=on)
    actions.recode(actor=boss(), unit=g.one, code="91.001.201", on=on)
    assert queries.name_of(g.one, START) == "Chi bộ thôn Một"
    assert queries.name_of(g.one, on) == "Chi bộ thôn Nhất"
    assert queries.codes([g.one.pk], START) == {g.one.pk: "91.001.101"}
    assert queries.by_code("91.001.201", on) == g.one
    assert queries.by_code("91.001.101", on) == g.one
    assert last_words() == [f"Đổi mã của Chi bộ thôn Nhất thành 91.001.201 từ ngày 1/3/{on.year}."]


def test_a_name_entered_late_holds_until_the_next_renaming(g: Ground) -> None:
    actions.rename(actor=boss(), unit=g.one, name="Chi bộ thôn Ba Lần", on=date(2026, 6, 1))
    actions.rename(actor=boss(), unit=g.one, name="Chi bộ thôn Hai Lần", on=PAST)
    names = [queries.name_of(g.one, day) for day in (START, PAST, date(2026, 6, 1))]
    assert names == ["Chi bộ thôn Một", "Chi bộ thôn Hai Lần", "Chi bộ thôn Ba Lần"]


def test_a_name_may_be_put_right_on_its_own_first_day(g: Ground) -> None:
    actions.rename(actor=boss(), unit=g.one, name="Chi bộ thôn Nhất", on=START)
    assert queries.name_of(g.one, START) == "Chi bộ thôn Nhất"
    assert g.one.names.filter(voided_at=None).count() == 1


def test_a_code_can_be_taken_away_and_given_to_another(g: Ground) -> None:
    assert codes_of(lambda: actions.recode(actor=boss(), unit=g.two, code="91.001.101", on=PAST)) == ["code"]
    actions.recode(actor=boss(), unit=g.one, code="", on=PAST)
    actions.recode(actor=boss(), unit=g.two, code="91.001.101", on=PAST)
    assert queries.by_code("91.001.101", START) == g.one
    assert queries.by_code("91.001.101", PAST) == g.two
    actions.recode(actor=boss(), unit=g.two, code="", on=PAST)
    assert queries.codes([g.two.pk], PAST) == {}


def test_names_and_codes_of_a_unit_that_does_not_stand_are_refused(g: Ground) -> None:
    actions.dissolve(actor=boss(), unit=g.two, on=PAST)
    assert codes_of(lambda: actions.rename(actor=boss(), unit=g.two, name="Khác", on=PAST)) == ["not_standing"]
    assert codes_of(lambda: actions.recode(actor=boss(), unit=g.two, code="9", on=PAST)) == ["not_standing"]
    assert codes_of(lambda: actions.rename(actor=boss(), unit=g.one, name=" ", on=PAST)) == ["name"]
    assert codes_of(lambda: actions.rename(actor=boss(), unit=g.one, name="Chi bộ thôn Một", on=PAST)) == ["same"]
    assert found("Chi bộ nhận mã", "village_cell", g.lim, PAST, code="91.001.102")


# --- kinds and regimes --------------------------------------------------------------------------------------------


def test_a_unit_becomes_another_kind_from_a_day_on(g: Ground) -> None:
    actions.change_kind(actor=boss(), unit=g.one, kind="base_cell", on=PAST)
    assert [Placement.objects.on(day).get(unit=g.one).kind for day in (START, PAST)] == ["village_cell", "base_cell"]
    assert last_words() == ["Chi bộ thôn Một là chi bộ cơ sở từ ngày 1/3/2026."]


def test_a_kind_that_does_not_fit_is_refused(g: Ground) -> None:
    change = actions.change_kind
    assert codes_of(lambda: change(actor=boss(), unit=g.one, kind="village_cell", on=PAST)) == ["same"]
    assert codes_of(lambda: change(actor=boss(), unit=g.school, kind="base_cell", on=PAST)) == ["units_below"]
    assert codes_of(lambda: change(actor=boss(), unit=g.one, kind="base_section", on=PAST)) == ["parent"]
    assert codes_of(lambda: change(actor=boss(), unit=g.one, kind="district", on=PAST)) == ["kind"]


def test_a_switch_of_regime_turns_kinds_below_and_holds_from_its_day(g: Ground) -> None:
    on = date(2026, 9, 1)
    actions.switch_regime(actor=boss(), unit=g.lim, regime="three_level_208", on=on, decision="7-QĐ/TU")
    assert queries.regime_on(g.class_cell, PAST).code == "two_tier"
    assert queries.regime_on(g.class_cell, on).code == "three_level_208"
    assert queries.regime_on(g.far_cell, on).code == "two_tier"
    assert Placement.objects.on(on).get(unit=g.school).kind == "attached_committee"
    assert RegimeSwitch.objects.on(on).get().decision == "7-QĐ/TU"
    assert codes_of(lambda: actions.switch_regime(actor=boss(), unit=g.lim, regime="three_level_208", on=TODAY)) == [
        "same"
    ]


def test_a_regime_that_does_not_exist_on_the_day_is_refused(g: Ground) -> None:
    assert codes_of(lambda: actions.switch_regime(actor=boss(), unit=g.lim, regime="three_level_208", on=PAST)) == [
        "regime"
    ]


def test_a_regime_entered_late_holds_until_the_next_switch(g: Ground) -> None:
    actions.switch_regime(actor=boss(), unit=g.lim, regime="three_level_208", on=date(2026, 10, 1))
    actions.switch_regime(actor=boss(), unit=g.lim, regime="two_tier", on=PAST)
    assert [queries.regime_of(g.lim, day) for day in (START, PAST, TODAY)] == [None, "two_tier", "three_level_208"]


def test_what_an_unsure_rule_says_against_an_act_is_recorded_and_does_not_refuse(g: Ground) -> None:
    on = date(2026, 9, 1)
    actions.switch_regime(actor=boss(), unit=g.lim, regime="three_level_208", on=on)
    unit = found("Đảng bộ Trường Mới", "base_committee", g.lim, on)
    words = last_words()
    assert len(words) == 2
    assert "chưa đối chiếu với văn bản gốc" in words[1]
    assert queries.card(unit, on)


# --- bodies, localities, groups -----------------------------------------------------------------------------------


def test_a_committee_has_a_body_once_at_a_time(g: Ground) -> None:
    body = actions.add_body(actor=boss(), unit=g.lim, kind="inspection_commission", on=START)
    assert body.name == "ủy ban kiểm tra"
    assert codes_of(lambda: actions.add_body(actor=boss(), unit=g.lim, kind="inspection_commission", on=PAST)) == [
        "same"
    ]
    actions.end_body(actor=boss(), body=body, on=PAST)
    again = actions.add_body(actor=boss(), unit=g.lim, kind="inspection_commission", on=PAST, name="UBKT Đảng ủy")
    assert Body.objects.on(START).get().identity == body.identity != again.identity
    assert codes_of(lambda: actions.end_body(actor=boss(), body=body, on=PAST)) == ["ended"]


def test_a_body_that_a_kind_does_not_have_is_refused(g: Ground) -> None:
    assert codes_of(lambda: actions.add_body(actor=boss(), unit=g.one, kind="office", on=PAST)) == ["kind"]
    assert codes_of(lambda: actions.add_body(actor=boss(), unit=g.lim, kind="no_such_body", on=PAST)) == ["kind"]


def test_a_locality_is_led_by_several_cells_and_a_cell_leads_several(g: Ground) -> None:
    east = actions.add_locality(actor=boss(), unit=g.lim, kind="thon", name="Đông", on=START)
    west = actions.add_locality(actor=boss(), unit=g.lim, kind="to_dan_pho", name="Tây", on=START)
    for unit, locality in ((g.one, east), (g.two, east), (g.one, west)):
        actions.lead_locality(actor=boss(), locality=locality, unit=unit, on=START)
    assert queries.led_by([g.one.pk], TODAY) == {g.one.pk: ["thôn Đông", "tổ dân phố Tây"]}
    link = LocalityCell.objects.on(TODAY).get(unit=g.two)
    actions.leave_locality(actor=boss(), link=link, on=PAST)
    actions.end_locality(actor=boss(), locality=east, on=date(2026, 6, 1))
    assert queries.led_by([g.one.pk, g.two.pk], date(2026, 5, 31))[g.one.pk] == ["thôn Đông", "tổ dân phố Tây"]
    assert queries.led_by([g.one.pk, g.two.pk], date(2026, 6, 1)) == {g.one.pk: ["tổ dân phố Tây"]}


def test_what_is_wrong_with_a_locality_is_said(g: Ground) -> None:
    add, lead = actions.add_locality, actions.lead_locality
    east = add(actor=boss(), unit=g.lim, kind="thon", name="Đông", on=START)
    assert codes_of(lambda: add(actor=boss(), unit=g.lim, kind="thon", name="đông", on=PAST)) == ["same"]
    assert codes_of(lambda: add(actor=boss(), unit=g.lim, kind="pho", name="Tây", on=PAST)) == ["kind"]
    assert codes_of(lambda: add(actor=boss(), unit=g.lim, kind="thon", name=" ", on=PAST)) == ["name"]
    assert codes_of(lambda: lead(actor=boss(), locality=east, unit=g.school, on=PAST)) == ["unit"]
    lead(actor=boss(), locality=east, unit=g.one, on=START)
    assert codes_of(lambda: lead(actor=boss(), locality=east, unit=g.one, on=PAST)) == ["same"]


def test_groups_live_inside_cells(g: Ground) -> None:
    group = actions.add_group(actor=boss(), unit=g.one, name="Tổ đảng 1", on=START)
    assert codes_of(lambda: actions.add_group(actor=boss(), unit=g.one, name="Tổ đảng 1", on=PAST)) == ["same"]
    assert codes_of(lambda: actions.add_group(actor=boss(), unit=g.lim, name="Tổ đảng 1", on=PAST)) == ["unit"]
    actions.end_group(actor=boss(), group=group, on=PAST)
    assert Group.objects.on(START).get().identity == group.identity
    assert not Group.objects.on(PAST).exists()


# --- who may ------------------------------------------------------------------------------------------------------


def test_an_officer_acts_in_the_own_commune_and_sees_nothing_outside(g: Ground) -> None:
    actor = officer(g.lim)
    actions.rename(actor=actor, unit=g.one, name="Chi bộ thôn Nhất", on=PAST)
    with pytest.raises(NotFound):
        actions.rename(actor=actor, unit=g.far_cell, name="Khác", on=PAST)
    with pytest.raises(NotFound):
        actions.move(actor=actor, unit=g.one, to=g.che, on=PAST)


@pytest.mark.parametrize("role", ["member", "cell_secretary", "cell_deputy", "inspector", "administrator"])
def test_who_lacks_the_right_is_refused_in_the_own_unit(g: Ground, role: str) -> None:
    actor = officer(g.lim, role)
    for call in (
        lambda: actions.rename(actor=actor, unit=g.one, name="Khác", on=PAST),
        lambda: actions.found(actor=actor, name="Chi bộ", kind="village_cell", parent=g.lim, on=PAST),
        lambda: actions.merge(actor=actor, units=[g.one, g.two], into=g.one, on=PAST),
        lambda: actions.dissolve(actor=actor, unit=g.one, on=PAST),
        lambda: actions.add_locality(actor=actor, unit=g.lim, kind="thon", name="Đông", on=PAST),
    ):
        with pytest.raises(Forbidden):
            call()


# --- days far ahead -------------------------------------------------------------------------------------------------


def test_nothing_is_recorded_of_a_day_more_than_a_year_ahead(g: Ground) -> None:
    far, ours = date(2222, 1, 1), officer(g.lim)
    for call in (
        lambda: found("Chi bộ thôn Xa", "village_cell", g.lim, far),
        lambda: actions.rename(actor=ours, unit=g.one, name="Chi bộ thôn Nhất", on=far),
        lambda: actions.recode(actor=ours, unit=g.one, code="91.9", on=far),
        lambda: actions.move(actor=ours, unit=g.one, to=g.lim, on=far),
        lambda: actions.dissolve(actor=ours, unit=g.three, on=far),
        lambda: actions.change_kind(actor=ours, unit=g.one, kind="street_cell", on=far),
        lambda: actions.switch_regime(actor=ours, unit=g.lim, regime="three_level", on=far),
        lambda: actions.merge(actor=ours, units=[g.one, g.two], into=g.one, on=far),
        lambda: actions.split(actor=ours, unit=g.one, name="Chi bộ thôn Mới", people=[1], on=far),
        lambda: actions.add_body(actor=ours, unit=g.lim, kind="office", on=far),
        lambda: actions.add_locality(actor=ours, unit=g.lim, kind="village", name="Thôn Xa", on=far),
        lambda: actions.add_group(actor=ours, unit=g.one, name="Tổ đảng 9", on=far),
    ):
        assert codes_of(call) == ["far"]
