"""Text typed with the fonts of before Unicode: TCVN3 (".VnTime") and VNI ("VNI-Times").

Such text reaches us as Latin letters and signs: "NguyÔn V¨n An", "Nguyeãn Vaên An". It is recognised by what its
words become: a word is Vietnamese when it is a syllable that can be spoken. Ordinary text is never touched.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from hatnhan.kernel.vietnamese import TONE_MARKS

Encoding = Literal["tcvn3", "vni"]
ENCODINGS: tuple[Encoding, ...] = ("tcvn3", "vni")

_NO, _GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = TONE_MARKS
# Each line: a letter and its five tones (huyền, hỏi, ngã, sắc, nặng) as they stand in the old text.
_TCVN3_LETTERS = """
a a µ ¶ · ¸ ¹
ă ¨ » ¼ ½ ¾ Æ
â © Ç È É Ê Ë
e e Ì Î Ï Ð Ñ
ê ª Ò Ó Ô Õ Ö
i i × Ø Ü Ý Þ
o o ß á â ã ä
ô « å æ ç è é
ơ ¬ ê ë ì í î
u u ï ñ ò ó ô
ư \u00ad õ ö ÷ ø ù
y y ú û ü ý þ
đ ®
"""
_TCVN3_CAPITALS = {"Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§"}
_VNI_LETTERS = """
a a aø aû aõ aù aï
ă aê aè aú aü aé aë
â aâ aà aå aã aá aä
e e eø eû eõ eù eï
ê eâ eà eå eã eá eä
i i ì æ ó í ò
o o oø oû oõ où oï
ô oâ oà oå oã oá oä
ơ ô ôø ôû ôõ ôù ôï
u u uø uû uõ uù uï
ư ö öø öû öõ öù öï
y y yø yû yõ yù î
đ ñ
"""


def _lower(letters: str) -> dict[str, str]:
    """Composed small letters to their old spelling."""
    table = {}
    for line in letters.split("\n"):
        letter, *spellings = line.split(" ")
        for mark, spelling in zip(TONE_MARKS, spellings, strict=False):
            table[unicodedata.normalize("NFC", letter + mark)] = spelling
    return table


def _tcvn3() -> tuple[dict[str, str], dict[str, str]]:
    """TCVN3 has no capitals with tones: they are written as the capital and the small letter with the tone."""
    small = _lower(_TCVN3_LETTERS)
    encoding = dict(small)
    for letter, spelling in small.items():
        base = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).translate(_WITHOUT_TONES)).upper()
        capital = _TCVN3_CAPITALS.get(base, base)
        encoding[letter.upper()] = capital if letter.upper() == base else capital + spelling
    decoding = {spelling: letter for letter, spelling in encoding.items()} | {"μ": "à"}
    return encoding, decoding


def _vni() -> tuple[dict[str, str], dict[str, str]]:
    """Capitals have their own signs; a capital followed by a small sign is read as well."""
    small = _lower(_VNI_LETTERS)
    encoding = small | {letter.upper(): spelling.upper() for letter, spelling in small.items()}
    mixed = {spelling[0].upper() + spelling[1:]: letter.upper() for letter, spelling in small.items()}
    return encoding, mixed | {spelling: letter for letter, spelling in encoding.items()}


_WITHOUT_TONES = {ord(mark): None for mark in TONE_MARKS if mark}
_TABLES = {"tcvn3": _tcvn3(), "vni": _vni()}
_READERS = {
    name: re.compile("|".join(sorted(map(re.escape, decoding), key=len, reverse=True)))
    for name, (_encoding, decoding) in _TABLES.items()
}
_SIGNS = {name: {sign for text in tables[1] for sign in text if sign > "\x7f"} for name, tables in _TABLES.items()}

_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_STOPPED = (
    "(?:[aăâeoôuư]c|[aăâeêiouơôư]p|[aăâeêiouơôư]t|[aêi]ch|iêc|iêp|iêt|oac|oach|oap|oat|oăc|oăt|oet|ooc|oec|uât|uêch|"
    "uôc|uôt|uych|uyêt|uyt|uyp|ươc|ươp|ươt|yêt|yêc|[aăo]k|ut|it)"
)
_OPEN = (
    "(?:[aeêioôơuưy]|[aăâeêioôơuư]m|[aăâeêioôơuư]n|[aăâeoôuư]ng|[aêi]nh|a[iouy]|âu|ây|eo|êu|i[au]|oi|ôi|ơi|u[aiyơê]|ư[aiu]|"
    "iê[mnu]|iêng|o[ae]|oa[imnoy]|oang|oanh|oăm|oăn|oăng|oe[mno]|oong|uân|uâng|uây|uênh|uô[imn]|uông|uya|uyên|uynh|"
    "uyn|uyu|ươ[imnu]|ương|yê[mnu]|yêng)"
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{_OPEN}|(?P<stopped>{_STOPPED}))")
_BETWEEN = re.compile(r"[\s\d,;:.()/\\\-–\"'+*&!?\[\]{}<>=_“”‘’…%#@|]+")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether a word, in any case, is a syllable of Vietnamese with its tone: "nghiêng", not "nghîeng"."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if ord(letter) in _WITHOUT_TONES]
    match = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters.translate(_WITHOUT_TONES)))
    if match is None or len(tones) > 1:
        return False
    return match["stopped"] is None or tones in ([_ACUTE], [_DOT])


def encode(text: str, encoding: Encoding) -> str:
    """Composed Unicode to the old spelling; other characters stay."""
    table = _TABLES[encoding][0]
    return "".join(table.get(letter, letter) for letter in text)


def decode(text: str, encoding: Encoding) -> str:
    """The old spelling to composed Unicode; other characters stay."""
    table = _TABLES[encoding][1]
    return _READERS[encoding].sub(lambda match: table[match.group()], text)


def convertible(text: str, encoding: Encoding) -> bool:
    """Whether a text has signs of that encoding and no other letters beyond ASCII."""
    signs = _SIGNS[encoding]
    strange = [letter for letter in text if letter > "\x7f"]
    return any(letter in signs for letter in strange) and all(
        letter in signs or not (letter.isalpha() or unicodedata.combining(letter)) for letter in strange
    )


class Evidence:
    """Counts, over distinct words with letters beyond ASCII, which spelling makes Vietnamese of them."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.good: Counter[str] = Counter()
        self.told: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Look at one cell's text."""
        if text.isascii():
            return
        for word in _BETWEEN.split(unicodedata.normalize("NFC", text)):
            if not word.isascii() and word not in self.words:
                self.words.add(word)
                self._count(word)

    def _count(self, word: str) -> None:
        ordinary = is_syllable(word)
        self.good["unicode"] += ordinary
        for encoding in ENCODINGS:
            fits = convertible(word, encoding) and is_syllable(decode(word, encoding))
            self.good[encoding] += fits
            self.told[encoding] += fits and not ordinary

    def share(self, spelling: str) -> float:
        """The part of the words that are syllables in that spelling, 0 to 1."""
        return self.good[spelling] / len(self.words) if self.words else 0.0

    def merge(self, other: "Evidence") -> None:
        """Take over the other's words."""
        for word in other.words - self.words:
            self.words.add(word)
            self._count(word)

    def verdict(self, *, like: Encoding | None = None) -> Encoding | None:
        """The old encoding, if the words say so beyond doubt; a weaker majority is enough for one `like` its sheet."""
        best: Encoding = max(ENCODINGS, key=lambda encoding: (self.good[encoding], self.told[encoding]))
        if self.told[best] >= 2 and self.share(best) >= 0.8 and self.share(best) - self.share("unicode") >= 0.4:
            return best
        if like and self.told[like] >= self.good["unicode"] * 0.5 and self.share(like) >= 0.5:
            return like
        return like if like and not self.words else None


def recognise(texts: Iterable[str]) -> Encoding | None:
    """The old encoding in which these texts were typed, or None when they are ordinary Unicode."""
    evidence = Evidence()
    for text in texts:
        evidence.add(text)
    return evidence.verdict()


def recognise_columns(columns: Mapping[int, Iterable[str]]) -> dict[int, Encoding]:
    """The old encoding of each column that has one; columns that say little follow the sheet as a whole."""
    whole = Evidence()
    parts: dict[int, Evidence] = {}
    for column, texts in columns.items():
        parts[column] = Evidence()
        for text in texts:
            parts[column].add(text)
        whole.merge(parts[column])
    sheet = whole.verdict()
    verdicts = {column: part.verdict(like=sheet) for column, part in parts.items()}
    return {column: verdict for column, verdict in verdicts.items() if verdict}
