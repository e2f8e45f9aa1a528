"""A member asks that the own record be corrected; the office answers in time; both see where it stands."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hatnhan.duties.jobs import escalate
from hatnhan.duties.models import Duty, Owner
from hatnhan.kernel.actor import NotFound
from hatnhan.kernel.days import today
from hatnhan.kernel.jobs import JobContext
from hatnhan.kernel.models import Payload
from hatnhan.kernel.secrets import unseal
from hatnhan.members import actions, queries
from hatnhan.members.corrections.actions import ask_correction
from hatnhan.members.models import Correction, Person
from tests.access.cast import opened
from tests.world import CARD, World, boss, last_entry, refused

FILLED = {"right": "Kỹ sư", "why": "Tôi đã đổi nghề.", "evidence": "Quyết định tôi giữ"}


@pytest.fixture(autouse=True)
def persons(world: World) -> None:
    """Accounts belong to their people."""
    for name in ("an", "thuy", "binh"):
        Person.objects.filter(pk=world.people[name]).update(account=world.account(name))


def ask(world: World, name: str = "an", field: str = "occupation", **given: str) -> Any:
    return world.browser(name).post(f"/me/corrections/ask/?field={field}", {**FILLED, **given})


def asked(world: World, **given: str) -> Correction:
    assert ask(world, **given).status_code == 302
    return Correction.objects.latest("pk")


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_from_the_request_to_the_corrected_record(world: World) -> None:
    an, thuy = world.browser("an"), world.browser("thuy")
    assert "/me/corrections/ask/" in page(an, "/me/")
    assert "Đang ghi: Hưu trí" in page(an, "/me/corrections/ask/")
    form = page(an, "/me/corrections/ask/?field=occupation")
    assert "Hồ sơ đang ghi: Hưu trí" in form
    assert "trong 10 ngày. <a" in form
    assert ">Nghị định 356/2025/NĐ-CP, Điều 5</a>." in form
    row = asked(world)
    mine = page(an, "/me/corrections/")
    assert "Đã gửi, chờ báo nhận" in mine
    assert "còn 10 ngày" in mine
    inbox = page(thuy, "/duties/")
    assert inbox.count("Nguyễn Văn An: nghề nghiệp") == 2  # to acknowledge, and to answer
    url = world.page("an", f"corrections/{row.pk}/")
    assert url in inbox
    assert url in page(thuy, world.page("an"))
    told = page(thuy, url)
    for part in ("Hưu trí", "Kỹ sư", "Tôi đã đổi nghề.", "Quyết định tôi giữ", "Báo đã nhận"):
        assert part in told
    thuy.post(f"{url}acknowledge/")
    assert "Đã nhận, đang xem xét" in page(an, "/me/corrections/")
    assert page(thuy, "/duties/").count("Nguyễn Văn An: nghề nghiệp") == 1
    answer = thuy.post(f"{url}accept/", {"answer": "Đã đối chiếu quyết định.", "seen": ""})
    assert answer.headers["Location"] == url
    assert world.person("an").occupation == "Kỹ sư"
    mine = page(an, "/me/corrections/")
    for part in ("Đã điều chỉnh", "Đã đối chiếu quyết định.", "Lê Thị Thủy"):
        assert part in mine
    assert "Nguyễn Văn An: nghề nghiệp" not in page(thuy, "/duties/")
    assert set(Duty.objects.values_list("state", flat=True)) == {"done"}
    lines = [sentence % values for sentence, values in last_entry().payload.lines]
    assert "Điều chỉnh thông tin của đồng chí Nguyễn Văn An: nghề nghiệp." in lines


def test_the_office_refuses_with_a_reason(world: World) -> None:
    row = asked(world)
    url = world.page("an", f"corrections/{row.pk}/refuse/")
    thuy = world.browser("thuy")
    assert thuy.post(url, {"answer": " "}).status_code == 422
    assert thuy.post(url, {"answer": "Chưa có giấy tờ."}).status_code == 302
    mine = page(world.browser("an"), "/me/corrections/")
    assert "Không điều chỉnh" in mine
    assert "Chưa có giấy tờ." in mine
    assert world.person("an").occupation == "Hưu trí"
    assert thuy.get(url).status_code == 200
    late = thuy.post(url, {"answer": "Lần nữa"})
    assert late.status_code == 422
    assert "đang ở trạng thái “Không điều chỉnh”" in late.content.decode()


def test_the_member_withdraws(world: World) -> None:
    row = asked(world)
    an = world.browser("an")
    assert an.get(f"/me/corrections/{row.pk}/withdraw/").status_code == 405
    an.post(f"/me/corrections/{row.pk}/withdraw/")
    assert set(Duty.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert "Đã rút" in page(an, "/me/corrections/")
    assert world.browser("binh").post(f"/me/corrections/{row.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize(
    ("field", "given", "message"),
    [
        ("birth", {"right": "31/2/1957"}, "Không có ngày “31/2/1957” trong lịch."),
        ("birth", {"right": ""}, "Hãy điền mục này."),
        ("phone", {"right": "gọi con tôi"}, "Số điện thoại chưa đúng."),
        ("card", {"right": "12345"}, "Số phải có đủ 12 chữ số, ở đây có 5."),
        ("card", {"right": "abc"}, "Số chỉ gồm các chữ số."),
        ("occupation", {"why": ""}, "Hãy ghi lý do."),
        ("sex", {"right": "x"}, "x"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_typed_is_lost(
    world: World, field: str, given: dict[str, str], message: str
) -> None:
    answer = ask(world, field=field, **given)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert message in text
    assert "Quyết định tôi giữ" in text
    assert not Correction.objects.exists()


def test_a_second_request_about_the_same_field_waits_for_the_first(world: World) -> None:
    asked(world)
    answer = ask(world, right="Giáo viên")
    assert answer.status_code == 422
    assert "đang chờ trả lời" in answer.content.decode()
    assert "Giáo viên" in answer.content.decode()
    asked(world, field="residence", right="Thôn Hai")
    asked(world, field="other", right="Tôi thôi giữ chức tổ trưởng từ 2020")
    asked(world, field="other", right="Chi bộ cũ của tôi là thôn Ba")


@pytest.mark.parametrize(
    ("field", "right", "shown"),
    [
        ("birth", "5/1957", "5/1957"), ("sex", "f", "Nữ"), ("phone", "0912 345 678", "0912345678"),
        ("name", "Lê An", "Lê An"),
    ],
)  # fmt: skip
def test_every_kind_of_field_is_written_as_it_was_asked(world: World, field: str, right: str, shown: str) -> None:
    row = asked(world, field=field, right=right)
    thuy, url = world.browser("thuy"), world.page("an", f"corrections/{row.pk}/")
    assert shown in page(thuy, url)
    assert thuy.post(f"{url}accept/", {}).status_code == 302
    assert str(getattr(world.person("an"), field)) in {right, shown}


def test_a_number_is_compared_with_the_paper_and_seen_by_nobody(world: World) -> None:
    digits = "091057000555"
    row = asked(world, field="card", right="091 057 000 555")
    assert digits not in row.stated
    assert unseal(row.stated) == digits
    thuy, url = world.browser("thuy"), world.page("an", f"corrections/{row.pk}/")
    for text in (page(thuy, url), page(thuy, f"{url}accept/"), page(world.browser("an"), "/me/corrections/")):
        assert digits not in text
        assert "…555" in text
    wrong = thuy.post(f"{url}accept/", {"digits": "091057000556"})
    assert wrong.status_code == 422
    assert "khác với số đồng chí ấy đề nghị" in wrong.content.decode()
    assert thuy.post(f"{url}accept/", {"digits": "091057 000555"}).status_code == 302
    found = queries.by_number("card", digits)
    assert found is not None
    assert found.pk == world.people["an"]
    assert not any(digits in str(one.values) + str(one.lines) for one in Payload.objects.all())


def test_a_number_that_another_bears_is_refused_at_the_office_without_a_name(world: World) -> None:
    row = asked(world, field="card", right=CARD["anh"])
    answer = world.browser("thuy").post(world.page("an", f"corrections/{row.pk}/accept/"), {"digits": CARD["anh"]})
    assert answer.status_code == 422
    assert "đang thuộc về một đồng chí khác" in answer.content.decode()
    assert "Ánh" not in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "asked"


def test_a_correction_that_contradicts_other_dates_is_refused_and_the_request_waits(world: World) -> None:
    row = asked(world, field="birth", right="1990")
    answer = world.browser("thuy").post(world.page("an", f"corrections/{row.pk}/accept/"), {})
    assert answer.status_code == 422
    assert "Ngày vào Đảng không thể trước ngày sinh." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "asked"
    assert Duty.objects.filter(state="open").count() == 2


def test_something_else_is_answered_in_words(world: World) -> None:
    row = asked(world, field="other", right="Tôi về chi bộ từ tháng 3")
    url = world.page("an", f"corrections/{row.pk}/accept/")
    assert world.browser("thuy").post(url, {"answer": ""}).status_code == 422
    assert world.browser("thuy").post(url, {"answer": "Đã sửa ngày về chi bộ."}).status_code == 302


# --- who may --------------------------------------------------------------------------------------------------------


def test_only_one_s_own_record_and_only_those_who_may_change_it(world: World) -> None:
    row = asked(world)
    url = world.page("an", f"corrections/{row.pk}/")
    for name, status in (("thuy", 200), ("ha", 200), ("dung", 200), ("binh", 200), ("khoa", 404), ("an", 403)):
        assert world.browser(name).get(url).status_code == status, name
    for verb in ("acknowledge", "accept", "refuse"):
        assert world.browser("khoa").post(f"{url}{verb}/", {"answer": "x"}).status_code == 404
        for name in ("binh", "an"):
            assert world.browser(name).post(f"{url}{verb}/", {"answer": "x"}).status_code == 403
    assert world.browser("thuy").get(world.page("sau", f"corrections/{row.pk}/")).status_code == 404
    assert world.browser("ha").get("/me/corrections/").status_code == 404  # an account without a person
    row.refresh_from_db()
    assert row.state == "asked"


def test_a_request_about_a_field_that_one_may_not_see_is_not_read_either(world: World) -> None:
    world.accounts["kiem_tra"] = opened("Ngô Thị Kiểm", "inspector", world.land.lim).pk
    row = asked(world, field="phone", right="0912 345 678", why="Số cũ 0900000123 đã bỏ.")
    text = page(world.browser("kiem_tra"), world.page("an", f"corrections/{row.pk}/"))
    assert "không đọc được nội dung đề nghị" in text
    assert "0912345678" not in text
    assert "0900000123" not in text
    work = asked(world)
    assert "Kỹ sư" in page(world.browser("kiem_tra"), world.page("an", f"corrections/{work.pk}/"))


def test_a_secretary_does_not_decide_on_the_own_request(world: World) -> None:
    assert ask(world, "thuy").status_code == 302
    row = Correction.objects.latest("pk")
    owner = Owner.objects.on(today()).filter(duty__about=row.pk).first()
    assert owner is not None
    assert (owner.unit, owner.role) == (world.land.lim, "office")
    url = world.page("thuy", f"corrections/{row.pk}/")
    assert "Đây là đề nghị của chính đồng chí" in page(world.browser("thuy"), url)
    assert world.browser("thuy").post(f"{url}accept/", {}).status_code == 422
    assert world.browser("ha").post(f"{url}accept/", {}).status_code == 302


def test_without_a_secretary_the_office_above_owes_the_answer(world: World) -> None:
    account = opened("Bùi Văn Long", "member", world.land.two)
    world.accounts["long"] = account.pk
    Person.objects.filter(pk=world.people["long"]).update(account=account)
    assert ask(world, "long").status_code == 302
    assert {(row.unit, row.role) for row in Owner.objects.all()} == {(world.land.lim, "office")}


def test_nobody_asks_for_another_and_nobody_asks_without_a_cell(world: World) -> None:
    actor = world.actor("an")
    with pytest.raises(NotFound):
        ask_correction(actor=actor, person=world.person("anh"), field="name", right="X", why="…")
    with refused("field"):
        ask_correction(actor=actor, person=world.person("an"), field="sealed", right="X", why="…")


# --- time -----------------------------------------------------------------------------------------------------------


def test_both_limits_run_and_what_is_late_goes_up(world: World) -> None:
    row = asked(world)
    kinds = {one.kind: one for one in Duty.objects.filter(about=row.pk)}
    assert kinds["members.correction"].due == today() + timedelta(days=10)
    assert kinds["members.correction_received"].counted == "working"
    past = today() - timedelta(days=12)
    Duty.objects.update(opened_on=past, due=past + timedelta(days=10))
    Owner.objects.update(valid_from=past)
    assert "Đã quá hạn trả lời." in page(world.browser("an"), "/me/corrections/")
    assert escalate(JobContext(job_id=1, account_id=None, worker="w", attempt=1)) == {"told": 2}
    assert "Nguyễn Văn An: nghề nghiệp" in page(world.browser("ha"), "/duties/")


def test_the_request_follows_its_member_to_another_cell(world: World) -> None:
    row = asked(world)
    actions.transfer(actor=boss(), person=world.person("an"), to=world.land.far_cell, on=today())
    url = world.page("an", f"corrections/{row.pk}/")
    assert "Nguyễn Văn An" in page(world.browser("khoa"), "/duties/")
    assert world.browser("khoa").post(f"{url}accept/", {}).status_code == 302
    assert world.browser("thuy").get(url).status_code == 404


def test_english_readers_read_english(world: World) -> None:
    asked(world)
    an = world.browser("an")
    an.post("/preferences/", {"language": "en", "next": "/"})
    text = page(an, "/me/corrections/")
    assert re.search(r'<html[^>]*lang="en"', text)
    assert "My requests for correction" in text
    assert "Đề nghị" not in text


def test_a_record_with_a_waiting_request_is_neither_merged_away_nor_withdrawn(world: World) -> None:
    row = asked(world)
    given: Any = {"actor": boss(), "kept": world.person("anh"), "gone": world.person("an"), "on": today()}
    with refused("corrections"):
        actions.merge_people(**given, reason="thử")
    world.browser("an").post(f"/me/corrections/{row.pk}/withdraw/")
    Person.objects.filter(pk=world.people["an"]).update(account=None)
    actions.merge_people(**given, reason="thử")
