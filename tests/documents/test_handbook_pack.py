"""The upload pack with its two ticks, half a page for the absent, and minutes written by hand."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hatnhan.documents import actions as documents
from hatnhan.documents.models import File, Paper
from hatnhan.meetings import actions
from hatnhan.meetings.models import Attendance, Meeting, Posted
from hatnhan.meetings.papers import pack
from hatnhan.meetings.papers.actions import post
from hatnhan.meetings.plan.rules import Plan
from hatnhan.meetings.scores.queries import facts_of
from tests.world import World, boss, refused

from .test_meeting_papers import DAY, held
from .test_official import pages

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(day: int, hour: int) -> datetime:
    return timezone.make_aware(datetime(2026, 11, day, hour))  # noqa: DTZ001 made aware here


def adopted(world: World, **changes: Any) -> Meeting:
    one = held(world, **changes)
    actions.adopt(actor=world.actor("thuy"), meeting=one)
    one.refresh_from_db()
    return one


def with_term(world: World) -> None:
    documents.begin_term(actor=boss(), unit=world.land.one, on=date(2025, 8, 1), name="2025–2030")


# --- the pack -----------------------------------------------------------------------------------------------------


def test_the_pack_has_the_papers_in_order_with_their_hashes_and_two_ticks(world: World) -> None:
    one, thuy = adopted(world), world.browser("thuy")
    page = said(thuy.get(f"/meetings/{one.pk}/pack/"))
    assert "Hạn hết ngày 2/11/2026" in page
    assert "Hạn hết ngày 5/11/2026" in page
    assert "Chưa đánh dấu" in page
    packed = zipfile.ZipFile(io.BytesIO(thuy.get(f"/meetings/{one.pk}/pack.zip").content))
    names = packed.namelist()
    assert names == ["2-sau-hop/01-nghi-quyet.pdf", "2-sau-hop/02-bien-ban.pdf", "muc-luc.txt"]
    assert packed.read("muc-luc.txt").decode("utf-8-sig").count("SHA-256") == 2
    told = {"part": "final", "day": "4/11/2026", "hour": "20:15"}
    assert thuy.post(f"/meetings/{one.pk}/pack/", told).status_code == 302
    row = Posted.objects.get()
    assert (row.part, row.by, timezone.localtime(row.at).isoformat()[:16]) == (
        "final",
        "Lê Thị Thủy",
        "2026-11-04T20:15",
    )
    page = said(thuy.get(f"/meetings/{one.pk}/pack/"))
    assert "Đã đưa lên Sổ tay lúc 20:15 4/11/2026, Lê Thị Thủy" in page
    assert thuy.post(f"/meetings/posted/{row.pk}/undo/").status_code == 302
    assert "20:15" not in said(thuy.get(f"/meetings/{one.pk}/pack/"))


def test_ticks_that_cannot_be_true_are_refused(world: World) -> None:
    one, thuy = adopted(world), world.actor("thuy")
    with refused("late"):
        post(actor=thuy, meeting=one, part="ahead", at=at(3, 20))
    with refused("early"):
        post(actor=thuy, meeting=one, part="final", at=at(3, 20))
    with refused("future"):
        post(actor=thuy, meeting=one, part="final", at=at(23, 8))
    with refused("part"):
        post(actor=thuy, meeting=one, part="other", at=at(4, 8))
    post(actor=thuy, meeting=one, part="final", at=at(4, 8))
    with refused("twice"):
        post(actor=thuy, meeting=one, part="final", at=at(4, 9))
    draft = held(world, held_on=date(2026, 11, 10))
    with refused("draft"):
        post(actor=thuy, meeting=draft, part="final", at=at(11, 8))
    wrong = world.browser("thuy").post(f"/meetings/{draft.pk}/pack/", {"part": "ahead", "day": "x", "hour": "20:00"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(("day", "late"), [(1, False), (2, False), (3, True)])
def test_a_day_ahead_is_a_calendar_day(world: World, day: int, late: bool) -> None:
    """42-HD/BTCTW: papers at least one day ahead, counted in calendar days unless the committee says otherwise."""
    one = adopted(world)
    row = post(actor=world.actor("thuy"), meeting=one, part="ahead", at=at(day, 18))
    assert pack.ahead_tick(one.held_on, row).late is late


@pytest.mark.parametrize(("day", "late"), [(4, False), (5, False), (6, True)])
def test_final_papers_are_due_two_days_after(world: World, day: int, late: bool) -> None:
    one = adopted(world)
    row = post(actor=world.actor("thuy"), meeting=one, part="final", at=at(day, 23))
    assert pack.final_tick(one.held_on, row, True).late is late


def test_the_ticks_are_what_the_score_knows_of_papers(world: World) -> None:
    one, thuy = adopted(world), world.actor("thuy")
    assert facts_of(one).papers_at is None
    post(actor=thuy, meeting=one, part="ahead", at=at(1, 18))
    post(actor=thuy, meeting=one, part="final", at=at(4, 8))
    found = facts_of(one)
    assert (found.papers_at, found.posted_on) == (datetime(2026, 11, 1, 18), date(2026, 11, 4))  # noqa: DTZ001 local


def test_papers_ahead_of_a_meeting_on_its_way(world: World) -> None:
    plan = Plan("regular", date(2026, 12, 3), datetime(2026, 12, 3, 19, 30).time(), place="Nhà văn hóa")  # noqa: DTZ001
    one = actions.plan(actor=world.actor("thuy"), unit=world.land.one, plan=plan)
    thuy = world.browser("thuy")
    names = zipfile.ZipFile(io.BytesIO(thuy.get(f"/meetings/sittings/{one.pk}/pack.zip").content)).namelist()
    assert names == ["1-truoc-hop/01-giay-moi-chuong-trinh.pdf", "muc-luc.txt"]
    told = {"part": "ahead", "day": "22/11/2026", "hour": "08:00"}
    assert thuy.post(f"/meetings/sittings/{one.pk}/pack/", told).status_code == 302
    assert "Đã đưa lên Sổ tay lúc 08:00 22/11/2026" in said(thuy.get(f"/meetings/sittings/{one.pk}/pack/"))
    assert world.browser("khoa").get(f"/meetings/sittings/{one.pk}/pack.zip").status_code == 404


def test_the_signed_copy_takes_the_place_of_the_text(world: World) -> None:
    with_term(world)
    one, thuy = adopted(world), world.browser("thuy")
    thuy.post(f"/meetings/{one.pk}/register/outcome/")
    paper = Paper.objects.get()
    assert pack.final(one)[0].name == "01-nghi-quyet-01-nq-cb.pdf"
    thuy.post(f"/papers/{paper.pk}/sign/", {"file": SimpleUploadedFile("ky.png", PNG)})
    assert pack.final(one)[0].name == "01-nghi-quyet-01-nq-cb.png"


def test_members_and_neighbours_have_no_pack(world: World) -> None:
    one = adopted(world)
    for path in ("pack/", "pack.zip", "absent.pdf", "hand-pages/"):
        assert world.browser("an").get(f"/meetings/{one.pk}/{path}").status_code == 403, path
        assert world.browser("khoa").get(f"/meetings/{one.pk}/{path}").status_code in {403, 404}, path
    assert world.browser("ha").post(f"/meetings/{one.pk}/pack/", {"part": "final"}).status_code == 403


# --- half a page --------------------------------------------------------------------------------------------------


def test_half_a_page_tells_the_absent_what_came_out_and_names_nobody_who_was_absent(
    world: World, tmp_path: Path
) -> None:
    one = adopted(world)
    (text,) = pages(world.browser("thuy").get(f"/meetings/{one.pk}/absent.pdf").content, tmp_path)
    assert text.count("Tóm tắt buổi sinh hoạt") == 2
    assert text.count("Vận động nhân dân làm đường thôn.") == 2
    assert "Họp tổ tự quản (Trần Thị Ánh, hạn 20/11/2026)" in text
    assert "Phạm Văn Bình" not in text


def test_a_long_resolution_is_cut_on_the_half_page_and_says_so(world: World, tmp_path: Path) -> None:
    one = adopted(world, outcome_text="Rất dài. " * 600)
    made = pages(world.browser("thuy").get(f"/meetings/{one.pk}/absent.pdf").content, tmp_path)
    assert len(made) == 1
    assert "Toàn văn ở chi bộ" in made[0]


# --- by hand ------------------------------------------------------------------------------------------------------


def short(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "held_on": "3/11/2026", "kind": "regular", "started": "19h30", "ended": "21h", "guests": "1", "spoke": "3",
        "in_favour": "3", "against": "0", "outcome": "conclusion", "outcome_text": "Tiếp tục làm đường.",
        "excused": [str(world.people["binh"])], **changes,
    }  # fmt: skip


def test_seven_numbers_and_photographed_pages_are_a_whole_meeting(world: World) -> None:
    with_term(world)
    thuy = world.browser("thuy")
    form = said(thuy.get("/meetings/record/short/"))
    assert "5 đồng chí phải dự" in form
    photos = [SimpleUploadedFile(f"trang-{n}.png", PNG + bytes([n])) for n in (1, 2)]
    answer = thuy.post("/meetings/record/short/", {**short(world), "file": photos})
    assert answer.status_code == 302, said(answer)
    one = Meeting.objects.get()
    assert (one.due, one.present, one.excused, one.spoke, one.minutes, one.outcome) == (5, 4, 1, 3, 90, "conclusion")
    assert Attendance.objects.get(meeting=one, mark="excused").person_id == world.people["binh"]
    paper = Paper.objects.get()
    assert (paper.symbol, paper.origin, paper.subject_id) == ("01-BB/CB", "hand", one.pk)
    assert list(File.objects.order_by("position").values_list("role", "name")) == [
        ("page", "trang-1.png"), ("page", "trang-2.png"),
    ]  # fmt: skip
    more = thuy.post(f"/meetings/{one.pk}/hand-pages/", {"file": SimpleUploadedFile("trang-3.png", PNG + b"3")})
    assert more.status_code == 302
    assert File.objects.filter(paper=paper, role="page").count() == 3
    actions.adopt(actor=world.actor("thuy"), meeting=one)
    one.refresh_from_db()
    names = [member.name for member in pack.final(one)]
    assert names[1:] == [f"02-bien-ban-01-bb-cb-trang-{n}.png" for n in (1, 2, 3)]


def test_the_short_form_refuses_what_the_long_one_does_and_keeps_what_was_typed(world: World) -> None:
    thuy = world.browser("thuy")
    twice = thuy.post("/meetings/record/short/", short(world, unexcused=[str(world.people["binh"])]))
    assert twice.status_code == 422
    assert "mỗi người chỉ chọn một mục" in said(twice)
    many = thuy.post("/meetings/record/short/", short(world, in_favour="9"))
    assert many.status_code == 422
    assert "nhiều nhất 3 phiếu" in said(many)
    assert "Tiếp tục làm đường." in said(many)
    assert not Meeting.objects.exists()
    assert world.browser("an").get("/meetings/record/short/").status_code == 403


def test_pages_that_cannot_be_kept_do_not_lose_the_meeting(world: World) -> None:
    thuy = world.browser("thuy")  # no term is recorded yet
    answer = thuy.post(
        "/meetings/record/short/", {**short(world), "file": SimpleUploadedFile("trang.png", PNG)}, follow=True
    )  # fmt: skip
    assert "Các trang chụp chưa được giữ" in said(answer)
    assert "ghi ngày bắt đầu nhiệm kỳ" in said(answer)
    one = Meeting.objects.get()
    bad = thuy.post(f"/meetings/{one.pk}/hand-pages/", {"file": SimpleUploadedFile("trang.exe", b"MZ" * 20)})
    assert bad.status_code == 422
    assert one.held_on == DAY
