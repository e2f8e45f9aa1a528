"""The words by which columns are known: patterns over headings without marks."""

import re
from collections.abc import Mapping as Patterns
from dataclasses import dataclass, field

from hatnhan.kernel.vietnamese import nfc, plain

ORDINAL = "ordinal"

_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_STRONG = re.compile(r"[/;,\n+&|]")
_WEAK = re.compile(r"\s[–-]\s|\bvà\b|\bva\b", re.IGNORECASE)
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
        found: list[str] = []
        for text in texts:
            one = self._listed(_IN_BRACKETS.sub(" ", text))
            if not one:
                return ()
            found += one
        fields = tuple(dict.fromkeys(found))
        return fields if len(fields) > 1 and ORDINAL not in fields else ()

    def _listed(self, text: str) -> list[str]:
        """The fields of one header line: of its parts if each is one, else of the line as a whole."""
        found: list[str] = []
        for part in (part for part in _STRONG.split(text) if plain(part)):
            whole = self.whole(part)
            split = [whole] if whole else [self.whole(word) for word in _WEAK.split(part) if plain(word)]
            found += [name or "" for name in split]
        if found and "" not in found and not self.alone.intersection(found):
            return found
        whole = self.whole(text)
        return [whole] if whole else []

    def fields_of(self, path: list[str]) -> tuple[str, ...]:
        """The fields of a column from its header lines, the top first."""
        path = [text for text in path if plain(text)]
        if not path:
            return ()
        joined = " ".join(path)
        several = self.several(path)
        exact = self.whole(joined)
        if several and (exact is None or any(len(set(self._listed(text))) > 1 for text in path)):
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
