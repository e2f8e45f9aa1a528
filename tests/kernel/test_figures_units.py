"""Figures of organisations follow the kinds and the regime of the day."""

from datetime import date, timedelta

import pytest

from hatnhan.kernel import figures
from hatnhan.kernel.figures import On
from hatnhan.kernel.models import Unit
from hatnhan.units import actions as units
from tests.units.ground import TODAY, Ground, boss, found, ground

pytestmark = pytest.mark.django_db

SWITCHED = date(2026, 8, 1)


@pytest.fixture
def land() -> Ground:
    return ground()


def switch(unit: Unit, regime: str, on: date) -> None:
    units.switch_regime(actor=boss(), unit=unit, regime=regime, on=on)


def test_units_cells_and_kinds_are_counted_with_the_unit_itself(land: Ground) -> None:
    total = figures.table(
        ["units", "units.cells", "units.kind.village_cell", "units.kind.district"], land.lim, On(TODAY)
    ).total
    assert total == {"units": 6, "units.cells": 4, "units.kind.village_cell": 3, "units.kind.district": 0}
    assert figures.value("units", land.one, On(TODAY)) == 1


def test_a_commune_is_a_grassroots_organisation_from_its_own_switch(land: Ground) -> None:
    base_cell = found("Chi bộ cơ sở Trạm", "base_cell", land.lim)
    found("Chi bộ cơ sở Chợ", "base_cell", land.che)
    day_before = On(SWITCHED - timedelta(1))
    switch(land.lim, "three_level_208", SWITCHED)
    assert figures.by_child("units.base", land.province, day_before) == {land.lim.pk: 2, land.che.pk: 1}
    after = figures.rows("units.base", land.province, On(SWITCHED))
    assert land.lim.pk in {row.unit_id for row in after}
    assert base_cell.pk not in {row.unit_id for row in after}
    assert figures.by_child("units.base", land.province, On(SWITCHED))[land.che.pk] == 1


def test_the_nearest_switch_decides(land: Ground) -> None:
    switch(land.province, "three_level_208", SWITCHED)
    assert land.che.pk in figures.by_child("units.base", land.province, On(TODAY))
    switch(land.che, "two_tier", SWITCHED + timedelta(30))
    assert land.che.pk not in figures.by_child("units.base", land.province, On(TODAY))
    assert land.lim.pk in figures.by_child("units.base", land.province, On(TODAY))


def test_a_change_of_kind_counts_from_its_day(land: Ground) -> None:
    units.change_kind(actor=boss(), unit=land.three, kind="temp_cell", on=SWITCHED)
    kinds = ["units.kind.village_cell", "units.kind.temp_cell"]
    assert figures.table(kinds, land.lim, On(SWITCHED - timedelta(1))).total == dict(zip(kinds, (3, 0), strict=True))
    assert figures.table(kinds, land.lim, On(SWITCHED)).total == dict(zip(kinds, (2, 1), strict=True))
