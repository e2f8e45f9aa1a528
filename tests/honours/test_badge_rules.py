"""Rules of badges: the worked examples of the field, batches, numbers, gift money, what a death allows."""

from datetime import date
from itertools import pairwise

import pytest

from hatnhan import rulebook
from hatnhan.honours.badges import rules
from hatnhan.honours.badges.rules import Facts
from hatnhan.rulebook.party_age import shifted_base

D = date
NOW = D(2026, 11, 22)
BOOK = rulebook.at(NOW)


def codes(level: int, kind: str, facts: Facts, on: date = NOW) -> list[str]:
    return [one.reason.code for one in rules.objections(level, kind, facts, on, rulebook.at(on))]


def test_thirty_years_from_the_decision_fall_into_the_september_batch() -> None:
    due = rules.due_on(D(2024, 9, 25), 30)
    batch = rules.batch_of(due, BOOK)
    assert (due, batch and batch.day, batch and batch.first) == (D(2054, 9, 25), D(2054, 9, 2), D(2054, 6, 1))


def test_a_gap_of_1461_days_moves_thirty_years_to_2028() -> None:
    base = shifted_base(D(1994, 3, 1), [(D(2000, 1, 1), D(2004, 1, 1))], NOW)
    assert (base, rules.due_on(base, 30)) == (D(1998, 3, 1), D(2028, 3, 1))


def test_the_seriously_ill_may_get_seventy_years_two_years_early() -> None:
    ill = Facts(base=D(1958, 9, 22), evidence=True)  # 68 years and two months
    assert codes(70, "early", ill) == []
    assert codes(70, "early", Facts(base=D(1958, 9, 22))) == ["evidence"]
    assert codes(65, "early", Facts(base=D(1963, 11, 22), evidence=True)) == ["early"]  # sixty-three: two years early


def test_whoever_died_a_month_before_seventy_four_years_gets_no_seventy_five() -> None:
    died = D(2025, 10, 1)
    assert codes(75, "posthumous", Facts(base=D(1951, 11, 1), died=died), D(2025, 10, 5)) == ["posthumous"]
    assert codes(75, "posthumous", Facts(base=D(1951, 10, 1), died=died), D(2025, 10, 5)) == []


def test_a_death_before_the_rule_allows_nothing_early() -> None:
    died = D(2021, 7, 29)
    facts = Facts(base=D(1982, 1, 1), died=died)
    assert codes(40, "posthumous", facts, died) == ["no_rule"]
    assert rules.after_death(D(1982, 1, 1), died, [30], rulebook.at(died)) is None
    assert rules.after_death(D(1982, 1, 1), D(2021, 7, 30), [30], rulebook.at(D(2021, 7, 30))) == 40


def test_a_reprimand_makes_forty_years_wait_for_the_november_batch() -> None:
    until = rules.waits_until("reprimand", D(2026, 5, 1), rulebook.at(D(2026, 5, 1)))
    assert until == D(2026, 11, 1)
    batch = rules.batch_of(max(D(2026, 8, 20), until), BOOK)
    assert batch is not None
    assert batch.day == D(2026, 11, 7)


@pytest.mark.parametrize(("kind", "months"), [("reprimand", D(2022, 6, 1)), ("warning", D(2022, 9, 1)),
                                              ("removal", D(2022, 12, 1))])  # fmt: skip
def test_waits_are_six_nine_and_twelve_months_since_july_2021(kind: str, months: date) -> None:
    assert rules.waits_until(kind, D(2021, 12, 1), rulebook.at(D(2021, 12, 1))) == months
    assert rules.waits_until(kind, D(2021, 7, 29), rulebook.at(D(2021, 7, 29))) is None


def test_the_four_batches_leave_no_day_of_a_year_out() -> None:
    found = rules.batches(2027, BOOK)
    assert [one.day for one in found] == [D(2027, 2, 3), D(2027, 5, 19), D(2027, 9, 2), D(2027, 11, 7)]
    assert found[0].first == D(2026, 12, 1)
    assert found[-1].last == D(2027, 12, 1)
    assert all(one.last == other.first for one, other in pairwise(found))


def test_a_level_that_there_is_none_of_is_refused_with_those_that_there_are() -> None:
    (one,) = rules.objections(35, "ordinary", Facts(base=D(1990, 1, 1)), NOW, BOOK)
    assert "30, 40, 45" in one.reason.message
    assert one.refuses


@pytest.mark.parametrize(
    ("facts", "kind", "found"),
    [
        (Facts(base=None), "ordinary", ["base"]),
        (Facts(base=D(1986, 12, 10), full=False), "ordinary", ["standing"]),
        (Facts(base=D(1986, 12, 10), held=frozenset({40})), "ordinary", ["held"]),
        (Facts(base=D(1986, 12, 10)), "ordinary", []),
        (Facts(base=D(1990, 1, 1)), "ordinary", ["too_soon"]),
        (Facts(base=D(1985, 1, 1)), "ordinary", ["late"]),
        (Facts(base=D(1985, 1, 1)), "late", ["explanation"]),
        (Facts(base=D(1985, 1, 1), explained=True), "late", []),
        (Facts(base=D(1986, 12, 10), postponed=D(2027, 1, 1)), "ordinary", ["postponed"]),
        (Facts(base=D(1986, 12, 10)), "reissue", ["never_held"]),
        (Facts(base=D(1986, 12, 10)), "posthumous", ["alive"]),
    ],
)
def test_what_stands_in_the_way_of_forty_years(facts: Facts, kind: str, found: list[str]) -> None:
    assert codes(40, kind, facts) == found


@pytest.mark.parametrize(
    ("level", "serial", "written"),
    [(30, 1, "NB 00000001"), (45, 12, "NB E0000012"), (55, 7, "NB D000007"), (60, 1, "NB 00001"), (65, 3, "NB C00003"),
     (75, 9, "NB B0009"), (80, 999, "NB 999"), (85, 2, "NB A002"), (90, 99, "NB 99")],
)  # fmt: skip
def test_a_number_is_written_by_its_type_and_read_again(level: int, serial: int, written: str) -> None:
    assert rules.number("NB", level, serial, BOOK) == written
    assert rules.serial_of(written, level, BOOK) == ("NB", serial)
    assert [other for other in (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
            if rules.serial_of(written, other, BOOK)] == [level]  # fmt: skip


def test_a_series_ends() -> None:
    with pytest.raises(ValueError, match="90"):
        rules.number("NB", 90, 100, BOOK)
    assert rules.serial_of("NB 00000", 60, BOOK) is None


def test_gift_money_follows_both_dated_tables_and_says_when_one_has_nothing() -> None:
    assert rules.gift(30, rulebook.at(D(2025, 2, 3))).amount == 3_510_000
    assert rules.gift(30, rulebook.at(D(2025, 2, 3))).sure
    assert rules.gift(30, rulebook.at(D(2023, 2, 3))).amount == 2_235_000
    assert rules.gift(80, rulebook.at(D(2025, 2, 3))).amount == 35_100_000
    assert not rules.gift(30, BOOK).sure  # the base salary of July 2026 was not checked
    assert rules.gift(45, BOOK).amount is None
    assert rules.gift(30, rulebook.at(D(2010, 1, 1))).amount is None
