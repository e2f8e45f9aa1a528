"""The numbers of the dashboard: everything of one moment, in one query for each source."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.figures import OWN, Kept, Table, children, named, series, snapshot, table
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.ui.text import num, pct
from hatnhan.members.figures import AGES, PARTY_AGES
from hatnhan.units.queries import names

from .asked import FIRST, Asked, in_order, short_month, some_of

MOVES = (
    "members.admitted", "members.restored", "members.in", "members.reorganised_in", "members.out",
    "members.reorganised_out", "members.left",
)  # fmt: skip
ALWAYS = {"members.admitted", "members.in", "members.out", "members.left"}
COLUMNS = (
    "members", "members.women", "members.probationary", "units.cells", "members.admitted", "members.in", "members.out",
    "members.left",
)  # fmt: skip
REVIEW = ("members.probation_over", "units.cells_unled", "members.provisional")


class Number(NamedTuple):
    """A number on a page: what it is, how it is written, where its rows are."""

    label: str
    value: int
    text: str
    href: str
    short: str = ""


@dataclass(frozen=True)
class Tile:
    """A number in large."""

    title: str
    text: str
    href: str
    detail: str = ""
    spark: tuple[int, ...] = ()


@dataclass(frozen=True)
class Child:
    """A line of the table: a unit below, or what stands at the unit itself (without an address)."""

    name: str
    href: str
    ended: bool
    numbers: list[Number]


@dataclass(frozen=True)
class Head:
    """A column of the table: the word for its order in the address, and `sorted` when the lines stand in it."""

    label: str
    sort: str
    sorted: str = ""


@dataclass(frozen=True)
class Band:
    """A line of a chart: a band of ages with its parts."""

    label: str
    total: Number
    parts: list[Number]


@dataclass(frozen=True)
class Dashboard:
    """All that the page shows. `rest` units below are on the next page, which begins at `more`. `review` are numbers,
    none of them nought, that somebody should look at."""

    name: str
    tiles: list[Tile]
    heads: list[Head]
    children: list[Child]
    whole: list[Number]
    rest: int
    more: int
    moves: list[Number]
    review: list[Number]
    months: list[Number]
    ages: list[Band]
    party_ages: list[Band]
    members: int
    cells: int
    stood: bool
    kept: Kept | None


def dashboard(asked: Asked, start: int | None = None, sort: str = "") -> Dashboard:
    """The dashboard of a unit. `start` is how many units below are left out before the first shown; None shows the
    first few. `sort` is the figure by which they stand, the largest first; without one they stand by name."""
    ages = [f"members.age.{code}{tail}" for code in AGES for tail in ("", ".women", ".men")]
    bands = [f"members.party_age.{code}" for code in [*PARTY_AGES, "unknown"]]
    codes = [
        *COLUMNS,
        *MOVES,
        *REVIEW,
        "members.active",
        "units",
        *ages,
        "members.age.unknown",
        *bands,
        "members.women_share",
    ]
    with snapshot():
        course = series("members", asked.unit, asked.course, asked.tree)
        found, below, keys, called = _asked(asked, codes, start, sort)
    name = called.get(asked.unit.pk, "")
    some = some_of(keys, start)
    return Dashboard(
        name=name,
        tiles=_tiles(asked, found, [n for _month, n in course]),
        heads=_heads(sort),
        children=[_child(asked, below, called, key) for key in some.keys],
        whole=[_number(asked, code, found.total[code]) for code in COLUMNS],
        rest=some.rest,
        more=some.more,
        moves=[_number(asked, code, found.total[code]) for code in MOVES if code in ALWAYS or found.total[code]],
        review=[_number(asked, code, found.total[code]) for code in REVIEW if found.total[code]],
        months=[_at_month(asked, first, n) for first, n in course],
        ages=_ages(asked, found),
        party_ages=_party_ages(asked, found),
        members=found.total["members"],
        cells=found.total["units.cells"],
        stood=found.total["units"] > 0,
        kept=found.kept,
    )


def _number(asked: Asked, code: str, value: int) -> Number:
    one = named(code)
    return Number(str(one.label), value, num(value), asked.figure_url(one))


def _tiles(asked: Asked, found: Table, course: list[int]) -> list[Tile]:
    women, total = named("members.women_share"), found.total
    since = f"{asked.course.start.month}/{asked.course.start.year}"
    grown = num(course[-1] - course[0], signed=True)
    change = _("%(change)s từ cuối tháng %(month)s") % {"change": grown, "month": since}
    part = found.ratio("members.women_share")
    cell = total["units.cells"] == total["units"]
    third = (
        _tile(asked, "members.active", total["members.active"], _share(total["members.active"], total["members"]))
        if cell
        else _tile(asked, "units.cells", total["units.cells"], _per_cell(total))
    )
    return [
        _tile(asked, "members", total["members"], change, tuple(course)),
        Tile(
            str(women.label), pct(part.share), asked.figure_url(women),
            _("%(n)s trong %(of)s đảng viên") % {"n": num(part.n), "of": num(part.of)},
        ),
        _tile(
            asked, "members.probationary", total["members.probationary"],
            _share(total["members.probationary"], total["members"]),
        ),
        third,
        _tile(
            asked, "members.admitted", total["members.admitted"],
            _("từ %(first)s") % {"first": written(asked.first)},
        ),
    ]  # fmt: skip


def _share(n: int, of: int) -> str:
    return _("%(share)s đảng viên") % {"share": pct(n / of)} if of else ""


def _per_cell(total: dict[str, int]) -> str:
    cells = total["units.cells"]
    return _("bình quân %(n)s đảng viên") % {"n": num(total["members"] / cells, 1)} if cells else ""


def _tile(asked: Asked, code: str, value: int, detail: str, spark: tuple[int, ...] = ()) -> Tile:
    one = named(code)
    return Tile(str(one.label), num(value), asked.figure_url(one), detail, spark)


def _child(asked: Asked, found: Table, called: dict[int, str], key: int | None) -> Child:
    """A unit that has ended in the meantime says so; what stands at the unit itself has no pages."""
    if key is OWN:
        own = [Number(str(named(code).label), n, num(n), "") for code in COLUMNS for n in [found.part(OWN, code)]]
        return Child(_("Trực tiếp tại %(unit)s") % {"unit": called.get(asked.unit.pk, "")}, "", False, own)
    there = asked.at(key)
    return Child(
        called.get(key, ""), there.dashboard_url(), not found.part(key, "units"),
        [_number(there, code, found.part(key, code)) for code in COLUMNS],
    )  # fmt: skip


def _asked(
    asked: Asked, codes: list[str], start: int | None, sort: str
) -> tuple[Table, Table, list[int | None], dict[int, str]]:
    """The unit's numbers, those of the units below, these in their order, and what they are called. Of many, of which
    the first few by name are shown, the numbers of these alone are read."""
    stand = children(asked.unit, asked.window, asked.tree)
    few = start is None and sort not in COLUMNS and len(stand) > FIRST + 3
    called = names([asked.unit.pk, *stand], asked.last)
    if not few:
        found = table(codes, asked.unit, asked.window, asked.tree)
        if others := [key for key in found.parts if key is not OWN and key not in called]:
            called |= names(others, asked.last)
        return found, found, _sorted(found, called, sort), called
    keys: list[int | None] = [*sorted(in_order(stand, called), key=lambda key: not stand[key])]
    shown = [key for key in keys[:FIRST] if key is not OWN]
    found = table(codes, asked.unit, asked.window, asked.tree, by=None)
    below = table([*COLUMNS, "units"], asked.unit, asked.window, asked.tree, shown=shown)
    if any(below.part(OWN, code) for code in COLUMNS):
        keys.append(OWN)
    return found, below, keys, called


def _sorted(found: Table, called: dict[int, str], sort: str) -> list[int | None]:
    """The lines by name, or the largest first. Units that have ended, and what stands at the unit itself, stay last."""
    keys = [key for key in found.parts if key is not OWN or any(found.part(OWN, code) for code in COLUMNS)]
    if keys == [OWN]:
        return []

    def place(key: int | None) -> tuple[bool, bool, int]:
        return key is OWN, not found.part(key, "units"), -found.part(key, sort) if sort in COLUMNS else 0

    return sorted(in_order(keys, called), key=place)


def _heads(sort: str) -> list[Head]:
    by_name = Head(_("Tổ chức"), "", "" if sort in COLUMNS else "ascending")
    return [by_name, *(Head(str(named(code).label), code, "descending" if code == sort else "") for code in COLUMNS)]


def _at_month(asked: Asked, first: date, n: int) -> Number:
    shown = asked.at(asked.unit.pk, last=min(asked.last, after(first) - ONE))
    href = shown.figure_url(named("members"))
    return Number(f"{first.month}/{first.year}", n, num(n), href, short_month(first))


def _ages(asked: Asked, found: Table) -> list[Band]:
    def number(code: str) -> Number:
        return _number(asked, f"members.age.{code}", found.total[f"members.age.{code}"])

    bands = [
        Band(str(label), number(code), [number(f"{code}.men"), number(f"{code}.women")])
        for code, (_low, _high, label) in AGES.items()
    ]
    unknown = number("unknown")
    return [*bands, Band(unknown.label, unknown, [])] if unknown.value else bands


def _party_ages(asked: Asked, found: Table) -> list[Band]:
    numbers = [
        _number(asked, f"members.party_age.{code}", found.total[f"members.party_age.{code}"])
        for code in [*PARTY_AGES, "unknown"]
    ]
    if not numbers[-1].value:
        numbers.pop()
    return [Band(number.label, number, [number]) for number in numbers]
