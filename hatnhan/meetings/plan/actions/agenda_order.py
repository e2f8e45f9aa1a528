"""The numbers of agenda items: from 1, without a hole, whatever comes and goes."""

from collections.abc import Sequence

from django.db.models import F

from hatnhan.meetings.models import AgendaItem, Sitting

BEYOND = 100_000  # a number that no agenda reaches: items go there while they change places


def renumber(rows: Sequence[AgendaItem]) -> None:
    """Number items from 1 in the order given; new ones are written."""
    old = [row for row in rows if row.pk]
    AgendaItem.objects.filter(pk__in=[row.pk for row in old]).update(number=F("number") + BEYOND)
    for number, row in enumerate(rows, 1):
        row.number = number
    AgendaItem.objects.bulk_update(old, ["number"])
    AgendaItem.objects.bulk_create(row for row in rows if not row.pk)


def append(sitting: Sitting, fresh: Sequence[AgendaItem]) -> None:
    """Inside an action: items come to the end of the agenda's main part."""
    standing = list(AgendaItem.objects.filter(sitting=sitting))
    at = sum(one.part != "closing" for one in standing)
    renumber([*standing[:at], *fresh, *standing[at:]])
