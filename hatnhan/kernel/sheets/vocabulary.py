"""The words by which columns are known: patterns over headings without marks."""

import re
from collections.abc import Mapping as Patterns
from dataclasses import dataclass, field

from hatnhan.kernel.vietnamese import nfc, plain

ORDINAL = "ordinal"

_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_SEPARATORS = re.compile(r"[/;,\n+&|]|\s[–-]\s|\bvà\b|\bva\b")
_ORDINAL = re.compile(r"stt|tt|so tt|so thu tu|thu tu|no|number|so hang")
_LONGEST = 80


@dataclass(frozen=True)
class Vocabulary:
    """What the headings of one kind of list mean.

    `exact` patterns take a whole heading; `loose` ones are tried when nothing else fits; `ignored` headings mean
    nothing to us. `alone` fields never share a column. `weights` say how much a field tells that this is the header.
    """

    exact: Patterns[str, str]
    loose: Patterns[str, str] = field(default_factory=dict)
    ignored: str = "(?!)"
    alone: frozenset[str] = frozenset()
    weights: Patterns[str, int] = field(default_factory=dict)

    def whole(self, text: str, *, loosely: bool = False) -> str | None:
        """The one field that a heading names."""
        shown = nfc(text)
        if len(shown) > _LONGEST:
            return None
        for variant in dict.fromkeys((plain(shown), plain(_IN_BRACKETS.sub(" ", shown)))):
            if not variant or re.fullmatch(self.ignored, variant):
                return None
            found = self._find(variant, loosely)
            if found:
                return found
        return None

    def _find(self, variant: str, loosely: bool) -> str | None:
        if _ORDINAL.fullmatch(variant):
            return ORDINAL
        for patterns in (self.exact, self.loose) if loosely else (self.exact,):
            for name, pattern in patterns.items():
                if re.fullmatch(pattern, variant):
                    return name
        return None

    def several(self, texts: list[str]) -> tuple[str, ...]:
        """The fields of a heading that names more than one fact, in its order; empty when it does not."""
        parts = [part for text in texts for part in _SEPARATORS.split(_IN_BRACKETS.sub(" ", text)) if plain(part)]
        found = [self.whole(part) for part in parts]
        fields = tuple(dict.fromkeys(name for name in found if name))
        if None in found or len(fields) < 2 or ORDINAL in fields or self.alone.intersection(fields):
            return ()
        return fields

    def fields_of(self, path: list[str]) -> tuple[str, ...]:
        """The fields of a column from its header lines, the top first."""
        path = [text for text in path if plain(text)]
        if not path:
            return ()
        joined = " ".join(path)
        several = self.several(path)
        exact = self.whole(joined)
        if several and (exact is None or _SEPARATORS.search(joined)):
            return several
        for candidate in (exact, self.whole(path[-1])):
            if candidate:
                return (candidate,)
        several = self.several(path[-1:])
        if several:
            return several
        for text in (joined, path[-1], " ".join(path[-2:])):
            loose = self.whole(text, loosely=True)
            if loose:
                return (loose,)
        return ()

    def weight(self, name: str) -> int:
        """How much one found field counts."""
        return self.weights.get(name, 1)
