"""How a member attended this year: on the member's page for those who call the roll of the own cell, to the member, and
in the member's own copy. Exemptions are said first; nothing is ranked, and no reason of an absence is known."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.kernel.actor import Actor
from hatnhan.kernel.days import ONE
from hatnhan.kernel.ui.text import day, num
from hatnhan.meetings.choices import KINDS, MARKS, OF_MEMBERS, THERE
from hatnhan.meetings.models import Assignment, Attendance, Task
from hatnhan.meetings.permissions import MEMBER, VIEW
from hatnhan.members.choices import PARTICIPATIONS
from hatnhan.members.models import Participation
from hatnhan.members.slots import Card

SHOWN = 6


def cards(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Card]]:
    """The attendance of each person in the year of the day, in one query and one for deviations."""
    keys = list(ids)
    first = on.replace(month=1, day=1)
    rows: dict[int, list[dict[str, Any]]] = {}
    found = _rows(actor, keys).filter(meeting__held_on__gte=first, meeting__held_on__lte=on)
    for row in found.values("person", "mark", "due", "meeting", "meeting__held_on", "meeting__kind"):
        rows.setdefault(row["person"], []).append(row)
    if not rows:
        return {}
    away: dict[int, list[Participation]] = {}
    for one in Participation.objects.during(first, on + ONE).filter(person__in=list(rows)).order_by("valid_from"):
        away.setdefault(one.person_id, []).append(one)
    return {person: [_card(actor, person, given, away.get(person, []), on)] for person, given in rows.items()}


def _card(actor: Actor, person: int, rows: list[dict[str, Any]], away: list[Participation], on: date) -> Card:
    due = [row for row in rows if row["due"]]
    there = sum(row["mark"] in THERE for row in due)
    excused, unexcused = (sum(row["mark"] == mark for row in due) for mark in ("excused", "unexcused"))
    numbers = [(f"{num(there)}/{num(len(due))}", _("kỳ dự trên kỳ phải dự"))]
    numbers += [(num(excused), _("vắng có lý do"))] if excused else []
    numbers += [(num(unexcused), _("vắng không lý do"))] if unexcused else []
    came = sum(row["mark"] in THERE for row in rows if not row["due"])
    absent = [row for row in due if row["mark"] not in THERE]
    lines = [
        (day(row["meeting__held_on"]), f"{MARKS[row['mark']]} · {KINDS[row['meeting__kind']]}",
         reverse("meetings.meeting", args=[row["meeting"]]))
        for row in absent[:SHOWN]
    ]  # fmt: skip
    said = [_deviation(one, on) for one in away]
    said += [_("Không phải dự vẫn đến %(n)s kỳ.") % {"n": num(came)}] if came else []
    if absent and person != actor.person_id:
        said.append(_("Trước khi nhận xét, hãy hỏi thăm vì sao vắng."))
    title = _("Dự sinh hoạt năm %(year)s") % {"year": on.year}
    return Card(title, tuple(numbers) if due else (), tuple(lines), " ".join(said))


def _deviation(one: Participation, on: date) -> str:
    label = str(PARTICIPATIONS.get(one.kind, one.kind))
    told = {"what": label, "first": day(one.valid_from), "last": day(one.valid_to - ONE)}
    if one.valid_to > on:
        return _("%(what)s từ ngày %(first)s nên không phải dự từ đó.") % told
    return _("%(what)s từ ngày %(first)s đến hết ngày %(last)s nên không phải dự trong thời gian ấy.") % told


def _rows(actor: Actor, ids: list[int]) -> Any:
    """Lines of rolls of people, of meetings in whose cells the actor calls the roll; of the actor all."""
    rows = Attendance.objects.filter(
        person__in=ids, meeting__voided_at__isnull=True, meeting__kind__in=list(OF_MEMBERS)
    ).order_by("-meeting__held_on")
    if actor.everything:
        return rows
    own = Q(person=actor.person_id or 0)
    scope = actor.scope(MEMBER)
    return rows.filter(own | Q(meeting__unit__in=scope.units())) if scope else rows.filter(own)


def assigned(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[Card]]:
    """What each person does for the cell from month to month, and which tasks of meetings are open; for those who
    see the cell's meetings, and for the member."""
    keys = list(ids)
    scope = actor.scope(VIEW)
    mine = Q(person=actor.person_id or 0)
    seen = Q() if actor.everything else mine | Q(unit__in=scope.units()) if scope else mine
    lines: dict[int, list[tuple[str, str, str]]] = {}
    for row in Assignment.objects.on(on).filter(seen, person__in=keys).order_by("valid_from", "pk"):
        said = _("từ ngày %(day)s") % {"day": day(row.valid_from)}
        lines.setdefault(row.person_id, []).append((row.text, said, ""))
    tasks = Task.objects.filter(leader__in=keys, meeting__voided_at__isnull=True).exclude(state="done")
    if not actor.everything:
        own = Q(leader=actor.person_id or 0)
        tasks = tasks.filter(own | Q(meeting__unit__in=scope.units()) if scope else own)
    for task in tasks.order_by("due_on", "pk"):
        said = _("hạn %(day)s") % {"day": day(task.due_on)}
        href = reverse("meetings.meeting", args=[task.meeting_id])
        lines.setdefault(task.leader_id or 0, []).append((task.text, said, href))
    return {person: [Card(_("Việc được phân công"), lines=tuple(found))] for person, found in lines.items()}


def copy(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[dict[str, Any]]]:
    """Every line of a roll about the member who asks: day, kind of meeting, mark, whether obliged to attend."""
    own = [pk for pk in ids if actor.everything or pk == actor.person_id]
    rows = Attendance.objects.filter(person__in=own, meeting__voided_at__isnull=True).order_by("meeting__held_on", "pk")
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in own}
    for row in rows.values("person", "mark", "due", "votes", "meeting__held_on", "meeting__kind", "meeting__unit"):
        found[row["person"]].append({
            "day": row["meeting__held_on"].isoformat(), "unit": row["meeting__unit"], "kind": row["meeting__kind"],
            "mark": row["mark"], "obliged": row["due"], "voting": row["votes"],
        })  # fmt: skip
    return found


def assignments_copy(actor: Actor, ids: Iterable[int], on: date) -> dict[int, list[dict[str, Any]]]:
    """Every standing assignment of the member who asks, of any time."""
    own = [pk for pk in ids if actor.everything or pk == actor.person_id]
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in own}
    for row in Assignment.objects.unvoided().filter(person__in=own).order_by("valid_from", "pk"):
        before = None if row.open else row.valid_to.isoformat()
        found[row.person_id].append({"what": row.text, "from": row.valid_from.isoformat(), "before": before})
    return found
