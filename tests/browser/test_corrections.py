"""A member asks on a phone that the own record be corrected, the secretary answers at the desk, without scripts too."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.walk import sign_in, too_wide, watched
from tests.site import Site


def _ask(page: Page, right: str) -> None:
    page.goto("/me/corrections/ask/")
    page.get_by_role("link", name="Lý luận chính trị").click()
    page.fill("input[name=right]", right)
    page.fill("textarea[name=why]", "Tôi đã học xong lớp trung cấp.")
    page.get_by_role("button", name="Gửi đề nghị").click()


def test_from_the_phone_of_the_member_to_the_desk_of_the_secretary(
    page: Page, browser: Browser, demo_site: Site
) -> None:
    problems = watched(page.context)
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, "dangvien")
    _ask(page, "Sơ cấp cũ")
    expect(page.get_by_role("heading", name="Đề nghị điều chỉnh của tôi")).to_be_visible()
    expect(page.get_by_text("Đã gửi, chờ báo nhận").first).to_be_visible()
    desk = browser.new_context(base_url=demo_site.url, java_script_enabled=False, locale="vi-VN").new_page()
    sign_in(desk, "bithu")
    desk.goto("/duties/")
    desk.get_by_role("link", name="lý luận chính trị").first.click()
    desk.get_by_role("button", name="Báo đã nhận").click()
    expect(desk.get_by_text("Đã nhận, đang xem xét").first).to_be_visible()
    desk.get_by_role("link", name="Không điều chỉnh", exact=True).click()
    desk.get_by_role("button", name="Gửi trả lời").click()
    expect(desk.get_by_text("Hãy ghi lý do.").first).to_be_visible()
    desk.fill("textarea[name=answer]", "Đồng chí cho xem bằng.")
    desk.get_by_role("button", name="Gửi trả lời").click()
    page.goto("/me/corrections/")
    expect(page.get_by_text("Đồng chí cho xem bằng.")).to_be_visible()
    assert problems == []
    desk.context.close()


@pytest.mark.parametrize("path", ["/me/corrections/", "/me/corrections/ask/", "/me/corrections/ask/?field=birth"])
def test_the_member_s_pages_fit_a_narrow_phone_and_large_text(page: Page, path: str) -> None:
    sign_in(page, "dangvien")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert too_wide(page) <= 0
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) <= 0


def test_a_number_of_the_quality_page_leads_to_the_act_that_mends(page: Page) -> None:
    sign_in(page, "vanphong")
    page.goto("/members/quality/")
    page.get_by_role("link", name="Chưa có ngày sinh").click()
    expect(page.get_by_text("4 hồ sơ").first).to_be_visible()
    page.get_by_role("link", name="Ghi ngày sinh").first.click()
    expect(page.get_by_role("heading", name="Điều chỉnh thông tin")).to_be_visible()
