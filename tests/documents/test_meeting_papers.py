"""The minutes and the resolution of a meeting as files, over HTTP, in the roles that may have them."""

import io
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from hatnhan.documents import actions as documents
from hatnhan.documents import files, pdf
from hatnhan.documents.models import File, Paper
from hatnhan.meetings import actions
from hatnhan.meetings.minutes.rules import MotionSheet, Sheet, TaskSheet
from hatnhan.meetings.models import AgendaItem, LiveText, Meeting, Sitting, Task
from hatnhan.meetings.papers import content as papers
from hatnhan.meetings.papers import registering
from tests.world import World, boss

from .test_official import pages, words

DAY = date(2026, 11, 3)


def held(world: World, **changes: Any) -> Meeting:
    """Bình was away, one vote, a resolution and a task; earlier in October a task that is told of now."""
    given: dict[str, Any] = {
        "kind": "regular", "held_on": DAY, "started": time(19, 30), "ended": time(21, 10),
        "place": "Nhà văn hóa thôn Một",
        "chair": world.people["thuy"], "clerk": world.people["an"], "spoke": 3, "guests": 1,
        "marks": {world.people["binh"]: "excused"}, "motions": [MotionSheet("Thông qua nghị quyết tháng 11", 3)],
        "outcome": "resolution", "outcome_text": "Vận động nhân dân làm đường thôn.\nGiữ vệ sinh đường làng.",
        "tasks": [TaskSheet("Họp tổ tự quản", date(2026, 11, 20), world.people["anh"])],
    }  # fmt: skip
    return actions.record(actor=world.actor("thuy"), unit=world.land.one, sheet=Sheet(**{**given, **changes}))


def got(world: World, who: str, path: str) -> bytes:
    answer = world.browser(who).get(path)
    assert answer.status_code == 200, path
    return bytes(answer.content)


def test_a_secretary_takes_the_minutes_in_both_formats(world: World, tmp_path: Path) -> None:
    one = held(world)
    printed = " ".join(pages(got(world, "thuy", f"/meetings/{one.pk}/minutes.pdf"), tmp_path))
    typed = " ".join(words(got(world, "thuy", f"/meetings/{one.pk}/minutes.docx")).split())
    for text in (
        "BIÊN BẢN", "sinh hoạt chi bộ thường kỳ tháng 11 năm 2026", "ĐẢNG BỘ XÃ LIM THƯỢNG", "CHI BỘ THÔN MỘT",
        "Số …-BB/CB", "Lim Thượng, ngày 03 tháng 11 năm 2026", "Chủ trì: đồng chí Lê Thị Thủy", "Phải dự".lower(),
        "Vắng có lý do: Phạm Văn Bình.", "Không thuộc diện phải dự: Vũ Sáu.", "giơ tay", "Họp tổ tự quản",
        "NGƯỜI GHI BIÊN BẢN", "DỰ THẢO", "Khách dự: 1 người.",
    ):  # fmt: skip
        assert text in printed, text
        assert text in typed, text
    assert "tán thành 3/4 đồng chí" in printed


def test_adopted_papers_are_no_drafts_any_more(world: World, tmp_path: Path) -> None:
    one = held(world)
    actions.adopt(actor=world.actor("thuy"), meeting=one)
    one.refresh_from_db()
    for paper in (papers.minutes(one), papers.outcome(one)):
        assert "DỰ THẢO" not in " ".join(pages(pdf.official(paper), tmp_path))
    assert "nhất trí thông qua" in papers.minutes(one).text()
    actions.add_addendum(actor=world.actor("thuy"), meeting=one, text="Bổ sung số hộ: 12.")
    assert "Bổ sung số hộ: 12." in papers.minutes(one).text()


def test_the_resolution_has_its_tasks_its_vote_and_the_secretarys_signature(world: World, tmp_path: Path) -> None:
    before = held(world, held_on=date(2026, 10, 3), tasks=[TaskSheet("Rà soát hộ nghèo", date(2026, 10, 30))])
    task = Task.objects.get(meeting=before)
    one = held(world, reports={task.pk: "done"})
    paper = papers.outcome(one)
    (printed,) = pages(pdf.official(paper), tmp_path)
    for text in (
        "NGHỊ QUYẾT", "lãnh đạo thực hiện nhiệm vụ tháng 11 năm 2026", "Rà soát hộ nghèo", "xong", "Họp tổ tự quản",
        "Trần Thị Ánh", "20/11/2026", "được 3/4 đồng chí tán thành", "T/M CHI BỘ", "BÍ THƯ", "Lê Thị Thủy", "Nơi nhận:",
    ):  # fmt: skip
        assert text in printed, text
    assert paper.signatures[0].office == "BÍ THƯ"


def test_a_conclusion_is_called_so_and_a_meeting_without_one_has_no_paper(world: World) -> None:
    assert papers.outcome(held(world, outcome="conclusion")).title == "KẾT LUẬN"
    none = held(world, held_on=date(2026, 11, 10), outcome="none", outcome_text="")
    assert world.browser("thuy").get(f"/meetings/{none.pk}/outcome.pdf").status_code == 404
    with pytest.raises(ValueError, match="none"):
        papers.outcome(none)
    assert "không ra nghị quyết" in papers.minutes(none).text()


def test_members_have_the_resolution_once_adopted_and_never_the_roll(world: World) -> None:
    one, an = held(world), world.browser("an")
    assert an.get(f"/meetings/{one.pk}/minutes.pdf").status_code == 403
    assert an.get(f"/meetings/{one.pk}/outcome.pdf").status_code == 403
    assert "outcome.pdf" not in an.get(f"/meetings/{one.pk}/").content.decode()
    actions.adopt(actor=world.actor("thuy"), meeting=one)
    assert an.get(f"/meetings/{one.pk}/outcome.docx").status_code == 200
    page = an.get(f"/meetings/{one.pk}/").content.decode()
    assert "outcome.pdf" in page
    assert "minutes.pdf" not in page


def test_neighbours_find_nothing_and_the_office_reads(world: World) -> None:
    one = held(world)
    assert world.browser("khoa").get(f"/meetings/{one.pk}/minutes.pdf").status_code == 404
    assert world.browser("ha").get(f"/meetings/{one.pk}/minutes.docx").status_code == 200


def test_what_somebody_typed_is_text_in_the_file(world: World) -> None:
    one = held(world, outcome_text='#image("/etc/passwd") *đậm* <b>')
    typed = got(world, "thuy", f"/meetings/{one.pk}/outcome.docx")
    assert '#image("/etc/passwd") *đậm* <b>' in words(typed)
    assert Document(io.BytesIO(typed)).core_properties.author == ""


def test_adopted_papers_get_their_numbers_by_one_press_and_are_frozen(world: World, tmp_path: Path) -> None:
    one, thuy = held(world), world.browser("thuy")
    documents.begin_term(actor=boss(), unit=world.land.one, on=date(2025, 8, 1), name="2025–2030")
    early = thuy.post(f"/meetings/{one.pk}/register/minutes/", follow=True)
    assert "chưa được thông qua" in early.content.decode()
    actions.adopt(actor=world.actor("thuy"), meeting=one)
    assert "Vào sổ, lấy số: Nghị quyết" in thuy.get(f"/meetings/{one.pk}/").content.decode()
    for name in ("minutes", "outcome"):
        assert thuy.post(f"/meetings/{one.pk}/register/{name}/").status_code == 302
    symbols = dict(Paper.objects.values_list("subject", "symbol"))
    assert symbols == {"meetings.minutes": "01-BB/CB", "meetings.outcome": "01-NQ/CB"}
    frozen = File.objects.get(paper__subject="meetings.outcome", role="content")
    printed = " ".join(pages(files.read(frozen.sha256), tmp_path))
    assert "Số 01-NQ/CB" in printed
    assert "DỰ THẢO" not in printed
    again = thuy.post(f"/meetings/{one.pk}/register/outcome/", follow=True)
    assert "đã vào sổ rồi" in again.content.decode()
    assert "01-NQ/CB" in thuy.get(f"/meetings/{one.pk}/").content.decode()
    assert world.browser("an").post(f"/meetings/{one.pk}/register/outcome/").status_code == 403
    assert world.browser("khoa").post(f"/meetings/{one.pk}/register/outcome/").status_code in {403, 404}


def test_resolutions_are_found_by_their_text_and_minutes_by_no_text(world: World) -> None:
    one = held(world, outcome_text="Vận động làm mương nội đồng.")
    documents.begin_term(actor=boss(), unit=world.land.one, on=date(2025, 8, 1), name="2025–2030")
    actions.adopt(actor=world.actor("thuy"), meeting=one)
    one.refresh_from_db()
    for name in ("minutes", "outcome"):
        registering.enter(world.actor("thuy"), one, name)
    found = world.browser("thuy").get("/papers/", {"q": "muong noi dong"}).content.decode()
    assert "01-NQ/CB" in found
    assert "01-BB/CB" not in found
    assert "01-BB/CB" not in world.browser("ha").get("/papers/", {"where": "below", "q": "binh"}).content.decode()


def test_a_committees_meeting_has_sentences_of_its_own(world: World) -> None:
    one = held(world, kind="committee", marks={}, tasks=[], clerk=None, spoke=0, motions=[], guests=0)
    text = papers.minutes(one).text()
    assert "họp cấp ủy tháng 11 năm 2026" in text
    assert "Cấp ủy viên phải dự: " in text
    assert "sinh hoạt chi bộ" not in text
    outcome = papers.outcome(one)
    assert outcome.signatures[0].on_behalf == "T/M CHI ỦY"
    assert "Lưu cấp ủy." in outcome.recipients


def test_what_was_written_while_the_meeting_was_held_stands_under_its_item_and_is_never_searched(world: World) -> None:
    one = held(world)
    sitting = Sitting.objects.create(
        unit=world.land.one, kind="regular", state="closed", day=DAY, starts=time(19, 30), meeting=one,
        opened_at=one.recorded_at, closed_at=one.recorded_at, recorded_at=one.recorded_at, recorded_in=one.recorded_in,
    )  # fmt: skip
    item = AgendaItem.objects.create(sitting=sitting, number=1, title="Bàn việc làm đường", speaker=world.person("an"))
    LiveText.objects.create(
        sitting=sitting, name=f"said.{item.pk}", text="Đồng chí Ánh: nên làm mương trước.", by="x", at=one.recorded_at
    )  # fmt: skip
    text = papers.minutes(one).text()
    assert "1. Bàn việc làm đường (đồng chí Nguyễn Văn An trình bày)" in text
    assert "Đồng chí Ánh: nên làm mương trước." in text
    assert "nên làm mương trước" not in papers.outcome(one).text()
    documents.begin_term(actor=boss(), unit=world.land.one, on=date(2025, 8, 1), name="2025–2030")
    actions.adopt(actor=world.actor("thuy"), meeting=one)
    one.refresh_from_db()
    registering.enter(world.actor("thuy"), one, "minutes")
    assert "muong" not in Paper.objects.get().key
