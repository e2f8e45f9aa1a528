"""Votes needed; the worked examples of the field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan import rulebook
from hatnhan.rulebook.votes import MAJORITIES, Roll, required_votes


@pytest.mark.parametrize(
    ("roll", "base", "votes"),
    [
        (Roll(14, away=1, exempt=1), 12, 8),
        (Roll(9), 9, 6),
        (Roll(15, barred=2), 13, 9),
    ],
)
def test_two_thirds_are_taken_of_those_who_count(roll: Roll, base: int, votes: int) -> None:
    assert roll.base == base
    assert required_votes(roll.base, "two_thirds") == votes


@pytest.mark.parametrize(("base", "votes"), [(1, 1), (2, 2), (3, 2), (12, 7), (13, 7)])
def test_a_majority_is_more_than_half(base: int, votes: int) -> None:
    assert required_votes(base, "majority") == votes


@given(st.integers(1, 10_000))
def test_the_number_needed_is_the_smallest_that_suffices(base: int) -> None:
    two_thirds, majority = required_votes(base, "two_thirds"), required_votes(base, "majority")
    assert 3 * (two_thirds - 1) < 2 * base <= 3 * two_thirds
    assert 2 * (majority - 1) <= base < 2 * majority
    assert two_thirds <= base
    assert majority <= base


def test_nonsense_is_refused() -> None:
    for base, rule in ((0, "majority"), (5, "unanimous")):
        with pytest.raises(ValueError, match=str(base) if base == 0 else rule):
            required_votes(base, rule)
    with pytest.raises(ValueError, match="Roll"):
        _ = Roll(3, away=4).base


def test_the_rulebook_speaks_the_words_that_votes_understand() -> None:
    for key, rule in rulebook.at(rulebook.history("vote.ordinary")[-1].window.start).under("vote").items():
        assert not isinstance(rule.value, str) or rule.value in MAJORITIES, key
