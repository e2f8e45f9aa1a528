"""Merging, splitting, and taking them back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hatnhan.kernel.models import Entry, Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.kernel.registries import PARTICIPANTS
from hatnhan.units import actions, queries
from hatnhan.units.models import Body, Group, Locality, LocalityCell, UnitEvent
from tests.units.ground import (
    START,
    TODAY,
    Ground,
    boss,
    found,
    from_tree,
    line,
    parent,
    paths_follow_parents,
    stands,
    tables,
)  # fmt: skip

pytestmark = pytest.mark.django_db

PAST, FUTURE = date(2026, 3, 1), date(2027, 3, 1)
DAYS = [START, date(2025, 12, 31), PAST, TODAY, FUTURE, date(2028, 1, 1)]


def merge(*units: Unit, into: Unit | None = None, on: date = PAST, name: str = "", code: str = "") -> Unit:
    return actions.merge(actor=boss(), units=units, into=into, on=on, name=name, code=code, decision="12-QĐ/ĐU")


def undo() -> None:
    actions.undo_event(actor=boss(), event=UnitEvent.objects.latest("pk"))


@pytest.mark.parametrize("on", [PAST, FUTURE])
def test_two_cells_become_one_of_them(g: Ground, on: date) -> None:
    target = merge(g.one, g.two, into=g.one, on=on, name="Chi bộ thôn Một Hai")
    before = on - timedelta(days=1)
    assert target == g.one
    assert (stands(g.two, before), stands(g.two, on)) == (True, False)
    assert line(g.two, on) == line(g.one, on)
    assert (queries.name_of(g.one, before), queries.name_of(g.one, on)) == ("Chi bộ thôn Một", "Chi bộ thôn Một Hai")
    assert queries.codes([g.one.pk, g.two.pk], on) == {g.one.pk: "91.001.101"}
    event = UnitEvent.objects.get()
    assert (event.kind, event.on, event.decision) == ("merge", on, "12-QĐ/ĐU")
    assert sorted((part.role, part.unit_id) for part in event.parts.all()) == [("from", g.two.pk), ("to", g.one.pk)]
    assert paths_follow_parents(DAYS) == []


def test_two_cells_become_a_new_one_that_may_bear_the_code_of_one_of_them(g: Ground) -> None:
    fresh = merge(g.one, g.two, name="Chi bộ thôn Hợp Nhất", code="91.001.102")
    assert {line(unit, PAST)[-1] for unit in (g.one, g.two)} == {fresh.pk}
    assert queries.codes([fresh.pk], PAST) == {fresh.pk: "91.001.102"}
    card = queries.card(fresh, PAST)
    assert card is not None
    assert (card.name, card.kind, card.parent_id) == ("Chi bộ thôn Hợp Nhất", "village_cell", g.lim.pk)
    assert UnitEvent.objects.get().kind == "consolidate"
    assert queries.card(fresh, PAST - timedelta(days=1)) is None


def test_units_below_move_along_twice_in_one_act(g: Ground) -> None:
    """Two committees with cells are merged, and both were merged into one before in the same act."""
    mill = found("Đảng bộ Nhà máy Sợi", "base_committee", g.lim)
    spinners = found("Chi bộ Xưởng Kéo", "sub_cell", mill)
    weavers = found("Chi bộ Xưởng Dệt", "sub_cell", mill)
    farm = found("Đảng bộ Nông trường", "base_committee", g.lim)

    def both() -> None:
        actions.merge(actor=boss(), units=[mill, g.school], into=g.school, on=PAST)
        actions.merge(actor=boss(), units=[g.school, farm], into=farm, on=PAST, name="Đảng bộ Liên hợp")

    from_tree(actor=boss(), change=both)
    for cell in (spinners, weavers, g.class_cell):
        assert parent(cell, PAST) == farm.pk
        assert line(cell, TODAY) == [g.province.pk, g.lim.pk, farm.pk, cell.pk]
    assert line(mill, TODAY) == line(g.school, TODAY) == [g.province.pk, g.lim.pk, farm.pk]
    assert paths_follow_parents(DAYS) == []
    assert UnitEvent.objects.count() == 2


@pytest.mark.parametrize(
    ("case", "code"),
    [("one", "units"), ("absent", "not_standing"), ("parents", "parents"), ("kinds", "kinds"), ("later", "later")],
)
def test_what_cannot_be_merged_is_refused_with_its_reason(g: Ground, case: str, code: str) -> None:
    units = {
        "one": [g.one],
        "absent": [g.one, g.two],
        "parents": [g.one, g.far_cell],
        "kinds": [g.one, g.school],
        "later": [g.one, g.two],
    }[case]
    if case == "absent":
        actions.dissolve(actor=boss(), unit=g.two, on=date(2026, 1, 1))
    if case == "later":
        actions.move(actor=boss(), unit=g.two, to=g.che, on=date(2026, 6, 1))
    before = tables()
    with pytest.raises(Refused) as refused:
        merge(*units, name="Chi bộ chung")
    assert refused.value.codes == [code]
    assert tables() == before


def test_a_committee_with_cells_cannot_be_merged_into_a_cell(g: Ground) -> None:
    with pytest.raises(Refused) as refused:
        merge(g.one, g.school, into=g.one)
    assert refused.value.codes == ["units_below"]


def test_bodies_and_groups_end_and_localities_go_along(g: Ground) -> None:
    group = actions.add_group(actor=boss(), unit=g.two, name="Tổ đảng 1", on=START)
    late = actions.add_group(actor=boss(), unit=g.two, name="Tổ đảng 2", on=date(2026, 5, 1))
    east = actions.add_locality(actor=boss(), unit=g.lim, kind="thon", name="Đông", on=START)
    west = actions.add_locality(actor=boss(), unit=g.lim, kind="thon", name="Tây", on=START)
    for unit, locality in ((g.one, east), (g.two, east), (g.two, west)):
        actions.lead_locality(actor=boss(), locality=locality, unit=unit, on=START)
    effects = {effect.code: effect.names for effect in actions.preview_merge([g.one, g.two], g.one, PAST)}
    assert effects["groups"] == ("Tổ đảng 1", "Tổ đảng 2")
    assert effects["led"] == ("Đông", "Tây")
    merge(g.one, g.two, into=g.one)
    assert not Group.objects.on(PAST).filter(unit=g.two).exists()
    assert Group.objects.on(PAST - timedelta(days=1)).get(unit=g.two).identity == group.identity
    assert not Group.objects.unvoided().filter(identity=late.identity).exists()
    led = LocalityCell.objects.on(PAST).filter(unit=g.one)
    assert sorted(link.locality.name for link in led) == ["Tây", "Đông"]
    assert not LocalityCell.objects.on(PAST).filter(unit=g.two).exists()


def test_a_merged_commune_hands_its_localities_over_and_its_bodies_end(g: Ground) -> None:
    actions.add_body(actor=boss(), unit=g.che, kind="inspection_commission", on=START)
    thon = actions.add_locality(actor=boss(), unit=g.che, kind="thon", name="Chè Trung", on=START)
    merge(g.lim, g.che, into=g.lim)
    assert not Body.objects.on(PAST).exists()
    assert Locality.objects.on(PAST).get(identity=thon.identity).unit == g.lim
    assert Locality.objects.on(START).get(identity=thon.identity).unit == g.che
    assert parent(g.far_cell, PAST) == g.lim.pk


def test_a_dissolved_cell_hands_nothing_to_the_committee_above_it(g: Ground) -> None:
    east = actions.add_locality(actor=boss(), unit=g.lim, kind="thon", name="Đông", on=START)
    actions.lead_locality(actor=boss(), locality=east, unit=g.two, on=START)
    actions.add_group(actor=boss(), unit=g.two, name="Tổ đảng 1", on=START)
    actions.dissolve(actor=boss(), unit=g.two, on=PAST)
    assert not LocalityCell.objects.on(PAST).exists()
    assert not Group.objects.on(PAST).exists()


def test_a_dissolved_cell_hands_its_localities_to_a_named_heir(g: Ground) -> None:
    east = actions.add_locality(actor=boss(), unit=g.lim, kind="thon", name="Đông", on=START)
    actions.lead_locality(actor=boss(), locality=east, unit=g.two, on=START)
    actions.dissolve(actor=boss(), unit=g.two, heir=g.three, on=PAST)
    assert LocalityCell.objects.on(PAST).get().unit == g.three


def test_a_split_founds_a_unit_of_the_same_kind_beside_the_first(g: Ground) -> None:
    fresh = actions.split(actor=boss(), unit=g.one, name="Chi bộ thôn Một B", people=[4, 5], on=PAST, code="91.001.109")
    assert parent(fresh, PAST) == g.lim.pk
    assert stands(g.one, TODAY)
    event = UnitEvent.objects.get()
    assert sorted((part.role, part.unit_id) for part in event.parts.all()) == [
        ("from", g.one.pk), ("to", g.one.pk), ("to", fresh.pk),
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.split(actor=boss(), unit=g.one, name="Chi bộ rỗng", people=[], on=PAST)
    assert refused.value.codes == ["people"]
    assert actions.split_blockers(g.one, START - timedelta(days=1))[0].field == "on"


# --- undo ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [PAST, FUTURE])
@pytest.mark.parametrize("way", ["into", "new", "committees", "dissolve", "move", "split"])
def test_undo_restores_everything_exactly(g: Ground, way: str, on: date) -> None:
    actions.add_group(actor=boss(), unit=g.two, name="Tổ đảng 1", on=START)
    mill = found("Đảng bộ Nhà máy Sợi", "base_committee", g.lim)
    found("Chi bộ Xưởng Kéo", "sub_cell", mill)
    before, moment = tables(), timezone.now()
    if way == "into":
        merge(g.one, g.two, into=g.one, on=on, name="Chi bộ thôn Một Hai", code="91.001.102")
    elif way == "new":
        merge(g.one, g.two, on=on, name="Chi bộ thôn Hợp Nhất", code="91.001.101")
    elif way == "committees":
        merge(mill, g.school, into=g.school, on=on)
    elif way == "dissolve":
        actions.dissolve(actor=boss(), unit=g.three, on=on)
    elif way == "split":
        actions.split(actor=boss(), unit=g.one, name="Chi bộ thôn Một B", people=[1], on=on)
    else:
        actions.move(actor=boss(), unit=g.school, to=g.che, on=on)
    assert tables() != before
    undo()
    assert tables() == before
    assert paths_follow_parents(DAYS) == []
    assert stands(g.two, TODAY)
    assert line(g.two, TODAY, known_at=moment) == line(g.two, TODAY)
    assert UnitEvent.objects.get().undone_in == Entry.objects.get(code="units.undo", refers_to=None).pk


def test_an_undone_merge_can_be_done_again_and_not_undone_twice(g: Ground) -> None:
    merge(g.one, g.two, into=g.one)
    undo()
    event = UnitEvent.objects.get()
    with pytest.raises(Refused) as refused:
        actions.undo_event(actor=boss(), event=event)
    assert refused.value.codes == ["undone"]
    assert [reason.code for reason in actions.undo_blockers(event)] == ["undone"]
    merge(g.one, g.two, into=g.one)
    assert not stands(g.two, TODAY)
    assert paths_follow_parents(DAYS) == []


@pytest.mark.parametrize("built", ["unit below", "unit moved in", "name", "code", "group", "merged on", "moved on"])
def test_undo_is_refused_once_something_was_built_on_it(g: Ground, built: str) -> None:
    fresh = merge(g.one, g.two, name="Chi bộ thôn Hợp Nhất", code="91.001.199")
    event = UnitEvent.objects.get()
    later = date(2026, 5, 1)
    if built == "unit below":
        actions.change_kind(actor=boss(), unit=fresh, kind="base_committee", on=later)
    elif built == "unit moved in":
        from_tree(
            actor=boss(), change=lambda: actions.change_kind(actor=boss(), unit=g.three, kind="base_cell", on=later)
        )
        actions.merge(actor=boss(), units=[g.three, fresh], into=fresh, on=later)
    elif built == "name":
        actions.rename(actor=boss(), unit=fresh, name="Chi bộ thôn Mới", on=later)
    elif built == "code":
        found("Chi bộ thôn Bốn", "village_cell", g.lim, later, code="91.001.101")
    elif built == "group":
        actions.add_group(actor=boss(), unit=fresh, name="Tổ đảng 1", on=later)
    elif built == "merged on":
        actions.merge(actor=boss(), units=[g.three, fresh], into=g.three, on=later)
    else:
        actions.move(actor=boss(), unit=fresh, to=g.che, on=later)
    assert actions.undo_blockers(event)
    before = tables()
    with pytest.raises(Refused):
        actions.undo_event(actor=boss(), event=event)
    assert tables() == before


def test_undo_is_refused_when_a_unit_was_hung_under_one_that_moved_along(g: Ground) -> None:
    mill = found("Đảng bộ Nhà máy Sợi", "base_committee", g.lim)
    section = found("Đảng bộ bộ phận Tiểu học", "base_section", g.school)
    merge(mill, g.school, into=mill)
    event = UnitEvent.objects.get()
    found("Chi bộ Tổ Lý", "sub_cell", mill, date(2026, 5, 1))
    assert actions.undo_blockers(event) == []
    found("Chi bộ Tổ Hóa", "sub_cell", section, date(2026, 5, 1))
    assert [reason.code for reason in actions.undo_blockers(event)] == ["built_on"]


def test_every_merge_is_one_entry_of_the_log_that_reads_like_a_sentence(g: Ground) -> None:
    merge(g.one, g.two, into=g.one, name="Chi bộ thôn Một Hai")
    entry = Entry.objects.filter(refers_to=None).latest("pk")
    assert entry.code == "units.merge"
    assert entry.payload.sentence % entry.payload.values == (
        "Sáp nhập Chi bộ thôn Một, Chi bộ thôn Hai thành Chi bộ thôn Một Hai từ ngày 1/3/2026."
    )
    assert len(PARTICIPANTS) >= 1
