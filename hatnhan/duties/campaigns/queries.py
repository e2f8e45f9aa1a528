"""Questions to campaigns: which somebody may see, how far they are, where they stand still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor, Forbidden, NotFound
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import WIDTH, unit_of, within
from hatnhan.units.models import Locality, LocalityCell
from hatnhan.units.queries import by_code, called, names

from ..models import Campaign, Piece, Step, Target
from ..permissions import CAMPAIGN, VIEW
from .rules import percent

FEW = 500  # names that are looked for in one list


def visible(actor: Actor) -> "QuerySet[Campaign]":
    """Campaigns of the committees in the actor's scope, and those under way in which units of the scope take part."""
    if actor.everything:
        return Campaign.objects.all()
    scope = actor.scope(VIEW)
    if not scope:
        return Campaign.objects.none()
    mine = Q(unit__in=scope.units())
    taking_part = Target.objects.filter(left_on__isnull=True, unit__in=scope.units()).values("campaign")
    return Campaign.objects.filter(mine | (Q(pk__in=taking_part) & Q(state__in=["running", "closed"])))


def find(actor: Actor, pk: int) -> Campaign:
    """A campaign that the actor may see. Raises `NotFound` for any other."""
    found = visible(actor).filter(pk=pk).select_related("unit").first()
    if found is None:
        raise NotFound(VIEW)
    return found


def leads(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor runs the campaign."""
    return actor.can(CAMPAIGN, at=campaign.unit_id)


def lead(actor: Actor, campaign: Campaign) -> None:
    """Raises `Forbidden` for whoever sees the campaign and does not run it, `NotFound` for everybody else."""
    if leads(actor, campaign):
        return
    if visible(actor).filter(pk=campaign.pk).exists():
        raise Forbidden(CAMPAIGN)
    raise NotFound(CAMPAIGN)


def targets(actor: Actor, campaign: Campaign) -> "QuerySet[Target]":
    """Its units within the actor's scope."""
    rows = Target.objects.filter(campaign=campaign, left_on__isnull=True)
    return rows if actor.everything else actor.scope(VIEW).filter(rows)


def find_target(actor: Actor, campaign: int, pk: int) -> Target:
    """A unit of a campaign in the actor's scope. Raises `NotFound` for any other."""
    found = targets(actor, find(actor, campaign)).filter(pk=pk).select_related("campaign", "unit").first()
    if found is None:
        raise NotFound(VIEW)
    return found


# --- how far it is ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepProgress:
    """How many units did a step, of all, and how many are late with it."""

    step: Step
    done: int
    all: int
    late: int


@dataclass(frozen=True)
class Branch:
    """The units of a campaign under one unit directly below its committee."""

    unit: int
    name: str
    units: int
    finished: int
    share: int


@dataclass(frozen=True)
class Board:
    """The numbers of a campaign over the units in a scope; each is the length of the list that it opens."""

    units: int
    idle: int
    finished: int
    late: int
    obstacles: int
    visited: int
    share: int
    steps: tuple[StepProgress, ...]
    branches: tuple[Branch, ...]
    obstacle_kinds: dict[str, int]


def board(campaign: Campaign, rows: "QuerySet[Target]", on: date) -> Board:
    """The numbers over these units of the campaign, in six queries."""
    steps = list(Step.objects.filter(campaign=campaign).order_by("number"))
    numbers: dict[str, Any] = rows.order_by().aggregate(
        units=Count("pk"),
        idle=Count("pk", filter=Q(done=0)),
        finished=Count("pk", filter=Q(finished_on__isnull=False)),
        obstacles=Count("pk", filter=~Q(obstacle="")),
        visited=Count("pk", filter=Q(visited_on__isnull=False)),
        done=Sum("done"),
    )
    share = percent(numbers.pop("done") or 0, numbers["units"] * len(steps))
    kinds: Any = rows.exclude(obstacle="").order_by().values_list("obstacle").annotate(n=Count("pk"))
    return Board(
        **numbers,
        late=rows.filter(pk__in=late(campaign, on)).count(),
        share=share,
        steps=_by_step(steps, rows, on),
        branches=_branches(campaign, rows, len(steps), on),
        obstacle_kinds=dict(kinds),
    )


def late(campaign: Campaign, on: date) -> "QuerySet[Piece, int]":
    """Ids of units that are late with a step, as a subquery; nobody is late in a campaign that was closed."""
    rows = Piece.objects.unvoided().filter(step__campaign=campaign, done_on__isnull=True, due__lt=on)
    return rows.filter(step__campaign__state="running").values_list("target", flat=True)


def _by_step(steps: list[Step], rows: "QuerySet[Target]", on: date) -> tuple[StepProgress, ...]:
    pieces = Piece.objects.unvoided().filter(step__in=steps, target__in=rows.values("pk")).order_by()
    open_late = Q(done_on__isnull=True, due__lt=on)
    grouped = {
        step: (count, done, late)
        for step, count, done, late in pieces.values_list("step").annotate(
            n=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)), late=Count("pk", filter=open_late)
        )
    }
    found = []
    for step in steps:
        count, done, late_ones = grouped.get(step.pk, (0, 0, 0))
        found.append(StepProgress(step, done, count, late_ones))
    return tuple(found)


def _branches(campaign: Campaign, rows: "QuerySet[Target]", steps: int, on: date) -> tuple[Branch, ...]:
    """Under each unit directly below the committee; nothing where most units hang there themselves."""
    path = Placement.objects.path_of(campaign.unit_id, on)
    if path is None:
        return ()
    place = "unit__placements__"
    held = {f"{place}voided_at__isnull": True, f"{place}valid_from__lte": on, f"{place}valid_to__gt": on}
    grouped: Any = (
        rows.filter(**held, **within(path, f"{place}path"))
        .order_by()
        .annotate(branch=Substr(f"{place}path", len(path) + 1, WIDTH))
        .values_list("branch")
        .annotate(n=Count("pk"), finished=Count("pk", filter=Q(finished_on__isnull=False)), did=Sum("done"))
    )
    found = [(unit_of(part) if part else campaign.unit_id, n, finished, did) for part, n, finished, did in grouped]
    if sum(n for _unit, n, _finished, _did in found) < 2 * len(found):
        return ()
    names_of = names([unit for unit, *_rest in found], on)
    branches = [
        Branch(unit, names_of.get(unit, ""), n, finished, percent(did or 0, n * steps))
        for unit, n, finished, did in found
    ]
    return tuple(sorted(branches, key=lambda one: (one.share, one.name)))


def next_steps(rows: Iterable[int]) -> dict[int, Piece]:
    """The first step that is not done, of many units, in one query."""
    pieces = Piece.objects.unvoided().filter(target__in=list(rows), done_on__isnull=True)
    found: dict[int, Piece] = {}
    for piece in pieces.select_related("step").order_by("step__number"):
        found.setdefault(piece.target_id, piece)
    return found


# --- choosing units -----------------------------------------------------------------------------------------------


def of_kinds(unit: Unit | int, kinds: Iterable[str], on: date) -> list[int]:
    """The standing units of these kinds at and below a unit."""
    rows = Placement.objects.under(unit, on).filter(stands=True, kind__in=list(kinds))
    return list(rows.order_by("path").values_list("unit", flat=True))


def kinds_below(unit: Unit | int, on: date) -> list[tuple[str, str, int]]:
    """(code, label, number) of the kinds of what stands at and below a unit."""
    grouped = Placement.objects.under(unit, on).filter(stands=True).order_by().values_list("kind")
    numbers = dict(grouped.annotate(n=Count("pk")))
    kinds = rulebook.at(on).kinds()
    return [(code, str(kind.label), numbers[code]) for code, kind in kinds.items() if code in numbers]


def localities_below(unit: Unit | int, on: date, limit: int = 300) -> list[tuple[int, str]]:
    """(id, name) of the localities that a cell at or below a unit leads."""
    here = Placement.objects.under(unit, on).filter(stands=True).values("unit")
    led = LocalityCell.objects.on(on).filter(unit__in=here).values("locality")
    rows = Locality.objects.on(on).filter(pk__in=led).order_by("key", "pk")[:limit]
    return [(row.pk, called(row)) for row in rows]


def leading(localities: Iterable[int], on: date) -> list[int]:
    """The cells that lead these localities."""
    rows = LocalityCell.objects.on(on).filter(locality__in=list(localities))
    return sorted(set(rows.values_list("unit", flat=True)))


def in_list(lines: Iterable[str], unit: Unit | int, on: date) -> tuple[list[int], list[str]]:
    """Units that a pasted list names by code or name, at and below a unit; and the lines that name none, or several."""
    wanted = [" ".join(line.split()) for line in lines if line.strip()][:FEW]
    here = list(Placement.objects.under(unit, on).filter(stands=True).values_list("unit", flat=True))
    by_name: dict[str, list[int]] = {}
    for pk, name in names(here, on).items():
        by_name.setdefault(name.casefold(), []).append(pk)
    inside, found, unknown = set(here), [], []
    for line in wanted:
        coded = by_code(line, on)
        meant = [coded.pk] if coded is not None and coded.pk in inside else by_name.get(line.casefold(), [])
        if len(meant) == 1:
            found += meant
        else:
            unknown.append(line)
    return list(dict.fromkeys(found)), unknown
