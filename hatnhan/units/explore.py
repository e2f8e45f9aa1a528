"""The tree as the explorer shows it: level by level, as of a day, within a scope. No query grows with the nation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, Scope
from hatnhan.kernel.models import Placement
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.rulebook.shapes import Kind

from . import permissions, queries, slots
from .parts import by_child
from .queries import Card, how_ended

SHOWN = 200
BRANCHES = 40


@dataclass
class Node:
    """A unit in the tree. `members` and `cells` are None where they are not counted: above the provinces."""

    card: Card
    kind: Kind | None
    branch: bool = False
    open: bool = False
    members: int | None = None
    cells: int | None = None
    ended: str = ""
    parts: tuple[dict[int, int], dict[int, int] | None] | None = None
    children: list["Node"] = field(default_factory=list)
    total: int = 0
    standing: int = 0
    shown: int = SHOWN

    @property
    def icon(self) -> str:
        """By the level of its kind."""
        return icon_of(self.kind)

    @property
    def rest(self) -> int:
        """How many children are not shown."""
        return self.total - len(self.children)


@dataclass(frozen=True)
class View:
    """What the reader asked for: the day, which branches are open and how many children each shows, ended units too."""

    on: date
    open: frozenset[int] = frozenset()
    more: Mapping[int, int] = field(default_factory=dict)
    ended: bool = False


def icon_of(kind: Kind | None) -> str:
    """Cells, committees, and the levels of provinces and above look different."""
    if kind is None or kind.cell:
        return "users"
    return "landmark" if kind.level <= 1 else "building-2"


def forest(actor: Actor, view: View) -> list[Node]:
    """The tops of the reader's scope with every open branch below them."""
    tops = roots(actor.scope(permissions.VIEW), view.on)
    nodes = _nodes(tops, view)
    if len(nodes) == 1 and nodes[0].branch:
        nodes[0].open = True
    level, left, first = nodes, BRANCHES, True
    while level:
        opened = [node for node in level if node.open][: max(left, 0)]
        _count(actor, [node for node in level if node.open or first], view.on)
        left, first = left - len(opened), False
        level = _grown(actor, opened, view)
    return nodes


def branch(actor: Actor, parent: Card, view: View) -> Node:
    """One unit with its children, for loading them into a tree that is shown already."""
    node = _nodes([parent], view)[0]
    node.open = True
    _count(actor, [node], view.on)
    if node.branch or view.ended:
        _grown(actor, [node], view)
    return node


def every(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all that is shown below them."""
    for node in nodes:
        yield node
        yield from every(node.children)


def single(actor: Actor, card: Card, on: date) -> Node:
    """One unit with its numbers, and without its children. The members of a cell are counted where its other numbers
    are."""
    node = _nodes([card], View(on))[0]
    if node.kind is None or not node.kind.cell:
        _count(actor, [node], on)
    return node


def roots(scope: Scope, on: date) -> list[Card]:
    """The highest units of a scope that stand on the day. On another day than the reader's own these may be several:
    all that has become part of the reader's units since."""
    standing = Placement.objects.on(on).filter(stands=True)
    if scope.whole:
        rows = standing.filter(parent__isnull=True)
    elif on == scope.on:
        rows = standing.filter(unit__in=[unit_of(segments(path)[-1]) for path in scope.paths])
    else:
        mine = standing.filter(unit__in=scope.units())
        rows = mine.exclude(parent__in=scope.units()) | mine.filter(parent__isnull=True)
    return sorted(queries.cards(rows, on, coded=False), key=queries.natural)


def _grown(actor: Actor, opened: list[Node], view: View) -> list[Node]:
    """Hang their children under the open nodes; three queries for all of them. Returns the new level."""
    if not opened:
        return []
    families: dict[int, list[Card]] = {node.card.id: [] for node in opened}
    for card in queries.cards(_children(actor, families, view), view.on, coded=False):
        families[card.parent_id or 0].append(card)
    for node in opened:
        family = sorted(families[node.card.id], key=lambda card: (not card.stands, queries.natural(card)))
        node.total, node.shown = len(family), view.more.get(node.card.id, SHOWN)
        node.standing = sum(card.stands for card in family)
        node.children = _nodes(family[: node.shown], view)
        _hand_down(node)
    level = [child for node in opened for child in node.children]
    ended = how_ended([child.card for child in level if not child.card.stands], view.on)
    for child in level:
        child.ended = ended.get(child.card.id, "")
    return level


def _children(actor: Actor, parents: Iterable[int], view: View) -> QuerySet[Placement]:
    scope = actor.scope(permissions.VIEW)
    rows = Placement.objects.on(view.on).filter(parent__in=list(parents))
    if not view.ended:
        rows = rows.filter(stands=True)
    return rows if view.on == actor.on or scope.whole else scope.filter(rows)


def _nodes(cards: list[Card], view: View) -> list[Node]:
    kinds = rulebook.at(view.on).kinds()
    ended = _with_ended(cards, view)
    made = []
    for card in cards:
        kind = kinds.get(card.kind)
        branch = card.stands and (kind is None or not kind.cell or card.id in ended)
        made.append(Node(card, kind, branch=branch, open=branch and card.id in view.open))
    return made


def _with_ended(cards: list[Card], view: View) -> set[int | None]:
    """Those of the units under which ended ones hang; asked only where these are shown."""
    if not view.ended:
        return set()
    rows = Placement.objects.on(view.on).filter(parent__in=[card.id for card in cards], stands=False)
    return set(rows.values_list("parent", flat=True))


# --- numbers ------------------------------------------------------------------------------------------------------


def _count(actor: Actor, nodes: list[Node], on: date) -> None:
    """Count members and cells at and below nodes, broken down by child: two queries for all of one depth."""
    counted = {
        node.card.id: node for node in nodes if node.kind is not None and node.kind.level > 0 and node.card.stands
    }
    if not counted:
        return
    kinds = [code for code, kind in rulebook.at(on).kinds().items() if kind.cell]
    above = {pk: node.card.path for pk, node in counted.items() if node.kind is None or not node.kind.cell}
    cells = by_child(on, above, Q(stands=True, kind__in=kinds)) if above else {}
    members = slots.counts(actor, counted, on)
    for pk, node in counted.items():
        node.parts = (cells.get(pk, {pk: 1}), members.get(pk))
        node.cells = sum(node.parts[0].values())
        node.members = sum(members[pk].values()) if pk in members else None


def _hand_down(node: Node) -> None:
    """Give the children their part of what was counted at and below their parent."""
    if node.parts is None:
        return
    cells, members = node.parts
    for child in node.children:
        if child.card.stands:
            child.cells = cells.get(child.card.id, 0)
            child.members = members.get(child.card.id, 0) if members is not None else None
