"""How many questions the pages ask of the database, however many rows they show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.duties.campaigns import actions
from hatnhan.duties.campaigns.rules import StepSheet
from hatnhan.duties.jobs import open_due
from hatnhan.kernel.days import today
from hatnhan.units import actions as units
from tests.world import World, boss

pytestmark = pytest.mark.django_db

BUDGET = {
    "/duties/": 24, "/duties/unit/": 24, "/duties/year/": 24, "/duties/year/units/": 24, "/campaigns/": 20,
    "/campaigns/{campaign}/": 32, "/reminders/": 20,
}  # fmt: skip


def asked(world: World, path: str) -> int:
    client = world.browser("ha")
    client.get(path)  # what is compiled once for each shape of a list
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_pages_keep_their_budget_and_more_rows_ask_no_more(world: World) -> None:
    land, on = world.land, today()
    ha = world.actor("ha", on)
    open_due(on)
    steps = [StepSheet("Bước một", on + timedelta(days=3)), StepSheet("Bước hai", on + timedelta(days=9))]
    campaign = actions.plan_campaign(actor=ha, unit=land.lim, title="Đợt thử", steps=steps)
    actions.add_targets(actor=ha, campaign=campaign, units=[land.one.pk, land.two.pk])
    actions.start_campaign(actor=ha, campaign=campaign, on=on)
    paths = {path.format(campaign=campaign.pk): most for path, most in BUDGET.items()}
    before = {path: asked(world, path) for path in paths}
    assert {path: count for path, count in before.items() if count > paths[path]} == {}
    more = [
        units.found(actor=boss(), name=f"Chi bộ số {n}", kind="village_cell", parent=land.lim, on=on).pk
        for n in range(12)
    ]
    actions.add_targets(actor=ha, campaign=campaign, units=more)
    open_due(on)
    after = {path: asked(world, path) for path in paths}
    assert {path: (before[path], count) for path, count in after.items() if count > before[path] + 1} == {}
