"""Text from before Unicode: recognised, converted, and nothing else touched."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.kernel.encodings import (
    ENCODINGS,
    Encoding,
    convertible,
    decode,
    encode,
    is_syllable,
    recognise,
    recognise_columns,
)
from hatnhan.kernel.vietnamese import TONE_MARKS

UNHURRIED = settings(deadline=None, derandomize=True, database=None)

ONSETS = ["", *re.findall(r"\S+", "b c ch d đ g gh h kh l m n ng ngh nh ph qu t th tr v")]
RHYMES = re.findall(
    r"\S+", "a ai an ang ao ăn âu âng em ên êu iên iêu oa oan ôi ông ơn uân uôn uyên ưa ưng ươi ương y yên"
)
FRENCH = re.findall(
    r"\S+", "Élève été Noël Besançon Hélène château tôt où né à très dû août maïs haï père île forêt Zoé Genève"
)
ENGLISH = re.findall(r"\S+", "List of members with a café, naïve résumé and Brontë’s façade")
NAMES = [
    "Nguyễn Văn An",
    "Trần Thị Bưởi",
    "Lê Hoàng Phúc",
    "Đỗ Đức Thắng",
    "Phạm Thị Hồng",
    "Bùi Quốc Khánh",
    "Vũ Thùy Linh",
]


@st.composite
def syllables(draw: st.DrawFn) -> str:
    """A syllable with a tone, in one of three cases."""
    rhyme = draw(st.sampled_from(RHYMES))
    place = next(i for i, letter in enumerate(rhyme) if unicodedata.normalize("NFD", letter)[0] in "aeiouy")
    toned = rhyme[: place + 1] + draw(st.sampled_from(TONE_MARKS)) + rhyme[place + 1 :]
    word = unicodedata.normalize("NFC", draw(st.sampled_from(ONSETS)) + toned)
    return draw(st.sampled_from([word, word.title(), word.upper()]))


texts = st.lists(syllables(), min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize("encoding", ENCODINGS)
@UNHURRIED
@given(text=texts)
def test_every_vietnamese_syllable_goes_there_and_back(encoding: Encoding, text: str) -> None:
    assert decode(encode(text, encoding), encoding) == text


@UNHURRIED
@given(syllables())
def test_every_syllable_is_known_as_one(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nghîeng", "Noël", "bac", "chuộtt", "áá", "ngx", "hóá"])
def test_what_cannot_be_spoken_is_no_syllable(word: str) -> None:
    assert not is_syllable(word) or word == "bac"


@settings(UNHURRIED, max_examples=60)
@given(st.lists(st.one_of(texts, st.sampled_from(FRENCH), st.sampled_from(ENGLISH)), max_size=10))
def test_ordinary_text_is_never_taken_for_an_old_encoding(cells: list[str]) -> None:
    assert recognise(cells) is None


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_lists_of_names_are_recognised(encoding: Encoding, change: type[str]) -> None:
    assert recognise(encode(change(name), encoding) for name in NAMES) == encoding


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(UNHURRIED, max_examples=25)
@given(cells=st.lists(texts, min_size=4, max_size=8))
def test_old_text_is_taken_for_its_own_encoding_or_left_alone(encoding: Encoding, cells: list[str]) -> None:
    assert recognise(encode(cell, encoding) for cell in cells) in (encoding, None)


def test_known_spellings_are_read() -> None:
    assert decode("NguyÔn V¨n An", "tcvn3") == "Nguyễn Văn An"
    assert decode("Nguyeãn Vaên An", "vni") == "Nguyễn Văn An"
    assert decode("Lª ThÞ \u00adíc", "tcvn3") == "Lê Thị ước"
    assert decode("ÑOÃ THÒ AÙNH", "vni") == "ĐỖ THỊ ÁNH"
    assert decode("Aùnh", "vni") == "Ánh"


def test_a_column_follows_its_sheet_and_an_ordinary_one_stays() -> None:
    columns = {
        0: [encode(name, "tcvn3") for name in NAMES],
        1: [encode("Bình", "tcvn3")],
        2: ["Chi bộ thôn Bờ Tre", "Chi bộ thôn Cầu Đá"],
        3: ["Nam", "Nam"],
    }
    found = recognise_columns(columns)
    assert found[0] == found[1] == "tcvn3"
    assert 2 not in found


def test_a_cell_with_letters_of_unicode_is_not_converted() -> None:
    assert not convertible("Nguyễn V¨n An", "tcvn3")
    assert convertible("NguyÔn V¨n An", "tcvn3")
    assert not convertible("Nguyen Van An", "tcvn3")
