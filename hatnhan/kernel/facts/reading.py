"""Reading figures from what is kept, exact at every moment: sums and facts, less what units that wait to be counted
again put into them, plus these units counted live. The reader's snapshot makes it one moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import add, itemgetter, sub
from typing import Any

from django.db import connection

from ..days import ONE, after, month, months
from ..figures.counting import Counts, Parts, count, count_on_days
from ..figures.definitions import OWN, THEN, Figure, On, Source, Window
from ..figures.kept import Answer, By, Groups, Kept, Via
from ..figures.question import Question, Stretch, month_ends, once
from ..paths import WIDTH, segment, unit_of
from .changing import TooMany, changed_between, marked
from .sheet import LEVELS, SHEETS, Sheet, sheet_of, steady, version

Pairs = list[tuple[str, list[date]]]
"""Paths of the unit, each with the months in which it is asked for there."""
Spans = list[tuple[str, int, int]]
"""Figures, each with the first of its columns and the one after its last."""
Numbers = list[int]


def read(groups: Groups, question: Question, by: By, via: Via) -> Answer:
    """What the sheets know of a question; the rest is left to be counted."""
    answer, asked = Answer(), defaultdict[str, Groups](dict)
    for source, figures in groups.items():
        for figure in figures:
            sheet = sheet_of(figure)
            into = answer.live if sheet is None else asked[sheet.code]
            into.setdefault(source, []).append(figure)
    for code, kept in asked.items():
        _Reading(SHEETS[code], question, by, via, answer).all(kept)
    return answer


@dataclass
class _Reading:
    """One question to one sheet."""

    sheet: Sheet
    question: Question
    by: By
    via: Via
    answer: Answer
    days: dict[date, date] = field(default_factory=dict)
    marked: set[int] | None = None
    asked: list[Figure] = field(default_factory=list)
    fetched: dict[Any, list[Any]] = field(default_factory=dict)

    def all(self, groups: Groups) -> None:
        """Read what can be read; what cannot goes to `answer.live`."""
        self.asked = [figure for figures in groups.values() for figure in figures if self._reads(figure)]
        self.days = _kept_days(self.sheet, month(self.question.when.first), self.question.when.last)
        for source, figures in groups.items():
            try:
                if source.day is not None:
                    done = self._flows(source, figures)
                elif self.by == "month":
                    done = self._months_of_stocks(source, figures)
                else:
                    done = self._stocks(source, figures)
            except TooMany:
                done = []
            if left := [figure for figure in figures if figure not in done]:
                self.answer.live.setdefault(source, []).extend(left)

    # what is kept of each kind of figure

    def _stocks(self, source: Source, figures: list[Figure]) -> list[Figure]:
        """What holds on a day: read for the month's own day; for another day, figures that do not move by themselves
        are read too, and units in which something changes between the two are counted."""
        last = self.question.when.last
        first, day = month(last), self.days.get(month(last))
        chosen = figures if day == last else [figure for figure in figures if steady(figure)]
        if day is None or not chosen:
            return []
        places = self.question.stretches(last, last)
        apart = self._apart(day)
        if day != last:
            apart = apart | changed_between(self.sheet, chosen, self.question, *sorted((day, last)))
        self._put(source, chosen, [(s.path, [first]) for s in places], apart, On(last))
        return chosen

    def _months_of_stocks(self, source: Source, figures: list[Figure]) -> list[Figure]:
        """What held at the end of each month: read for the months whose day that is, counted for the others."""
        ends = month_ends(self.question)
        ready = {m: day for m, day in ends.items() if self.days.get(m) == day}
        if not ready:
            return []
        apart = self._apart(max(ready.values()))
        pairs: dict[str, list[date]] = defaultdict(list)
        for m, day in ready.items():
            for s in self.question.stretches(day, day):
                pairs[s.path].append(m)
        for m in ends:
            self.answer.parts[m] |= {figure.code: 0 for figure in figures}
        found = self._kept(figures, list(pairs.items()), apart)
        self.answer.add(found[0], {})
        rest = {m: day for m, day in ends.items() if m not in ready}
        if rest:
            self.answer.add(count_on_days(source, figures, self.question, rest), {})
        if apart:
            only = replace(self.question, only=frozenset(apart))
            self.answer.add(count_on_days(source, figures, only, ready), {})
        end = self.answer.parts[max(ends)]
        self.answer.total |= {figure.code: end[figure.code] for figure in figures}
        return figures

    def _flows(self, source: Source, figures: list[Figure]) -> list[Figure]:
        """What happened in a window: whole months are read, the ragged ends counted."""
        first, last = self.question.when.first, self.question.when.last
        ready = {m: day for m, day in self.days.items() if first <= m and day <= last}
        figures = [figure for figure in figures if self._reads(figure)]
        if not ready or not figures:
            return []
        apart = self._apart(max(ready.values()))
        self.answer.add({}, {figure.code: 0 for figure in figures})
        for window, kept in _cut(first, last, ready):
            part = replace(self.question, when=window)
            if not kept:
                self.answer.add(*count(source, figures, part, self.by))
                continue
            pairs = _pairs(part.stretches(window.first, window.last), ready)
            self._put(source, figures, pairs, apart, window)
        return figures

    def _reads(self, figure: Figure) -> bool:
        """Levels are those of the tree of the time, and of paths not too deep."""
        return not figure.border or (self.question.frame == THEN and self._levels <= LEVELS)

    @cached_property
    def _levels(self) -> int:
        """As many of a border figure are read: those above the deepest path that is asked for."""
        deepest = max((len(place.path) // WIDTH for place in self.question.stood), default=0)
        return deepest + (self.by == "child")

    def _columns(self, figure: Figure) -> list[str]:
        return self.sheet.columns_of(figure)[: self._levels if figure.border else 1]

    # kept, less the units apart, plus these counted

    def _put(
        self, source: Source, figures: list[Figure], pairs: Pairs, apart: Collection[int], when: On | Window
    ) -> None:
        self.answer.add({}, {figure.code: 0 for figure in figures})
        self.answer.add(*self._kept(figures, pairs, apart))
        if apart:
            only = replace(self.question, when=when, only=frozenset(apart))
            self.answer.add(*count(source, figures, only, self.by))

    def _kept(self, figures: list[Figure], pairs: Pairs, apart: Collection[int]) -> tuple[Parts, Counts]:
        if not pairs:
            return {}, {}
        summed = self.via != "facts" and self.question.frame == THEN
        read = self._sums if summed else self._facts
        found = Answer()
        found.add(*read(figures, pairs))
        if apart:
            found.add(*self._facts(figures, pairs, apart), sign=-1)
        return found.parts, found.total

    def _sums(self, figures: list[Figure], pairs: Pairs) -> tuple[Parts, Counts]:
        table, spans = self.sheet.sums._meta.db_table, self._spans(figures)
        if self.by == "month":
            found = Answer()
            for path, some in pairs:
                asked = f"FROM {table} WHERE month IN ({_marks(some)}) AND path = %s"
                rows = self._rows(figures, asked, [*map(_day, some), path], "month", True)
                _add_months(found, spans, rows, len(path) // WIDTH)
            return found.parts, found.total
        where, values = [], []
        for path, some in pairs:
            at, paths = self._wanted(path)
            where.append(f"(month IN ({_marks(some)}) AND ({at}))")
            values += [*map(_day, some), *paths]
        once_each = sum(len(some) for _path, some in pairs) == 1
        rows = self._rows(figures, f"FROM {table} WHERE {' OR '.join(where)}", values, "path", once_each)
        parts, total = _by_path(spans, rows, {path for path, _months in pairs})
        if self.question.shown is not None:
            parts[OWN] = self._own(figures, pairs)
        return (parts if self.by == "child" else {}), total

    def _wanted(self, path: str) -> tuple[str, list[str]]:
        """Whose sums are read, the unit's and children's, as SQL and its values. A list of paths is looked up in the
        index; databases read more than that for alternatives."""
        if self.by != "child":
            return "path = %s", [path]
        if self.question.shown is None:
            return "path = %s OR above = %s", [path, path]
        paths = [path, *(path + segment(child) for child in sorted(self.question.shown))]
        return f"path IN ({_marks(paths)})", paths

    def _own(self, figures: list[Figure], pairs: Pairs) -> Counts:
        """What stands at the unit itself, from its facts."""
        table, spans, found = self.sheet.facts._meta.db_table, self._spans(figures), Answer()
        for path, some in pairs:
            asked = f"FROM {table} WHERE month IN ({_marks(some)}) AND path = %s"
            for _path, *numbers in self._rows(figures, asked, [*map(_day, some), path], "path", False):
                found.add({}, _told(spans, numbers, len(path) // WIDTH + 1))
        return found.total

    def _facts(self, figures: list[Figure], pairs: Pairs, apart: Collection[int] = ()) -> tuple[Parts, Counts]:
        spans, found = self._spans(figures), Answer()
        for top, some in pairs:
            rows, depth = self._facts_under(figures, top, some, apart), len(top) // WIDTH
            if self.by == "month":
                _add_months(found, spans, rows, depth)
                continue
            children: dict[int | None, Numbers] = defaultdict(lambda: [0] * spans[-1][2])
            for path, *numbers in rows:
                mine = children[below(path, top)]
                mine[:] = map(add, mine, numbers)
            for key, numbers in children.items():
                found.add({key: _told(spans, numbers, depth + 1)}, _told(spans, numbers, depth))
        return (found.parts if self.by else {}), found.total

    def _facts_under(
        self, figures: list[Figure], top: str, some: list[date], apart: Collection[int]
    ) -> Iterator[tuple[Any, ...]]:
        table, frame = self.sheet.facts._meta.db_table, self.question.frame
        path, joined, values = "f.path", "", []
        if frame != THEN:
            path = "p.path"
            joined = (
                " JOIN kernel_placement p ON p.unit_id = f.unit_id AND p.voided_at IS NULL "
                "AND p.valid_from <= %s AND p.valid_to > %s"
            )
            values += [_day(frame), _day(frame)]
        where = f"f.month IN ({_marks(some)}) AND {path} >= %s AND {path} < %s"
        values += [*map(_day, some), top, top + "~"]
        if apart:
            where += f" AND f.unit_id IN ({_marks(apart)})"
            values += sorted(apart)
        key = "f.month" if self.by == "month" else path
        return self._rows(figures, f"FROM {table} f{joined} WHERE {where}", values, key, False, "f.")

    def _spans(self, figures: list[Figure]) -> Spans:
        found: Spans = []
        for figure in figures:
            start = found[-1][2] if found else 0
            found.append((figure.code, start, start + len(self._columns(figure))))
        return found

    def _rows(
        self, figures: list[Figure], asked: str, values: list[Any], key: str, once_each: bool, prefix: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        """(key, the numbers of each column). What the sheet's other figures will ask of the same rows is read with
        them; `once_each`: of each key there is one row."""
        alike = self.asked if once_each else [one for one in self.asked if one.flow == figures[0].flow]
        columns = [column for figure in alike for column in self._columns(figure)]
        memo = (asked, tuple(values), key, None if once_each else figures[0].flow)
        if memo not in self.fetched:
            names = [prefix + connection.ops.quote_name(column) for column in columns]
            read = ", ".join(names if once_each else [f"SUM({name})" for name in names])
            grouped = "" if once_each else f" GROUP BY {key}"
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {key}, {read} {asked}{grouped}", values)
                self.fetched[memo] = cursor.fetchall()
        places = {column: number for number, column in enumerate(columns, 1)}
        mine = [places[column] for figure in figures for column in self._columns(figure)]
        return map(itemgetter(0, *mine), self.fetched[memo])

    def _apart(self, day: date) -> set[int]:
        """Units that wait to be counted again, asked once; `day` is the last that is read."""
        if self.marked is None:
            self.marked = marked(self.sheet, self.question, min(self.days), max(self.days.values()))
        told = self.answer.kept
        pending = max(len(self.marked), told.pending if told else 0)
        self.answer.kept = Kept(max(day, told.day) if told else day, pending)
        return self.marked


# --- small parts --------------------------------------------------------------------------------------------------


def _kept_days(sheet: Sheet, first: date, last: date) -> dict[date, date]:
    """{month: its day} of the months that are kept as the figures are defined now."""

    def ask() -> list[tuple[str, str, date, date]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sheet, version, month, day FROM kernel_keptmonth")
            return [(code, made, _date(m), _date(day)) for code, made, m, day in cursor.fetchall()]

    mine = (sheet.code, version(sheet))
    return {m: day for code, made, m, day in once(("kept",), ask) if (code, made) == mine and first <= m <= last}


def _cut(first: date, last: date, ready: dict[date, date]) -> Iterator[tuple[Window, bool]]:
    """The window in stretches that are kept and stretches that are not."""
    pieces: list[tuple[date, date, bool]] = []
    for m in months(first, last + ONE):
        end = min(after(m), last + ONE)
        if m in ready:  # the running month is kept up to its day
            pieces += [(m, ready[m] + ONE, True), (ready[m] + ONE, end, False)]
        else:
            pieces.append((max(m, first), end, False))
    for kept, some in groupby((piece for piece in pieces if piece[0] < piece[1]), key=itemgetter(2)):
        joined = list(some)
        yield Window(joined[0][0], joined[-1][1]), kept


def _pairs(places: Iterable[Stretch], ready: dict[date, date]) -> Pairs:
    """A path is its unit's own: whatever lies at or under it in a month stood there while the unit did."""
    found: dict[str, set[date]] = defaultdict(set)
    for place in places:
        found[place.path] |= {m for m, day in ready.items() if place.start <= day and place.end > m}
    return [(path, sorted(some)) for path, some in found.items() if some]


def below(path: str, top: str) -> int | None:
    """The child of `top` at or under which the path lies; `OWN` for the top itself."""
    return OWN if path == top else unit_of(path[len(top) : len(top) + WIDTH])


def _told(spans: Spans, numbers: Sequence[int], depth: int) -> Counts:
    """The figures of a path of so many units: a border figure is the sum of the levels above it."""
    return {code: sum(numbers[start : min(end, start + depth)]) for code, start, end in spans}


def _add_months(found: Answer, spans: Spans, rows: Iterable[tuple[Any, ...]], depth: int) -> None:
    for first, *numbers in rows:
        told = _told(spans, numbers, depth)
        found.add({_date(first): told}, told)


def _by_path(spans: Spans, rows: Iterable[tuple[Any, ...]], tops: set[str]) -> tuple[Parts, Counts]:
    """Children by their paths; what stands at the unit itself is its row less the children's."""
    found, own = Answer(), {top: [0] * spans[-1][2] for top in tops}
    for path, *numbers in rows:
        depth, up = len(path) // WIDTH, path[:-WIDTH]
        if path in tops:
            found.add({}, _told(spans, numbers, depth))
            own[path] = list(map(add, own[path], numbers))
        if up in tops:
            found.add({unit_of(path[-WIDTH:]): _told(spans, numbers, depth)}, {})
            own[up] = list(map(sub, own[up], numbers))
    for top, numbers in own.items():
        found.add({OWN: _told(spans, numbers, len(top) // WIDTH + 1)}, {})
    return found.parts, found.total


def _marks(some: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(some))


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _date(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
