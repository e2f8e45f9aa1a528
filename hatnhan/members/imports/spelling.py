"""Names with the same letters and other marks: Hoa beside Hòa are two people, Hoà and Hòa one."""

import unicodedata
from functools import lru_cache

from hatnhan.kernel.vietnamese import TONE_MARKS, bare, nfc

_TONES = frozenset(TONE_MARKS) - {""}


@lru_cache(maxsize=8192)
def spelled(name: str) -> str:
    """A name with its marks, wherever in the word the tone was typed: "HOÀ" and "hòa" are the same."""
    return " ".join(_word(word) for word in nfc(name).lower().split())


def _word(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = sorted(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + "".join(tones)


def apart(one: str, other: str) -> bool:
    """Whether two names with the same letters are two names. One typed without any marks may be either."""
    return spelled(one) != spelled(other) and bare(one) != one and bare(other) != other
