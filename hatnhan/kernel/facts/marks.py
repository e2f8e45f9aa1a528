"""What a write touches: at the end of an act its voided and its new rows are compared, and where they differ the kept
numbers of the unit are marked. No writer has to think of it, and none can forget it: rows bear their act."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import connection, models
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from ..days import FAR, ONE
from ..fact_models import Mark
from ..figures.definitions import Source
from ..models import Placement
from ..period import known
from .sheet import SHEETS, Held, Rows, Sheet

Span = tuple[int, date, date]
"""Whose (a unit, or somebody), first and last day."""
Row = tuple[Any, ...]
MANY = 1000  # rows of one act; beyond, whole periods are marked, by set SQL
BATCH = 1000

_waiting: ContextVar[dict[type[Model], set[int]] | None] = ContextVar("attributes", default=None)


def collect() -> Any:
    """Begin to remember whose attributes an act changes; to be given to `forget`."""
    return _waiting.set({})


def forget(token: Any) -> None:
    """The act is over."""
    _waiting.reset(token)


def write(act_id: int, at: datetime) -> None:
    """Mark what an act touched; called once, in its transaction, when all its rows are written."""
    changed = _waiting.get() or {}
    touched = _touched(act_id)
    moved: list[Sheet] = []
    for sheet in SHEETS.values():
        spans: set[Span] = set()
        for number, part in enumerate(_parts(sheet)):
            if (sheet.code, number) not in touched:
                continue
            if isinstance(part, _Tree):
                moved.append(sheet)
            if isinstance(part, _Tree) or _model(part) is Placement:
                continue
            before, after = _written(part, act_id)
            if len(before) + len(after) > MANY:
                _mark_whole(sheet, part, act_id, at)
            elif isinstance(part, Rows):
                spans.update(_of_rows(part, before, after))
            else:
                spans.update(_at_units(sheet, _coverage(_keyed(before), _keyed(after))))
        if sheet.attributes in changed:
            spans.update(_homes_of(sheet, changed[sheet.attributes]))
        insert(sheet, spans, at)
    if moved:
        last = _one("SELECT MAX(id) FROM kernel_mark") or 0
        _mark_moved(moved, act_id, at)
        _mark_other_sides(moved, last, at)


def insert(sheet: Sheet, spans: Iterable[Span], at: datetime) -> None:
    """Marks are only ever inserted."""
    Mark.objects.bulk_create(
        (Mark(sheet=sheet.code, unit_id=unit, first=first, last=last, at=at) for unit, first, last in sorted(spans)),
        batch_size=BATCH,
    )


# --- which tables an act touched ----------------------------------------------------------------------------------


class _Tree:
    """The placements, of which a sheet's paths are made."""

    def rows(self) -> QuerySet[Any]:
        return Placement.objects.all()


def _mark_moved(sheets: list[Sheet], act_id: int, at: datetime) -> None:
    """Mark by one statement, in every sheet, each unit whose path or kind changed: a new row that the voided one of the
    same path, which it replaces, does not contain, and what voided rows held outside of the new ones. These are looked
    up by their unit: the plus signs keep databases from looking through the whole act for each row."""
    same = "b.path = a.path AND b.stands = a.stands AND b.kind = a.kind"
    inside = "b.valid_from <= a.valid_from AND b.valid_to >= a.valid_to"
    new = "FROM kernel_placement a WHERE a.recorded_in = %s AND a.voided_at IS NULL"
    old = "FROM kernel_placement b WHERE b.voided_in = %s AND b.recorded_in <> %s"
    its_new, its_old = new.replace("a.recorded_in =", "+a.recorded_in ="), old.replace("b.voided_in", "+b.voided_in")
    codes = " UNION ALL ".join([f"SELECT {_text()} AS code"] * len(sheets))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_mark (sheet, unit_id, first, last, at) "
            f"SELECT s.code, t.unit_id, t.first, t.last, {_moment()} FROM ({codes}) AS s CROSS JOIN ("
            "SELECT unit_id, MIN(valid_from) AS first, MAX(valid_to) AS last FROM ("
            f"SELECT a.unit_id, a.valid_from, a.valid_to {new} AND NOT EXISTS (SELECT 1 {its_old} "
            f"AND b.id = a.replaces AND {same} AND {inside}) UNION ALL "
            f"SELECT b.unit_id, b.valid_from, b.valid_to {old} AND (NOT EXISTS (SELECT 1 {its_new} "
            f"AND a.unit_id = b.unit_id AND a.valid_from <= b.valid_from) OR NOT EXISTS (SELECT 1 {its_new} "
            "AND a.unit_id = b.unit_id AND a.valid_to >= b.valid_to))) AS touched GROUP BY unit_id) AS t",
            [
                connection.ops.adapt_datetimefield_value(at), *(sheet.code for sheet in sheets),
                act_id, act_id, act_id, act_id, act_id, act_id, act_id,
            ],
        )  # fmt: skip


def _mark_other_sides(sheets: list[Sheet], last: int, at: datetime) -> None:
    """Mark the units of rows that came from, or went to, a unit whose path changed, on those of their days on which it
    did. The marks after `last` were just made for the tree. A move of today finds no such row by one look."""
    since = _one("SELECT MIN(first) FROM kernel_mark WHERE id > %s", last)
    if since is None:
        return
    found = [(sheet, source) for sheet in sheets for source in sheet.borders if _crossing(source, since).exists()]
    for sheet, source in found:
        moved = Mark.objects.filter(sheet=sheet.code, pk__gt=last)
        insert(sheet, _other_side(source, moved, since), at)


def _crossing(source: Source, since: Any) -> QuerySet[Any]:
    day = str(source.day)
    sides = {f"{day}__gte": since, f"{day}__lt": FAR, f"{source.other}__isnull": False}
    return source.rows().filter(known(None), **sides).order_by()


def _other_side(source: Source, moved: QuerySet[Mark], since: Any) -> set[Span]:
    crossed = _crossing(source, since).filter(**{f"{source.other}__in": moved.values("unit")})
    found = set(crossed.values_list(f"{source.unit}_id", str(source.day), f"{source.other}_id"))
    reach: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for other, *days in moved.filter(unit__in={row[2] for row in found}).values_list("unit", "first", "last"):
        reach[other].append((days[0], days[1]))
    return {(unit, on, on) for unit, on, other in found if any(a <= on <= b for a, b in reach[other])}


def _one(asked: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return cursor.fetchone()[0]


Watched = Rows | Held | _Tree


def _parts(sheet: Sheet) -> list[Watched]:
    return [sheet.counted, *sheet.held, _Tree()]


def _model(part: Watched) -> type[Model]:
    return part.model if isinstance(part, Held) else part.rows().model


def _touched(act_id: int) -> set[tuple[str, int]]:
    """Sheet and number of each watched table in which the act wrote; one statement."""
    asked, values = [], []
    for sheet in SHEETS.values():
        for number, part in enumerate(_parts(sheet)):
            table = _model(part)._meta.db_table
            asked.append(
                f"SELECT '{sheet.code}', {number} WHERE EXISTS (SELECT 1 FROM {table} WHERE recorded_in = %s) "
                f"OR EXISTS (SELECT 1 FROM {table} WHERE voided_in = %s)"
            )
            values += [act_id, act_id]
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), values)
        return set(cursor.fetchall())


def _written(part: Rows | Held, act_id: int) -> tuple[list[Row], list[Row]]:
    """What the act voided and what it recorded, no more of each than is of interest."""
    whose = f"{part.unit if isinstance(part, Rows) else part.through}_id"
    more = (*part.begins, *part.ends) if isinstance(part, Rows) else ()
    names = [whose, "valid_from", "valid_to", *part.same, *more]
    rows = part.rows() if isinstance(part, Rows) else part.model._default_manager.all()
    voided = rows.filter(voided_in=act_id).exclude(recorded_in=act_id)
    recorded = rows.filter(recorded_in=act_id, voided_at__isnull=True)
    return _few(voided.values_list(*names)), _few(recorded.values_list(*names))


def _few(rows: QuerySet[Any, Row]) -> list[Row]:
    return list(rows[: MANY + 1])


# --- where voided and new rows differ -----------------------------------------------------------------------------


def _of_rows(part: Rows, before: list[Row], after: list[Row]) -> Iterator[Span]:
    """Days on which another number of rows of a kind holds at a unit; days on which other things begin or end there."""
    same, begins = 3 + len(part.same), 3 + len(part.same) + len(part.begins)
    yield from _coverage(_keyed(before, same), _keyed(after, same))
    yield from _events([(row[0], row[1], row[3:begins]) for row in rows] for rows in (before, after))
    yield from _events([(row[0], row[2], row[3:same] + row[begins:]) for row in rows] for rows in (before, after))


def _keyed(rows: list[Row], same: int | None = None) -> list[Any]:
    """(whose and of what kind, from, to)"""
    return [((row[0], *row[3:same]), row[1], row[2]) for row in rows]


def _coverage(before: list[Any], after: list[Any]) -> Iterator[Span]:
    """Where periods of the same key differ between the two lists of (key, from, to)."""
    edges: dict[Any, Counter[date]] = defaultdict(Counter)
    for rows, sign in ((before, -1), (after, 1)):
        for key, start, end in rows:
            edges[key][start] += sign
            edges[key][end] -= sign
    for key, found in edges.items():
        level, since = 0, FAR
        for day in sorted(found):
            if level and day > since:
                yield key[0], since, day - ONE
            level, since = level + found[day], day


def _events(lists: Iterable[list[Any]]) -> Iterator[Span]:
    """Days on which the one list has other entries (unit, day, what) than the other."""
    before, after = (Counter(rows) for rows in lists)
    for unit, day, _what in (before - after) + (after - before):
        if day != FAR:
            yield unit, day, day


# --- from somebody to the units of the rows -----------------------------------------------------------------------


def _at_units(sheet: Sheet, spans: Iterable[Span]) -> Iterator[Span]:
    """The units at which somebody's rows stood on the days of a span."""
    wanted: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for key, first, last in spans:
        wanted[key].append((first, last))
    for key, unit, start, end in _standing(sheet, wanted):
        for first, last in wanted[key]:
            if start <= last and end > first:
                yield unit, max(start, first), min(end, last)


def _homes_of(sheet: Sheet, keys: Collection[int]) -> Iterator[Span]:
    """All that ever counted of somebody: an attribute has no dates."""
    for _key, unit, start, end in _standing(sheet, keys):
        yield unit, start, end


def _standing(sheet: Sheet, keys: Iterable[int]) -> Iterator[tuple[int, int, date, date]]:
    part, through = sheet.counted, f"{_through(sheet)}_id"
    rows = part.rows().filter(known(None))
    wanted = sorted(keys)
    for start in range(0, len(wanted), BATCH):
        chosen = rows.filter(**{f"{through}__in": wanted[start : start + BATCH]})
        yield from chosen.values_list(through, f"{part.unit}_id", "valid_from", "valid_to")


def _through(sheet: Sheet) -> str:
    return sheet.held[0].through if sheet.held else "person"


def _mark_whole(sheet: Sheet, part: Rows | Held, act_id: int, at: datetime) -> None:
    """Mark the whole periods of very many rows: coarse, but one statement."""
    written = Q(recorded_in=act_id) | Q(voided_in=act_id)
    rows = sheet.counted.rows()
    if isinstance(part, Held):
        keys = part.model._default_manager.filter(written).values(f"{part.through}_id")
        rows = rows.filter(known(None), **{f"{part.through}__in": keys})
    else:
        rows = rows.filter(written)
    grouped = rows.order_by().values(f"{sheet.counted.unit}_id")
    sql, values = grouped.annotate(a=models.Min("valid_from"), b=models.Max("valid_to")).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_mark (sheet, unit_id, first, last, at) "
            f"SELECT {_text()}, x.*, {_moment()} FROM ({sql}) x",
            [sheet.code, connection.ops.adapt_datetimefield_value(at), *values],
        )


def _text() -> str:
    return "%s::text" if connection.vendor == "postgresql" else "%s"


def _moment() -> str:
    return "%s::timestamptz" if connection.vendor == "postgresql" else "%s"


# --- attributes without dates -------------------------------------------------------------------------------------


def attributes_changed(model: type[Model], keys: Collection[int]) -> None:
    """Somebody's attributes changed: remembered until the end of the act, or marked at once where none is running."""
    if not keys:
        return
    waiting = _waiting.get()
    if waiting is not None:
        waiting.setdefault(model, set()).update(keys)
        return
    for sheet in SHEETS.values():
        if sheet.attributes is model:
            insert(sheet, set(_homes_of(sheet, keys)), timezone.now())


class CountedQuerySet(models.QuerySet):
    """Also what changes many at once is noticed."""

    def update(self, **kwargs: Any) -> int:
        if set(kwargs) & set(getattr(self.model, "eligible", ())):
            attributes_changed(self.model, set(self.values_list("pk", flat=True)))
        return super().update(**kwargs)


class Counted(models.Model):
    """Somebody to whom counted rows belong: `eligible` are the attributes without dates that figures read. When one of
    them changes, by whatever way of the ORM, all that ever counted of the person is marked."""

    eligible: ClassVar[tuple[str, ...]] = ()
    objects = CountedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        row._read = row._eligible()
        return row

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._read = self._eligible()

    def save(self, *args: Any, **kwargs: Any) -> None:
        fresh = self._state.adding
        super().save(*args, **kwargs)
        now = self._eligible()
        if not fresh and now != getattr(self, "_read", None):
            attributes_changed(type(self), {self.pk})
        self._read = now

    def _eligible(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in self.eligible if name in self.__dict__}
