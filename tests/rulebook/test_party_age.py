"""Party age; the worked examples of the field."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.kernel.days import FAR, back_years
from hatnhan.kernel.known import Known
from hatnhan.rulebook.party_age import completed_years, next_mark, party_age, reached_on, shifted_base

DECIDED, FULL = date(2024, 9, 25), date(2025, 10, 10)
FIRST, OUT, BACK = date(1994, 3, 1), date(2000, 1, 1), date(2004, 1, 1)

days = st.dates(date(1930, 1, 1), date(2060, 12, 31))
gaps = st.lists(st.tuples(days, days), max_size=5)


@pytest.mark.parametrize(
    ("on", "years", "counts"),
    [
        (date(2025, 9, 25), 1, False),
        (date(2025, 10, 9), 1, False),
        (date(2025, 10, 10), 1, True),
        (date(2025, 12, 5), 1, True),
        (date(2054, 9, 24), 29, True),
        (date(2054, 9, 25), 30, True),
    ],
)
def test_party_age_runs_from_the_decision_and_counts_once_full(on: date, years: int, counts: bool) -> None:
    age = party_age(DECIDED, [], on, FULL)
    assert (age.years, age.counts, age.provisional, age.shifted_base) == (years, counts, False, DECIDED)


def test_the_thirty_years_of_a_badge_fall_due_on_the_day_of_the_decision() -> None:
    assert reached_on(DECIDED, 30) == date(2054, 9, 25)
    assert next_mark(party_age(DECIDED, [], date(2026, 1, 1), FULL), [40, 30]) == (30, date(2054, 9, 25))
    assert next_mark(party_age(DECIDED, [], date(2130, 1, 1), FULL), [30, 90]) is None


@pytest.mark.parametrize(("on", "years"), [(date(2028, 2, 29), 29), (date(2028, 3, 1), 30)])
def test_time_struck_off_pushes_the_base_forward_by_its_days(on: date, years: int) -> None:
    age = party_age(FIRST, [(OUT, BACK)], on, date(2005, 1, 1))
    assert age.shifted_base == date(1998, 3, 1)
    assert age.years == years


def test_gaps_that_overlap_or_touch_are_taken_out_once() -> None:
    assert shifted_base(FIRST, [(OUT, date(2003, 1, 1)), (date(2001, 1, 1), BACK), (OUT, BACK)], BACK) == date(
        1998, 3, 1
    )


def test_party_age_stands_still_while_a_gap_is_open() -> None:
    later = [party_age(FIRST, [(OUT, FAR)], date(year, 3, 2), FIRST).years for year in (2000, 2010, 2026)]
    assert later == [5, 5, 5]


def test_a_gap_before_the_base_or_after_the_day_changes_nothing() -> None:
    assert shifted_base(FIRST, [(date(1980, 1, 1), date(1990, 1, 1)), (date(2010, 1, 1), FAR)], OUT) == FIRST


def test_a_base_known_only_to_the_year_gives_no_year_too_early_and_is_provisional() -> None:
    assert party_age(Known("1994"), [], date(2024, 12, 30), FIRST).years == 29
    age = party_age(Known("1994"), [], date(2024, 12, 31), FIRST)
    assert (age.years, age.provisional) == (30, True)
    assert not party_age(Known("1994-03-01"), [], OUT, FIRST).provisional


def test_a_ceremony_standing_in_for_the_decision_makes_it_provisional() -> None:
    assert party_age(DECIDED, [], FULL, FULL, decision_known=False).provisional


def test_before_the_decision_there_are_no_years_and_without_full_membership_nothing_counts() -> None:
    age = party_age(DECIDED, [], date(2020, 1, 1), None)
    assert (age.years, age.counts) == (0, False)


@given(days, days, st.integers(1, 95))
def test_completed_years_agree_with_the_days_that_figures_compare(base: date, on: date, years: int) -> None:
    assert (completed_years(base, on) >= years) == (base <= back_years(on, years))


@given(days, st.integers(1, 95))
def test_years_are_reached_on_the_day_named_and_not_before(base: date, years: int) -> None:
    day = reached_on(base, years)
    assert completed_years(base, day) == years
    assert completed_years(base, day - timedelta(days=1)) == years - 1


@given(days, gaps, days)
def test_gaps_never_add_years_and_never_take_more_than_the_time_passed(
    base: date, gaps: list[tuple[date, date]], on: date
) -> None:
    with_gaps, without = party_age(base, gaps, on, None), party_age(base, [], on, None)
    assert with_gaps.years <= without.years
    assert base <= with_gaps.shifted_base <= max(base, on)


@given(days, gaps, days, st.integers(0, 400))
def test_party_age_never_falls_as_time_passes(base: date, gaps: list[tuple[date, date]], on: date, step: int) -> None:
    later = on + timedelta(days=step)
    assert party_age(base, gaps, later, None).years >= party_age(base, gaps, on, None).years
