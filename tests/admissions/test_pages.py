"""Admission over HTTP: the board, the page of a case, its steps as forms, its papers."""

from datetime import date, time
from typing import Any

import pytest

from hatnhan.admissions.models import AdmissionCase, Step
from hatnhan.meetings import actions as meetings
from hatnhan.meetings.plan.rules import Plan
from tests.admissions.conftest import Path
from tests.world import World


def test_a_secretary_lists_somebody_who_was_told(world: World) -> None:
    browser = world.browser("thuy")
    sent = {"unit": world.land.one.pk, "name": "Tạ Văn Bưởi", "on": "3/9/2025", "sex": "m", "birth": "4/5/2003"}
    answer = browser.post("/admissions/list/", sent)
    assert answer.status_code == 422
    assert "Không ai bị đưa vào danh sách mà không được biết" in answer.content.decode()
    assert 'value="Tạ Văn Bưởi"' in answer.content.decode()
    answer = browser.post("/admissions/list/", sent | {"told_on": "3/9/2025"})
    case = AdmissionCase.objects.get()
    assert answer.headers["Location"] == f"/admissions/{case.pk}/"
    shown = browser.get(answer.headers["Location"]).content.decode()
    assert "Tạ Văn Bưởi" in shown
    assert "Quần chúng ưu tú" in shown


def test_the_page_says_what_is_next_by_whom_what_is_missing_and_by_when(world: World, path: Path) -> None:
    case = path.to("opinions")
    shown = world.browser("thuy").get(f"/admissions/{case.pk}/").content.decode()
    assert "Chi bộ xét, tán thành" in shown
    case = path.to("cell_resolved", name="Tạ Văn Bưởi")
    shown = world.browser("ha").get(f"/admissions/{case.pk}/").content.decode()
    assert "45 ngày làm việc từ 5/1/2026, 294-QĐ/TW" in shown
    assert "tán thành 4/4" in shown
    assert "Quyết định kết nạp" in shown


def test_a_step_that_is_refused_keeps_what_was_typed_and_says_why(world: World, path: Path) -> None:
    case = path.to("opinions")
    browser, address = world.browser("thuy"), f"/admissions/{case.pk}/review/"
    sent = {"on": "5/1/2026", "base": "4", "in_favour": "5", "against": "0", "method": "secret", "paper": "9-NQ/CB"}
    answer = browser.post(address, sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "nhiều hơn tổng số 4" in shown
    assert 'value="9-NQ/CB"' in shown
    assert browser.post(address, sent | {"in_favour": "4"}).status_code == 302
    assert AdmissionCase.objects.get().state == "cell_resolved"


def test_two_decisions_on_one_case_at_a_time(world: World, path: Path) -> None:
    case = path.to("cell_resolved")
    address = f"/admissions/{case.pk}/decide/"
    browser = world.browser("ha")
    sent = {
        "seen": case.version, "on": "6/2/2026", "base": "9", "in_favour": "9", "against": "0", "method": "secret",
        "decision": "12-QĐ/ĐU",
    }  # fmt: skip
    assert browser.post(address, sent).status_code == 302
    answer = browser.post(address, sent | {"decision": "13-QĐ/ĐU"}, follow=True)
    assert "không ghi được việc này" in answer.content.decode()
    assert AdmissionCase.objects.get().decision == "12-QĐ/ĐU"


@pytest.mark.parametrize("ext", ["pdf", "docx"])
def test_a_step_makes_its_paper(world: World, path: Path, ext: str) -> None:
    case = path.to("cell_resolved")
    step = Step.objects.get(case=case, verb="review")
    answer = world.browser("thuy").get(f"/admissions/{case.pk}/papers/{step.pk}.{ext}")
    assert answer.status_code == 200
    assert answer.content[:4] == (b"%PDF" if ext == "pdf" else b"PK\x03\x04")


def test_outside_the_scope_a_case_does_not_exist(world: World, path: Path) -> None:
    case = path.to("listed")
    assert world.browser("khoa").get(f"/admissions/{case.pk}/").status_code == 404
    assert world.browser("an").get(f"/admissions/{case.pk}/").status_code == 403
    assert world.browser("thuy").get(f"/admissions/{case.pk}/decide/").status_code == 403


def test_the_board_counts_by_stage_and_marks_what_is_overdue(world: World, path: Path) -> None:
    path.to("listed")
    path.to("cell_resolved", name="Tạ Văn Bưởi")
    shown = world.browser("ha").get("/admissions/").content.decode()
    assert "1 hồ sơ quá hạn" in shown
    assert "quá hạn " in shown
    only = world.browser("ha").get("/admissions/?q=buoi").content.decode()
    assert "Tạ Văn Bưởi" in only
    assert "Lưu Thị Mận" not in only


@pytest.mark.parametrize("stage", ["listed", "class_done", "allowed", "applied", "vetting", "opinions", "cell_resolved",
                                   "decided", "probationary"])  # fmt: skip
def test_the_page_of_a_case_opens_at_every_stage_within_its_budget(
    world: World, path: Path, stage: str, django_assert_max_num_queries: Any
) -> None:
    case = path.to(stage)
    browser = world.browser("thuy")
    plan = Plan("regular", date(2026, 12, 3), time(19), place="Nhà văn hóa")
    meetings.plan(actor=world.actor("thuy"), unit=world.land.one, plan=plan)
    with django_assert_max_num_queries(60):
        shown = browser.get(f"/admissions/{case.pk}/").content.decode()
    assert ("còn thiếu" in shown) == (stage in ("allowed", "applied", "vetting"))
    assert ("Buổi ngày 3/12/2026" in shown) == (stage in ("opinions", "probationary"))
