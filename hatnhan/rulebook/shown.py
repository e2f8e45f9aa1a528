"""Rules in words, as pages, papers and the log say them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.registries import fill
from hatnhan.kernel.ui.text import day as written
from hatnhan.rulebook.book import Book, at, shelf
from hatnhan.rulebook.choices import MARKS, SEATS, VALUES
from hatnhan.rulebook.rule import Rule, Window
from hatnhan.rulebook.sources import doubt, reference
from hatnhan.rulebook.words import Words

UNIT_NAMES = "unit.names"


class Line(NamedTuple):
    """A rule as a list shows it."""

    key: str
    title: str
    value: str
    document: str
    rule: Rule
    mark: str
    window: str


class Change(NamedTuple):
    """What became of a key between two days: `how` is new, gone, changed, or `source` when it says the same by another
    document or was checked otherwise."""

    key: str
    how: str
    title: str
    before: Line | None
    after: Line | None


def title(rule: Rule) -> str:
    """What the rule says; of a coded thing its label first, of an authority the act of which it tells who decides."""
    label = _label(rule.value) or _act(rule)
    note = str(rule.note)
    return f"{label[:1].upper()}{label[1:]}. {note}" if label else note


def value(rule: Rule) -> str:
    """The value in words; empty where the sentence says all of it."""
    given = rule.value
    if isinstance(given, bool):
        return _("có") if given else _("không")
    if isinstance(given, int | float):
        return f"{given:g}".replace(".", ",")
    if isinstance(given, str):
        return str(VALUES.get(given, ""))
    if isinstance(given, tuple) and len(given) == 2 and all(type(part) is int for part in given):
        return f"{given[0]}/{given[1]}"
    if isinstance(given, dict) and "n" in given:
        return f"{given['n']} {VALUES.get(given.get('counted', ''), '')}".strip()
    if isinstance(given, dict) and "seat" in given:
        return str(SEATS.get(given["seat"], ""))
    return ""


def mark(rule: Rule) -> str:
    """How the rule was seen, and why it only warns when it does."""
    if rule.unit is not None:
        return _("cấp ủy tự quy định")
    return doubt(rule) or str(MARKS[rule.mark])


def window(days: Window) -> str:
    """A window in words; its end is said as the last day."""
    start, end = days
    if start == date.min and end == FAR:
        return _("mọi ngày")
    if start == date.min:
        return _("đến hết ngày %(day)s") % {"day": written(end - ONE)}
    if end == FAR:
        return _("từ ngày %(day)s") % {"day": written(start)}
    return _("từ ngày %(start)s đến hết ngày %(end)s") % {"start": written(start), "end": written(end - ONE)}


def line(rule: Rule) -> Line:
    """The rule with all its words."""
    return Line(rule.key, title(rule), value(rule), reference(rule), rule, mark(rule), window(rule.window))


def lines(rules: Iterable[Rule]) -> list[Line]:
    return [line(rule) for rule in rules]


class Group(NamedTuple):
    """A family as the list of families shows it: how many of its rules are in force, how many of them only warn. Of one
    without any on the day: the nearest day on which there were or will be some (`day`), and whether that is past."""

    code: str
    title: str
    rules: int
    doubtful: int
    day: date
    past: bool = False


def families(book: Book, on: date) -> list[Group]:
    """Every family on the day."""
    rows = []
    for code, family in shelf().library.families.items():
        rules = [rule for rule in book.every() if rule.family == code]
        day = on if rules else _nearest(code, on)
        count = len(rules) or sum(rule.family == code for rule in at(day).every())
        doubtful = sum(not rule.verified for rule in rules)
        rows.append(Group(code, str(family.title), count, doubtful, day, past=day < on))
    return rows


def _nearest(family: str, on: date) -> date:
    """The last day before, else the first day after, on which the family has rules; the day itself when none has."""
    windows = [rule.window for rules in shelf().library.rules.values() for rule in rules if rule.family == family]
    ends = [window.end - ONE for window in windows if window.end <= on]
    starts = [window.start for window in windows if window.start > on]
    return max(ends) if ends else min(starts, default=on)


def changes(before: date, after: date) -> list[Change]:
    """What is otherwise on the second day than on the first: new, gone, another value, document or force."""
    then = {rule.key: rule for rule in at(before).every()}
    now = {rule.key: rule for rule in at(after).every()}
    found = []
    for key in sorted({*then, *now}, key=lambda key: ((now.get(key) or then[key]).family, key)):
        old, new = then.get(key), now.get(key)
        if old is new or (old and new and _same(old, new)):
            continue
        how = _how(old, new)
        found.append(
            Change(key, how, title(now.get(key) or then[key]), line(old) if old else None, line(new) if new else None)
        )
    return found


def _how(old: Rule | None, new: Rule | None) -> str:
    if old is None or new is None:
        return "new" if old is None else "gone"
    return "source" if (old.value, str(old.note)) == (new.value, str(new.note)) else "changed"


def _same(old: Rule, new: Rule) -> bool:
    return (old.value, old.document.number, old.article, old.mark, str(old.note)) == (
        new.value, new.document.number, new.article, new.mark, str(new.note),
    )  # fmt: skip


def unit_name(actor: Actor, unit: int, on: date) -> str:
    """What a unit is called: the module of units tells."""
    return unit_names(actor, [unit], on).get(unit, "")


def unit_names(actor: Actor, units: Iterable[int], on: date) -> dict[int, str]:
    """What units are called on a day."""
    found: dict[int, str] = {}
    for given in fill(UNIT_NAMES, actor, units, on).values():
        found |= given
    return found


def _act(rule: Rule) -> str:
    """The label of the act whose authority the rule tells; empty for other rules."""
    if not rule.key.startswith("authority."):
        return ""
    named = shelf().library.rules.get(f"act.{rule.key.rpartition('.')[2]}", ())
    return _label(named[-1].value) if named else ""


def _label(given: Any) -> str:
    if isinstance(given, dict) and "label_vi" in given:
        return str(Words(given["label_vi"], given["label_en"]))
    return ""
