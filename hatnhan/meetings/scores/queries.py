"""Questions about scores: which table holds for a meeting, what is known of it, what the year comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from hatnhan import rulebook
from hatnhan.duties.models import Duty
from hatnhan.kernel.days import after, month
from hatnhan.kernel.models import Placement, Unit
from hatnhan.kernel.paths import segments, unit_of
from hatnhan.meetings.choices import REGULAR, THEMATIC
from hatnhan.meetings.models import UNVOIDED, Attendance, Meeting, Score, ScoreResult, ScoreTable, Task
from hatnhan.meetings.papers.postings import posted_for

from .rules import Facts, Table, Year, table_of, year_of

SCORED = (*REGULAR, "thematic")


@dataclass(frozen=True)
class Chosen:
    """The table that holds for a meeting: a committee's own one, or a rule of the book."""

    table: Table
    own: ScoreTable | None
    rule: rulebook.Rule


def kind_of(meeting: Meeting) -> str:
    """Which kind of table a meeting is scored by; of a joint sitting the regular one."""
    return "regular" if meeting.kind in REGULAR else "thematic"


def book_table(code: str, on: date) -> Table:
    """A table of the rulebook on a day."""
    book = rulebook.at(on)
    value = book[f"score.table.{code}"].value
    like = value.get("like")
    return table_of(code, value, book[f"score.table.{like}"].value if like else None)


def book_tables(kind: str, on: date) -> list[Table]:
    """Every table of the rulebook for a kind of meeting, the usual one first."""
    book = rulebook.at(on)
    usual = book[f"score.default.{kind}"].value
    codes = [code for code, rule in book.under("score.table").items() if rule.value["kind"] == kind]
    return [book_table(code, on) for code in sorted(codes, key=lambda code: (code != usual, code))]


def own_tables(unit: Unit | int, on: date) -> dict[str, ScoreTable]:
    """The tables that the nearest committees in the unit's line have set, by kind of meeting."""
    path = Placement.objects.path_of(unit, on)
    line = [unit_of(part) for part in segments(path or "")]
    rows = ScoreTable.objects.on(on).filter(unit__in=line)
    return {row.kind: row for row in sorted(rows, key=lambda row: line.index(row.unit_id))}


def table_at(unit: Unit | int, kind: str, on: date) -> Chosen:
    """The table for a unit's meetings of a kind on a day."""
    book = rulebook.at(on)
    own = own_tables(unit, on).get(kind)
    code = own.base if own else book[f"score.default.{kind}"].value
    table = table_of(code, own.table) if own else book_table(code, on)
    return Chosen(table, own, book[f"score.table.{code}"])


def used_by(score: Score) -> Chosen:
    """The table by which a score was made, also when another one holds by now."""
    held = score.meeting.held_on
    rule = rulebook.at(held)[f"score.table.{score.table}"]
    table = table_of(score.table, score.own.table) if score.own else book_table(score.table, held)
    return Chosen(table, score.own, rule)


def score_of(meeting: Meeting) -> Score | None:
    """The score sheet of a meeting, if it was begun."""
    return Score.objects.filter(meeting=meeting).select_related("meeting", "own").first()


def facts_of(meeting: Meeting) -> Facts:
    """What is known of a meeting, for the proposal of points."""
    book = rulebook.at(meeting.held_on)
    first = month(meeting.held_on)
    units = Meeting.objects.filter(UNVOIDED, unit=meeting.unit_id)
    that_month = units.filter(held_on__gte=first, held_on__lt=after(first))
    before = units.filter(kind__in=REGULAR, held_on__lt=meeting.held_on).order_by("-held_on", "-started").first()
    tasks = Task.objects.filter(meeting=before) if before else Task.objects.none()
    done = tasks.filter(state="done", done_on__lte=meeting.held_on)
    report = book.get("meeting.report.days")
    return Facts(
        held=datetime.combine(meeting.held_on, meeting.started), minutes=meeting.minutes,
        least=book["meeting.minutes.least_both" if meeting.kind == "both" else "meeting.minutes.least"].value,
        due=meeting.due, present=meeting.present, unexcused=meeting.unexcused,
        there=meeting.present + meeting.exempt_present, spoke=meeting.spoke,
        thematic=meeting.kind in THEMATIC or that_month.filter(kind__in=THEMATIC).exists(),
        in_a_row=longest_run(meeting), tasks=tasks.count(), done=done.count(), chaired=meeting.chair_id is not None,
        clerked=meeting.clerk_id is not None, concluded=meeting.outcome != "none", adopted=meeting.state == "adopted",
        named_tasks=Task.objects.filter(meeting=meeting, leader__isnull=False).exists(),
        told=_told(meeting), papers_at=_papers_at(meeting), posted_on=_posted(meeting),
        report_days=report.value if report else 2,
    )  # fmt: skip


def _told(meeting: Meeting) -> bool | None:
    """Whether it was invited to; None where the meeting was recorded from paper alone."""
    return True if hasattr(meeting, "sitting") else None


def _papers_at(meeting: Meeting) -> datetime | None:
    """When the papers ahead were told to be on the e-handbook, in Vietnam."""
    tick = posted_for(meeting, None, "ahead")
    return timezone.make_naive(tick.at) if tick else None


def _posted(meeting: Meeting) -> date | None:
    """The day on which the final papers were told to be on the e-handbook, else on which the report was no longer
    owed."""
    if tick := posted_for(meeting, None, "final"):
        return timezone.localtime(tick.at).date()
    rows = Duty.objects.filter(kind="meetings.report", about=meeting.pk, state="done")
    return rows.values_list("closed_on", flat=True).first()


def longest_run(meeting: Meeting) -> int:
    """The longest run of excused absences of one member at the unit's regular meetings of the year, up to this one."""
    rows = Attendance.objects.filter(
        meeting__unit=meeting.unit_id, meeting__voided_at__isnull=True, meeting__kind__in=REGULAR,
        meeting__held_on__gte=date(meeting.held_on.year, 1, 1), meeting__held_on__lte=meeting.held_on,
    ).order_by("person_id", "meeting__held_on", "meeting__started")  # fmt: skip
    longest = run = 0
    who = None
    for person, mark in rows.values_list("person_id", "mark"):
        run = (run if person == who else 0) + 1 if mark == "excused" else 0
        who, longest = person, max(longest, run)
    return longest


def year_at(unit: Unit | int, year: int, on: date) -> Year:
    """What the final scores of a unit's regular meetings of a year come to, by the table that holds on the day."""
    span = {"held_on__gte": date(year, 1, 1), "held_on__lt": date(year + 1, 1, 1), "kind__in": REGULAR}
    held = Meeting.objects.filter(UNVOIDED, unit=unit, **span).count()
    grades = ScoreResult.objects.filter(UNVOIDED, unit=unit, **span).values_list("grade", flat=True)
    return year_of(list(grades), held, table_at(unit, "regular", on).table)


def grades_of(meetings: Iterable[int]) -> dict[int, str]:
    """The final grade of many meetings."""
    rows = ScoreResult.objects.filter(UNVOIDED, meeting__in=list(meetings))
    return dict(rows.values_list("meeting_id", "grade"))


def value_of(code: str, unit: Unit | int, on: date) -> dict[str, Any] | None:
    """The data of a table to start from: that of the rulebook, or with code "own-KIND" the one set for the unit."""
    if code.startswith("own-"):
        own = own_tables(unit, on).get(code.removeprefix("own-"))
        return dict(own.table) if own else None
    rule = rulebook.at(on).get(f"score.table.{code}")
    if rule is None:
        return None
    like = rule.value.get("like")
    base = rulebook.at(on)[f"score.table.{like}"].value if like else {}
    return {key: value for key, value in {**base, **rule.value}.items() if key != "like"}
