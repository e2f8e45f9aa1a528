"""What is due, by the rules of the month: the worked examples of the handbook, and the corners around them."""

from datetime import date
from typing import Any

import pytest

from hatnhan import rulebook
from hatnhan.dues.in_letters import in_letters
from hatnhan.dues.rules import Facts, base_day, due, first_open, in_words, month_blockers, rounded

MAY, DECEMBER = date(2026, 5, 1), date(2025, 12, 1)


def amount(month: date, **facts: Any) -> int | None:
    return due(Facts(**facts), rulebook.at(month), month).amount


@pytest.mark.parametrize(
    ("month", "facts", "expected"),
    [
        (MAY, {"kind": "insured", "base": 8_000_000}, 80_000),  # example 21: the wage of April
        (MAY, {"kind": "uninsured_retired"}, 7_400),  # example 23: region IV, 3,700,000 × 0.2 %
        (MAY, {"kind": "insured", "base": 9_000_000, "party_base": date(1974, 5, 1)}, 0),  # example 25: 52 years
        (MAY, {"kind": "pensioner", "base": 6_150_000}, 30_750),
        (MAY, {"kind": "pensioner_working", "base": 5_000_000, "second": 3_000_000}, 40_000),
        (MAY, {"kind": "benefit", "base": 4_000_000}, 40_000),
        (MAY, {"kind": "uninsured"}, 11_100),
        (date(2028, 1, 1), {"kind": "uninsured"}, 18_500),
        (date(2028, 1, 1), {"kind": "uninsured_retired"}, 11_100),
        (MAY, {"kind": "student"}, 5_000),
        (DECEMBER, {"kind": "student"}, 3_000),
        (DECEMBER, {"kind": "uninsured", "base": 4_000}, 4_000),
        (DECEMBER, {"kind": "pensioner", "base": 6_150_000}, 30_750),
        (DECEMBER, {"kind": "insured", "base": 9_000_000, "party_base": date(1970, 1, 1)}, 90_000),
        (MAY, {"kind": "insured", "base": 8_000_000, "exempt": "household"}, 0),
        (MAY, {"kind": "insured"}, None),
        (MAY, {}, None),
        (MAY, {"kind": "insured", "base": 8_000_000, "where": "there"}, 0),
    ],
)
def test_what_is_due(month: date, facts: dict[str, Any], expected: int | None) -> None:
    assert amount(month, **facts) == expected


@pytest.mark.parametrize(("base", "years"), [(date(1976, 5, 1), True), (date(1976, 5, 2), False)])
def test_fifty_years_exempt_from_the_first_month_that_begins_with_them(base: date, years: bool) -> None:
    found = due(Facts("insured", 8_000_000, party_base=base), rulebook.at(MAY), MAY)
    assert (found.exempt == "party_age") is years
    assert not years or "50 năm tuổi đảng" in found.words


def test_a_probationary_member_has_no_party_age_yet() -> None:
    assert amount(MAY, kind="student", party_base=date(1960, 1, 1), full=False) == 5_000


def test_the_income_is_that_of_the_month_before_since_the_new_rule() -> None:
    assert base_day(MAY, rulebook.at(MAY)) == date(2026, 4, 1)
    assert base_day(date(2027, 1, 1), rulebook.at(date(2027, 1, 1))) == date(2026, 12, 1)
    assert base_day(DECEMBER, rulebook.at(DECEMBER)) == DECEMBER


@pytest.mark.parametrize(
    ("month", "code"),
    [(date(2011, 3, 1), "month"), (date(2026, 5, 2), "month"), (date(2027, 12, 1), "ahead"), (date(2027, 11, 1), None)],
)
def test_months_that_cannot_be(month: date, code: str | None) -> None:
    found = month_blockers(month, date(2026, 11, 22), rulebook.at(date(2026, 11, 1)))
    assert [one.code for one in found] == ([code] if code else [])
    assert all(one.source for one in found if month == date(2027, 12, 1))


def test_halves_are_rounded_up_to_the_step() -> None:
    assert (rounded(15, 10, 1), rounded(14, 10, 1), rounded(1_499, 1, 1000), rounded(1_500, 1, 1000)) == (
        2,
        1,
        1000,
        2000,
    )


def test_a_payment_stands_in_the_first_book_that_is_open() -> None:
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert first_open(None, date(2026, 10, 9)) == october
    assert first_open(october, date(2026, 10, 9)) == november
    assert first_open(date(2026, 12, 1), date(2026, 12, 9)) == date(2027, 1, 1)


def test_months_are_said_as_people_say_them() -> None:
    assert in_words([date(2026, n, 1) for n in (1, 2, 3, 5)]) == "1–3, 5/2026"
    assert in_words([date(2026, 12, 1), date(2027, 1, 1)]) == "12/2026; 1/2027"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"), (15, "mười lăm"), (21, "hai mươi mốt"), (105, "một trăm lẻ năm"),
        (79_500, "bảy mươi chín nghìn năm trăm"), (1_005_000, "một triệu không trăm lẻ năm nghìn"),
        (20_000_000, "hai mươi triệu"), (1_000_010, "một triệu không trăm mười"),
    ],
)  # fmt: skip
def test_amounts_in_letters(number: int, words: str) -> None:
    assert in_letters(number) == words
