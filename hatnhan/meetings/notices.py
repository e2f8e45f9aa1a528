"""What members find in their own inbox: the meetings to which they are invited, and whether they have answered."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.duties.notices import Notice
from hatnhan.kernel.actor import Actor
from hatnhan.units.queries import names

from .models import Reply, Sitting
from .plan import sittings
from .plan.story import called, weekday

MOST = 3


def of_reader(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Notice]]:
    """The next meetings of the reader, who alone is asked about."""
    person = actor.person_id
    if person is None or person not in set(ids):
        return {}
    rows = sittings.to_come(actor)[:MOST]
    answered = set(Reply.objects.filter(person=person, sitting__in=rows).values_list("sitting_id", flat=True))
    units = names({row.unit_id for row in rows}, on) if rows else {}
    return {
        person: [
            Notice(
                called(row.kind, row.day), _small(row, units.get(row.unit_id, "")), reverse("meetings.next"),
                "" if row.pk in answered else _("chưa trả lời"),
            )
            for row in rows
        ]
    }  # fmt: skip


def _small(row: Sitting, unit_name: str) -> str:
    parts = (f"{row.starts:%H:%M}", weekday(row.day), row.place, unit_name)
    return " · ".join(part for part in parts if part)
