"""The figures of a unit on the command line: the same numbers as on the pages."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hatnhan.kernel.days import ONE, today
from hatnhan.kernel.figures import (
    OWN,
    REGISTRY,
    THEN,
    BadQuestion,
    Frame,
    On,
    Part,
    Ratio,
    Table,
    UnknownFigure,
    When,
    Window,
    named,
    snapshot,
    table,
)
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.ui.text import day as written
from hatnhan.kernel.ui.text import num
from hatnhan.reports.asked import by_name, day_from
from hatnhan.units.queries import by_code, codes, name_of, names

Numbers = dict[str, int | float | None]


class Command(BaseCommand):
    help = _("Số liệu của một tổ chức vào một ngày, hoặc trong một khoảng thời gian.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", metavar="UNIT", help=_("mã tổ chức"))
        parser.add_argument("--on", metavar="DAY", help=_("vào ngày này (mặc định: hôm nay)"))
        parser.add_argument("--from", metavar="DAY", dest="first", help=_("từ ngày này"))
        parser.add_argument("--to", metavar="DAY", dest="last", help=_("đến hết ngày này"))
        parser.add_argument("--code", action="append", default=[], help=_("số liệu cần xem; dùng nhiều lần được"))
        parser.add_argument("--by-child", action="store_true", help=_("kèm số của từng tổ chức trực thuộc"))
        parser.add_argument("--series", action="store_true", help=_("kèm số của từng tháng"))
        parser.add_argument("--frame", default=THEN, metavar="then|DAY", help=_("theo tổ chức khi đó, hay một ngày"))
        parser.add_argument("--json", action="store_true", help=_("in ra dạng JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with snapshot():
                found = answer(options)
        except (BadQuestion, UnknownFigure) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(in_words(found)))


def answer(options: dict[str, Any]) -> dict[str, Any]:
    """What is printed, as JSON has it. Raises `BadQuestion` and `UnknownFigure`."""
    when = when_of(options)
    unit = by_code(options["unit"], when.last)
    if unit is None:
        raise BadQuestion(_("Không có tổ chức nào mang mã “%(code)s”.") % {"code": options["unit"]})
    frame: Frame = THEN if options["frame"] == THEN else day_from(options["frame"])
    chosen = chosen_codes(options["code"], when)
    by = "child" if options["by_child"] else None
    total = table(chosen, unit, when, frame, by=by)  # type: ignore[arg-type]
    days = {"on": when.last} if isinstance(when, On) else {"from": when.first, "to": when.last}
    found: dict[str, Any] = {"unit": options["unit"], "name": name_of(unit, when.last)}
    found |= {name: day.isoformat() for name, day in days.items()}
    found["stands"] = Placement.objects.on(when.last).filter(unit=unit, stands=True).exists()
    found["frame"] = frame if frame == THEN else frame.isoformat()
    found["figures"] = numbers(chosen, total)
    if options["by_child"]:
        found["children"] = children(chosen, total, when.last)
    if options["series"]:
        found["series"] = months(chosen, unit, when, frame)
    return found


def when_of(options: dict[str, Any]) -> When:
    """The day, or the window with both its days included."""
    if options["first"] or options["last"]:
        if options["on"]:
            raise BadQuestion(_("Hãy dùng --on, hoặc --from với --to, không dùng cả hai."))
        last = day_from(options["last"]) if options["last"] else today()
        first = day_from(options["first"]) if options["first"] else date(last.year, 1, 1)
        return Window(first, last + ONE)
    return On(day_from(options["on"]) if options["on"] else today())


def chosen_codes(asked: Sequence[str], when: When) -> list[str]:
    """The codes asked for; else all that have an answer."""
    return list(asked) or [code for code, one in REGISTRY.items() if isinstance(when, Window) or not one.flow]


def numbers(chosen: Sequence[str], found: Table, key: Any = "total") -> Numbers:
    """{code: number}, of the whole or of one part; a ratio as a share of one with four digits, None without a base."""
    result: Numbers = {}
    for code in chosen:
        one = named(code)
        read = found.total if key == "total" else found.parts.get(key, {})
        if isinstance(one, Ratio):
            share = Part(read.get(one.top, 0), read.get(one.bottom, 0)).share
            result[code] = None if share is None else round(share, 4)
        else:
            result[code] = read.get(code, 0)
    return result


def children(chosen: Sequence[str], found: Table, on: date) -> list[dict[str, Any]]:
    """One entry for each unit directly below, by name; what stands at the unit itself has neither code nor name."""
    keys = [key for key in found.parts if key is not OWN]
    called, coded = names(keys, on), codes(keys, on)
    keys.sort(key=lambda key: by_name(called.get(key, "")))
    lines = [(coded.get(key, ""), called.get(key, ""), key) for key in keys]
    lines += [("", "", OWN)] if OWN in found.parts else []
    return [{"code": code, "name": name, "figures": numbers(chosen, found, key)} for code, name, key in lines]


def months(chosen: Sequence[str], unit: Unit, when: When, frame: Frame) -> dict[str, list[list[Any]]]:
    """{code: [[month, number], …]}; of a day, the twelve months up to it."""
    window = when if isinstance(when, Window) else Window(date(when.day.year - 1, when.day.month, 1), when.day + ONE)
    found = table(chosen, unit, window, frame, by="month")
    by_month = {m: numbers(chosen, found, m) for m in sorted(found.parts)}
    return {code: [[m.isoformat()[:7], row[code]] for m, row in by_month.items()] for code in chosen}


def in_words(found: dict[str, Any]) -> list[str]:
    """The same as lines of a table."""
    shown = {name: written(date.fromisoformat(found[name])) for name in ("on", "from", "to") if name in found}
    time = _("ngày %(on)s") if "on" in shown else _("từ %(from)s đến %(to)s")
    lines = [f"{found['name']} ({found['unit']}), {time % shown}", ""]
    if not found["stands"]:
        lines += [_("Ngày này tổ chức không hoạt động."), ""]
    lines += _lines(found["figures"])
    for child in found.get("children", []):
        name = " ".join(part for part in (child["name"], f"({child['code']})" if child["code"] else "") if part)
        lines += ["", name or _("Trực tiếp tại tổ chức này"), *_lines(child["figures"])]
    for code, course in found.get("series", {}).items():
        lines += ["", str(named(code).label), *(f"  {month}  {_text(code, n):>12}" for month, n in course)]
    return lines


def _lines(figures: Numbers) -> list[str]:
    wide = max((len(code) for code in figures), default=0)
    return [f"  {code:<{wide}}  {_text(code, n):>9}  {named(code).label}" for code, n in figures.items()]


def _text(code: str, n: float | None) -> str:
    one = named(code)
    return one.written(n) if isinstance(one, Ratio) else num(n)
