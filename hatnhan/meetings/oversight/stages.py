"""How far each cell is with the regular meeting of a month: every cell in exactly one stage, counted in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from hatnhan import rulebook
from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import WIDTH, segments, unit_of, within
from hatnhan.meetings.choices import REGULAR
from hatnhan.meetings.models import UNVOIDED, Meeting, MeetingDay, ScoreResult, Sitting

STAGES = ("none", "planned", "invited", "open", "held", "adopted", "scored")  # from nothing to the end
WAITING = STAGES[:3]  # of these a cell may be late
HELD = STAGES[4:]
MOST_FIXED = 300  # units below with a fixed day for all under them that one question heeds


@dataclass(frozen=True)
class Month:
    """A month of a unit as it is asked for on a day: its first day, after which day a cell is late, the unit's path
    and, the deepest first, the paths of units below that fixed another last day for all under them."""

    first: date
    on: date
    late_after: date
    path: str | None = None
    between: tuple[tuple[str, int], ...] = ()

    @property
    def end(self) -> date:
        """The day after its last."""
        return after(self.first)

    @property
    def day(self) -> date:
        """The day of the tree: the month's last, or today."""
        return min(self.end - ONE, self.on)


def month_at(unit: Unit | int, first: date, on: date) -> Month:
    """The month for a unit. A cell is late once its fixed day has passed, its own or that of the nearest committee
    above; where none is fixed, once the rule's day has."""
    day = min(after(first) - ONE, on)
    path = Placement.objects.path_of(unit, day)
    line = [unit_of(part) for part in segments(path or "")]
    placed = {"unit__placements__valid_from__lte": day, "unit__placements__valid_to__gt": day}
    here = Q(unit__in=line) | Q(**within(path or "-", "unit__placements__path"))
    rows = MeetingDay.objects.on(day).filter(here, unit__placements__voided_at=None, below=True, **placed)
    fixed = dict(rows.order_by("pk").values_list("unit__placements__path", "last_day")[:MOST_FIXED])
    above = [last for at, last in sorted(fixed.items()) if (path or "").startswith(at)]
    own = MeetingDay.objects.on(day).filter(unit=unit, below=False).values_list("last_day", flat=True).first()
    last = own or (above[-1] if above else 0) or rulebook.at(day, unit)["oversight.late.day"].value
    between = sorted(((at, last) for at, last in fixed.items() if not (path or "").startswith(at)),
                     key=lambda one: -len(one[0]))  # fmt: skip
    return Month(first, on, first + timedelta(days=last - 1), path, tuple(between))


def cells(month: Month) -> "QuerySet[Any]":
    """The cells that stand under the month's unit, each with its `stage` and whether it is `late`."""
    kinds = [kind.code for kind in rulebook.at(month.day).kinds().values() if kind.cell]
    rows = Placement.objects.on(month.day).filter(stands=True, kind__in=kinds)
    rows = rows.none() if month.path is None else rows.filter(**within(month.path))
    return rows.annotate(stage=stage(month), late=_late(month))


def stage(month: Any) -> Case:
    """The stage of a placement's unit in the month `[month.first, month.end)`."""
    span = {"held_on__gte": month.first, "held_on__lt": month.end, "kind__in": REGULAR}
    held = Meeting.objects.filter(UNVOIDED, **span)
    scored = ScoreResult.objects.filter(UNVOIDED, **span)
    sittings = sittings_of(month)
    return Case(
        When(unit__in=scored.values("unit"), then=Value("scored")),
        When(unit__in=held.filter(state="adopted").values("unit"), then=Value("adopted")),
        When(unit__in=held.values("unit"), then=Value("held")),
        *(When(unit__in=sittings.filter(state=state).values("unit"), then=Value(state))
          for state in ("open", "invited", "planned")),
        default=Value("none"), output_field=CharField(),
    )  # fmt: skip


def sittings_of(month: Any) -> "QuerySet[Sitting]":
    """Regular meetings on their way in the month."""
    return Sitting.objects.filter(day__gte=month.first, day__lt=month.end, kind__in=REGULAR)


def _late(month: Month) -> Case:
    """Late: not held, and the planned day has passed, or without one the fixed day, or the rule's day."""
    held = Meeting.objects.filter(UNVOIDED, held_on__gte=month.first, held_on__lt=month.end, kind__in=REGULAR)
    coming = sittings_of(month).filter(state__in=["planned", "invited"], day__gte=month.on)
    passed = sittings_of(month).filter(state__in=["planned", "invited"], day__lt=month.on)
    begun = sittings_of(month).filter(state="open")
    late = [When(Q(unit__in=held.values("unit")) | Q(unit__in=begun.values("unit")), then=Value(False))]
    late.append(When(unit__in=coming.values("unit"), then=Value(False)))
    late.append(When(unit__in=passed.values("unit"), then=Value(True)))
    if month.on < month.end:
        own = MeetingDay.objects.on(month.day)
        late.append(When(unit__in=own.filter(last_day__lt=month.on.day).values("unit"), then=Value(True)))
        late.append(When(unit__in=own.values("unit"), then=Value(False)))
        late += [When(**within(path), then=Value(month.on.day > last)) for path, last in month.between]
    return Case(*late, default=Value(month.on > month.late_after), output_field=BooleanField())


Numbers = Mapping[str, int]


def counted(month: Month) -> tuple[Numbers, dict[int, Numbers]]:
    """How many cells are in each stage, and under "late" how many are late: of the unit, and of each child by its
    id. The unit's own cells, where it is one itself, are under its own id."""
    rows = cells(month).annotate(part=Substr(F("path"), 1, len(month.path or "") + WIDTH)).order_by()
    total: dict[str, int] = dict.fromkeys((*STAGES, "late"), 0)
    parts: dict[int, dict[str, int]] = {}
    for row in rows.values("part", "stage", "late").annotate(n=Count("pk")):
        part = parts.setdefault(unit_of(row["part"][-WIDTH:]), dict.fromkeys((*STAGES, "late"), 0))
        for code in (row["stage"], *(["late"] if row["late"] else [])):
            part[code] += row["n"]
            total[code] += row["n"]
    return total, {key: dict(value) for key, value in parts.items()}


def late_cells(month: Month) -> list[int]:
    """The units of the late ones of the cells, in the order of the tree."""
    return list(cells(month).filter(late=True).order_by("path").values_list("unit_id", flat=True))
