"""Before a meeting: the committee agrees, jobs are shared out, people are asked, rung and invited; members answer and
write, and who reads it."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from hatnhan.access import actions as access
from hatnhan.access.models import Account
from hatnhan.kernel.actor import Forbidden
from hatnhan.meetings import actions, jobs
from hatnhan.meetings.minutes.rules import Sheet, TaskSheet
from hatnhan.meetings.models import Chore, Preparation, Remark, Reply, Sitting, Task, TaskCall
from hatnhan.meetings.plan.agendas import ItemSheet
from hatnhan.meetings.plan.rules import Plan
from hatnhan.members import actions as members
from hatnhan.members.models import Person
from tests.units.ground import TODAY
from tests.world import World, boss, last_entry, refused

DAY = date(2026, 12, 3)


@pytest.fixture
def cell(world: World) -> World:
    """Thủy is secretary, Bình deputy, An has an account of his own."""
    who = boss()
    deputy: Any = {"unit": world.land.one, "office": "deputy_secretary", "on": date(2026, 1, 1)}
    members.appoint(actor=who, person=world.person("binh"), **deputy)
    for name in ("an", "thuy", "binh"):
        Person.objects.filter(pk=world.people[name]).update(account=world.account(name))
    return world


def planned(world: World) -> Sitting:
    plan = Plan("regular", DAY, time(19, 30), place="Nhà văn hóa thôn Một")
    return actions.plan(actor=world.actor("thuy"), unit=world.land.one, plan=plan)


def invited(world: World) -> Sitting:
    one = planned(world)
    actions.invite(actor=world.actor("thuy"), sitting=one)
    return one


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- the committee agrees -----------------------------------------------------------------------------------------


def test_secretary_and_deputy_agree_where_there_is_no_committee(cell: World) -> None:
    one, thuy = planned(cell), cell.browser("thuy")
    page = f"/meetings/sittings/{one.pk}/prepare/"
    assert "Bí thư và phó bí thư thống nhất" in said(thuy.get(page))
    both = [str(cell.people["thuy"]), str(cell.people["binh"])]
    given = {"held_on": "22/11/2026", "people": both, "text": "Bàn kỹ việc làm đường.", "seen": "0"}
    assert thuy.post(page, given).status_code == 302
    row = Preparation.objects.get()
    assert (row.held_on, row.people.count()) == (TODAY, 2)
    shown = said(thuy.get(f"/meetings/sittings/{one.pk}/"))
    assert "Thống nhất ngày 22/11/2026: Phạm Văn Bình, Lê Thị Thủy" in shown
    assert "xong 2/8 bước" in said(thuy.get("/meetings/checklist/?month=2026-12"))
    actions.invite(actor=cell.actor("thuy"), sitting=one)
    assert "Bàn kỹ việc làm đường." not in said(cell.browser("an").get(f"/meetings/sittings/{one.pk}/"))


def test_two_who_write_the_preparation_at_once_lose_nothing(cell: World) -> None:
    one, thuy, binh = planned(cell), cell.browser("thuy"), cell.browser("binh")
    page = f"/meetings/sittings/{one.pk}/prepare/"
    given = {"held_on": "22/11/2026", "people": [str(cell.people["thuy"])], "seen": "0"}
    assert binh.post(page, {**given, "text": "Bản của Bình"}).status_code == 302
    answer = thuy.post(page, {**given, "text": "Bản của Thủy"})
    assert answer.status_code == 422
    assert "Bản của Bình" in said(answer)
    assert "Bản của Thủy" in said(answer)
    assert thuy.post(page, {**given, "text": "Bản của cả hai", "seen": "1"}).status_code == 302
    assert Preparation.objects.get().text == "Bản của cả hai"


def test_who_did_not_lead_did_not_prepare(cell: World) -> None:
    one, thuy = planned(cell), cell.actor("thuy")
    given: Any = {"actor": thuy, "sitting": one, "text": "Bàn"}
    with refused("people"):
        actions.prepare(**given, held_on=TODAY, people=[cell.people["an"]])
    with refused("people"):
        actions.prepare(**given, held_on=TODAY, people=[])
    with refused("day"):
        actions.prepare(**given, held_on=date(2026, 11, 23), people=[cell.people["thuy"]])


# --- jobs and calls -----------------------------------------------------------------------------------------------


def test_small_jobs_are_given_out_and_done(cell: World) -> None:
    one, thuy = planned(cell), cell.browser("thuy")
    page = f"/meetings/sittings/{one.pk}/chores/"
    assert "mượn chìa khóa" in said(thuy.get(page))
    given = {"text": "Mượn loa", "who": str(cell.people["anh"]), "due_on": "2/12/2026"}
    assert thuy.post(page, given).status_code == 302
    assert thuy.post(page, {**given, "due_on": "4/12/2026"}).status_code == 422
    chore = Chore.objects.get()
    assert "còn 1 việc" in said(thuy.get(f"/meetings/sittings/{one.pk}/"))
    assert thuy.post(page + "finish/", {"chore": chore.pk, "done": "1"}).status_code == 302
    chore.refresh_from_db()
    assert chore.done_on == TODAY
    assert thuy.post(page + "finish/", {"chore": "999", "done": "1"}).status_code == 404
    with refused("text"):
        actions.add_chore(actor=cell.actor("thuy"), sitting=one, text="", due_on=DAY)
    with refused("stranger"):
        actions.add_chore(actor=cell.actor("thuy"), sitting=one, text="Loa", due_on=DAY, who=cell.people["chi"])


def test_people_are_asked_about_their_tasks(cell: World) -> None:
    thuy = cell.browser("thuy")
    assert "Không còn việc nào phải hỏi" in said(thuy.get("/meetings/calls/"))
    given = TaskSheet("Rà soát hộ nghèo", TODAY, cell.people["an"])
    actions.record(
        actor=cell.actor("thuy"), unit=cell.land.one,
        sheet=Sheet("regular", date(2026, 11, 3), time(19), time(21), tasks=[given]),
    )  # fmt: skip
    page = thuy.get("/meetings/calls/")
    assert 'href="tel:0900000123"' in page.content.decode()
    task = Task.objects.get()
    answer = thuy.post(f"/meetings/tasks/{task.pk}/call/", {"state": "open", "note": "hẹn ngày 28"})
    assert answer.status_code == 302
    assert "Hỏi ngày 22/11/2026: đang làm, hẹn ngày 28" in said(thuy.get("/meetings/calls/"))
    assert thuy.post(f"/meetings/tasks/{task.pk}/call/", {"state": "stuck", "note": ""}).status_code == 302
    task.refresh_from_db()
    assert (task.state, TaskCall.objects.count()) == ("stuck", 2)
    actions.call_about(actor=cell.actor("binh"), task=task, state="done")
    task.refresh_from_db()
    assert (task.state, task.done_on) == ("done", TODAY)
    with refused("done"):
        actions.call_about(actor=cell.actor("binh"), task=task, state="open")
    with pytest.raises(Forbidden):
        actions.call_about(actor=cell.actor("ha"), task=task, state="open")


# --- the invitation -----------------------------------------------------------------------------------------------


def test_the_text_to_copy_says_day_hour_and_place_only(cell: World) -> None:
    one, thuy = invited(cell), cell.browser("thuy")
    page = thuy.get(f"/meetings/sittings/{one.pk}/invitation/")
    text = "Kính mời đồng chí dự họp lúc 19:30, thứ năm 3/12/2026, tại Nhà văn hóa thôn Một."
    assert f'data-copy="{text}"' in page.content.decode()
    assert "chi bộ" not in text


def test_who_has_no_account_is_rung(cell: World) -> None:
    one, thuy = invited(cell), cell.browser("thuy")
    page = f"/meetings/sittings/{one.pk}/invitation/"
    ring = said(thuy.get(page)).partition("Các đồng chí khác")[0]
    assert "Vũ Sáu" in ring
    assert "Nguyễn Văn An" not in ring  # he has an account and reads it himself
    sau = str(cell.people["sau"])
    assert thuy.post(f"/meetings/sittings/{one.pk}/ring/", {"person": sau, "will": "no"}).status_code == 302
    shown = said(thuy.get(page))
    assert "Vũ Sáu" not in shown.partition("Các đồng chí khác")[0]
    assert "dự 0 · không dự được 1 · chưa trả lời 5" in shown.lower()
    stranger = {"person": str(cell.people["chi"]), "will": ""}
    assert thuy.post(f"/meetings/sittings/{one.pk}/ring/", stranger).status_code == 302
    assert Reply.objects.count() == 1


def test_the_invitation_is_printed(cell: World) -> None:
    one = invited(cell)
    actions.lay_template(actor=cell.actor("thuy"), sitting=one, template="village")
    answer = cell.browser("thuy").get(f"/meetings/sittings/{one.pk}/print/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


# --- members ------------------------------------------------------------------------------------------------------


def test_a_member_sees_the_next_meeting_answers_and_reads_ahead(cell: World) -> None:
    one, an = planned(cell), cell.browser("an")
    draft = ItemSheet("Làm đường thôn", text="Mở rộng hai mét.", rule="vote.ordinary")
    actions.add_item(actor=cell.actor("thuy"), sitting=one, item=draft)
    assert "Chưa có buổi họp nào sắp tới" in said(an.get("/meetings/next/"))
    actions.invite(actor=cell.actor("thuy"), sitting=one)
    assert "19:30 · Thứ năm 3/12/2026 · Nhà văn hóa thôn Một" in said(an.get("/meetings/next/"))
    page = f"/meetings/sittings/{one.pk}/"
    shown = said(an.get(page))
    assert "Mở rộng hai mét." in shown
    assert "đọc khoảng 1 phút" in shown
    for _again in range(2):  # safe to repeat
        assert an.post(page + "answer/", {"will": "no"}).status_code == 302
    assert an.post(page + "answer/", {"will": "yes"}).status_code == 302
    assert Reply.objects.get().will == "yes"
    assert "Đã trả lời: dự" in said(an.get(page))
    with refused("will"):
        actions.answer(actor=cell.actor("an"), sitting=one, will="perhaps")


def test_comments_before_the_meeting_are_read_by_the_cell_s_own_leaders_only(cell: World) -> None:
    one, an = invited(cell), cell.browser("an")
    page = f"/meetings/sittings/{one.pk}/"
    assert an.post(page + "remark/", {"text": ""}).status_code == 422
    assert an.post(page + "remark/", {"text": "Nên hỏi cả xóm trên."}).status_code == 302
    for who, sees in (("an", True), ("thuy", True), ("binh", True), ("ha", False), ("dung", False)):
        assert ("Nên hỏi cả xóm trên." in said(cell.browser(who).get(page))) is sees, who
    assert "Nên hỏi" not in str(last_entry().payload.values)
    row = Remark.objects.get()
    with pytest.raises(Forbidden):
        actions.withdraw_remark(actor=cell.actor("thuy"), remark=row)
    assert an.post(page + "remark/withdraw/", {"remark": row.pk}).status_code == 302
    assert not Remark.objects.exists()


def test_comments_are_erased_after_the_meeting(cell: World) -> None:
    one = invited(cell)
    actions.remark(actor=cell.actor("an"), sitting=one, text="Nên hỏi cả xóm trên.")
    actions.cancel(actor=cell.actor("thuy"), sitting=one, reason="Bão")
    with pytest.raises(Forbidden):
        actions.forget_remarks(actor=cell.actor("thuy"), sitting_ids=[one.pk])
    assert actions.forget_remarks(actor=boss(), sitting_ids=[one.pk]) == 1
    with refused("none"):
        actions.forget_remarks(actor=boss(), sitting_ids=[one.pk])


def test_who_is_not_on_the_roll_neither_answers_nor_writes(cell: World) -> None:
    one = invited(cell)
    for who in ("ha", "dung"):
        with pytest.raises(Forbidden):
            actions.answer(actor=cell.actor(who), sitting=one, will="yes")
        with pytest.raises(Forbidden):
            actions.remark(actor=cell.actor(who), sitting=one, text="Ý kiến")
    early = actions.plan(actor=cell.actor("thuy"), unit=cell.land.one, plan=Plan("thematic", DAY, time(8)))
    with refused("state"):
        actions.answer(actor=cell.actor("an"), sitting=early, will="yes")


def test_a_committee_s_roll_are_those_who_hold_its_offices(cell: World) -> None:
    who = boss()
    members.appoint(actor=who, person=cell.person("an"), unit=cell.land.lim, office="committee_member", on=TODAY)
    one = actions.plan(actor=cell.actor("ha"), unit=cell.land.lim, plan=Plan("committee", DAY, time(8)))
    actions.invite(actor=cell.actor("ha"), sitting=one)
    an, page = cell.browser("an"), f"/meetings/sittings/{one.pk}/"
    assert "Họp cấp ủy tháng 12/2026" in said(an.get("/meetings/next/"))
    assert an.get(page).status_code == 200
    assert an.post(page + "answer/", {"will": "yes"}).status_code == 302
    assert cell.browser("thuy").get(page).status_code == 404


def test_whoever_follows_the_cell_from_above_is_told_when_members_are(cell: World) -> None:
    who = boss()
    members.appoint(actor=who, person=cell.person("chi"), unit=cell.land.lim, office="committee_member", on=TODAY)
    chi = access.create_account(
        actor=who, label="Hoàng Thị Chi", role="member", unit=cell.land.two, on=TODAY, username="chi"
    ).account
    Person.objects.filter(pk=cell.people["chi"]).update(account=chi)
    Account.objects.filter(pk=chi.pk).update(must_change_password=False)
    one, browser = planned(cell), Client()
    browser.force_login(chi)
    page = f"/meetings/sittings/{one.pk}/"
    actions.invite(actor=cell.actor("thuy"), sitting=one)
    assert browser.get(page).status_code == 404
    actions.assign_following(
        actor=cell.actor("ha"), committee=cell.land.lim, target=cell.land.one, person=cell.person("chi"), on=TODAY
    )
    assert "Chi bộ thôn Một" in said(browser.get("/meetings/next/"))
    shown = said(browser.get(page))
    assert "Cấp ủy viên theo dõi Hoàng Thị Chi" in shown
    assert "Đồng chí có dự được không?" not in shown


def test_a_job_erases_comments_some_days_after_the_meeting(cell: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = invited(cell)
    actions.remark(actor=cell.actor("an"), sitting=one, text="Nên hỏi cả xóm trên.")
    for day, left in ((date(2026, 12, 10), 1), (date(2026, 12, 11), 0)):
        monkeypatch.setattr(jobs, "today", lambda day=day: day)
        assert jobs.forget_remarks(None) == {"gone": 1 - left}
        assert Remark.objects.count() == left
