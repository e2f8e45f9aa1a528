"""Questions to proposals: a unit's and those below, one of them, and the answers that no meeting has heard yet."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.duties.kinds import Thing
from hatnhan.kernel.actor import Actor, NotFound
from hatnhan.kernel.models import Placement, Unit
from hatnhan.meetings.choices import PROPOSAL_ITEM
from hatnhan.meetings.models import AgendaItem, Proposal
from hatnhan.meetings.permissions import VIEW
from hatnhan.units.queries import names


def of_unit(actor: Actor, unit: Unit) -> "QuerySet[Proposal]":
    """Proposals of the unit and of what hangs under it, in the actor's scope, open ones first."""
    here = Placement.objects.under(unit, actor.on).values("unit")
    rows = Proposal.objects.filter(unit__in=here).exclude(state="withdrawn")
    return actor.scope(VIEW).filter(rows).order_by("-state", "-sent_on", "-pk")


def visible(actor: Actor, key: int) -> Proposal:
    """A proposal in the actor's scope. Raises `NotFound` for any other."""
    rows = Proposal.objects.filter(pk=key).select_related("unit", "to", "meeting")
    found = actor.scope(VIEW).filter(rows).first() if actor.scope(VIEW) else None
    if found is None:
        raise NotFound(VIEW)
    return found


def unheard(unit: Unit | int) -> list[Proposal]:
    """Answers of the unit's proposals that stand on no agenda yet, but on those of meetings that were cancelled."""
    told = AgendaItem.objects.filter(subject=PROPOSAL_ITEM).exclude(sitting__state="cancelled")
    rows = Proposal.objects.filter(unit=unit, state="answered").exclude(pk__in=told.values("subject_id"))
    return list(rows.order_by("year", "number"))


def describe(actor: Actor, keys: Iterable[int], on: date) -> dict[int, Thing]:
    """What a duty to answer is about, for those who see the proposal: whose, and its number, not its words."""
    rows = list(actor.scope(VIEW).filter(Proposal.objects.filter(pk__in=list(keys))))
    called = names({row.unit_id for row in rows}, on)
    return {
        row.pk: Thing(
            _("Kiến nghị số %(number)s của %(unit)s") % {"number": row.number, "unit": called.get(row.unit_id, "")},
            reverse("meetings.proposal", args=[row.pk]),
        )
        for row in rows
    }  # fmt: skip
