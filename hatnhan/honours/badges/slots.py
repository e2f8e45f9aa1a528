"""What badges show in other places: the profile, the member's own page and copy, the inbox of duties."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.duties.kinds import Thing
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.ui.text import day
from hatnhan.members.models import Person
from hatnhan.members.queries import may_see
from hatnhan.members.slots import Card

from ..models import Badge, BadgeCase
from ..permissions import VIEW
from . import queries
from .flows import BADGE, UNDER_WAY
from .rules import due_on


def cards(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Card]]:
    """The badges somebody bears, the next one and its day, what is under way: for those who see badges, and the
    member."""
    keys = [pk for pk in ids if actor.can(VIEW) or pk == actor.person_id]
    levels = rulebook.at(on)["party_age.marks"].value
    held: dict[int, list[Badge]] = {}
    for one in Badge.objects.on(on).filter(person__in=keys).order_by("-level"):
        held.setdefault(one.person_id, []).append(one)
    open_ones: dict[int, list[BadgeCase]] = {}
    for case in BadgeCase.objects.filter(person__in=keys, state__in=UNDER_WAY).order_by("level"):
        open_ones.setdefault(case.person_id, []).append(case)
    bases = dict(Person.objects.filter(pk__in=keys, party_base__isnull=False).values_list("pk", "party_base"))
    found = {}
    for pk in keys:
        lines = _lines(actor, pk, held.get(pk, []), open_ones.get(pk, []), bases.get(pk), levels, on)
        if lines:
            found[pk] = [Card(_("Huy hiệu Đảng"), lines=tuple(lines))]
    return found


def _lines(
    actor: Actor, pk: int, held: list[Badge], cases: list[BadgeCase], base: date | None, levels: tuple[int, ...],
    on: date,
) -> list[tuple[str, str, str]]:  # fmt: skip
    may = actor.can(VIEW)
    lines = [(_("%(n)s năm") % {"n": one.level}, one.number or _("đã tặng"), "") for one in held]
    for case in cases:
        href = reverse("honours.badge_case", args=[case.pk]) if may else ""
        lines.append((_("Đang đề nghị %(n)s năm") % {"n": case.level}, str(BADGE.states[case.state]), href))
    known = {one.level for one in held} | {case.level for case in cases}
    coming = [level for level in levels if base is not None and due_on(base, level) > on and level not in known]
    if coming and base is not None:
        href = reverse("honours.person", args=[pk]) if may else ""
        told = _("đủ tuổi đảng ngày %(day)s") % {"day": day(due_on(base, coming[0]))}
        lines.append((_("Mức tới: %(n)s năm") % {"n": coming[0]}, told, href))
    return lines


def copy(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[dict[str, Any]]]:
    """Every badge of the member who asks."""
    own = [pk for pk in ids if actor.everything or pk == actor.person_id]
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in own}
    for row in Badge.objects.unvoided().filter(person__in=own).order_by("level"):
        found[row.person_id].append(
            {"level": row.level, "number": row.number, "from": row.valid_from.isoformat(), "state": row.state}
        )
    return found


def describe(actor: Actor, ids: Iterable[int], _on: date) -> dict[int, Thing]:
    """What a duty about a case is: whose badge, for those who see the case."""
    rows = queries.cases(actor).filter(pk__in=list(ids)).select_related("person")
    told = _("Huy hiệu %(level)s năm, đồng chí %(name)s")
    return {
        row.pk: Thing(told % {"level": row.level, "name": row.person.name},
                      reverse("honours.badge_case", args=[row.pk]))
        for row in rows
    }  # fmt: skip


def describe_after_death(actor: Actor, ids: Iterable[int], _on: date) -> dict[int, Thing]:
    """Who died near a level, for those who may see the record; it is done by declaring."""
    found = {}
    for person in Person.objects.filter(pk__in=list(ids)):
        if may_see(actor, VIEW, person):
            told = _("Đồng chí %(name)s từ trần, xem có được truy tặng") % {"name": person.name}
            found[person.pk] = Thing(told, reverse("honours.declare_badge", args=[person.pk]))
    return found
