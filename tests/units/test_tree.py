"""The dated tree, through the actions that change it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hatnhan.kernel import tree
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.refusal import Refused
from hatnhan.units import actions, queries
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
)  # fmt: skip

pytestmark = pytest.mark.django_db

DAYS = [START, date(2025, 12, 31), date(2026, 3, 1), date(2026, 6, 1), TODAY, date(2027, 6, 1)]


def move(unit: Unit, to: Unit, on: date) -> None:
    actions.move(actor=boss(), unit=unit, to=to, on=on)


def test_a_unit_hangs_under_its_parent_from_its_founding_on(g: Ground) -> None:
    assert line(g.class_cell, START) == [g.province.pk, g.lim.pk, g.school.pk, g.class_cell.pk]
    assert line(g.class_cell, START - timedelta(days=1)) == []
    assert paths_follow_parents(DAYS) == []


def test_a_unit_founded_in_the_past_follows_its_parents_later_moves(g: Ground) -> None:
    move(g.school, g.che, date(2026, 3, 1))
    late = found("Chi bộ Tổ Văn", "sub_cell", g.school, date(2026, 1, 1))
    assert line(late, date(2026, 2, 1)) == [g.province.pk, g.lim.pk, g.school.pk, late.pk]
    assert line(late, date(2026, 3, 1)) == [g.province.pk, g.che.pk, g.school.pk, late.pk]
    assert paths_follow_parents(DAYS) == []


def test_a_unit_cannot_be_founded_under_one_that_ends(g: Ground) -> None:
    actions.dissolve(actor=boss(), unit=g.class_cell, on=date(2026, 3, 1))
    with pytest.raises(Refused) as refused:
        found("Chi bộ muộn", "village_cell", g.class_cell, date(2026, 1, 1))
    assert "parent" in refused.value.codes
    actions.dissolve(actor=boss(), unit=g.school, on=date(2026, 4, 1))
    with pytest.raises(Refused) as refused:
        found("Chi bộ muộn", "sub_cell", g.school, date(2026, 1, 1))
    assert refused.value.codes == ["not_standing"]


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2027, 3, 1)])
def test_a_subtree_moves_with_its_unit_on_past_and_future_days(g: Ground, on: date) -> None:
    move(g.school, g.che, on)
    before = on - timedelta(days=1)
    assert line(g.class_cell, before) == [g.province.pk, g.lim.pk, g.school.pk, g.class_cell.pk]
    assert line(g.class_cell, on) == [g.province.pk, g.che.pk, g.school.pk, g.class_cell.pk]
    assert paths_follow_parents([*DAYS, before, on]) == []


def test_a_move_entered_late_holds_until_the_units_next_own_move(g: Ground) -> None:
    move(g.three, g.che, date(2026, 6, 1))
    other = found("Đảng bộ xã Mận", "commune", g.province)
    move(g.three, other, date(2026, 3, 1))
    assert [parent(g.three, day) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 1))] == [
        g.lim.pk,
        other.pk,
        g.che.pk,
    ]
    assert paths_follow_parents(DAYS) == []


def test_a_change_of_kind_later_on_does_not_take_a_move_back(g: Ground) -> None:
    actions.change_kind(actor=boss(), unit=g.school, kind="base_delegated_pilot", on=date(2026, 6, 1))
    move(g.school, g.che, date(2026, 3, 1))
    rows = Placement.objects.unvoided().filter(unit=g.school).order_by("valid_from")
    assert [(row.valid_from, row.parent_id, row.kind) for row in rows] == [
        (START, g.lim.pk, "base_committee"),
        (date(2026, 3, 1), g.che.pk, "base_committee"),
        (date(2026, 6, 1), g.che.pk, "base_delegated_pilot"),
    ]


def test_a_unit_cannot_hang_under_itself_or_what_hangs_under_it(g: Ground) -> None:
    for to in (g.lim, g.school, g.class_cell):
        with pytest.raises(Refused):
            move(g.lim, to, date(2026, 3, 1))


def test_a_circle_that_would_close_only_later_is_refused(g: Ground) -> None:
    """The unit is to move under one that will itself hang below the unit, on a day when the unit's own path differs."""
    plain_acts(g.school, g.che, date(2026, 2, 1))
    plain_acts(g.far_cell, g.class_cell, date(2026, 6, 1))
    with pytest.raises(Refused) as refused:
        plain_acts(g.school, g.far_cell, date(2026, 3, 1))
    assert refused.value.codes == ["cycle"]
    assert paths_follow_parents(DAYS) == []


def plain_acts(unit: Unit, to: Unit, on: date) -> None:
    """A move that no rule of kinds refuses."""
    from_tree(actor=boss(), change=lambda: tree.rehang(unit, to=to, on=on))


def test_a_parent_must_stand_as_long_as_the_unit_stays(g: Ground) -> None:
    actions.dissolve(actor=boss(), unit=g.class_cell, on=date(2026, 6, 1))
    actions.dissolve(actor=boss(), unit=g.school, on=date(2026, 6, 1))
    with pytest.raises(Refused) as refused:
        plain_acts(g.three, g.school, date(2026, 3, 1))
    assert refused.value.codes == ["not_standing"]
    plain_acts(g.three, g.che, date(2026, 5, 1))
    plain_acts(g.three, g.school, date(2026, 3, 1))
    assert [parent(g.three, day) for day in (date(2026, 3, 1), date(2026, 5, 1))] == [g.school.pk, g.che.pk]


def test_the_same_parent_again_is_refused(g: Ground) -> None:
    with pytest.raises(Refused) as refused:
        move(g.one, g.lim, date(2026, 3, 1))
    assert refused.value.codes == ["already_there"]


def test_an_ended_unit_hangs_under_its_heir_and_moves_with_it(g: Ground) -> None:
    actions.dissolve(actor=boss(), unit=g.class_cell, on=date(2026, 2, 1))
    assert not stands(g.class_cell, date(2026, 2, 1))
    assert line(g.class_cell, date(2026, 2, 1)) == [g.province.pk, g.lim.pk, g.school.pk]
    assert tree.successor(g.class_cell, TODAY) == g.school
    move(g.school, g.che, date(2026, 3, 1))
    actions.dissolve(actor=boss(), unit=g.school, on=date(2026, 6, 1))
    assert line(g.class_cell, TODAY) == [g.province.pk, g.che.pk]
    assert tree.successor(g.class_cell, TODAY) == g.che
    assert tree.successor(g.class_cell, START - timedelta(days=1)) is None
    assert paths_follow_parents(DAYS) == []


def test_a_unit_with_units_below_cannot_end(g: Ground) -> None:
    with pytest.raises(Refused) as refused:
        actions.dissolve(actor=boss(), unit=g.school, on=date(2026, 3, 1))
    assert refused.value.codes == ["units_below"]


def test_a_unit_cannot_end_before_what_is_recorded_of_it_later(g: Ground) -> None:
    move(g.three, g.che, date(2026, 6, 1))
    with pytest.raises(Refused) as refused:
        actions.dissolve(actor=boss(), unit=g.three, on=date(2026, 3, 1))
    assert refused.value.codes == ["later"]
    with pytest.raises(Refused) as refused:
        actions.dissolve(actor=boss(), unit=g.two, on=START)
    assert refused.value.codes == ["later"]


def test_a_unit_may_move_and_end_on_one_day(g: Ground) -> None:
    day = date(2026, 3, 1)
    move(g.three, g.che, day)
    actions.dissolve(actor=boss(), unit=g.three, on=day)
    assert parent(g.three, day) == g.che.pk
    assert stands(g.three, day - timedelta(days=1))


def test_a_unit_cannot_inherit_from_itself_and_a_top_cannot_end(g: Ground) -> None:
    with pytest.raises(Refused) as refused:
        actions.dissolve(actor=boss(), unit=g.one, heir=g.one, on=date(2026, 3, 1))
    assert refused.value.codes == ["cycle"]
    with pytest.raises(Refused) as refused:
        actions.dissolve(actor=boss(), unit=g.province, on=date(2026, 3, 1))
    assert refused.value.codes == ["top"]


def test_what_was_known_before_a_change_stays_readable(g: Ground) -> None:
    before = timezone.now()
    move(g.school, g.che, date(2026, 3, 1))
    after = timezone.now()
    actions.dissolve(actor=boss(), unit=g.class_cell, on=date(2026, 4, 1))
    assert line(g.class_cell, TODAY, known_at=before) == [g.province.pk, g.lim.pk, g.school.pk, g.class_cell.pk]
    assert line(g.class_cell, TODAY, known_at=after) == [g.province.pk, g.che.pk, g.school.pk, g.class_cell.pk]
    assert line(g.class_cell, TODAY) == [g.province.pk, g.che.pk, g.school.pk]
    assert Placement.objects.on(TODAY, known_at=before).get(unit=g.class_cell).stands


def test_every_row_names_the_act_that_recorded_and_the_one_that_voided_it(g: Ground) -> None:
    old = Placement.objects.unvoided().get(unit=g.class_cell)
    move(g.school, g.che, date(2026, 3, 1))
    old.refresh_from_db()
    fresh = Placement.objects.unvoided().filter(unit=g.class_cell)
    assert {row.recorded_in for row in fresh} == {old.voided_in}
    assert {row.replaces for row in fresh} == {old.pk}
    assert all(row.recorded_at == old.voided_at for row in fresh)


def test_two_places_at_one_time_are_refused_by_the_database(g: Ground) -> None:
    row = Placement.objects.unvoided().get(unit=g.one)
    row.pk, row.valid_from, row.valid_to = None, date(2026, 1, 1), FAR
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.voided_at, row.voided_in = timezone.now(), 1
    row.save(force_insert=True)


def test_two_codes_or_two_names_at_one_time_are_refused_by_the_database(g: Ground) -> None:
    for row in (g.one.names.get(), g.one.codes.get()):
        row.pk, row.valid_from = None, date(2026, 1, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_children_are_those_that_stand_on_the_day(g: Ground) -> None:
    actions.dissolve(actor=boss(), unit=g.two, on=date(2026, 3, 1))
    names = [card.name for card in queries.children(g.lim, date(2026, 3, 1))]
    assert names == ["Chi bộ thôn Ba", "Chi bộ thôn Một", "Đảng bộ Trường Lim Thượng"]
    assert len(queries.children(g.lim, date(2026, 2, 28))) == 4
