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

from .asked import Asked, by_name, short_month

SHOWN = 100


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
    left_out: int
    adds_up: bool
    course: list[Line]
    kept: Kept | None
    axis: str


def sheet(asked: Asked, one: Named) -> Sheet:
    """The page of a figure, all of one moment."""
    with snapshot():
        found = table([one.code], asked.unit, asked.when(one), asked.tree)
        course = Window(max(asked.first, asked.course.start), asked.window.end) if one.flow else asked.course
        by_month = table([one.code], asked.unit, course, asked.tree, by="month")
        called = names([asked.unit.pk, *(key for key in found.parts if key is not OWN)], asked.last)
    children = _children(asked, one, found, called)
    own = called.get(asked.unit.pk, "")
    below = any(key is not OWN for key in found.parts)
    whole = _("%(unit)s và các tổ chức trực thuộc") % {"unit": own} if below else own
    value = None if isinstance(one, Ratio) else found.total[one.code]
    return Sheet(
        name=own, value=value,
        text=one.written(found.ratio(one.code).share) if isinstance(one, Ratio) else num(value),
        terms=_terms(asked, one, whole),
        parts=[_plain(asked, code, found) for code in (one.top, one.bottom)] if isinstance(one, Ratio) else [],
        children=children[:SHOWN], left_out=max(0, len(children) - SHOWN),
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


def _children(asked: Asked, one: Named, found: Table, called: dict[int, str]) -> list[Line]:
    keys = sorted((key for key in found.parts if key is not OWN), key=lambda key: by_name(called.get(key, "")))
    lines = [_part(found, one, key, asked.at(key).figure_url(one), called.get(key, "")) for key in keys]
    lines = [line for line in lines if line.value]
    if OWN in found.parts:
        own = _part(found, one, OWN, "", _("Trực tiếp tại đây"))
        lines += [own] if own.value and lines else []
    return lines


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
