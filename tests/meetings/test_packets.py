"""Down and up over HTTP: a committee's packet in every agenda, a cell's proposal and its answer, the monthly report;
with refusals, and who sees what."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan import rulebook
from hatnhan.duties.models import Duty
from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.meetings import actions
from hatnhan.meetings.choices import REPORT_PARTS
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import AgendaItem, Meeting, MonthReport, Packet, Proposal, Sitting
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.meetings.plan.rules import Plan
from tests.units.ground import TODAY
from tests.world import World, boss, refused

DECEMBER, DAY = date(2026, 12, 1), date(2026, 12, 3)


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def planned(world: World, unit: str = "one", **changes: Any) -> Sitting:
    plan = Plan(**{"kind": "regular", "day": DAY, "starts": time(19, 30), **changes})
    return actions.plan(actor=boss(), unit=getattr(world.land, unit), plan=plan)


def held(world: World) -> Meeting:
    sheet = Sheet("regular", date(2026, 11, 3), time(19), time(21), tasks=[TaskSheet("Rà soát", TODAY)], spoke=3)
    return actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=sheet)


def packet(world: World, **changes: Any) -> Packet:
    given: dict[str, Any] = {
        "actor": world.actor("ha"), "unit": world.land.lim, "first": DECEMBER, "title": "Nội dung tháng 12",
        "items": [ItemSheet("Hướng dẫn tổng kết năm", text="Ba việc chính.")],
    }  # fmt: skip
    return actions.draft_packet(**{**given, **changes})


def titles(sitting: Sitting) -> list[str]:
    rows = AgendaItem.objects.filter(sitting=sitting)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    return [row.title for row in rows]


# --- packets ------------------------------------------------------------------------------------------------------


def test_a_packet_lies_in_every_agenda_once_also_in_those_planned_later(world: World) -> None:
    ha, first = world.browser("ha"), planned(world)
    actions.lay_template(actor=world.actor("thuy"), sitting=first, template="village")
    far, thematic = planned(world, "far_cell"), planned(world, kind="thematic", starts=time(8))
    written = {
        "month": "2026-12-01", "title": "Nội dung tháng 12", "item_1": "Hướng dẫn tổng kết năm", "minutes_1": "10",
        "text_1": "Ba việc chính.", "item_2": "Tin trong tháng",
    }  # fmt: skip
    answer = ha.post("/meetings/packets/new/", written)
    assert answer.status_code == 302, said(answer)
    one = Packet.objects.get()
    assert AgendaItem.objects.filter(origin="packet").count() == 0
    assert ha.post(f"/meetings/packets/{one.pk}/publish/", {}).status_code == 302
    assert titles(first)[3:5] == ["Hướng dẫn tổng kết năm", "Tin trong tháng"]
    assert len(titles(first)) == 14
    assert titles(far) == titles(thematic) == []
    assert titles(planned(world, "two")) == ["Hướng dẫn tổng kết năm", "Tin trong tháng"]
    assert titles(planned(world, "two", day=date(2027, 1, 4))) == []
    assert "đang nằm trong chương trình của 2 buổi" in said(ha.get(f"/meetings/packets/{one.pk}/"))
    assert ha.post(f"/meetings/packets/{one.pk}/", written).status_code == 422
    ha.post(f"/meetings/packets/{one.pk}/publish/", {})
    assert len(titles(first)) == 14
    assert "Ba việc chính." in said(world.browser("thuy").get(f"/meetings/sittings/{first.pk}/"))
    assert "Đảng ủy gửi" in said(world.browser("thuy").get(f"/meetings/sittings/{first.pk}/"))


def test_publishing_to_many_cells_takes_few_statements(world: World) -> None:
    for day in range(1, 21):
        planned(world, day=date(2026, 12, day))
    one, ha = packet(world), world.actor("ha")
    with CaptureQueriesContext(connection) as queries:
        assert actions.publish_packet(actor=ha, packet=one) == 20
    assert len(queries) <= 30, [query["sql"] for query in queries]


def test_two_who_write_a_packet_at_once_are_told(world: World) -> None:
    one = packet(world)
    given: dict[str, Any] = {"actor": world.actor("ha"), "packet": one, "title": "Khác", "items": [ItemSheet("Một")]}
    actions.change_packet(**given, seen=0)
    with refused("stale"):
        actions.change_packet(**given, seen=0)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("month", {"first": date(2026, 10, 1)}),
        ("title", {"title": " "}),
        ("items", {"items": []}),
        ("text_long", {"items": [ItemSheet("Một", text="x" * 20_001)]}),
    ],
)
def test_packets_that_cannot_be(world: World, code: str, changes: dict[str, Any]) -> None:
    with refused(code):
        packet(world, **changes)


def test_only_a_committee_s_office_publishes_and_only_below_it(world: World) -> None:
    with pytest.raises(NotFound):
        packet(world, actor=world.actor("thuy"))
    with pytest.raises(NotFound):
        packet(world, actor=world.actor("khoa"))
    with refused("cell"):
        packet(world, unit=world.land.one)
    one = packet(world)
    assert world.browser("khoa").get(f"/meetings/packets/{one.pk}/").status_code == 404
    assert world.browser("thuy").get(f"/meetings/packets/{one.pk}/").status_code == 403


# --- proposals ----------------------------------------------------------------------------------------------------


def test_a_proposal_is_numbered_owed_answered_and_opens_the_next_meeting(world: World) -> None:
    thuy, ha, meeting = world.browser("thuy"), world.browser("ha"), held(world)
    page = f"/meetings/{meeting.pk}/propose/"
    assert thuy.post(page, {"text": ""}).status_code == 422
    assert thuy.post(page, {"text": "Sửa mương xóm Đông."}).status_code == 302
    one = Proposal.objects.get()
    assert (one.number, one.year, one.to_id) == (1, 2026, world.land.lim.pk)
    duty = Duty.objects.get(kind="meetings.proposal")
    assert (duty.about, duty.state) == (one.pk, "open")
    assert "Kiến nghị số 1 của Chi bộ thôn Một" in said(ha.get("/duties/"))
    assert "Sửa mương xóm Đông." in said(ha.get("/meetings/proposals/"))
    coming = planned(world)
    actions.lay_template(actor=world.actor("thuy"), sitting=coming, template="village")
    answer = f"/meetings/proposals/{one.pk}/answer/"
    assert ha.post(answer, {"answer": ""}).status_code == 422
    assert ha.post(answer, {"answer": "Sửa xong trong tháng 1."}).status_code == 302
    duty.refresh_from_db()
    assert duty.state == "done"
    assert titles(coming)[3] == "Trả lời kiến nghị số 1: Sửa mương xóm Đông."
    assert "Sửa xong trong tháng 1." in said(world.browser("an").get(f"/meetings/proposals/{one.pk}/"))
    assert ha.post(answer, {"answer": "Lần nữa"}).status_code == 422


def test_an_answer_waits_for_a_meeting_that_is_planned_later_and_comes_once(world: World) -> None:
    one = actions.propose(actor=world.actor("thuy"), meeting=held(world), text="Sửa mương.")
    actions.answer_proposal(actor=world.actor("ha"), proposal=one, answer="Đã sửa.")
    first = planned(world)
    assert any("kiến nghị số 1" in title for title in titles(first))
    assert not any("kiến nghị số 1" in title for title in titles(planned(world, day=date(2026, 12, 20))))
    actions.cancel(actor=world.actor("thuy"), sitting=first, reason="Bão")
    assert any("kiến nghị số 1" in title for title in titles(planned(world, day=date(2026, 12, 21))))


def test_numbers_go_on_within_the_year_and_what_was_withdrawn_is_owed_no_more(world: World) -> None:
    meeting, thuy = held(world), world.actor("thuy")
    first = actions.propose(actor=thuy, meeting=meeting, text="Một")
    actions.withdraw_proposal(actor=thuy, proposal=first)
    assert not Duty.objects.filter(kind="meetings.proposal", state="open").exists()
    assert actions.propose(actor=thuy, meeting=meeting, text="Hai").number == 2
    with refused("state"):
        actions.answer_proposal(actor=world.actor("ha"), proposal=first, answer="Muộn")
    with refused("text"):
        actions.propose(actor=thuy, meeting=meeting, text=" ")


@pytest.mark.parametrize(("who", "error"), [("an", NotFound), ("thuy", NotFound), ("khoa", NotFound)])
def test_only_the_committee_answers(world: World, who: str, error: type[Exception]) -> None:
    one = actions.propose(actor=world.actor("thuy"), meeting=held(world), text="Sửa mương.")
    with pytest.raises(error):
        actions.answer_proposal(actor=world.actor(who), proposal=one, answer="Được")
    assert world.browser("khoa").get(f"/meetings/proposals/{one.pk}/").status_code == 404
    assert "Sửa mương" not in said(world.browser("khoa").get("/meetings/proposals/"))


# --- the monthly report -------------------------------------------------------------------------------------------


def test_a_report_begins_with_last_month_s_words_and_the_figures_fill_in_the_rest(world: World) -> None:
    thuy = world.browser("thuy")
    held(world)
    actions.write_report(
        actor=world.actor("thuy"), unit=world.land.one, first=date(2026, 10, 1),
        texts={"done": "Việc tháng 10", "ahead": "Thu hoạch vụ mùa"},
    )  # fmt: skip
    page = "/meetings/report/?month=2026-11"
    form = said(thuy.get(page))
    assert "Thu hoạch vụ mùa" in form
    assert "Sinh hoạt thường kỳ ngày 3/11/2026: có mặt 5/5" in form
    assert "Giao 1 nhiệm vụ, đến nay xong 0." in form
    phrase = "An ninh trật tự trong thôn ổn định."
    assert phrase in form
    given = {
        "done": "Đã thu hoạch xong.",
        "phrases_done": [phrase],
        "people": "",
        "ahead": "Chuẩn bị Tết.",
        "seen": "0",
    }
    assert thuy.post(page, given).status_code == 302
    row = MonthReport.objects.get(first=date(2026, 11, 1))
    assert row.done == f"Đã thu hoạch xong.\n{phrase}"
    answer = thuy.post(page, given)
    assert answer.status_code == 422  # somebody was quicker: oneself, in another window
    assert "Bản đang lưu" in said(answer)
    read = "/meetings/report/read/?month=2026-11"
    assert "Chưa có báo cáo" in said(world.browser("ha").get(read + f"&unit={world.land.one.pk}"))
    assert thuy.post("/meetings/report/hand-in/?month=2026-11", {}).status_code == 302
    assert "Chuẩn bị Tết." in said(world.browser("ha").get(read + f"&unit={world.land.one.pk}"))
    row.refresh_from_db()
    assert row.handed_in_on == TODAY
    assert "Toàn chi bộ có 6 đảng viên." in row.facts
    assert thuy.post(page, {**given, "seen": str(row.version)}).status_code == 422
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert thuy.get(f"/meetings/report/paper.{kind}?month=2026-11").content.startswith(start)


def test_reports_that_cannot_be(world: World) -> None:
    thuy, one = world.actor("thuy"), world.land.one
    with refused("month"):
        actions.write_report(actor=thuy, unit=one, first=DECEMBER, texts={"done": "x"})
    with refused("part"):
        actions.write_report(actor=thuy, unit=one, first=TODAY, texts={"thoughts": "x"})
    with refused("long"):
        actions.write_report(actor=thuy, unit=one, first=TODAY, texts={"done": "x" * 10_001})
    empty = actions.write_report(actor=thuy, unit=one, first=TODAY, texts={"done": ""})
    with refused("empty"):
        actions.hand_in_report(actor=thuy, report=empty)
    with pytest.raises(Forbidden):
        actions.write_report(actor=world.actor("ha"), unit=one, first=TODAY, texts={"done": "x"})
    assert world.browser("an").get("/meetings/report/read/").status_code == 403


def test_every_phrase_of_the_rulebook_stands_in_a_part() -> None:
    for key, rule in rulebook.at(DAY).under("phrase").items():
        assert {code for code in REPORT_PARTS if rule.value[code]} == set(REPORT_PARTS), key
