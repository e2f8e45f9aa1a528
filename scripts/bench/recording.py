"""Recording a meeting with 20 attendances, a vote and two tasks, against inserting the same rows one by one:
through the models, and, reported only, past them by bare SQL, which on SQLite costs hardly anything."""

from datetime import date, time, timedelta
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hatnhan.kernel.actor import Actor, system
from hatnhan.kernel.audit import new_id
from hatnhan.kernel.known import Known
from hatnhan.kernel.models import Unit
from hatnhan.meetings import actions
from hatnhan.meetings.minutes.rules import MotionSheet, Sheet, TaskSheet
from hatnhan.meetings.models import Attendance, Meeting, Motion, Task
from hatnhan.members.actions.loading import Newcomer, load
from hatnhan.members.models import Membership
from hatnhan.units import actions as units
from scripts.bench.rows import Row, least

MEMBERS, MOST_TIMES, MOST_QUERIES = 20, 3, 25
BEGAN, ON = date(2025, 8, 1), date(2026, 11, 20)
_days = (BEGAN + timedelta(days=one) for one in count(1))


def measure() -> list[Row]:
    """Time in turn, and the number of queries."""
    with transaction.atomic():
        actor = system("bench", ON)
        cell = _cell(actor)
        people = list(Membership.objects.filter(unit=cell).values_list("person_id", flat=True))

        def ours() -> None:
            actions.record(actor=actor, unit=cell, sheet=_sheet(next(_days), people[0]))

        def plain() -> None:
            _create(cell, people, next(_days))

        def bare() -> None:
            _insert(cell, people, next(_days))

        mine, theirs = least(ours, plain)
        again, sql = least(ours, bare)
        with CaptureQueriesContext(connection) as captured:
            ours()
        transaction.set_rollback(True)
    label = "ghi buổi họp 20 người / recording a meeting of 20"
    return [
        Row(label, "ms", mine, theirs, MOST_TIMES),
        Row(f"{label}, so với SQL trần / against bare SQL", "ms", again, sql),
        Row(f"{label}: queries", "", len(captured), MOST_QUERIES, 1),
    ]


def _cell(actor: Actor) -> Unit:
    top = units.found(actor=actor, name="Tỉnh", kind="province", parent=None, on=BEGAN, code="R")
    commune = units.found(actor=actor, name="Xã", kind="commune", parent=top, on=BEGAN)
    cell = units.found(actor=actor, name="Chi bộ", kind="village_cell", parent=commune, on=BEGAN)
    values: dict[str, Any] = {"sex": "m", "birth": Known("1970-01-11")}
    newcomers = [Newcomer(cell.pk, BEGAN, f"Trần Văn Thử {one}", values=values) for one in range(MEMBERS)]
    load(actor=actor, unit=commune, newcomers=newcomers, source="bench")
    return cell


def _sheet(day: date, leader: int) -> Sheet:
    return Sheet(
        "regular", day, time(19, 30), time(21, 10), motions=[MotionSheet("Thông qua nghị quyết", 19, 1)],
        outcome="resolution", outcome_text="Làm đường thôn.",
        tasks=[TaskSheet("Họp dân", day, leader), TaskSheet("Rà soát hộ nghèo", day, leader)],
    )  # fmt: skip


def _create(cell: Unit, people: list[int], day: date) -> None:
    """The rows of the meeting, its roll, its vote and its tasks, through the models."""
    with transaction.atomic():
        meeting = Meeting.objects.create(
            unit=cell, kind="regular", held_on=day, started=time(18), ended=time(20), due=20, present=20, excused=0,
            unexcused=0, minutes=120, tasks=2, recorded_at=timezone.now(), recorded_in=new_id(),
        )  # fmt: skip
        for person in people:
            Attendance.objects.create(meeting=meeting, person_id=person, mark="present", due=True, votes=True)
        Motion.objects.create(meeting=meeting, number=1, text="Thông qua", method="hands", rule="vote.ordinary",
                              base=20, needed=11, in_favour=19, against=1, carried=True)  # fmt: skip
        for text in ("Họp dân", "Rà soát hộ nghèo"):
            Task.objects.create(meeting=meeting, text=text, leader_id=people[0], due_on=day)


def _insert(cell: Unit, people: list[int], day: date) -> None:
    """The same rows by bare SQL."""
    zero = {"due": 20, "present": 20, "excused": 0, "unexcused": 0, "exempt_present": 0, "guests": 0, "spoke": 0,
            "minutes": 100, "tasks": 2, "tasks_done": 0, "version": 0}  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        meeting = _row(cursor, "meetings_meeting", {
            "unit_id": cell.pk, "kind": "regular", "form": "in_person", "held_on": day, "started": "15:00",
            "ended": "17:00", "place": "", "state": "recorded", "outcome": "none", "outcome_text": "",
            "recorded_at": timezone.now(), "recorded_in": new_id(), **zero,
        })  # fmt: skip
        for person in people:
            _row(cursor, "meetings_attendance", {"meeting_id": meeting, "person_id": person, "mark": "present",
                                                 "due": True, "votes": True})  # fmt: skip
        _row(cursor, "meetings_motion", {
            "meeting_id": meeting, "number": 1, "text": "Thông qua nghị quyết", "method": "hands",
            "rule": "vote.ordinary", "base": 20, "needed": 11, "in_favour": 19, "against": 1, "abstained": 0,
            "reserved": 0, "carried": True, "subject": "",
        })  # fmt: skip
        for text in ("Họp dân", "Rà soát hộ nghèo"):
            _row(cursor, "meetings_task", {"meeting_id": meeting, "text": text, "leader_id": people[0],
                                           "due_on": day, "state": "open"})  # fmt: skip


def _row(cursor: Any, table: str, values: dict[str, Any]) -> int:
    columns, signs = ", ".join(values), ", ".join(["%s"] * len(values))
    cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({signs}) RETURNING id", list(values.values()))
    return int(cursor.fetchone()[0])
