"""What papers tell of a unit in other places: the end of its term, papers that wait for a signature."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import FAR, ONE
from hatnhan.kernel.ui.text import day
from hatnhan.rulebook.party_age import reached_on
from hatnhan.units.slots import Coming, Unfinished, half_year

from .models import CommitteeTerm, Paper
from .permissions import VIEW


def coming(_actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Coming]]:
    """The last day of a term; of one without an end, its length by the rule for cells (a rule that is not verified
    says so in its own place)."""
    first, last = half_year(on)
    found: dict[int, list[Coming]] = {}
    for term in CommitteeTerm.objects.unvoided().filter(unit__in=list(ids)):
        rule = rulebook.at(term.valid_from).get("cell.term_years")
        years = rule.value if rule is not None and isinstance(rule.value, int) else 0
        end = term.valid_to if term.valid_to != FAR else reached_on(term.valid_from, years) if years else FAR
        if first <= end < last:
            what = _("Hết nhiệm kỳ %(name)s của chi bộ") % {"name": term.name}
            found.setdefault(term.unit_id, []).append(Coming(end - ONE, what))
    return found


def unfinished(actor: Actor, ids: Iterable[int], _on: date) -> dict[int, list[Unfinished]]:
    """Papers that were given a number and were not signed, within the reader's scope."""
    rows = Paper.objects.filter(unit__in=list(ids), direction="out", state="adopted").order_by("day", "pk")
    found: dict[int, list[Unfinished]] = {}
    for row in actor.scope(VIEW).filter(rows):
        what = f"{row.symbol}, {row.about}" if row.about else row.symbol
        line = Unfinished(_("Văn bản chưa ký"), what, day(row.day), reverse("documents.paper", args=[row.pk]))
        found.setdefault(row.unit_id, []).append(line)
    return found
