"""What the pages of a unit print: its numbers, lines and links, its name in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import segments, unit_of, within
from hatnhan.kernel.ui.text import num

from . import explore, permissions, queries, slots
from .explore import Node
from .held import Held
from .queries import Card
from .rules import capital
from .slots import Shown, Tiles


@dataclass(frozen=True)
class Summary:
    """The card of a chosen unit: what it is, where it hangs, its numbers and the lines of upper modules."""

    node: Node
    kind: str
    above: str
    shown: Shown
    tiles: Tiles

    @property
    def card(self) -> Card:
        return self.node.card

    @property
    def cell(self) -> bool:
        """Whether members belong to it and no units stand under it."""
        return self.node.kind is not None and self.node.kind.cell

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Tiles: of a committee its members and cells, and what upper modules count, of a cell its members as well."""
        node, tiles = self.node, []
        if node.members is not None and not self.cell:
            tiles.append((num(node.members), _("đảng viên")))
        if node.cells is not None and not self.cell:
            tiles.append((num(node.cells), _("chi bộ")))
        return [*tiles, *self.tiles.numbers]

    @property
    def terms(self) -> list[tuple[str, str]]:
        """Lines of the definition list: kind, code, and what upper modules tell."""
        told = [(_("Loại hình"), self.kind), (_("Mã"), self.card.code or _("chưa có"))]
        named = [
            (term, format_html('<a class="link" href="{}">{}</a>', href, text) if href else text)
            for term, text, href in self.shown.lines
        ]
        return [*told, *named, *self.tiles.lines]


@dataclass(frozen=True)
class Found:
    """A unit that a search found, where it hangs, and what became of it when it has ended."""

    card: Card
    where: str
    ended: str
    icon: str


def summary(actor: Actor, card: Card, on: date, shown: Iterable[Node], held: Held) -> Summary:
    """For the explorer's card and the head of the unit's page. A node that is `shown` already is not counted again."""
    node = next((node for node in explore.every(shown) if node.card.id == card.id and node.cells is not None), None)
    node = node or explore.single(actor, card, on)
    above = held.called.on(card.parent_id, on) if card.parent_id else ""
    lines = slots.shown(actor, [card.id], on).get(card.id, Shown())
    more = slots.tiles(actor, card.id, on) if card.stands else Tiles()
    return Summary(replace(node, card=card), kind_label(card, on, held), above, lines, more)


def lead(nodes: Sequence[Node]) -> str:
    """The numbers of the tops of a tree in one line: units under a single one, else the tops; cells, members."""
    below = nodes[0].standing if len(nodes) == 1 else len(nodes)
    said = []
    if below:
        words = _("%(n)s tổ chức trực thuộc") if len(nodes) == 1 else _("%(n)s tổ chức")
        said.append(words % {"n": num(below)})
    cells, members = [node.cells for node in nodes], [node.members for node in nodes]
    if nodes and None not in cells:
        said.append(_("%(n)s chi bộ") % {"n": num(sum(filter(None, cells)))})
    if nodes and None not in members:
        said.append(_("%(n)s đảng viên") % {"n": num(sum(filter(None, members)))})
    return " · ".join(said)


def kind_label(card: Card, on: date, held: Held) -> str:
    """What a unit is called by its kind, on the day and in its regime."""
    book = rulebook.at(on)
    kind = book.kinds(held.regime(card.path, on).code).get(card.kind) or book.kinds().get(card.kind)
    return capital(str(kind.label)) if kind else ""


def found(cards: Sequence[Card], on: date) -> list[Found]:
    """Units that a search found: two queries for all."""
    lines = {card.id: [unit_of(part) for part in segments(card.path)] for card in cards}
    names = queries.names({pk for line in lines.values() for pk in line}, on)
    kinds = rulebook.at(on).kinds()
    ended = queries.how_ended([card for card in cards if not card.stands], on)
    return [
        Found(
            card,
            " › ".join(names.get(pk, "") for pk in lines[card.id] if pk != card.id),
            ended.get(card.id, ""),
            explore.icon_of(kinds.get(card.kind)),
        )
        for card in cards
    ]


PRINTED = 1500


@dataclass(frozen=True)
class Printed:
    """A line of the printed tree."""

    card: Card
    depth: int
    kind: str
    members: int | None
    officers: str


def printed(actor: Actor, top: Card, on: date) -> tuple[list[Printed], bool]:
    """A unit and all that stands below it in the order of the tree, and whether that is all: of more than `PRINTED`
    units only the children."""
    rows: QuerySet[Placement] = Placement.objects.on(on).filter(**within(top.path), stands=True)
    if on != actor.on:
        rows = actor.scope(permissions.VIEW).filter(rows)
    complete = rows.count() <= PRINTED
    if not complete:
        rows = rows.filter(Q(unit=top.id) | Q(parent=top.id))
    cards = {card.id: card for card in queries.cards(rows, on)}
    ordered = sorted(cards.values(), key=lambda card: [(*queries.natural(one), one.id) for one in _line(card, cards)])
    numbers = _members(actor, list(cards.values()), on)
    lines = slots.shown(actor, cards, on)
    printed = [
        Printed(
            card, len(segments(card.path)) - len(segments(top.path)), kind_of_day(card, on), numbers.get(card.id),
            "; ".join(f"{term}: {text}" for term, text, _href in lines.get(card.id, Shown()).lines),
        )
        for card in ordered
    ]  # fmt: skip
    return printed, complete


def _line(card: Card, cards: dict[int, Card]) -> list[Card]:
    """The unit and those above it that are printed, the top first."""
    return [cards[pk] for part in segments(card.path) if (pk := unit_of(part)) in cards]


def _members(actor: Actor, cards: list[Card], on: date) -> dict[int, int]:
    """Members at and below each unit: one grouped query for each depth of units that have others under them."""
    found: dict[int, int] = {}
    depths: dict[int, list[int]] = {}
    parents = {card.parent_id for card in cards}
    for card in cards:
        if card.id in parents or len(cards) == 1:
            depths.setdefault(len(card.path), []).append(card.id)
    for _length, ids in sorted(depths.items(), reverse=True):
        for pk, numbers in slots.counts(actor, ids, on).items():
            found |= {child: number for child, number in numbers.items() if child != pk}
            found[pk] = sum(numbers.values())
    known = bool(found)
    return {card.id: found.get(card.id, 0) for card in cards} if known else {}


def kind_of_day(card: Card, on: date) -> str:
    """What the rulebook calls the kind on the day, whatever the regime."""
    kind = rulebook.at(on).kinds().get(card.kind)
    return str(kind.label) if kind else ""
