"""The one writer of facts and sums: opens months, counts what is marked, rebuilds, and verifies.

Each step is one transaction under the sheet's lock; between steps nothing is ever wrong, because whoever reads takes
marked units out and counts them live."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from .. import bulk
from ..days import ONE, after, month
from ..fact_models import KeptMonth, Mark, above
from ..paths import WIDTH
from ..period import known
from .counting import Cell, Numbers, numbers
from .sheet import SHEETS, Sheet, version

MONTHS = 25  # kept: the running month and two years before it
MARKS = 2000  # in one step
UNITS = 400
BATCH = 500
LOCK = 7403


def wanted(sheet: Sheet, today: date) -> dict[date, date]:
    """{month: its day} of all months to be kept, the latest first: none before the first row begins."""
    begun = sheet.counted.rows().filter(known(None), valid_from__lte=today).aggregate(day=Min("valid_from"))["day"]
    found: dict[date, date] = {}
    first = month(today)
    while begun is not None and len(found) < MONTHS and first >= month(begun):
        found[first] = min(after(first) - ONE, today)
        first = month(first - ONE)
    return found


# --- steps --------------------------------------------------------------------------------------------------------


def fill(sheet: Sheet, first: date, day: date) -> None:
    """Count a month anew for every unit, as of its day, and its sums."""
    with transaction.atomic():
        _alone()
        sheet.facts._default_manager.filter(month=first).delete()
        sheet.sums._default_manager.filter(month=first).delete()
        counted = numbers(sheet, first, day)
        bulk.insert(
            sheet.facts, ("unit_id", "month", "path", *sheet.columns),
            ((unit, first, path, *row) for (unit, path), row in counted.items()),
        )  # fmt: skip
        bulk.insert(
            sheet.sums, ("month", "path", "above", *sheet.columns),
            ((first, path, above(path), *row) for path, row in summed(counted).items() if any(row)),
        )  # fmt: skip
        _note(sheet, first, day)


def count_marked(sheet: Sheet) -> int:
    """Count what is marked and fold the differences into the sums. Returns how many marks that dealt with."""
    with transaction.atomic():
        _alone()
        marks = list(
            Mark.objects.filter(sheet=sheet.code).order_by("pk").values_list("pk", "unit", "first", "last")[:MARKS]
        )
        kept = {
            row.month: row.day for row in KeptMonth.objects.filter(sheet=sheet.code, version=version(sheet))
        }  # fmt: skip
        touched: dict[date, set[int]] = defaultdict(set)
        for _pk, unit, first, last in marks:
            for m, day in kept.items():
                if first <= day and last >= m:
                    touched[m].add(unit)
        for m, units in touched.items():
            for some in _batches(sorted(units), UNITS):
                _recount(sheet, m, kept[m], some)
        for keys in _batches([mark[0] for mark in marks], BATCH):
            Mark.objects.filter(pk__in=keys).delete()
        return len(marks)


def keep_up(today: date, enough: Any = lambda: False) -> int:
    """Open and roll months, and count marks until none are left or `enough()`. Returns the number of steps."""
    steps = 0
    for sheet in SHEETS.values():
        kept = {row.month: (row.day, row.version) for row in KeptMonth.objects.filter(sheet=sheet.code)}
        to_keep = wanted(sheet, today)
        _close(sheet, [m for m in kept if m not in to_keep])
        while not enough() and count_marked(sheet):
            steps += 1
        for first, day in to_keep.items():
            if enough():
                break
            if kept.get(first) != (day, version(sheet)):
                fill(sheet, first, day)
                steps += 1
        while not enough() and count_marked(sheet):
            steps += 1
    return steps


def needed(today: date) -> bool:
    """Whether there is anything to do: a plain read, so that an idle worker never takes SQLite's write lock."""
    if not SHEETS:
        return False
    if Mark.objects.exists():
        return True
    months_of = {(row.sheet, row.month): (row.day, row.version) for row in KeptMonth.objects.all()}
    return any(
        months_of.get((sheet.code, first)) != (day, version(sheet))
        for sheet in SHEETS.values()
        for first, day in wanted(sheet, today).items()
    )


def rebuild(today: date, tell: Any = lambda sheet, first: None) -> None:
    """Count every month anew: after an import, a reorganisation of much, or when facts are not trusted."""
    for sheet in SHEETS.values():
        kept, to_keep = KeptMonth.objects.filter(sheet=sheet.code), wanted(sheet, today)
        _close(sheet, [m for m in kept.values_list("month", flat=True) if m not in to_keep])
        marks = list(Mark.objects.filter(sheet=sheet.code).values_list("pk", flat=True))
        for first, day in to_keep.items():
            fill(sheet, first, day)
            tell(sheet, first)
        for keys in _batches(marks, BATCH):
            Mark.objects.filter(pk__in=keys).delete()


def _close(sheet: Sheet, gone: Collection[date]) -> None:
    if not gone:
        return
    with transaction.atomic():
        _alone()
        KeptMonth.objects.filter(sheet=sheet.code, month__in=gone).delete()
        for model in (sheet.facts, sheet.sums):
            model._default_manager.filter(month__in=gone).delete()


def _note(sheet: Sheet, first: date, day: date) -> None:
    KeptMonth.objects.update_or_create(
        sheet=sheet.code, month=first,
        defaults={"day": day, "version": version(sheet), "counted_at": timezone.now()},
    )  # fmt: skip


def _alone() -> None:
    """One at a time: SQLite's writers come so anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


# --- some units of a month ----------------------------------------------------------------------------------------


def stored(sheet: Sheet, first: date, units: Collection[int] | None = None) -> dict[Cell, Numbers]:
    """The facts as they are kept."""
    rows = sheet.facts._default_manager.filter(month=first)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return {(unit, path): row for unit, path, *row in rows.values_list("unit_id", "path", *sheet.columns)}


def _recount(sheet: Sheet, first: date, day: date, units: Collection[int]) -> None:
    old, new = stored(sheet, first, units), numbers(sheet, first, day, units)
    gone = [cell for cell in old if cell not in new]
    changed = {cell: row for cell, row in new.items() if row != old.get(cell)}
    if not gone and not changed:
        return
    table: Any = sheet.facts
    for unit, path in gone:
        table.objects.filter(unit=unit, month=first, path=path).delete()
    table.objects.bulk_create(
        (
            table(unit_id=unit, month=first, path=path, **dict(zip(sheet.columns, row, strict=True)))
            for (unit, path), row in changed.items()
        ),
        update_conflicts=True, unique_fields=["unit", "month", "path"], update_fields=sheet.columns, batch_size=BATCH,
    )  # fmt: skip
    differences: dict[Cell, Numbers] = {cell: [-n for n in old[cell]] for cell in gone}
    for cell, row in changed.items():
        before = old.get(cell, [0] * len(row))
        differences[cell] = [a - b for a, b in zip(row, before, strict=True)]
    fold(sheet, first, differences)


def fold(sheet: Sheet, first: date, differences: dict[Cell, Numbers]) -> None:
    """Add what changed to the sums of each path and of all above it."""
    total = {path: row for path, row in summed(differences).items() if any(row)}
    table: Any = sheet.sums
    have: dict[str, Numbers] = {}
    for paths in _batches(sorted(total), BATCH):
        rows = table.objects.filter(month=first, path__in=paths).values_list("path", *sheet.columns)
        have |= {path: row for path, *row in rows}
    table.objects.bulk_create(
        (
            table(
                month=first, path=path, above=above(path),
                **{c: a + b for c, a, b in zip(sheet.columns, row, have.get(path, row_of_zeros(sheet)), strict=True)},
            )
            for path, row in total.items()
        ),
        update_conflicts=True, unique_fields=["month", "path"], update_fields=sheet.columns, batch_size=BATCH,
    )  # fmt: skip


def row_of_zeros(sheet: Sheet) -> Numbers:
    return [0] * len(sheet.columns)


def summed(cells: dict[Cell, Numbers]) -> dict[str, Numbers]:
    """Each path with what lies at it and under it."""
    found: dict[str, Numbers] = {}
    for (_unit, path), row in cells.items():
        for up in upwards(path):
            have = found.get(up)
            found[up] = list(row) if have is None else [a + b for a, b in zip(have, row, strict=True)]
    return found


def upwards(path: str) -> list[str]:
    """The path and all above it."""
    return [path[:length] for length in range(WIDTH, len(path) + 1, WIDTH)]


def _batches(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


# --- looking at it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """How a sheet stands: the months kept and sound, and the marks that wait."""

    sheet: str
    first: date | None
    day: date | None
    months: int
    outdated: int
    marks: int
    units: int
    since: datetime | None


def states() -> list[State]:
    """Of every sheet."""
    return [_state(sheet) for sheet in SHEETS.values()]


def _state(sheet: Sheet) -> State:
    kept = KeptMonth.objects.filter(sheet=sheet.code)
    sound = kept.filter(version=version(sheet))
    span = sound.aggregate(first=Min("month"), day=Max("day"))
    marks = Mark.objects.filter(sheet=sheet.code)
    return State(
        sheet.code, span["first"], span["day"], sound.count(), kept.count() - sound.count(), marks.count(),
        marks.values("unit").distinct().count(), marks.aggregate(at=Min("at"))["at"],
    )  # fmt: skip


@dataclass(frozen=True)
class Flaw:
    """A place where facts or sums are not what counting gives, though nothing there is marked."""

    sheet: str
    month: date
    what: str
    where: str
    column: str
    kept: int
    true: int


def flaws(only: Iterable[date] | None = None) -> Iterator[Flaw]:
    """Count every kept month again and compare; marked units are left out, sums are compared with the facts."""
    chosen = None if only is None else set(only)
    for sheet in SHEETS.values():
        for row in KeptMonth.objects.filter(sheet=sheet.code, version=version(sheet)).order_by("month"):
            if chosen is None or row.month in chosen:
                yield from _flaws(sheet, row)


def _flaws(sheet: Sheet, row: KeptMonth) -> Iterator[Flaw]:
    marks = Mark.objects.filter(sheet=sheet.code, first__lte=row.day, last__gte=row.month)
    marked = set(marks.values_list("unit", flat=True))
    kept, true = stored(sheet, row.month), numbers(sheet, row.month, row.day)
    for cell in sorted(kept.keys() | true.keys()):
        if cell[0] not in marked:
            yield from _differing(sheet, row.month, "facts", f"{cell[0]} {cell[1]}", kept.get(cell), true.get(cell))
    above_all = summed(kept)
    rows = sheet.sums._default_manager.filter(month=row.month).values_list("path", *sheet.columns)
    sums = {path: list(found) for path, *found in rows}
    for path in sorted(above_all.keys() | sums.keys()):
        yield from _differing(sheet, row.month, "sums", path, sums.get(path), above_all.get(path))


def _differing(
    sheet: Sheet, first: date, what: str, where: str, kept: Numbers | None, true: Numbers | None
) -> Iterator[Flaw]:
    zeros = row_of_zeros(sheet)
    for column, a, b in zip(sheet.columns, kept or zeros, true or zeros, strict=True):
        if a != b:
            yield Flaw(sheet.code, first, what, where, column, a, b)


__all__ = [
    "Flaw", "State", "count_marked", "fill", "flaws", "keep_up", "needed", "rebuild", "states", "wanted",
]  # fmt: skip
