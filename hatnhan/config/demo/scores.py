"""The scores of two years of meetings, as the cells' books have them; some of the latest wait for the superior."""

from datetime import date, datetime, timedelta
from random import Random

from hatnhan import rulebook
from hatnhan.kernel.actor import Actor
from hatnhan.kernel.models import Placement
from hatnhan.meetings import actions
from hatnhan.meetings.actions import Scored
from hatnhan.meetings.choices import THEMATIC
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.scores import queries as score_queries
from hatnhan.meetings.scores import rules as score_rules
from hatnhan.meetings.scores.rules import Criterion, Facts, Table

from .places import Places

RECENT = timedelta(days=30)
WAITING = 0.5  # of last month's scores that the superior has not confirmed yet


def score_meetings(actor: Actor, places: Places, on: date, seed: int) -> None:
    """What the program proposes where it knows, and nearly full points where people judge."""
    die, commune = Random(seed), places.commune or places.province
    here = Placement.objects.under(commune, on).values("unit")
    rows = Meeting.objects.filter(unit__in=here, state="adopted").order_by("unit_id", "held_on")
    tables: dict[date, Table] = {}
    before: dict[int, Meeting] = {}
    scored = []
    for row in rows:
        last, before[row.unit_id] = before.get(row.unit_id), row
        if on - row.held_on < RECENT and die.random() < WAITING:
            continue
        table = tables.setdefault(row.held_on, score_queries.table_at(commune, "regular", row.held_on).table)
        facts = _facts(row, last)
        known = score_rules.propose(table, facts)
        strict = 0.12 if row.unit_id % 5 else 0.45
        points = {
            one.code: said.points if (said := known.get(one.code)) and said.points is not None
            else _judged(die, one, strict)
            for one in table.criteria(facts.thematic)
        }  # fmt: skip
        scored.append(Scored(row.pk, points, row.present, facts.thematic))
    if scored:
        actions.load_scores(actor=actor, unit=commune, scored=scored)


def _facts(row: Meeting, last: Meeting | None) -> Facts:
    book = rulebook.at(row.held_on)
    both = row.kind in THEMATIC
    return Facts(
        held=datetime.combine(row.held_on, row.started), minutes=row.minutes,
        least=book["meeting.minutes.least_both" if both else "meeting.minutes.least"].value, due=row.due,
        present=row.present, unexcused=row.unexcused, there=row.present, spoke=row.spoke, thematic=both,
        tasks=last.tasks if last else 0, done=last.tasks_done if last else 0, chaired=row.chair_id is not None,
        clerked=True, concluded=row.outcome != "none", adopted=True, named_tasks=row.tasks > 0,
    )  # fmt: skip


def _judged(die: Random, one: Criterion, strict: float) -> int:
    return max(0, one.most - (1 if one.most > 1 and die.random() < strict else 0) - (die.random() < strict / 4))
