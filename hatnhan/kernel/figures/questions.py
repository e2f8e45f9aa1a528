"""The questions to figures: value, by child, series, share, rows; and `table`, which asks many at once.

Nothing here asks who may see: whoever calls has checked that the reader may see the unit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..days import ONE
from ..models import Placement, Unit
from .counting import Counts, Parts, count, rows_of
from .definitions import THEN, BadQuestion, Figure, Frame, On, Part, Ratio, Source, When, Window, base, named, parts_of
from .kept import READERS, Answer, By, Kept, Via
from .question import MOMENT, Question, month_ends


@dataclass(frozen=True)
class Table:
    """Many figures of one unit. `parts` by child (a unit's id, or `OWN` for what stands at the unit itself) or by the
    first day of each month; `total` is always the unit's own number, whether the parts add up to it or not. `kept` says
    what of it was not counted just now; None: all was."""

    total: Counts = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)
    kept: Kept | None = None

    def part(self, key: Any, code: str) -> int:
        """One number; 0 where nothing was counted."""
        return self.parts.get(key, {}).get(code, 0)

    def ratio(self, code: str) -> Part:
        """A ratio of the unit as a whole."""
        one = named(code)
        if not isinstance(one, Ratio):
            raise TypeError(f"{code} is no ratio")
        return Part(self.total[one.top], self.total[one.bottom])


def table(
    codes: Iterable[str], unit: Unit | int, when: When, frame: Frame = THEN, by: By = "child",
    known_at: datetime | None = None, via: Via = "auto", shown: Iterable[int] | None = None,
) -> Table:  # fmt: skip
    """All of a page's figures in one snapshot: what is kept is read, the rest counted with one query per source.
    `shown`: of the children these alone are told apart, so that a page of a few of many reads no more than it shows.

    In a window flows count what happened in it, stocks what held on its last day. Raises `UnknownFigure`, and
    `BadQuestion` for a flow without a window and for a frame older than what is shown."""
    question = _question(unit, when, frame, known_at)
    if shown is not None:
        question = replace(question, shown=frozenset(shown))
    groups: dict[Source, list[Figure]] = defaultdict(list)
    for figure in parts_of(codes):
        if figure.flow and isinstance(when, On):
            text = _("“%(label)s” được tính trong một khoảng thời gian: hãy cho ngày đầu và ngày cuối.")
            raise BadQuestion(text % {"label": figure.label})
        groups[figure.source].append(figure)
    parts: Parts = {m: {} for m in month_ends(question)} if by == "month" else {}
    with snapshot():
        read = _read(groups, question, by, via)
        total = read.total
        for key, row in read.parts.items():
            if by == "month" or (any(row.values()) and question.shows(key)):
                parts.setdefault(key, {}).update(row)
        for source, figures in read.live.items():
            found, whole = count(source, figures, question, by)
            total |= whole
            for key, row in found.items():
                if by != "child" or question.shows(key):
                    parts.setdefault(key, {}).update(row)
    return Table(total, parts, read.kept)


def _read(groups: dict[Source, list[Figure]], question: Question, by: By, via: Via) -> Answer:
    """What is kept; of other moments of knowledge than now nothing is."""
    if via == "live" or question.known_at is not None:
        return Answer(live=groups)
    return READERS[-1](groups, question, by, via)


def children(unit: Unit | int, when: When, frame: Frame = THEN) -> dict[int, bool]:
    """The units directly below that stood at some time of the window, or in the tree of the frame; True for those that
    stand on its last day."""
    first, last = (when.first, when.last) if frame == THEN else (frame, frame)
    rows = Placement.objects.during(first, last + ONE).filter(parent=unit, stands=True).order_by("valid_from")
    return {pk: end > last for pk, end in rows.values_list("unit_id", "valid_to")}


def value(
    code: str, unit: Unit | int, when: When, frame: Frame = THEN, known_at: datetime | None = None, via: Via = "auto"
) -> int:
    """The number of a figure for a unit and all below it."""
    figure = base(code)
    return table([code], unit, when, frame, by=None, known_at=known_at, via=via).total[figure.code]


def quotient(code: str, unit: Unit | int, when: When, frame: Frame = THEN) -> Part:
    """A ratio for a unit and all below it."""
    return table([code], unit, when, frame, by=None).ratio(code)


def by_child(
    code: str, unit: Unit | int, when: When, frame: Frame = THEN, known_at: datetime | None = None, via: Via = "auto"
) -> dict[int | None, int]:
    """{child's id, or `OWN`: number}, without zeros. Of a border figure each child's own number."""
    figure = base(code)
    parts = table([code], unit, when, frame, by="child", known_at=known_at, via=via).parts
    return {key: row[figure.code] for key, row in parts.items() if row[figure.code]}


def share(code: str, unit: Unit | int, when: When, frame: Frame = THEN) -> dict[int | None, Part]:
    """{child's id, or `OWN`: its part in the unit's number}. Raises `BadQuestion` where children do not add up."""
    figure = base(code)
    if not figure.additive:
        text = _("“%(label)s” của các tổ chức trực thuộc không cộng lại thành số chung.")
        raise BadQuestion(text % {"label": figure.label})
    found = table([code], unit, when, frame, by="child")
    return {key: Part(row[code], found.total[code]) for key, row in found.parts.items() if row[code]}


def series(
    code: str, unit: Unit | int, window: Window, frame: Frame = THEN, known_at: datetime | None = None
) -> list[tuple[date, int]]:
    """[(first day of the month, number)] for every month of the window; of a stock at the month's end, in the last
    month on the window's last day."""
    figure = base(code)
    found = table([code], unit, window, frame, by="month", known_at=known_at)
    return [(m, found.part(m, figure.code)) for m in sorted(found.parts)]


def rows(
    code: str, unit: Unit | int, when: When, frame: Frame = THEN, known_at: datetime | None = None
) -> QuerySet[Any]:
    """Exactly the rows that `value` counts, in no order."""
    figure = base(code)
    if figure.flow and isinstance(when, On):
        text = _("“%(label)s” được tính trong một khoảng thời gian: hãy cho ngày đầu và ngày cuối.")
        raise BadQuestion(text % {"label": figure.label})
    return rows_of(figure, _question(unit, when, frame, known_at))


def _question(unit: Unit | int, when: When, frame: Frame, known_at: datetime | None) -> Question:
    return Question(unit.pk if isinstance(unit, Unit) else unit, when, frame, known_at)


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment for all the statements of an answer; may be nested. Only for reading."""
    if MOMENT.get() is not None:
        yield
        return
    token = MOMENT.set({})
    try:
        with _one_moment():
            yield
    finally:
        MOMENT.reset(token)


@contextmanager
def _one_moment() -> Iterator[None]:
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:  # a plain BEGIN: atomic() would begin IMMEDIATE and keep writers out
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
