"""Finding a coded thing by what people write: "CB", "Đảng bộ xã", "Phó Bí thư chi bộ", "miễn SH"."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Generic, NamedTuple, Protocol, TypeVar

from hatnhan.kernel.vietnamese import bare, nfc, plain
from hatnhan.rulebook.shapes import Kind
from hatnhan.rulebook.words import Words

# What may follow an office without changing it; "Bí thư Đoàn xã" must stay unknown.
OFFICE_TAILS = (
    *("chi bộ", "cb", "chi ủy", "đảng bộ", "đảng ủy", "bộ phận", "cơ sở"),
    *("cấp ủy", "tỉnh ủy", "huyện ủy", "trực thuộc", "nhiệm kỳ"),
)
# What may follow a state: "Tạm miễn đến 30/6/2027". "Mất liên lạc" must not be read as "mất".
STATE_TAILS = ("từ", "đến", "ngày", "tháng", "năm", "do", "theo")
# Names that mean something else once their marks are gone: "chi bộ bản" (village) and "chi bộ ban" (a board's cell).
NEEDS_MARKS = frozenset({"chi bộ bản"})
_PARTS = re.compile(r"[,;/+\n]| - | và ")
_WORDS = re.compile(r"[\W_]+")


class Named(Protocol):
    """What the index needs of an entry."""

    @property
    def label(self) -> Words: ...
    @property
    def names(self) -> tuple[str, ...]: ...


Entry = TypeVar("Entry", bound=Named)


class Match(NamedTuple, Generic[Entry]):
    """The longest name found at the start of the text, the entries that bear it, and the words left over."""

    name: tuple[str, ...]
    entries: list[Entry]
    rest: tuple[str, ...]


def spelled(text: str) -> tuple[str, ...]:
    """Words in lower case with their marks, wherever in the word the mark was put ("uỷ" = "ủy")."""
    words = []
    for word in _WORDS.sub(" ", nfc(text).lower()).split():
        letters = unicodedata.normalize("NFD", word)
        marks = sorted(letter for letter in letters if unicodedata.combining(letter))
        words.append("".join(letter for letter in letters if not unicodedata.combining(letter)) + "".join(marks))
    return tuple(words)


def has_marks(text: str) -> bool:
    return bare(nfc(text)) != nfc(text)


class NameIndex(Generic[Entry]):
    """Entries by their names and labels, with marks and without."""

    def __init__(self, entries: Iterable[Entry], tails: Iterable[str] | None = None) -> None:
        self._marked: dict[tuple[str, ...], list[Entry]] = {}
        self._plain: dict[tuple[str, ...], list[Entry]] = {}
        self._tails = None if tails is None else {tuple(plain(tail).split()) for tail in tails}
        for entry in entries:
            for name in dict.fromkeys((*entry.names, entry.label.vi, entry.label.en)):
                self._add(self._marked, spelled(name), entry)
                if name not in NEEDS_MARKS:
                    self._add(self._plain, tuple(plain(name).split()), entry)

    def match(self, text: str) -> Match[Entry] | None:
        """The longest name at the start of the text; text typed without any mark is compared without marks."""
        marked = has_marks(text)
        words, names = (spelled(text), self._marked) if marked else (tuple(plain(text).split()), self._plain)
        plain_words = tuple(plain(text).split())
        for length in range(len(words), 0, -1):
            entries = names.get(words[:length])
            if entries and self._tail_fits(plain_words[length:]):
                return Match(words[:length], entries, words[length:])
        return None

    def find(self, text: str) -> Entry | None:
        """The one entry meant; None if unknown or borne by several."""
        found = self.match(text)
        return found.entries[0] if found and len(found.entries) == 1 else None

    def find_all(self, text: str) -> list[Entry]:
        """Every entry named in an enumeration, each once, in the order written."""
        found = (self.find(part) for part in _PARTS.split(nfc(text, lines=True)))
        return list(dict.fromkeys(entry for entry in found if entry))

    def _tail_fits(self, rest: tuple[str, ...]) -> bool:
        if self._tails is None or not rest or rest[0].isdigit():
            return True
        return any(rest[: len(tail)] == tail for tail in self._tails)

    @staticmethod
    def _add(names: dict[tuple[str, ...], list[Entry]], name: tuple[str, ...], entry: Entry) -> None:
        bearers = names.setdefault(name, [])
        if entry not in bearers:
            bearers.append(entry)


def closest_kind(index: NameIndex[Kind], text: str, parent: str | None, unit_name: str = "") -> Kind | None:
    """The kind meant by `text` under a parent of kind `parent`; None if unknown or in doubt.

    The unit's own name decides where it says more ("chi bộ" for "Chi bộ thôn Đông"). One that may not stand under the
    parent is still given when nothing else bears the name, so that the refusal can say so."""
    found = index.match(text) or index.match(unit_name)
    if found is None:
        return None
    closer = index.match(unit_name) if unit_name else None
    if closer and len(closer.name) > len(found.name) and _begins(closer.name, found.name):
        fitting = [kind for kind in closer.entries if parent in kind.parents]
        if len(fitting) == 1:
            return fitting[0]
    fitting = [kind for kind in found.entries if parent in kind.parents]
    if not fitting:
        return found.entries[0] if len(found.entries) == 1 else None
    if len(fitting) > 1:
        fitting = [kind for kind in fitting if parent in kind.bare_under]
    return fitting[0] if len(fitting) == 1 else None


def _begins(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    def unmarked(words: tuple[str, ...]) -> str:
        return plain(" ".join(words))

    return unmarked(longer).startswith(unmarked(shorter).replace("cb", "chi bo").replace("db", "dang bo"))
