"""The rows that a sheet becomes: the meeting's own columns, its votes, its tasks."""

from collections.abc import Sequence
from typing import Any

from hatnhan.kernel.vietnamese import nfc
from hatnhan.meetings.minutes import rules
from hatnhan.meetings.minutes.rules import Called, Sheet
from hatnhan.meetings.models import Meeting, Motion, Task
from hatnhan.rulebook import Book


def columns_of(sheet: Sheet, roll: Sequence[Called]) -> dict[str, Any]:
    """What the meeting's row says: the paper and the roll in numbers."""
    return {
        "kind": sheet.kind, "form": sheet.form, "held_on": sheet.held_on, "started": sheet.started,
        "ended": sheet.ended, "place": nfc(sheet.place), "chair_id": sheet.chair, "clerk_id": sheet.clerk,
        "guests": sheet.guests, "spoke": sheet.spoke, "minutes": sheet.minutes, "outcome": sheet.outcome,
        "outcome_text": nfc(sheet.outcome_text, lines=True) if sheet.outcome != "none" else "",
        "by_numbers": bool(sheet.absent and any(sheet.absent)), **vars(rules.summed(sheet, roll)),
    }  # fmt: skip


def motions_of(meeting: Meeting, sheet: Sheet, roll: Sequence[Called], book: Book) -> list[Motion]:
    """The votes, each with its base and with how many were needed by the rule of the day."""
    motions = []
    for number, one in enumerate(sheet.motions, 1):
        base, needed = rules.needed(one, roll, book)
        motions.append(
            Motion(
                meeting=meeting, number=number, text=nfc(one.text), method=one.method, rule=one.rule, base=base,
                needed=needed, in_favour=one.in_favour, against=one.against, abstained=one.abstained,
                reserved=one.reserved, carried=one.in_favour >= needed, subject=one.subject, subject_id=one.subject_id,
            )
        )  # fmt: skip
    return motions


def task_of(meeting: Meeting, one: rules.TaskSheet) -> Task:
    """A task that was given, still open."""
    return Task(meeting=meeting, text=nfc(one.text), leader_id=one.leader, due_on=one.due_on, report_on=one.report_on)
