"""Vietnamese text: spelling, search key, order, numbers."""

import random
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.kernel.vietnamese import (
    initials,
    name_case,
    nfc,
    num,
    number,
    pct,
    plain,
    search_terms,
    sort_key,
)

UNHURRIED = settings(deadline=None, derandomize=True, database=None)

IN_ORDER = [
    "An", "Lê An", "Lê Bá An", "Trần Bá An", "Lê Văn An", "Trần Anh", "Lê Ân", "Vũ Ba", "Vũ Bà", "Vũ Bả", "Vũ Bã",
    "Vũ Bá", "Vũ Bạ", "Vũ Bai", "Vũ Dung", "Vũ Dũng", "Vũ Đa", "Vũ Em", "Vũ Êm", "Vũ Oanh", "Vũ Ôn", "Vũ Ơn", "Vũ Út",
    "Vũ Ước", "Vũ Yến",
]  # fmt: skip


def test_text_is_composed_trimmed_and_freed_of_what_cannot_be_seen() -> None:
    assert nfc(unicodedata.normalize("NFD", "  Nguyễn\u00a0\u00a0Văn\u200b An\ufeff ")) == "Nguyễn Văn An"


def test_the_letter_eth_is_taken_for_the_letter_it_is_used_for() -> None:
    assert nfc("\u00d0ỗ \u00d0ức") == "Đỗ Đức"


def test_line_breaks_stay_only_when_asked_for() -> None:
    assert nfc("Nam,\r\n  Kinh\n\n", lines=True) == "Nam,\nKinh"
    assert nfc("Nam,\r\n  Kinh\n\n") == "Nam, Kinh"


def test_a_null_character_never_reaches_a_database() -> None:
    assert nfc("An\x00h") == "Anh"


@pytest.mark.parametrize(
    ("text", "key"),
    [("ĐẶNG  Thị Đào", "dang thi dao"), ("H'Hen Niê", "hhen nie"), ("Thôn 3/2 – Bờ Tre", "thon 3 2 bo tre"), ("…", "")],
)
def test_the_search_key_has_only_plain_letters_digits_and_spaces(text: str, key: str) -> None:
    assert plain(text) == key


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("nguyễn văn an", "Nguyễn Văn An"),
        ("Nguyễn thị Hoa", "Nguyễn thị Hoa"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("TÔN-NỮ LAN", "Tôn-Nữ Lan"),
        ("  LÊ   A ", "Lê A"),
    ],
)
def test_names_in_capitals_are_written_as_names(typed: str, written: str) -> None:
    assert name_case(typed) == written


def test_words_from_fonts_without_marked_capitals_get_theirs() -> None:
    assert name_case("Lê Thị ánh", every_word=True) == "Lê Thị Ánh"


def test_people_are_sorted_by_given_name_then_middle_then_family_in_vietnamese_order() -> None:
    mixed = IN_ORDER[:]
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == IN_ORDER


@UNHURRIED
@given(st.text())
def test_every_sort_key_sorts_alike_in_every_database(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@UNHURRIED
@given(st.text())
def test_keys_do_not_depend_on_how_letters_are_composed(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert plain(decomposed) == plain(text)
    assert nfc(nfc(text)) == nfc(text) == nfc(decomposed)


def test_initials_have_no_marks() -> None:
    assert initials("Đỗ Thị Ánh") == "dta"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("an nguyen 1957", True),
        ("nva", True),
        ("ngu an", True),
        ("an 1958", False),
        ("an an", False),
        ("binh", False),
        ("", False),
        ("123456", False),
    ],
)
def test_people_are_found_by_words_in_any_order_initials_and_birth_year(asked: str, found: bool) -> None:
    assert search_terms(asked).matches("Nguyễn Văn An", 1957) is found


def test_a_query_is_split_into_words_year_and_digits() -> None:
    terms = search_terms("  An  NGUYỄN 1957 489")
    assert (terms.words, terms.year, terms.digits, terms.initials) == (("an", "nguyen"), 1957, "489", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.654", "3654"),
        ("79,27", "79.27"),
        ("1.234.567,5", "1234567.5"),
        ("3654", "3654"),
        ("-5", "-5"),
        ("3 654", "3654"),
    ],
)
def test_numbers_are_read_as_they_are_printed(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "3.65", "1,2,3", "mười", "1.23.456"])
def test_what_is_no_vietnamese_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number(text)


def test_numbers_are_printed_in_both_languages() -> None:
    assert (num(2357), num(2357, "en")) == ("2.357", "2,357")
    assert (num(Decimal("3654.5")), num(2.5, digits=0), num(-1234567)) == ("3.654,5", "3", "-1.234.567")
    assert (pct(79.274), pct(79.275), pct(79.27, "en"), pct(50, digits=0)) == ("79,27 %", "79,28 %", "79.27%", "50 %")


@UNHURRIED
@given(st.integers(-(10**12), 10**12))
def test_a_printed_number_is_read_back(value: int) -> None:
    assert number(num(value)) == value
    assert number(num(value, "en"), "en") == value
