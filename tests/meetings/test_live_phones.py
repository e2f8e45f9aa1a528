"""Members' phones at a meeting: the ticket and its question, voting with every refusal, the door, and what is kept."""

import time
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hatnhan.access.models import Account
from hatnhan.kernel.audit import in_words
from hatnhan.kernel.days import FAR
from hatnhan.kernel.models import Payload
from hatnhan.meetings import actions
from hatnhan.meetings.live import box
from hatnhan.meetings.live import poll as live_poll
from hatnhan.meetings.live.rules import Count
from hatnhan.meetings.models import Live, LiveMotion, PhoneVote, RollMark, Sitting
from hatnhan.members import actions as members
from hatnhan.members.models import Participation, Person
from tests.access.cast import opened as account_opened
from tests.meetings.test_live import QUIET, all_there, here, opened, said
from tests.world import World, boss, last_entry, refused


def own_account(world: World, name: str) -> None:
    """An account of the member's own."""
    slip = members.open_account(actor=boss(), person=Person.objects.get(pk=world.people[name]), on=boss().on)
    slip.account.must_change_password = False
    slip.account.save(update_fields=["must_change_password"])
    world.accounts[name] = slip.account.pk


@pytest.fixture
def hall(world: World) -> Sitting:
    """A meeting at which all are there; An, Ánh and Liên (on probation) have phones."""
    for name in ("an", "anh", "lien"):
        own_account(world, name)
    sitting = opened(world)
    all_there(world, sitting)
    return sitting


def asked(world: World, sitting: Sitting, method: str = "phone") -> LiveMotion:
    return actions.ask_vote(actor=world.actor("thuy"), sitting=sitting, text="Thông qua nghị quyết", method=method)


def tap(client: Client, sitting: Sitting, motion: LiveMotion, choice: str, **extra: Any) -> Any:
    return client.post(f"/meetings/follow/{sitting.pk}/vote/", {"motion": motion.pk, "choice": choice}, **extra)


# --- the question of every three seconds --------------------------------------------------------------------------


def test_a_ticket_is_answered_with_one_read_and_without_a_session(world: World, hall: Sitting) -> None:
    page = world.browser("an").get(f"/meetings/follow/{hall.pk}/").content.decode()
    address = page.split('data-ask="')[1].split('"')[0]
    stranger = Client()  # no cookie: the ticket alone is asked for
    with CaptureQueriesContext(connection) as captured:
        answer = stranger.get(address)
    assert len(captured) == 1
    assert answer.status_code == 200
    before = answer.content.decode()
    assert f'data-version="{before}"' in page
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    actions.move_to(actor=world.actor("thuy"), sitting=hall, item=hall.agenda.order_by("-number")[0].pk)
    assert stranger.get(address).content.decode() != before


def test_a_ticket_is_for_one_sitting_and_a_quarter_of_an_hour(
    world: World, hall: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, client = live_poll.ticket(hall, 1), Client()
    assert client.get(live_poll.PATH + good).status_code == 200
    forged = good.replace(f"v.{hall.pk}.", f"v.{hall.pk + 1}.")
    assert client.get(live_poll.PATH + forged).status_code == 403
    assert client.get(live_poll.PATH + "anything").status_code == 403
    other = Signer(sep="~", salt="elsewhere").sign(f"v.{hall.pk}.1.9999999999")
    assert client.get(live_poll.PATH + other).status_code == 403
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + live_poll.VALID_SECONDS + 1)
    assert client.get(live_poll.PATH + good).status_code == 403
    assert client.get(live_poll.PATH + live_poll.ticket(Sitting(pk=999_999), 1)).status_code == 404


def test_typing_wakes_the_secretaries_and_no_phone(world: World, hall: Sitting) -> None:
    phone, desk, client = live_poll.ticket(hall, 1), live_poll.ticket(hall, 1, words=True), Client()
    before = [client.get(live_poll.PATH + one).content for one in (phone, desk)]
    actions.write(actor=world.actor("thuy"), sitting=hall, name="guests", text="2", seen=0)
    after = [client.get(live_poll.PATH + one).content for one in (phone, desk)]
    assert before[0] == after[0]
    assert before[1] != after[1]


# --- voting -------------------------------------------------------------------------------------------------------


def test_members_vote_by_phone_and_only_counts_stay(world: World, hall: Sitting) -> None:
    motion, an, anh = asked(world, hall), world.browser("an"), world.browser("anh")
    page = said(an.get(f"/meetings/follow/{hall.pk}/"))
    assert "Thông qua nghị quyết" in page
    assert "Tán thành" in page
    assert "Kết quả biểu quyết" not in page
    assert tap(an, hall, motion, "for").status_code == 302
    answered = said(an.get(f"/meetings/follow/{hall.pk}/"))
    assert "Đã ghi nhận ý kiến biểu quyết lúc" in answered
    assert "Bấm lại không tính hai lần" in answered
    assert tap(anh, hall, motion, "against", headers=QUIET).status_code == 200
    # nobody sees a tally before the end; the secretary sees how many have voted, and who has not
    desk = said(world.browser("thuy").get(here(hall)))
    assert "Đã bấm trên điện thoại: 2/4" in desk
    assert "Còn 2 đồng chí chưa bấm" in desk
    assert "Tán thành 1" not in desk + said(an.get(f"/meetings/follow/{hall.pk}/"))
    # two without a phone raise their hands
    done = actions.close_vote(actor=world.actor("thuy"), motion=motion, count=Count("phone", 2))
    assert (done.in_favour, done.against, done.base, done.needed) == (3, 1, 4, 3)
    assert set(PhoneVote.objects.values_list("choice", flat=True)) == {""}
    assert PhoneVote.objects.count() == 2
    assert "Tán thành 3/4" in said(an.get(f"/meetings/follow/{hall.pk}/"))
    told = " ".join(f"{one.sentence}{one.values}{one.lines}" for one in Payload.objects.all())
    assert "against" not in told


def test_a_vote_sent_twice_is_one_vote_and_may_be_changed_until_the_end(world: World, hall: Sitting) -> None:
    motion, an = asked(world, hall), world.browser("an")
    tap(an, hall, motion, "for")
    first, entry = PhoneVote.objects.get(), last_entry().pk
    for _again in range(3):  # the answer was lost on the way, and the phone sends it again
        assert tap(an, hall, motion, "for").status_code == 302
    assert PhoneVote.objects.get().at == first.at
    assert last_entry().pk == entry
    tap(an, hall, motion, "other")
    assert PhoneVote.objects.get().choice == "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        PhoneVote.objects.create(motion=motion, person_id=world.people["an"], choice="for", at=first.at)


def test_a_late_vote_is_refused_in_words(world: World, hall: Sitting) -> None:
    motion, an = asked(world, hall), world.browser("an")
    actions.close_vote(actor=world.actor("thuy"), motion=motion, count=Count("phone", 3))
    answer = tap(an, hall, motion, "for")
    assert answer.status_code == 422
    assert "Biểu quyết đã kết thúc lúc" in said(answer)
    assert "không được tính" in said(answer)
    assert not PhoneVote.objects.exists()


def test_who_has_no_right_is_refused_and_told_the_rule(world: World, hall: Sitting) -> None:
    motion = asked(world, hall)
    page = said(world.browser("lien").get(f"/meetings/follow/{hall.pk}/"))
    assert "Đảng viên dự bị được phát biểu, không biểu quyết (Điều lệ Đảng" in page
    answer = tap(world.browser("lien"), hall, motion, "for")
    assert answer.status_code == 422
    assert "không biểu quyết" in said(answer)
    with refused("probationary"):
        actions.vote(actor=world.actor("lien"), motion=motion, choice="for")
    with refused("strangers"):
        actions.vote(actor=world.actor("ha"), motion=motion, choice="for")
    with refused("choice"):
        actions.vote(actor=world.actor("an"), motion=motion, choice="yes")
    actions.call_roll(actor=world.actor("thuy"), sitting=hall, person=world.people["anh"], mark="excused")
    with refused("not_there"):
        actions.vote(actor=world.actor("anh"), motion=motion, choice="for")
    assert tap(world.browser("khoa"), hall, motion, "for").status_code == 404
    assert tap(world.browser("an"), hall, LiveMotion(pk=0), "for").status_code == 404


# --- the short way of a tap: a ticket and one statement ---------------------------------------------------------------


def ticket_of(world: World, sitting: Sitting, name: str) -> str:
    """The ticket that a member's page carries; empty when it has none."""
    page = world.browser(name).get(f"/meetings/follow/{sitting.pk}/").content.decode()
    return page.partition('data-ticket="')[2].partition('"')[0]


def short(ticket: str, choice: str) -> Any:
    return Client().post(box.PATH, {"ticket": ticket, "choice": choice})  # no cookie: the ticket alone is asked for


def test_a_tap_is_one_statement_and_is_told_as_on_the_page(world: World, hall: Sitting) -> None:
    motion, ticket = asked(world, hall), ticket_of(world, hall, "an")
    with CaptureQueriesContext(connection) as captured:
        answer = short(ticket, "for")
    assert len(captured) == 1
    assert answer.status_code == 200
    assert answer.json()["choice"] == "for"
    assert "Đã ghi nhận ý kiến biểu quyết lúc" in answer.json()["told"]
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    first = PhoneVote.objects.get()
    assert short(ticket, "for").json() == answer.json()
    assert PhoneVote.objects.get().at == first.at
    assert short(ticket, "against").status_code == 200
    assert PhoneVote.objects.get().choice == "against"
    assert answer.json()["told"][:20] in said(world.browser("an").get(f"/meetings/follow/{hall.pk}/"))
    done = actions.close_vote(actor=world.actor("thuy"), motion=motion, count=Count("phone", 3))
    assert (done.in_favour, done.against) == (3, 1)
    assert short(ticket, "for").status_code == 422
    assert PhoneVote.objects.get().choice == ""


def test_a_ticket_is_for_one_vote_of_one_member_with_the_right(
    world: World, hall: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    motion = asked(world, hall)
    assert ticket_of(world, hall, "lien") == ""  # on probation
    good = ticket_of(world, hall, "an")
    other = good.replace(f".{world.people['an']}.", f".{world.people['anh']}.")
    for forged in (other, good[:-1], "", "a.b~c", Signer(sep="~", salt="elsewhere").sign(good.partition("~")[0])):
        assert short(forged, "for").status_code == 403
    assert Client().get(box.PATH).status_code == 405
    assert short(good, "yes").status_code == 422
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + box.VALID_SECONDS + 1)
    assert short(good, "for").status_code == 403
    assert not PhoneVote.objects.filter(motion=motion).exists()


def test_what_changed_since_the_ticket_was_made_is_asked_again(world: World, hall: Sitting) -> None:
    asked(world, hall)
    an, anh = ticket_of(world, hall, "an"), ticket_of(world, hall, "anh")
    actions.call_roll(actor=world.actor("thuy"), sitting=hall, person=world.people["anh"], mark="excused")
    assert short(anh, "for").status_code == 422
    Participation.objects.create(
        person_id=world.people["an"], kind="suspended", valid_from=hall.day, valid_to=FAR, recorded_at=timezone.now(),
        recorded_in=1,
    )  # fmt: skip
    assert short(an, "for").status_code == 422
    Participation.objects.filter(person=world.people["an"]).delete()
    Account.objects.filter(pk=world.accounts["an"]).update(is_active=False, locked_because="left")
    assert short(an, "for").status_code == 422
    assert not PhoneVote.objects.exists()


def test_the_log_is_told_who_has_voted_by_phone_once_the_vote_is_closed(world: World, hall: Sitting) -> None:
    motion = asked(world, hall)
    short(ticket_of(world, hall, "anh"), "against")
    short(ticket_of(world, hall, "an"), "for")
    actions.close_vote(actor=world.actor("thuy"), motion=motion, count=Count("phone", 1))
    lines = " ".join(in_words(last_entry()))
    an, anh = (Person.objects.get(pk=world.people[name]).name for name in ("an", "anh"))
    assert f"Đã bấm biểu quyết 1 trên điện thoại: {an}, {anh}." in lines  # by name, not by when


def test_hands_need_no_phone_and_the_phone_says_so(world: World, hall: Sitting) -> None:
    motion = asked(world, hall, "card")
    page = said(world.browser("an").get(f"/meetings/follow/{hall.pk}/"))
    assert "Nội dung này biểu quyết bằng cách: giơ thẻ. Điện thoại không phải bấm gì." in page
    with refused("method"):
        actions.vote(actor=world.actor("an"), motion=motion, choice="for")


def test_who_has_voted_is_not_marked_away(world: World, hall: Sitting) -> None:
    motion = asked(world, hall)
    actions.vote(actor=world.actor("an"), motion=motion, choice="for")
    with refused("voted"):
        actions.call_roll(actor=world.actor("thuy"), sitting=hall, person=world.people["an"], mark="excused")


def test_a_vote_begun_by_mistake_leaves_no_choice(world: World, hall: Sitting) -> None:
    motion = asked(world, hall)
    actions.vote(actor=world.actor("an"), motion=motion, choice="against")
    actions.withdraw_vote(actor=world.actor("thuy"), motion=motion)
    assert PhoneVote.objects.get().choice == ""


# --- the door -----------------------------------------------------------------------------------------------------


def test_a_member_tells_at_the_door_and_the_secretary_confirms(world: World) -> None:
    own_account(world, "an")
    sitting = opened(world)
    code, an = Live.objects.get(sitting=sitting).code, world.browser("an")
    assert code in an.get(f"/meetings/enter/?code={code}").content.decode()
    assert not RollMark.objects.exists()  # looking marks nobody
    wrong = an.post("/meetings/enter/", {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422
    assert "Không có buổi sinh hoạt nào đang họp với mã này" in said(wrong)
    for _twice in range(2):
        assert an.post("/meetings/enter/", {"code": code})["Location"] == f"/meetings/follow/{sitting.pk}/"
    assert "thư ký sẽ xác nhận" in said(an.get(f"/meetings/follow/{sitting.pk}/"))
    assert RollMark.objects.get().claimed
    motion = asked(world, sitting)
    with refused("not_there"):
        actions.vote(actor=world.actor("an"), motion=motion, choice="for")
    page = said(world.browser("thuy").get(here(sitting)))
    assert "Xác nhận 1 đồng chí báo đã đến" in page
    assert "Có mặt 0/5" in page
    assert world.browser("thuy").post(here(sitting, "roll/"), {"confirm": "1"}).status_code == 302
    assert actions.vote(actor=world.actor("an"), motion=motion, choice="for").choice == "for"
    assert "Đồng chí đã được điểm danh: có mặt." in said(an.get(f"/meetings/follow/{sitting.pk}/"))


def test_the_code_opens_its_own_sitting_only(world: World) -> None:
    own_account(world, "an")
    sitting = opened(world)
    with refused("code"):
        actions.arrive(actor=world.actor("an"), sitting=sitting, code="12")
    code = Live.objects.get(sitting=sitting).code
    with refused("strangers"):
        actions.arrive(actor=world.actor("ha"), sitting=sitting, code=code)
    assert account_opened("Người thôn Hai", "member", world.land.two)
    assert world.browser("khoa").post("/meetings/enter/", {"code": code}).status_code == 422


def test_the_list_leads_to_the_meeting_that_goes_on(world: World) -> None:
    sitting = opened(world)
    assert f"/meetings/follow/{sitting.pk}/" in world.browser("an").get("/meetings/").content.decode()
    assert here(sitting) in world.browser("thuy").get("/meetings/").content.decode()
    assert "Đang họp" not in said(world.browser("khoa").get("/meetings/"))
