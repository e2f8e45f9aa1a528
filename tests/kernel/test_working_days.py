"""Counting in working days: weekends, days off, weekend days at work, years of which nothing is known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.kernel.working_days import Calendar, add, between, is_working

CALENDAR = Calendar(
    off=frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 9, 1), date(2026, 9, 2)}),
    worked=frozenset({date(2026, 1, 10)}),
    known=frozenset({2026}),
    unsure=frozenset({date(2026, 11, 24)}),
)
DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("event", "n", "expected"),
    [
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # a Friday: day 1 is Monday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # a Saturday
        (date(2025, 12, 31), 1, date(2026, 1, 5)),  # over the New Year and an exchanged day
        (date(2026, 1, 9), 1, date(2026, 1, 10)),  # a Saturday at work
        (date(2026, 8, 31), 2, date(2026, 9, 4)),
    ],
)
def test_day_one_is_the_next_working_day_after_the_event(event: date, n: int, expected: date) -> None:
    assert add(event, n, CALENDAR) == expected


@given(DAYS, st.integers(1, 60))
def test_what_is_added_lies_between(event: date, n: int) -> None:
    due = add(event, n, CALENDAR)
    assert is_working(due, CALENDAR)
    assert between(event, due, CALENDAR) == n
    assert between(due, event, CALENDAR) == -n
    assert add(event, n - 1, CALENDAR) < due


@given(DAYS)
def test_without_days_off_five_days_are_a_week(day: date) -> None:
    assert between(day, day + timedelta(days=7), Calendar()) == 5


def test_backwards_and_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add(date(2026, 1, 1), -1, CALENDAR)
    never = Calendar(off=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(4000)))
    with pytest.raises(ValueError, match="no 1 working days"):
        add(date(2026, 1, 1), 1, never)


def test_a_calendar_says_what_it_does_not_know() -> None:
    assert CALENDAR.doubts(date(2026, 12, 20), date(2027, 1, 10)).years == (2027,)
    assert CALENDAR.doubts(date(2026, 11, 20), date(2026, 11, 24)).days == (date(2026, 11, 24),)
    assert not CALENDAR.doubts(date(2026, 11, 24), date(2026, 12, 24))
