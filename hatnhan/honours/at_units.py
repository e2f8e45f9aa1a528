"""What honours tell of a cell in other places: badges that fall due in a half-year, and what is under way."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.members.models import Person
from hatnhan.units.slots import Coming, Unfinished, half_year

from .badges import queries
from .badges.flows import BADGE, UNDER_WAY
from .models import BadgeCase
from .permissions import VIEW


def coming(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Coming]]:
    """Who reaches which level on which day."""
    first, last = half_year(on)
    found = {}
    for unit in ids:
        due = queries.eligible(unit, max(on, actor.on), first, last)
        names = dict(Person.objects.filter(pk__in=[one.person for one in due]).values_list("pk", "name"))
        found[unit] = [
            Coming(one.day, _("Huy hiệu Đảng %(n)s năm") % {"n": one.level}, names.get(one.person, "")) for one in due
        ]
    return found


def unfinished(actor: Actor, ids: Iterable[int], _on: date) -> dict[int, list[Unfinished]]:
    """Badge cases under way, within the reader's scope."""
    rows = BadgeCase.objects.filter(unit__in=list(ids), state__in=UNDER_WAY).select_related("person")
    found: dict[int, list[Unfinished]] = {}
    for case in actor.scope(VIEW).filter(rows).order_by("declared_on", "pk"):
        what = _("Huy hiệu %(level)s năm, đồng chí %(name)s") % {"level": case.level, "name": case.person.name}
        line = Unfinished(
            _("Đề nghị tặng Huy hiệu Đảng"), what, str(BADGE.states[case.state]),
            reverse("honours.badge_case", args=[case.pk]),
        )  # fmt: skip
        found.setdefault(case.unit_id, []).append(line)
    return found
