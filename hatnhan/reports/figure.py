"""One figure as a page: its value, what it means and is counted from, its parts below, its course."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan.kernel.days import ONE, after
from hatnhan.kernel.figures import OWN, REGISTRY, Figure, Kept, Named, Ratio, Table, Window, named, snapshot, table
from hatnhan.kernel.ui.text import num, pct
from hatnhan.units.queries import names
from hatnhan.units.rules import capital

from .asked import Asked, in_order, short_month, some_of


@dataclass(frozen=True)
class Line:
    """A number with its label and the page of its rows, and in small what it is a part of."""

    label: str
    value: float | None
    text: str
    href: str
    small: str = ""
    short: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that the page shows besides the rows. `parts` of a ratio are its two figures, with links."""

    name: str
    value: int | None
    text: str
    terms: list[tuple[str, str]]
    parts: list[Line]
    children: list[Line]
    rest: int
    more: int
    most: int
    adds_up: bool
    course: list[Line]
    kept: Kept | None
    axis: str


def sheet(asked: Asked, one: Named, start: int | None = None) -> Sheet:
    """The page of a figure, all of one moment. `start` is how many units below come before the first shown; None shows
    the first few."""
    with snapshot():
        found = table([one.code], asked.unit, asked.when(one), asked.tree)
        course = Window(max(asked.first, asked.course.start), asked.window.end) if one.flow else asked.course
        by_month = table([one.code], asked.unit, course, asked.tree, by="month")
        called = names([asked.unit.pk, *(key for key in found.parts if key is not OWN)], asked.last)
    keys = _keys(one, found, called)
    some = some_of(keys, start)
    own = called.get(asked.unit.pk, "")
    below = any(key is not OWN for key in found.parts)
    whole = _("%(unit)s và các tổ chức trực thuộc") % {"unit": own} if below else own
    value = None if isinstance(one, Ratio) else found.total[one.code]
    return Sheet(
        name=own, value=value,
        text=one.written(found.ratio(one.code).share) if isinstance(one, Ratio) else num(value),
        terms=_terms(asked, one, whole),
        parts=[_plain(asked, code, found) for code in (one.top, one.bottom)] if isinstance(one, Ratio) else [],
        children=[_child(asked, one, found, called, key) for key in some.keys], rest=some.rest, more=some.more,
        most=max((found.part(key, one.code) for key in keys), default=0) if isinstance(one, Figure) else 1,
        adds_up=isinstance(one, Figure) and one.additive,
        course=[_month(asked, one, course, m, by_month) for m in sorted(by_month.parts)],
        kept=found.kept or by_month.kept,
        axis="percent" if isinstance(one, Ratio) and one.noun is None else "number",
    )  # fmt: skip


def every_figure(asked: Asked) -> list[tuple[str, list[Line]]]:
    """All figures of the unit, in groups with their titles; without kinds of organisations of which there is none."""
    found = table(REGISTRY, asked.unit, asked.window, asked.tree, by=None)
    groups: dict[str, list[Line]] = {}
    for code, one in REGISTRY.items():
        if not code.startswith("units.kind.") or found.total[code]:
            groups.setdefault(_group(asked, one), []).append(_plain(asked, code, found))
    return list(groups.items())


def _group(asked: Asked, one: Named) -> str:
    if one.flow:
        return asked.words(one)
    titles = {"units": _("Tổ chức"), "members.age": _("Độ tuổi"), "members.party_age": _("Tuổi đảng")}
    prefix = max((start for start in titles if f"{one.code}.".startswith(f"{start}.")), key=len, default="")
    return titles.get(prefix, _("Đảng viên"))


def _plain(asked: Asked, code: str, found: Table) -> Line:
    one = named(code)
    label = capital(str(one.label))
    if isinstance(one, Ratio):
        share = found.ratio(code).share
        return Line(label, share, one.written(share), asked.figure_url(one))
    return Line(label, found.total[code], num(found.total[code]), asked.figure_url(one))


def _part(found: Table, one: Named, key: Any, href: str, label: str) -> Line:
    """A child's, or a month's, number."""
    if isinstance(one, Ratio):
        n, of = found.part(key, one.top), found.part(key, one.bottom)
        share = n / of if of else None
        return Line(label, share, one.written(share), href, f"{num(n)}/{num(of)}")
    n, whole = found.part(key, one.code), found.total[one.code]
    return Line(label, n, num(n), href, pct(n / whole) if one.additive and whole else "")


def _keys(one: Named, found: Table, called: dict[int, str]) -> list[int | None]:
    """The units below that have a number, by name; what stands at the unit itself only beside others."""
    code = one.code if isinstance(one, Figure) else one.top
    keys = in_order((key for key in found.parts if found.part(key, code)), called)
    return [] if keys == [OWN] else keys


def _child(asked: Asked, one: Named, found: Table, called: dict[int, str], key: int | None) -> Line:
    if key is OWN:
        return _part(found, one, OWN, "", _("Trực tiếp tại đây"))
    return _part(found, one, key, asked.at(key).figure_url(one), called.get(key, ""))


def _month(asked: Asked, one: Named, course: Window, first: date, by_month: Table) -> Line:
    last = min(asked.last, after(first) - ONE)
    shown = asked.at(asked.unit.pk, first=max(first, course.start), last=last)
    line = _part(by_month, one, first, shown.figure_url(one), f"{first.month}/{first.year}")
    return replace(line, short=short_month(first), small="" if isinstance(one, Figure) else line.small)


def _terms(asked: Asked, one: Named, name: str) -> list[tuple[str, str]]:
    """What a number is, in words: unit, time, frame, base, source."""
    terms = [
        (_("Tính cho"), name), (_("Thời gian"), asked.words(one)), (_("Xếp số liệu"), asked.frame_words()),
    ]  # fmt: skip
    if isinstance(one, Ratio):
        base = _("%(top)s chia cho %(bottom)s, làm tròn đến một phần mười phần trăm")
        if one.noun is not None:
            base = _("%(top)s chia cho %(bottom)s, làm tròn đến một phần mười")
        terms.append((_("Cách tính"), base % {"top": named(one.top).label, "bottom": named(one.bottom).label}))
    else:
        terms.append((_("Đơn vị đếm"), str(one.noun)))
    return [*terms, (_("Nguồn"), _("Đếm từ từng dòng ghi trong hệ thống này"))]
