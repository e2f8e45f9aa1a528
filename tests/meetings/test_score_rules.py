"""Score tables and the engine, by the worked examples of the rules handbook: facts in, points and grades out."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from hatnhan import rulebook
from hatnhan.meetings.scores import queries as score_queries
from hatnhan.meetings.scores import rules as score_rules
from hatnhan.meetings.scores.rules import Facts, Table

DAY = date(2026, 11, 3)
HELD = datetime.combine(DAY, time(19, 30))


def table(code: str = "full", **changes: Any) -> Table:
    rule = rulebook.at(DAY)[f"score.table.{code}"]
    like = rule.value.get("like")
    base = rulebook.at(DAY)[f"score.table.{like}"].value if like else {}
    return score_rules.table_of(code, {**base, **rule.value, **changes})


def facts(**changes: Any) -> Facts:
    given: dict[str, Any] = {
        "held": HELD, "minutes": 90, "least": 90, "due": 20, "present": 20, "unexcused": 0, "there": 20, "spoke": 12,
        "thematic": True, "tasks": 10, "done": 10, "chaired": True, "clerked": True, "concluded": True,
        "adopted": True, "named_tasks": True,
    }  # fmt: skip
    return Facts(**{**given, **changes})


def points(code: str, **changes: Any) -> int | None:
    return score_rules.propose(table(), facts(**changes))[code].points


def full(one: Table, *, thematic: bool = True, **less: int) -> dict[str, int]:
    """Full points everywhere, but for `less`."""
    return {each.code: each.most - less.get(each.code, 0) for each in one.criteria(thematic)}


@pytest.mark.parametrize("code", ["full", "gated", "four", "seven", "thematic"])
def test_every_table_of_the_book_adds_up_to_100(code: str) -> None:
    assert score_rules.table_blockers(table(code)) == []


def test_the_full_table_has_the_points_of_its_eight_groups() -> None:
    assert [sum(one.most for one in group.criteria) for group in table().groups] == [5, 5, 10, 30, 10, 5, 30, 5]
    assert [one.most for one in table("seven").criteria()] == [5, 5, 10, 40, 5, 30, 5]
    assert [one.most for one in table("four").criteria()] == [15, 20, 45, 20]
    assert table("gated").gates == ("duration", "attendance", "speakers", "minutes")


@pytest.mark.parametrize(
    ("minutes", "got", "edge"),
    [(100, 5, False), (90, 5, False), (89, 4, False), (80, 4, False), (75, 4, False), (74, 3, False), (60, 3, False),
     (59, 2, True), (46, 2, True), (45, 2, False), (44, 1, False), (30, 1, False)],
)  # fmt: skip
def test_duration(minutes: int, got: int, edge: bool) -> None:
    proposed = score_rules.propose(table(), facts(minutes=minutes))["duration"]
    assert (proposed.points, proposed.edge) == (got, edge)
    assert f"{minutes} phút" in proposed.why


def test_an_owner_sets_what_the_form_leaves_open() -> None:
    own = table(edge_duration=1, edge_speakers=5)
    assert score_rules.propose(own, facts(minutes=50))["duration"].points == 1
    assert score_rules.propose(own, facts(spoke=10))["speakers"].points == 5


@pytest.mark.parametrize(
    ("present", "due", "unexcused", "got"),
    [(17, 18, 0, 4), (18, 20, 0, 4), (15, 20, 0, 3), (13, 20, 0, 2), (12, 20, 0, 1), (19, 20, 1, 1), (0, 0, 0, None)],
)
def test_attendance(present: int, due: int, unexcused: int, got: int | None) -> None:
    proposed = score_rules.propose(table(), facts(present=present, due=due, unexcused=unexcused))["attendance"]
    assert proposed.points == got


def test_the_worked_example_says_how_it_came() -> None:
    why = score_rules.propose(table(), facts(present=17, due=18))["attendance"].why
    assert "17/18" in why
    assert "94,4" in why


@pytest.mark.parametrize(("run", "got"), [(0, 1), (3, 1), (4, 0)])
def test_nobody_is_excused_more_than_three_times_in_a_row(run: int, got: int) -> None:
    assert points("in_a_row", in_a_row=run) == got


@pytest.mark.parametrize(
    ("spoke", "there", "got"), [(11, 20, 5), (10, 20, 4), (9, 20, 4), (8, 20, 4), (7, 20, 3), (6, 20, 3), (5, 20, 2)]
)
def test_speakers(spoke: int, there: int, got: int) -> None:
    assert points("speakers", spoke=spoke, there=there) == got


def test_exactly_half_speaking_is_shown_as_left_open() -> None:
    proposed = score_rules.propose(table(), facts(spoke=10))["speakers"]
    assert proposed.edge
    assert "đúng một nửa" in proposed.why


@pytest.mark.parametrize(
    ("done", "tasks", "got"),
    [(10, 10, 30), (9, 10, 30), (8, 10, 27), (7, 10, 24), (6, 10, 20), (5, 10, 15), (4, 10, 10), (0, 0, None)],
)
def test_tasks_of_last_month(done: int, tasks: int, got: int | None) -> None:
    assert points("tasks", done=done, tasks=tasks) == got


def test_papers_a_day_before_by_the_calendar_or_by_the_hour() -> None:
    late = HELD - timedelta(hours=23)
    assert points("papers", papers_at=late) == 2
    assert score_rules.propose(table(paper_day="hours"), facts(papers_at=late))["papers"].points == 0
    assert points("papers", papers_at=HELD - timedelta(hours=2)) == 0
    assert points("papers") is None


def test_what_is_not_known_is_left_to_people() -> None:
    proposed = score_rules.propose(table(), facts(adopted=False))
    assert proposed["closed"].points is None
    assert proposed["told"].points is None
    assert proposed["posted"].points is None
    assert "prepared" not in proposed
    assert points("posted", posted_on=date(2026, 11, 5)) == 1
    assert points("posted", posted_on=date(2026, 11, 6)) == 0
    assert points("minutes", clerked=False) == 0
    assert points("concluded", concluded=False) == 0
    assert points("closed", named_tasks=False) == 1
    assert points("told", told=True) == 1


def test_a_month_without_a_thematic_meeting_reaches_95_or_is_rescaled() -> None:
    one, most = table(), full(table(), thematic=False)
    assert score_rules.result(one, most, False).points == 95
    assert score_rules.result(one, most, False).most == 95
    rescaled = table(mode="rescaled")
    assert score_rules.result(rescaled, most, False).tenths == 1000
    nearly = full(table(), thematic=False, content=10)  # 85 of 95: 89,47 of 100
    assert score_rules.result(rescaled, nearly, False).grade == "fair"
    assert score_rules.result(rescaled, nearly, False).tenths == 894


@pytest.mark.parametrize(
    ("less", "grade"), [(0, "good"), (10, "good"), (11, "fair"), (30, "fair"), (31, "average"), (51, "weak")]
)
def test_the_grades(less: int, grade: str) -> None:
    tasks = min(less, 30)
    rest = {"tasks": tasks, "content": min(less - tasks, 10), "steps": min(max(less - tasks - 10, 0), 5)}
    rest |= {"theme": min(max(less - tasks - 15, 0), 5), "speakers": min(max(less - tasks - 20, 0), 5)}
    assert score_rules.result(table(), full(table(), thematic=True, **rest), True).grade == grade


def test_a_gate_that_was_not_passed_keeps_93_from_being_good() -> None:
    one = table("gated")
    made = score_rules.result(one, full(one, speakers=1, content=6), True)
    assert (made.points, made.grade, made.failed) == (93, "fair", ("Số đồng chí phát biểu",))
    assert score_rules.result(one, full(one, content=7), True).grade == "good"


@pytest.mark.parametrize(
    ("grades", "got"),
    [(["good"] * 7 + ["fair"] * 5, "good"), (["good"] * 6 + ["fair"] * 6, "fair"),
     (["good"] * 11 + ["average"], "fair"), (["good"] * 11 + ["weak"], None), ([], None)],
)  # fmt: skip
def test_the_year(grades: list[str], got: str | None) -> None:
    found = score_rules.year_of(grades, 12, table("four"))
    assert found.grade == got
    assert found.complete == (len(grades) == 12)


def test_points_have_bounds_and_all_are_needed() -> None:
    one = table()
    assert score_rules.points_blockers(one, full(one), True) == []
    broken = {**full(one), "content": 11, "strange": 1}
    del broken["steps"]
    assert [reason.code for reason in score_rules.points_blockers(one, broken, True)] == [
        "missing",
        "points",
        "unknown",
    ]


def test_a_table_that_cannot_be_is_refused() -> None:
    codes = [reason.code for reason in score_rules.table_blockers(table(good=60, gates=["nowhere"]))]
    assert codes == ["thresholds", "gates"]
    groups = [
        {"label_vi": "A", "label_en": "A", "criteria": [{"code": "a", "most": 90, "label_vi": "a", "label_en": "a"}]}
    ]
    assert [reason.code for reason in score_rules.table_blockers(table(groups=groups))] == ["sum"]


def test_the_usual_table_comes_first() -> None:
    assert next(one.code for one in score_queries.book_tables("regular", DAY)) == "full"
    assert [one.code for one in score_queries.book_tables("thematic", DAY)] == ["thematic"]
