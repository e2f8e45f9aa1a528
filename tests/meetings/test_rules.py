"""The roll, the base of a vote, what cannot be true and what is only unusual: by table."""

from datetime import date, time

import pytest

from hatnhan import rulebook
from hatnhan.meetings.minutes import rules
from hatnhan.meetings.minutes.rules import Called, Held, Line, MotionSheet, Sheet, TaskSheet

DAY = date(2026, 6, 3)
BOOK = rulebook.at(DAY)


def cell(full: int, probationary: int = 0, **deviations: int) -> list[Line]:
    """A cell: so many full members with nothing to tell, probationary ones, and full members with a deviation."""
    kinds = ["", *deviations]
    lines = [Line(pk, f"Người {pk}", True) for pk in range(1, full + 1)]
    lines += [Line(100 + pk, f"Dự bị {pk}", False) for pk in range(probationary)]
    for place, kind in enumerate(kinds[1:], 2):
        lines += [Line(100 * place + pk, f"{kind} {pk}", True, kind) for pk in range(deviations[kind])]
    return lines


def roll(lines: list[Line], **marks: str) -> list[Called]:
    return rules.call(lines, {int(key[1:]): mark for key, mark in marks.items()}, BOOK)


def paper(**changes: object) -> Sheet:
    given: dict[str, object] = {"kind": "regular", "held_on": DAY, "started": time(19, 30), "ended": time(21, 10)}
    return Sheet(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "marks", "matter", "base", "needed"),
    [
        # 14 official of whom one temporarily elsewhere and one exempt, both absent (worked example 1)
        (cell(12, temporary_out=1, exempt=1), {}, "vote.admission.propose", 12, 8),
        # the same two attend: they count
        (cell(12, temporary_out=1, exempt=1), {"p200": "present", "p300": "present"}, "vote.admission.propose", 14, 10),
        # 9 official, one on a business trip (worked example 3)
        (cell(9), {"p1": "excused"}, "vote.admission.propose", 9, 6),
        # 15 of whom two suspended (worked example 5)
        (cell(13, suspended=2), {}, "vote.admission.propose", 13, 9),
        # probationary members speak and do not vote
        (cell(10, probationary=3), {}, "vote.ordinary", 10, 6),
        (cell(10, exempt_for_time=2), {}, "vote.ordinary", 10, 6),
        # the whole body, not only those present
        (cell(20), {f"p{pk}": "unexcused" for pk in range(1, 6)}, "vote.ordinary", 20, 11),
    ],
)
def test_of_whom_and_how_many_votes_are_needed(
    lines: list[Line], marks: dict[str, str], matter: str, base: int, needed: int
) -> None:
    assert rules.needed(MotionSheet("Việc", 1, rule=matter), roll(lines, **marks), BOOK) == (base, needed)


@pytest.mark.parametrize(
    ("lines", "marks", "due", "present", "excused", "unexcused", "extra"),
    [
        (cell(20), {}, 20, 20, 0, 0, 0),
        (cell(20, exempt=7, temporary_out=1), {"p200": "present"}, 20, 20, 0, 0, 1),
        (cell(18, probationary=2, suspended=1), {"p1": "late", "p2": "excused", "p3": "unexcused"}, 20, 18, 1, 1, 0),
        (cell(3, abroad=1, in_transit=1), {}, 3, 3, 0, 0, 0),
    ],
)
def test_the_roll_in_numbers(
    lines: list[Line], marks: dict[str, str], due: int, present: int, excused: int, unexcused: int, extra: int
) -> None:
    assert rules.totals(roll(lines, **marks)) == rules.Totals(due, present, excused, unexcused, extra)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"held_on": date(2026, 12, 1)}, ["future"]),
        ({"ended": time(19, 30)}, ["order"]),
        ({"outcome": "resolution"}, ["outcome_text"]),
        ({"kind": "party"}, ["kind"]),
        ({"marks": {999: "present"}}, ["strangers"]),
        ({"chair": 999}, ["strangers"]),
        ({"marks": {1: "not_due"}}, ["mark"]),
        ({"marks": {200: "excused"}}, ["mark"]),
        ({"spoke": 11}, ["spoke"]),
        ({"spoke": 11, "guests": 1}, []),
        ({"motions": [MotionSheet("Việc", 11)]}, ["votes"]),
        ({"motions": [MotionSheet("Việc", 6, 3, 1)], "marks": {1: "excused"}}, ["votes"]),
        ({"motions": [MotionSheet("Việc", 9, 1, reserved=2)]}, ["reserved"]),
        ({"motions": [MotionSheet("Việc", 5, rule="vote.unknown")]}, ["motion"]),
        ({"tasks": [TaskSheet("Việc", date(2026, 6, 2))]}, ["task_due"]),
    ],
)
def test_what_cannot_be_true(changes: dict[str, object], codes: list[str]) -> None:
    sheet = paper(**changes)
    lines = cell(9 if "motions" in changes and "marks" in changes else 10, exempt=1)
    found = rules.blockers(sheet, rules.call(lines, sheet.marks, BOOK), date(2026, 11, 22), BOOK)
    assert [one.code for one in found] == codes


def test_a_refusal_says_where_and_what_is_allowed() -> None:
    sheet = paper(motions=[MotionSheet("Việc", 12)])
    [reason] = rules.blockers(sheet, rules.call(cell(10), {}, BOOK), date(2026, 11, 22), BOOK)
    assert reason.field == "motion_for_1"
    assert "nhiều nhất 10 phiếu" in reason.message


@pytest.mark.parametrize(
    ("day", "held", "codes"),
    [
        (DAY, Held("regular", 90, 20, 19), []),
        (DAY, Held("regular", 89, 20, 19), ["short"]),
        (DAY, Held("both", 119, 20, 19), ["short"]),
        (DAY, Held("extraordinary", 30, 20, 20), []),
        (DAY, Held("regular", 90, 20, 18), ["attendance"]),
        (date(2025, 10, 27), Held("regular", 90, 20, 18), []),
        (date(2025, 10, 27), Held("regular", 90, 20, 17), ["attendance"]),
        (DAY, Held("regular", 90, 20, 20, others=1), ["twice"]),
        (DAY, Held("thematic", 90, 20, 20, others=1), []),
        (DAY, Held("regular", 90, 0, 0), []),
    ],
)
def test_what_is_unusual_by_the_rule_of_the_day(day: date, held: Held, codes: list[str]) -> None:
    found = rules.warnings(held, rulebook.at(day))
    assert [one.code for one in found] == codes
    assert all(one.source for one in found)
