"""What the four readers of a demonstration do, with a real browser, a real server and a real worker."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.walk import sign_in
from tests.site import Site


def test_the_sign_in_page_offers_the_four_demo_sign_ins(page: Page) -> None:
    page.goto("/")
    for username in ("dangvien", "bithu", "vanphong", "tinhuy"):
        expect(page.get_by_text(f"{username} · ")).to_be_visible()
    expect(page.get_by_text("hư cấu").first).to_be_visible()


def test_a_member_comes_to_the_own_record_and_sees_no_list(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, "dangvien")
    expect(page).to_have_url(re.compile("/me/$"))
    expect(page.get_by_text("tuổi đảng").first).to_be_visible()
    answer = page.goto("/members/")
    assert answer is not None
    assert answer.status == 403


def test_a_secretary_finds_a_member_without_marks_and_sees_only_the_own_cell(page: Page) -> None:
    sign_in(page, "bithu")
    page.goto("/members/?q=nguyen")
    names = page.locator("table tbody tr")
    expect(names.first).to_be_visible()
    assert names.count() < 35
    assert "Chợ Sen" not in page.inner_text("main")


def test_a_province_opens_a_number_and_sees_its_rows(page: Page) -> None:
    sign_in(page, "tinhuy")
    expect(page.locator("h1")).to_contain_text("An Lam")
    page.locator("a.kpi").first.click()
    expect(page.locator("main table, main ul.rows").first).to_be_visible()


def test_the_tree_of_before_the_reform_still_has_its_district(page: Page) -> None:
    sign_in(page, "tinhuy")
    page.goto("/units/?on=2025-06-30")
    expect(page.get_by_text("Đảng bộ huyện Suối Trong").first).to_be_visible()
    page.goto("/units/")
    assert page.get_by_text("Đảng bộ huyện Suối Trong").count() == 0


def test_lists_and_forms_work_without_scripts(browser: Browser, demo_site: Site) -> None:
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    sign_in(page, "vanphong")
    page.goto("/members/")
    page.fill("main input[type=search]", "an")
    page.press("main input[type=search]", "Enter")
    expect(page).to_have_url(re.compile("q=an"))
    page.goto("/units/")
    expect(page.get_by_text("Chi bộ thôn Bờ Tre").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_language_is_the_readers_choice(page: Page, language: str) -> None:
    sign_in(page, "vanphong")
    page.goto("/account/")
    page.locator(f"main button[name=language][value={language}]").click()
    page.goto("/members/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_text("Đảng viên" if language == "vi" else "Members")
    page.goto("/account/")
    page.locator("main button[name=language][value=vi]").click()


def test_a_list_goes_in_through_the_pages_and_can_be_taken_back(page: Page, tmp_path: Path) -> None:
    """Upload, columns, preview, apply by the worker, undo."""
    file = tmp_path / "danh-sach.csv"
    file.write_text(
        "Danh sách đảng viên\nSTT,Họ và tên,Ngày sinh,Giới tính,Ngày vào Đảng,Chi bộ\n"
        "1,TRẦN  VĂN THỬ NGHIỆM,3/5/1957,Nam,1990,Chi bộ thôn Bờ Tre\n"
        "2,Lê Thị Ví Dụ,5/1960,Nữ,3/2/1991,Chi bộ thôn Bờ Tre\n",
        encoding="utf-8",
    )
    sign_in(page, "vanphong")
    page.goto("/members/import/")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("button", name="Xem trước kết quả").click()
    expect(page.locator("main")).to_contain_text("Trần Văn Thử Nghiệm", timeout=30_000)
    page.get_by_role("button", name="Ghi 2 dòng vào hệ thống").click()
    undo = page.get_by_role("button", name="Hoàn tác cả lần nhập")
    expect(undo).to_be_visible(timeout=30_000)
    page.goto("/members/?q=thu+nghiem")
    expect(page.get_by_role("link", name="Trần Văn Thử Nghiệm").first).to_be_visible()
    page.go_back()
    undo.click()
    page.goto("/members/?q=thu+nghiem")
    expect(page.get_by_role("link", name="Trần Văn Thử Nghiệm")).to_have_count(0)
