"""Dates as known: what is read, what is refused, how they are ordered and stored."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.kernel.known import BadDate, Known, KnownField, KnownInput, parse_known

UNHURRIED = settings(deadline=None, derandomize=True, database=None)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("3/5/1957", "1957-05-03"),
        ("03-05-1957", "1957-05-03"),
        ("3.5.1957", "1957-05-03"),
        ("3 - 5 - 1957", "1957-05-03"),
        ("1957-05-03", "1957-05-03"),
        ("1957-05-03 00:00:00", "1957-05-03"),
        ("3/5/1957 12:00:00 AM", "1957-05-03"),
        ("ngày 3 tháng 5 năm 1957", "1957-05-03"),
        ("Sinh ngày 3/5/1957.", "1957-05-03"),
        ("3/V/1957", "1957-05-03"),
        ("03051957", "1957-05-03"),
        ("5/1957", "1957-05"),
        ("05-1957", "1957-05"),
        ("1957-05", "1957-05"),
        ("tháng 5 năm 1957", "1957-05"),
        ("00/05/1957", "1957-05"),
        ("…/5/1957", "1957-05"),
        ("1957", "1957"),
        ("năm 1957", "1957"),
        ("00/00/1957", "1957"),
        (1957, "1957"),
        (1957.0, "1957"),
        (20941, "1957-05-01"),
        (20941.75, "1957-05-01"),
        (5.1957, "1957-05"),
        (date(1957, 5, 3), "1957-05-03"),
        (datetime(1957, 5, 3, 0, 0), "1957-05-03"),  # noqa: DTZ001
    ],
)
def test_dates_are_read_as_people_give_them(typed: object, iso: str) -> None:
    assert parse_known(typed).iso == iso


@pytest.mark.parametrize(
    "typed",
    [
        "", "nay", "x", "31/02/1990", "29/2/2001", "5/13/1957", "1/1/20225", "20225", "5/--/1957", "0", "1/1/1849",
        "3/2/1990; 3/2/1991", "1957 1958 1959", 0, -5, True, None, float("nan"), 1e300, 9_999_999, [],
        date(9999, 1, 1), date(1, 1, 1),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(typed: object) -> None:
    with pytest.raises(BadDate) as refusal:
        parse_known(typed)
    assert str(refusal.value).endswith(".")


def test_old_macs_count_days_from_another_year() -> None:
    assert parse_known(19480, epoch=1904).iso == parse_known(20942, epoch=1900).iso == "1957-05-02"


def test_a_year_of_two_digits_is_taken_only_where_one_century_is_left() -> None:
    assert parse_known("3/5/57", latest=TODAY).iso == "1957-05-03"
    with pytest.raises(BadDate, match="1925 hoặc 2025"):
        parse_known("3/5/25", latest=TODAY)
    assert parse_known("3/5/25", earliest=date(1930, 2, 3), latest=TODAY).iso == "2025-05-03"


def test_dates_outside_the_limits_are_refused() -> None:
    with pytest.raises(BadDate, match="22/11/2026"):
        parse_known("23/11/2026", latest=TODAY)
    with pytest.raises(BadDate, match="3/2/1930"):
        parse_known("2/2/1930", earliest=date(1930, 2, 3))
    assert parse_known("2026", latest=TODAY).iso == "2026"


@pytest.mark.parametrize(
    ("iso", "precision", "earliest", "latest", "shown"),
    [
        ("1957", "year", date(1957, 1, 1), date(1957, 12, 31), "1957"),
        ("1956-02", "month", date(1956, 2, 1), date(1956, 2, 29), "2/1956"),
        ("1957-12", "month", date(1957, 12, 1), date(1957, 12, 31), "12/1957"),
        ("1957-05-03", "day", date(1957, 5, 3), date(1957, 5, 3), "3/5/1957"),
    ],
)
def test_a_date_knows_how_much_of_it_is_known(
    iso: str, precision: str, earliest: date, latest: date, shown: str
) -> None:
    known = Known(iso)
    assert (known.precision, known.earliest, known.latest, str(known)) == (precision, earliest, latest, shown)


@pytest.mark.parametrize("text", ["", "57", "1957-13", "1957-5-3", "0000", "20225", "1957-05-03x", "1957-02-3"])
def test_other_texts_are_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        Known(text)


def test_a_day_that_is_in_no_calendar_is_no_date() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        Known("1957-02-30")


def test_years_are_completed_on_the_day() -> None:
    assert Known("1957-05-03").years_on(date(2026, 5, 2)) == 68
    assert Known("1957-05-03").years_on(date(2026, 5, 3)) == 69
    assert Known("1957").years_on(date(2026, 1, 1)) == 69
    assert Known("1956-02-29").years_on(date(2026, 2, 28)) == 69


def test_a_vaguer_date_agrees_with_what_it_leaves_open() -> None:
    assert Known("1957").agrees(Known("1957-05-03"))
    assert Known("1957-05-03").agrees(Known("1957-05"))
    assert not Known("1957-05").agrees(Known("1957-06-03"))


known_dates = st.dates(date(1850, 1, 1), date(2100, 12, 31)).flatmap(
    lambda day: st.sampled_from([Known(day.isoformat()[:length]) for length in (4, 7, 10)])
)


@UNHURRIED
@given(known_dates)
def test_what_is_shown_is_read_back(known: Known) -> None:
    assert parse_known(str(known)) == parse_known(known.iso) == known


@UNHURRIED
@given(known_dates, known_dates)
def test_the_order_is_that_of_the_stored_text(one: Known, other: Known) -> None:
    assert (one < other) == (one.iso < other.iso)
    assert one.earliest <= one.latest
    if one < other:
        assert one.earliest <= other.earliest


@UNHURRIED
@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.binary(max_size=4)))
def test_anything_is_either_a_date_or_refused(typed: object) -> None:
    try:
        assert isinstance(parse_known(typed), Known)
    except BadDate:
        return


def test_the_field_stores_iso_text_that_is_compared_byte_by_byte() -> None:
    field = KnownField(null=True)
    assert field.get_prep_value(Known("1957-05")) == "1957-05"
    assert field.get_prep_value(None) is None
    assert field.from_db_value("1957-05", None, connection) == Known("1957-05")
    assert field.from_db_value(None, None, connection) is None
    expected = "C" if connection.vendor == "postgresql" else None
    assert field.db_parameters(connection)["collation"] == expected


def test_the_field_refuses_what_is_no_stored_date() -> None:
    with pytest.raises(ValidationError):
        KnownField().clean("hôm qua", None)
    assert KnownField(null=True, blank=True).clean(None, None) is None


def test_a_form_reads_what_people_type() -> None:
    field = KnownField(blank=True).formfield()
    assert isinstance(field, KnownInput)
    assert field.clean(" 3/5/1957 ") == Known("1957-05-03")
    assert field.clean("") is None
    with pytest.raises(ValidationError, match="31/02/1990"):
        field.clean("31/02/1990")
