"""A meeting is scored by the cell, voted on, confirmed by the superior; the tables of committees; who may."""

import re
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils import timezone

from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.figures import Window, value
from hatnhan.meetings import actions
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import Meeting, Score, ScoreResult, ScoreTable
from hatnhan.meetings.papers.models import Posted
from hatnhan.meetings.scores import queries as score_queries
from hatnhan.meetings.scores import rules as score_rules
from tests.units.ground import START, TODAY
from tests.world import World, boss, last_entry, refused

DAY = date(2026, 11, 3)


def held(world: World, on: date = DAY, adopted: bool = True, **changes: Any) -> Meeting:
    """A regular meeting of thôn Một, its minutes adopted."""
    sheet = Sheet(
        **{
            "kind": "regular", "held_on": on, "started": time(19, 30), "ended": time(20, 50), "spoke": 3,
            "chair": world.people["thuy"], "clerk": world.people["an"], "outcome": "conclusion",
            "outcome_text": "Làm đường.", "tasks": [TaskSheet("Việc", TODAY, world.people["anh"])], **changes,
        }
    )  # fmt: skip
    one = actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=sheet)
    if adopted:
        actions.adopt(actor=world.actor("thuy"), meeting=one)
    return one


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def sheet_of(page: Any) -> dict[str, str]:
    """What a browser would send back of the form as it is shown, everything not proposed with full points."""
    text = page.content.decode()
    given = dict(re.findall(r'<input type="text" name="([a-z_]+)" value="(\d+)"', text))
    given |= dict(re.findall(r'<input type="hidden" name="(seen)"(?: value="(\d*)")?', text))
    for name, options in re.findall(r'<select name="([a-z_]+)".*?>(.*?)</select>', text, re.S):
        chosen = re.search(r'value="(\d+)" selected', options)
        given[name] = chosen[1] if chosen else str(max(int(n) for n in re.findall(r'value="(\d+)"', options)))
    for name in re.findall(r'<input type="text" name="([a-z_]+)"', text):
        given.setdefault(name, "10")
    return given


def points_of(meeting: Meeting, **less: int) -> dict[str, int]:
    chosen = score_queries.table_at(meeting.unit_id, score_queries.kind_of(meeting), meeting.held_on)
    thematic = score_queries.facts_of(meeting).thematic
    return {one.code: one.most - less.get(one.code, 0) for one in chosen.table.criteria(thematic)}


def scored(world: World, meeting: Meeting, **less: int) -> Score:
    return actions.self_score(actor=world.actor("thuy"), meeting=meeting, points=points_of(meeting, **less))


def final(world: World, meeting: Meeting, **less: int) -> Score:
    one = scored(world, meeting, **less)
    actions.vote_score(actor=world.actor("thuy"), score=one, in_favour=3)
    actions.confirm_score(actor=world.actor("ha"), score=one)
    return one


# --- the story ----------------------------------------------------------------------------------------------------


def test_a_cell_scores_votes_and_the_superior_confirms(world: World) -> None:
    one, thuy, ha = held(world), world.browser("thuy"), world.browser("ha")
    assert "Chưa chấm" in said(thuy.get(f"/meetings/{one.pk}/"))
    assert "Buổi này chưa chấm điểm" in said(thuy.get(f"/meetings/{one.pk}/score/"))
    form = thuy.get(f"/meetings/{one.pk}/score/give/")
    page = said(form)
    assert "Gợi ý 4 điểm. Họp 80 phút, mức tối thiểu 90 phút, thiếu 10 phút." in page
    assert "Có mặt 5/5, đạt 100" in page
    assert "Tháng này không có chuyên đề nên tối đa 95 điểm." in page
    answer = thuy.post(f"/meetings/{one.pk}/score/give/", {**sheet_of(form), "tasks": "30", "draws_out": "2"})
    assert answer.status_code == 302, said(answer)
    score = Score.objects.get()
    assert (score.state, score.most, score.given["duration"], score.given["draws_out"]) == ("scored", 95, 4, 2)
    assert (score.points, score.grade) == (92, "good")
    assert thuy.post(f"/meetings/{one.pk}/score/vote/", {"in_favour": "9"}).status_code == 422
    assert thuy.post(f"/meetings/{one.pk}/score/vote/", {"in_favour": "4", "seen": "0"}).status_code == 302
    given = {**sheet_of(ha.get(f"/meetings/{one.pk}/score/confirm/")), "flexible": "1"}
    without = ha.post(f"/meetings/{one.pk}/score/confirm/", given)
    assert without.status_code == 422
    assert "hãy ghi lý do" in said(without)
    answer = ha.post(f"/meetings/{one.pk}/score/confirm/", {**given, "reason": "Chủ trì còn dài"})
    assert answer.status_code == 302, said(answer)
    score.refresh_from_db()
    assert (score.state, score.points, score.superior, score.grade) == ("final", 91, {"flexible": 1}, "good")
    page = said(world.browser("an").get(f"/meetings/{one.pk}/score/"))
    assert "Cấp trên chấm 1" in page
    assert "91/95" in page
    assert "Đã chốt điểm 1/1 kỳ thường kỳ, trong đó 1 kỳ tốt." in page
    assert "91/95" in said(thuy.get(f"/meetings/{one.pk}/"))
    locked = thuy.post(f"/meetings/{one.pk}/score/give/", sheet_of(form) | {"seen": ""})
    assert locked.status_code == 422
    assert "không làm bước này được nữa" in said(locked)


def test_two_at_once_both_are_told(world: World) -> None:
    one, thuy, binh = held(world), world.browser("thuy"), world.browser("binh")
    scored(world, one)
    form = sheet_of(thuy.get(f"/meetings/{one.pk}/score/give/"))
    assert thuy.post(f"/meetings/{one.pk}/score/give/", form).status_code == 302
    late = binh.post(f"/meetings/{one.pk}/score/give/", {**form, "content": "3"})
    assert late.status_code == 422
    assert "người khác đã thay đổi" in said(late)
    assert 'name="content" value="3"' in late.content.decode()
    assert Score.objects.get().given["content"] == 10


def test_points_out_of_bounds_are_told_and_what_was_written_stays(world: World) -> None:
    one, thuy = held(world), world.browser("thuy")
    form = sheet_of(thuy.get(f"/meetings/{one.pk}/score/give/"))
    answer = thuy.post(f"/meetings/{one.pk}/score/give/", {**form, "tasks": "31", "steps": ""})
    assert answer.status_code == 422
    assert "Hãy chấm từ 0 đến 30 điểm." in said(answer)
    assert 'value="31"' in answer.content.decode()
    assert not Score.objects.exists()


def test_who_may_see_and_who_may_not(world: World) -> None:
    one = held(world)
    scored(world, one)
    assert world.browser("an").get(f"/meetings/{one.pk}/score/").status_code == 200
    assert world.browser("an").get(f"/meetings/{one.pk}/score/give/").status_code == 403
    assert world.browser("ha").get(f"/meetings/{one.pk}/score/give/").status_code == 403
    assert world.browser("thuy").get(f"/meetings/{one.pk}/score/confirm/").status_code == 403
    for tail in ("", "give/", "vote/"):
        assert world.browser("khoa").get(f"/meetings/{one.pk}/score/{tail}").status_code in (403, 404)
    assert world.browser("khoa").get(f"/meetings/{one.pk}/score/confirm/").status_code == 404


# --- acts and their refusals --------------------------------------------------------------------------------------


def test_whoever_scored_does_not_confirm(world: World) -> None:
    one = held(world)
    score = scored(world, one)
    actions.vote_score(actor=world.actor("thuy"), score=score, in_favour=3)
    Score.objects.update(scored_by=world.accounts["ha"])
    with refused("same_person"):
        actions.confirm_score(actor=world.actor("ha"), score=score)
    with pytest.raises(Forbidden):
        actions.confirm_score(actor=world.actor("thuy"), score=score)
    with pytest.raises(NotFound):
        actions.confirm_score(actor=world.actor("khoa"), score=score)


def test_no_confirmation_before_the_vote_nor_before_the_minutes(world: World) -> None:
    one = held(world, adopted=False)
    score = scored(world, one)
    with refused("state"):
        actions.confirm_score(actor=world.actor("ha"), score=score)
    actions.vote_score(actor=world.actor("thuy"), score=score, in_favour=3)
    with refused("minutes"):
        actions.confirm_score(actor=world.actor("ha"), score=score)
    assert not ScoreResult.objects.exists()


def test_a_vote_needs_more_than_half_of_those_there(world: World) -> None:
    score = scored(world, held(world))
    with refused("not_carried"):
        actions.vote_score(actor=world.actor("thuy"), score=score, in_favour=2, against=2)
    with refused("votes"):
        actions.vote_score(actor=world.actor("thuy"), score=score, in_favour=4, against=1)


def test_scoring_anew_takes_the_vote_back(world: World) -> None:
    one = held(world)
    score = scored(world, one)
    actions.vote_score(actor=world.actor("thuy"), score=score, in_favour=4)
    scored(world, one, content=2)
    score.refresh_from_db()
    assert (score.state, score.in_favour) == ("scored", None)


def test_only_regular_and_thematic_meetings_are_scored(world: World) -> None:
    one = held(world, kind="extraordinary")
    with refused("kind"):
        actions.self_score(actor=world.actor("thuy"), meeting=one, points={})
    assert "Chấm điểm" not in said(world.browser("thuy").get(f"/meetings/{one.pk}/"))
    both = held(world, on=date(2026, 10, 5), kind="both")
    assert scored(world, both).most == 100
    theme = held(world, on=date(2026, 9, 10), kind="thematic")
    assert scored(world, theme).table == "thematic"


def test_a_final_grade_is_reopened_with_a_reason_and_counts_no_longer(world: World) -> None:
    one = held(world)
    score = final(world, one)
    with refused("reason"):
        actions.reopen_score(actor=world.actor("ha"), score=score, reason=" ")
    assert world.browser("ha").post(f"/meetings/{one.pk}/score/reopen/", {"reason": "Nhầm"}).status_code == 302
    month = Window(date(2026, 11, 1), date(2026, 12, 1))
    assert value("meetings.graded", world.land.lim, month) == 0
    score.refresh_from_db()
    actions.confirm_score(actor=world.actor("ha"), score=score)
    assert value("meetings.graded_good", world.land.lim, month) == 1
    assert ScoreResult.objects.count() == 2


def test_a_meeting_changed_after_it_was_scored_is_pointed_at(world: World) -> None:
    one = held(world, adopted=False)
    scored(world, one)
    changed = Sheet("regular", DAY, time(19, 30), time(21, 30))
    actions.change(actor=world.actor("thuy"), meeting=one, sheet=changed)
    assert "đã được sửa sau khi chấm" in said(world.browser("thuy").get(f"/meetings/{one.pk}/score/"))


def test_the_log_says_points_and_grade(world: World) -> None:
    final(world, held(world), tasks=30)
    entry = last_entry()
    assert entry.code == "meetings.confirm_score"
    assert "65" in str(entry.payload.values)


def test_figures_count_grades_and_the_year_rolls_up(world: World) -> None:
    for month in range(1, 9):
        final(world, held(world, on=date(2026, month, 3)), content=0 if month < 8 else 10)
    year = Window(date(2026, 1, 1), date(2027, 1, 1))
    assert value("meetings.graded", world.land.lim, year) == 8
    assert value("meetings.graded_good", world.land.lim, year) == 7
    assert value("meetings.graded_fair", world.land.province, year) == 1
    found = score_queries.year_at(world.land.one, 2026, TODAY)
    assert (found.grade, found.good, found.complete) == ("good", 7, True)


def test_excused_four_times_in_a_row_costs_the_point(world: World) -> None:
    for month in (6, 7, 8):
        held(world, on=date(2026, month, 3), marks={world.people["binh"]: "excused"})
    assert score_queries.longest_run(held(world, on=date(2026, 9, 3), marks={world.people["binh"]: "excused"})) == 4
    assert score_queries.longest_run(held(world, on=date(2026, 10, 3))) == 4
    assert score_queries.longest_run(held(world, on=date(2026, 5, 3))) == 0


# --- tables of committees -----------------------------------------------------------------------------------------


def written(page: Any, **changes: str) -> dict[str, Any]:
    """A table's form as a browser would send it back."""
    text = page.content.decode()
    given: dict[str, Any] = dict(re.findall(r'<input type="text" name="([a-z_0-9]+)" value="([^"]*)"', text))
    given |= dict(re.findall(r'<input type="radio" name="([a-z_]+)" value="([a-z]+)"[^>]* checked', text))
    given |= {"confirm": "on", "gates": re.findall(r'name="gates" value="([a-z_]+)"[^>]* checked', text)}
    return given | changes


def test_a_committee_sets_its_own_table_by_a_decision(world: World) -> None:
    ha = world.browser("ha")
    assert "bảng điểm đầy đủ" in said(ha.get("/meetings/score-tables/"))
    address = "/meetings/score-tables/full/set/"
    given = written(ha.get(address), decision="12-QĐ/ĐU", on="1/11/2026", mode="rescaled")
    wrong = ha.post(address, {**given, "most_content": "9"})
    assert wrong.status_code == 422
    assert "Các mục cộng lại được 99 điểm" in said(wrong)
    answer = ha.post(
        address, {**given, "most_content": "8", "extra_label_1": "Dùng sổ tay đảng viên", "extra_most_1": "2"}
    )
    assert answer.status_code == 302, said(answer)
    row = ScoreTable.objects.get()
    assert (row.unit_id, row.decision, row.valid_from) == (world.land.lim.pk, "12-QĐ/ĐU", date(2026, 11, 1))
    one = held(world)
    chosen = score_queries.table_at(one.unit_id, "regular", DAY)
    assert (chosen.own, chosen.table.mode) == (row, "rescaled")
    assert "own_1" in {each.code for each in chosen.table.criteria()}
    score = scored(world, one)
    assert (score.own, score.most, score.tenths) == (row, 95, 1000)
    assert score_queries.table_at(one.unit_id, "regular", date(2026, 10, 31)).own is None
    assert score_queries.table_at(world.land.far_cell, "regular", DAY).own is None
    assert "12-QĐ/ĐU" in said(world.browser("thuy").get(f"/meetings/{one.pk}/score/"))
    assert ha.post(f"/meetings/score-tables/{row.pk}/end/").status_code == 302
    assert score_queries.table_at(one.unit_id, "regular", TODAY).own is None
    score.refresh_from_db()
    assert score_queries.used_by(score).own == row


def test_a_table_without_confirmation_is_final_with_the_vote(world: World) -> None:
    value = score_queries.value_of("four", world.land.lim, DAY)
    assert value is not None
    actions.set_score_table(
        actor=world.actor("ha"), unit=world.land.lim, base="four", table={**value, "confirm": False},
        decision="3-QĐ/ĐU", on=DAY,
    )  # fmt: skip
    score = scored(world, held(world))
    actions.vote_score(actor=world.actor("thuy"), score=score, in_favour=4)
    assert (score.state, ScoreResult.objects.get().grade) == ("final", "good")


def test_who_sets_tables_and_what_is_refused(world: World) -> None:
    table = score_queries.value_of("full", world.land.lim, DAY)
    assert table is not None
    given: dict[str, Any] = {"unit": world.land.lim, "base": "full", "table": table, "decision": "1-QĐ/ĐU", "on": DAY}
    with pytest.raises(Forbidden):
        actions.set_score_table(actor=world.actor("thuy"), **{**given, "unit": world.land.one})
    with pytest.raises(NotFound):
        actions.set_score_table(actor=world.actor("khoa"), **given)
    with refused("decision"):
        actions.set_score_table(actor=world.actor("ha"), **{**given, "decision": " "})
    with refused("order"):
        actions.set_score_table(actor=world.actor("ha"), **given, until=DAY)
    actions.set_score_table(actor=world.actor("ha"), **given)
    with refused("later"):
        actions.set_score_table(actor=world.actor("ha"), **{**given, "on": START})
    second = actions.set_score_table(actor=world.actor("ha"), **{**given, "on": TODAY, "decision": "2-QĐ/ĐU"})
    assert ScoreTable.objects.on(DAY).get(kind="regular").valid_to == TODAY
    with refused("on"):
        actions.end_score_table(actor=world.actor("ha"), table=second, on=DAY)
    assert world.browser("thuy").get("/meetings/score-tables/").status_code == 200
    assert world.browser("thuy").get("/meetings/score-tables/full/set/").status_code == 403
    assert world.browser("an").get("/meetings/score-tables/").status_code == 403
    assert world.browser("ha").get("/meetings/score-tables/none/set/").status_code == 404
    assert "2-QĐ/ĐU" in said(boss() and world.browser("thuy").get("/meetings/score-tables/"))


def test_papers_ticked_as_put_up_are_known_to_the_proposal(world: World) -> None:
    one = held(world)
    assert score_queries.facts_of(one).papers_at is None
    given: dict[str, Any] = {"meeting": one, "by": "Thủy", "recorded_at": timezone.now(), "recorded_in": 1}
    for part, day in (("ahead", date(2026, 11, 2)), ("final", date(2026, 11, 5))):
        at = timezone.make_aware(datetime.combine(day, time(20)))
        Posted.objects.create(part=part, at=at, **given)
    known = score_queries.facts_of(one)
    assert (known.papers_at, known.posted_on) == (datetime.combine(date(2026, 11, 2), time(20)), date(2026, 11, 5))
    table = score_queries.table_at(world.land.one, "regular", DAY).table
    proposed = score_rules.propose(table, known)
    assert (proposed["papers"].points, proposed["posted"].points) == (2, 1)
