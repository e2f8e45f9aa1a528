"""Questions to organisations as of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hatnhan import rulebook
from hatnhan.kernel.actor import Scope
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.kernel.vietnamese import plain
from hatnhan.rulebook.shapes import Regime

from .choices import ENDED, LOCALITY_KINDS
from .models import Locality, LocalityCell, RegimeSwitch, UnitCode, UnitEvent, UnitName


@dataclass(frozen=True)
class Card:
    """A unit as lists show it on a day: name, code and kind (empty when not known), and whether it stands."""

    id: int
    name: str
    code: str
    kind: str
    parent_id: int | None
    path: str
    stands: bool


def name_of(unit: Unit | int, on: date) -> str:
    """The unit's name on the day; of a day before or after its life, the nearest name that it had."""
    pk = unit.pk if isinstance(unit, Unit) else unit
    return names([pk], on).get(pk, "")


class Called:
    """The names of many units over all time, in one query."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.rows: dict[int, list[tuple[str, date, date]]] = {}
        rows = UnitName.objects.unvoided().filter(unit__in=list(ids)).order_by("valid_from")
        for pk, name, start, end in rows.values_list("unit_id", "name", "valid_from", "valid_to"):
            self.rows.setdefault(pk, []).append((name, start, end))

    def on(self, pk: int, day: date) -> str:
        """The name of a day; of a day before or after the unit's life, the nearest; nothing for one without a name."""
        held = [
            ((start - day).days if day < start else max(0, (day - end).days + 1), name)
            for name, start, end in self.rows.get(pk, [])
        ]
        return min(held, key=lambda one: one[0])[1] if held else ""


def names(ids: Iterable[int], on: date) -> dict[int, str]:
    """Names of many units on a day, in one query; the nearest name where none holds on the day."""
    called = Called(ids)
    return {pk: called.on(pk, on) for pk in called.rows}


def codes(ids: Iterable[int], on: date) -> dict[int, str]:
    """Codes of many units on a day, in one query."""
    return dict(UnitCode.objects.on(on).filter(unit__in=list(ids)).values_list("unit_id", "code"))


def by_code(code: str, on: date) -> Unit | None:
    """The unit that bears a code on the day; else the one that bore it last."""
    rows = UnitCode.objects.unvoided().filter(code=code.strip()).select_related("unit").order_by("-valid_from")
    found = list(rows)
    held = [row for row in found if row.holds_on(on)]
    return (held or found)[0].unit if found else None


def cards(placements: QuerySet[Placement], on: date, *, coded: bool = True) -> list[Card]:
    """Placements with names and, unless not wanted, codes, in three queries."""
    rows = list(placements)
    ids = [row.unit_id for row in rows]
    called, known_as = names(ids, on), codes(ids, on) if coded else {}
    return [
        Card(
            row.unit_id, called.get(row.unit_id, ""), known_as.get(row.unit_id, ""), row.kind, row.parent_id, row.path,
            row.stands,
        )
        for row in rows
    ]  # fmt: skip


def card(unit: Unit | int, on: date) -> Card | None:
    """One unit on a day; None when it did not exist yet."""
    pk = unit.pk if isinstance(unit, Unit) else unit
    found = cards(Placement.objects.on(on).filter(unit=pk), on)
    return found[0] if found else None


def children(unit: Unit | int, on: date) -> list[Card]:
    """The units that stand directly under a unit, by name."""
    pk = unit.pk if isinstance(unit, Unit) else unit
    return sorted(cards(Placement.objects.on(on).filter(parent=pk, stands=True), on), key=natural)


def natural(one: Card) -> tuple[str, int, str]:
    """Order of units in lists: by words, with numbers as numbers ("Chi bộ 2" before "Chi bộ 10")."""
    words = plain(one.name)
    digits = "".join(ch for ch in words if ch.isdigit())
    return (words.rstrip("0123456789 "), int(digits[:9]) if digits else 0, words)


def ancestors(path: str, on: date) -> list[tuple[int, str]]:
    """(id, name) of the units above and at a path, the top first."""
    ids = [unit_of(part) for part in segments(path)]
    called = names(ids, on)
    return [(pk, called.get(pk, "")) for pk in ids]


def line_of(unit: Unit | int, on: date) -> list[int]:
    """The ids of a unit and of those above it on a day, the unit first; of one that has ended, of its heir."""
    return [unit_of(part) for part in reversed(segments(Placement.objects.path_of(unit, on) or ""))]


def find(query: str, scope: Scope, on: date, limit: int = 20, *, ended: bool = False) -> list[Card]:
    """Units in scope whose name holds every word of the query, marks or none, or whose code begins with it; with
    `ended` also those that have ended. In the order of their names' keys, which the index has: for a word that many
    names have the search stops at the limit."""
    words = plain(query).split()
    if not words:
        return []
    hangs = Q(
        unit__placements__voided_at__isnull=True, unit__placements__valid_from__lte=on,
        unit__placements__valid_to__gt=on,
    )  # fmt: skip
    if not ended:
        hangs &= Q(unit__placements__stands=True)
    if not scope.whole and on == scope.on:
        hangs &= scope.ranges("unit__placements__path")
    if scope.whole and ended:
        hangs = Q()
    named = UnitName.objects.on(on).filter(hangs, *(Q(key__contains=word) for word in words)).order_by("key", "unit")
    coded = UnitCode.objects.unvoided() if ended else UnitCode.objects.on(on)
    coded = coded.filter(hangs, code__startswith=query.strip()).order_by("code", "unit")
    if on != scope.on and not scope.whole:
        named, coded = named.filter(unit__in=scope.units()), coded.filter(unit__in=scope.units())
    ids = [*coded.values_list("unit", flat=True)[:limit], *named.values_list("unit", flat=True)[:limit]]
    found = {card.id: card for card in cards(Placement.objects.on(on).filter(unit__in=ids), on)}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found][:limit]


def regime_of(unit: Unit | int, on: date) -> str | None:
    """The regime that a unit, or the nearest unit above it with a switch of its own, was set to; None without one."""
    return _regime_at(Placement.objects.path_of(unit, on) or "", on)


def _regime_at(path: str, on: date) -> str | None:
    above: Sequence[int] = [unit_of(part) for part in segments(path)]
    switches = dict(RegimeSwitch.objects.on(on).filter(unit__in=above).values_list("unit_id", "regime"))
    return next((switches[pk] for pk in reversed(above) if pk in switches), None)


def regime_on(unit: Unit | int, on: date) -> Regime:
    """The regime in force where a unit hangs on a day: that of the nearest switch, else what holds without one."""
    return _or_usual(regime_of(unit, on), on)


def _or_usual(switched: str | None, on: date) -> Regime:
    book = rulebook.at(on)
    return book.regimes().get(switched or "") or book.default_regime


def led_by(ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """The localities that cells lead on a day, each with its kind, by name."""
    found: dict[int, list[str]] = {}
    links = LocalityCell.objects.on(on).filter(unit__in=list(ids)).select_related("locality")
    for link in sorted(links, key=lambda link: (link.locality.key, link.pk)):
        found.setdefault(link.unit_id, []).append(called(link.locality))
    return found


def called(locality: Locality) -> str:
    """A locality as it is named in a sentence: thôn Đông."""
    return f"{LOCALITY_KINDS[locality.kind]} {locality.name}"


def how_ended(cards: Iterable[Card], on: date) -> dict[int, str]:
    """What became of units that have ended, in words."""
    gone = {card.id: card for card in cards}
    if not gone:
        return {}
    how = dict(
        UnitEvent.objects.filter(parts__unit__in=gone, parts__role="from", undone_in=None, on__lte=on)
        .exclude(kind="split")
        .order_by("on", "pk")
        .values_list("parts__unit", "kind")
    )
    heirs = names({card.parent_id for card in gone.values() if card.parent_id}, on)
    return {
        pk: ENDED.get(how.get(pk, ""), ENDED["dissolve"]) % {"name": heirs.get(card.parent_id or 0, "")}
        for pk, card in gone.items()
    }
