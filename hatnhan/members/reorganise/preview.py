"""What a merge or a split will do, line by line, before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.models import Unit
from hatnhan.kernel.refusal import Reason
from hatnhan.kernel.registries import Effect
from hatnhan.units import actions as units
from hatnhan.units.papers import Paper, papers
from hatnhan.units.queries import name_of, names

from . import people, rules
from .actions import Posts, holders, leaving


@dataclass(frozen=True)
class Preview:
    """Everything that the last step shows. `refusals` stop the act, `warnings` do not."""

    sentence: str
    terms: Sequence[tuple[str, str]]
    effects: Sequence[Effect]
    posts: Sequence[tuple[str, str]]
    leaving: Sequence[str]
    refusals: Sequence[Reason]
    warnings: Sequence[Reason]
    after: Sequence[Reason]
    papers: Sequence[Paper]


def of_merge(so_far: Mapping[str, Any]) -> Preview:
    """Of a merge."""
    cells, into, on = so_far["cells"], so_far["into"], so_far["on"]
    called = names([cell.pk for cell in cells], on)
    name = so_far["name"] or (called[into.pk] if into else "")
    strength = people.strength(name, people.home_ids(cells, on), on)
    kind, first = ("merge", [into.pk]) if into else ("consolidate", [cells[0].pk])
    book = rulebook.at(on)
    deputies = sum(len(posts.deputies) for posts in so_far["posts"].values())
    _refusals, warnings = rules.strength_reasons(book, strength)
    before = ", ".join(called[cell.pk] for cell in cells)
    return Preview(
        sentence=_("Gộp %(before)s thành %(name)s") % {"before": before, "name": name},
        terms=_terms(so_far, name, strength),
        effects=units.preview_merge(cells, into, on),
        posts=_posts(so_far["posts"], {"main": ""}),
        leaving=_leaving(into, so_far["posts"].get("main"), on),
        refusals=units.merge_blockers(cells, into, on),
        warnings=[*warnings, *rules.deputies_warning(book, strength, deputies)],
        after=rules.to_do(book, strength),
        papers=papers(kind, first, [cell.pk for cell in cells if cell != into], on),
    )


def of_split(so_far: Mapping[str, Any]) -> Preview:
    """Of a split."""
    unit, on, going = so_far["unit"], so_far["on"], set(so_far["going"])
    old, book = name_of(unit, on), rulebook.at(on)
    fresh = people.strength(so_far["name"], going, on)
    rest = people.strength(old, set(people.home_ids([unit], on)) - going, on)
    judged = [rules.strength_reasons(book, one) for one in (fresh, rest)]
    deputies = so_far["posts"].get("main", Posts()).deputies
    return Preview(
        sentence=_("Tách %(name)s từ %(old)s") % {"name": so_far["name"], "old": old},
        terms=[*_terms(so_far, so_far["name"], fresh), (old, _("%(n)s đảng viên ở lại") % {"n": rest.members})],
        effects=units.preview_split(unit, sorted(going), on),
        posts=_posts(so_far["posts"], {"main": so_far["name"], "old_": old}),
        leaving=_leaving(unit, so_far["posts"].get("old_"), on),
        refusals=[*units.split_blockers(unit, on), *(one for refusals, _w in judged for one in refusals)],
        warnings=[
            *(one for _r, warnings in judged for one in warnings),
            *rules.deputies_warning(book, fresh, len(deputies)),
        ],
        after=[*rules.to_do(book, fresh), *rules.to_do(book, rest)],
        papers=papers("split", [unit.pk], [unit.pk], on),
    )


def _terms(so_far: Mapping[str, Any], name: str, strength: rules.Strength) -> list[tuple[str, str]]:
    day = so_far["on"]
    told = [(_("Tên"), name), (_("Từ ngày"), f"{day.day}/{day.month}/{day.year}")]
    if so_far["code"]:
        told.append((_("Mã"), so_far["code"]))
    if so_far["decision"]:
        told.append((_("Số quyết định"), so_far["decision"]))
    numbers = _("%(n)s, trong đó %(full)s chính thức") % {"n": strength.members, "full": strength.full}
    return [*told, (_("Đảng viên"), numbers)]


def _leaving(unit: Unit | None, posts: Posts | None, on: date) -> list[str]:
    """Whose office in the cell that goes on ends, because somebody else was chosen."""
    if unit is None or posts is None:
        return []
    labels = {code: str(office.label) for code, office in rulebook.at(on).offices().items()}
    return [f"{row.person.name} ({labels.get(row.office, row.office)})" for row in leaving(holders(unit, on), posts)]


def _posts(chosen: Mapping[str, Posts], cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """(post, name) for each cell whose posts are filled."""
    told = []
    for code, posts in chosen.items():
        cell = f" {cells[code]}" if cells.get(code) else ""
        told.append((_("Bí thư") + cell, posts.secretary.name if posts.secretary else _("chưa chỉ định")))
        told += [(_("Phó bí thư") + cell, person.name) for person in posts.deputies]
    return told
