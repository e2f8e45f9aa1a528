"""A member moves from one commune to another: released at the one desk, taken in at the other, on a phone and without
scripts; and the evening on which a village comments on its guests."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.walk import sign_in, too_wide, watched
from tests.site import Site


def _open_somebody(page: Page) -> str:
    """The page of a member of whom nothing is under way."""
    for number in range(30):
        page.goto("/members/")
        name = page.locator("tbody a.name").nth(number)
        called = name.inner_text()
        name.click()
        expect(page.get_by_role("heading", name=called, exact=True).first).to_be_visible()
        if page.locator("a[href*='/transfers/prepare/']").count():
            return called
    raise AssertionError("nobody can move")


def test_a_transfer_between_two_communes(page: Page, browser: Browser, demo_site: Site) -> None:
    problems = watched(page.context)
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, "vanphong")
    called = _open_somebody(page)
    page.get_by_text("Ghi việc", exact=True).click()
    page.locator("a.item[href*='/transfers/prepare/']").click()
    page.fill("input[name=find]", "chi bo 2 xa cau vong")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Chi bộ 2 xã Cầu Vồng").click()
    page.select_option("select[name=why]", "moved")
    page.fill("input[name=moved_on]", "1/11/2026")
    page.get_by_role("button", name="Bắt đầu làm thủ tục").click()
    expect(page.get_by_role("heading", name=called, exact=True)).to_be_visible()
    case = page.url

    other = browser.new_context(base_url=demo_site.url, java_script_enabled=False, locale="vi-VN").new_page()
    other.set_viewport_size({"width": 390, "height": 844})
    sign_in(other, "cauvong")
    answer = other.goto(case)
    assert answer is not None
    assert answer.status == 404, "nothing of it before the letter"

    while page.get_by_role("button", name=re.compile("^Đã xong")).count():
        page.get_by_role("button", name=re.compile("^Đã xong")).first.click()
    page.get_by_role("link", name="Cấp giấy giới thiệu").first.click()
    page.fill("input[name=number]", "512-GT/ĐU")
    page.get_by_role("button", name="Cấp giấy").click()
    expect(page.get_by_text("Hãy ghi quyết định hoặc giấy tờ làm căn cứ chuyển.").first).to_be_visible()
    page.fill("input[name=proof]", "Giấy xác nhận cư trú số 8")
    page.check("input[name=despite]")
    page.get_by_role("button", name="Cấp giấy").click()
    expect(page.get_by_text("Đã cấp giấy, chưa đến nơi").first).to_be_visible()

    other.goto("/transfers/")
    other.get_by_role("link", name=called).first.click()
    assert too_wide(other) <= 0
    expect(other.get_by_text("512-GT/ĐU").first).to_be_visible()
    other.get_by_role("link", name="Tiếp nhận vào chi bộ").first.click()
    other.get_by_role("button", name="Tiếp nhận").click()
    expect(other.get_by_text("Đã tiếp nhận").first).to_be_visible()
    other.get_by_role("link", name="Mở hồ sơ đảng viên").click()
    expect(other.get_by_role("heading", name=called)).to_be_visible()

    page.goto(case)
    expect(page.get_by_text("Đã tiếp nhận").first).to_be_visible()
    assert page.get_by_role("link", name="Mở hồ sơ đảng viên").count() == 0
    assert [one for one in problems if "422" not in one] == [], "but for the form that was refused"
    other.context.close()


def test_an_evening_s_comments_by_the_keyboard(page: Page) -> None:
    sign_in(page, "bithu")
    page.goto("/residence/desk/")
    waiting = page.locator("fieldset.grow:has(input[type=radio]):not(:has(input[type=radio]:checked))")
    before = waiting.count()
    assert before > 0
    waiting.first.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Lưu tất cả nhận xét").click()
    expect(page.get_by_text("Đã lưu").first).to_be_visible()
    assert waiting.count() == before - 1
