"""Where rows count, as SQL: each row is joined to the placement of its unit on the tree's day.

The tree's day is the row's own day (frame `THEN`: for a stock the day asked for, for a flow the day on which it
happened) or one fixed day. Ended units hang under their heirs, so every row finds its place in the tree of any later
day by the same join."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.db.models import Case, CharField, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Substr, TruncMonth

from ..paths import WIDTH, unit_of, within
from ..period import known
from .definitions import OWN, THEN, Figure, On, Source
from .question import Question, Stretch, month_ends

COLUMNS = 300  # numbers in one query: both databases know a limit

Counts = dict[str, int]
Parts = dict[Any, Counts]


# --- rows ---------------------------------------------------------------------------------------------------------


def flow_rows(source: Source, question: Question) -> QuerySet[Any]:
    """Rows that happened in the window, within the unit."""
    day, when = _day_of(source), question.when
    tree_day = F(day) if question.frame == THEN else question.frame
    chosen = [
        Q(**{f"{day}__gte": s.start, f"{day}__lt": s.end}, **_hanging(source, tree_day, s.path))
        for s in question.stretches(when.first, when.last)
    ]
    return _placed(source, question, chosen)


def stock_rows(source: Source, question: Question) -> QuerySet[Any]:
    """Rows that hold on the last day asked for, within the unit."""
    last = question.when.last
    tree_day = last if question.frame == THEN else question.frame
    chosen = [
        Q(valid_from__lte=last, valid_to__gt=last, **_hanging(source, tree_day, s.path))
        for s in question.stretches(last, last)
    ]
    return _placed(source, question, chosen)


def with_held(
    rows: QuerySet[Any], source: Source, figures: Iterable[Figure], day: date, known_at: datetime | None
) -> QuerySet[Any]:
    """Rows with the other dated rows that hold on the day and that the figures read. Joined, so that the database looks
    up a few and reads many at once."""
    for name in sorted({name for figure in figures for name in figure.uses}):
        path = source.held[name]
        on_day = {f"{path}__valid_from__lte": day, f"{path}__valid_to__gt": day}
        holds = Q(known(known_at, f"{path}__"), **on_day)
        rows = rows.annotate(**{name: FilteredRelation(path, condition=holds)})
    return rows


def rows_of(figure: Figure, question: Question) -> QuerySet[Any]:
    """Exactly the rows that a figure counts for the unit as a whole."""
    source = figure.source
    if not figure.flow:
        rows = with_held(stock_rows(source, question), source, [figure], question.when.last, question.known_at)
        return rows.filter(figure.condition(question.when.last, question.known_at))
    rows = flow_rows(source, question).filter(figure.condition(question.when.last, question.known_at))
    stretches = question.stretches(question.when.first, question.when.last)
    if not (figure.border and stretches):
        return rows
    return _with_other(rows, source, question, stretches).filter(_from_outside(stretches))


def _placed(source: Source, question: Question, chosen: Sequence[Q]) -> QuerySet[Any]:
    """One filter() for all that is asked of the placement, hence one join."""
    rows = source.rows().filter(known(question.known_at)).order_by()
    if question.only is not None:
        rows = rows.filter(**{f"{source.unit}__in": question.only})
    if not chosen:
        return rows.none()
    return rows.filter(reduce(or_, chosen), known(question.known_at, f"{_place(source)}__"))


def _place(source: Source) -> str:
    return f"{source.unit}__placements"


def _day_of(source: Source) -> str:
    if source.day is None:
        raise TypeError(f"{source.code} is a stock")
    return source.day


def _hanging(source: Source, day: Any, path: str) -> dict[str, Any]:
    """The placement of the row's unit on the tree's day, within a path."""
    place = _place(source)
    located = within(path, f"{place}__path") if path else {}
    return {f"{place}__valid_from__lte": day, f"{place}__valid_to__gt": day, **located}


# --- groups and borders -------------------------------------------------------------------------------------------


def _part(source: Source, stretches: Sequence[Stretch], text: Any = None) -> Any:
    """The path of the child, or of the unit itself, within which the row's unit lies; of `text`, another path, as much
    of it as that child's path is long."""
    place = f"{_place(source)}__path"
    text = F(place) if text is None else text
    lengths = {len(s.path) for s in stretches}
    if len(lengths) == 1:
        return Substr(text, 1, lengths.pop() + WIDTH)
    cut = [When(**within(s.path, place), then=Substr(text, 1, len(s.path) + WIDTH)) for s in stretches]
    return Case(*cut, output_field=CharField())


def child(path: str, stretches: Sequence[Stretch]) -> int | None:
    """The child whose path begins the path; `OWN` for the unit's own."""
    top = next(s.path for s in stretches if path.startswith(s.path))
    return OWN if path == top else unit_of(path[len(top) : len(top) + WIDTH])


def _with_other(rows: QuerySet[Any], source: Source, question: Question, stretches: Sequence[Stretch]) -> QuerySet[Any]:
    """Rows with the same part of the path of their other unit on the tree's day; an empty text when there is none.

    Joined, at most one placement to a row: PostgreSQL looks a subquery up row by row, ten times as slowly."""
    day = F(_day_of(source)) if question.frame == THEN else question.frame
    hung = f"{source.other}__placements"
    on_day = Q(known(question.known_at, f"{hung}__"), **{f"{hung}__valid_from__lte": day, f"{hung}__valid_to__gt": day})
    rows = rows.annotate(figure_hung=FilteredRelation(hung, condition=on_day))
    path = Coalesce(F("figure_hung__path"), Value(""), output_field=CharField())
    return rows.alias(figure_other=_part(source, stretches, path), figure_part=_part(source, stretches))


def levelled(rows: QuerySet[Any], source: Source, levels: int) -> QuerySet[Any]:
    """Rows with the beginnings of two paths on the row's own day, of its unit (`own_1` …) and of its other one
    (`other_1` …), of one unit, two, and so on, up to one more than there are levels. For `at_level`."""
    for name, relation in (("own", source.unit), ("other", str(source.other))):
        hung, day = f"{relation}__placements", F(_day_of(source))
        on_day = Q(known(None, f"{hung}__"), **{f"{hung}__valid_from__lte": day, f"{hung}__valid_to__gt": day})
        rows = rows.annotate(**{f"{name}_hung": FilteredRelation(hung, condition=on_day)})
        path = Coalesce(F(f"{name}_hung__path"), Value(""), output_field=CharField())
        rows = rows.alias(**{f"{name}_{n}": Substr(path, 1, n * WIDTH) for n in range(1, levels + 1)})
    return rows


def at_level(level: int) -> Q:
    """The paths of the two units have exactly so many units in common; a row from a unit to itself is at no level."""
    apart = ~Q(**{f"own_{level + 1}": F(f"other_{level + 1}")})
    return apart & Q(**{f"own_{level}": F(f"other_{level}")}) if level else apart


def _from_outside(stretches: Sequence[Stretch]) -> Q:
    """The other unit does not lie within the unit. (On no day does a path hold the unit but its path of that day.)"""
    return ~reduce(or_, (Q(figure_other__startswith=s.path) for s in stretches))


# --- counting -----------------------------------------------------------------------------------------------------


def count(source: Source, figures: Sequence[Figure], question: Question, by: str | None) -> tuple[Parts, Counts]:
    """The figures of one source: by child or month, and for the unit as a whole. One query, and one more for persons
    when grouped, because they do not add up."""
    if source.day is None:
        return (
            _count_stock_months(source, figures, question)
            if by == "month"
            else _count_stock(source, figures, question, by)
        )
    return _count_flow(source, figures, question, by)


def _count_stock(source: Source, figures: Sequence[Figure], question: Question, by: str | None) -> tuple[Parts, Counts]:
    last = question.when.last
    stretches = question.stretches(last, last)
    rows = with_held(stock_rows(source, question), source, figures, last, question.known_at)
    wheres = [figure.condition(last, question.known_at) for figure in figures]
    if len(figures) == 1:
        rows, wheres = rows.filter(wheres[0]), [Q()]
    measures = {f"f{i}": figure.measure.over(wheres[i]) for i, figure in enumerate(figures)}
    return _grouped(source, figures, rows, stretches, measures, by)


def _count_flow(source: Source, figures: Sequence[Figure], question: Question, by: str | None) -> tuple[Parts, Counts]:
    first, last = question.when.first, question.when.last
    stretches = question.stretches(first, last)
    rows = flow_rows(source, question)
    wheres = [figure.condition(last, question.known_at) for figure in figures]
    if all(wheres):
        rows = rows.filter(reduce(or_, wheres))
    borders = [figure.border for figure in figures]
    if any(borders) and stretches:
        rows = _with_other(rows, source, question, stretches)
    measures: dict[str, Any] = {}
    for i, figure in enumerate(figures):
        whole = wheres[i] & _from_outside(stretches) if borders[i] and stretches else wheres[i]
        measures[f"f{i}"] = figure.measure.over(whole)
        if borders[i] and by == "child":
            measures[f"p{i}"] = figure.measure.over(wheres[i] & ~Q(figure_other=F("figure_part")))
    return _grouped(source, figures, rows, stretches, measures, by)


def _grouped(
    source: Source, figures: Sequence[Figure], rows: QuerySet[Any], stretches: Sequence[Stretch],
    measures: dict[str, Any], by: str | None,
) -> tuple[Parts, Counts]:  # fmt: skip
    """Group by child or month; `p…` are what a border figure is for each child, `f…` for the unit as a whole."""
    total = {figure.code: 0 for figure in figures}
    parts: Parts = defaultdict(lambda: defaultdict(int))
    if not stretches:
        return {}, total
    adding = [i for i, figure in enumerate(figures) if figure.measure.additive]
    persons = [i for i, figure in enumerate(figures) if not figure.measure.additive]
    if by is None:
        found = rows.aggregate(**measures)
        return {}, {figure.code: found[f"f{i}"] for i, figure in enumerate(figures)}
    for chosen in filter(None, (adding, persons)):
        # By path, not by child: SQLite reads placements in the order of their paths and need not sort the rows.
        path = F(f"{_place(source)}__path") if chosen is adding else _part(source, stretches)
        key = path if by == "child" else TruncMonth(_day_of(source))
        asked = {name: measure for name, measure in measures.items() if int(name[1:]) in chosen}
        for group in rows.annotate(figure_key=key).values("figure_key").annotate(**asked):
            place = child(group["figure_key"], stretches) if by == "child" else group["figure_key"]
            for i in chosen:
                parts[place][figures[i].code] += group.get(f"p{i}", group[f"f{i}"])
                total[figures[i].code] += group[f"f{i}"]
    if persons:
        exact = rows.aggregate(**{f"f{i}": measures[f"f{i}"] for i in persons})
        total |= {figures[i].code: exact[f"f{i}"] for i in persons}
    return {key: dict(row) for key, row in parts.items()}, total


def _count_stock_months(source: Source, figures: Sequence[Figure], question: Question) -> tuple[Parts, Counts]:
    """A stock at the end of every month, of the last month on the last day asked for."""
    parts = count_on_days(source, figures, question, month_ends(question))
    return parts, dict(parts[max(parts)])


def count_on_days(source: Source, figures: Sequence[Figure], question: Question, days: Mapping[date, date]) -> Parts:
    """A stock on some days, {first day of the month: day}. One query for all of them; for figures that read other dated
    rows, one for each."""
    plain = [figure for figure in figures if not figure.uses]
    reading = [figure for figure in figures if figure.uses]
    found = _on_days(source, plain, question, list(days.values())) if plain else {}
    parts: Parts = {}
    for m, day in days.items():
        parts[m] = {figure.code: found.get((figure.code, day), 0) for figure in plain}
        if reading:
            parts[m] |= _count_stock(source, reading, replace(question, when=On(day)), None)[1]
    return parts


def _on_days(
    source: Source, figures: Sequence[Figure], question: Question, days: Sequence[date]
) -> dict[tuple[str, date], int]:
    """{(code, day): number}, from one reading of the rows that hold on one of the days."""
    asked = {day: found[0] for day in days if (found := question.stretches(day, day))}
    paths = sorted({s.path for s in asked.values()})
    rows = _placed(source, question, [_overlapping(source, question, path, asked) for path in paths])
    measures = {
        f"f{i}_{day.toordinal()}": figure.measure.over(
            _holding(source, question, day, stretch.path if len(paths) > 1 else "")
            & figure.condition(day, question.known_at)
        )
        for day, stretch in asked.items()
        for i, figure in enumerate(figures)
    }
    numbers: dict[str, int] = {}
    for names in _batched(measures, COLUMNS):
        numbers |= rows.aggregate(**{name: measures[name] for name in names})
    return {(figure.code, day): numbers[f"f{i}_{day.toordinal()}"] for day in asked for i, figure in enumerate(figures)}


def _overlapping(source: Source, question: Question, path: str, asked: dict[date, Stretch]) -> Q:
    """Rows and placements that hold on one of the days at which the unit has this path."""
    place, days = _place(source), [day for day, stretch in asked.items() if stretch.path == path]
    rows = Q(valid_from__lte=max(days), valid_to__gt=min(days), **within(path, f"{place}__path"))
    if question.frame != THEN:
        return rows & Q(**{f"{place}__valid_from__lte": question.frame, f"{place}__valid_to__gt": question.frame})
    return rows & Q(**{f"{place}__valid_from__lte": max(days), f"{place}__valid_to__gt": min(days)})


def _holding(source: Source, question: Question, day: date, path: str) -> Q:
    """Row and placement hold on the day; an empty path: all rows lie within the only one there is."""
    tree_day = day if question.frame == THEN else question.frame
    return Q(valid_from__lte=day, valid_to__gt=day, **_hanging(source, tree_day, path))


def _batched(names: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(names)
    while some := list(islice(rest, size)):
        yield some
