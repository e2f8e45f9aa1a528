"""The page of one unit: what it is on the day, what stands at it, its story and its log."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.audit import actor_name, in_words
from hatnhan.kernel.days import today
from hatnhan.kernel.models import Entry, Unit
from hatnhan.kernel.pages import actor_of, day_of, page, render
from hatnhan.kernel.paths import WIDTH, segments, unit_of
from hatnhan.rulebook.shapes import Regime
from hatnhan.rulebook.sources import doubt, sentence
from hatnhan.units import explore, facts, lineage, permissions, queries, slots
from hatnhan.units.explore import View
from hatnhan.units.held import Held
from hatnhan.units.models import Body, Group, Locality
from hatnhan.units.queries import Card
from hatnhan.units.rules import capital

from .explorer import Links
from .looking import card_of, shown_of
from .looking import unit_of as visible

LOG = 12


@page("units.unit", _("Tổ chức"), permission=permissions.VIEW)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one unit as of the day; its dated rows are loaded once."""
    actor, on, held = actor_of(request), day_of(request), Held([pk])
    one = shown_of(actor, held, pk)
    life = lineage.Life(held, one, filter(None, [actor.highest]))
    card = held.card(pk, on)
    if card is None:
        raise Http404
    branch = explore.branch(actor, card, View(on)) if card.stands and not _is_cell(card, on) else None
    if "unit" not in request.GET and actor.highest:
        request.unit_name = held.called.on(actor.highest, actor.on)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "unit": one, "card": card, "on": on, "node": branch,
        "summary": facts.summary(actor, card, on, [branch] if branch else [], held),
        "founded": life.founded, "ended": life.ended, "unborn": life.founded is not None and on < life.founded,
        "heir": (card.parent_id, held.called.on(card.parent_id, on)) if not card.stands and card.parent_id else None,
        "line": line_of(actor, card, on, held), "links": Links(request, View(on)), "story": life.story(),
        "regime": regime_lines(held.regime(card.path, on)), "may": rights(actor, one, card, on),
        "log": log_of(actor, one), "reorganising": reorganising(one), **parts(actor, one, card, on),
    }  # fmt: skip
    return render(request, "units/unit.html", context)


def line_of(actor: Actor, card: Card, on: date, held: Held) -> list[tuple[int, str]]:
    """(id, name) of the units above that the reader may see, the top first. Today they hang along the unit's path."""
    seen, found = actor.scope(permissions.VIEW), []
    today_too = on == actor.on and held.placement(card.id, on) is not None
    for number, part in enumerate(segments(card.path), 1):
        pk, path = unit_of(part), card.path[: number * WIDTH]
        if not today_too:
            row = held.placement(pk, actor.on)
            path = row.path if row else ""
        if pk != card.id and path and seen.covers(path):
            found.append((pk, held.called.on(pk, on)))
    return found


def _is_cell(card: Card, on: date) -> bool:
    kind = rulebook.at(on).kinds().get(card.kind)
    return kind is not None and kind.cell


def parts(actor: Actor, unit: Unit, card: Card, on: date) -> dict[str, Any]:
    """What stands at a unit by this module: at a cell Party groups with how many belong to each, and the localities
    that it leads; at a committee bodies and localities."""
    cell = _is_cell(card, on)
    groups = list(Group.objects.on(on).filter(unit=unit).order_by("name", "pk")) if cell else []
    people = slots.people_in_groups(actor, unit.pk, on) if groups else {}
    labels = {body.code: body.label for body in rulebook.at(on).bodies()}
    bodies = [] if cell else list(Body.objects.on(on).filter(unit=unit).order_by("valid_from", "pk"))
    return {
        "bodies": [(row, _called(row, labels)) for row in bodies],
        "ungrouped": people.get(0, (0, "")),
        "groups": [(row, *people.get(row.pk, (None if not people else 0, ""))) for row in groups],
        "localities": 0 if cell else Locality.objects.on(on).filter(unit=unit).count(),
        "led": queries.led_by([unit.pk], on).get(unit.pk, []) if cell else [],
    }


def _called(row: Body, labels: dict[str, Any]) -> str:
    """The body's own name; one that is only the kind's label, in the reader's language."""
    label = labels.get(row.kind)
    return capital(str(label) if label is not None and label.vi == row.name else row.name)


def regime_lines(regime: Regime) -> dict[str, str]:
    """The regime in force, where the rule comes from, and the doubt when it was not checked against its text."""
    return {
        "label": capital(str(regime.label)), "source": sentence(regime.rule), "doubt": doubt(regime.rule),
        "note": str(regime.rule.note),
    }  # fmt: skip


def rights(actor: Actor, unit: Unit, card: Card, on: date) -> dict[str, bool]:
    """What the reader may do with the unit; nothing with one that does not stand today."""
    cell = _is_cell(card, on)
    change, found, reorganise, groups = (
        card.stands and actor.can(code, at=unit)
        for code in (permissions.CHANGE, permissions.FOUND, permissions.REORGANISE, permissions.CHANGE_GROUPS)
    )
    return {
        "change": change, "found": found and not cell, "reorganise": reorganise and card.parent_id is not None,
        "regime": reorganise and not cell, "groups": groups and cell, "bodies": change and not cell, "cell": cell,
        "move": change and card.parent_id is not None,
    }  # fmt: skip


def reorganising(unit: Unit) -> list[tuple[str, str, str]]:
    """Links to merging and splitting, where the module that has these pages is installed."""
    pages = (
        ("units.merge", gettext("Gộp với tổ chức khác"), "git-merge"),
        ("units.split", gettext("Chia tách"), "split"),
    )
    found = [(label, elsewhere(name), sign) for name, label, sign in pages]
    return [(label, f"{address}?unit={unit.pk}", sign) for label, address, sign in found if address]


def elsewhere(name: str, *args: int) -> str:
    """The address of an upper module's page; empty when that module is not installed."""
    try:
        return reverse(name, args=args or None)
    except NoReverseMatch:
        return ""


def log_of(actor: Actor, unit: Unit) -> list[tuple[Entry, str, list[str]]]:
    """The latest acts upon the organisation itself, with who did them, in words, for those who may change it."""
    if not actor.can(permissions.CHANGE, at=unit):
        return []
    entries = Entry.objects.filter(
        subjects__kind="kernel.unit", subjects__key=unit.pk, code__startswith="units.", refers_to=None
    ).select_related("payload")
    return [(entry, actor_name(entry.actor), in_words(entry)) for entry in entries.order_by("-at", "-pk")[:LOG]]


@page("units.print", _("Danh sách tổ chức"), permission=permissions.VIEW)
def print_tree(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit and all below it as a list for paper; of very large ones only the level below."""
    actor, on, one = actor_of(request), day_of(request), visible(request, pk)
    rows, complete = facts.printed(actor, card_of(one, on), on)
    pdf = elsewhere("documents.unit_tree", pk)
    context = {
        "rows": rows, "complete": complete, "card": card_of(one, on), "on": on, "printed_on": today(),
        "pdf": f"{pdf}?on={on.isoformat()}" if pdf and on != today() else pdf,
    }  # fmt: skip
    return render(request, "units/print.html", context)
