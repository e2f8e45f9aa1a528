"""The year's obligations: when they fall due, opened ahead once, their pages, done by hand or by what shows it."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from hatnhan.duties import actions as duties
from hatnhan.duties.jobs import due_soon, meet, open_due
from hatnhan.duties.models import Duty, Obligation, Owner, Term
from hatnhan.duties.obligations import actions, queries
from hatnhan.duties.obligations.rules import Due, back, due_in, moved, span
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.days import today
from hatnhan.kernel.working_days import Calendar
from hatnhan.meetings import actions as meetings
from hatnhan.meetings.minutes.rules import Sheet
from hatnhan.units import actions as units
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

pytestmark = pytest.mark.django_db

PLAIN = Calendar(known=frozenset(range(2020, 2100)))
TET = Calendar(off=frozenset(date(2027, 2, day) for day in range(4, 11)), known=frozenset({2026, 2027}))


@pytest.mark.parametrize(
    ("rule", "month", "due"),
    [
        (Due((11,), 31), date(2026, 11, 1), date(2026, 11, 30)),
        (Due((2,), 31), date(2028, 2, 1), date(2028, 2, 29)),
        (Due((11,), 29, "before"), date(2026, 11, 1), date(2026, 11, 27)),
        (Due((11,), 29, "after"), date(2026, 11, 1), date(2026, 11, 30)),
        (Due((2,), 3, "none", 30), date(2027, 2, 1), date(2026, 12, 23)),
        (Due((1,), 1, "none", 1), date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_day_on_which_something_falls_due(rule: Due, month: date, due: date) -> None:
    assert due_in(rule, month, PLAIN) == due


def test_holidays_move_a_day_and_lengthen_a_lead() -> None:
    assert moved(date(2027, 2, 5), "before", TET) == date(2027, 2, 3)
    assert moved(date(2027, 2, 5), "after", TET) == date(2027, 2, 11)
    assert back(date(2027, 2, 12), 2, TET) == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("months", "month", "days"),
    [
        ((3, 6, 9, 12), date(2026, 3, 1), (date(2026, 1, 1), date(2026, 4, 1))),
        ((3, 6, 9, 12), date(2026, 12, 1), (date(2026, 10, 1), date(2027, 1, 1))),
        (tuple(range(1, 13)), date(2026, 1, 1), (date(2026, 1, 1), date(2026, 2, 1))),
        ((12,), date(2026, 12, 1), (date(2026, 1, 1), date(2027, 1, 1))),
    ],
)
def test_the_days_that_a_term_is_about(months: tuple[int, ...], month: date, days: tuple[date, date]) -> None:
    assert span(Due(months, 31), month) == days


def test_every_obligation_of_the_rulebook_falls_due_in_each_of_its_months() -> None:
    for owed in queries.obligations(TODAY, queries.NONE).values():
        months = [date(2026 + n // 12, n % 12 + 1, 1) for n in range(24)]
        found = [one for month in months for one in queries.in_month(owed, month, PLAIN)]
        assert len({(one.period, one.due) for one in found}) == len(found)
        assert {one.period.month for one in found} == set(owed.due.months)
        assert owed.source


def test_badge_dossiers_fall_due_thirty_working_days_ahead() -> None:
    owed = queries.obligations(TODAY, queries.NONE)["obligation.badges_february"]
    (falling,) = queries.in_month(owed, date(2026, 12, 1), PLAIN)
    assert (falling.period, falling.due) == (date(2027, 2, 1), date(2026, 12, 23))
    assert not owed.verified


# --- opening --------------------------------------------------------------------------------------------------------


def test_what_falls_due_soon_is_opened_for_each_unit_once(world: World) -> None:
    land, day = world.land, date(2026, 11, 10)
    first = open_due(day)
    assert first > 0
    assert open_due(day) == 0
    assert open_due(day + timedelta(days=1)) == 0
    rows = Term.objects.filter(code="obligation.cell_meeting", period=date(2026, 11, 1))
    assert set(rows.values_list("unit", flat=True)) == {
        unit.pk for unit in (land.one, land.two, land.three, land.class_cell, land.far_cell)
    }  # fmt: skip
    duty = rows.get(unit=land.one).duty
    assert (duty.due, duty.counted, duty.rule) == (date(2026, 11, 30), "fixed", "obligation.cell_meeting")
    assert Owner.objects.get(duty=duty).role == "cell_secretary"
    office = Owner.objects.get(duty__term__code="obligation.evaluation_plan", unit=land.school)
    assert office.role == "office"
    assert last_entry().payload.sentence.startswith("Mở việc định kỳ")


def test_a_unit_that_comes_later_gets_what_is_still_due(world: World) -> None:
    day = date(2026, 11, 20)
    open_due(day)
    fresh = units.found(
        actor=boss(), name="Chi bộ thôn Năm", kind="village_cell", parent=world.land.lim, on=date(2026, 11, 21)
    )
    assert open_due(date(2026, 11, 22)) > 0
    assert Term.objects.filter(unit=fresh, code="obligation.cell_meeting").count() == 1


def test_nothing_is_opened_that_is_already_past(world: World) -> None:
    assert all(falling.due >= date(2026, 12, 1) for falling in due_soon(date(2026, 12, 1)))
    open_due(date(2026, 12, 1))
    assert not Term.objects.filter(period=date(2026, 11, 1), code="obligation.cell_meeting").exists()


def test_a_recorded_meeting_shows_that_the_cell_met(world: World) -> None:
    day = date(2026, 11, 10)
    open_due(day)
    meetings.record(actor=boss(), unit=world.land.one, sheet=Sheet("regular", date(2026, 11, 3), time(19), time(21)))
    assert meet(day) == 1
    assert meet(day) == 0
    states = dict(Term.objects.filter(code="obligation.cell_meeting").values_list("unit", "duty__state"))
    assert states[world.land.one.pk] == "done"
    assert states[world.land.two.pk] == "open"


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def month(world: World) -> date:
    """Everything of this month is open."""
    open_due(today())
    return today().replace(day=1)


def test_the_month_shows_what_is_owed_with_numbers_that_open_rows(world: World, month: date) -> None:
    land = world.land
    path = f"/duties/year/?unit={land.lim.pk}&month={month:%Y-%m}"
    page = world.browser("ha").get(path).content.decode()
    assert "Họp chi bộ thường kỳ" in page
    assert "0/4" in page
    listed = world.browser("ha").get(
        f"/duties/year/units/?unit={land.lim.pk}&month={month:%Y-%m}&code=obligation.cell_meeting"
    )
    assert "4 việc phù hợp" in listed.content.decode()
    assert "Chi bộ thôn Chè" not in listed.content.decode()
    assert "chưa mở" in world.browser("ha").get(f"/duties/year/?month={month.year + 1}-12").content.decode()
    own = world.browser("thuy").get("/duties/year/").content.decode()
    assert "0/1" in own
    assert "Đặt việc định kỳ" not in own.replace("“Đặt việc định kỳ”", "")
    assert world.browser("an").get("/duties/year/").status_code == 403
    assert world.browser("khoa").get(path).status_code == 404


def test_a_secretary_says_that_it_is_done_and_takes_it_back(world: World, month: date) -> None:
    duty = Duty.objects.get(term__code="obligation.sympathisers", term__unit=world.land.one)
    thuy, path = world.browser("thuy"), f"/duties/{duty.pk}/"
    assert "Ghi là đã xong" in thuy.get(path).content.decode()
    tomorrow = today() + timedelta(days=1)
    answer = thuy.post(f"{path}finish/", {"on": f"{tomorrow:%d/%m/%Y}", "note": "12-BC/CB"})
    assert answer.status_code == 422
    assert "Chưa thể ghi là xong cho một ngày chưa tới." in answer.content.decode()
    assert 'value="12-BC/CB"' in answer.content.decode()
    answer = thuy.post(f"{path}finish/", {"on": f"{today():%d/%m/%Y}", "note": "12-BC/CB"})
    assert answer.headers["Location"] == path
    duty.refresh_from_db()
    assert (duty.state, duty.closed_on, duty.note) == ("done", today(), "12-BC/CB")
    assert last_entry().payload.sentence.startswith("Ghi là xong ngày")
    assert "12-BC/CB" in thuy.get(path).content.decode()
    assert thuy.post(f"{path}finish/", {"on": f"{today():%d/%m/%Y}"}).status_code == 422
    assert thuy.post(f"{path}reopen/", {"reason": ""}).status_code == 422
    thuy.post(f"{path}reopen/", {"reason": "ghi nhầm chi bộ"})
    duty.refresh_from_db()
    assert (duty.state, duty.closed_on, duty.note) == ("open", None, None)


def test_nobody_finishes_what_another_unit_or_level_owes(world: World, month: date) -> None:
    duty = Duty.objects.get(term__code="obligation.dues", term__unit=world.land.far_cell)
    assert world.browser("thuy").post(f"/duties/{duty.pk}/finish/", {"on": "1/1/2026"}).status_code == 404
    assert world.browser("an").post(f"/duties/{duty.pk}/finish/", {"on": "1/1/2026"}).status_code == 404
    above = Duty.objects.filter(kind="duties.obligation", owners__unit=world.land.lim).first()
    assert above is not None
    with pytest.raises(NotFound):
        duties.finish(actor=world.actor("binh", today()), duty=above, on=today())


# --- a committee's own ------------------------------------------------------------------------------------------------

OWN = {
    "label": "Báo cáo nắm tình hình địa bàn", "seat": "cell", "months": [3, 12], "day": "20", "shift": "before",
    "decision": "15-QĐ/ĐU",
}  # fmt: skip


def test_a_committee_sets_its_own_and_its_cells_owe_it(world: World) -> None:
    ha, on = world.browser("ha"), today()
    answer = ha.post(f"/duties/year/add/?unit={world.land.lim.pk}", {**OWN, "on": f"{on:%d/%m/%Y}"})
    assert answer.status_code == 302
    row = Obligation.objects.get()
    assert (row.months, row.day, row.unit) == ([3, 12], 20, world.land.lim)
    page = ha.get(f"/duties/year/?unit={world.land.lim.pk}&month={on.year + 1}-03").content.decode()
    assert "Báo cáo nắm tình hình địa bàn" in page
    assert "15-QĐ/ĐU" in page
    assert "Báo cáo nắm" in world.browser("thuy").get(f"/duties/year/?month={on.year + 1}-03").content.decode()
    assert "Báo cáo nắm" not in world.browser("khoa").get(f"/duties/year/?month={on.year + 1}-03").content.decode()


def own(world: World, **more: Any) -> Obligation:
    given: dict[str, Any] = {
        "label": "Báo cáo nắm tình hình", "seat": "cell", "months": [11], "day": 30, "decision": "15-QĐ/ĐU",
        "on": date(2026, 11, 1), **more,
    }  # fmt: skip
    return actions.set_obligation(actor=world.actor("ha"), unit=world.land.lim, **given)


def test_only_the_units_below_owe_it_until_it_ends(world: World) -> None:
    row, day = own(world), date(2026, 11, 22)
    open_due(day)
    terms = Term.objects.filter(code=row.code)
    assert world.land.far_cell.pk not in terms.values_list("unit", flat=True)
    assert terms.count() == 4
    some = terms.get(unit=world.land.one).duty
    duties.finish(actor=world.actor("thuy"), duty=some, on=day)
    actions.end_obligation(actor=world.actor("ha"), obligation=row, on=day, reason="cấp trên bãi bỏ")
    assert sorted(terms.values_list("duty__state", flat=True)) == ["done", "withdrawn", "withdrawn", "withdrawn"]
    assert open_due(day) == 0
    again = Obligation.objects.unvoided().get()
    with refused("ended"):
        actions.end_obligation(actor=world.actor("ha"), obligation=again, on=day, reason="lần nữa")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"label": " "}, "label"), ({"seat": "moon"}, "seat"), ({"months": []}, "months"), ({"months": [13]}, "months"),
        ({"day": 32}, "day"), ({"decision": ""}, "decision"), ({"shift": "x"}, "shift"),
    ],
)  # fmt: skip
def test_an_obligation_without_sense_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    with refused(code):
        own(world, **given)


def test_the_same_twice_and_without_the_right_are_refused(world: World) -> None:
    own(world)
    with refused("same"):
        own(world)
    with pytest.raises(Forbidden):
        actions.set_obligation(
            actor=world.actor("thuy"), unit=world.land.one, label="Việc", seat="cell", months=[1], day=1,
            decision="1", on=TODAY,
        )  # fmt: skip
    answer = world.browser("ha").post(f"/duties/year/add/?unit={world.land.lim.pk}", {**OWN, "months": [], "on": "x"})
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một tháng." in answer.content.decode()
    assert 'value="Báo cáo nắm tình hình địa bàn"' in answer.content.decode()
