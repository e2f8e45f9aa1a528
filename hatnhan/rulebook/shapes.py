"""The typed values of rules (kinds, regimes, bodies …), each built from its table and checked field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from hatnhan.rulebook.errors import RuleFileError
from hatnhan.rulebook.rule import Rule
from hatnhan.rulebook.seats import SEATS
from hatnhan.rulebook.words import Words

COMMITTEES = ("always", "by_number", "appointed")
VOTES = ("yes", "if_present", "no")
DUES = ("here", "there", "none")
PLAIN = (int, bool, str, date)
COUNTED = ("working", "calendar")
SHIFTS = ("none", "before", "after")
MONTHS = tuple(str(number) for number in range(1, 13))


@dataclass(frozen=True, eq=False)
class Entry:
    """A coded thing of the rulebook with the rule that says so and its label in both languages."""

    code: str
    rule: Rule
    label: Words


@dataclass(frozen=True, eq=False)
class Called(Entry):
    """An entry that spreadsheets write in several ways: `names`."""

    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Kind(Called):
    """A kind of Party organisation on a day and in a regime.

    `level` 0 is the Centre, 3 the grassroots (it only orders). `parents` are the kinds it may stand under, `seats` its
    places in the line of authority. `committee`: always, by_number (chi ủy from nine full members) or appointed.
    Under the parents `bare_under` a bare "chi bộ" or "đảng bộ" means it."""

    level: int
    parents: tuple[str, ...]
    seats: Annotated[tuple[str, ...], SEATS]
    committee: Annotated[str, COMMITTEES]
    committee_label: Words
    seal: bool
    bare_under: tuple[str, ...] = ()

    @property
    def cell(self) -> bool:
        """Members belong to units of this kind."""
        return "cell" in self.seats

    @property
    def grassroots(self) -> bool:
        """A grassroots Party organisation (tổ chức cơ sở đảng)."""
        return "grassroots" in self.seats

    @property
    def own_log(self) -> bool:
        """Acts upon a unit of this kind, and upon those below it without a log of their own, lie in a log chain of its
        own: of every grassroots organisation, and of the level above it below the province, so that organisations which
        work at one time do not wait for each other."""
        return self.grassroots or ("direct_superior" in self.seats and "province" not in self.seats)


@dataclass(frozen=True, eq=False)
class Regime(Entry):
    """Which kinds exist and what a cell is called. `by_switch`: only where a commune was switched to it.
    `becomes` gives the new kind of units that are there on the day of the switch."""

    by_switch: bool
    cell: Words
    kinds: tuple[str, ...]
    becomes: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Act(Entry):
    """Something that only a competent level may decide."""


@dataclass(frozen=True, eq=False)
class Authority:
    """Who decides an act: the body of the unit that takes this seat above (or at) the unit concerned."""

    code: str
    rule: Rule
    seat: Annotated[str, SEATS]
    body: str


@dataclass(frozen=True, eq=False)
class Body(Called):
    """A body of a committee and what its posts are called there."""

    kinds: tuple[str, ...]
    head: Words
    deputy: Words
    member: Words


@dataclass(frozen=True, eq=False)
class Office(Called):
    """A Party office. `bodies`: where held ("group": tổ đảng); `single`: one holder at a time; `order`: in lists."""

    bodies: tuple[str, ...]
    order: int
    single: bool


@dataclass(frozen=True, eq=False)
class Standing(Called):
    """Who a person is in the Party. `member`: counted as a member; `votes`: may vote and be elected."""

    member: bool
    votes: bool


@dataclass(frozen=True, eq=False)
class Participation(Called):
    """How a member takes part. `counted` in the strength of the home cell; `ends`: needs an end day."""

    counted: bool
    votes: Annotated[str, VOTES]
    dues: Annotated[str, DUES]
    ends: bool


@dataclass(frozen=True, eq=False)
class Belonging(Called):
    """As what a person belongs to a cell: home, temporary, residence guest."""

    counted: bool
    votes: bool
    dues: bool


@dataclass(frozen=True, eq=False)
class Holiday(Entry):
    """Days off that a year's announcement or the law names, both included; with `works` days at work in exchange for
    days off (a Saturday). Days off that fall on a weekend are moved where the announcement says: it is the entry."""

    first: date
    last: date
    works: bool = False


@dataclass(frozen=True, eq=False)
class Deadline(Entry):
    """A time limit: `n` working or calendar days after the event; day 1 is the first such day after it."""

    n: int
    counted: Annotated[str, COUNTED]


@dataclass(frozen=True, eq=False)
class PaperType(Entry):
    """A type of paper. `symbol` stands in its number, `also` are older ones that are understood; `named`: the type's
    name is printed (not on an official letter); `administrative`: a slip or letter that everybody may issue."""

    symbol: str
    named: bool
    administrative: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Obligation(Entry):
    """What units of some levels owe again and again, of `kinds` only where they are named: on `day` (31: the last) of
    each of `months`. A day off is moved to the working day before or after it, or stays (`shift`); the last day in time
    lies `ahead` working days earlier. It is opened `opens` calendar days before it is due."""

    seats: Annotated[tuple[str, ...], SEATS]
    months: Annotated[tuple[str, ...], MONTHS]
    day: int
    shift: Annotated[str, SHIFTS]
    ahead: int = 0
    opens: int = 20
    kinds: tuple[str, ...] = ()


Shape = TypeVar("Shape")

# Key prefix → what its values are. Families that are not listed hold plain values.
SHAPES: dict[str, type[Any]] = {
    "kind": Kind,
    "regime": Regime,
    "act": Act,
    "authority": Authority,
    "body": Body,
    "office": Office,
    "standing": Standing,
    "participation": Participation,
    "membership": Belonging,
    "holiday": Holiday,
    "deadline": Deadline,
    "paper_type": PaperType,
    "obligation": Obligation,
}


def shaped(shape: type[Shape], rule: Rule, base: Mapping[str, Any] | None = None) -> Shape:
    """The rule's value as its shape, over the fields of `base`. Raises RuleFileError with what is allowed."""
    table = {**(base or {}), **_table(rule)}
    given: dict[str, Any] = {}
    for item, names, hint in _fields(shape):
        if item.default is MISSING or any(name in table for name in names):
            given[item.name] = _value(rule, table, names, hint)
    for name in table:
        raise _error(rule, _("không có mục “%(field)s”.") % {"field": name}, allowed_fields(shape))
    make: Any = shape
    made: Shape = make(code=rule.key.rpartition(".")[2], rule=rule, **given)
    return made


def allowed_fields(shape: type[Any]) -> list[str]:
    """Names that a table of this shape may use, as written in the file."""
    return [name for _item, names, _hint in _fields(shape) for name in names]


def _fields(shape: type[Any]) -> Iterator[tuple[Field[Any], tuple[str, ...], Any]]:
    """Each field with the names it has in the file (two for Words) and its type."""
    hints = get_type_hints(shape, include_extras=True)
    for item in fields(shape):
        if item.name not in ("code", "rule"):
            stem = item.name.removesuffix("_label")
            words = hints[item.name] is Words
            yield item, (f"{stem}_vi", f"{stem}_en") if words else (item.name,), hints[item.name]


def _error(rule: Rule, problem: str, allowed: Iterable[str] | str) -> RuleFileError:
    return RuleFileError(f"{rule.family}.toml", rule.key, problem, allowed)


def _table(rule: Rule) -> dict[str, Any]:
    if not isinstance(rule.value, dict):
        raise _error(rule, _("giá trị phải là một bảng."), "[rule.value]")
    return rule.value


def _value(rule: Rule, table: dict[str, Any], names: tuple[str, ...], hint: Any) -> Any:
    for name in names:
        if name not in table:
            raise _error(rule, _("thiếu mục “%(field)s”.") % {"field": name}, name)
    if hint is Words:
        return Words(*(_typed(rule, name, table.pop(name), str) for name in names))
    if get_origin(hint) is not Annotated:
        return _typed(rule, names[0], table.pop(names[0]), hint)
    plain, allowed = get_args(hint)
    value = _typed(rule, names[0], table.pop(names[0]), plain)
    for item in value if isinstance(value, tuple) else (value,):
        if item not in allowed:
            problem = _("mục “%(field)s” không nhận “%(value)s”.") % {"field": names[0], "value": item}
            raise _error(rule, problem, allowed)
    return value


def _typed(rule: Rule, name: str, value: Any, hint: Any) -> Any:
    if hint in PLAIN and type(value) is hint:
        return value
    if hint == tuple[str, ...] and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if hint == Mapping[str, str] and isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return dict(value)
    allowed = hint.__name__ if isinstance(hint, type) and hint in PLAIN else str(hint)
    raise _error(rule, _("mục “%(field)s” ghi sai kiểu.") % {"field": name}, allowed)
