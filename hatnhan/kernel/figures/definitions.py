"""What a figure is: rows that stand at units, a condition on them, and a measure.

One definition gives the total, the breakdown, the series and the list behind them, so these cannot disagree."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from django.db.models import Aggregate, Q, QuerySet
from django.db.models import Count as CountOf
from django.db.models import Sum as SumOf
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..days import ONE
from ..ui.text import num, pct

THEN: Final = "then"
OWN: Final = None  # the key of rows that stand at the unit itself
Frame: TypeAlias = date | Literal["then"]
Condition: TypeAlias = Q | Callable[[date, datetime | None], Q]


EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


class BadQuestion(ValueError):
    """A question that has no answer; the message is a translated sentence that says why."""


class UnknownFigure(KeyError):
    """No figure has this code; the message is a translated sentence."""

    def __str__(self) -> str:
        return _("Không có số liệu mang mã “%(code)s”.") % {"code": self.args[0]}


def _within_reach(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        limits = {"first": EARLIEST.year, "last": LATEST.year}
        raise BadQuestion(_("Chỉ tính số liệu từ năm %(first)s đến năm %(last)s.") % limits)


@dataclass(frozen=True)
class On:
    """As of a day. A flow has no answer to it. Raises `BadQuestion` for a day centuries away."""

    day: date

    def __post_init__(self) -> None:
        _within_reach(self.day)

    @property
    def first(self) -> date:
        return self.day

    @property
    def last(self) -> date:
        return self.day


@dataclass(frozen=True)
class Window:
    """The days `[start, end)`. A stock answers for the last of them. Raises `BadQuestion` for none and for days
    centuries away."""

    start: date
    end: date

    def __post_init__(self) -> None:
        _within_reach(self.start)
        _within_reach(self.end)
        if self.start >= self.end:
            raise BadQuestion(_("Ngày cuối không thể trước ngày đầu."))

    @property
    def first(self) -> date:
        return self.start

    @property
    def last(self) -> date:
        return self.end - ONE


When: TypeAlias = On | Window


@dataclass(frozen=True, eq=False)
class Source:
    """Rows of a dated table that can be counted; each stands at the unit in its column `unit`.

    Without `day` they hold for their period (stock). With `day`, the name of a date column, they happen on that day
    (flow); one dated by `valid_to` counts where its unit hangs on that day, if it ended then with its heir.
    `other` names the unit from which, or to which, something goes: what border figures ask for.
    `held` names relations to other dated rows, of which at most one holds on a day: {"standing": "person__standings"}
    lets a condition on a stock say `standing__kind`."""

    code: str
    rows: Callable[[], QuerySet[Any]]
    day: str | None = None
    unit: str = "unit"
    other: str | None = None
    held: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """Entries. Adds up over units and months."""

    additive = True

    def over(self, where: Q) -> Aggregate | Combinable:
        return CountOf("pk", filter=where)


@dataclass(frozen=True)
class Sum:
    """The sum of a column of whole numbers. Adds up over units and months."""

    field: str
    additive = True

    def over(self, where: Q) -> Aggregate | Combinable:
        return Coalesce(SumOf(self.field, filter=where), 0)


@dataclass(frozen=True)
class Distinct:
    """Persons, where `Count` gives entries. What children or months show does not add up to it."""

    field: str
    additive = False

    def over(self, where: Q) -> Aggregate | Combinable:
        return CountOf(self.field, filter=where, distinct=True)


@dataclass(frozen=True)
class Without:
    """Persons none of whose rows meets `but`: those with a row, less those with such a row. Like `Distinct` it does not
    add up; the rows behind it are all rows of everybody."""

    field: str
    but: Q
    additive = False

    def over(self, where: Q) -> Aggregate | Combinable:
        return CountOf(self.field, filter=where, distinct=True) - CountOf(
            self.field, filter=where & self.but, distinct=True
        )


Measure: TypeAlias = Count | Sum | Distinct | Without


@dataclass(frozen=True, eq=False)
class Figure:
    """A named number. `where` reads single-valued relations only, and those of the source's `held` that `uses` names.
    What depends on the day is a function of the day and of the moment as of which rows are known (None: now).

    `meaning` is the sentence that defines it, `noun` what is counted ("đảng viên", "lượt"). A `border` figure counts a
    row for a unit only when the row's other unit does not lie within that unit too: a transfer inside a commune goes
    neither into nor out of the commune, but into and out of its cells."""

    code: str
    label: Any
    meaning: Any
    noun: Any
    source: Source
    where: Condition = field(default_factory=Q)
    measure: Measure = field(default_factory=Count)
    border: bool = False
    uses: tuple[str, ...] = ()

    @property
    def flow(self) -> bool:
        """True when it is asked for a window, false when for a day."""
        return self.source.day is not None

    @property
    def additive(self) -> bool:
        """True when the numbers of the children add up to the whole."""
        return self.measure.additive and not self.border

    def condition(self, day: date, known_at: datetime | None) -> Q:
        """Which rows of the source count on the day."""
        return self.where if isinstance(self.where, Q) else self.where(day, known_at)


@dataclass(frozen=True, eq=False)
class Ratio:
    """A share of one figure in another, its divisor. Of several units it is pooled: sums divided, no mean of shares.
    With a `noun` it is no share but an average, so many of these for each of the divisor."""

    code: str
    label: Any
    meaning: Any
    top: str
    bottom: str
    noun: Any = None

    def written(self, quotient: float | None) -> str:
        """The quotient as it is shown: a share in percent, an average with one digit and what it counts."""
        if self.noun is None:
            return pct(quotient)
        return num(quotient) if quotient is None else f"{num(quotient, 1)} {self.noun}"

    @property
    def flow(self) -> bool:
        return base(self.top).flow


class Part(NamedTuple):
    """A number and what it is a part of."""

    n: int
    of: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when there is nothing to be a part of."""
        return self.n / self.of if self.of else None


Named: TypeAlias = Figure | Ratio
REGISTRY: dict[str, Named] = {}


def register(*figures: Named) -> None:
    """Make figures known by their codes. Raises RuntimeError for a code given twice and for what cannot be counted."""
    for one in figures:
        if one.code in REGISTRY:
            raise RuntimeError(f"two figures are called {one.code}")
        if isinstance(one, Figure) and one.flow and not isinstance(one.where, Q):
            raise RuntimeError(f"{one.code}: the condition of a flow may not depend on a day")
        if isinstance(one, Figure) and one.border and not (one.flow and one.source.other):
            raise RuntimeError(f"{one.code}: a border figure needs a flow between two units")
        if isinstance(one, Figure) and one.uses and (one.flow or not set(one.uses) <= set(one.source.held)):
            raise RuntimeError(f"{one.code}: only a stock reads other dated rows, and those of its source")
        REGISTRY[one.code] = one


def named(code: str) -> Named:
    """The figure or ratio of a code. Raises `UnknownFigure`."""
    try:
        return REGISTRY[code]
    except KeyError:
        raise UnknownFigure(code) from None


def base(code: str) -> Figure:
    """The figure of a code. Raises `UnknownFigure`, `BadQuestion` for a ratio, which is not one number."""
    one = named(code)
    if isinstance(one, Ratio):
        raise BadQuestion(_("“%(label)s” là một tỷ lệ, không phải một con số.") % {"label": one.label})
    return one


def parts_of(codes: Iterable[str]) -> list[Figure]:
    """The figures of the codes, each once; of a ratio its two."""
    found: dict[str, Figure] = {}
    for code in codes:
        one = named(code)
        needed = [one] if isinstance(one, Figure) else [base(one.top), base(one.bottom)]
        found |= {figure.code: figure for figure in needed}
    return list(found.values())
