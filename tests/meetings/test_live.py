"""A meeting from its opening to its recorded minutes over HTTP: one screen of plain forms, and every refusal."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hatnhan.kernel.actor import Forbidden, NotFound
from hatnhan.kernel.models import Payload
from hatnhan.meetings import actions
from hatnhan.meetings.actions import Ending
from hatnhan.meetings.live.rules import Count
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import (
    AgendaItem,
    Live,
    LiveMotion,
    LiveText,
    Meeting,
    Motion,
    OtherText,
    RollMark,
    Sitting,
    Task,
)
from tests.units.ground import TODAY
from tests.world import World, refused

QUIET = {"X-Live": "1"}


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def opened(world: World, name: str = "thuy") -> Sitting:
    """A sitting of cell one, open."""
    return actions.open_now(actor=world.actor(name), unit=world.land.one, place="Nhà văn hóa thôn Một")


def here(sitting: Sitting, tail: str = "") -> str:
    return f"/meetings/live/{sitting.pk}/{tail}"


def all_there(world: World, sitting: Sitting) -> None:
    actions.mark_rest(actor=world.actor("thuy"), sitting=sitting)


def ended() -> Ending:
    """An end two hours after a beginning, whatever the hour of the test."""
    start = timezone.localtime().replace(hour=19, minute=30)
    return Ending(start.time(), (start + timedelta(minutes=100)).time(), spoke=2)


# --- the story ----------------------------------------------------------------------------------------------------


def test_a_secretary_holds_a_meeting_on_one_screen_without_scripts(world: World) -> None:
    actions.record(
        actor=world.actor("thuy"), unit=world.land.one,
        sheet=Sheet("regular", date(2026, 10, 3), *_hours(), tasks=[TaskSheet("Rà soát hộ nghèo", date(2026, 10, 30))]),
    )  # fmt: skip
    thuy = world.browser("thuy")
    assert "Bắt đầu sinh hoạt" in said(thuy.get("/meetings/"))
    assert "Chương trình, mỗi dòng một nội dung" in said(thuy.get("/meetings/open/"))
    answer = thuy.post(
        "/meetings/open/",
        {"kind": "regular", "form": "in_person", "place": "Nhà văn hóa",
         "agenda": "Tin tức\nBàn việc làm đường\nKết luận", "chair": str(world.people["thuy"]),
         "clerk": str(world.people["an"])},
    )  # fmt: skip
    assert answer.status_code == 302, said(answer)
    sitting = Sitting.objects.get()
    assert (sitting.state, sitting.day) == ("open", TODAY)
    page = said(thuy.get(here(sitting)))
    assert "Tin tức" in page
    assert "Có mặt 0 trên 5 đảng viên phải dự" in page
    # the roll: Bình away with reason, Ánh late, the others there; Sáu is exempt and not obliged
    _post(thuy, here(sitting, "roll/"), {"person": world.people["binh"], "mark": "excused"})
    _post(thuy, here(sitting, "roll/"), {"person": world.people["anh"], "mark": "late"})
    _post(thuy, here(sitting, "roll/"), {"rest": "present"})
    assert "Có mặt 4 trên 5 đảng viên phải dự" in said(thuy.get(here(sitting)))
    # the agenda
    carried, first, second, third = AgendaItem.objects.filter(sitting=sitting)
    assert carried.origin == "carried"  # the open task of October
    _post(thuy, here(sitting, "item/"), {"later": first.pk})
    _post(thuy, here(sitting, "item/"), {"item": second.pk})
    page = said(thuy.get(here(sitting)))
    assert "3. Bàn việc làm đường" in page
    _post(
        thuy, here(sitting, "write/"),
        {f"text.said.{second.pk}": "Đồng chí An đề nghị làm trước mùa mưa.", f"seen.said.{second.pk}": "0",
         f"text.spoke.{second.pk}": "3", f"seen.spoke.{second.pk}": "0"},
    )  # fmt: skip
    assert "Đồng chí An đề nghị làm trước mùa mưa." in thuy.get(here(sitting)).content.decode()
    # a vote by card, an outcome, a task, a report on an earlier one
    _post(thuy, here(sitting, "ask-vote/"),
          {"text": "Thông qua nghị quyết", "rule": "vote.ordinary", "method": "card", "item": third.pk})  # fmt: skip
    motion = LiveMotion.objects.get()
    assert "Có mặt được biểu quyết: 3 đồng chí" in said(thuy.get(here(sitting)))
    wrong = thuy.post(here(sitting, "close-vote/"), {"motion": motion.pk, "in_favour": "9"})
    assert wrong.status_code == 422
    assert "nhiều hơn 3 đảng viên có mặt được biểu quyết" in said(wrong)
    _post(thuy, here(sitting, "close-vote/"), {"motion": motion.pk, "in_favour": "2", "against": "1"})
    assert "Tán thành 2/4" in said(thuy.get(here(sitting)))
    _post(thuy, here(sitting, "reserve/"), {"motion": motion.pk, "person": world.people["an"], "opinion": "Chờ vốn."})
    assert "Bảo lưu ý kiến theo đề nghị: Nguyễn Văn An" in said(thuy.get(here(sitting)))
    _post(thuy, here(sitting, "write/"), {"text.outcome": "resolution", "seen.outcome": "0", "text.guests": "1",
                                         "seen.guests": "0", "text.outcome_text": "Làm đường trong tháng 12.",
                                         "seen.outcome_text": "0"})  # fmt: skip
    _post(thuy, here(sitting, "task/"), {"task_text": "Họp dân", "leader": world.people["anh"], "due_on": "5/12/2026",
                                        "report_on": "2026-12-01"})  # fmt: skip
    _post(thuy, here(sitting, "task/"), {"task": Task.objects.get().pk, "state": "done"})
    # the end: what was gathered is a recorded meeting
    assert "Kết thúc và ghi lại" in said(thuy.get(here(sitting, "close/")))
    answer = thuy.post(
        here(sitting, "close/"),
        {"started": "19:30", "ended": "21:10", "spoke": "3", "chair": world.people["thuy"],
         "clerk": world.people["an"]},
    )  # fmt: skip
    assert answer.status_code == 302, said(answer)
    one = Meeting.objects.get(held_on=TODAY)
    assert (one.due, one.present, one.excused, one.guests, one.spoke) == (5, 4, 1, 1, 3)
    assert (one.outcome, one.outcome_text, one.tasks) == ("resolution", "Làm đường trong tháng 12.", 1)
    recorded = Motion.objects.get(meeting=one)
    assert (recorded.in_favour, recorded.against, recorded.base, recorded.reserved) == (2, 1, 4, 1)
    given = Task.objects.get(meeting=one)
    assert (given.text, given.leader_id, given.report_on) == ("Họp dân", world.people["anh"], date(2026, 12, 1))
    assert Task.objects.get(text="Rà soát hộ nghèo").state == "done"
    sitting.refresh_from_db()
    assert (sitting.state, sitting.meeting_id) == ("closed", one.pk)
    assert "Làm đường trong tháng 12." in said(thuy.get(f"/meetings/{one.pk}/"))
    assert thuy.get(here(sitting))["Location"] == f"/meetings/{one.pk}/"
    assert list(sitting.agenda.values_list("state", flat=True)) == ["done", "put_off", "done", "put_off"]


def _hours() -> tuple[Any, Any]:
    return ended().started, ended().ended


def _post(client: Client, address: str, fields: dict[str, Any]) -> None:
    answer = client.post(address, {name: str(value) for name, value in fields.items()})
    assert answer.status_code == 302, said(answer)


def test_a_meeting_goes_on_after_a_restart_from_the_database_alone(world: World) -> None:
    sitting = opened(world)
    actions.call_roll(actor=world.actor("thuy"), sitting=sitting, person=world.people["an"], mark="late")
    item = AgendaItem.objects.filter(sitting=sitting).first()
    assert item is not None
    actions.write(actor=world.actor("thuy"), sitting=sitting, name=f"said.{item.pk}", text="Đã báo cáo.", seen=0)
    # nothing but the row is kept anywhere: a fresh client, a fresh row, the same meeting
    page = world.browser("binh").get(here(Sitting.objects.get()))
    assert "Đã báo cáo." in page.content.decode()
    assert "Đến muộn" in said(page)


def test_what_was_said_stays_with_those_who_write_it(world: World) -> None:
    sitting = opened(world)
    item = AgendaItem.objects.filter(sitting=sitting).first()
    assert item is not None
    actions.write(actor=world.actor("thuy"), sitting=sitting, name=f"said.{item.pk}", text="Lời bí mật", seen=0)
    for name in ("an", "ha", "dung"):
        client = world.browser(name)
        assert client.get(here(sitting)).status_code == 403
        assert b"L\xe1\xbb\x9di b\xc3\xad m\xe1\xba\xadt" not in client.get(f"/meetings/follow/{sitting.pk}/").content
    all_there(world, sitting)
    actions.close_sitting(actor=world.actor("thuy"), sitting=sitting, ending=ended())
    assert not [one for one in Payload.objects.all() if "Lời bí mật" in f"{one.sentence}{one.values}{one.lines}"]
    address = f"/meetings/{Meeting.objects.get().pk}/"
    assert "Lời bí mật" not in said(world.browser("ha").get(address))
    # afterwards the cell's own still read it, and nobody else
    assert "Lời bí mật" in said(world.browser("binh").get(f"{address}notes/"))
    assert "Diễn biến đã ghi" in said(world.browser("binh").get(address))
    for name in ("an", "ha", "dung"):
        assert world.browser(name).get(f"{address}notes/").status_code == 403
        assert "Diễn biến đã ghi" not in said(world.browser(name).get(address))
    assert world.browser("khoa").get(f"{address}notes/").status_code == 403


# --- who, and when not --------------------------------------------------------------------------------------------


def test_who_may_hold_a_meeting(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.open_now(actor=world.actor("an"), unit=world.land.one)
    with pytest.raises(NotFound):
        actions.open_now(actor=world.actor("thuy"), unit=world.land.two)
    sitting = opened(world)
    assert world.browser("khoa").get(here(sitting)).status_code == 403
    assert world.browser("khoa").get(f"/meetings/follow/{sitting.pk}/").status_code == 404
    assert world.browser("an").post(here(sitting, "roll/"), {"rest": "present"}).status_code == 403


def test_one_meeting_at_a_time_and_none_twice(world: World) -> None:
    sitting = opened(world)
    with refused("another"):
        opened(world)
    with refused("state"):
        actions.open_sitting(actor=world.actor("thuy"), sitting=sitting)
    all_there(world, sitting)
    actions.close_sitting(actor=world.actor("thuy"), sitting=sitting, ending=ended())
    again = Sitting.objects.get(pk=sitting.pk)
    with refused("not_open"):
        actions.close_sitting(actor=world.actor("thuy"), sitting=again, ending=ended())
    with refused("not_open"):
        actions.call_roll(actor=world.actor("thuy"), sitting=again, person=world.people["an"], mark="late")
    late = world.browser("thuy").post(here(sitting, "roll/"), {"rest": "present"})
    assert late.status_code == 302
    assert Live.objects.get(sitting=sitting).code == ""


def test_a_prepared_sitting_is_opened_with_its_agenda(world: World) -> None:
    now = timezone.now()
    sitting = Sitting.objects.create(
        unit=world.land.one, kind="regular", day=TODAY, starts=ended().started, recorded_at=now, recorded_in=1,
        state="invited", invited_at=now,
    )  # fmt: skip
    AgendaItem.objects.create(sitting=sitting, number=1, title="Kiểm điểm nhiệm vụ", minutes=15)
    answer = world.browser("binh").post(here(sitting, "open/"))
    assert answer["Location"] == here(sitting)
    page = said(world.browser("binh").get(here(sitting)))
    assert "1. Kiểm điểm nhiệm vụ" in page
    assert "Dự kiến 15 phút" in page


def test_nobody_is_left_out_of_the_roll_in_silence(world: World) -> None:
    sitting = opened(world)
    actions.call_roll(actor=world.actor("thuy"), sitting=sitting, person=world.people["an"], mark="present")
    with refused("roll"):
        actions.close_sitting(actor=world.actor("thuy"), sitting=sitting, ending=ended())
    answer = world.browser("thuy").post(here(sitting, "close/"), {"started": "19:30", "ended": "21:10"})
    assert answer.status_code == 422
    assert "Còn 4 đồng chí chưa điểm danh" in said(answer)
    all_there(world, sitting)
    actions.ask_vote(actor=world.actor("thuy"), sitting=sitting, text="Việc")
    with refused("vote"):
        actions.close_sitting(actor=world.actor("thuy"), sitting=sitting, ending=ended())


def test_marks_follow_the_rule_of_the_day(world: World) -> None:
    sitting, thuy = opened(world), world.actor("thuy")
    with refused("mark"):
        actions.call_roll(actor=thuy, sitting=sitting, person=world.people["sau"], mark="excused")
    with refused("strangers"):
        actions.call_roll(actor=thuy, sitting=sitting, person=world.people["chi"], mark="present")
    actions.call_roll(actor=thuy, sitting=sitting, person=world.people["sau"], mark="present")
    page = said(world.browser("thuy").get(here(sitting)))
    assert "Thêm 1 đồng chí không phải dự vẫn đến" in page
    assert RollMark.objects.count() == 1
    actions.call_roll(actor=thuy, sitting=sitting, person=world.people["sau"], mark="")
    assert RollMark.objects.count() == 0


# --- two who write at once ----------------------------------------------------------------------------------------


def test_two_who_write_the_same_field_lose_nothing_and_both_are_told(world: World) -> None:
    sitting = opened(world)
    item = AgendaItem.objects.filter(sitting=sitting).first()
    assert item is not None
    name, thuy, binh = f"said.{item.pk}", world.browser("thuy"), world.browser("binh")
    sent = {f"text.{name}": "Bản của Thủy", f"seen.{name}": "0"}
    assert thuy.post(here(sitting, "write/"), sent, headers=QUIET).json()["revision"] == 1
    answer = binh.post(here(sitting, "write/"), {f"text.{name}": "Bản của Bình", f"seen.{name}": "0"}, headers=QUIET)
    assert answer.status_code == 409
    assert answer.json()["text"] == "Bản của Thủy"
    assert "Đồng chí Lê Thị Thủy vừa ghi mục này. Cả hai bản đều được giữ" in answer.json()["told"]
    # Thủy's page was told that there is news, and shows what Bình wrote
    page = said(thuy.get(here(sitting)))
    assert "Hai người cùng ghi mục này" in page
    assert "Bản của Bình" in page
    other = OtherText.objects.get()
    assert thuy.post(here(sitting, "settle/"), {"other": other.pk, "take": "join"}).status_code == 302
    assert LiveText.objects.get().text == "Bản của Thủy\n\nBản của Bình"
    assert not OtherText.objects.exists()
    # who saw the newest text goes on as usual, and the same text twice is no conflict
    seen = LiveText.objects.get().revision
    saved = actions.write(actor=world.actor("binh"), sitting=sitting, name=name, text="Bản chung", seen=seen)
    assert (saved.revision, saved.other) == (seen + 1, "")
    saved = actions.write(actor=world.actor("thuy"), sitting=sitting, name=name, text="Bản chung", seen=seen)
    assert saved.other == ""


def test_a_field_that_cannot_be_is_refused(world: World) -> None:
    sitting, thuy = opened(world), world.actor("thuy")
    for name, text, code in (
        ("said.0", "x", "field"), ("mood", "x", "field"), ("guests", "nhiều", "number"), ("outcome", "x", "outcome"),
        ("outcome_text", "x" * 20_001, "long"), ("said", "x", "field"), ("guests.1", "1", "field"),
    ):  # fmt: skip
        with refused(code):
            actions.write(actor=thuy, sitting=sitting, name=name, text=text, seen=0)
    answer = world.browser("thuy").post(
        here(sitting, "write/"), {"text.guests": "nhiều", "seen.guests": "0"}, headers=QUIET
    )
    assert answer.status_code == 422
    assert answer.json()["told"] == "Hãy ghi một số từ 0 đến 9999."


# --- votes in numbers ---------------------------------------------------------------------------------------------


def test_a_secret_ballot_is_counted_and_its_papers_printed(world: World) -> None:
    sitting, thuy = opened(world), world.browser("thuy")
    all_there(world, sitting)
    actor = world.actor("thuy")
    motion = actions.ask_vote(
        actor=actor, sitting=sitting, text="Đề nghị kết nạp", rule="vote.admission.propose", method="secret"
    )
    assert thuy.get(here(sitting, f"ballots/{motion.pk}/")).content[:5] == b"%PDF-"
    assert thuy.get(here(sitting, "door/")).content[:5] == b"%PDF-"
    with refused("issued"):
        actions.close_vote(actor=actor, motion=motion, count=Count("secret", 3, issued=9))
    with refused("returned"):
        actions.close_vote(actor=actor, motion=motion, count=Count("secret", 3, 1, issued=4, spoilt=1))
    assert thuy.get(here(sitting, f"count/{motion.pk}/")).status_code == 404
    done = actions.close_vote(actor=actor, motion=motion, count=Count("secret", 3, issued=4, spoilt=1))
    # four full members: two thirds are three
    assert (done.base, done.needed, done.in_favour, done.spoilt) == (4, 3, 3, 1)
    assert thuy.get(here(sitting, f"count/{motion.pk}/")).content[:5] == b"%PDF-"
    with refused("state"):
        actions.close_vote(actor=actor, motion=motion, count=Count("secret", 4, issued=4))
    with refused("reserved"):
        actions.reserve(actor=actor, motion=done)


def test_votes_come_one_after_another(world: World) -> None:
    sitting, actor = opened(world), world.actor("thuy")
    with refused("text"):
        actions.ask_vote(actor=actor, sitting=sitting, text=" ")
    with refused("motion"):
        actions.ask_vote(actor=actor, sitting=sitting, text="Việc", rule="nope")
    motion = actions.ask_vote(actor=actor, sitting=sitting, text="Việc")
    with refused("open"):
        actions.ask_vote(actor=actor, sitting=sitting, text="Việc khác")
    actions.withdraw_vote(actor=actor, motion=motion)
    actions.ask_vote(actor=actor, sitting=sitting, text="Việc khác")
    assert list(LiveMotion.objects.values_list("number", "state")) == [(1, "withdrawn"), (2, "open")]


def test_a_refused_form_keeps_what_was_written(world: World) -> None:
    sitting, thuy = opened(world), world.browser("thuy")
    answer = thuy.post(here(sitting, "task/"), {"task_text": "Dọn đường", "due_on": "hôm nào"})
    assert answer.status_code == 422
    assert "Dọn đường" in answer.content.decode()
    assert "hôm nào" in answer.content.decode()
    assert "Hãy ghi hạn xong" in said(answer)
    with refused("due_on"):
        actions.give_task(actor=world.actor("thuy"), sitting=sitting, text="Việc", due_on=date(2026, 1, 1))
    with refused("leader"):
        actions.give_task(
            actor=world.actor("thuy"), sitting=sitting, text="Việc", due_on=TODAY, leader=world.people["chi"]
        )
