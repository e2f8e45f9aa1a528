"""Vietnamese text: one spelling for storing, one without marks for searching, one key for sorting; numbers as printed.

Nothing here knows Django: the process that reads strange files uses it too. The language is a parameter.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

Language = Literal["vi", "en"]

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The order of a Vietnamese dictionary, with f j w z of foreign names at their Latin places."""
TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Ngang, huyền, hỏi, ngã, sắc, nặng: the order in which words equal in letters are sorted."""

_END, _SPACE, _DIGIT = "0", "1", "2"
_SYMBOLS = "3456789abcdefghijklmnopqrstuvwxyz"
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]\s*")
_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_LOOKALIKE = re.compile("[\u00d0\u0189\u00f0\u0256]")
_CROSSED = str.maketrans({"đ": "d", "Đ": "D"})
_APOSTROPHES = "'’‘ʼ`´"
_WITHOUT_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHES, ""))
_WORD_START = re.compile(r"(?:^|(?<=[\s\-'’(.]))\w")


def nfc(text: str, *, lines: bool = False) -> str:
    """The spelling that is stored: composed letters, single spaces, no invisible characters, Đ for its lookalikes.

    With `lines` line breaks stay; each line is trimmed and empty ones go.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _LOOKALIKE.search(text):
            text = text.translate(_LOOKALIKES)
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = _INVISIBLE.sub("", text)
    text = _BREAKS.sub("\n" if lines else " ", text)
    return _BLANKS.sub(" ", text).strip()


class _Letters(dict[int, str]):
    """What becomes of each character, worked out when it is first met; for `str.translate`."""

    def __init__(self, become: Callable[[str], str], known: dict[int, str] | None = None) -> None:
        super().__init__(known or {})
        self.become = become

    def __missing__(self, code: int) -> str:
        self[code] = found = self.become(chr(code))
        return found


def _bare_letter(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter.translate(_LOOKALIKES).translate(_CROSSED))
    return "".join(part for part in decomposed if not unicodedata.combining(part))


def _plain_letter(letter: str) -> str:
    if letter in _APOSTROPHES:
        return ""
    found = _bare_letter(letter).lower()
    return "".join(part if part.isalnum() else "" if unicodedata.combining(part) else " " for part in found)


_BARE = _Letters(_bare_letter)
_PLAIN = _Letters(_plain_letter)


def bare(text: str) -> str:
    """The text without any mark on its letters: "Đặng" → "Dang". Case and punctuation stay."""
    return text.translate(_BARE)


def plain(text: str) -> str:
    """The search key: lower case, no marks, only letters, digits and single spaces. đ becomes d before decomposing."""
    return " ".join(text.translate(_PLAIN).split())


def name_case(text: str, *, every_word: bool = False) -> str:
    """A person's name as it is written in running text: "NGUYỄN VĂN AN" and "nguyễn văn an" → "Nguyễn Văn An".

    A name in mixed case stays as it was typed. With `every_word` each word in one case is treated by itself:
    for text from fonts that have no capital letters with marks ("Lê Thị ánh").
    """
    text = nfc(text)
    if every_word:
        return " ".join(_titled(word) if len(word) > 1 or word.islower() else word for word in text.split())
    return _titled(text)


def _titled(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    return _WORD_START.sub(lambda match: match.group().upper(), text.lower())


def words_of(name: str) -> list[str]:
    """The words of a name that have a letter or digit, lower case, composed."""
    return [word for word in nfc(name.translate(_WITHOUT_APOSTROPHES)).lower().split() if any(map(str.isalnum, word))]


def initials(name: str) -> str:
    """The first letters without marks: "Nguyễn Văn Án" → "nva"."""
    return "".join(word[0] for word in plain(name).split())


def _sort_symbol(letter: str) -> str:
    """What the alphabet lacks falls to its letter without marks, or away."""
    if letter.isdecimal():
        return _DIGIT + str(int(letter))
    return "".join(_SORT_LETTERS[part] for part in _bare_letter(letter).lower() if part in _SORT_LETTERS)


def _tables() -> tuple[dict[int, str], dict[int, str]]:
    letters, tones = {}, {}
    for letter, symbol in _SORT_LETTERS.items():
        letters[ord(letter)] = symbol
        for number, mark in enumerate(TONE_MARKS[1:], start=2):
            composed = unicodedata.normalize("NFC", letter + mark)
            if letter in "aăâeêioôơuưy" and len(composed) == 1:
                letters[ord(composed)], tones[ord(composed)] = symbol, str(number)
    return letters, tones


_SORT_LETTERS = dict(zip(ALPHABET, _SYMBOLS, strict=True))
_LETTERS = _Letters(_sort_symbol, _tables()[0])
_TONES = _Letters(lambda _letter: "", _tables()[1])


@lru_cache(maxsize=8192)
def _symbols(word: str) -> tuple[str, str]:
    return word.translate(_LETTERS), word.translate(_TONES)[:1] or "1"


def _sorted_as(words: list[str]) -> str:
    pairs = [_symbols(word) for word in words]
    return _SPACE.join(letters for letters, _tone in pairs) + _END + "".join(tone for _letters, tone in pairs) + _END


def sort_key(name: str) -> str:
    """A stored key that sorts people by given name, then middle names, then family name, in Vietnamese order.

    Letters first, tones where all letters are equal, part by part. Only 0-9 and a-z, so every database sorts it
    the same way. About as long as the name plus one character a word.
    """
    words = words_of(name)
    if not words:
        return ""
    return _sorted_as(words[-1:]) + _sorted_as(words[1:-1]) + _sorted_as(words[:1] if len(words) > 1 else [])


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What someone typed to find a person: words without marks in any order, a year of birth, initials, digits."""

    words: tuple[str, ...]
    year: int | None
    initials: str
    digits: str

    @property
    def empty(self) -> bool:
        return not (self.words or self.year or self.digits)

    def matches(self, name: str, year: int | None = None) -> bool:
        """Whether each word begins a different word of the name (or the initials begin so) and the year agrees."""
        if self.empty or self.digits or (self.year is not None and self.year != year):
            return False
        return self._initials_match(name) or self._words_match(plain(name).split())

    def _initials_match(self, name: str) -> bool:
        return bool(self.initials) and initials(name).startswith(self.initials)

    def _words_match(self, left: list[str]) -> bool:
        for word in sorted(self.words, key=len, reverse=True):
            found = min((one for one in left if one.startswith(word)), key=len, default=None)
            if found is None:
                return False
            left.remove(found)
        return True


def search_terms(query: str) -> SearchTerms:
    """Split a query such as "an nguyen 1957" or "nva"; four digits from 1850 to 2100 are a year, others a number.

    A single word of two to five letters may also be initials: callers ask for either.
    """
    words: list[str] = []
    year: int | None = None
    digits: list[str] = []
    for token in plain(query).split():
        if token.isdigit() and len(token) == 4 and 1850 <= int(token) <= 2100 and year is None:
            year = int(token)
        elif token.isdigit():
            digits.append(token)
        else:
            words.append(token)
    short = len(words) == 1 and 2 <= len(words[0]) <= 5 and words[0].isalpha()
    return SearchTerms(tuple(words), year, words[0] if short else "", "".join(digits))


_VIETNAMESE_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[. ]\d{3})+)(?:,\d+)?")
_ENGLISH_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.\d+)?")


def number(text: str, language: Language = "vi") -> Decimal:
    """Read a number as printed in that language: "3.654" and "79,27" in Vietnamese. ValueError for anything else."""
    text = nfc(text).replace("−", "-")
    pattern, point = (_VIETNAMESE_NUMBER, ",") if language == "vi" else (_ENGLISH_NUMBER, ".")
    if not pattern.fullmatch(text):
        raise ValueError(f"not a number: {text[:40]}")
    group = "." if point == "," else ","
    return Decimal(text.replace(group, "").replace(" ", "").replace(point, "."))


def num(value: int | float | Decimal, language: Language = "vi", *, digits: int | None = None) -> str:
    """A number as printed: 2357 → "2.357" (Vietnamese) or "2,357" (English); half is rounded away from nought.

    `digits` is the number of decimals; without it whole numbers have none and others keep theirs.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    return text.translate(_SWAPPED) if language == "vi" else text


_SWAPPED = str.maketrans({",": ".", ".": ","})


def pct(value: int | float | Decimal, language: Language = "vi", *, digits: int = 2) -> str:
    """A share in per cent: 79.27 → "79,27 %" (Vietnamese) or "79.27%" (English)."""
    return num(value, language, digits=digits) + (" %" if language == "vi" else "%")
