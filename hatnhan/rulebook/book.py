"""The rulebook of one day: rules by key, and the kinds, regimes, offices … that they describe."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from hatnhan.kernel.days import FAR
from hatnhan.rulebook.errors import RuleMissingError
from hatnhan.rulebook.loader import Library, load
from hatnhan.rulebook.names import OFFICE_TAILS, STATE_TAILS, NameIndex, closest_kind
from hatnhan.rulebook.rule import Rule, Window
from hatnhan.rulebook.shapes import (
    SHAPES,
    Act,
    Authority,
    Belonging,
    Body,
    Deadline,
    Holiday,
    Kind,
    Obligation,
    Office,
    PaperType,
    Participation,
    Regime,
    Standing,
    shaped,
)

if TYPE_CHECKING:
    from hatnhan.kernel.models import Unit

Local: TypeAlias = "Callable[[Book, date, Unit | int, datetime | None], list[Rule]]"
_local: list[Local] = []
"""How rules that committees have set are found; the tables can be asked only once all of Django is loaded."""


def local_by(find: Local) -> None:
    """Tell how rules that committees have set are found."""
    _local[:] = [find]


class Book:
    """All rules in force on the days of `window`. Ask it with the day of the act, never with today's."""

    def __init__(self, library: Library, window: Window) -> None:
        self.window = window
        self._library = library
        self._rules: dict[str, Rule] = {
            key: rule
            for key, history in library.rules.items()
            for rule in history
            if rule.window.start <= window.start < rule.window.end
        }
        self._kinds: dict[str | None, Mapping[str, Kind]] = {}
        self._kind_names: dict[str, NameIndex[Kind]] = {}

    def with_local(self, rules: Iterable[Rule]) -> "Book":
        """The same book where a committee has set rules of its own."""
        book = Book(self._library, self.window)
        book._rules |= {rule.key: rule for rule in rules}
        return book

    def every(self) -> list[Rule]:
        """Every rule in force on these days, by family and key."""
        return sorted(self._rules.values(), key=lambda rule: (rule.family, rule.key))

    # --- rules by key ---

    def __getitem__(self, key: str) -> Rule:
        """The rule in force. Raises RuleMissingError: no such key, or nothing in force on this day."""
        try:
            return self._rules[key]
        except KeyError:
            raise RuleMissingError(key, self.window.start, known=key in self._library.rules) from None

    def __contains__(self, key: object) -> bool:
        return key in self._rules

    def get(self, key: str) -> Rule | None:
        return self._rules.get(key)

    def under(self, prefix: str) -> dict[str, Rule]:
        """Rules whose key begins with `prefix.`, by the rest of the key."""
        start = prefix + "."
        return {key[len(start) :]: rule for key, rule in self._rules.items() if key.startswith(start)}

    def every_key(self, prefix: str) -> list[str]:
        """Keys that begin so on any day, not only on these."""
        return [key for key in self._library.rules if key.startswith(prefix)]

    # --- kinds and regimes ---

    def regimes(self) -> Mapping[str, Regime]:
        return self._entries["regime"]

    def regime(self, code: str) -> Regime:
        return self._entry("regime", code)

    @property
    def default_regime(self) -> Regime:
        """What holds without any switch on these days."""
        return next(regime for regime in self.regimes().values() if not regime.by_switch)

    def kinds(self, regime: str | None = None) -> Mapping[str, Kind]:
        """Kinds that exist on these days, in order of level; with a regime, only its own and as it changes them."""
        if regime not in self._kinds:
            self._kinds[regime] = self._kinds_in(regime)
        return self._kinds[regime]

    def kind(self, code: str, regime: str | None = None) -> Kind:
        """Raises RuleMissingError if this kind does not exist on these days, or not in the regime."""
        try:
            return self.kinds(regime)[code]
        except KeyError:
            raise RuleMissingError(
                f"kind.{code}", self.window.start, known=f"kind.{code}" in self._library.rules
            ) from None

    def allowed_under(self, parent: str, regime: str | None = None) -> list[Kind]:
        """Kinds that may stand directly under a unit of kind `parent`."""
        return [kind for kind in self.kinds(regime).values() if parent in kind.parents]

    def founding(self, kind: str) -> dict[str, Rule]:
        """Founding numbers of a kind (`min_full`, `min_members` …); a cell's own come over those of any cell."""
        any_cell = self.under("founding.cell") if self.kind(kind).cell else {}
        return any_cell | self.under(f"founding.{kind}")

    def kind_by_name(
        self, text: str, parent: str | None, *, regime: str | None = None, unit_name: str = ""
    ) -> Kind | None:
        """The kind that a spreadsheet means by `text` ("CB", "Đảng bộ xã") under a parent of kind `parent`.

        A bare "chi bộ" is decided by the parent, and by `unit_name` if that names a village. None: in doubt.
        Without a regime the one that holds without any switch is meant."""
        return closest_kind(self._kind_index(regime or self.default_regime.code), text, parent, unit_name)

    # --- authority and bodies ---

    def acts(self) -> Mapping[str, Act]:
        return self._entries["act"]

    def authority(self, act: str, regime: str | None = None) -> Authority:
        """Seat and body that decide `act` in the regime (default: the one that holds without a switch)."""
        code = regime or self.default_regime.code
        return shaped(Authority, self[f"authority.{code}.{act}"])

    def bodies(self, kind: str | None = None) -> list[Body]:
        """Bodies that exist on these days; with a kind, those that its committee may have."""
        return [body for body in self._entries["body"].values() if kind is None or kind in body.kinds]

    def body(self, code: str) -> Body:
        return self._entry("body", code)

    # --- offices, standing, participation, membership ---

    def offices(self) -> Mapping[str, Office]:
        """Offices in the order in which lists show them."""
        return self._entries["office"]

    def office(self, code: str) -> Office:
        return self._entry("office", code)

    def standings(self) -> Mapping[str, Standing]:
        return self._entries["standing"]

    def standing(self, code: str) -> Standing:
        return self._entry("standing", code)

    def participations(self) -> Mapping[str, Participation]:
        return self._entries["participation"]

    def participation(self, code: str) -> Participation:
        return self._entry("participation", code)

    def belongings(self) -> Mapping[str, Belonging]:
        return self._entries["membership"]

    def belonging(self, code: str) -> Belonging:
        return self._entry("membership", code)

    # --- days ---

    def holidays(self, year: int) -> list[Holiday]:
        """Days off and days at work in exchange that are named for a year, in order."""
        named = (one for code, one in self._entries["holiday"].items() if code.startswith(f"{year}."))
        return sorted(named, key=lambda one: (one.first, one.last))

    def deadline(self, code: str) -> Deadline:
        return self._entry("deadline", code)

    # --- papers ---

    def paper_types(self) -> Mapping[str, PaperType]:
        return self._entries["paper_type"]

    def paper_type(self, code: str) -> PaperType:
        return self._entry("paper_type", code)

    def obligations(self) -> Mapping[str, Obligation]:
        """What falls due again and again, by code."""
        return self._entries["obligation"]

    # --- names that people write ---

    def meant_by(self, family: str, text: str) -> Any:
        """The office, body, standing, participation or membership that people call so; None if unknown or in doubt."""
        return self._names[family].find(text)

    def office_by_name(self, text: str) -> Office | None:
        return cast(Office | None, self.meant_by("office", text))

    def offices_in(self, text: str) -> list[Office]:
        """All Party offices named in a cell such as "Phó Bí thư, UVBTV"; what is no Party office is left out."""
        return self._names["office"].find_all(text)

    def body_by_name(self, text: str) -> Body | None:
        return cast(Body | None, self.meant_by("body", text))

    def standing_by_name(self, text: str) -> Standing | None:
        return cast(Standing | None, self.meant_by("standing", text))

    def participation_by_name(self, text: str) -> Participation | None:
        return cast(Participation | None, self.meant_by("participation", text))

    def belonging_by_name(self, text: str) -> Belonging | None:
        return cast(Belonging | None, self.meant_by("membership", text))

    # --- built once ---

    @cached_property
    def _entries(self) -> dict[str, dict[str, Any]]:
        entries: dict[str, dict[str, Any]] = {
            prefix: {} for prefix, shape in SHAPES.items() if shape not in (Kind, Authority)
        }
        for key, rule in self._rules.items():
            prefix, _, code = key.partition(".")
            if prefix in entries:
                entries[prefix][code] = shaped(SHAPES[prefix], rule)
        entries["office"] = dict(sorted(entries["office"].items(), key=lambda item: item[1].order))
        return entries

    @cached_property
    def _names(self) -> dict[str, NameIndex[Any]]:
        tails = {"office": OFFICE_TAILS, "body": OFFICE_TAILS}
        named = ("office", "body", "standing", "participation", "membership")
        return {prefix: NameIndex(self._entries[prefix].values(), tails.get(prefix, STATE_TAILS)) for prefix in named}

    def _kind_index(self, regime: str) -> NameIndex[Kind]:
        if regime not in self._kind_names:
            self._kind_names[regime] = NameIndex(self.kinds(regime).values())
        return self._kind_names[regime]

    def _entry(self, prefix: str, code: str) -> Any:
        try:
            return self._entries[prefix][code]
        except KeyError:
            key = f"{prefix}.{code}"
            raise RuleMissingError(key, self.window.start, known=key in self._library.rules) from None

    def _kinds_in(self, regime: str | None) -> dict[str, Kind]:
        changes = self.under(f"in_regime.{regime}")
        allowed = self.regime(regime).kinds if regime else None
        kinds: list[Kind] = []
        for code, rule in self.under("kind").items():
            if allowed is None or code in allowed:
                change = changes.get(code)
                kinds.append(shaped(Kind, change, rule.value) if change else shaped(Kind, rule))
        return {kind.code: kind for kind in sorted(kinds, key=lambda kind: (kind.level, kind.code))}


class Shelf:
    """One book for every stretch of days between two changes of any rule; made when first asked."""

    def __init__(self, library: Library) -> None:
        self.library = library
        days = {day for history in library.rules.values() for rule in history for day in rule.window}
        self._days = sorted(days | {date.min, FAR})
        self._books: dict[int, Book] = {}

    def at(self, day: date) -> Book:
        index = min(bisect_right(self._days, day), len(self._days) - 1)
        book = self._books.get(index)
        if book is None:
            window = Window(self._days[index - 1], self._days[index])
            book = self._books[index] = Book(self.library, window)
        return book

    def days(self) -> list[date]:
        """The first day of every stretch."""
        return self._days[:-1]


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """The rule files that come with the program, read once per process."""
    return Shelf(load())


def at(day: date, unit: "Unit | int | None" = None, *, known_at: datetime | None = None) -> Book:
    """The rules in force on the day of the act. With a unit, what the nearest committee above it, or its own, has set
    where a rule allows it comes before the rule (two queries)."""
    book = shelf().at(day)
    found = _local[0](book, day, unit, known_at) if unit is not None and _local else []
    return book.with_local(found) if found else book


def history(key: str) -> list[Rule]:
    """Every window of a key, oldest first. Raises RuleMissingError for an unknown key."""
    try:
        return list(shelf().library.rules[key])
    except KeyError:
        raise RuleMissingError(key, FAR, known=False) from None
