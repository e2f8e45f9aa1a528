"""Scores, cells of the month and assignments over the API: the same actions, scopes and refusals as the pages."""

from datetime import date

from hatnhan.meetings.models import Assignment, Following, Score
from hatnhan.members import actions as members
from tests.api.program import program
from tests.world import World, boss

SHEET = {
    "kind": "regular", "held_on": "2026-11-03", "started": "19:30", "ended": "21:00", "spoke": 3,
    "outcome": "conclusion", "outcome_text": "Kết luận",
}  # fmt: skip


def test_a_program_scores_votes_and_another_confirms(world: World) -> None:
    caller, office = program(world, "thuy"), program(world, "ha")
    made = caller.post(f"/units/{world.land.one.pk}/meetings", {"sheet": SHEET})
    assert made.status == 200, made.said
    key = made.said["id"]
    assert caller.post(f"/meetings/{key}/adopt").status == 200
    told = caller.get(f"/meetings/{key}/score").said
    assert (told["id"], told["table"], told["most"], told["proposed"]["duration"]) == (None, "full", 95, 5)
    assert told["steps"] == ["meetings.self_score"]
    points = [{"code": "duration", "points": 5}]
    assert "missing" in caller.post(f"/meetings/{key}/score", {"points": points}).codes
    every = {"attendance": 4, "in_a_row": 1, "prepared": 3, "draft": 2, "committee": 2, "told": 1, "papers": 2,
             "steps": 5, "content": 10, "praise": 2, "speakers": 5, "minutes": 1, "criticism": 1,
             "papers_used": 1, "flexible": 2,
             "directs": 4, "draws_out": 3, "sums_up": 1, "centralism": 1, "sincere": 2, "educates": 1, "wishes": 1,
             "tasks": 30, "concluded": 2, "closed": 2, "posted": 1}  # fmt: skip
    points += [{"code": code, "points": n} for code, n in every.items()]
    made = caller.post(f"/meetings/{key}/score", {"points": points})
    assert made.status == 200, made.said
    score = Score.objects.get().pk
    assert caller.post(f"/scores/{score}/vote", {"in_favour": 3}).status == 200
    assert caller.post(f"/scores/{score}/confirm").status == 403
    assert office.post(f"/scores/{score}/confirm").status == 200
    assert caller.get(f"/meetings/{key}/score").said["grade"] == "good"
    assert program(world, "khoa").post(f"/scores/{score}/confirm").status == 404
    assert office.post(f"/scores/{score}/reopen", {"reason": "Xem lại"}).status == 200


def test_a_program_reads_the_stages_and_reminds(world: World) -> None:
    office = program(world, "ha")
    rows = office.get("/meetings/cells?month=2026-11").said["rows"]
    assert {row["stage"] for row in rows} == {"none"}
    assert len(rows) == 4
    assert office.post(f"/units/{world.land.lim.pk}/remind", {"first": "2026-11-01"}).status == 200
    assert program(world, "thuy").get("/meetings/cells").status == 403


def test_a_program_assigns(world: World) -> None:
    members.appoint(
        actor=boss(), person=world.person("chi"), unit=world.land.lim, office="secretary", on=date(2026, 11, 3)
    )
    given = {"person": world.people["chi"], "target": world.land.one.pk, "on": "2026-11-10"}
    office = program(world, "ha")
    made = office.post(f"/units/{world.land.lim.pk}/following", given)
    assert made.status == 200, made.said
    assert office.post(f"/following/{Following.objects.get().pk}/end", {"on": "2026-11-20"}).status == 200
    caller = program(world, "thuy")
    given = {"person": world.people["an"], "text": "Nhóm hộ số 3", "on": "2026-11-10"}
    assert caller.post(f"/units/{world.land.one.pk}/assignments", given).status == 200
    row = Assignment.objects.get().pk
    assert program(world, "ha").post(f"/assignments/{row}/end", {"on": "2026-11-20"}).status == 403
    assert caller.post(f"/assignments/{row}/end", {"on": "2026-11-20"}).status == 200
